"""Reading what people type."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import typed


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\t", "\x0b", "\x85", "\u2028", "  \n  "])
def test_a_line_is_one_line(end):
    assert typed.line(f" Фонд{end}малих  проєктів{end}") == "Фонд малих проєктів"


def test_words_that_hold_together_stay_together():
    assert typed.line("180\u00a0000\u202fгрн") == "180\u00a0000\u202fгрн"
    assert typed.line("") == typed.line("\n") == ""


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200b", "\u200e", "\u061c", "\ufeff", "\u2060"]
)
def test_signs_that_nobody_sees_are_left_out(sign):
    assert typed.clean(f"Захід{sign} для всіх") == "Захід для всіх"
    assert typed.clean("родина 👩\u200d👧") == "родина 👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("17", 17),
        ("", None),
        ("0", None),
        ("-1", None),
        ("1a", None),
        ("٣", None),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
    ],
)
def test_keys_of_rows(text, found):
    assert typed.key(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("62 000", "62000"),
        ("62\u00a0000", "62000"),
        ("62\u202f000", "62000"),
        ("62'000", "62000"),
        ("4 500,50", "4500.50"),
        ("4500.50", "4500.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567,8", "1234567.8"),
        ("−35", "-35"),
        ("–35", "-35"),
        ("+7", "7"),
        ("180 000 ₴", "180000"),
        ("180000грн.", "180000"),
        ("180000 гривень", "180000"),
        (",5", "0.5"),
        ("180.000", "180.000"),
        ("  12  ", "12"),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert typed.number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", " ", "багато", "12а", "1,2,3", "NaN", "inf", "1e5", "²", "--5", "1 234.5.6", "9" * 21, "٣"]
)
def test_what_is_no_number_is_none(text):
    assert typed.number(text) is None


@pytest.mark.parametrize("text", ["2026-11-21", "21.11.2026", "21/11/2026", " 21.11.2026 ", "21-11-2026"])
def test_days_are_read_as_people_write_them(text):
    assert typed.day(text) == date(2026, 11, 21)


@pytest.mark.parametrize("text", ["", "31.02.2027", "21.11.26", "завтра", "00.01.2026", "01.01.1026", "2026-13-01"])
def test_what_is_no_day_is_none(text):
    assert typed.day(text) is None


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", 0),
        ("слово", 5),
        ("«№ 7» – 100 ₴…", 14),
        ("«№ 7» – 100 ₴… и\u0306", 16),
        ("й", 1),
        ("и\u0306", 1),
        ("один\r\nдва", 8),
        ("сло\u00adво", 5),
        ("👩‍👩‍👧", 1),
        ("👍🏽", 1),
        ("🇺🇦", 1),
        ("🇺🇦🇵🇱", 2),
        ("а́", 1),
    ],
)
def test_signs_are_counted_as_people_count_them(text, signs):
    assert typed.length(text) == signs


def test_a_text_is_cleaned_of_what_no_database_keeps():
    assert typed.clean("а\x00б\ud83dв\r\nг\rґ\tд") == "абв\nг\nґ\tд"
    assert typed.clean("и\u0306") == "й"


@given(st.text())
def test_any_text_at_all_is_taken(text):
    clean = typed.clean(text)
    assert typed.clean(clean) == clean
    clean.encode()
    assert "\x00" not in clean
    assert 0 <= typed.length(text) <= len(text)
    typed.number(text)
    typed.day(text)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_written_with_blanks_is_read_back(value):
    text = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    assert typed.number(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("180 000", "180000"), ("4 500,5", "4500.5"), ("0,05", "0.05"), ("−3", "-3")]
)
def test_sums_are_read(text, value):
    assert typed.money(text) == Decimal(value)


@pytest.mark.parametrize("text", ["180.000", "4,500", "1,2345", "сто"])
def test_three_digits_after_the_comma_are_no_sum(text):
    assert typed.money(text) is None


def test_half_a_kopeck_goes_up():
    assert typed.kopecks(Decimal("0.005")) == Decimal("0.01")
    assert typed.kopecks(Decimal(3)) == Decimal("3.00")


def test_kopecks_of_figures_of_any_length():
    assert typed.kopecks(Decimal(10) ** 45 + Decimal("0.005")) == Decimal(10) ** 45 + Decimal("0.01")

"""Sums of money, typed and written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import money

sums = st.decimals(min_value=-money.LARGEST, max_value=money.LARGEST, places=2, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("180 000", "180000.00"),
        ("180\u00a0000,50", "180000.50"),
        ("180000.50", "180000.50"),
        (" 1 200,5 ₴ ", "1200.50"),
        ("1\u202f200 грн.", "1200.00"),
        ("1200грн", "1200.00"),
        ("1200 UAH", "1200.00"),
        ("\u221240", "-40.00"),
        ("-1 000,01", "-1000.01"),
        ("– 5", "-5.00"),
        ("-0", "0.00"),
        ("007", "7.00"),
        ("999 999 999 999,99", "999999999999.99"),
    ],
)
def test_sums_are_read_as_people_type_them(text, amount):
    assert str(money.parse(text)) == amount


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("₴", "not_number"),
        ("багато", "not_number"),
        ("180 00", "not_number"),
        ("1  200", "not_number"),
        ("1 2000", "not_number"),
        ("1.200,50", "not_number"),
        ("1,200.50", "not_number"),
        ("--5", "not_number"),
        ("1e5", "not_number"),
        ("NaN", "not_number"),
        ("Infinity", "not_number"),
        (",5", "not_number"),
        ("5,", "not_number"),
        ("٣٢", "not_number"),
        ("5\n6", "not_number"),
        ("9" * 61, "not_number"),
        ("0,005", "too_precise"),
        ("1,200", "too_precise"),
        ("1000000000000", "too_large"),
        ("-1 000 000 000 000,00", "too_large"),
    ],
)
def test_what_is_no_sum_says_why(text, why):
    with pytest.raises(money.NotMoney) as refusal:
        money.parse(text)
    assert refusal.value.why == why
    assert isinstance(refusal.value, ValueError)


@given(st.text())
def test_any_text_is_a_sum_or_not_money(text):
    try:
        amount = money.parse(text)
    except money.NotMoney:
        return
    assert abs(amount) <= money.LARGEST
    assert amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("amount", "currency", "ukrainian", "english"),
    [
        (148500, "UAH", "148 500 ₴", "₴148,500"),
        (Decimal("148500.00"), "UAH", "148 500 ₴", "₴148,500"),
        (Decimal("1200.5"), "EUR", "1 200,50 €", "€1,200.50"),
        (Decimal("-0.05"), "UAH", "\u22120,05 ₴", "\u2212₴0.05"),
        (-7, "USD", "\u22127 $", "\u2212$7"),
        (Decimal("0.995"), "UAH", "1 ₴", "₴1"),
        (Decimal("0.004"), "UAH", "0 ₴", "₴0"),
        (Decimal("-0.004"), "UAH", "0 ₴", "₴0"),
        (0, "UAH", "0 ₴", "₴0"),
        (1000, "SEK", "1 000 kr", "kr\u00a01,000"),
        (1000, "CHF", "1 000 CHF", "CHF\u00a01,000"),
        (Decimal("999999999999.99"), "UAH", "999 999 999 999,99 ₴", "₴999,999,999,999.99"),
    ],
)
def test_writing(amount, currency, ukrainian, english):
    assert money.write(amount, currency) == ukrainian.replace(" ", "\u00a0")
    assert money.write(amount, currency, "en") == english


@given(sums)
def test_what_is_written_reads_back(amount):
    assert money.parse(money.write(amount)) == amount


def test_total():
    assert str(money.total([Decimal("0.10"), Decimal("0.20"), None, 3])) == "3.30"
    assert str(money.total([])) == "0.00"


@given(st.lists(sums))
def test_total_does_not_depend_on_the_order(rows):
    assert money.total(rows) == money.total(reversed(rows))


@pytest.mark.parametrize(
    ("amount", "ukrainian", "english"),
    [
        (0, "0", "0"),
        (950, "950", "950"),
        (Decimal("949.50"), "950", "950"),
        (Decimal("0.40"), "0", "0"),
        (Decimal("-0.40"), "0", "0"),
        (1000, "1 тис.", "1 thousand"),
        (Decimal("999.99"), "1 тис.", "1 thousand"),
        (9500, "9,5 тис.", "9.5 thousand"),
        (180_000, "180 тис.", "180 thousand"),
        (999_949, "999,9 тис.", "999.9 thousand"),
        (999_950, "1 млн", "1 million"),
        (14_249_999, "14,2 млн", "14.2 million"),
        (14_250_000, "14,3 млн", "14.3 million"),
        (-1_200_000_000, "\u22121,2 млрд", "\u22121.2 billion"),
        (1_500_000_000_000, "1 500 млрд", "1,500 billion"),
    ],
)
def test_short(amount, ukrainian, english):
    assert money.short(amount) == ukrainian.replace(" ", "\u00a0")
    assert money.short(amount, "en") == english.replace(" ", "\u00a0")

"""How moments, sums, counts and sizes are written, in Ukrainian and English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from viche.ui import wording

MOMENT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # 18:00 in Kyiv


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [(date(2026, 11, 21), "21 листопада 2026 р."), (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "1 січня 2027 р.")],
)
def test_day(value, words):
    assert plain(wording.day(value)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("до 1 березня 2027 р.", "до 1 березня 2027 р."),
        ("до березня", "до березня."),
        ("Так..", "Так."),
        ("Чому?", "Чому?"),
    ],
)
def test_a_sentence_ends_with_one_full_stop(text, words):
    assert wording.sentence(text) == words


def test_day_without_its_year():
    assert plain(wording.day(date(2026, 5, 1), year=False)) == "1 травня"


def test_moment():
    assert plain(wording.moment(MOMENT)) == "22 листопада 2026 р., 18:00"
    assert plain(wording.moment(MOMENT, kyiv=True)) == "22 листопада 2026 р., 18:00 за київським часом"
    assert wording.short_moment(MOMENT) == "22.11.2026, 18:00"


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (None, "від 1 лютого 2027 р."),
        (date(2027, 2, 1), "1 лютого 2027 р."),
        (date(2027, 2, 14), "1–14 лютого 2027 р."),
        (date(2027, 6, 30), "1 лютого – 30 червня 2027 р."),
        (date(2028, 1, 15), "1 лютого 2027 р. – 15 січня 2028 р."),
    ],
)
def test_period(end, words):
    assert plain(wording.period(date(2027, 2, 1), end)) == words


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (0, None, "0"), (1240000, None, "1 240 000"), (Decimal("78.30"), None, "78,30"), (Decimal("5.00"), None, "5"),
        (78.345, 1, "78,3"), (Decimal("0.05"), 1, "0,1"), (-35, None, "−35"),
    ],
)  # fmt: skip
def test_number(value, digits, words):
    assert plain(wording.number(value, digits)) == words


def test_money():
    assert plain(wording.money(148500)) == "148 500 ₴"
    assert plain(wording.money(Decimal("10.5"), "EUR")) == "10,50 €"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 Б"), (1023, "1 023 Б"), (1024, "1 КБ"), (214_000, "209 КБ"), (1_258_291, "1,2 МБ"), (500 * 1024**2, "500 МБ"),
        (3 * 1024**3, "3,0 ГБ"), (2000 * 1024**3, "2 000 ГБ"),
    ],
)  # fmt: skip
def test_size(count, words):
    assert plain(wording.size(count)) == words


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=1), "Лишився 1 день"),
        (timedelta(days=3), "Лишилося 3 дні"),
        (timedelta(days=8), "Лишилося 8 днів"),
        (timedelta(days=21), "Лишився 21 день"),
        (timedelta(hours=3, minutes=12), "Лишилося 3 год 12 хв"),
        (timedelta(hours=3), "Лишилося 3 год"),
        (timedelta(minutes=9, seconds=59), "Лишилося 9 хв"),
        (timedelta(seconds=59), "Лишилося менше хвилини"),
        (timedelta(0), "Час вийшов"),
        (timedelta(days=-2), "Час вийшов"),
    ],
)
def test_left(after, words):
    assert plain(wording.left(MOMENT + after, MOMENT)) == words


def test_english():
    with translation.override("en"):
        assert plain(wording.moment(MOMENT, kyiv=True)) == "22 November 2026, 18:00 Kyiv time"
        assert wording.number(Decimal("1240000.5")) == "1,240,000.5"
        assert plain(wording.left(MOMENT + timedelta(days=1), MOMENT)) == "1 day left"
        assert plain(wording.left(MOMENT + timedelta(hours=2), MOMENT)) == "2 h left"
        assert plain(wording.period(date(2027, 2, 1), date(2027, 2, 14))) == "1–14 February 2027"

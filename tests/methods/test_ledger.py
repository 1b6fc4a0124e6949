"""Names of parts, and months put together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from viche.methods import ledger

DAYS = some.dates(min_value=date(1999, 1, 1), max_value=date(2060, 12, 31))


def test_a_part_has_one_name_whatever_the_order_of_its_words():
    assert ledger.split(sex="f", age="youth") == ledger.split(age="youth", sex="f") == "age:youth sex:f"
    assert ledger.parts("age:youth sex:f") == {"age": "youth", "sex": "f"}
    assert ledger.parts(ledger.WHOLE) == {}


def test_a_day_is_summed_under_its_year_its_quarter_and_its_month():
    assert ledger.spans(date(2025, 4, 1)) == ("2025", "2025Q2", "2025-04")
    assert ledger.spans(date(2025, 12, 31)) == ("2025", "2025Q4", "2025-12")


@pytest.mark.parametrize(
    ("since", "until", "spans"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), ["2025"]),
        (date(2025, 4, 10), date(2025, 6, 2), ["2025Q2"]),
        (date(2025, 5, 1), date(2025, 5, 1), ["2025-05"]),
        (date(2024, 11, 1), date(2026, 4, 30), ["2024-11", "2024-12", "2025", "2026Q1", "2026-04"]),
        (date(2025, 6, 1), date(2025, 5, 31), []),
    ],
)
def test_a_period_is_covered_by_the_fewest_spans(since, until, spans):
    assert ledger.cover(since, until) == spans


@given(DAYS, some.integers(0, 60), DAYS)
def test_every_day_of_a_period_is_covered_once_and_no_other(since, months, day):
    until = ledger.after(ledger.month(since), months)
    covered = sum(span in ledger.spans(day) for span in ledger.cover(since, until))
    assert covered == (ledger.month(since) <= ledger.month(day) <= until)
    assert len(ledger.months(since, until)) == months + 1


@given(DAYS, some.integers(-30, 30))
def test_months_are_counted_forth_and_back(day, months):
    first = ledger.month(day)
    assert ledger.after(ledger.after(first, months), -months) == first
    assert ledger.after(first, 1) - timedelta(days=1) >= day


def test_sums_are_put_together_by_name():
    assert ledger.merged([{"a": 1, "b": 2}, {"b": 3}, {}]) == {"a": 1, "b": 5}


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("2025", (2025, 1), (2025, 12)), ("2025Q2", (2025, 4), (2025, 6)), ("2025-11", (2025, 11), (2025, 11))],
)
def test_a_span_is_its_months(span, first, last):
    assert ledger.of_span(span) == (date(*first, 1), date(*last, 1))


@given(some.dates(date(1991, 1, 1), date(2100, 12, 31)))
def test_every_span_of_a_day_is_covered_by_itself(day):
    for span in ledger.spans(day):
        assert ledger.cover(*ledger.of_span(span)) == [span]

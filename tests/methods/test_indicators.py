"""Indicators: ratios, progress, parts that do not overlap, months. Plain numbers in, plain numbers out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import indicators
from viche.methods.indicators import IndicatorFault

numbers = st.decimals(min_value=0, max_value=10**9, places=2)
days = st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31))


@pytest.mark.parametrize(
    ("over", "under", "times", "found"),
    [
        (Decimal(1), Decimal(3), 100, Decimal("33.33")),
        (Decimal(1), Decimal(8), 1, Decimal("0.13")),
        (Decimal(0), Decimal(5), 1, Decimal(0)),
        (Decimal(5), Decimal(0), 100, None),
        (Decimal(0), Decimal(0), 1, None),
        (None, Decimal(5), 1, None),
        (Decimal(5), None, 1, None),
    ],
)
def test_a_ratio_with_nothing_below_is_nothing(over, under, times, found):
    assert indicators.ratio(over, under, times=times) == found


@pytest.mark.parametrize(
    ("actual", "target", "baseline", "found"),
    [
        (50, 200, 0, 25),
        (300, 200, 0, 150),
        (15, 20, 10, 50),
        (5, 20, 10, 0),
        (8, 4, 12, 50),
        (199, 200, 0, 99),
        (None, 200, 0, None),
        (5, None, 0, None),
        (5, 10, 10, None),
    ],
)
def test_progress_is_told_in_whole_percent_of_the_way(actual, target, baseline, found):
    values = [None if one is None else Decimal(one) for one in (actual, target)]
    assert indicators.progress(*values, baseline=Decimal(baseline)) == found


def test_how_much_of_a_period_is_over():
    since, until = date(2024, 4, 1), date(2024, 4, 10)
    ends = [date(2024, 3, 1), since, date(2024, 4, 5), until, date(2025, 1, 1)]
    assert [indicators.elapsed(since, until, on) for on in ends] == [0, Decimal("0.1"), Decimal("0.5"), 1, 1]


def test_who_has_less_than_nine_tenths_of_what_the_time_asks_for_is_behind():
    assert indicators.is_behind(44, Decimal("0.5"))
    assert not indicators.is_behind(45, Decimal("0.5"))
    assert not indicators.is_behind(None, Decimal(1))
    assert not indicators.is_behind(0, Decimal(0))


def test_a_unit_is_needed():
    assert indicators.check_unit(" людей ") == "людей"
    with pytest.raises(IndicatorFault) as fault:
        indicators.check_unit("  ")
    assert fault.value.why == "no_unit"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("молодь 14–35", (14, 35)),
        ("0-13 років", (0, 13)),
        ("36 — 59", (36, 59)),
        ("60+", (60, 999)),
        ("жінки", None),
        ("2023–2024", None),
        ("понад 60", None),
    ],
)
def test_the_years_of_age_that_a_name_tells(name, found):
    assert indicators.band(name) == found


@pytest.mark.parametrize(
    ("names", "why", "told"),
    [
        (["жінки", " "], "empty", ()),
        (["жінки", "Жінки "], "twice", ("Жінки ",)),
        (["30–45", "14–35"], "overlap", ("14–35", "30–45")),
        (["60+", "50–60"], "overlap", ("50–60", "60+")),
    ],
)
def test_parts_that_overlap_are_refused_by_their_names(names, why, told):
    with pytest.raises(IndicatorFault) as fault:
        indicators.check_parts(names)
    assert (fault.value.why, fault.value.names) == (why, told)


def test_parts_that_do_not_overlap_are_none_the_worse():
    indicators.check_parts(["0–13", "14–35", "36–59", "60+", "невідомо", "2023–2024", "2024–2025"])
    indicators.check_parts([])


@given(st.lists(numbers, max_size=5), numbers)
def test_parts_never_come_to_more_than_the_whole(parts, value):
    named = {str(at): number for at, number in enumerate(parts)}
    if sum(parts) <= value:
        indicators.check_value(value, named)
    else:
        with pytest.raises(IndicatorFault) as fault:
            indicators.check_value(value, named)
        assert (fault.value.why, fault.value.found, fault.value.whole) == ("parts_above_whole", sum(parts), value)


def test_nothing_is_below_nought():
    for value, parts in ((Decimal(-1), {}), (Decimal(5), {"women": Decimal(-1)})):
        with pytest.raises(IndicatorFault) as fault:
            indicators.check_value(value, parts)
        assert fault.value.why == "negative"


@given(days, days)
def test_months_are_taken_whole(one, other):
    since, until = indicators.whole_months(min(one, other), max(one, other))
    assert since.day == 1
    assert since <= min(one, other)
    assert until >= max(one, other)
    assert (until.year, until.month) == (max(one, other).year, max(one, other).month)
    assert (until.replace(day=28)).month == until.month


def test_the_first_period_that_shares_a_day():
    first, second = (date(2024, 1, 1), date(2024, 3, 31)), (date(2024, 4, 1), date(2024, 6, 30))
    others = [second, first]
    assert indicators.overlapping(date(2024, 3, 31), date(2024, 4, 1), others) == first
    assert indicators.overlapping(date(2024, 6, 1), date(2024, 8, 31), others) == second
    assert indicators.overlapping(date(2024, 7, 1), date(2024, 8, 31), others) is None

"""Days of a series."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import repeating

FIRST = date(2024, 1, 31)


def test_weeks_and_fortnights():
    assert repeating.days(FIRST, "weekly", count=2) == [date(2024, 2, 7), date(2024, 2, 14)]
    assert repeating.days(FIRST, "fortnightly", until=date(2024, 2, 28)) == [date(2024, 2, 14), date(2024, 2, 28)]


def test_a_month_without_such_a_day_gives_its_last_and_the_next_returns():
    assert repeating.days(FIRST, "monthly", count=3) == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert repeating.days(date(2024, 11, 5), "monthly", count=2) == [date(2024, 12, 5), date(2025, 1, 5)]


def test_both_ends_hold():
    assert len(repeating.days(FIRST, "weekly", until=date(2024, 2, 20), count=10)) == 2
    assert len(repeating.days(FIRST, "weekly", until=date(2099, 1, 1))) == 52
    assert len(repeating.days(FIRST, "weekly", count=1000)) == 52
    assert repeating.days(FIRST, "weekly", until=FIRST) == []


def test_what_has_no_rhythm_or_no_end_is_refused():
    with pytest.raises(ValueError, match="rhythm"):
        repeating.days(FIRST, "daily", count=1)
    with pytest.raises(ValueError, match="end"):
        repeating.days(FIRST, "weekly")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["weekly", "fortnightly", "monthly"]))
def test_days_go_forward_and_none_is_skipped_or_repeated(first, every):
    found = repeating.days(first, every, count=24)
    assert found == sorted(set(found))
    assert len(found) == 24
    assert found[0] > first

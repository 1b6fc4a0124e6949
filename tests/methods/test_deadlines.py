"""Deadlines in Kyiv time, both changes of the clock included."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import deadlines
from viche.methods.deadlines import Left

moments = st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
dates = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def kyiv(*parts):
    return datetime(*parts, tzinfo=deadlines.KYIV)


CLOSES = kyiv(2026, 11, 30, 18, 0)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (kyiv(2026, 11, 21, 10, 0), Left(9, 224, 0, last_day=False, over=False)),
        (kyiv(2026, 11, 27, 23, 59, 59), Left(3, 66, 0, last_day=False, over=False)),
        (kyiv(2026, 11, 29, 23, 0), Left(1, 19, 0, last_day=False, over=False)),
        (kyiv(2026, 11, 30, 0, 0), Left(0, 18, 0, last_day=True, over=False)),
        (kyiv(2026, 11, 30, 14, 2, 30), Left(0, 3, 57, last_day=True, over=False)),
        (kyiv(2026, 11, 30, 17, 59, 59), Left(0, 0, 0, last_day=True, over=False)),
        (kyiv(2026, 11, 30, 18, 0), Left(0, 0, 0, last_day=False, over=True)),
        (kyiv(2026, 12, 24, 18, 0), Left(0, 0, 0, last_day=False, over=True)),
    ],
)
def test_left(at, expected):
    assert deadlines.left(CLOSES, at) == expected
    assert deadlines.left(CLOSES.astimezone(UTC), at.astimezone(UTC)) == expected


def test_midnight_belongs_to_the_day_that_ends():
    midnight = kyiv(2026, 12, 1, 0, 0)
    assert deadlines.left(midnight, kyiv(2026, 11, 30, 10, 30)) == Left(0, 13, 30, last_day=True, over=False)
    assert deadlines.last_day(midnight) == date(2026, 11, 30)
    assert deadlines.last_day(midnight + timedelta(seconds=1)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25), (date(2024, 7, 1), 24)],
)
def test_the_hour_of_the_clock_change_is_counted(day, hours):
    start = deadlines.day_end(day - timedelta(days=1))
    assert deadlines.day_end(day) - start == timedelta(hours=hours)
    assert deadlines.left(deadlines.day_end(day), start) == Left(0, hours, 0, last_day=True, over=False)
    # Kyiv datetimes on both sides of the change: still real time, not the difference of wall clocks.
    assert deadlines.left(deadlines.kyiv(deadlines.day_end(day)), deadlines.kyiv(start)).hours == hours


def test_the_hour_that_comes_twice_is_told_apart():
    first = datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert deadlines.kyiv(first).time() == deadlines.kyiv(second).time()
    assert deadlines.left(deadlines.kyiv(second), deadlines.kyiv(first)) == Left(0, 1, 0, last_day=True, over=False)


def test_kyiv_and_day_end():
    assert deadlines.kyiv(datetime(2026, 11, 21, 12, 2, tzinfo=UTC)).isoformat() == "2026-11-21T14:02:00+02:00"
    assert deadlines.kyiv(datetime(2026, 7, 21, 12, 2, tzinfo=UTC)).isoformat() == "2026-07-21T15:02:00+03:00"
    assert deadlines.day_end(date(2026, 11, 30)).isoformat() == "2026-11-30T22:00:00+00:00"


@given(dates)
def test_a_day_ends_on_itself(day):
    assert deadlines.last_day(deadlines.day_end(day)) == day


@pytest.mark.parametrize("act", [deadlines.kyiv, deadlines.last_day, deadlines.reminders])
def test_a_moment_without_zone_is_refused(act):
    with pytest.raises(ValueError, match="time zone"):
        act(datetime(2026, 11, 30, 18, 0))  # noqa: DTZ001


@given(moments, moments)
def test_numbers_agree_with_each_other(until, at):
    told = deadlines.left(until, at)
    assert told.over == (at >= until)
    assert 0 <= told.minutes < 60
    assert told.days >= 0
    assert not (told.last_day and told.over)
    assert told.last_day == (not told.over and told.days == 0)
    if not told.over:
        real = timedelta(hours=told.hours, minutes=told.minutes)
        assert real <= until - at < real + timedelta(minutes=1)
    if told.last_day:
        assert told.hours <= 25


@pytest.mark.parametrize(
    ("closes_at", "days", "expected"),
    [
        (CLOSES, (3, 1), [(3, kyiv(2026, 11, 27, 9)), (1, kyiv(2026, 11, 29, 9))]),
        (CLOSES, (1, 3, 1, 0), [(3, kyiv(2026, 11, 27, 9)), (1, kyiv(2026, 11, 29, 9)), (0, kyiv(2026, 11, 30, 9))]),
        (kyiv(2026, 12, 1, 0, 0), (1,), [(1, kyiv(2026, 11, 29, 9))]),
        (kyiv(2026, 11, 30, 9, 0), (1, 0), [(1, kyiv(2026, 11, 29, 9))]),
        (kyiv(2024, 4, 1, 12, 0), (3, 1), [(3, kyiv(2024, 3, 29, 9)), (1, kyiv(2024, 3, 31, 9))]),
        (CLOSES, (), []),
    ],
)
def test_reminders(closes_at, days, expected):
    planned = deadlines.reminders(closes_at, days)
    assert planned == expected
    assert all(moment.tzinfo is UTC for _before, moment in planned)


def test_reminders_three_days_and_one_day_before_unless_told_otherwise():
    assert [before for before, _moment in deadlines.reminders(CLOSES)] == [3, 1]
    with pytest.raises(ValueError, match="before"):
        deadlines.reminders(CLOSES, (-1,))


def test_working_days():
    friday, saturday, monday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)
    assert deadlines.add_working_days(friday, 0) == friday
    assert deadlines.add_working_days(saturday, 0) == saturday
    assert deadlines.add_working_days(friday, 1) == monday
    assert deadlines.add_working_days(friday, 1, holidays=[monday]) == date(2026, 11, 24)
    assert deadlines.add_working_days(saturday, 5) == date(2026, 11, 27)
    assert deadlines.working_days_between(friday, monday) == 1
    assert deadlines.working_days_between(friday, saturday) == 0
    assert deadlines.working_days_between(monday, friday) == 0
    assert deadlines.working_days_between(friday, monday, holidays=[monday, saturday, monday, friday]) == 0
    with pytest.raises(ValueError, match="added"):
        deadlines.add_working_days(friday, -1)


@given(dates, st.integers(0, 60), st.frozensets(dates, max_size=30))
def test_adding_and_counting_working_days_agree(day, n, holidays):
    end = deadlines.add_working_days(day, n, holidays)
    assert deadlines.working_days_between(day, end, holidays) == n
    assert n == 0 or deadlines.is_working_day(end, holidays)


@given(dates, st.integers(0, 400), st.frozensets(dates, max_size=30))
def test_working_days_are_those_one_counts_on_fingers(start, length, holidays):
    counted = [start + timedelta(days=step) for step in range(1, length + 1)]
    expected = sum(deadlines.is_working_day(day, holidays) for day in counted)
    assert deadlines.working_days_between(start, start + timedelta(days=length), holidays) == expected

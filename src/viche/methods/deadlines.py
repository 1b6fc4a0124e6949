"""Deadlines in Kyiv time: how long is left, when to remind, working days.

A moment is an aware datetime (a naive one is refused with ValueError), a closing moment is the first at which it is too
late. Nothing here reads the clock. What is said about it in words is said in `ui`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

KYIV: Final = ZoneInfo("Europe/Kyiv")
REMINDED_AT: Final = time(9)
"""The hour in Kyiv at which reminders go out: the working day begins, whatever the hour of the deadline."""

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_WORKING_DAYS_OF_A_WEEK, _DAYS_OF_A_WEEK = 5, 7


@dataclass(frozen=True, slots=True)
class Left:
    """How long is left until a deadline.

    `days`: calendar days in Kyiv to the last day (0 on the last day itself, 1 the day before: "tomorrow").
    `hours`, `minutes`: real time left in whole hours and whole minutes beyond them, rounded down; up to 25 hours on the
    last day, more before it. `last_day`: the deadline falls on today. `over`: it has passed, and all numbers are 0.
    """

    days: int
    hours: int
    minutes: int
    last_day: bool
    over: bool


def kyiv(moment: datetime) -> datetime:
    """The moment on Kyiv's wall clock, summer time included."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(KYIV)


def day_end(day: date) -> datetime:
    """The first moment (UTC) after a day in Kyiv, its midnight: what is due "by the day" is late from here on."""
    return datetime.combine(day + _DAY, time(), KYIV).astimezone(UTC)


def last_day(closes_at: datetime) -> date:
    """The Kyiv date on which one can still be in time: closing at midnight belongs to the day that ends."""
    return kyiv(kyiv(closes_at).astimezone(UTC) - _INSTANT).date()


def left(until: datetime, at: datetime) -> Left:
    """How long is left at a moment until a closing moment."""
    # Two datetimes of one zone subtract as wall clocks and lose the hour of the change: measure in UTC.
    remains = kyiv(until).astimezone(UTC) - kyiv(at).astimezone(UTC)
    if remains <= timedelta(0):
        return Left(days=0, hours=0, minutes=0, last_day=False, over=True)
    hours, rest = divmod(remains, _HOUR)
    days = (last_day(until) - kyiv(at).date()).days
    return Left(days=days, hours=hours, minutes=rest // _MINUTE, last_day=days == 0, over=False)


def reminders(closes_at: datetime, days: Sequence[int] = (3, 1)) -> list[tuple[int, datetime]]:
    """When to remind of a closing moment: (days before, moment in UTC), earliest first, each number of days once.

    `days` are calendar days before the last day, none negative (ValueError); the moment is nine in the morning in Kyiv.
    A reminder for the last day itself (0) that would come too late is left out.
    """
    if any(before < 0 for before in days):
        raise ValueError("a reminder comes before its deadline")
    final = last_day(closes_at)
    planned = [
        (before, datetime.combine(final - before * _DAY, REMINDED_AT, KYIV).astimezone(UTC))
        for before in sorted(set(days), reverse=True)
    ]
    return [(before, moment) for before, moment in planned if moment < closes_at]


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday and not a holiday. Which holidays are days off is for the caller to know: in war none are."""
    return day.weekday() < _WORKING_DAYS_OF_A_WEEK and day not in holidays


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """Working days after `start` up to and including `end`; 0 when the end is not later than the start."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, _DAYS_OF_A_WEEK)
    tail = sum(is_working_day(end - back * _DAY) for back in range(rest))
    off = sum(start < day <= end and is_working_day(day) for day in set(holidays))
    return weeks * _WORKING_DAYS_OF_A_WEEK + tail - off


def add_working_days(day: date, n: int, holidays: Collection[date] = ()) -> date:
    """The n-th working day after a date (0: the date itself, whatever it is); ValueError for a negative number."""
    if n < 0:
        raise ValueError("working days are added, not taken away")
    while n:
        day += _DAY
        n -= is_working_day(day, holidays)
    return day

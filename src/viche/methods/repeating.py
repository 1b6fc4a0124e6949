"""On which days a meeting repeats: weekly, fortnightly or monthly, until a day or so many times. Plain dates, no clock."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MOST: Final = 52
"""A series has no more further meetings than weeks in a year."""
WEEKLY, FORTNIGHTLY, MONTHLY = "weekly", "fortnightly", "monthly"
DAYS: Final = {WEEKLY: 7, FORTNIGHTLY: 14}
MONTHS: Final = 12


def days(first: date, every: str, *, until: date | None = None, count: int | None = None) -> list[date]:
    """The further days after the first, at most `MOST`; `until` is the last that may be, `count` how many there are.

    Monthly keeps the day of the month; where a month has no such day, its last one is taken, and the next month returns to
    the day asked for. ValueError for an unknown rhythm, or where nothing says when to end.
    """
    if every not in {*DAYS, MONTHLY}:
        raise ValueError(f"no such rhythm: {every}")
    if until is None and count is None:
        raise ValueError("a series needs an end")
    most = MOST if count is None else min(count, MOST)
    found = (_later(first, every, step) for step in range(1, most + 1))
    return [one for one in found if until is None or one <= until]


def _later(first: date, every: str, step: int) -> date:
    if every in DAYS:
        return first + timedelta(days=DAYS[every] * step)
    years, month = divmod(first.month - 1 + step, MONTHS)
    year, month = first.year + years, month + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))

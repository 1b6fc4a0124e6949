"""Indicators: how far a value has come, what of two is a ratio, parts that must not overlap, months that must not either.

Values are exact Decimals in the indicator's own unit. Nothing here knows of records.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final, Literal

HUNDREDTH: Final = Decimal("0.01")
HUNDRED: Final = 100
TENTH_LATE: Final = Decimal("0.9")
"""Of what ought to have been reached by now, who has reached less than this is behind."""

Why = Literal["no_unit", "overlap", "twice", "parts_above_whole", "empty", "negative"]
_BAND = re.compile(r"(?<!\d)(?P<low>\d{1,3})\s*(?:[-–—]\s*(?P<high>\d{1,3})(?!\d)|(?P<up>\+))")


class IndicatorFault(ValueError):  # noqa: N818 — what it is, not an error of ours
    """A definition or a value cannot be; `why` in one word, `names` the parts that quarrel."""

    def __init__(self, why: Why, *names: str, found: Decimal | None = None, whole: Decimal | None = None) -> None:
        """Keep the parts; words are made by whoever speaks to a person."""
        super().__init__(f"{why} {' '.join(names)}")
        self.why: Why = why
        self.names = names
        self.found = found
        self.whole = whole


def ratio(over: Decimal | None, under: Decimal | None, *, times: int = 1) -> Decimal | None:
    """`times` × over / under, rounded to hundredths, halves up; None with nought or nothing below, or nothing above."""
    if over is None or not under:
        return None
    return (Decimal(times) * over / under).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def progress(actual: Decimal | None, target: Decimal | None, *, baseline: Decimal = Decimal(0)) -> int | None:
    """How many whole percent of the way from the baseline to the target are behind us; more than 100 beyond it, never below 0.

    Works for targets below the baseline too. None where there is no value, no target, or no way to go.
    """
    if actual is None or target is None or target == baseline:
        return None
    share = (actual - baseline) / (target - baseline) * HUNDRED
    return max(0, int(share))


def elapsed(since: date, until: date, on: date) -> Decimal:
    """Which part of a period is over at the end of a day, 0 to 1; both ends belong to it."""
    days = (until - since).days + 1
    gone = min(max((on - since).days + 1, 0), days)
    return Decimal(gone) / days


def is_behind(percent: int | None, share: Decimal) -> bool:
    """Whether less than nine tenths of what this share of the time asks for has been reached."""
    return percent is not None and percent < share * HUNDRED * TENTH_LATE


def check_unit(unit: str) -> str:
    """The unit without blanks around. Raises `IndicatorFault` "no_unit"."""
    if not unit.strip():
        raise IndicatorFault("no_unit")
    return unit.strip()


def band(name: str) -> tuple[int, int] | None:
    """The years of age that a part's name tells: "14–35" is (14, 35), "60+" has no end; None where it tells none."""
    found = _BAND.search(name)
    if found is None:
        return None
    low = int(found["low"])
    return (low, int(found["high"])) if found["high"] else (low, 999)


def check_parts(names: Sequence[str]) -> None:
    """See that parts of a whole do not overlap: no name twice, no two bands of age that share a year.

    Raises `IndicatorFault`: "empty" for a part without a name, "twice", "overlap" with both names.
    """
    seen: dict[str, str] = {}
    for name in names:
        folded = " ".join(name.split()).casefold()
        if not folded:
            raise IndicatorFault("empty")
        if folded in seen:
            raise IndicatorFault("twice", name)
        seen[folded] = name
    bands = sorted((found, name) for name in names if (found := band(name)))
    for (one, first), (other, second) in pairwise(bands):
        if other[0] <= one[1]:
            raise IndicatorFault("overlap", first, second)


def check_value(value: Decimal, parts: Mapping[str, Decimal]) -> None:
    """See that a value and its parts can be. Raises `IndicatorFault` "negative", "parts_above_whole" with both numbers."""
    for name, number in {"": value, **parts}.items():
        if number < 0:
            raise IndicatorFault("negative", name, found=number)
    total = sum(parts.values(), Decimal(0))
    if total > value:
        raise IndicatorFault("parts_above_whole", found=total, whole=value)


def whole_months(since: date, until: date) -> tuple[date, date]:
    """The same period from the first day of its first month to the last day of its last."""
    following = (until.replace(day=1) + timedelta(days=32)).replace(day=1)
    return since.replace(day=1), following - timedelta(days=1)


def overlapping(since: date, until: date, others: Iterable[tuple[date, date]]) -> tuple[date, date] | None:
    """The first of other periods that shares a day with this one."""
    return next((other for other in sorted(others) if other[0] <= until and since <= other[1]), None)

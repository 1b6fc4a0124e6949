"""What a grant should not say although the schema lets it: the standard's guidance as rules with names of our own."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from viche.formats.faults import RULE, Fault
from viche.formats.threesixty.reading import LONGEST_NUMBER, Path

AMOUNTS: Final = ("amountAppliedFor", "amountAwarded", "amountDisbursed")
PERIODS: Final = ("plannedDates", "actualDates")
TEXTS: Final = ("title", "description")

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


def faults(grant: dict[str, Any], now: datetime) -> Iterator[tuple[Path, Fault]]:
    """Rules that a grant breaks, each with the path of what breaks it; `now` is aware."""
    yield from _never(grant)
    yield from _amounts(grant)
    yield from _periods(grant, now)
    awarded = grant.get("awardDate")
    if isinstance(awarded, str) and _after(awarded, now):
        yield ("awardDate",), _fault("future-award", value=awarded)
    for name in TEXTS:
        if isinstance(grant.get(name), str) and (found := _MAIL.search(grant[name])):
            yield (name,), _fault("mail-in-text", field=name, value=found[0])


def _never(grant: dict[str, Any]) -> Iterator[tuple[Path, Fault]]:
    """Days that no calendar has and numbers that no program reads, wherever they stand."""
    for path, value in _leaves((), grant):
        if isinstance(value, str) and _is_dated(path) and _DAY.match(value) and not _day(value):
            yield path, _fault("impossible-date", field=str(path[-1]), value=value)
        elif _is_endless(value):
            yield path, _fault("endless-number", field=str(path[-1]))


def _leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _leaves((*path, name), one)
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _leaves((*path, at), one)
    else:
        yield path, value


def _is_dated(path: Path) -> bool:
    return str(path[-1]).lower().endswith("date")


def _is_endless(value: Any) -> bool:
    return isinstance(value, (float, int, Decimal)) and not abs(value) < 10**LONGEST_NUMBER


def _amounts(grant: dict[str, Any]) -> Iterator[tuple[Path, Fault]]:
    for name in AMOUNTS:
        value = grant.get(name)
        if isinstance(value, (float, int, Decimal)) and value < 0:
            yield (name,), _fault("negative-amount", field=name, value=f"{value}")


def _periods(grant: dict[str, Any], now: datetime) -> Iterator[tuple[Path, Fault]]:
    for name in PERIODS:
        listed = grant.get(name)
        for at, event in enumerate(listed if isinstance(listed, list) else ()):
            if not isinstance(event, dict):
                continue
            start, end = event.get("startDate"), event.get("endDate")
            if isinstance(start, str) and isinstance(end, str) and _later(start, end):
                yield (name, at, "endDate"), _fault("period-order", start=start, end=end)
            for field, value in (("startDate", start), ("endDate", end)):
                if name == "actualDates" and isinstance(value, str) and _after(value, now):
                    yield (name, at, field), _fault("future-actual", field=field, value=value)


def _later(start: str, end: str) -> bool:
    """Whether one begins after the other ends, as far as both are told: a year, a month or a day."""
    told = min(len(start), len(end), len("2024-01-01"))
    return start[:told] > end[:told]


def _after(value: str, now: datetime) -> bool:
    """Whether a day has not come yet; a moment's day is taken as it is written."""
    day = _day(value)
    return bool(day and day > now.astimezone(UTC).date())


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _fault(rule: str, **values: str) -> Fault:
    return Fault(RULE, rule, 0, f"json-{rule}", values)

"""How facts are told apart and summed up: parts of a whole by name, months that make up a period.

A fact says that something was counted on a day: a measure ("heads"), a part of it ("" is the whole, "sex:f", "sex:f age:youth"),
a number, and the number that everybody may know of it, None where the part is too small to be told. A whole and its parts
are facts of their own, so a sum is made of one part alone and nothing is counted twice.

Sums are kept for all time, for years, quarters and months ("spans"), and a period of whole months is covered by as few of them as
can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

WHOLE: Final = ""
EVER: Final = "ever"
"""Under which span the sums of all time are kept."""
MONTHS_OF_YEAR: Final = 12
MONTHS_OF_QUARTER: Final = 3
GREATEST: Final = 10**15
"""No number of a fact is greater: hundredths of ten billions of millions would be a slip of the finger."""


class Given(NamedTuple):
    """What a record says of one measure, or of one part of it; `value` in units of the measure, money in hundredths."""

    measure: str
    split: str
    on: date
    value: int
    shown: int | None
    """What everybody may know of it; None where it is not told."""


class Seen(NamedTuple):
    """Somebody whom a record counts, told apart from others by a number that says nothing of who it is."""

    measure: str
    on: date
    person: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that one record gives to the ledger, and where it belongs; nothing `given`: it is not counted."""

    kind: str
    """Which table the record is of, in a word: "event"."""
    record: int
    """Its key there."""
    programme: int
    oblast: int | None
    hromada: int | None
    given: tuple[Given, ...] = ()
    seen: tuple[Seen, ...] = ()


def split(**parts: str) -> str:
    """Name a part of a whole: `split(sex="f", age="youth")` is "age:youth sex:f", always in the same order."""
    return " ".join(f"{name}:{value}" for name, value in sorted(parts.items()))


def parts(named: str) -> dict[str, str]:
    """Read the name of a part: {"sex": "f", "age": "youth"}; the whole has none."""
    return dict(one.split(":", 1) for one in named.split())


def month(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def after(first: date, months: int) -> date:
    """The first day of the month so many months later; earlier where the number is negative."""
    number = first.year * MONTHS_OF_YEAR + first.month - 1 + months
    return date(number // MONTHS_OF_YEAR, number % MONTHS_OF_YEAR + 1, 1)


def spans(day: date) -> tuple[str, str, str]:
    """The year, the quarter and the month of a day, as sums are kept under: ("2025", "2025Q2", "2025-04")."""
    quarter = (day.month - 1) // MONTHS_OF_QUARTER + 1
    return f"{day.year:04d}", f"{day.year:04d}Q{quarter}", f"{day.year:04d}-{day.month:02d}"


def of_span(span: str) -> tuple[date, date]:
    """The first days of the first and the last month of a year, quarter or month as `spans` names it."""
    year, rest = int(span[:4]), span[4:]
    if not rest:
        return date(year, 1, 1), date(year, MONTHS_OF_YEAR, 1)
    if rest.startswith("Q"):
        last = int(rest[1:]) * MONTHS_OF_QUARTER
        return date(year, last - MONTHS_OF_QUARTER + 1, 1), date(year, last, 1)
    return date(year, int(rest[1:]), 1), date(year, int(rest[1:]), 1)


def cover(since: date, until: date) -> list[str]:
    """The fewest spans that together are exactly the months from that of `since` to that of `until`, in their order.

    Nothing where `until` lies in a month before.
    """
    at, end, found = month(since), after(month(until), 1), []
    while at < end:
        year, quarter, one = spans(at)
        for name, length in ((year, MONTHS_OF_YEAR), (quarter, MONTHS_OF_QUARTER), (one, 1)):
            if (at.month - 1) % length == 0 and after(at, length) <= end:
                found.append(name)
                at = after(at, length)
                break
    return found


def months(since: date, until: date) -> list[date]:
    """The first days of the months from that of `since` to that of `until`."""
    at, found = month(since), []
    while at <= until:
        found.append(at)
        at = after(at, 1)
    return found


def merged(numbers: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several sums put together by name."""
    total: dict[str, int] = {}
    for one in numbers:
        for name, value in one.items():
            total[name] = total.get(name, 0) + value
    return total

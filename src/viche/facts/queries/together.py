"""Many figures read in one query: a page is reckoned first with an empty ledger, to see what it asks, and then with all the answers.

Every read of the ledger goes through `ask`. Alone it is a query of its own. Inside `at_once` the reckoning is done twice: the
first time each read is noted down and finds nothing, as in a programme in which nothing was counted yet; then all that was
noted is asked in one UNION ALL, and the second time each read finds its rows. What is not of the ledger (targets, names)
is read before or after, not inside, else it would be read twice.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.db.models import BigIntegerField, CharField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

Answer = TypeVar("Answer")
NUMBERS = ("facts", "value", "shown", "untold")
NONE, NO_WORDS = Value(0, BigIntegerField()), Value("", CharField())


class Row(NamedTuple):
    """What the ledger answers: words and the key of a place where the read asked for them, and four numbers."""

    measure: str
    split: str
    span: str
    place: int
    facts: int
    value: int
    shown: int
    untold: int


@dataclass(frozen=True)
class Arm:
    """One SELECT of the query: rows grouped by some of the four keys, with some of the four numbers."""

    rows: QuerySet[Any]
    numbers: Mapping[str, Any]
    measure: str = ""
    split: str = ""
    span: str = ""
    place: str = ""
    day: str = ""
    """A date in the place of the span: "2024-05-20"."""

    def select(self, number: int) -> QuerySet[Any, Any]:
        """The rows in the shape that all arms have, each with the number of its arm."""
        keys = [F(name) if name else NO_WORDS for name in (self.measure, self.split, self.span)]
        if self.day:
            keys[-1] = Cast(self.day, CharField())
        place = F(self.place) if self.place else NONE
        names = ("arm", "measure_of", "split_of", "span_of", "place_of")
        keyed = dict(zip(names, (Value(number, BigIntegerField()), *keys, place), strict=True))
        # A nought is bare: within a cast it would be grouped by, which costs SQLite a sorting.
        sums = {f"{name}_in": Cast(of, BigIntegerField()) for name, of in self.numbers.items()}
        sums = {f"{name}_in": sums.get(f"{name}_in", NONE) for name in NUMBERS}
        return self.rows.order_by().annotate(**keyed).values_list(*names).annotate(**sums)


SUMS = {name: Sum(name) for name in NUMBERS}
"""The four numbers from sums that are kept."""
ADDED = {
    "facts": Count("pk"),
    "value": Sum("value"),
    "shown": Coalesce(Sum("shown"), 0),
    "untold": Count("pk", filter=Q(shown__isnull=True)),
}
"""The same four numbers from facts themselves."""


def counts(of: str, *, distinct: bool = True) -> dict[str, Any]:
    """How many different ones there are, as the first number; where no row has the same as another, rows are counted."""
    return {"facts": Count(of, distinct=distinct)}


@dataclass
class _Gathering:
    """What one reckoning asks, and what was answered."""

    arms: dict[Hashable, list[Arm]] = field(default_factory=dict)
    found: dict[Hashable, list[Row]] | None = None


_now: ContextVar[_Gathering | None] = ContextVar("together", default=None)


def ask(key: Hashable, arms: Callable[[], Sequence[Arm]], read: Callable[[list[Row]], Answer]) -> Answer:
    """What `read` makes of the rows of these arms. `key` tells this read apart from all others of the same reckoning."""
    gathering = _now.get()
    if gathering is None:
        return read(_rows({key: list(arms())})[key])
    if gathering.found is None:
        if key not in gathering.arms:
            gathering.arms[key] = list(arms())
        return read([])
    if key not in gathering.found:  # asked only because of what was found
        gathering.found |= _rows({key: list(arms())})
    return read(gathering.found[key])


def at_once(reckon: Callable[[], Answer]) -> Answer:
    """What `reckon` gives, everything that it asks of the ledger read in one query."""
    if _now.get() is not None:
        return reckon()
    gathering = _Gathering()
    token = _now.set(gathering)
    try:
        given = reckon()
        if not gathering.arms:
            return given
        gathering.found = _rows(gathering.arms)
        return reckon()
    finally:
        _now.reset(token)


def _rows(arms: Mapping[Hashable, list[Arm]]) -> dict[Hashable, list[Row]]:
    """The rows of every read. One query, none where nobody asks anything."""
    keys = [key for key, of in arms.items() for _arm in of]
    selects = [arm.select(number) for number, arm in enumerate(arm for of in arms.values() for arm in of)]
    found: dict[Hashable, list[Row]] = {key: [] for key in arms}
    if not selects:
        return found
    first, *others = selects
    for number, measure, split, span, place, *numbers in first.union(*others, all=True) if others else first:
        found[keys[number]].append(Row(measure, split, span, place, *(int(one or 0) for one in numbers)))
    return found

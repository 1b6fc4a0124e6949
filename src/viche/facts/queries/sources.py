"""A source of facts: the table of a package whose records are counted, and what each of its rows gives."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from viche.facts.choices import Measure
from viche.methods.ledger import Told

CHUNK = 500
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Source:
    """The records of one kind. What is counted is read from the table in one way, whether a row is accepted or all are counted anew."""

    kind: str
    measures: tuple[Measure, ...]
    rows: Callable[[], "QuerySet[Any, Row]"]
    """The records that count, as rows that begin with their key, in its order."""
    told: Callable[[Row], Told]
    """What one such row gives."""
    key: str = "pk"
    """The field of the rows that is the record's key."""
    people: Callable[[Collection[int]], Mapping[int, Collection[int]]] | None = None
    """Who is counted by these records, as numbers; each row then ends with its own. One query."""

    def everything(self) -> Iterator[list[Told]]:
        """What all records give, in portions, in the order of their keys. A query a portion."""
        after = 0
        while told := self.portion(after=after):
            yield told
            after = told[-1].record

    def portion(self, *, after: int) -> list[Told]:
        """What the next records give, in the order of their keys. One query, and one for their people."""
        return self._told(list(self.rows().filter(**{f"{self.key}__gt": after})[:CHUNK]))

    def some(self, **asked: Any) -> list[Told]:
        """What the records that fit give, in the order of their keys. One query, and one for their people."""
        return self._told(list(self.rows().filter(**asked)))

    def of(self, keys: Collection[int], *, programme: int) -> list[Told]:
        """What each of these records gives now; nothing is said of those that do not count. One query, and one for their people."""
        found = {told.record: told for told in self.some(**{f"{self.key}__in": list(keys)})}
        return [found.get(key) or Told(self.kind, key, programme, None, None) for key in keys]

    def _told(self, rows: Sequence[Row]) -> list[Told]:
        if self.people is None or not rows:
            return [self.told(row) for row in rows]
        people = self.people([row[0] for row in rows])
        return [self.told((*row, people.get(row[0], ()))) for row in rows]

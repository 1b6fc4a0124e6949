"""Whether the ledger agrees with the records, and its sums with its facts: everything is counted anew and compared.

Facts are read in portions, sums one measure at a time, so a million of facts need no more room than a thousand. People may go on
writing meanwhile: what differs is looked at once more by itself before it is called a difference.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from django.db.models import CharField, F, Func

from viche.facts.choices import Level
from viche.facts.models import Fact, Presence, Total
from viche.facts.queries.figures import EACH
from viche.facts.queries.sources import Source
from viche.facts.queries.sums import Key
from viche.methods import ledger
from viche.methods.ledger import Given, Seen, Told

Numbers = tuple[Any, ...]
READ = ("programme", "oblast", "hromada", *Given._fields)
SEEN = ("programme", "oblast", "hromada", *Seen._fields)
LEVELS = {Level.WHOLE: None, Level.OBLAST: "oblast", Level.HROMADA: "hromada"}


class Difference(NamedTuple):
    """The first thing that does not agree: what it is of, and what stands in the ledger and ought to stand there."""

    of: str
    kept: Numbers | None
    counted: Numbers | None


@dataclass(frozen=True)
class Verdict:
    """How many facts and sums were compared, and the first difference, if there is one."""

    facts: int
    sums: int
    difference: Difference | None = None


class MonthOf(Func):
    """The month of a date as sums are kept under: "2025-04". By the database itself: SQLite's dates are text."""

    output_field: ClassVar = CharField()
    template = "SUBSTR(%(expressions)s, 1, 7)"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same in PostgreSQL, whose dates are dates."""
        return self.as_sql(compiler, connection, template="TO_CHAR(%(expressions)s, 'YYYY-MM')", **context)


def compare(sources: Iterable[Source]) -> Verdict:
    """Count everything anew and compare; stops at the first difference."""
    compared = 0
    known = []
    for source in sources:
        known.append(source.kind)
        for number, difference in _facts(source):
            compared += number
            if difference:
                return Verdict(compared, 0, difference)
    if stray := _stray(known):
        return Verdict(compared, 0, stray)
    sums = 0
    for number, difference in _sums():
        sums += number
        if difference:
            return Verdict(compared, sums, difference)
    return Verdict(compared, sums)


def _facts(source: Source) -> Iterator[tuple[int, Difference | None]]:
    """How many facts of each portion were compared, and what differs in it."""
    after = 0
    for told in source.everything():
        last = told[-1].record
        yield sum(len(one.given) for one in told), _again(source, _portion(told, source.kind, after, last))
        after = last
    for model in (Fact, Presence):
        beyond = model._default_manager.filter(kind=source.kind, record__gt=after).order_by("record")  # noqa: SLF001 — Django's public name
        yield 0, _again(source, beyond.values_list("record", flat=True).first())


def _portion(told: Iterable[Told], kind: str, after: int, last: int) -> int | None:
    """The first record of a portion with which the ledger does not agree."""
    counted = {(one.record, *row) for one in told for row in _rows(one)}
    unlike = counted ^ _kept("record", kind=kind, record__gt=after, record__lte=last)
    return min((row[0] for row in unlike), default=None)


def _kept(*before: str, **asked: Any) -> set[Numbers]:
    """What the ledger holds of these records: facts, and people. Two queries."""
    facts = Fact.objects.filter(**asked).values_list(*before, *READ)
    return set(facts) | set(Presence.objects.filter(**asked).values_list(*before, *SEEN))


def _again(source: Source, record: int | None) -> Difference | None:
    """Look at one record once more: it may have changed between two looks."""
    if record is None:
        return None
    kept = _kept(kind=source.kind, record=record)
    counted = {row for one in source.some(**{source.key: record}) for row in _rows(one)}
    unlike = sorted(kept ^ counted, key=repr)
    if not unlike:
        return None
    row = unlike[0]
    same = next(
        (other for other in unlike[1:] if _place(other) == _place(row) and (other in kept) != (row in kept)), None
    )
    pair = (row, same) if row in kept else (same, row)
    return Difference(f"{_named(source.kind, record)} {row[3]} {row[4]}".rstrip(), *pair)


def _place(row: Numbers) -> Numbers:
    """Measure and split of a row."""
    return row[3:5]


def _rows(told: Told) -> Iterator[Numbers]:
    for given in (*told.given, *told.seen):
        yield (told.programme, told.oblast, told.hromada, *given)


def _stray(known: Collection[str]) -> Difference | None:
    """What is of a kind that nobody offers."""
    for model, names in ((Fact, READ), (Presence, SEEN)):
        rows = model._default_manager.exclude(kind__in=known).order_by("pk")  # noqa: SLF001 — Django's public name
        if found := rows.values_list("kind", "record", *names).first():
            return Difference(_named(*found[:2]), found[2:], None)
    return None


def _named(kind: str, record: int) -> str:
    return f"{kind}:{record}"


def _sums() -> Iterator[tuple[int, Difference | None]]:
    """How many sums of each programme and measure were compared, and what differs among them."""
    kept = Total.objects.order_by().values_list("programme", "measure").distinct()
    there = Fact.objects.order_by().values_list("programme", "measure").distinct()
    for programme, measure in sorted(set(kept) | set(there)):
        counted = counted_anew(programme, measure)
        unlike = _unlike(programme, measure, counted)
        if unlike and (again := _unlike(programme, measure, counted_anew(programme, measure))):
            yield len(counted), again
        else:
            yield len(counted), None


def _unlike(programme: int, measure: str, counted: dict[Key, list[int]]) -> Difference | None:
    rows = Total.objects.filter(programme=programme, measure=measure).order_by()
    columns = ("programme", "measure", "split", "level", "place", "span", "facts", "value", "shown", "untold")
    seen = 0
    for row in rows.values_list(*columns).iterator(chunk_size=2000):
        key, numbers = row[:6], row[6:]
        ought = counted.get(key)
        if ought is None or tuple(ought) != numbers:
            return Difference(_of(key), numbers, tuple(ought) if ought else None)
        seen += 1
    if seen == len(counted):
        return None
    there = set(rows.values_list(*columns[:6]))
    key = next(key for key in counted if key not in there)
    return Difference(_of(key), None, tuple(counted[key]))


def _of(key: Key) -> str:
    programme, measure, split, level, place, span = key
    return " ".join(f"{programme} {measure} {split} {span} {Level(level).name.lower()} {place or ''}".split())


def counted_anew(programme: int, measure: str) -> dict[Key, list[int]]:
    """The sums of one measure in one programme as its facts make them: [facts, value, shown, untold] by key."""
    found: dict[Key, list[int]] = {}
    for level, place in LEVELS.items():
        rows = Fact.objects.filter(programme=programme, measure=measure)
        if place:
            rows = rows.filter(**{f"{place}__isnull": False})
        if level == Level.HROMADA:
            rows = rows.filter(split=ledger.WHOLE)
        grouped = (
            rows.annotate(month=MonthOf(F("on"))).order_by().values_list("split", *([place] if place else []), "month")
        )
        for split, *at, month, facts, value, shown, untold in grouped.annotate(**EACH).iterator(chunk_size=2000):
            for span in _spans(month):
                kept = found.setdefault((programme, measure, split, int(level), at[0] if at else 0, span), [0, 0, 0, 0])
                for position, number in enumerate((facts, value, shown, untold)):
                    kept[position] += number
    return found


def _spans(month: str) -> tuple[str, str, str, str]:
    year, number = month.split("-")
    quarter = (int(number) - 1) // ledger.MONTHS_OF_QUARTER + 1
    return ledger.EVER, year, f"{year}Q{quarter}", month

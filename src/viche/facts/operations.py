"""Writing the ledger: what a record gives takes the place of what it gave before, and the sums follow at once.

Called by the operations that accept and withdraw records, inside their transaction and under their lock of the record; who may
do it was asked there, and their entry in the journal tells of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from viche.facts.models import Fact, Ledger, Presence, Total
from viche.facts.queries import records, recounting
from viche.facts.queries.sources import Source
from viche.facts.queries.sums import Sums
from viche.methods.ledger import Given, Seen, Told

BATCH = 500
COLUMNS = ("programme", "measure", "split", "level", "place", "span", "facts", "value", "shown", "untold")
ADDED = ("facts", "value", "shown", "untold")


@transaction.atomic
def keep(told: Iterable[Told]) -> None:
    """Write what records give now, each in place of what it gave before.

    Nothing given takes a record out of every figure. Writing the same again changes nothing.
    """
    told = list(told)
    lock({one.programme for one in told})
    for start in range(0, len(told), BATCH):
        _add(*_write(told[start : start + BATCH]))


def lock(programmes: set[int]) -> None:
    """Lock the ledgers of these programmes, in one order, and say that something is written in them."""
    for programme in sorted(programmes):
        if not Ledger.objects.filter(programme=programme).update(version=F("version") + 1):
            Ledger.objects.get_or_create(programme=programme)
            Ledger.objects.filter(programme=programme).update(version=F("version") + 1)


def _write(told: Sequence[Told]) -> tuple[list[Fact], list[Fact]]:
    """Write the facts of records; gives back which went and which came, for the sums."""
    there = records.of_records([(one.kind, one.record) for one in told])
    gone: list[Fact] = []
    new: list[Fact] = []
    for one in told:
        before = {_identity(fact): fact for fact in there.get((one.kind, one.record), ())}
        wanted = {_identity(fact): fact for fact in _rows(one)}
        gone += [fact for key, fact in before.items() if key not in wanted]
        new += [fact for key, fact in wanted.items() if key not in before]
    Fact.objects.filter(pk__in=[fact.pk for fact in gone]).delete()
    Fact.objects.bulk_create(new, batch_size=BATCH)
    _see(told)
    return gone, new


def _see(told: Sequence[Told]) -> None:
    """Write who is counted by records, in place of who was."""
    there = records.people_of([(one.kind, one.record) for one in told])
    gone: list[int] = []
    new: list[Presence] = []
    for one in told:
        before = {_somebody(row): row.pk for row in there.get((one.kind, one.record), ())}
        wanted = {_somebody(row): row for row in _presences(one)}
        gone += [pk for key, pk in before.items() if key not in wanted]
        new += [row for key, row in wanted.items() if key not in before]
    if gone:
        Presence.objects.filter(pk__in=gone).delete()
    Presence.objects.bulk_create(new, batch_size=BATCH)


def _presences(told: Told) -> Iterator[Presence]:
    for seen in told.seen:
        yield Presence(
            programme=told.programme,
            oblast_id=told.oblast,
            hromada_id=told.hromada,
            kind=told.kind,
            record=told.record,
            **seen._asdict(),
        )


def _somebody(row: Presence) -> tuple[Any, ...]:
    """All that makes a presence what it is."""
    seen = tuple(getattr(row, name) for name in Seen._fields)
    return (row.programme, row.oblast_id, row.hromada_id, *seen)


def _rows(told: Told) -> Iterator[Fact]:
    for given in told.given:
        yield Fact(
            programme=told.programme,
            oblast_id=told.oblast,
            hromada_id=told.hromada,
            kind=told.kind,
            record=told.record,
            **given._asdict(),
        )


def _identity(fact: Fact) -> tuple[Any, ...]:
    """All that makes a fact what it is."""
    given = tuple(getattr(fact, name) for name in Given._fields)
    return (fact.programme, fact.oblast_id, fact.hromada_id, *given)


def _add(gone: Iterable[Fact], new: Iterable[Fact]) -> None:
    """Let the sums follow; one that nothing is in any more goes."""
    sums = Sums()
    for fact in gone:
        sums.add(fact, -1)
    for fact in new:
        sums.add(fact, 1)
    changed = [(*key, *numbers) for key, numbers in sorted(sums.kept.items()) if any(numbers)]
    for start in range(0, len(changed), BATCH):
        _add_rows(changed[start : start + BATCH])
    less = [key for key, numbers in sums.kept.items() if numbers[0] < 0]
    if less:
        columns = dict(zip(COLUMNS, (set(column) for column in zip(*less, strict=True)), strict=False))
        Total.objects.filter(facts=0, **{f"{name}__in": values for name, values in columns.items()}).delete()


def _add_rows(rows: Sequence[tuple[Any, ...]]) -> None:
    """Add numbers to sums, those that are not there yet too. Django writes over what is there and cannot add to it."""
    table = Total._meta.db_table  # noqa: SLF001 — Django's public name
    one = f"({', '.join(['%s'] * len(COLUMNS))})"
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in ADDED)
    statement = (
        f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES {', '.join([one] * len(rows))} "  # noqa: S608 — names of ours
        f"ON CONFLICT (programme, measure, level, split, span, place) DO UPDATE SET {added}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in row])


def mend(sources: Iterable[Source]) -> None:
    """Write the whole ledger anew from the records, in portions, then every sum from the facts. Nobody's act: no entry tells of it."""
    for source in sources:
        after: int | None = 0
        while after is not None:
            after = _mend_portion(source, after)
    _mend_sums()


@transaction.atomic
def _mend_portion(source: Source, after: int) -> int | None:
    """Write a portion anew, read under the locks: what is accepted meanwhile comes before all of this, or after it. The last key."""
    ledgers = set(Ledger.objects.values_list("programme", flat=True))
    lock(ledgers | {one.programme for one in source.portion(after=after)})
    told = source.portion(after=after)
    last = told[-1].record if told else None
    _drop(source.kind, after, last, {one.record for one in told})
    _write(told)
    return last


def _drop(kind: str, after: int, last: int | None, there: set[int]) -> None:
    """Take out the facts of records that do not count: of those above `after`, up to `last`, which are not `there`."""
    gone: set[tuple[int, int]] = set()
    for model in (Fact, Presence):
        rows = model._default_manager.filter(kind=kind, record__gt=after)  # noqa: SLF001 — Django's public name
        if last is not None:
            rows = rows.filter(record__lte=last)
        gone |= set(rows.order_by().values_list("record", "programme").distinct())
    _write([Told(kind, record, programme, None, None) for record, programme in sorted(gone) if record not in there])


def _mend_sums() -> None:
    pairs = set(Total.objects.order_by().values_list("programme", "measure").distinct())
    pairs |= set(Fact.objects.order_by().values_list("programme", "measure").distinct())
    for programme, measure in sorted(pairs):
        with transaction.atomic():
            lock({programme})
            Total.objects.filter(programme=programme, measure=measure).delete()
            counted = sorted(recounting.counted_anew(programme, measure).items())
            for start in range(0, len(counted), BATCH):
                _add_rows([(*key, *numbers) for key, numbers in counted[start : start + BATCH]])

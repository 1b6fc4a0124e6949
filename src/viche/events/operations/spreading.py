"""Keeping how many shown events each hromada has, in the transaction that changes one: what the map is drawn from.

Called inside the caller's transaction, with the event locked by the caller; who may do it was asked there. Rows are always
locked in the order of their keys, so two acts never wait for each other.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, QuerySet, When

from viche.events.models import Spread
from viche.events.queries import spreads
from viche.events.queries.spreads import Key, Told

PORTION = 500


def follow(before: Told | None, after: Told | None, *, at: datetime) -> None:
    """Count an event where it stands now and no more where it stood; None where it is not shown."""
    if before == after:
        return
    steps = [(key, one.ends, sign) for one, sign in ((before, -1), (after, 1)) if one for key in one.keys]
    for key, ends, sign in sorted(steps):
        _add(key, ends, sign, at)


def _add(key: Key, ends: int, sign: int, at: datetime) -> None:
    """Add one event to a row, or take it away; the first one there makes the row."""
    is_ahead = Case(When(since__lt=ends, then=sign), default=0)
    while not _row(key).update(shown=F("shown") + sign, ahead=F("ahead") + is_ahead):
        _make(key, at)


def move_on(*, at: datetime) -> None:
    """Count no more as ahead what has ended, so that few events are left to be looked at one by one. Changes no answer."""
    now = int(at.timestamp())
    keys = list(Spread.objects.filter(since__lt=now).order_by(*Spread.KEY).values_list("pk", flat=True))
    for first in range(0, len(keys), PORTION):
        _move_on(keys[first : first + PORTION], now)


@transaction.atomic
def _move_on(keys: Collection[int], now: int) -> None:
    rows = Spread.objects.filter(pk__in=keys, since__lt=now).order_by(*Spread.KEY).select_for_update(no_key=True)
    found = {_key(row): row for row in rows}
    if not found:
        return
    # Read only now that the rows are locked: whoever changes an event comes before all of this, or after it.
    less: Counter[int] = Counter()
    for one, _ends_at in spreads.ended(min(row.since for row in found.values()), now):
        less.update(found[key].pk for key in one.keys if key in found and one.ends > found[key].since)
    Spread.objects.filter(pk__in=[row.pk for row in found.values()]).update(since=now)
    for pk, number in less.items():
        Spread.objects.filter(pk=pk).update(ahead=F("ahead") - number)


def mend(*, at: datetime) -> None:
    """Write everything that is kept anew from the events, in portions. Nobody's act: no entry tells of it."""
    for hromadas in spreads.portions():
        write_anew(hromadas, at=at)


@transaction.atomic
def write_anew(hromadas: Collection[int], *, at: datetime) -> None:
    """Write anew what is kept of these hromadas (0: of what is in none), whatever was changed there by hand or all together."""
    rows = _locked(hromadas, at)
    now = int(at.timestamp())
    counted = spreads.sums(spreads.shown_in(hromadas), {}, now)
    for row in rows:
        (row.shown, row.ahead), row.since = counted.get(_key(row), spreads.NONE), now
    Spread.objects.bulk_update(rows, ["shown", "ahead", "since"], batch_size=PORTION)


def _locked(hromadas: Collection[int], at: datetime) -> list[Spread]:
    """The rows of these hromadas, made and locked one after another in the order of their keys."""
    every = Spread.objects.filter(hromada__in=hromadas)
    there = {_key(row) for row in every}
    wanted = {key for one in spreads.shown_in(hromadas) for key in one.keys}
    if wanted <= there:
        return list(every.order_by(*Spread.KEY).select_for_update(no_key=True))
    rows = []
    for key in sorted(there | wanted):
        if key not in there:
            _make(key, at)
        rows.append(_row(key).select_for_update(no_key=True).get())
    return rows


def _key(row: Spread) -> Key:
    return row.campaign, row.programme, row.oblast, row.hromada


def _row(key: Key) -> QuerySet[Spread]:
    return Spread.objects.filter(**dict(zip(Spread.KEY, key, strict=True)))


def _make(key: Key, at: datetime) -> None:
    """Make a row that counts nothing yet; where somebody else has made it meanwhile, that one stays."""
    row = Spread(**dict(zip(Spread.KEY, key, strict=True)), since=int(at.timestamp()))
    Spread.objects.bulk_create([row], ignore_conflicts=True)

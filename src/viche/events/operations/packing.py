"""Keeping what calendars are sent of events: written in the transaction that changes an event, so it is never old.

Called inside the caller's transaction, with the event locked by the caller; who may do it was asked there.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from viche.events.models import Event, Packed, asking
from viche.events.queries import entries
from viche.work import operations as work

PORTION = 200


def write(keys: Collection[int]) -> None:
    """Write the rows of these events anew; those that are not shown have none."""
    rows = [row for row, _texts in entries.made(keys)]
    hidden = set(keys) - {row.pk for row in rows}
    if hidden:
        Packed.objects.filter(asking.keyed("pk", hidden)).delete()
    Packed.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["event"],
        update_fields=["frame", "stamp", "changed", *entries.TEXTS],
    )


def throw_away(events: QuerySet[Event, int]) -> None:
    """Send nothing of what is packed of these events, whose neighbours are called otherwise: it is made anew until written."""
    Packed.objects.filter(pk__in=events.order_by()).delete()


@transaction.atomic
def write_anew(keys: Collection[int]) -> None:
    """Write these events' rows anew, each event locked, so that nobody who changes one meanwhile is overtaken."""
    wanted = Event.objects.select_for_update(no_key=True).filter(asking.keyed("pk", keys)).order_by("pk")
    write(list(wanted.values_list("pk", flat=True)))


def mend() -> None:
    """Write all of it anew, in portions. Nobody's act: no entry tells of it."""
    for keys in entries.portions():
        write_anew(keys)


def fill(*, after: int = 0) -> None:
    """Write a portion of the rows that are missing or of another version, and have the next done."""
    keys = list(entries.lacking(after=after)[:PORTION])
    write_anew(keys)
    if len(keys) == PORTION:
        work.enqueue("viche.events.tasks.calendars.fill", keys[-1])

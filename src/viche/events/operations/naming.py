"""Events whose organisation or hromada is called otherwise are found by the new words; calendars learn the new name."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from viche.events.choices import SHOWN
from viche.events.models import Event
from viche.events.operations import packing, publishing, spreading
from viche.events.queries import naming as queries
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.work import operations as work

PORTION = 200


def organisation_renamed(organisation: Organisation, *, at: datetime) -> None:
    """Have the events of an organisation written anew in the background; `people` calls this in its own transaction."""
    del at  # what is written then is as it is then
    packing.throw_away(queries.of_organisation(organisation.pk, after=0))
    work.enqueue("viche.events.tasks.naming.organisation", organisation.pk)


@transaction.atomic
def places_changed(hromadas: Collection[int], *, at: datetime) -> None:
    """After these hromadas were corrected: bring events to the oblast of their hromada, have their words written anew.

    What is held abroad stays in no oblast.
    """
    home = Hromada.objects.filter(pk=OuterRef("hromada")).values("oblast")[:1]
    moved = Event.objects.filter(hromada__in=hromadas, country="").exclude(oblast=F("hromada__oblast"))
    away = sorted(set(moved.filter(state__in=SHOWN).values_list("hromada", flat=True)))
    moved.update(oblast=Subquery(home))
    packing.throw_away(queries.of_hromadas(hromadas))  # rows are locked in the order in which `publishing.told` does
    spreading.write_anew(away, at=at)
    keys = list(queries.of_hromadas(hromadas))
    for first in range(0, len(keys), PORTION):
        work.enqueue("viche.events.tasks.naming.events", keys[first : first + PORTION])


@transaction.atomic
def refresh(keys: list[int], *, at: datetime) -> None:
    """Write the words and marks of these shown events anew; what is no longer shown is left out. Again changes nothing more."""
    related = ("organisation", "hromada")
    found = Event.objects.select_for_update(no_key=True, of=("self",)).select_related(*related)
    shown = [event for event in found.filter(pk__in=keys).order_by("pk") if event.is_shown]
    packing.write([event.pk for event in shown])  # a name may change in what is not searched
    for event in shown:
        if event.haystack != publishing.haystack(event):
            publishing.told(event, at=at, for_calendars=False)


def refresh_all(organisation: int, *, after: int, at: datetime) -> None:
    """Write a portion of an organisation's events anew, and have the next one done."""
    keys = list(queries.of_organisation(organisation, after=after)[:PORTION])
    refresh(keys, at=at)
    if len(keys) == PORTION:
        work.enqueue("viche.events.tasks.naming.organisation", organisation, keys[PORTION - 1])

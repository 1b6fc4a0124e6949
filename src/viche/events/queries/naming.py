"""Shown events whose words may tell an old name."""

from collections.abc import Collection

from django.db.models import QuerySet

from viche.events.choices import SHOWN
from viche.events.models import Event


def of_organisation(organisation: int, *, after: int) -> QuerySet[Event, int]:
    """Keys of an organisation's shown events after that one."""
    found = Event.objects.filter(organisation=organisation, state__in=SHOWN, pk__gt=after)
    return found.order_by("pk").values_list("pk", flat=True)


def of_hromadas(hromadas: Collection[int]) -> QuerySet[Event, int]:
    """Keys of the shown events of these hromadas."""
    return Event.objects.filter(hromada__in=hromadas, state__in=SHOWN).order_by("pk").values_list("pk", flat=True)

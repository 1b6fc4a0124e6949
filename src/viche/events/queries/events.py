"""Which events there are, for whom."""

from django.db.models import QuerySet

from viche.events.choices import SHOWN
from viche.events.models import Event

TOLD_WITH = ("programme", "campaign", "organisation", "hromada__oblast", "hromada__raion", "oblast")


def by_code(code: str) -> Event:
    """One event with what a page tells of it. Raises `Event.DoesNotExist`."""
    return Event.objects.select_related(*TOLD_WITH, "series", "component").get(code=code)


def by_pk(pk: int) -> Event:
    """One event with what a letter tells of it. Raises `Event.DoesNotExist`."""
    return Event.objects.select_related(*TOLD_WITH).get(pk=pk)


def in_programme(programme: str, code: str) -> Event:
    """One event of this programme. Raises `Event.DoesNotExist`."""
    return Event.objects.select_related(*TOLD_WITH, "series", "component").get(code=code, programme__code=programme)


def public() -> QuerySet[Event]:
    """Everything that everybody may see."""
    return Event.objects.filter(state__in=SHOWN, programme__is_public=True)

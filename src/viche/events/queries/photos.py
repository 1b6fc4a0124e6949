"""Photographs of events: all that the writers have, and those that everybody may see."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from viche.events.choices import SHOWN
from viche.events.models import Event, Photo

WITH_EVENT = ("stored", "event__programme", "event__organisation", "event__oblast")


def of(event: Event) -> QuerySet[Photo]:
    """All photographs of an event, paper lists too, first added first."""
    return event.photos.select_related("stored")


def photo(code: str, key: UUID) -> Photo:
    """One photograph of that event. Raises `Photo.DoesNotExist`."""
    return Photo.objects.select_related(*WITH_EVENT).get(event__code=code, key=key)


def in_programme(programme: str, code: str, key: UUID) -> Photo:
    """One photograph of that programme's event. Raises `Photo.DoesNotExist`."""
    return Photo.objects.select_related(*WITH_EVENT).get(event__programme__code=programme, event__code=code, key=key)


def public(*, on: date) -> QuerySet[Photo]:
    """What everybody may see on that day: with consent, from its day on, not hidden, never a paper list."""
    found = Photo.objects.filter(is_list=False, has_consent=True, hidden_at=None, public_from__lte=on)
    return found.filter(event__state__in=SHOWN, event__programme__is_public=True).select_related("stored", "event")


def pleas_since(moment: datetime) -> int:
    """How many photographs somebody has asked to take down since then."""
    return Photo.objects.filter(plea_at__gt=moment).count()


def pleaded(pk: int) -> Photo:
    """One photograph by its key in the database. Raises `Photo.DoesNotExist`."""
    return Photo.objects.select_related(*WITH_EVENT, "event__author").get(pk=pk)


def shown(event: Event, *, on: date) -> QuerySet[Photo]:
    """The photographs for the event's public page."""
    return public(on=on).filter(event=event)

"""Who of the programme goes to which event."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from viche.events.models import Event, Visit
from viche.people.models import User

MINE, NOBODY = "mine", "nobody"


def who_goes(events: Iterable[int] | QuerySet[Any]) -> dict[int, list[User]]:
    """Those who go, by the key of the event; of events that nobody goes to, nothing. One query."""
    rows = Visit.objects.filter(event__in=events, user__is_active=True).select_related("user")
    going: dict[int, list[User]] = {}
    for row in rows.order_by("user__name", "pk"):
        going.setdefault(row.event_id, []).append(row.user)
    return going


def chosen(found: QuerySet[Event], who: str, user: User) -> QuerySet[Event]:
    """Of these events, those to which the person goes, or those to which nobody does yet; all where neither is asked."""
    if who == MINE:
        return found.filter(visits__user=user)
    return found.filter(visits=None) if who == NOBODY else found

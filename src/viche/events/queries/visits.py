"""Who of the programme goes to which event."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from viche.events.models import Event, Visit
from viche.people.models import User
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role

MINE, NOBODY = "mine", "nobody"


def kept() -> QuerySet[Visit]:
    """Visits of those whom the event still concerns: whose role has ended, or whose oblast is another by now, goes nowhere."""
    held = Role.objects.filter(user=OuterRef("user"), programme=OuterRef("event__programme"))
    held = held.filter(Q(kind=RoleKind.OFFICER) | Q(kind=RoleKind.CONSULTANT, oblast=OuterRef("event__oblast")))
    return Visit.objects.filter(Exists(held) | Q(user__is_administrator=True), user__is_active=True)


def who_goes(events: Iterable[int] | QuerySet[Any]) -> dict[int, list[User]]:
    """Those who go, by the key of the event; of events that nobody goes to, nothing. One query."""
    rows = kept().filter(event__in=events).select_related("user")
    going: dict[int, list[User]] = {}
    for row in rows.order_by("user__name", "pk"):
        going.setdefault(row.event_id, []).append(row.user)
    return going


def chosen(found: QuerySet[Event], who: str, user: User) -> QuerySet[Event]:
    """Of these events, those to which the person goes, or those to which nobody does yet; all where neither is asked."""
    here = kept().filter(event=OuterRef("pk"))
    if who == MINE:
        return found.filter(Exists(here.filter(user=user)))
    return found.filter(~Exists(here)) if who == NOBODY else found

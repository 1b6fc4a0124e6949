"""Events whose answer is overdue, and who may give it."""

from datetime import date

from django.db.models import Q, QuerySet

from viche.events import access
from viche.events.choices import State
from viche.events.models import Event
from viche.people import queries as people
from viche.people.access import is_administrator
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme, Role


def overdue(today: date) -> QuerySet[Event]:
    """All of them, the one that waits longest first."""
    found = Event.objects.filter(state=State.SUBMITTED, answer_due_on__lt=today)
    return found.select_related("programme", "organisation", "hromada__oblast").order_by("answer_due_on", "pk")


def moderators(event: Event) -> list[User]:
    """Who is told that an event was submitted: the consultants of its oblast, else the officers, else administrators.

    Nobody who writes it: they may not answer it. Officers see everything that waits on their desk.
    """
    near = Role.objects.filter(programme=event.programme_id, kind=RoleKind.CONSULTANT, oblast=event.oblast_id)
    found: list[User] = []
    for some in (
        User.objects.filter(pk__in=near.values("user"), is_active=True) if event.oblast_id else User.objects.none(),
        programmes.officers(event.programme),
        people.administrators(),
    ):
        found = [one for one in some.order_by("pk") if access.may_moderate(one, event)]
        if found:
            break
    return found


def people_to_tell(today: date) -> list[int]:
    """Keys of those who answer events that are overdue now: officers, consultants of their oblasts; else administrators."""
    late = overdue(today).order_by()
    told: set[int] = set()
    for programme in Programme.objects.filter(pk__in=late.values("programme")):
        answering = set(programmes.officers(programme).values_list("pk", flat=True))
        told |= answering or set(people.administrators().values_list("pk", flat=True))
        oblasts = late.filter(programme=programme).values("oblast")
        told |= set(
            Role.objects.filter(
                programme=programme, kind=RoleKind.CONSULTANT, oblast__in=oblasts, user__is_active=True
            ).values_list("user", flat=True)
        )
    return sorted(told)


def events_for(user: User, today: date) -> QuerySet[Event]:
    """What is overdue in the programmes and oblasts where this person answers."""
    if is_administrator(user):
        return overdue(today)
    reach = Q(pk__in=[])
    for programme in programmes.worked_in(user, RoleKind.OFFICER, RoleKind.CONSULTANT):
        reach |= access.in_reach(user, programme) or Q(pk__in=[])
    return overdue(today).filter(reach)

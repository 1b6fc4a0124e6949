"""What was counted at an event: the tallies of telephones, what they make together, and what there is to count today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from viche.events.choices import SHOWN, Group, ReportState, State
from viche.events.models import Event, Report, Tally
from viche.methods import headcounts
from viche.people import queries as people
from viche.people.models import User
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role

GROUPS = tuple(Group.values)
# A telephone that opens the page of what to count shows events around this moment.
BEFORE, AHEAD = timedelta(days=14), timedelta(days=7)
MOST_LISTED = 60


@dataclass(frozen=True)
class Counted:
    """All tallies of an event put together."""

    tallies: list[Tally]
    cells: dict[str, int]
    groups: dict[str, int]
    checked_in: int  # people marked at the door by name or code

    @property
    def total(self) -> int:
        """How many people were counted."""
        return headcounts.whole(self.cells)


def counted(event: Event) -> Counted:
    """What all telephones have counted so far. Two queries."""
    tallies = list(event.tallies.select_related("counted_by"))
    came = event.registrations.filter(came_at__isnull=False).aggregate(n=Sum("people"))["n"] or 0
    return Counted(
        tallies,
        _ordered(headcounts.add(tally.cells for tally in tallies), headcounts.CELLS),
        _ordered(headcounts.add(tally.groups for tally in tallies), GROUPS),
        came,
    )


def _ordered(counts: dict[str, int], keys: tuple[str, ...]) -> dict[str, int]:
    return {key: counts[key] for key in keys if counts.get(key)}


def own(event: Event, key: UUID | None, user: User) -> Tally | None:
    """The tally of this event under that key, if this person counted it."""
    return event.tallies.filter(key=key, counted_by=user).first() if key else None


def everybody(event: Event) -> int:
    """How many people all telephones have counted so far. One query."""
    return event.tallies.aggregate(n=Sum("total"))["n"] or 0


def accepted(event: Event) -> Report | None:
    """The accepted report, after which nothing more may be counted."""
    return Report.objects.filter(event=event, state=ReportState.ACCEPTED).first()


def to_count(user: User, *, at: datetime) -> QuerySet[Event]:
    """Events of these days at which the person may count: the own ones, and those the person visits or runs."""
    mine = Q(organisation__in=list(people.written_for(user).values_list("pk", flat=True))) | Q(
        organisation=None, author=user
    )
    for programme, kind, oblast in Role.objects.filter(user=user).values_list("programme_id", "kind", "oblast_id"):
        if kind == RoleKind.CONSULTANT:
            mine |= Q(programme=programme, oblast=oblast)
        elif kind == RoleKind.OFFICER:
            mine |= Q(programme=programme)
    near = Event.objects.filter(starts_at__gte=at - BEFORE, starts_at__lt=at + AHEAD, state__in=SHOWN)
    found = near.filter(mine).exclude(state=State.CANCELLED)
    return found.select_related("organisation", "hromada").order_by("-starts_at", "-pk")[:MOST_LISTED]

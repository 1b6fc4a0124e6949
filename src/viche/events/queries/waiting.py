"""What waits for one person: answers and reports to read in offices, returned events and reports of one's own, what comes next."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils.timezone import localdate

from viche.events.choices import ReportState, State
from viche.events.models import Event
from viche.events.queries import desk
from viche.people.models import User
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme, Role

MOST = 50  # of one's own events are looked at
ANSWERING = (RoleKind.OFFICER, RoleKind.CONSULTANT)


class Office(NamedTuple):
    """What waits in an office: events to answer, of them late, the first day promised, reports to read; the nearest event."""

    answers: int = 0
    late: int = 0
    due: date | None = None
    reports: int = 0
    next_at: datetime | None = None
    next_code: str = ""
    next_title: str = ""

    @property
    def waits(self) -> bool:
        """Whether anybody waits for this office."""
        return bool(self.answers or self.reports)


def by_roles(roles: QuerySet[Role], at: datetime) -> QuerySet[Role]:
    """Roles with what waits for who holds them, see `of`: an officer answers all, a consultant the own oblast. No query more."""
    everywhere = Q(IsNull(OuterRef("oblast"), True))
    return roles.annotate(**_counted(Q(everywhere | Q(oblast=OuterRef("oblast")), programme=OuterRef("programme")), at))


def by_programmes(programmes: QuerySet[Programme], at: datetime) -> QuerySet[Programme]:
    """Programmes with what waits in the whole of each, for administrators. No query more."""
    return programmes.annotate(**_counted(Q(programme=OuterRef("pk")), at))


def _counted(reach: Q, at: datetime) -> dict[str, Subquery]:
    """By the fields of `Office`, each under a name of its own."""
    inside = Event.objects.filter(reach).order_by()
    waiting = inside.filter(state=State.SUBMITTED).values("state")
    late = waiting.filter(answer_due_on__lt=localdate(at))
    read = inside.filter(report__state=ReportState.SUBMITTED).values("report__state")
    ahead = inside.filter(state=State.PUBLISHED, starts_at__gt=at).order_by("starts_at", "pk")
    parts = {
        "answers": waiting.annotate(n=Count("pk")).values("n"),
        "late": late.annotate(n=Count("pk")).values("n"),
        "due": waiting.annotate(first=Min("answer_due_on")).values("first"),
        "reports": read.annotate(n=Count("pk")).values("n"),
        "next_at": ahead.values("starts_at")[:1],
        "next_code": ahead.values("code")[:1],
        "next_title": ahead.values("title")[:1],
    }
    return {f"office_{name}": Subquery(found) for name, found in parts.items()}


def of(rows: Iterable[Role | Programme]) -> Office:
    """What waits for all of these rows together: oblasts of a consultant, or a whole programme. No queries."""
    each = [Office(*(getattr(row, f"office_{name}") for name in Office._fields)) for row in rows]
    nearest = min((one for one in each if one.next_at), key=lambda one: one.next_at, default=Office())
    return Office(
        answers=sum(one.answers or 0 for one in each),
        late=sum(one.late or 0 for one in each),
        due=min((one.due for one in each if one.due), default=None),
        reports=sum(one.reports or 0 for one in each),
        next_at=nearest.next_at,
        next_code=nearest.next_code,
        next_title=nearest.next_title,
    )


def that_answer(roles: Iterable[Role]) -> list[Role]:
    """Of roles in one programme those by which somebody answers: an officer's includes that of every oblast."""
    held = [role for role in roles if role.kind in ANSWERING]
    return [role for role in held if role.kind == RoleKind.OFFICER] or held


def own(user: User, organisations: Iterable[int], at: datetime) -> list[Event]:
    """Events that wait for their organisers: returned, put off, held without a report; and the nearest. One query."""
    mine = Event.objects.filter(Q(organisation__in=organisations) | Q(organisation=None, author=user))
    ahead = mine.filter(state=State.PUBLISHED, ends_at__gt=at).order_by("starts_at", "pk")
    owing = Q(desk.owes_report(), state=State.PUBLISHED, ends_at__lte=at)
    waiting = Q(state__in=[State.RETURNED, State.POSTPONED]) | owing
    found = mine.filter(waiting | Q(pk=Subquery(ahead.values("pk")[:1])))
    return list(
        found.select_related("programme__event_policy", "organisation", "report").order_by("ends_at", "pk")[:MOST]
    )

"""What the office sees of events: the queue, the list, what waits for whom, and what looks announced twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.utils.timezone import localdate

from viche.events.access import Desk, Reach
from viche.events.choices import SHOWN, ReportState, State
from viche.events.models import Campaign, Event, Policy, Report
from viche.events.queries.events import TOLD_WITH
from viche.events.queries.finding import LONGEST, midnight
from viche.methods import deadlines, likeness
from viche.people import queries as people
from viche.people.models import User
from viche.programmes.models import Programme

HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)
# What a hub has undertaken: neither called off nor declined, nor only being written.
PLANNED = (State.SUBMITTED, State.RETURNED, State.PUBLISHED, State.POSTPONED)
ALIKE = 0.5
MOST_ALIKE = 5


class Now(NamedTuple):
    """The moment of a page with what depends on it: today in Kyiv, and before when an event has ended whose report is late."""

    at: datetime
    today: date
    report_due: datetime


def now(policy: Policy, at: datetime) -> Now:
    """The moment as the programme's rules read it."""
    today = localdate(at)
    return Now(at, today, midnight(today - timedelta(days=policy.report_days)))


def opened(programme: str) -> Desk:
    """The events' office of the programme of this code, with its rules. One query."""
    found = Programme.objects.select_related("event_policy").get(code=programme.upper())
    return Desk(found)


def rules(programme: Programme) -> Policy:
    """The programme's rules for events; those we begin with where it has set none (they are not saved then)."""
    return getattr(programme, "event_policy", None) or Policy(programme=programme)


def owes_report(*, but: Q | None = None) -> Q:
    """Events whose report is not handed in, nor as `but` says. Asked so that no report is joined to any event."""
    there = Report.objects.filter(Q(state__in=HANDED_IN) | (but or Q()), event=OuterRef("pk"))
    return ~Exists(there)


def _report_is_late(now: Now) -> Q:
    """The same that `reports.due_on` says of one: the days are counted anew after a report was returned."""
    ended = Q(state=State.PUBLISHED, ends_at__lt=now.report_due, starts_at__lt=now.report_due)
    return ended & owes_report(but=Q(state=ReportState.RETURNED, decided_at__gte=now.report_due))


# What the list can be narrowed to: by the word in the address, what it means at that moment. An event begins before it ends,
# and not long before: said besides where a list can then be read from that moment on.
NEEDS: dict[str, Callable[[Now], Q]] = {
    "answer": lambda _now: Q(state=State.SUBMITTED),
    "overdue": lambda now: Q(state=State.SUBMITTED, answer_due_on__lt=now.today),
    "planned": lambda _now: Q(state__in=PLANNED),
    "ahead": lambda now: Q(state=State.PUBLISHED, ends_at__gt=now.at, starts_at__gt=now.at - LONGEST),
    "held": lambda now: Q(state=State.PUBLISHED, ends_at__lte=now.at, starts_at__lt=now.at),
    "no_report": _report_is_late,
    "report": lambda _now: Q(pk__in=Report.objects.filter(state=ReportState.SUBMITTED).values("event")),
    "changed": lambda _now: Q(state__in=SHOWN, mended_at__isnull=False),
    "counted": lambda _now: Q(heads__isnull=False),
}
COUNTED = ("answer", "overdue", "report", "changed")
WITH_DUE = frozenset({"answer", "overdue"})


def counts(reach: Reach, now: Now) -> dict[str, int]:
    """How many wait for an answer, are late for it, whose reports are to be read, which were mended. One query."""
    # Each by the index that is the narrowest: of states in a programme or an oblast, of reports, of what was mended.
    wanted = {"answer": reach.events, "overdue": reach.events, "changed": reach.in_time}
    wanted["report"] = reach.few_events & ~Q(state=State.DRAFT)
    parts = [
        Event.objects.filter(within, NEEDS[name](now)).order_by().values(what=Value(name)).annotate(n=Count("pk"))
        for name, within in wanted.items()
    ]
    found = {row["what"]: row["n"] for row in parts[0].union(*parts[1:], all=True)}
    return {name: found.get(name, 0) for name in COUNTED}


# What a row of the office tells, and what its rhomb asks: an event has a hundred columns with all that stands around it.
OF_ROW = (
    *("code", "title", "format", "mode", "country", "state", "starts_at", "ends_at", "heads", "answer_due_on"),
    *("submitted_at", "decline_reason", "mended_at", "campaign", "organisation", "hromada", "report"),
)


def in_rows(found: QuerySet[Event]) -> QuerySet[Event]:
    """Events with what a row of the office tells."""
    return found.select_related("campaign", "organisation", "hromada__oblast", "report").only(*OF_ROW)


def queue(within: Q, limit: int = 10) -> list[Event]:
    """What waits for an answer, the one promised first on top. Two queries: only so many rows are read whole."""
    order = ("answer_due_on", "submitted_at", "pk")
    first = Event.objects.filter(within, state=State.SUBMITTED).order_by(*order).values_list("pk", flat=True)[:limit]
    return list(in_rows(Event.objects.filter(pk__in=list(first))).order_by(*order))


def campaigns(programme: Programme) -> QuerySet[Campaign]:
    """The programme's campaigns, the latest first."""
    return Campaign.objects.filter(programme=programme)


class Alike(NamedTuple):
    """An event that may be the same as another: its title's likeness in per cent."""

    event: Event
    percent: int


def duplicates(event: Event, *, within: Q) -> list[Alike]:
    """Events that share hromada or organisation and a day with this one and are called alike, the likest first. One query.

    Of those within reach, and of what everybody may see.
    """
    if event.starts_at is None or event.ends_at is None or not (event.hromada_id or event.organisation_id):
        return []
    same = Q()
    if event.hromada_id:
        same |= Q(hromada=event.hromada_id)
    if event.organisation_id:
        same |= Q(organisation=event.organisation_id)
    first = deadlines.day_end(localdate(event.starts_at) - timedelta(days=1))
    after = deadlines.day_end(localdate(event.ends_at))
    others = (
        Event.objects.filter(same, within | Q(state__in=SHOWN, programme__is_public=True))
        .filter(starts_at__lt=after, ends_at__gte=first)
        .exclude(state__in=[State.DRAFT, State.DECLINED, State.CANCELLED])
        .exclude(pk=event.pk)
        .select_related(*TOLD_WITH)
        .order_by("starts_at", "pk")
    )
    found = [Alike(one, round(100 * likeness.share(event.title, one.title))) for one in others]
    near = [one for one in found if one.percent >= 100 * ALIKE]
    return sorted(near, key=lambda one: -one.percent)[:MOST_ALIKE]


def writers(event: Event) -> list[User]:
    """To whom letters about an event go: those who write for its organisation, or its author."""
    if event.organisation is not None:
        return list(people.writers_of(event.organisation).order_by("pk"))
    return [event.author] if event.author is not None and event.author.is_active else []

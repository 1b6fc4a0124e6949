"""Plan against fact of every organisation taking part, and where a regional consultant goes."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Aggregate, Count, Min, Q, QuerySet, Sum
from django.utils.timezone import localdate

from viche.events.access import Reach
from viche.events.choices import State
from viche.events.models import Event
from viche.events.queries.desk import NEEDS, Now
from viche.events.queries.events import TOLD_WITH
from viche.journal import queries as journal
from viche.methods import deadlines
from viche.programmes import queries as programmes
from viche.programmes.choices import ParticipantKind
from viche.programmes.models import Participant

FIGURES: dict[str, Callable[[Now], Aggregate]] = {
    "planned": lambda now: Count("pk", filter=NEEDS["planned"](now)),
    "held": lambda now: Count("pk", filter=NEEDS["held"](now)),
    "late": lambda now: Count("pk", filter=NEEDS["no_report"](now)),
    "people": lambda _now: Sum("heads"),
}
MINUTES = 10  # how long what depends on the clock may be kept


class Fact(NamedTuple):
    """What an organisation planned and what came of it: events planned and held, reports overdue, people who came."""

    planned: int = 0
    held: int = 0
    late: int = 0
    people: int = 0


def participants(reach: Reach, *, q: str = "", kind: str = "", oblast: str = "") -> QuerySet[Participant]:
    """Organisations taking part, in the oblasts within reach, narrowed as asked: each once, however many ways it takes part.

    What an organisation planned and held is counted by the organisation, so that a hub which is a press club too has one row.
    """
    found = programmes.participants(reach.programme, typed=q, kind=kind, oblast=oblast)
    if reach.oblasts is not None:
        found = found.filter(organisation__hromada__oblast__in=reach.oblasts)
    firsts = found.order_by().values("organisation").annotate(first=Min("pk"))
    return found.filter(pk__in=firsts.values("first"))


def ways(reach: Reach, rows: Iterable[Participant]) -> dict[int, list[ParticipantKind]]:
    """In which ways the organisations of these rows take part, by their keys. One query."""
    keys = {row.organisation_id for row in rows}
    found: dict[int, list[ParticipantKind]] = {}
    for one in Participant.objects.filter(programme=reach.programme, organisation__in=keys).order_by("pk"):
        found.setdefault(one.organisation_id, []).append(ParticipantKind(one.kind))
    return found


def facts(reach: Reach, now: Now, *names: str) -> dict[int, Fact]:
    """Every organisation's plan against fact, by its key, or only these figures of it; kept until anybody writes anything.

    One query, two to count anew.
    """
    stretch = f"{now.at:%Y%m%d%H}{now.at.minute // MINUTES}"
    key = f"events.hubs:{reach.programme.pk}:{sorted(reach.oblasts or ())}:{reach.oblasts is None}:{stretch}:{names}"
    hosts = Participant.objects.filter(programme=reach.programme).values("organisation")
    wanted = reach.few_events & Q(organisation__in=hosts)
    return journal.until_written(key, lambda: _counted(wanted, now, names or Fact._fields))


def facts_of(organisations: Iterable[int], reach: Reach, now: Now) -> dict[int, Fact]:
    """The same of a few organisations, counted now. One query."""
    return _counted(reach.few_events & Q(organisation__in=list(organisations)), now, Fact._fields)


def _counted(wanted: Q, now: Now, names: Collection[str]) -> dict[int, Fact]:
    rows = Event.objects.filter(wanted).order_by().values_list("organisation")
    rows = rows.annotate(**{name: FIGURES[name](now) for name in names})
    return {key: Fact(**{name: n or 0 for name, n in zip(names, told, strict=True)}) for key, *told in rows}


def ranked(found: QuerySet[Participant], facts: dict[int, Fact], name: str, *, falls: bool) -> list[int]:
    """The keys of participants in the order of a figure, equal ones as they stood. One query."""
    keys = found.values_list("pk", "organisation")
    return [pk for pk, _host in sorted(keys, key=lambda one: getattr(facts.get(one[1], Fact()), name), reverse=falls)]


def in_order(found: QuerySet[Participant], keys: Iterable[int]) -> list[Participant]:
    """The participants of these keys, in their order. One query."""
    rows = found.in_bulk(list(keys))
    return [rows[pk] for pk in keys if pk in rows]


def total(facts: dict[int, Fact], organisations: Iterable[int]) -> Fact:
    """The sum over organisations, each once however many ways it takes part. No queries."""
    own = [facts[key] for key in set(organisations) if key in facts]
    return Fact(*(sum(column) for column in zip(*own, strict=True))) if own else Fact()


class Stop(NamedTuple):
    """A day of an itinerary and its events."""

    day: date
    events: list[Event]


# What a row of an itinerary tells.
OF_STOP = (
    *("code", "title", "format", "state", "mode", "country", "starts_at", "ends_at", "venue", "address"),
    *("is_place_private", "oblast", "organisation", "hromada"),
)


def itinerary(reach: Reach, *, first: date, days: int, oblast: str = "") -> QuerySet[Event]:
    """The events of so many days from the first on, those called off left out, in the order of the clock."""
    begins = deadlines.day_end(first - timedelta(days=1))
    ends = deadlines.day_end(first + timedelta(days=days - 1))
    found = Event.objects.filter(
        reach.in_time, starts_at__gte=begins, starts_at__lt=ends, state__in=[State.PUBLISHED, State.SUBMITTED]
    )
    return (found.filter(oblast__slug=oblast) if oblast else found).order_by("starts_at", "pk")


def stops(found: QuerySet[Event]) -> QuerySet[Event]:
    """An itinerary with what its rows tell."""
    return found.select_related("organisation", "hromada__oblast").only(*OF_STOP)


def whole(found: QuerySet[Event]) -> QuerySet[Event]:
    """An itinerary with all that its file tells."""
    return found.select_related(*TOLD_WITH, "series", "report")


def by_day(events: Iterable[Event]) -> list[Stop]:
    """The events under their days in Kyiv."""
    stops: list[Stop] = []
    for event in events:
        day = localdate(event.starts_at)
        if not stops or stops[-1].day != day:
            stops.append(Stop(day, []))
        stops[-1].events.append(event)
    return stops


def first_day(typed: date | None, at: datetime) -> date:
    """The day an itinerary begins: the one asked for, else today."""
    return typed or localdate(at)

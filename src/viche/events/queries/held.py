"""Events that were held and whose report was accepted: only they count. Their list, and what it adds up to.

Events to which few people came are counted as events; their people are in no sum, else a sum would tell how few they were.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from viche.events.choices import SHOWN, State
from viche.events.models import Event
from viche.events.queries import finding, lines
from viche.events.queries.framing import Standing
from viche.events.queries.lines import Line
from viche.journal import queries as journal
from viche.methods import headcounts
from viche.programmes.models import Programme

COUNTED = Q(heads__isnull=False, state=State.PUBLISHED)
FEW = Q(heads__gt=0, heads__lt=headcounts.SMALL)


class Sums(NamedTuple):
    """Of events held: how many, in how many hromadas, how many people came, and at how many events they were too few to tell."""

    events: int = 0
    hromadas: int = 0
    people: int = 0
    few: int = 0


def found(asked: finding.Asked, *, at: datetime) -> QuerySet[Event]:
    """The events asked for that were held and counted, in no order yet."""
    return finding.chosen(replace(asked, when=finding.PAST), at=at).filter(COUNTED)


def ordered(rows: QuerySet[Event], by: str) -> QuerySet[Event]:
    """The latest first; by "day" the first first, by "people" or "-people" as many came.

    Those with few people stand together, whatever their number: else their order would tell it.
    """
    if by.removeprefix("-") != "people":
        return rows.order_by("starts_at", "pk") if by == "day" else rows.order_by("-starts_at", "-pk")
    told = Case(When(FEW, then=Value(1)), default=F("heads"), output_field=IntegerField())
    return rows.annotate(told=told).order_by("-told" if by.startswith("-") else "told", "pk")


def whole(rows: QuerySet[Event]) -> QuerySet[Event]:
    """The same with all that a row of the files tells, in as many queries."""
    return rows.select_related(*finding.TOLD_WITH)


def sums(asked: finding.Asked, *, at: datetime) -> Sums:
    """What the list adds up to, kept until anybody writes anything. One query, two to count anew."""
    plain = replace(asked, when=finding.PAST)
    if asked.q or asked.marks or asked.since or asked.until:
        return journal.until_written(f"events.held:{plain!r}", lambda: _sums(found(asked, at=at)))
    return journal.until_written(f"events.held:{plain!r}", lambda: _sums(_placed(asked)))


def _placed(asked: finding.Asked) -> QuerySet[Event]:
    """The same as `found` where only a place or a frame is asked for, read from the index `event_counted` alone."""
    exact = {"oblast": asked.oblast, "campaign": asked.campaign, "organisation": asked.organisation}
    exact |= {"programme": asked.programme}
    rows = Event.objects.filter(COUNTED, **{name: value for name, value in exact.items() if value is not None})
    if asked.hromadas is not None:
        rows = rows.filter(hromada__in=asked.hromadas)
    return rows.exclude(programme__in=asked.private) if asked.private else rows


def _sums(rows: QuerySet[Event]) -> Sums:
    told = rows.order_by().aggregate(
        events=Count("pk"),
        hromadas=Count("hromada", distinct=True),
        people=Sum("heads", filter=~FEW),
        few=Count("pk", filter=FEW),
    )
    return Sums(**{**told, "people": told["people"] or 0})


def sums_of(**frame: Any) -> Sums:
    """What the events of one programme, hromada or organisation add up to; of public programmes unless one is named. Not kept."""
    return _sums(_shown(**frame).filter(COUNTED))


def counted() -> QuerySet[Event]:
    """Everything of public programmes that was held and counted, in no order."""
    return _shown().filter(COUNTED)


def coming(*, at: datetime, most: int, **frame: Any) -> list[tuple[Line, Standing]]:
    """What comes next and takes place, the nearest first. One query."""
    rows = _shown(**frame).filter(state=State.PUBLISHED, starts_at__gte=at - finding.LONGEST, ends_at__gt=at)
    return _told(rows.order_by("starts_at", "pk")[:most], at)


def turns_at(coming: list[tuple[Line, Standing]], at: datetime) -> datetime | None:
    """When the next of these events begins, ends, or takes no more registrations: until then what is said of them holds."""
    moments = [
        moment for line, _said in coming for moment in (line.starts_at, line.ends_at, line.registration_closes_at)
    ]
    return min((moment for moment in moments if moment and moment > at), default=None)


def sought(typed: str, *, at: datetime, most: int) -> list[tuple[Line, Standing]]:
    """Events that have these words: those that come, the nearest first; where none comes, those that are over. Four queries at most."""
    for when, order in ((finding.COMING, ("starts_at", "pk")), (finding.PAST, ("-starts_at", "-pk"))):
        rows = finding.chosen(finding.Asked(q=typed, when=when), at=at)
        hidden = Programme.objects.filter(is_public=False)
        if told := _told(rows.exclude(programme__in=hidden).order_by(*order)[:most], at):
            return told
    return []


def latest(*, at: datetime, most: int, **frame: Any) -> list[tuple[Line, Standing]]:
    """What was held last, counted already or not. One query."""
    rows = _shown(**frame).filter(state=State.PUBLISHED, starts_at__lt=at, ends_at__lte=at)
    return _told(rows.order_by("-starts_at", "-pk")[:most], at)


def _shown(**frame: Any) -> QuerySet[Event]:
    rows = Event.objects.filter(state__in=SHOWN, **frame)
    return rows if "programme" in frame else rows.exclude(programme__in=Programme.objects.filter(is_public=False))


def _told(rows: QuerySet[Event], at: datetime) -> list[tuple[Line, Standing]]:
    told = rows.select_related(*lines.BESIDE).only(*lines.READ)
    return [(line, line.standing(at)) for line in (lines.Line(**lines.told(event)) for event in told)]

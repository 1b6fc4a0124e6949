"""Events laid out by days: a month, a week, or one day after another."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast, Left

from viche.events.choices import Mode, State
from viche.events.models import Event
from viche.events.queries import addresses, finding
from viche.events.queries.joining import Joined
from viche.methods import deadlines
from viche.ui import wording

MONTH, WEEK, AGENDA = "month", "week", "agenda"
VIEWS = (MONTH, WEEK, AGENDA)
SHOWN = {MONTH: 3, WEEK: 12, AGENDA: 10}  # events of one day that are named; the others are counted
AGENDA_DAYS = 14
DAYS = 7
HOUR = 13  # letters of a moment up to its hour
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class Brief(NamedTuple):
    """An event in a calendar."""

    href: str
    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    place: str

    @property
    def hour(self) -> str:
        """When it begins, on Kyiv's clock."""
        return f"{wording.in_kyiv(self.starts_at):%H:%M}"

    @property
    def off(self) -> str:
        """That it is put off or called off, in a word."""
        return "" if self.state == State.PUBLISHED else str(State(self.state).label)


@dataclass(frozen=True)
class Day:
    """A day with what begins on it: the first few events, and how many there are."""

    on: date
    events: list[Brief]
    count: int
    is_inside: bool
    """Whether it belongs to the month shown; the days that fill the first and last week do not."""

    @property
    def said(self) -> str:
        """The day in words: "понеділок, 20 травня"."""
        return f"{wording.WEEKDAYS[wording.language()][self.on.weekday()]}, {wording.day(self.on, year=False)}"

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.events)


@dataclass(frozen=True)
class Span:
    """The days that a view shows, the days to which one steps on and back, and the month itself."""

    view: str
    first: date
    last: date
    before: date
    after: date
    on: date


def span(view: str, on: date) -> Span:
    """The days of a month filled up to whole weeks, of a week from Monday, or of two weeks from the day."""
    on = min(max(on, EARLIEST), LATEST)
    if view == WEEK:
        first = on - timedelta(days=on.weekday())
        return Span(view, first, first + timedelta(days=6), first - timedelta(days=7), first + timedelta(days=7), on)
    if view == AGENDA:
        step = timedelta(days=AGENDA_DAYS)
        return Span(view, on, on + step - timedelta(days=1), on - step, on + step, on)
    begins = on.replace(day=1)
    following = (begins + timedelta(days=31)).replace(day=1)
    ends = following - timedelta(days=1)
    first = begins - timedelta(days=begins.weekday())
    last = ends + timedelta(days=6 - ends.weekday())
    return Span(MONTH, first, last, (begins - timedelta(days=1)).replace(day=1), following, begins)


def days(shown: Span, asked: finding.Asked) -> list[Day]:
    """Every day of the span with its events by the hour, an event on the day on which it begins. Three queries.

    Hours are counted first, as the database writes them; then of each day only the hours are read in which the events lie that are named.
    """
    begins, ends = finding.midnight(shown.first), deadlines.day_end(shown.last)
    found = finding.beginning(asked, begins, ends).order_by().annotate(hour=Left(Cast("starts_at", CharField()), HOUR))
    counted, hours = _hours(found, SHOWN[shown.view])
    named: dict[date, list[Brief]] = {}
    if hours:
        rows = found.filter(hour__in=hours).values_list("key", "hour").order_by("starts_at", "key")
        by_day: dict[date, list[int]] = {}
        for key, hour in rows:
            by_day.setdefault(_day(hour), []).append(key)
        named = _named(by_day, SHOWN[shown.view])
    every = (shown.first + timedelta(days=number) for number in range((shown.last - shown.first).days + 1))
    return [Day(on, named.get(on, []), counted[on], shown.view != MONTH or on.month == shown.on.month) for on in every]


def _hours(found: QuerySet[Any], most: int) -> tuple[Counter[date], list[str]]:
    """How many events begin on each day; and of each day the first hours that have so many."""
    counted: Counter[date] = Counter()
    hours = []
    every = found.aggregate(every=Joined("hour"))["every"] or ""
    for hour, count in sorted(Counter(every.split(",") if every else ()).items()):
        on = _day(hour)
        if counted[on] < most:
            hours.append(hour)
        counted[on] += count
    return counted, hours


@lru_cache(maxsize=4096)
def _day(hour: str) -> date:
    """The day in Kyiv of an hour in UTC ("2026-05-20 21"): midnight there is a whole hour everywhere."""
    return deadlines.kyiv(datetime.fromisoformat(hour).replace(tzinfo=UTC)).date()


def _named(by_day: dict[date, list[int]], most: int) -> dict[date, list[Brief]]:
    """Of the first events of each day what a calendar tells: no place but the hromada's, so nothing that could be private."""
    first = {on: keys[:most] for on, keys in by_day.items()}
    rows = Event.objects.filter(pk__in=[key for keys in first.values() for key in keys]).order_by()
    told = rows.values_list("pk", "code", "title", "starts_at", "ends_at", "state", "mode", "hromada__centre_name")
    found = {
        pk: Brief(addresses.href("events:event", code), title, starts_at, ends_at, state, _where(mode, centre))
        for pk, code, title, starts_at, ends_at, state, mode, centre in told
    }
    return {on: [found[key] for key in keys] for on, keys in first.items()}


def _where(mode: str, centre: str | None) -> str:
    return centre if centre and mode != Mode.ONLINE else str(Mode(mode).label)


def weeks(laid: list[Day]) -> list[list[Day]]:
    """The days in rows of seven."""
    return [laid[at : at + DAYS] for at in range(0, len(laid), DAYS)]

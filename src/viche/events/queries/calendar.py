"""Events laid out by days: a month, a week, or one day after another."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

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
    """Every day of the span with its events by the hour, an event on the day on which it begins. Two queries.

    When each event begins is read as one text with its key, so that days are counted and cut in the order of that text;
    of the events themselves only those are read that are named.
    """
    every = [shown.first + timedelta(days=number) for number in range((shown.last - shown.first).days + 1)]
    begins, ends = finding.midnight(shown.first), deadlines.day_end(shown.last)
    stamps = _stamps(finding.beginning(asked, begins, ends).order_by())
    bounds = [bisect_left(stamps, _begins(on)) for on in every] + [len(stamps)]
    laid = {on: stamps[first:end] for on, first, end in zip(every, bounds, bounds[1:], strict=False)}
    named = _named({on: _first(there, SHOWN[shown.view]) for on, there in laid.items() if there})
    month = shown.on.month
    return [Day(on, named.get(on, []), len(laid[on]), shown.view != MONTH or on.month == month) for on in every]


def _stamps(found: QuerySet[Any]) -> list[str]:
    """When each event begins, as the database writes it, in UTC, and its key: "2026-05-20 21:00:00+00 17", in order."""
    stamp = Concat(Cast("starts_at", CharField()), Value(" "), Cast("key", CharField()), output_field=CharField())
    every = found.aggregate(every=Joined(stamp))["every"]
    return sorted(every.split(",")) if every else []


@lru_cache(maxsize=4096)
def _begins(on: date) -> str:
    """What stands before every event of a day and of those after it, and after every event of the days before it."""
    return f"{finding.midnight(on).astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _first(stamps: list[str], most: int) -> list[int]:
    """The keys of the first events of a day; of those that begin together the lower key comes first, as a number."""
    if len(stamps) > most:
        moment = stamps[most - 1].rpartition(" ")[0]
        stamps = stamps[: bisect_left(stamps, f"{moment}!")]  # the sign after the blank: all that begin at that moment
    told = (stamp.rpartition(" ") for stamp in stamps)
    return [key for _moment, key in sorted((moment, int(key)) for moment, _blank, key in told)[:most]]


def _named(first: dict[date, list[int]]) -> dict[date, list[Brief]]:
    """Of these events of each day what a calendar tells: no place but the hromada's, so nothing that could be private."""
    if not first:
        return {}
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

"""Events laid out by days: a month, a week, or one day after another."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from viche.events.models import Event
from viche.events.queries import finding
from viche.methods import deadlines
from viche.ui import wording

MONTH, WEEK, AGENDA = "month", "week", "agenda"
VIEWS = (MONTH, WEEK, AGENDA)
SHOWN = {MONTH: 3, WEEK: 12, AGENDA: 20}  # events of one day that are named; the others are counted
AGENDA_DAYS = 14
DAYS = 7
DECEMBER = 12
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Day:
    """A day with what begins on it: the first few events, and how many there are."""

    on: date
    events: list[Event]
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

    The moments alone are read first and laid out by days; only the events that are named are read whole.
    """
    asked = replace(asked, when=finding.ALL, since=None, until=None)
    begins, ends = finding.midnight(shown.first), deadlines.day_end(shown.last)
    found = finding.chosen(asked, at=begins).filter(starts_at__gte=begins, starts_at__lt=ends)
    by_day: dict[date, list[int]] = {}
    counted: Counter[date] = Counter()
    for pk, starts_at in found.order_by("starts_at", "pk").values_list("pk", "starts_at"):
        on = deadlines.kyiv(starts_at).date()
        counted[on] += 1
        if counted[on] <= SHOWN[shown.view]:
            by_day.setdefault(on, []).append(pk)
    named = {event.pk: event for event in finding.by_keys([pk for keys in by_day.values() for pk in keys])}
    every = (shown.first + timedelta(days=number) for number in range((shown.last - shown.first).days + 1))
    return [
        Day(
            on, [named[pk] for pk in by_day.get(on, ())], counted[on], shown.view != MONTH or on.month == shown.on.month
        )
        for on in every
    ]


def weeks(laid: list[Day]) -> list[list[Day]]:
    """The days in rows of seven."""
    return [laid[at : at + DAYS] for at in range(0, len(laid), DAYS)]

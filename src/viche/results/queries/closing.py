"""Periods with what was corrected after their close, and their history."""

from datetime import date

from viche.facts.queries.figures import Asked
from viche.programmes.models import Programme
from viche.results.choices import ValueState
from viche.results.models import Period, Reopening, Value
from viche.results.queries import board
from viche.results.queries.board import Counted


def period(programme: str, period: int) -> Period:
    """A period, as an address names it."""
    return Period.objects.select_related("programme", "closed_by").get(programme__code=programme.upper(), pk=period)


def rows(programme: Programme) -> list[Period]:
    """The periods of a programme with who closed them, the last first. One query."""
    return list(Period.objects.filter(programme=programme).select_related("closed_by").order_by("-starts_on"))


def reopenings(one: Period) -> list[Reopening]:
    """When and why a period was opened again, the last first. One query."""
    return list(Reopening.objects.filter(period=one).select_related("by").order_by("-at"))


def waiting(one: Period) -> list[Value]:
    """The values of a period that wait to be approved: none is left so at its close. One query."""
    found = Value.objects.filter(period=one, state=ValueState.SUBMITTED)
    return list(found.select_related("indicator", "reported_by").order_by("indicator__position", "on", "pk"))


def counted(one: Period, *, on: date) -> list[Counted]:
    """What every indicator comes to in a period, and what it had come to at the close where that differs. Six queries at most."""
    wanted = list(board.of_programme(one.programme, is_office=True))
    asked = Asked(one.programme_id, one.starts_on, one.ends_on)
    return board.counted(wanted, asked, is_office=True, on=on, period=one)

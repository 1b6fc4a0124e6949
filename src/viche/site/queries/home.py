"""What the home page shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from viche.awards.models import Award
from viche.awards.queries import awards
from viche.calls.choices import ApplicationState, CallState, Stage
from viche.calls.models import Application, Call
from viche.calls.queries import calls, states
from viche.events.queries import held
from viche.journal import queries as journal
from viche.programmes import queries as programmes
from viche.site.queries import support

SHOWN = 3
LATEST = 5


@dataclass(frozen=True)
class Calls:
    """Calls that are open or will be: the nearest few, how many are open, and when the next one opens or closes."""

    near: list[states.Described]
    open: int
    coming: list[states.Described]
    turns_at: datetime | None


def open_and_coming(at: datetime) -> Calls:
    """Open calls, the nearest close first, and those that have yet to open. One query."""
    alive = calls.public().filter(Q(closes_at__gt=at) | Q(closes_at__isnull=True), stage=Stage.SCHEDULED)
    found = list(
        alive.defer("about", "cancelled_why", "haystack").order_by(F("closes_at").asc(nulls_last=True), "code")
    )
    now = [call for call in found if call.state(at) == CallState.OPEN]
    coming = sorted((call for call in found if call.opens_at > at), key=lambda call: call.opens_at)
    moments = [moment for call in found for moment in (call.opens_at, call.closes_at) if moment and moment > at]
    return Calls(_said(now, at), len(now), _said(coming, at), min(moments, default=None))


def _said(found: list[Call], at: datetime) -> list[states.Described]:
    return [states.described(call, at) for call in found[:SHOWN]]


def _submitted() -> int:
    """How many applications were submitted in public programmes. One query."""
    return Application.objects.filter(state=ApplicationState.SUBMITTED, call__programme__is_public=True).count()


def figures() -> tuple[support.Support, int, held.Sums]:
    """What was given in all public programmes, how many applied, what was held. One query, four when anything was written."""
    return journal.until_written("home", lambda: (support.counted(awards.public()), _submitted(), held.sums_of()))


def latest() -> list[Award]:
    """The awards agreed last. One query."""
    return awards.latest(LATEST)


def is_fresh() -> bool:
    """Whether nothing is shown to everybody yet. One query."""
    return not programmes.public_programmes().exists()

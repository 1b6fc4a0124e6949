"""What the public page of a programme shows besides the programme's own parts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from viche.calls.queries import calls, states
from viche.journal import queries as journal
from viche.places.models import Oblast
from viche.programmes.models import Programme
from viche.site.queries import support


@dataclass(frozen=True)
class CallRow:
    """A call of the programme: how it stands, how many applied and were supported."""

    described: states.Described
    submitted: int
    supported: int


@dataclass(frozen=True)
class Figures:
    """What is counted from many records of a programme: what was given, who takes part from where."""

    given: support.Support
    shares: list["Share"]


def figures(programme: Programme) -> Figures:
    """Count a programme. One query, three when anything was written."""
    return journal.until_written(f"programme:{programme.pk}", lambda: Figures(_given(programme), _shares(programme)))


def call_rows(programme: Programme, at: datetime) -> list[CallRow]:
    """The announced calls of a programme, open ones first. One query."""
    found = (
        calls.chosen(at, programme=programme.code)
        if programme.is_public
        else programme.calls.exclude(stage="draft").order_by(F("opens_at").desc(nulls_last=True), "code")
    )
    return [CallRow(states.described(call, at), call.submitted, call.supported) for call in calls.with_counts(found)]


def _given(programme: Programme) -> support.Support:
    """What was given in this programme by agreements."""
    return support.counted(programme.awards.filter(agreed_on__isnull=False))


@dataclass(frozen=True)
class Share:
    """How many organisations of an oblast take part, and of how many hromadas."""

    oblast: Oblast
    organisations: int
    hromadas: int


def _shares(programme: Programme) -> list[Share]:
    """How many take part from each oblast, in the order of the alphabet."""
    theirs = Oblast.objects.filter(hromadas__organisations__participations__programme=programme)
    counted = theirs.annotate(
        organisations_in=Count("hromadas__organisations", distinct=True), hromadas_in=Count("hromadas", distinct=True)
    )
    return [Share(one, one.organisations_in, one.hromadas_in) for one in counted.order_by("sort_key", "pk")]


def turns_at(rows: list[CallRow], at: datetime) -> datetime | None:
    """When the next of these calls opens or closes."""
    moments = [moment for row in rows for moment in (row.described.call.opens_at, row.described.call.closes_at)]
    return min((moment for moment in moments if moment and moment > at), default=None)

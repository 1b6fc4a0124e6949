"""What the public page of a programme shows besides the programme's own parts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from viche.calls.queries import calls, states
from viche.events.queries import held
from viche.journal import queries as journal
from viche.people.models import Organisation
from viche.places import queries as places
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
    """What is counted from many records of a programme: what was given, who takes part from where, what was held."""

    given: support.Support
    oblasts: list["Share"]
    held: held.Sums

    @property
    def shares(self) -> list["Share"]:
        """The oblasts from which somebody takes part."""
        return [one for one in self.oblasts if one.organisations]

    @property
    def known(self) -> list[Oblast]:
        """All oblasts, in the order of the alphabet."""
        return [one.oblast for one in self.oblasts]


def programme(programme: str) -> Programme:
    """One programme, and the version of all that is shown beside it. Raises `Programme.DoesNotExist`."""
    return Programme.objects.annotate(written=Coalesce(journal.VERSION, 0)).get(code=programme.upper())


def figures(programme: Programme, *, written: int) -> Figures:
    """Count a programme, of which `programme` has read the version. Three queries when anything was written, else none."""
    return journal.until_written(
        f"programme:{programme.pk}",
        lambda: Figures(_given(programme), _oblasts(programme), held.sums_of(programme=programme)),
        at=written,
    )


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


def _oblasts(programme: Programme) -> list[Share]:
    """How many take part from each oblast, none too, in the order of the alphabet."""
    theirs = (
        Organisation.objects.filter(participations__programme=programme, hromada__oblast=OuterRef("pk"))
        .order_by()
        .values("hromada__oblast")
    )
    counted = places.oblasts().annotate(
        organisations_in=Coalesce(Subquery(theirs.values(n=Count("pk", distinct=True))), 0),
        hromadas_in=Coalesce(Subquery(theirs.values(n=Count("hromada", distinct=True))), 0),
    )
    return [Share(one, one.organisations_in, one.hromadas_in) for one in counted]


def turns_at(rows: list[CallRow], at: datetime) -> datetime | None:
    """When the next of these calls opens or closes."""
    moments = [moment for row in rows for moment in (row.described.call.opens_at, row.described.call.closes_at)]
    return min((moment for moment in moments if moment and moment > at), default=None)

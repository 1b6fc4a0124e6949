"""Which records are chosen for stories, and which may be."""

from django.db.models import Q, QuerySet

from viche.awards.queries.figures import CLOSED
from viche.events.queries.figures import HELD
from viche.facts.models import Fact
from viche.facts.queries.describing import Described
from viche.methods.ledger import WHOLE
from viche.programmes.models import Programme
from viche.results.models import Highlight
from viche.results.queries import records

TELLING = {"event": HELD, "award": CLOSED}
"""Which records may be chosen, by their kinds: those that give this measure."""


def chosen(programme: Programme) -> list[tuple[Highlight, Described]]:
    """The records chosen, in their order; what is no longer accepted has no words. Six queries at most."""
    rows = list(Highlight.objects.filter(programme=programme).order_by("position", "pk"))
    found = {
        kind: records.DESCRIBED[kind]([one.record for one in rows if one.kind == kind])
        for kind in {one.kind for one in rows} & set(TELLING)
    }
    return [(one, found.get(one.kind, {}).get(one.record, records.UNKNOWN)) for one in rows]


def highlight(programme: str, pk: int) -> Highlight:
    """One chosen record. Raises `Highlight.DoesNotExist`."""
    return Highlight.objects.select_related("programme").get(programme__code=programme.upper(), pk=pk)


def candidates(programme: Programme) -> QuerySet[Fact]:
    """The records that may be chosen and are not yet, the latest first."""
    there = Highlight.objects.filter(programme=programme)
    telling = Q(pk__in=[])
    for kind, measure in TELLING.items():
        rows = there.filter(kind=kind).values("record")
        telling |= Q(measure=measure, kind=kind) & ~Q(record__in=rows)
    found = Fact.objects.filter(telling, programme=programme.pk, split=WHOLE, measure__in=TELLING.values())
    return found.select_related("hromada", "oblast").order_by("-on", "-pk")


def may_be_chosen(programme: Programme, kind: str, record: int) -> bool:
    """Whether the record is accepted or closed in this programme. One query."""
    rows = Fact.objects.filter(programme=programme.pk, kind=kind, record=record, split=WHOLE)
    return kind in TELLING and rows.filter(measure=TELLING[kind]).exists()

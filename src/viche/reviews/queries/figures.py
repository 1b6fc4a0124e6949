"""What decisions give to the ledger: that an application was supported, once the panel's decisions are published."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import CallKind, Outcome
from viche.facts.choices import Measure, Unit
from viche.facts.queries.sources import Source
from viche.methods.ledger import WHOLE, Given, Told, split
from viche.reviews.models import Decision

SUPPORTED = "supported"
MEASURES = (
    Measure(
        SUPPORTED,
        _("заявок підтримано"),
        Unit.COUNT,
        _("Заявка, яку підтримала комісія, у день, коли рішення оприлюднено."),
        {"kind": CallKind},
    ),
)


def _published() -> QuerySet[Decision, tuple[Any, ...]]:
    found = Decision.objects.filter(outcome=Outcome.SUPPORTED, panel__closed_at__isnull=False).order_by("pk")
    place = ("application__hromada__oblast", "application__hromada")
    return found.values_list("pk", "panel__call__programme", *place, "panel__call__kind", "panel__closed_at")


def _told(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, kind, closed_at = row
    on = localdate(closed_at)
    given = tuple(Given(SUPPORTED, part, on, 1, 1) for part in (WHOLE, split(kind=kind)))
    return Told(SOURCE.kind, pk, programme, oblast, hromada, given)


SOURCE = Source("decision", MEASURES, _published, _told)

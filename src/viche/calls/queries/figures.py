"""What applications give to the ledger: that they were submitted. One that is withdrawn gives nothing."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import ApplicationState, CallKind
from viche.calls.models import Application
from viche.facts.choices import Measure, Unit
from viche.facts.queries.sources import Source
from viche.methods.ledger import WHOLE, Given, Told, split

APPLICATIONS = "applications"
MEASURES = (
    Measure(
        APPLICATIONS,
        _("заявок подано"),
        Unit.COUNT,
        _("Подана й не відкликана заявка, у день подання, де тоді була організація."),
        {"kind": CallKind},
    ),
)


def _submitted() -> QuerySet[Application, tuple[Any, ...]]:
    found = Application.objects.filter(state=ApplicationState.SUBMITTED).order_by("pk")
    return found.values_list("pk", "call__programme", "hromada__oblast", "hromada", "call__kind", "submitted_at")


def _told(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, kind, submitted_at = row
    on = localdate(submitted_at)
    given = tuple(Given(APPLICATIONS, part, on, 1, 1) for part in (WHOLE, split(kind=kind)))
    return Told(SOURCE.kind, pk, programme, oblast, hromada, given)


SOURCE = Source("application", MEASURES, _submitted, _told)

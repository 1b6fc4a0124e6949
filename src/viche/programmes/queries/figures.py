"""What participants give to the ledger: that they take part, as what, since when."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from viche.facts.choices import Measure, Unit
from viche.facts.queries.sources import Source
from viche.methods.ledger import WHOLE, Given, Told, split
from viche.programmes.choices import ParticipantKind
from viche.programmes.models import Participant

TAKING_PART = "participants"
MEASURES = (
    Measure(
        TAKING_PART,
        _("організацій беруть участь"),
        Unit.COUNT,
        _(
            "Організація в складі учасників програми, з дня, коли її прийнято. Хто бере участь як хаб і як пресклуб, стоїть у кожному."
        ),
        {"kind": ParticipantKind},
        is_stock=True,
    ),
)


def _rows() -> QuerySet[Participant, tuple[Any, ...]]:
    place = ("organisation__hromada__oblast", "organisation__hromada")
    return Participant.objects.order_by("pk").values_list("pk", "programme", *place, "kind", "since")


def _told(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, kind, since = row
    given = tuple(Given(TAKING_PART, part, since, 1, 1) for part in (WHOLE, split(kind=kind)))
    return Told(SOURCE.kind, pk, programme, oblast, hromada, given)


SOURCE = Source("participant", MEASURES, _rows, _told)

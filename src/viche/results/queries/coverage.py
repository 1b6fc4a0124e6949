"""Which hromadas have had nothing yet: no event held, no award agreed."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from viche.awards.queries.figures import AGREED
from viche.events.queries.figures import HELD
from viche.facts.choices import Level
from viche.facts.models import Total
from viche.facts.queries import together
from viche.facts.queries.figures import Asked
from viche.facts.queries.together import Arm, Row
from viche.methods import ledger
from viche.places.models import Hromada
from viche.programmes.models import Participant

REACHING = (HELD, AGREED)
OF_PARTICIPANTS, OF_OBLASTS = "participants", "oblasts"


@dataclass(frozen=True)
class Coverage:
    """How many hromadas there are, and how many of them have had nothing."""

    participants: int = 0
    participants_without: int = 0
    oblasts: int = 0
    oblasts_without: int = 0


def counted(asked: Asked) -> Coverage:
    """Count the hromadas of participants, and all of the oblasts that the programme works in. One query."""

    def arms() -> list[Arm]:
        every, without = _of_participants(asked), ~_reached(asked)
        return [
            Arm(
                _inside(asked),
                {
                    "facts": Count("pk", filter=every),
                    "value": Count("pk", filter=every & without),
                    "shown": Count("pk"),
                    "untold": Count("pk", filter=without),
                },
            )
        ]

    def read(rows: list[Row]) -> Coverage:
        return Coverage(*(rows[0].facts, rows[0].value, rows[0].shown, rows[0].untold)) if rows else Coverage()

    return together.ask(("coverage", asked), arms, read)


def without(asked: Asked, *, of: str) -> QuerySet[Hromada]:
    """The hromadas that have had nothing, by oblast and alphabet: of participants, or all of the programme's oblasts."""
    rows = _inside(asked).filter(~_reached(asked))
    if of == OF_PARTICIPANTS:
        rows = rows.filter(_of_participants(asked))
    return rows.select_related("oblast", "raion").order_by("oblast__sort_key", "sort_key", "pk")


def _inside(asked: Asked) -> QuerySet[Hromada]:
    """The hromadas of the programme's oblasts, from which somebody takes part or where something was; of the place asked for."""
    rows = Hromada.objects.filter(gone_at=None)
    if asked.hromadas is not None:
        rows = rows.filter(pk__in=asked.hromadas)
    elif asked.oblast is not None:
        rows = rows.filter(oblast=asked.oblast)
    taking_part = Participant.objects.filter(programme=asked.programme).order_by()
    ever = Total.objects.filter(
        programme=asked.programme, measure__in=REACHING, level=Level.OBLAST, split="", span=ledger.EVER
    )
    return rows.filter(
        Q(oblast__in=taking_part.values("organisation__hromada__oblast")) | Q(oblast__in=ever.values("place"))
    )


def _of_participants(asked: Asked) -> Q:
    rows = Participant.objects.filter(programme=asked.programme).order_by()
    return Q(pk__in=rows.values("organisation__hromada"))


def _reached(asked: Asked) -> Q:
    rows = Total.objects.filter(
        programme=asked.programme, measure__in=REACHING, level=Level.HROMADA, split=ledger.WHOLE, span__in=asked.spans
    )
    return Q(pk__in=rows.values("place"))

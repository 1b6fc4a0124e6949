"""What all packages know of one hromada."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from viche.awards.models import Award
from viche.calls.choices import Outcome, Stage
from viche.calls.models import Application
from viche.people import queries as people
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes import queries as programmes


@dataclass(frozen=True)
class Supported:
    """An application of the hromada that was supported, and its award once everybody may see it."""

    application: Application
    award: Award | None

    @property
    def title(self) -> str:
        """What is done."""
        return self.award.title if self.award else self.application.title


def organisations(hromada: Hromada) -> list[Organisation]:
    """The organisations registered there, each with `public_participations`. Two queries."""
    return list(programmes.taken_part_in(people.organisations().filter(hromada=hromada)))


def supported(hromada: Hromada) -> list[Supported]:
    """What was supported there in public programmes, the latest first. One query."""
    found: QuerySet[Application] = (
        Application.objects.filter(
            organisation__hromada=hromada,
            outcome=Outcome.SUPPORTED,
            call__stage=Stage.DECIDED,
            call__programme__is_public=True,
        )
        .select_related("call__programme", "organisation", "award")
        .order_by("-submitted_at", "-pk")
    )
    return [Supported(one, _public(one)) for one in found]


def _public(application: Application) -> Award | None:
    award = getattr(application, "award", None)
    return award if award is not None and award.is_agreed else None


def sums(rows: list[Supported]) -> list[tuple[str, Decimal]]:
    """How much the awards come to, by currency, the largest first."""
    found: dict[str, Decimal] = {}
    for row in rows:
        if row.award is not None and row.award.amount:
            found[row.award.currency] = found.get(row.award.currency, Decimal(0)) + row.award.amount
    return sorted(found.items(), key=lambda pair: -pair[1])

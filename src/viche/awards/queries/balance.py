"""What became of the money that was paid: spent and returned by the final report, and what is left without an account."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from viche.awards.models import Award, Report, Tranche
from viche.awards.queries import awards

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """Paid, spent, returned. `spent` is None where the form of the final report does not ask it."""

    paid: Decimal
    spent: Decimal | None
    returned: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What of the paid money has no account; below nothing: more was spent than paid. None: it was not asked."""
        return None if self.spent is None else self.paid - self.spent - (self.returned or NOTHING)


def of(award: Award, reports: Iterable[Report], tranches: Iterable[Tranche]) -> Balance | None:
    """The balance by the final report, which tells of the whole work; None for what is no money."""
    if award.amount is None:
        return None
    final = next((report for report in reports if report.is_final), None)
    returned = final.returned if award.returned is None and final else award.returned
    return Balance(awards.paid(tranches), final.spent if final else None, returned)

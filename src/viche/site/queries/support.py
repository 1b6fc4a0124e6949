"""What was given, counted from the records of awards: how many hromadas, grants, how much was paid, and where."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from viche.awards.choices import AwardState, TrancheState
from viche.awards.models import Award
from viche.methods.money import SIGNS
from viche.ui import wording

MILLION = 1_000_000


@dataclass(frozen=True)
class Support:
    """Counts over some awards; `oblasts` has the number of their hromadas by the key of the oblast."""

    awards: int = 0
    closed: int = 0
    hromadas: int = 0
    oblasts: dict[int, int] = field(default_factory=dict)
    paid: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def paid_said(self) -> str:
        """The largest of the sums paid, as a headline writes it."""
        currency, amount = self.paid[0] if self.paid else ("UAH", Decimal(0))
        return shortened(amount, currency)

    @property
    def paid_besides(self) -> str:
        """Sums paid in other currencies."""
        others = ", ".join(wording.money(amount, currency) for currency, amount in self.paid[1:])
        return _("і ще %(sums)s") % {"sums": others} if others else ""


def counted(awards: QuerySet[Award]) -> Support:
    """Count these awards. One query however many there are."""
    hromada, oblast = "organisation__hromada_id", "organisation__hromada__oblast_id"
    # The payments are joined, so an award with three of them stands in three rows and is counted once.
    rows = list(
        awards.order_by()
        .values_list(hromada, oblast, "currency")
        .annotate(
            awards=Count("pk", distinct=True),
            closed=Count("pk", distinct=True, filter=Q(state=AwardState.CLOSED)),
            paid=Sum("tranches__amount", filter=Q(tranches__state=TrancheState.PAID)),
        )
    )
    paid: dict[str, Decimal] = {}
    for row in rows:
        if row[5]:
            paid[row[2]] = paid.get(row[2], Decimal(0)) + row[5]
    places = {row[0]: row[1] for row in rows}
    return Support(
        awards=sum(row[3] for row in rows),
        closed=sum(row[4] for row in rows),
        hromadas=len(places),
        oblasts=dict(Counter(places.values())),
        paid=sorted(paid.items(), key=lambda pair: -pair[1]),
    )


def shortened(amount: Decimal, currency: str) -> str:
    """Write a sum for a headline: "14,2 млн ₴" from a million on, whole below."""
    if amount < MILLION:
        return wording.money(amount, currency)
    millions = wording.number(amount / MILLION, 1).removesuffix(",0").removesuffix(".0")
    said, sign = _("%(n)s млн") % {"n": millions}, SIGNS.get(currency)
    if wording.language() == "en" and sign:
        return f"{sign}{wording.NBSP if sign.isalpha() else ''}{said}"
    return f"{said}{wording.NBSP}{sign or currency}"

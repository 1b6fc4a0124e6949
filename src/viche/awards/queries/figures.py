"""What awards give to the ledger: agreements and what was promised in them, payments, what was spent and came back, closings."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.facts.choices import Measure, Unit
from viche.facts.queries.sources import Source
from viche.methods.ledger import WHOLE, Given, Told, split

AGREED, CLOSED, GRANTED, PAID, SPENT, RETURNED = "awards", "closed", "granted", "paid", "spent", "returned"
OF_AWARDS = (
    Measure(AGREED, _("підтримок надано"), Unit.COUNT, _("Підписана угода, у день підписання."), {"kind": AwardKind}),
    Measure(
        CLOSED,
        _("підтримок завершено"),
        Unit.COUNT,
        _("Підтримка, всі звіти якої прийнято, у день завершення."),
        {"kind": AwardKind},
    ),
    Measure(GRANTED, _("надано за угодами"), Unit.MONEY, _("Сума підписаної угоди, у день підписання.")),
    Measure(
        SPENT,
        _("витрачено за прийнятими звітами"),
        Unit.MONEY,
        _("Витрати за останнім прийнятим звітом завершеної підтримки, у день завершення."),
    ),
    Measure(RETURNED, _("повернуто"), Unit.MONEY, _("Що повернули із завершеної підтримки, у день завершення.")),
)
OF_TRANCHES = (Measure(PAID, _("сплачено"), Unit.MONEY, _("Сплачений транш, у день оплати.")),)
HUNDREDTHS = 100


class _Agreed(NamedTuple):
    """What of an award its facts are made of."""

    kind: str
    state: str
    currency: str
    amount: Decimal | None
    agreed_on: date
    closed_at: datetime | None
    spent: Decimal | None
    returned: Decimal | None


def in_currency(measure: str, currency: str) -> str:
    """Under which name the ledger keeps money: currencies never add up."""
    return f"{measure}.{currency}"


def _agreed() -> QuerySet[Award, tuple[Any, ...]]:
    final = Report.objects.filter(award=OuterRef("pk"), is_final=True)
    found = Award.objects.filter(agreed_on__isnull=False).order_by("pk")
    found = found.annotate(spent=Subquery(final.values("spent")[:1]))
    place = ("application__hromada__oblast", "application__hromada")
    return found.values_list("pk", "programme", *place, *_Agreed._fields)


def _told_of_award(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, *values = row
    return Told(AWARDS.kind, pk, programme, oblast, hromada, tuple(_given(_Agreed(*values))))


def _given(award: _Agreed) -> Iterator[Given]:
    by_kind = split(kind=award.kind)
    for part in (WHOLE, by_kind):
        yield Given(AGREED, part, award.agreed_on, 1, 1)
    if award.amount:
        yield _money(GRANTED, award.currency, award.agreed_on, award.amount)
    if award.state != AwardState.CLOSED or award.closed_at is None:
        return
    closed_on = localdate(award.closed_at)
    for part in (WHOLE, by_kind):
        yield Given(CLOSED, part, closed_on, 1, 1)
    for measure, amount in ((SPENT, award.spent), (RETURNED, award.returned)):
        if amount:
            yield _money(measure, award.currency, closed_on, amount)


def _money(measure: str, currency: str, on: date, amount: Decimal) -> Given:
    hundredths = int(amount * HUNDREDTHS)
    return Given(in_currency(measure, currency), WHOLE, on, hundredths, hundredths)


def _paid() -> QuerySet[Tranche, tuple[Any, ...]]:
    place = ("award__application__hromada__oblast", "award__application__hromada")
    found = Tranche.objects.filter(state=TrancheState.PAID).order_by("pk")
    return found.values_list("pk", "award__programme", *place, "award__currency", "amount", "paid_on")


def _told_of_tranche(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, currency, amount, paid_on = row
    return Told(TRANCHES.kind, pk, programme, oblast, hromada, (_money(PAID, currency, paid_on, amount),))


AWARDS = Source("award", OF_AWARDS, _agreed, _told_of_award)
TRANCHES = Source("tranche", OF_TRANCHES, _paid, _told_of_tranche)

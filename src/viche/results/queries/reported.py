"""Reported values: which there are for whom, one of them with its evidence, and of what one may be begun."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet

from viche.facts.models import Fact
from viche.people.access import Visitor
from viche.programmes.models import Programme
from viche.results.choices import IndicatorKind, ValueState
from viche.results.models import Evidence, Indicator, Period, Value
from viche.results.queries import board, figures, opened, splits

RELATED = ("indicator__programme", "period", "hromada__oblast", "oblast", "reported_by", "decided_by")
KINDS = {
    ValueState.DRAFT: "draft",
    ValueState.SUBMITTED: "told",
    ValueState.RETURNED: "soon",
    ValueState.APPROVED: "verified",
}
"""The rhomb of each state."""


class Number(NamedTuple):
    """A number of a value: which part it is of (empty: of the whole), None where the people are too few to be told."""

    label: str
    value: Decimal | None


def by_pk(pk: int) -> Value:
    """A value with everything that its page tells."""
    return Value.objects.select_related(*RELATED).get(pk=pk)


def of_programme(programme: str, value: int) -> Value:
    """A value, as an address names it."""
    return Value.objects.select_related(*RELATED).get(indicator__programme__code=programme.upper(), pk=value)


def told(programme: str, code: str, value: int) -> Value:
    """An approved value, as the address of its public page names it. Two queries."""
    one = opened.indicator(programme, code)
    found = Value.objects.select_related(*RELATED).get(indicator=one, pk=value, state=ValueState.APPROVED)
    found.indicator = one
    return found


def numbers(value: Value) -> list[Number]:
    """What everybody may know of an approved value: the whole first, then its parts. One query."""
    facts = Fact.objects.filter(kind=figures.SOURCE.kind, record=value.pk).order_by("split")
    return [Number(splits.label(value.indicator, one.split), _shown(one)) for one in facts]


def _shown(fact: Fact) -> Decimal | None:
    return None if fact.shown is None else board.scaled(fact.measure, fact.shown)


def of_value(programme: str, value: int, evidence: int) -> Evidence:
    """Evidence of a value, as an address names it."""
    proof = Evidence.objects.select_related("stored").get(pk=evidence, value=value)
    proof.value = of_programme(programme, value)
    return proof


def evidence(value: Value) -> list[Evidence]:
    """What proves a value, first added first. One query."""
    return list(value.evidence.select_related("stored").order_by("pk"))


def seen_by(user: Visitor, programme: Programme, *, sees_all: bool, **asked: str) -> QuerySet[Value]:
    """The values of a programme that fit: all for who reads its office, those that one reported for others."""
    found = Value.objects.filter(indicator__programme=programme, **asked)
    if not sees_all:
        found = found.filter(reported_by=user.pk)
    return found.select_related(*RELATED).annotate(proofs=Count("evidence"))


@dataclass(frozen=True)
class Beginnings:
    """Of what a value may be begun: indicators that people report, periods that are open."""

    indicators: list[Indicator]
    periods: list[Period]


def beginnings(programme: Programme) -> Beginnings:
    """Of what a value of the programme may be begun. Two queries."""
    indicators = Indicator.objects.filter(programme=programme, kind=IndicatorKind.REPORTED)
    periods = Period.objects.filter(programme=programme, closed_at=None).order_by("-starts_on")
    return Beginnings(list(indicators.order_by("position", "pk")), list(periods))


def waiting(programme: Programme) -> int:
    """How many values wait to be approved. One query."""
    return Value.objects.filter(indicator__programme=programme, state=ValueState.SUBMITTED).count()

"""Reported values, as lists of records tell of them."""

from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse

from viche.facts.queries.describing import Described
from viche.results.choices import ValueState
from viche.results.models import Value


def described(keys: Collection[int]) -> dict[int, Described]:
    """Approved values, by their keys: what they are values of, and how much proves them. Nobody is named. One query."""
    rows = Value.objects.filter(pk__in=keys, state=ValueState.APPROVED).select_related("indicator__programme", "period")
    return {row.pk: _described(row) for row in rows.annotate(proofs=Count("evidence")).order_by()}


def _described(row: Value) -> Described:
    return Described(
        code=row.indicator.code,
        title=f"{row.indicator.called} · {row.period.called}",
        address=_address(row) if row.indicator.is_told else "",
        office_address=reverse("results:value", args=[row.indicator.programme.code, row.pk]),
        office_evidence=row.proofs,
    )


def _address(row: Value) -> str:
    return reverse("results:told_value", args=[row.indicator.programme.code, row.indicator.code, row.pk])

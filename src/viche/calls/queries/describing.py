"""Applications, as lists of records tell of them: to which call they came. Who applied, and under which code, is told to nobody."""

from collections.abc import Collection

from django.urls import reverse

from viche.calls.models import Application
from viche.facts.queries.describing import Described


def described(keys: Collection[int]) -> dict[int, Described]:
    """Applications that count, by their keys. One query."""
    rows = Application.objects.filter(pk__in=keys).select_related("call__programme").order_by()
    return {row.pk: _described(row) for row in rows}


def _described(row: Application) -> Described:
    call = row.call
    return Described(
        title=call.called,
        address=call.get_absolute_url(),
        office_address=reverse("calls:office", args=[call.programme.code, call.code]),
    )

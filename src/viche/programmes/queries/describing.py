"""Participants, as lists of records tell of them."""

from collections.abc import Collection

from viche.facts.queries.describing import Described
from viche.programmes.models import Participant


def described(keys: Collection[int]) -> dict[int, Described]:
    """Organisations that take part, by the keys of their taking part. One query."""
    rows = Participant.objects.filter(pk__in=keys).select_related("organisation").order_by()
    return {row.pk: _described(row) for row in rows}


def _described(row: Participant) -> Described:
    address = row.organisation.get_absolute_url()
    return Described(
        title=f"{row.organisation.called} · {row.get_kind_display()}", address=address, office_address=address
    )

"""Conflicts of interest on record, as the office reads them."""

from collections.abc import Collection

from django.db.models import QuerySet

from viche.calls.choices import ApplicationState
from viche.calls.models import Call
from viche.reviews.models import Conflict


def of_call(call: Call, secret: Collection[int]) -> QuerySet[Conflict]:
    """Conflicts with the submitted applications of a call, but for those `secret` to the viewer. One query."""
    return (
        Conflict.objects.filter(application__call=call, application__state=ApplicationState.SUBMITTED)
        .exclude(application__in=secret)
        .select_related("user", "application__organisation")
        .order_by("application__code", "user__name", "pk")
    )

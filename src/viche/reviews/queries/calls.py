"""Which calls are assessed, decided, or wait for it, in the office of a programme."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from viche.calls.choices import Stage
from viche.calls.models import Call
from viche.methods import words
from viche.programmes.models import Programme


def under_review(programme: Programme, at: datetime, *, q: str = "", state: str = "") -> QuerySet[Call]:
    """Calls that have closed: those being assessed, those that wait for the panel, those decided; the latest close first."""
    closed = Q(stage=Stage.SCHEDULED, closes_at__lte=at)
    by_state = {"assessing": closed, "assessed": Q(stage=Stage.ASSESSED), "decided": Q(stage=Stage.DECIDED)}
    found = Call.objects.filter(
        by_state.get(state, closed | Q(stage__in=[Stage.ASSESSED, Stage.DECIDED])), programme=programme
    )
    for word in words.fold(q).split():
        found = found.filter(haystack__contains=word)
    return found.select_related("programme").order_by(F("closes_at").desc(nulls_last=True), "code")

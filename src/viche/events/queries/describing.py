"""Events that were held, as lists of records tell of them."""

from collections import Counter
from collections.abc import Collection

from django.urls import reverse
from django.utils.timezone import localdate

from viche.events.models import Event, Photo
from viche.events.queries.addresses import href
from viche.facts.queries.describing import Described

REPORT = 1  # the accepted report is a piece of evidence too


def described(keys: Collection[int]) -> dict[int, Described]:
    """Events that gave facts, by their keys: their reports are accepted. Two queries."""
    rows = Event.objects.filter(pk__in=keys).order_by().values_list("pk", "code", "title", "programme__code")
    kept, shown = _photographs(keys)
    return {
        pk: Described(
            code=code,
            title=title,
            address=f"{href('events:event', code)}#outcome",
            photographs_address=f"{href('events:event', code)}#photos",
            office_address=reverse("events:office", args=[programme, code]),
            evidence=REPORT + shown[pk],
            office_evidence=REPORT + kept[pk],
            photographs=shown[pk],
            office_photographs=kept[pk],
        )
        for pk, code, title, programme in rows
    }


def _photographs(keys: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    """How many photographs of each event the office has, and how many everybody may see today; paper lists are none. One query."""
    kept: Counter[int] = Counter()
    shown: Counter[int] = Counter()
    on = localdate()
    rows = Photo.objects.filter(event__in=keys, is_list=False).order_by()
    for event, has_consent, hidden_at, public_from in rows.values_list(
        "event", "has_consent", "hidden_at", "public_from"
    ):
        kept[event] += 1
        shown[event] += has_consent and hidden_at is None and public_from is not None and public_from <= on
    return kept, shown

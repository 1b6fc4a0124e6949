"""Events for programs that read all of them, one page after another, in the order in which they came to be."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Subquery

from viche.events.access import Reach
from viche.events.models import Campaign, Event
from viche.events.queries.events import TOLD_WITH
from viche.events.queries.finding import HIDDEN, midnight
from viche.places.models import Hromada, Oblast
from viche.programmes.models import Programme

DAY = timedelta(days=1)
# What is asked by a code or a slug: the field of the event, the model, and what names it there.
NAMED = {
    "programme": (Programme, "code"),
    "campaign": (Campaign, "code"),
    "oblast": (Oblast, "slug"),
    "hromada": (Hromada, "code"),
}


def found(*, since: date | None = None, until: date | None = None, **named: str) -> QuerySet[Event]:
    """What everybody may see, in no order yet; `named` are `NAMED`, days are Kyiv's, of the beginning.

    Hidden states are named, not shown ones, so that the keys are read in their order and not all sorted. One query with it.
    """
    hidden = Programme.objects.filter(is_public=False).values("pk")
    rows = Event.objects.exclude(state__in=HIDDEN).exclude(programme__in=hidden)
    for name, value in named.items():
        model, word = NAMED[name]
        rows = rows.filter(**{name: Subquery(model.objects.filter(**{word: value}).values("pk")[:1])})
    if since:
        rows = rows.filter(starts_at__gte=midnight(since))
    return rows.filter(starts_at__lt=midnight(until + DAY)) if until else rows


def keys(rows: QuerySet[Event], *, after: int, most: int) -> list[int]:
    """The keys of the next of these events. One query."""
    return list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most])


def public(code: str) -> Event:
    """One event that everybody may see. Raises `Event.DoesNotExist`."""
    return found().select_related(*TOLD_WITH).get(code=code)


def of_office(reach: Reach, *, state: str = "") -> QuerySet[Event]:
    """What the office shows within this reach, with all that its file tells."""
    rows = Event.objects.filter(reach.in_time & (Q(state=state) if state else Q()))
    return rows.select_related(*TOLD_WITH, "series", "report")

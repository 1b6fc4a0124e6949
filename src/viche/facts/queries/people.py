"""How many different people were counted: each once in the months and the place asked for, however often they came.

Such numbers never add up: who came in March and in April is in both months and once in the two together. Every answer is
therefore counted for itself, by the numbers that tell people apart (`facts.models.Presence`).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Count, Min, Q, QuerySet

from viche.facts.models import Presence
from viche.facts.queries.figures import Asked
from viche.methods import ledger

Key = TypeVar("Key", bound=Hashable)
NUMBER = {"n": Count("person", distinct=True)}


def once(asked: Asked, measures: Collection[str]) -> dict[str, int]:
    """How many different people each measure counted. One query."""
    rows = _asked(asked, measures).order_by().values_list("measure")
    return dict.fromkeys(measures, 0) | dict(rows.annotate(**NUMBER))


def ever(wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The same of several programmes since their beginnings, by programme and measure. One query."""
    if not wanted:
        return {}
    rows = Presence.objects.filter(programme__in={one[0] for one in wanted}, measure__in={one[1] for one in wanted})
    found = rows.order_by().values_list("programme", "measure").annotate(**NUMBER)
    known = {(programme, measure): number for programme, measure, number in found}
    return {one: known.get(one, 0) for one in wanted}


def by_place(asked: Asked, measure: str, place: str) -> dict[int, int]:
    """How many different people in each "oblast" or "hromada", by its key. One query."""
    rows = _asked(asked, [measure]).filter(**{f"{place}__isnull": False}).order_by()
    return dict(rows.values_list(place).annotate(**NUMBER))


def by_months(asked: Asked, measure: str, wanted: Mapping[Key, tuple[date, date]]) -> dict[Key, int]:
    """How many different people in each of these whole months, from the first to the last of the two. One query."""
    counts = {
        f"n{place}": Count("person", distinct=True, filter=_within(since, until))
        for place, (since, until) in enumerate(wanted.values())
    }
    found = _asked(asked, [measure]).aggregate(**counts) if counts else {}
    return {key: found[f"n{place}"] for place, key in enumerate(wanted)}


def first_seen(asked: Asked, measure: str) -> list[tuple[date, int]]:
    """How many people came for the first time in each of the months asked for: the month's first day and the number, in order.

    Together they are all the different people of these months. One query.
    """
    rows = _asked(asked, [measure]).order_by().values_list("person").annotate(first=Min("on"))
    return sorted(Counter(ledger.month(first) for _person, first in rows).items())


def _asked(asked: Asked, measures: Collection[str]) -> QuerySet[Presence]:
    rows = Presence.objects.filter(_within(asked.since, asked.until), programme=asked.programme, measure__in=measures)
    if asked.hromadas is not None:
        return rows.filter(hromada__in=asked.hromadas)
    return rows if asked.oblast is None else rows.filter(oblast=asked.oblast)


def _within(since: date, until: date) -> Q:
    return Q(on__gte=ledger.month(since), on__lt=ledger.after(ledger.month(until), 1))

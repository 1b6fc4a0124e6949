"""How many different people were counted: each once in the months and the place asked for, however often they came.

Such numbers never add up: who came in March and in April is in both months and once in the two together. Every answer is
therefore counted for itself, by the numbers that tell people apart (`facts.models.Presence`).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import TypeVar

from django.db.models import Count, Min, QuerySet

from viche.facts.models import Presence
from viche.facts.queries import together
from viche.facts.queries.figures import Asked
from viche.facts.queries.together import Arm, Row
from viche.methods import ledger

Key = TypeVar("Key", bound=Hashable)
NUMBER = {"n": Count("person", distinct=True)}


def once(asked: Asked, measures: Collection[str]) -> dict[str, int]:
    """How many different people each measure counted. One query."""
    measures = tuple(sorted(measures))
    if not measures:
        return {}

    def arms() -> list[Arm]:
        return [Arm(_asked(asked, measures), together.counts("person"), measure="measure")]

    def read(rows: list[Row]) -> dict[str, int]:
        return dict.fromkeys(measures, 0) | {row.measure: row.facts for row in rows}

    return together.ask(("people once", asked, measures), arms, read)


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

    def arms() -> list[Arm]:
        rows = _asked(asked, [measure]).filter(**{f"{place}__isnull": False})
        return [Arm(rows, together.counts("person"), place=place)]

    return together.ask(
        ("people by place", asked, measure, place), arms, lambda rows: {row.place: row.facts for row in rows}
    )


def by_months(asked: Asked, measure: str, wanted: Mapping[Key, tuple[date, date]]) -> dict[Key, int]:
    """How many different people in each of these whole months, from the first to the last of the two. One query."""
    return together.at_once(
        lambda: {key: once(asked.at(*months), [measure])[measure] for key, months in wanted.items()}
    )


def first_seen(asked: Asked, measure: str) -> list[tuple[date, int]]:
    """How many people came for the first time in each of the months asked for: the month's first day and the number, in order.

    Together they are all the different people of these months. One query.
    """
    rows = _asked(asked, [measure]).order_by().values_list("person").annotate(first=Min("on"))
    return sorted(Counter(ledger.month(first) for _person, first in rows).items())


def _asked(asked: Asked, measures: Collection[str]) -> QuerySet[Presence]:
    until = ledger.after(ledger.month(asked.until), 1)
    rows = Presence.objects.filter(on__gte=ledger.month(asked.since), on__lt=until)
    rows = rows.filter(programme=asked.programme, measure__in=measures)
    if asked.hromadas is not None:
        return rows.filter(hromada__in=asked.hromadas)
    return rows if asked.oblast is None else rows.filter(oblast=asked.oblast)

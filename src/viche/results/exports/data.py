"""Indicators and facts as rows of open data."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from viche.facts.models import Fact
from viche.results.models import Indicator
from viche.results.queries import board, harvest

INDICATORS = (
    *("programme", "code", "name", "name_en", "goal", "goal_en", "kind", "unit", "measure", "part", "how"),
    *("target", "actual", "is_complete", "url", "records_url"),
)
FACTS = ("id", "programme", "measure", "part", "on", "oblast_code", "hromada_code", "record", "value", "url")


def indicators(rows: Iterable[Indicator]) -> Iterator[tuple[Any, ...]]:
    """What each is, aims at and came to."""
    rows = list(rows)
    known, aims = harvest.came_to(rows), harvest.aims(rows)
    for one in rows:
        names = (one.programme.code, one.code)
        measure, part = board.part_of(one)
        yield (
            *(*names, one.name, one.name_en, *_goal(one), one.kind, one.unit),
            *(measure or None, part or None, one.how, aims.get(one.pk), *known[one.pk]),
            _whole(reverse("results:figure", args=names)),
            _whole(reverse("results:records", args=names).rstrip("/")),
        )


def facts(rows: Iterable[Fact]) -> Iterator[tuple[Any, ...]]:
    """What was counted; no number where the people are too few to be told."""
    rows = list(rows)
    (programmes, oblasts, hromadas), described = harvest.codes(rows), harvest.described(rows)
    for one in rows:
        told = described.get((one.kind, one.record))
        yield (
            *(one.pk, programmes.get(one.programme), one.measure, one.split or None, one.on),
            *(oblasts.get(one.oblast_id), hromadas.get(one.hromada_id), one.kind),
            None if one.shown is None else board.scaled(one.measure, one.shown),
            _whole(told.address) if told and told.address else None,
        )


def _goal(one: Indicator) -> tuple[str | None, str | None]:
    """What an indicator shows the way to, in both languages; nothing where it has no goal, or the goal no English words."""
    return (one.goal.text, one.goal.text_en or None) if one.goal else (None, None)


def _whole(path: str) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"

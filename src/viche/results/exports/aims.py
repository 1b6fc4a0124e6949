"""Indicators, periods and reported values as rows for programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from viche.results.models import Period, Value
from viche.results.queries.board import Counted
from viche.results.queries.framework import Row

INDICATORS = [
    "code",
    "name",
    "name_en",
    "goal",
    "goal_en",
    "kind",
    "measure",
    "split",
    "how",
    "over",
    "under",
    "times",
    "unit",
    "unit_en",
    "direction",
    "baseline",
    "target",
    "what_counts",
    "who_counts",
    "doubles",
    "source",
    "sdg",
    "donor_codes",
    "is_headline",
    "is_public",
]
PERIODS = ["id", "name", "name_en", "starts_on", "ends_on", "closed_at"]
PERIOD = ["code", "name", "unit", "target", "kept", "value"]
VALUES = [
    "id",
    "indicator",
    "period",
    "on",
    "oblast",
    "hromada",
    "value",
    "parts",
    "state",
    "reported_at",
    "decided_at",
]


def indicators(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """Indicators with their sheets."""
    for one, branch, target in rows:
        yield [
            one.code,
            one.name,
            one.name_en,
            branch.goal.text if branch else "",
            branch.goal.text_en if branch else "",
            one.kind,
            one.measure,
            one.split,
            one.how,
            one.over.code if one.over else "",
            one.under.code if one.under else "",
            one.times,
            one.unit,
            one.unit_en,
            one.direction,
            one.baseline,
            target,
            one.what_counts,
            one.who_counts,
            one.doubles,
            one.source,
            " ".join(map(str, one.goals)),
            "; ".join(f"{pair['donor']}: {pair['code']}" for pair in one.donor_codes),
            one.is_headline,
            one.is_public,
        ]


def periods(rows: Iterable[Period]) -> Iterator[list[Any]]:
    """Periods, and since when they are closed."""
    for one in rows:
        yield [one.pk, one.name, one.name_en, one.starts_on, one.ends_on, one.closed_at]


def period(rows: Iterable[Counted]) -> Iterator[list[Any]]:
    """What indicators come to in a period, and what they had come to when it closed where that differs."""
    for one in rows:
        known = one.indicator
        yield [known.code, known.name, known.unit, one.target, one.kept, one.value]


def values(rows: Iterable[Value]) -> Iterator[list[Any]]:
    """Reported values."""
    for one in rows:
        oblast = one.hromada.oblast if one.hromada else one.oblast
        yield [
            one.pk,
            one.indicator.code,
            one.period.name,
            one.on,
            oblast.name if oblast else "",
            one.hromada.name if one.hromada else "",
            one.value,
            "; ".join(f"{code}: {number}" for code, number in one.parts.items()),
            one.state,
            one.reported_at,
            one.decided_at,
        ]

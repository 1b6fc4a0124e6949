"""Targets as a table to fill in: the whole programme and its periods downwards, the whole and its parts across."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from viche.methods import ledger
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Period, Target
from viche.results.queries import board, sources, splits

Cell = tuple[int | None, str]
"""A place in the table: the key of a period, None for the whole programme, and a part; "" is the whole."""


class Column(NamedTuple):
    """A column of the table: the part, and its words."""

    split: str
    words: str


@dataclass(frozen=True)
class Table:
    """The targets of an indicator, and the parts across which they are shown."""

    indicator: Indicator
    periods: list[Period]
    stored: Mapping[Cell, Decimal]
    dimensions: dict[str, str]
    """Into what it may be split: {"sex": "стать"}."""
    by: str
    """Which dimension is shown; empty for the whole alone."""
    columns: list[Column]

    @property
    def mark(self) -> str:
        """Differs whenever anybody has changed a target."""
        return mark(self.stored)


def of(one: Indicator, by: str = "") -> Table:
    """The table of an indicator, split by a dimension that it has. Two queries."""
    dimensions = dimensions_of(one)
    by = by if by in dimensions else ""
    parts = [Column(split, words) for split, words in parts_of(one).get(by, {}).items()]
    return Table(
        indicator=one,
        periods=board.periods(one.programme),
        stored=stored(one),
        dimensions={name: str(splits.NAMES.get(name, name)) for name in dimensions},
        by=by,
        columns=[Column(ledger.WHOLE, ""), *parts],
    )


def stored(one: Indicator) -> dict[Cell, Decimal]:
    """Every target of an indicator. One query."""
    rows = Target.objects.filter(indicator=one).order_by("pk").values_list("period", "split", "value")
    return {(period, split): value for period, split, value in rows}


def mark(targets: Mapping[Cell, Decimal]) -> str:
    """A short word for these very targets."""
    rows = sorted((period or 0, split, f"{value:.2f}") for (period, split), value in targets.items())
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def dimensions_of(one: Indicator) -> list[str]:
    """By what an indicator may be split: one that adds up, besides by what it is a part of already."""
    if one.kind == IndicatorKind.RATIO or one.how != How.SUM:
        return []
    fixed = ledger.parts(one.split)
    return [name for name in splits.labels(one) if name not in fixed]


def parts_of(one: Indicator) -> dict[str, dict[str, str]]:
    """The parts of each dimension with their words, as the ledger names them: {"sex": {"sex:f": "жінки"}}."""
    fixed, words = ledger.parts(one.split), splits.labels(one)
    return {
        name: {ledger.split(**fixed, **{name: code}): label for code, label in words[name].items()}
        for name in dimensions_of(one)
    }


def is_overlapping(one: Indicator, dimension: str) -> bool:
    """Whether one and the same person may be in several parts of it."""
    measure = sources.measure_of(one.own_measure)
    return measure is not None and dimension in measure.overlapping


def of_all(wanted: Iterable[Indicator]) -> dict[int, dict[int | None, Decimal]]:
    """The targets of wholes, by indicator and period. One query."""
    rows = Target.objects.filter(indicator__in=[one.pk for one in wanted], split=ledger.WHOLE).order_by("pk")
    found: dict[int, dict[int | None, Decimal]] = {}
    for indicator, period, value in rows.values_list("indicator", "period", "value"):
        found.setdefault(indicator, {})[period] = value
    return found

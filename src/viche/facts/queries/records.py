"""Facts by the record that gave them."""

from collections.abc import Iterable
from typing import TypeVar

from viche.facts.models import Fact, Presence

Row = TypeVar("Row", Fact, Presence)


def of_records(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Fact]]:
    """What each of these records (its kind and key) has given. One query a kind."""
    return _of_records(Fact, records)


def people_of(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Presence]]:
    """Who is counted by each of these records. One query a kind."""
    return _of_records(Presence, records)


def _of_records(model: type[Row], records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Row]]:
    by_kind: dict[str, list[int]] = {}
    for kind, record in records:
        by_kind.setdefault(kind, []).append(record)
    found: dict[tuple[str, int], list[Row]] = {}
    for kind, keys in by_kind.items():
        for row in model._default_manager.filter(kind=kind, record__in=keys).order_by("pk"):  # noqa: SLF001 — Django's public name
            found.setdefault((kind, row.record), []).append(row)
    return found

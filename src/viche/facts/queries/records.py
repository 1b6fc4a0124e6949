"""Facts by the record that gave them."""

from collections.abc import Iterable

from viche.facts.models import Fact


def of_records(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], list[Fact]]:
    """What each of these records (its kind and key) has given. One query a kind."""
    by_kind: dict[str, list[int]] = {}
    for kind, record in records:
        by_kind.setdefault(kind, []).append(record)
    found: dict[tuple[str, int], list[Fact]] = {}
    for kind, keys in by_kind.items():
        for fact in Fact.objects.filter(kind=kind, record__in=keys).order_by("pk"):
            found.setdefault((kind, fact.record), []).append(fact)
    return found

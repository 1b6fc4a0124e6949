"""What approved values give to the ledger: each indicator that people report has a measure of its own, in hundredths."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from viche.facts.queries.sources import Source
from viche.methods import headcounts
from viche.methods.ledger import WHOLE, Given, Told, split
from viche.results.choices import ValueState
from viche.results.models import Value

HUNDREDTHS = 100
PART = "part"  # the dimension of an indicator's own parts
READ = ("pk", "indicator__programme", "place", "hromada", "indicator", "on", "value", "parts", "indicator__are_people")


def own_measure(indicator: int) -> str:
    """Under which measure the ledger keeps what people report of this indicator, by its key."""
    return f"own.{indicator}"


def _approved() -> QuerySet[Value, tuple[Any, ...]]:
    found = Value.objects.filter(state=ValueState.APPROVED).order_by("pk")
    return found.annotate(place=Coalesce("hromada__oblast", "oblast")).values_list(*READ)


def _told(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, indicator, on, value, parts, are_people = row
    parts = {code: Decimal(number) for code, number in parts.items()}
    given = _given(own_measure(indicator), on, value, parts, are_people=are_people)
    return Told(SOURCE.kind, pk, programme, oblast, hromada, tuple(given))


def _given(
    measure: str, on: date, value: Decimal, parts: Mapping[str, Decimal], *, are_people: bool
) -> Iterator[Given]:
    numbers = {WHOLE: value} | {split(**{PART: code}): number for code, number in parts.items() if number}
    hidden = _hidden(value, parts) if are_people else frozenset()
    for part, number in numbers.items():
        hundredths = int(number * HUNDREDTHS)
        yield Given(measure, part, on, hundredths, None if part in hidden else hundredths)


def _hidden(value: Decimal, parts: Mapping[str, Decimal]) -> frozenset[str]:
    """What of people is not told to everybody. Those of no part are a part too: anybody may reckon how many they are."""
    counts = {split(**{PART: code}): int(number) for code, number in parts.items()}
    rest = int(value) - headcounts.whole(counts)
    told, total = headcounts.split({**counts, "rest": rest})
    hidden = {part for part, number in told.items() if number is None}
    return frozenset(hidden | ({WHOLE} if total is None else set()))


SOURCE = Source("value", (), _approved, _told)

"""What was ever counted, in several programmes at once: for lists that go over all of them."""

from collections.abc import Collection, Iterable

from django.db.models import Count, QuerySet

from viche.facts.choices import Level
from viche.facts.models import Fact, Total
from viche.facts.queries.figures import NOTHING, SUMS, Figure, Part
from viche.methods import ledger

Whose = tuple[int, Part]
"""A programme, and a measure and part of it."""


def figures(wanted: Iterable[Whose]) -> dict[Whose, Figure]:
    """What these measures and parts of these programmes came to. One query."""
    wanted = list(dict.fromkeys(wanted))
    rows = _totals(wanted, Level.WHOLE).values_list("programme", "measure", "split").order_by()
    found = {(programme, (measure, split)): Figure(*n) for programme, measure, split, *n in rows.annotate(**SUMS)}
    return {whose: found.get(whose, NOTHING) for whose in wanted}


def reached(wanted: Iterable[Whose], level: Level) -> dict[Whose, int]:
    """In how many oblasts or hromadas they were ever counted. One query, of hromadas' parts another."""
    wanted = list(dict.fromkeys(wanted))
    rest = [whose for whose in wanted if level == Level.HROMADA and whose[1][1] != ledger.WHOLE]
    kept = [whose for whose in wanted if whose not in rest]
    found: dict[Whose, int] = {}
    for some, rows, place in ((kept, _totals(kept, level), "place"), (rest, _facts(rest), "hromada")):
        if some:
            told = rows.values_list("programme", "measure", "split").order_by()
            counted = told.annotate(places=Count(place, distinct=True))
            found |= {(programme, (measure, split)): number for programme, measure, split, number in counted}
    return {whose: found.get(whose, 0) for whose in wanted}


def _totals(wanted: Collection[Whose], level: Level) -> QuerySet[Total]:
    return Total.objects.filter(level=level, span=ledger.EVER, **_words(wanted))


def _facts(wanted: Collection[Whose]) -> QuerySet[Fact]:
    return Fact.objects.filter(**_words(wanted))


def _words(wanted: Collection[Whose]) -> dict[str, Collection[int | str]]:
    """Programmes, measures and parts as lists, which an index is looked up by; pairs that nobody wants come along."""
    return {
        "programme__in": {programme for programme, _part in wanted},
        "measure__in": {measure for _programme, (measure, _split) in wanted},
        "split__in": {split for _programme, (_measure, split) in wanted},
    }

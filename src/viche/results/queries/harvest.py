"""What everybody may take of results as data: public indicators with what they came to, and the facts behind them."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.db.models.lookups import In

from viche.facts.choices import Level
from viche.facts.models import Fact
from viche.facts.queries import ever, people
from viche.facts.queries.describing import Described
from viche.facts.queries.ever import Whose
from viche.facts.queries.figures import Figure
from viche.methods import indicators as methods
from viche.places.models import Hromada, Oblast
from viche.programmes.models import Programme
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Target
from viche.results.queries import board, records


def indicators(programme: str = "", code: str = "") -> QuerySet[Indicator]:
    """Public indicators of public programmes, or of one."""
    found = Indicator.objects.filter(board.TOLD, programme__is_public=True).select_related(
        "programme", "goal", "over", "under"
    )
    if code:
        found = found.filter(code=code.upper())
    return (found.filter(programme__code=programme.upper()) if programme else found).order_by("pk")


def indicator(programme: str, code: str) -> Indicator:
    """One of them; raises `DoesNotExist`."""
    return indicators(programme, code).get()


class Reached(NamedTuple):
    """What everybody may know that an indicator came to; not complete where people too few to be told are left out."""

    value: Decimal | None
    is_complete: bool = True


def came_to(wanted: Collection[Indicator]) -> dict[int, Reached]:
    """What everybody may know that these indicators ever came to, by their keys. Five queries at most, however many programmes."""
    simple = {one.pk: one for one in _simple(wanted)}
    sums = ever.figures(_whose(one) for one in simple.values() if one.how == How.SUM)
    places: dict[tuple[str, Whose], int] = {}
    for how, level in ((How.HROMADAS, Level.HROMADA), (How.OBLASTS, Level.OBLAST)):
        reached = ever.reached([_whose(one) for one in simple.values() if one.how == how], level)
        places |= {(how, whose): number for whose, number in reached.items()}
    different = people.ever({(one.programme_id, one.measure) for one in simple.values() if one.how == How.ONCE})
    known: dict[int, Reached] = {}
    for one in simple.values():
        if one.how == How.SUM:
            known[one.pk] = _summed(one, sums[_whose(one)])
        elif one.how == How.ONCE:
            known[one.pk] = _summed(one, board.different(different[one.programme_id, one.measure]))
        else:
            known[one.pk] = Reached(Decimal(places[one.how, _whose(one)]))
    for one in wanted:
        if one.kind == IndicatorKind.RATIO:
            over, under = known[one.over_id], known[one.under_id]
            value = methods.ratio(over.value, under.value, times=one.times)
            known[one.pk] = Reached(value, is_complete=over.is_complete and under.is_complete)
    return known


def _summed(one: Indicator, figure: Figure) -> Reached:
    return Reached(board.scaled(one.own_measure, figure.shown), is_complete=not figure.untold)


def aims(wanted: Collection[Indicator]) -> dict[int, Decimal]:
    """What these indicators are to come to by the end of their programmes, by their keys. One query."""
    rows = Target.objects.filter(indicator__in=[one.pk for one in wanted], period=None, split="")
    return dict(rows.values_list("indicator", "value"))


def facts(programme: str = "", measure: str = "") -> QuerySet[Fact]:
    """Facts of public programmes, or of one; those of what only the office may see are left out. Two queries more."""
    shown = Programme.objects.filter(is_public=True)
    hidden = Indicator.objects.filter(kind=IndicatorKind.REPORTED, is_public=False).values_list("pk", flat=True)
    found = Fact.objects.exclude(measure__in=[f"{records.OWN}{pk}" for pk in hidden])
    if programme:
        found = found.filter(programme=shown.filter(code=programme.upper()).values_list("pk", flat=True).first() or 0)
    else:
        # Asked so that nobody looks all programmes up first: the list goes on in the order of its keys.
        found = found.filter(In(F("programme") + 0, list(shown.values_list("pk", flat=True))))
    return found.filter(measure=measure) if measure else found


def codes(rows: Iterable[Fact]) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """The codes of the programmes, oblasts and hromadas of these facts, by their keys. Three queries."""
    rows = list(rows)
    sought = (
        (Programme, {one.programme for one in rows}),
        (Oblast, {one.oblast_id for one in rows}),
        (Hromada, {one.hromada_id for one in rows}),
    )
    programmes, oblasts, hromadas = (
        dict(model._default_manager.filter(pk__in=keys).values_list("pk", "code"))  # noqa: SLF001 — Django's public name
        for model, keys in sought
    )
    return programmes, oblasts, hromadas


def described(rows: Iterable[Fact]) -> dict[tuple[str, int], Described]:
    """What everybody is told of the records of these facts, by kind and key. A few queries a kind."""
    by_kind: dict[str, set[int]] = {}
    for one in rows:
        by_kind.setdefault(one.kind, set()).add(one.record)
    known = {kind: records.DESCRIBED[kind](keys) for kind, keys in by_kind.items() if kind in records.DESCRIBED}
    return {(kind, key): one for kind, found in known.items() for key, one in found.items()}


def _simple(wanted: Iterable[Indicator]) -> list[Indicator]:
    return [part for one in wanted for part in ((one.over, one.under) if one.kind == IndicatorKind.RATIO else (one,))]


def _whose(one: Indicator) -> Whose:
    return one.programme_id, board.part_of(one)

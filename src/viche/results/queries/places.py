"""What a figure comes to in each place: oblasts of Ukraine, raions and hromadas of an oblast."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from viche.facts.queries import figures, people
from viche.facts.queries.figures import Asked, Figure, Part
from viche.methods import indicators as methods
from viche.places.models import Hromada, Oblast, Raion
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board
from viche.results.queries.asking import Chosen

Found = dict[int, Decimal | None]
READ = ("id", "code", "name", "name_en", "kind", "raion_id", "slug")
"""What a breakdown tells of a hromada, in the order of its columns; a row has far more, and an oblast hundreds of them."""
OF_RAION = ("id", "code", "name", "name_en")


@dataclass(frozen=True)
class Place:
    """One place of a breakdown: what it is called, what the figure comes to there, and the words that ask for it."""

    label: str
    value: Decimal | None
    asks: tuple[tuple[str, str], ...] = ()
    """What of the address leads there; nothing for what lies in no place."""
    is_inner: bool = False
    """A hromada below its raion."""


def found(one: Indicator, chosen: Chosen, *, is_office: bool) -> Found:
    """What an indicator comes to in each oblast; in an oblast or raion, in each of its hromadas; in a hromada nothing more. One query."""
    if chosen.where.hromada is not None:
        return {}
    inside = by_oblast if chosen.where.oblast is None else by_hromada
    return inside(one, chosen.asked, is_office=is_office)


def of(
    one: Indicator, chosen: Chosen, oblasts: Sequence[Oblast], found: Found, *, value: Decimal | None
) -> list[Place]:
    """The figure by oblast, in an oblast by raion and hromada, in a raion by hromada: what was `found` there. One query at most."""
    where = chosen.where
    if where.hromada is not None:
        return []
    if where.oblast is None:
        rows = [
            Place(place.label, found[place.pk], (("oblast", place.slug),)) for place in oblasts if found.get(place.pk)
        ]
        return rows + _rest(one, value, found.values(), _("В жодній області: онлайн або за кордоном"))
    rows = _inside(one, found, with_raions=where.raion is None)
    return rows + _rest(one, value, found.values(), _("Громаду не вказано"))


def by_oblast(one: Indicator, asked: Asked, *, is_office: bool) -> Found:
    """What an indicator comes to in each oblast, by its key. One query, two for a ratio."""
    asked = board.months_of(one, asked)
    if one.kind == IndicatorKind.RATIO:
        return _ratios(one, lambda part: by_oblast(part, asked, is_office=is_office))
    if one.how == How.ONCE:
        return _different(one, asked, "oblast", is_office=is_office)
    part = board.part_of(one)
    if one.how == How.HROMADAS:
        return _hromadas_of_oblasts(asked, part)
    return _values(one, figures.by_oblast(asked, [part]), is_office=is_office)


def by_hromada(one: Indicator, asked: Asked, *, is_office: bool) -> Found:
    """What an indicator comes to in each hromada, by its key. One query, two for a ratio."""
    asked = board.months_of(one, asked)
    if one.kind == IndicatorKind.RATIO:
        return _ratios(one, lambda part: by_hromada(part, asked, is_office=is_office))
    if one.how == How.ONCE:
        return _different(one, asked, "hromada", is_office=is_office)
    return _values(one, figures.by_hromada(asked, [board.part_of(one)]), is_office=is_office)


def _values(one: Indicator, found: dict[int, dict[Part, Figure]], *, is_office: bool) -> Found:
    part = board.part_of(one)
    counted = {place: figures_of[part] for place, figures_of in found.items() if figures_of[part].facts}
    if one.how != How.SUM:
        return dict.fromkeys(counted, Decimal(1))
    number = (lambda figure: figure.value) if is_office else (lambda figure: figure.shown)
    return {place: board.scaled(part[0], number(figure)) for place, figure in counted.items()}


def _different(one: Indicator, asked: Asked, place: str, *, is_office: bool) -> Found:
    """How many different people in each place; who came in two places is in both."""
    counted = people.by_place(asked, one.measure, place)
    return {key: board.people_told(number, is_office=is_office) for key, number in counted.items()}


def _ratios(one: Indicator, found: Callable[[Indicator], Found]) -> Found:
    over, under = found(one.over), found(one.under)
    ratios = {place: methods.ratio(over.get(place), value, times=one.times) for place, value in under.items()}
    return {place: value for place, value in ratios.items() if value is not None}


def _hromadas_of_oblasts(asked: Asked, part: Part) -> Found:
    """In how many hromadas of each oblast anything was counted."""
    return {oblast: Decimal(n) for oblast, n in figures.hromadas_of_oblasts(asked, part).items()}


def _inside(one: Indicator, found: Found, *, with_raions: bool) -> list[Place]:
    """Raions by the alphabet, each followed by its hromadas; or hromadas alone."""
    known = Hromada.objects.filter(pk__in=found).order_by("raion__sort_key", "sort_key", "pk")
    of_raions: dict[tuple[Any, ...], list[Hromada]] = {}
    for row in known.values_list(*READ, *(f"raion__{name}" for name in OF_RAION)):
        of_raions.setdefault(row[len(READ) :], []).append(Hromada.from_db(None, READ, row[: len(READ)]))
    rows: list[Place] = []
    for words, hromadas in of_raions.items():
        is_inner = with_raions and words[0] is not None
        if is_inner:
            raion = Raion.from_db(None, OF_RAION, words)
            value = _together(one, (found[hromada.pk] for hromada in hromadas))
            rows.append(Place(raion.label, value, (("raion", raion.code),)))
        for hromada in hromadas:
            asks = (("raion", ""), ("hromada", hromada.slug))
            rows.append(Place(hromada.label, found[hromada.pk], asks, is_inner=is_inner))
    return rows


def _together(one: Indicator, values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; neither ratios of hromadas nor their different people make up those of the raion, and its hromadas lie in one oblast."""
    if one.kind == IndicatorKind.RATIO or one.how == How.ONCE:
        return None
    if one.how == How.OBLASTS:
        return Decimal(1)
    return sum((value for value in values if value), Decimal(0))


def _rest(one: Indicator, value: Decimal | None, values: Iterable[Decimal | None], label: str) -> list[Place]:
    """What of a sum lies in none of the places."""
    if one.kind == IndicatorKind.RATIO or one.how != How.SUM or value is None:
        return []
    rest = value - sum((number for number in values if number), Decimal(0))
    return [Place(label, rest)] if rest > 0 else []


def asks(place: Hromada | Oblast) -> dict[str, str]:
    """The words of the address that ask for a place."""
    return {"hromada": place.slug, "raion": ""} if isinstance(place, Hromada) else {"oblast": place.slug}

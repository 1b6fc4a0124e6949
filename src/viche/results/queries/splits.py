"""Figures split into parts: by sex, by age, by kind. Labels come with the measure, or with the indicator that people report."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from viche.facts.queries import figures, together
from viche.facts.queries.figures import Asked, Figure, Part
from viche.methods import ledger
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board, sources
from viche.results.queries.board import Counted

OWN = "part"  # the dimension of an indicator's own parts
NAMES = {
    "sex": _("стать"),
    "age": _("вік"),
    "group": _("вразлива група"),
    "format": _("формат"),
    "mode": _("наживо чи онлайн"),
    "kind": _("вид"),
    OWN: _("складова"),
}


class Share(NamedTuple):
    """One part: the split by which its records are found, its code and label, its value."""

    split: str
    code: str
    label: str
    value: Decimal
    untold: int = 0
    """How many facts of it are told to nobody but the office."""


@dataclass(frozen=True)
class Dimension:
    """A figure split one way. `untold`: what of the whole stands in no part that is told; None where parts overlap."""

    name: str
    label: str
    shares: list[Share]
    untold: Decimal | None


def of(one: Indicator, asked: Asked, *, is_office: bool) -> list[Dimension]:
    """How an indicator that adds up splits, each way of which anything is known. One query."""
    return of_many([one], asked, is_office=is_office).get(one.pk, [])


def of_many(
    wanted: list[Indicator], asked: Asked, *, is_office: bool, found: Mapping[Part, Figure] | None = None
) -> dict[int, list[Dimension]]:
    """The same of several indicators at once, by their keys. One query, none where the sums have been `found` already."""
    adding = [one for one in wanted if one.kind != IndicatorKind.RATIO and one.how == "sum"]
    if found is not None:
        return {one.pk: _dimensions(one, found, is_office=is_office) for one in adding}
    return together.at_once(lambda: _of_many(adding, asked, is_office=is_office))


def _of_many(adding: list[Indicator], asked: Asked, *, is_office: bool) -> dict[int, list[Dimension]]:
    """The same, each in its own months: what stays until it changes is counted from the beginning."""
    known = {}
    for months in dict.fromkeys(board.months_of(one, asked) for one in adding):
        these = [one for one in adding if board.months_of(one, asked) == months]
        found = figures.of(months, [part for one in these for part in parts_of(one)])
        told = {part: figure for part, figure in found.items() if figure.facts}
        known |= {one.pk: _dimensions(one, told, is_office=is_office) for one in these}
    return known


def parts_of(one: Indicator) -> list[Part]:
    """The whole of an indicator, and every part into which its page splits it."""
    measure, base = board.part_of(one)
    fixed = ledger.parts(base)
    names = [(name, code) for name, words in labels(one).items() if name not in fixed for code in words]
    return [(measure, base), *((measure, ledger.split(**fixed, **{name: code})) for name, code in names)]


def labels(one: Indicator) -> dict[str, dict[str, str]]:
    """The words of every part into which an indicator may be split: {"sex": {"f": "жінки"}}."""
    if one.kind == IndicatorKind.REPORTED:
        return {OWN: {part["code"]: part["name"] for part in one.parts}} if one.parts else {}
    measure = sources.measure_of(one.measure)
    dimensions = measure.dimensions if measure else {}
    return {name: {str(code): str(label) for code, label in words.choices} for name, words in dimensions.items()}


def label(one: Indicator, split: str) -> str:
    """A part in words: "жінки, молодь 14–35"; empty for the whole."""
    words = labels(one)
    return ", ".join(words.get(name, {}).get(code, code) for name, code in ledger.parts(split).items())


def is_part(one: Indicator, split: str) -> bool:
    """Whether an indicator has a part of this name: known words of known dimensions, in their order."""
    words = labels(one)
    try:
        found = ledger.parts(split)
    except ValueError:
        return False
    return ledger.split(**found) == split and all(code in words.get(name, {}) for name, code in found.items())


def _dimensions(one: Indicator, found: Mapping[Part, Figure], *, is_office: bool) -> list[Dimension]:
    measure, base = board.part_of(one)
    fixed = ledger.parts(base)
    whole = _number(found.get((measure, base)), measure, is_office=is_office)
    known = sources.measure_of(measure)
    split = []
    for name, words in labels(one).items():
        if name in fixed:
            continue
        shares = []
        for code, words_of_it in words.items():
            part = ledger.split(**fixed, **{name: code})
            if figure := found.get((measure, part)):
                value = _number(figure, measure, is_office=is_office)
                shares.append(Share(part, code, words_of_it, value, 0 if is_office else figure.untold))
        if shares:
            overlap = known is not None and name in known.overlapping
            rest = max(Decimal(0), whole - sum(share.value for share in shares))
            split.append(Dimension(name, str(NAMES[name]), shares, None if overlap else rest))
    return split


def _number(figure: Figure | None, measure: str, *, is_office: bool) -> Decimal:
    if figure is None:
        return Decimal(0)
    return board.scaled(measure, figure.value if is_office else figure.shown)


def incomplete(words: str, value: Decimal | None, untold: int, *, is_ratio: bool = False) -> str:
    """A number as everybody is told it, where facts with few people are in no sum: the true one is not less, a ratio may be either."""
    if not untold or value is None:
        return words
    if is_ratio:
        return str(_("приблизно %(number)s")) % {"number": words}
    return str(_("щонайменше %(number)s")) % {"number": words} if value else str(_("приховано"))


def told(counted: Counted, words: str) -> str:
    """These words for the value of an indicator as everybody is told it."""
    is_ratio = counted.indicator.kind == IndicatorKind.RATIO
    return incomplete(words, counted.value, counted.lacking, is_ratio=is_ratio)

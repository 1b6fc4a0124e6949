"""What an indicator may be defined by: measures and parts of them that the ledger knows, other indicators; and what hangs on one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from viche.facts.choices import Measure, Unit
from viche.methods import ledger, money
from viche.programmes.models import Programme
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator, Kept, Target, Value
from viche.results.queries import sources
from viche.results.queries.figures import PART

CROSSED = frozenset({"sex", "age"})
"""The one pair of dimensions of which the ledger keeps every cell."""


class Offer(NamedTuple):
    """What may be counted: the code under which the ledger keeps it, the measure, and its words."""

    code: str
    measure: Measure
    words: str


def offers() -> list[Offer]:
    """Every measure that packages offer, money once by currency."""
    found = []
    for measure in sources.MEASURES.values():
        if measure.unit == Unit.MONEY:
            found += [Offer(f"{measure.code}.{one}", measure, f"{measure.name}, {one}") for one in money.SIGNS]
        else:
            found.append(Offer(measure.code, measure, str(measure.name)))
    return found


def parts_of(measure: Measure) -> Iterator[tuple[str, str]]:
    """Every part of a measure of which the ledger keeps facts, with its words: ("sex:f", "жінки")."""
    for name, choices in measure.dimensions.items():
        for code, words in choices.choices:
            yield ledger.split(**{name: str(code)}), str(words)
    if set(measure.dimensions) >= CROSSED:
        for sex, sex_words in measure.dimensions["sex"].choices:
            for age, age_words in measure.dimensions["age"].choices:
                yield ledger.split(sex=sex, age=age), f"{sex_words}, {age_words}"


def can_count(code: str, split: str) -> bool:
    """Whether the ledger knows such a measure and such a part of it."""
    measure = next((offer.measure for offer in offers() if offer.code == code), None)
    return measure is not None and (split == ledger.WHOLE or split in {part for part, _words in parts_of(measure)})


def of_two(programme: Programme) -> list[Indicator]:
    """Indicators of which a ratio may be made: those that are none themselves. One query."""
    return list(Indicator.objects.filter(programme=programme).exclude(kind=IndicatorKind.RATIO))


@dataclass(frozen=True)
class Hanging:
    """What hangs on an indicator: it may be taken away only while nothing does."""

    targets: int
    values: int
    kept: int
    ratios: tuple[str, ...]
    splits: frozenset[str]
    """Parts that have targets."""
    parts: frozenset[str]
    """Codes of own parts that values or targets are of."""

    @property
    def is_free(self) -> bool:
        """Whether nothing hangs on it."""
        return not (self.targets or self.values or self.kept or self.ratios)


def hanging(one: Indicator) -> Hanging:
    """What hangs on an indicator. Four queries."""
    targets = list(Target.objects.filter(indicator=one).values_list("split", flat=True))
    values = list(Value.objects.filter(indicator=one).values_list("parts", flat=True))
    ratios = Indicator.objects.filter(over=one) | Indicator.objects.filter(under=one)
    used = {code for parts in values for code in parts}
    aimed = {ledger.parts(split).get(PART, "") for split in targets} - {""}
    return Hanging(
        targets=len(targets),
        values=len(values),
        kept=Kept.objects.filter(indicator=one).count(),
        ratios=tuple(ratios.order_by("position", "pk").values_list("code", flat=True)),
        splits=frozenset(targets) - {""},
        parts=frozenset(used | aimed),
    )

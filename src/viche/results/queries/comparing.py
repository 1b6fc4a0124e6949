"""Two sets of figures side by side: two periods, two oblasts, or two programmes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from viche.facts.queries.figures import NOTHING, Figure
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board
from viche.results.queries.asking import Chosen

HUNDRED = 100
Sign = tuple[object, ...]


@dataclass(frozen=True)
class Pair:
    """One indicator on both sides; a side that has no such indicator has none."""

    left: Indicator
    right: Indicator | None
    first: Decimal | None
    second: Decimal | None
    first_lacking: int = 0
    """How many facts with few people everybody misses in it."""
    second_lacking: int = 0

    @property
    def difference(self) -> Decimal | None:
        """By how much the second is greater."""
        return None if self.first is None or self.second is None else self.second - self.first

    @property
    def percent(self) -> int | None:
        """The difference in whole percent of the first; None where there was nothing before."""
        if self.difference is None or not self.first:
            return None
        return round(self.difference * HUNDRED / self.first)


def pairs(
    left: Chosen, right: Chosen, wanted: Sequence[Indicator], others: Sequence[Indicator], *, is_office: bool
) -> list[Pair]:
    """What both sides come to, in the order of the first. `others` are the indicators of the second's programme. Six queries at most."""
    by_code = {one.code: one for one in others}
    by_sign = {_sign(one): one for one in reversed(others)}
    same = left.programme == right.programme
    first = board.values(wanted, left.asked, is_office=is_office)
    matched = {one.pk: one if same else by_sign.get(_sign(one)) or by_code.get(one.code) for one in wanted}
    second = board.values([one for one in matched.values() if one], right.asked, is_office=is_office)
    rows = []
    for one in wanted:
        other = matched[one.pk]
        beside = second[other.pk] if other else (None, NOTHING)
        sides = ((one, first[one.pk]), (other or one, beside))
        lacking = [0, 0] if is_office else [_lacking(of, *known) for of, known in sides]
        rows.append(Pair(one, other, first[one.pk][0], beside[0], *lacking))
    return rows


def _lacking(one: Indicator, value: Decimal | None, figure: Figure) -> int:
    return board.Counted(one, value, untold=figure.untold).lacking


def _sign(one: Indicator) -> Sign:
    """What makes two indicators of different programmes the same: they count the same in the same way."""
    if one.kind == IndicatorKind.COUNTED:
        return one.kind, one.measure, one.split, one.how
    if one.kind == IndicatorKind.RATIO:
        return one.kind, _sign(one.over), _sign(one.under), one.times
    return one.kind, one.code, one.unit

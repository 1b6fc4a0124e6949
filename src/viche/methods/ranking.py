"""Ranking of applications: weighted scores, their mean over reviewers, places, what fits into a budget.

All scores are Decimals from 0.0 to 100.0 with one place, rounded half up. Each step starts from the figures that the
step before shows, so that anybody can check the ranking with a pencil: the mean is the mean of the shown scores, places
are places of the shown means.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

WHOLE: Final = 100
"""Weights are whole percents and make up this together; a score of full marks on every criterion is this too."""


class Comparable(Protocol):
    """A key that can be sorted among its own kind."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether this key goes first."""


Key = TypeVar("Key", bound=Comparable)


class WeightsFault(ValueError):  # noqa: N818 — what it is, not an error of ours
    """The criteria cannot be used; `why` in one word, `key` names the criterion where it is one."""

    def __init__(self, why: Literal["none", "twice", "not_positive", "scale", "not_hundred"], key: str = "") -> None:
        """Keep the reason and the place."""
        super().__init__(f"{why} {key}".strip())
        self.why: str = why
        self.key = key


class ScoresFault(ValueError):  # noqa: N818 — what it is, not an error of ours
    """A review does not fit its criteria; `why` in one word, `key` names the criterion."""

    def __init__(self, why: Literal["missing", "unknown", "out_of_scale"], key: str) -> None:
        """Keep the reason and the place."""
        super().__init__(f"{why} {key}")
        self.why: str = why
        self.key = key


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is assessed: its weight in whole percents and the highest mark of its scale (marks begin at 0)."""

    key: str
    weight: int
    scale: int


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Key]):
    """One line of a ranking.

    `place`: 1 for the best, equal scores share it and the next place is skipped (1, 2, 2, 4). `score`: mean of the
    reviews. `spread`: highest minus lowest review, in points. `reviews`: how many there are. Without reviews `place`,
    `score` and `spread` are None.
    """

    place: int | None
    key: Key
    score: Decimal | None
    spread: Decimal | None
    reviews: int


def check(criteria: Sequence[Criterion]) -> None:
    """Refuse criteria that cannot be used, with WeightsFault.

    "none": there are none; "twice": a key is repeated; "not_positive": a weight is zero or less; "scale": a highest mark
    is; "not_hundred": the weights do not add up to 100.
    """
    if not criteria:
        raise WeightsFault("none")
    seen: set[str] = set()
    for criterion in criteria:
        if criterion.key in seen:
            raise WeightsFault("twice", criterion.key)
        if criterion.weight <= 0:
            raise WeightsFault("not_positive", criterion.key)
        if criterion.scale <= 0:
            raise WeightsFault("scale", criterion.key)
        seen.add(criterion.key)
    if sum(criterion.weight for criterion in criteria) != WHOLE:
        raise WeightsFault("not_hundred")


def score(criteria: Sequence[Criterion], marks: Mapping[str, int | Decimal]) -> Decimal:
    """One review as a score of 0–100: the sum over criteria of weight × mark ÷ highest mark.

    WeightsFault for unusable criteria; ScoresFault if a mark is "missing", belongs to no criterion ("unknown") or lies
    outside 0…scale ("out_of_scale").
    """
    check(criteria)
    points = Fraction(0)
    for criterion in criteria:
        if criterion.key not in marks:
            raise ScoresFault("missing", criterion.key)
        mark = marks[criterion.key]
        if not 0 <= mark <= criterion.scale:
            raise ScoresFault("out_of_scale", criterion.key)
        points += Fraction(mark) * criterion.weight / criterion.scale
    if unknown := sorted(set(marks) - {criterion.key for criterion in criteria}):
        raise ScoresFault("unknown", unknown[0])
    return _tenths(points.numerator, points.denominator)


def mean(scores: Sequence[Decimal]) -> Decimal | None:
    """Arithmetic mean of the reviews' scores, one place; None without reviews."""
    if not scores:
        return None
    numerator, denominator = sum(scores, Decimal(0)).as_integer_ratio()
    return _tenths(numerator, denominator * len(scores))


def spread(scores: Sequence[Decimal]) -> Decimal | None:
    """How far the reviewers disagree: highest minus lowest score, in points; None without reviews."""
    return max(scores) - min(scores) + Decimal("0.0") if scores else None


def _tenths(numerator: int, denominator: int) -> Decimal:
    """A non-negative fraction with one place, half up."""
    return Decimal((numerator * 20 + denominator) // (denominator * 2)).scaleb(-1)


def rank(items: Iterable[tuple[Key, Sequence[Decimal]]]) -> list[Ranked[Key]]:
    """Order items, given as (key, scores of its reviews), best first; equals by key, items without reviews last."""
    lines = [Ranked(0, key, mean(scores), spread(scores), len(scores)) for key, scores in items]
    lines.sort(key=lambda line: (Decimal(1) if line.score is None else -line.score, line.key))
    ranked: list[Ranked[Key]] = []
    for at, line in enumerate(lines):
        place: int | None = at + 1
        if line.score is None:
            place = None
        elif ranked and ranked[-1].score == line.score:
            place = ranked[-1].place
        ranked.append(Ranked(place, line.key, line.score, line.spread, line.reviews))
    return ranked


def within_budget(
    ranked: Iterable[Ranked[Key]],
    asked: Mapping[Key, Decimal],
    budget: Decimal,
    award_min: Decimal | None = None,
    award_max: Decimal | None = None,
) -> list[Key]:
    """Keys to recommend, from the top as long as money lasts; a proposal for the panel, which decides.

    An item gets what it asked, at most `award_max`; one that does not fit into what is left is passed over and smaller
    ones below may still fit. Never recommended: items without reviews, without a sum (not in `asked`, or not above
    zero) or asking less than `award_min`. Of equals the first by key comes first: where the money ends between two
    equals, the panel must choose. All sums are in one currency.
    """
    chosen: list[Key] = []
    for line in ranked:
        wish = asked.get(line.key, Decimal(0))
        if line.score is None or wish <= 0 or (award_min is not None and wish < award_min):
            continue
        amount = wish if award_max is None else min(wish, award_max)
        if amount <= budget:
            chosen.append(line.key)
            budget -= amount
    return chosen


def cut_between_equals(ranked: Collection[Ranked[Key]], chosen: Collection[Key]) -> list[Key]:
    """Keys, in order, on a place of which some were chosen and some were not: here the panel must choose itself."""
    places = {line.place for line in ranked if line.key in chosen}
    split = {line.place for line in ranked if line.key not in chosen} & places - {None}
    return [line.key for line in ranked if line.place in split]

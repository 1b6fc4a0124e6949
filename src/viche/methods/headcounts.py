"""Headcounts: how many people came, by sex and age; how counts add up, what they must hold, what of them may be shown.

A cell is named "sex:age" ("f:youth": 12). Sex and age are each known or "x", unknown: a value of its own, never guessed.
Beside the cells stand groups ("older": 4): people counted already, who may belong to several groups, so that groups never
add up to the whole and each is at most the whole.

What is shown to everybody is masked: a group of 1 to 4 people is not told, nor anything from which it could be reckoned
("complementary suppression", L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control, 2001, ch. 5).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

UNKNOWN: Final = "x"
SEXES: Final = ("f", "m", UNKNOWN)
AGES: Final = ("child", "youth", "adult", "older", UNKNOWN)
CELLS: Final = tuple(f"{sex}:{age}" for sex in SEXES for age in AGES)
NOBODY_KNOWS: Final = f"{UNKNOWN}:{UNKNOWN}"
MOST: Final = 100_000
"""More people than this do not come to an event: it is a slip of the finger."""
SAME_AS_AGE: Final = {"older": "older"}
"""Groups that are a band of age by another name."""
SMALL: Final = 5
"""Groups of fewer people than this are not shown to everybody."""

Why = Literal[
    "not_a_count", "not_a_number", "negative", "absurd", "unknown_part", "parts_above_whole", "group_above_whole"
]


class CountFault(ValueError):  # noqa: N818 — what it is, not an error of ours
    """A count cannot be; `why` in one word, `key` the cell or group, `found` and `whole` the numbers that quarrel."""

    def __init__(self, why: Why, *, key: str = "", found: int = 0, whole: int = 0) -> None:
        """Keep the parts; words are made by whoever speaks to a person."""
        super().__init__(f"{why} {key} {found} {whole}")
        self.why: Why = why
        self.key = key
        self.found = found
        self.whole = whole


def read(given: object, known: Collection[str]) -> dict[str, int]:
    """Read counts as they came over the wire: keys of `known` in its order, noughts left out. Raises `CountFault`."""
    if not isinstance(given, Mapping):
        raise CountFault("not_a_count")
    counts: dict[str, int] = {}
    for key, value in given.items():
        if key not in known:
            raise CountFault("unknown_part", key=str(key)[:40])
        if isinstance(value, bool) or not isinstance(value, int):
            raise CountFault("not_a_number", key=key)
        if value < 0:
            raise CountFault("negative", key=key, found=value)
        if value > MOST:
            raise CountFault("absurd", key=key, found=value, whole=MOST)
        counts[key] = value
    return {key: counts[key] for key in known if counts.get(key)}


def whole(cells: Mapping[str, int]) -> int:
    """How many people there are in all cells."""
    return sum(cells.values())


def add(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several counts of different people put together, cell by cell."""
    total: dict[str, int] = {}
    for one in counts:
        for key, value in one.items():
            total[key] = total.get(key, 0) + value
    return total


def difference(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """By how much each count differs, those alike left out: {"f:youth": -2}."""
    keys = [*before, *(key for key in after if key not in before)]
    found = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
    return {key: value for key, value in found.items() if value}


def check(cells: Mapping[str, int], groups: Mapping[str, int], *, total: int | None = None) -> int:
    """Check the parts against the whole, and return the whole: `total` where somebody told it, else all cells together.

    Raises `CountFault`: "absurd" for a crowd, "parts_above_whole" for cells that make up more than was told,
    "group_above_whole" for more people of a group than people.
    """
    parts = whole(cells)
    everybody = parts if total is None else total
    if everybody > MOST:
        raise CountFault("absurd", found=everybody, whole=MOST)
    if everybody < 0:
        raise CountFault("negative", found=everybody)
    if parts > everybody:
        raise CountFault("parts_above_whole", found=parts, whole=everybody)
    for key, value in groups.items():
        if value > everybody:
            raise CountFault("group_above_whole", key=key, found=value, whole=everybody)
    return everybody


def completed(cells: Mapping[str, int], total: int) -> dict[str, int]:
    """The cells of so many people: those of whom nothing was told are of unknown sex and age, not shared out."""
    rest = total - whole(cells)
    return add([cells, {NOBODY_KNOWS: rest}]) if rest > 0 else dict(cells)


def by_sex(cells: Mapping[str, int]) -> dict[str, int]:
    """How many of each sex, noughts too."""
    return {sex: sum(cells.get(f"{sex}:{age}", 0) for age in AGES) for sex in SEXES}


def by_age(cells: Mapping[str, int]) -> dict[str, int]:
    """How many of each age, noughts too."""
    return {age: sum(cells.get(f"{sex}:{age}", 0) for sex in SEXES) for age in AGES}


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as everybody may see it: None stands where a number is not told."""

    total: int | None
    sexes: dict[str, int | None]
    ages: dict[str, int | None]
    cells: dict[str, int | None]
    groups: dict[str, int | None]


def shown(cells: Mapping[str, int], groups: Mapping[str, int]) -> Shown:
    """Mask a count by sex and age for everybody: no group under `SMALL` is told or can be reckoned from what is.

    Noughts are told. A group is masked too where those outside of it are too few.
    """
    sexes, ages = by_sex(cells), by_age(cells)
    values = {key: cells.get(key, 0) for key in CELLS}
    values |= {f"sex {sex}": number for sex, number in sexes.items()}
    values |= {f"age {age}": number for age, number in ages.items()}
    values["all"] = everybody = whole(cells)
    lines = [(f"sex {sex}", tuple(f"{sex}:{age}" for age in AGES)) for sex in SEXES]
    lines += [(f"age {age}", tuple(f"{sex}:{age}" for sex in SEXES)) for age in AGES]
    lines += [("all", tuple(f"sex {sex}" for sex in SEXES)), ("all", tuple(f"age {age}" for age in AGES))]
    hidden = _hidden(values, lines)

    def told(key: str) -> int | None:
        return None if key in hidden else values[key]

    def told_of(group: str, number: int) -> int | None:
        # Where a group is an age as well, what is not told of the age is not told by the name of the group.
        is_hidden = f"age {SAME_AS_AGE.get(group, '')}" in hidden
        return None if is_hidden or _is_small(number) or _is_small(everybody - number) else number

    return Shown(
        total=told("all"),
        sexes={sex: told(f"sex {sex}") for sex in SEXES},
        ages={age: told(f"age {age}") for age in AGES},
        cells={key: told(key) for key in CELLS},
        groups={key: told_of(key, number) for key, number in groups.items()},
    )


def told(total: int) -> int | None:
    """How many people came, where nothing else is told of them: as `shown` tells it."""
    return None if _is_small(total) else total


def in_fives(number: int) -> int:
    """How many different people there are at least, as everybody may know it: whole groups of `SMALL`, the rest untold.

    Such numbers are asked for any months and places, and two of them that differ by one would tell of one person.
    """
    return number // SMALL * SMALL


def split(parts: Mapping[str, int]) -> tuple[dict[str, int | None], int | None]:
    """Mask one row of parts that do not overlap and its total, as `shown` does: (parts, total)."""
    values = {f"part {key}": number for key, number in parts.items()} | {"all": whole(parts)}
    hidden = _hidden(values, [("all", tuple(f"part {key}" for key in parts))])
    told = {key: None if f"part {key}" in hidden else number for key, number in parts.items()}
    return told, None if "all" in hidden else values["all"]


Line = tuple[str, tuple[str, ...]]


def _is_small(number: int) -> bool:
    return 0 < number < SMALL


def _hidden(values: Mapping[str, int], lines: list[Line]) -> set[str]:
    """Choose what is not told; each line is a total and the parts that make it up.

    First what is small, then, until nothing hidden can be reckoned, the smallest number that still stands beside it, totals
    last. Only numbers above nought are taken: then every hidden one could as well be one more or one less, and nobody can tell.
    """
    hidden = {key for key, number in values.items() if _is_small(number)}
    totals = {total for total, _parts in lines}
    while given_away := _given_away(values, lines, hidden):
        near = {key for total, parts in lines if given_away & {total, *parts} for key in (total, *parts)}
        candidates = [key for key in values if values[key] and key in near - hidden]
        candidates = candidates or [key for key in values if values[key] and key not in hidden]
        # With everything above nought hidden nothing can be reckoned, so there is always one left to choose.
        hidden.add(min(candidates, key=lambda key: (key in totals, key == "all", values[key])))
    return hidden


def _given_away(values: Mapping[str, int], lines: list[Line], hidden: set[str]) -> set[str]:
    """What of the hidden could be reckoned: exactly, or as a sum that is itself too small."""
    for total, parts in lines:
        masked = {key for key in parts if key in hidden}
        if masked and total not in hidden and _is_small(sum(values[key] for key in masked)):
            return masked
    return _solved(sorted(hidden), lines)


def _solved(unknown: list[str], lines: list[Line]) -> set[str]:
    """Which unknowns the lines' equations alone determine (Gauss and Jordan).

    Every number stands in at most two lines, and with the lines by age turned round once as a part and once as a total: such a
    matrix is totally unimodular (A. Schrijver, Theory of Linear and Integer Programming, 1986, ch. 19), all that elimination meets is
    -1, 0 and 1, and whole numbers are exact.
    """
    rows = []
    for total, parts in lines:
        row = [(key in parts) - (key == total) for key in unknown]
        if any(row):
            rows.append(row)
    at = 0
    for column in range(len(unknown)):
        pivot = next((number for number in range(at, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        base = rows[at]
        if base[column] < 0:
            rows[at] = base = [-value for value in base]
        for number, row in enumerate(rows):
            factor = row[column]
            if factor and number != at:
                rows[number] = [value - factor * other for value, other in zip(row, base, strict=True)]
        at += 1
    alone = [[key for key, value in zip(unknown, row, strict=True) if value] for row in rows]
    return {keys[0] for keys in alone if len(keys) == 1}

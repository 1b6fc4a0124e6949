"""To which sums a fact belongs, and sums added up in memory: for writing them, and for counting them anew."""

from collections.abc import Iterator
from typing import Any

from viche.facts.choices import Level
from viche.methods import ledger

Key = tuple[int, str, str, int, int, str]
"""Programme, measure, split, level, place, span: what makes a sum one of its own, in the order of its columns."""


class Sums:
    """Sums by key, each as [facts, value, shown, untold]."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kept: dict[Key, list[int]] = {}

    def add(self, fact: Any, sign: int) -> None:
        """Put a fact in (1) or take it out (-1); anything with its fields."""
        told = fact.shown is not None
        numbers = (sign, sign * fact.value, sign * (fact.shown or 0), 0 if told else sign)
        for key in keys(fact):
            kept = self.kept.get(key)
            if kept is None:
                self.kept[key] = list(numbers)
            else:
                for place, number in enumerate(numbers):
                    kept[place] += number


def keys(fact: Any) -> Iterator[Key]:
    """The sums that a fact is in: of everything, of its oblast, and of its hromada if it is a whole."""
    places = [(int(Level.WHOLE), 0)]
    if fact.oblast_id is not None:
        places.append((int(Level.OBLAST), fact.oblast_id))
    if fact.hromada_id is not None and fact.split == ledger.WHOLE:
        places.append((int(Level.HROMADA), fact.hromada_id))
    for span in (ledger.EVER, *ledger.spans(fact.on)):
        for level, place in places:
            yield fact.programme, fact.measure, fact.split, level, place, span

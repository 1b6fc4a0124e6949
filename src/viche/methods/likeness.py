"""How alike two titles are, for finding what was announced twice."""

from typing import Final

from viche.methods import words

_BEGINNING: Final = 5
"""Letters of a word that count: Ukrainian changes the ends of words, not their beginnings."""
_SHORTEST: Final = 3


def share(one: str, other: str) -> float:
    """The share of words that both titles have, 0 to 1 (Jaccard); order, case and endings do not matter.

    Words of one or two letters are left out. Two titles without words that count are alike in nothing: 0.
    """
    first, second = _beginnings(one), _beginnings(other)
    every = first | second
    return len(first & second) / len(every) if every else 0.0


def _beginnings(text: str) -> set[str]:
    bare = "".join(sign if sign.isalnum() else " " for sign in words.fold(text))
    return {word[:_BEGINNING] for word in bare.split() if len(word) >= _SHORTEST}

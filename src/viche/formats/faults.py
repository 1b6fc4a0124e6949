"""What is wrong with a file in somebody's standard: where, which rule says so, and what a sentence about it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

XML: Final = "xml"
SCHEMA: Final = "schema"
RULE: Final = "rule"
CODE: Final = "code"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `said` names the sentence that tells it (viche.ui.faults has the words), `values` fill it in."""

    layer: str
    """What found it: the notation itself, the schema, the standard's rules, its lists of codes."""
    rule: str
    """Which rule: its number in a ruleset, the name of a list of codes, a short word in the other layers."""
    line: int
    """Line of the file, counted from 1."""
    said: str
    values: Mapping[str, str] = field(default_factory=dict)


class UnreadableError(ValueError):
    """A file from which nothing can be read at all; `said` and `values` as in a fault."""

    def __init__(self, said: str, **values: str) -> None:
        """Keep what the sentence needs."""
        super().__init__(said)
        self.said = said
        self.values = values

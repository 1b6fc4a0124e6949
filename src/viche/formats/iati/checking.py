"""Whether a file of IATI 2.03 holds: its notation, the schema, the standard's rules, the lists of codes."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, Final

from viche.formats.faults import CODE, RULE, SCHEMA, Fault
from viche.formats.iati import codes, finding, judging
from viche.formats.iati.reading import Loose, Piece, Root, parts
from viche.formats.iati.schema import LISTED, VERSION, Schema

MOST_REMEMBERED: Final = 500_000
"""Identifiers that are kept to find the same one again; 40 MB."""

IDENTIFIERS: Final = {"iati-activity": "iati-identifier", "iati-organisation": "organisation-identifier"}


def check(stream: IO[bytes], *, now: datetime) -> Iterator[Fault]:
    """Every fault of a file, as it is read; `now` is aware and says what lies in the future.

    Memory is bounded whatever the file is. A file in which not even the outermost element can be read raises UnreadableError.
    """
    given = parts(stream)
    for part in given:
        if isinstance(part, Fault):
            yield part
            return
        if isinstance(part, Root):
            if part.name not in LISTED or part.attributes.get("xmlns"):
                yield Fault(SCHEMA, "root", part.line, "root", {"element": part.name})
                return
            yield from _Reading(part, now).faults(given)


class Judge:
    """Checks activities one after another before they are put into a file: the same layers, the same identifier twice."""

    def __init__(self, now: datetime) -> None:
        """Make the schema ready, which takes longer than an activity; `now` is aware."""
        self.reading = _Reading(Root("iati-activities", {"version": VERSION}, 1), now)

    def faults(self, activity: bytes) -> list[Fault]:
        """What is wrong with an activity as `writing.piece` gives it; lines are counted from its own first."""
        return list(self.reading.piece(Piece("iati-activity", 1, activity)))


class _Reading:
    """What is remembered from one activity to the next."""

    def __init__(self, root: Root, now: datetime) -> None:
        self.root, self.now = root, now
        self.schema = Schema(root)
        self.listed = LISTED[root.name]
        self.lines: dict[bytes, int] = {}
        self.count, self.closed = 0, False

    def faults(self, given: Iterator[Root | Piece | Loose | Fault]) -> Iterator[Fault]:
        """What is wrong with the root, then with each of its children."""
        yield from self.schema.root_faults()
        version = self.root.attributes.get("version")
        if version is not None and version not in codes.lists()["Version"]:
            values = {"element": self.root.name, "attribute": "version", "value": version, "list": "Version"}
            yield Fault(CODE, "Version", self.root.line, "code", values)
        broken = False
        for part in given:
            if isinstance(part, Fault):
                broken = True
                yield part
            elif isinstance(part, Piece):
                yield from self.piece(part)
            elif isinstance(part, Loose):
                yield Fault(SCHEMA, "text", part.line, "schema-text", {"element": self.root.name})
        if not self.count and not broken:
            values = {"element": self.root.name, "expected": self.listed}
            yield Fault(SCHEMA, "missing", self.root.line, "schema-missing", values)

    def piece(self, piece: Piece) -> Iterator[Fault]:
        """One child of the root: first what is listed, then whatever others have added in a namespace of their own."""
        if ":" in piece.name or b"xmlns" in piece.text[: piece.text.find(b">")]:
            element = self.schema.parsed(piece)
            if isinstance(element, Fault):
                yield element
                return
            if element.tag.startswith("{"):
                self.closed = True
                return
        self.count += 1
        if piece.name != self.listed or self.closed:
            values = {"element": piece.name, "expected": self.listed}
            said = "schema-closed" if self.closed else "schema-unexpected"
            yield Fault(SCHEMA, "unexpected", piece.line, said, values)
            return
        yield from self._listed(piece)

    def _listed(self, piece: Piece) -> Iterator[Fault]:
        element = self.schema.parsed(piece)
        if isinstance(element, Fault):
            yield element
            return
        yield from self.schema.faults(element, piece.line)
        yield from judging.faults(element, piece.line, self.now)
        yield from codes.faults(element, piece.line)
        yield from self._twice(element, piece.line)

    def _twice(self, element: Any, line: int) -> Iterator[Fault]:
        """The identifier of an earlier activity, given again."""
        named = element.find(IDENTIFIERS[self.listed])
        value = "" if named is None else finding.text(named).strip()
        if not value:
            return
        key, at = hashlib.blake2b(value.encode(), digest_size=12).digest(), named.sourceline + line - 1
        if key in self.lines:
            yield Fault(RULE, "duplicate-id", at, "duplicate-id", {"value": value, "first": str(self.lines[key])})
        elif len(self.lines) < MOST_REMEMBERED:
            self.lines[key] = at

"""A file of IATI cut into the activities (or organisations) that it lists, however large or hostile it is.

Expat walks through the file once and keeps only what lies between the first and the last byte of one activity, so that memory
does not grow with the file. A document type ends the reading where it begins: nothing in it is expanded or fetched.
"""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from viche.formats.faults import XML, Fault, UnreadableError

CHUNK: Final = 1 << 18
LARGEST_PIECE: Final = 16 << 20
"""Bytes that one activity may have, and one text or attribute."""

DEEPEST: Final = 200
"""How deep elements may lie in each other: the standard needs ten, libxml2 gives up at 256."""

BOMS: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

# Expat's numbers of what is wrong, by the sentence for it; anything else is told as "xml-malformed".
REASONS: Final = {
    3: "xml-unfinished",
    5: "xml-unfinished",
    20: "xml-unfinished",
    7: "xml-mismatch",
    8: "xml-twice",
    11: "xml-entity",
    18: "xml-encoding",
    19: "xml-encoding",
    6: "xml-bytes",
    4: "xml-bytes",
}


@dataclass(frozen=True, slots=True)
class Root:
    """The outermost element: its name and attributes as they are written, and its line."""

    name: str
    attributes: Mapping[str, str]
    line: int

    @property
    def namespaces(self) -> str:
        """Its declarations of namespaces, as they are written in a tag."""
        found = (one for one in self.attributes.items() if one[0] == "xmlns" or one[0].startswith("xmlns:"))
        return "".join(f" {name}={quoteattr(value)}" for name, value in found)


@dataclass(frozen=True, slots=True)
class Piece:
    """One child of the root: its name, its line, and all of it in UTF-8 with line feeds."""

    name: str
    line: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Loose:
    """Text between the children of the root, where there should be none."""

    line: int


def parts(stream: IO[bytes]) -> Iterator[Root | Piece | Loose | Fault]:
    """The root, then its children in their order; a fault of the notation is the last. Nothing at all: UnreadableError."""
    cutter = _Cutter()
    while not cutter.ended:
        cutter.feed(stream.read(CHUNK))
        yield from cutter.found
        cutter.found.clear()


class _StopError(Exception):
    """Reading ends here, for a reason that is kept already."""


class _Cutter:
    """Expat's handlers, and the bytes from the beginning of the piece that is being read."""

    def __init__(self) -> None:
        self.found: list[Root | Piece | Loose | Fault] = []
        self.ended = False
        self.kept, self.kept_from = bytearray(), 0
        self.codec, self.depth, self.rooted = "", 0, False
        self.begun: tuple[str, int, int] | None = None
        self.done = False
        parser = self.parser = expat.ParserCreate()
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """Read on; what was found lies in `found`."""
        if not self.kept_from and not self.kept:
            self.codec = BOMS.get(chunk[:2], "utf-8")
        self.kept += chunk
        try:
            self.parser.Parse(chunk, not chunk)
            self._forget()
        except expat.ExpatError as error:
            self._malformed(error.lineno, REASONS.get(error.code, "xml-malformed"))
        except (LookupError, ValueError):  # an encoding that Python does not know, or one of several bytes a letter
            self._malformed(1, "xml-encoding")
        except _StopError:
            self.ended = True
        if not chunk:
            self.ended = True

    def _malformed(self, line: int, said: str) -> None:
        self.ended = True
        if not self.rooted:
            raise UnreadableError(said, line=str(line))
        self.found.append(Fault(XML, "malformed", line, said))

    def _forget(self) -> None:
        """Let go of what is read; what is too long for one piece, or for one token, is not kept either."""
        at = max(self.parser.CurrentByteIndex, 0)
        if self.kept_from + len(self.kept) - at > LARGEST_PIECE:
            self._refuse("long")
        if self.begun and not self.done:
            name, line, start = self.begun
            if self.kept_from + len(self.kept) - start <= LARGEST_PIECE:
                at = start
            elif start >= 0:
                self.found.append(Fault(XML, "long", line, "xml-long", {"element": name}))
                self.begun = (name, line, -1)
        elif self.begun:
            at = self.begun[2] if self.begun[2] >= 0 else at
        del self.kept[: at - self.kept_from]
        self.kept_from = at

    def _refuse(self, rule: str) -> None:
        line = self.parser.CurrentLineNumber
        self.found.append(Fault(XML, rule, line, f"xml-{rule}", {"element": self.begun[0] if self.begun else ""}))
        raise _StopError

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Expat has checked that it can read this; UTF-16 is told apart by its first bytes."""
        if encoding and self.codec == "utf-8":
            self.codec = encoding

    def _doctype(self, *_: object) -> None:
        self._refuse("doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._close()
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse("deep")
        if self.depth == 1:
            self.rooted = True
            self.found.append(Root(name, attributes, self.parser.CurrentLineNumber))
            self.parser.CharacterDataHandler = self._loose
        elif self.depth == 2:  # noqa: PLR2004 — a child of the root
            self.begun, self.done = (name, self.parser.CurrentLineNumber, self.parser.CurrentByteIndex), False
            self.parser.CharacterDataHandler = None

    def _end(self, _name: str) -> None:
        self._close()
        self.depth -= 1
        if self.depth == 1:
            # Where its last byte lies is known with whatever comes next.
            self.done = True
            self.parser.CharacterDataHandler = self._loose
            self.parser.DefaultHandler = self._other

    def _loose(self, text: str) -> None:
        self._close()
        if text.strip():
            self.found.append(Loose(self.parser.CurrentLineNumber))

    def _other(self, _text: str) -> None:
        """A comment or the like."""
        self._close()

    def _close(self) -> None:
        """Hand out the piece that has ended before what is read now."""
        if not self.done or not self.begun:
            return
        name, line, start = self.begun
        self.begun, self.done = None, False
        self.parser.DefaultHandler = None
        if start >= 0:
            text = bytes(self.kept[start - self.kept_from : self.parser.CurrentByteIndex - self.kept_from])
            if self.codec.lower() != "utf-8":
                text = text.decode(self.codec, "replace").encode()
            if b"\r" in text:
                text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            self.found.append(Piece(name, line, text))

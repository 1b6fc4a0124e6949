"""A JSON file read grant by grant, with the lines on which things stand.

The standard library reads values quickly and says nothing of lines; where a fault is found, the text of that one grant is walked through again.
"""

import json
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any, Final, NoReturn

from viche.formats.faults import UnreadableError

LARGEST: Final = 200 << 20
"""Bytes of a file that is still read."""

LONGEST_NUMBER: Final = 30
"""Digits beyond which a whole number is kept as a Decimal: Python does not read more than 4300 into an int."""

_BLANK: Final = re.compile(r"[ \t\r\n]*")
_TOKEN: Final = re.compile(r'[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+)', re.DOTALL)

Path = tuple[str | int, ...]
"""Names of fields and numbers of items, from the outermost value inwards."""


@dataclass(slots=True)
class Text:
    """The text of a file, and what is known of its lines."""

    told: str
    at: int = 0
    line: int = 1

    def line_of(self, offset: int) -> int:
        """The line on which a character stands; quick where asked in the order of the text."""
        if offset < self.at:
            self.at, self.line = 0, 1
        self.line += self.told.count("\n", self.at, offset)
        self.at = offset
        return self.line


@dataclass(frozen=True, slots=True)
class Part:
    """One value of the outermost object, or one item of its list of grants; `start` is where it stands."""

    path: Path
    value: Any
    start: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """What stands for the list of grants when its items have been given: how many they were."""

    count: int


def decoded(stream: IO[bytes]) -> Text:
    """The whole file as text, without a byte order mark."""
    given = stream.read(LARGEST + 1)
    if len(given) > LARGEST:
        raise UnreadableError("json-large", line="1", size=str(LARGEST >> 20))
    try:
        # JSON is UTF-8, and was UTF-16 once.
        return Text(given.decode(json.detect_encoding(given)))
    except UnicodeDecodeError as error:
        raise UnreadableError("json-bytes", line=str(given.count(b"\n", 0, error.start) + 1)) from error


def parts(text: Text) -> Iterator[Part]:
    """The grants one by one, and the other values of the outermost object; the empty path where it is no object."""
    try:
        yield from _Reader(text).parts()
    except json.JSONDecodeError as error:
        raise UnreadableError("json-malformed", line=str(error.lineno), column=str(error.colno)) from error


class _Reader:
    def __init__(self, text: Text) -> None:
        self.text = text.told
        # Infinity and its like are Python's, not JSON's.
        self.read = json.JSONDecoder(parse_int=_whole, parse_constant=_constant).raw_decode

    def parts(self) -> Iterator[Part]:
        at = self._skip(0)
        if self.text.startswith("{", at):
            yield from self._fields(self._skip(at + 1))
        else:
            value, end = self._value(at)
            self._finish(end)
            yield Part((), value, at)

    def _fields(self, at: int) -> Iterator[Part]:
        seen: dict[str, Any] = {}
        while not self.text.startswith("}", at):
            if seen:
                at = self._skip(self._sign(",", at))
            name, end = self._value(at)
            if not isinstance(name, str):
                raise json.JSONDecodeError("name", self.text, at)
            at = self._skip(self._sign(":", self._skip(end)))
            seen[name] = at
            if name == "grants" and self.text.startswith("[", at):
                at = yield from self._items(name, at)
            else:
                value, end = self._value(at)
                yield Part((name,), value, at)
                at = end
            at = self._skip(at)
        self._finish(at + 1)

    def _items(self, name: str, start: int) -> Generator[Part, None, int]:
        """The items of a list, one by one, then how many they were; gives where it ends."""
        at, count = self._skip(start + 1), 0
        while not self.text.startswith("]", at):
            if count:
                at = self._skip(self._sign(",", at))
            value, end = self._value(at)
            yield Part((name, count), value, at)
            at, count = self._skip(end), count + 1
        yield Part((name,), Items(count), start)
        return at + 1

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return self.read(self.text, at)
        except _ConstantError as error:
            raise json.JSONDecodeError("constant", self.text, at) from error

    def _skip(self, at: int) -> int:
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    def _sign(self, sign: str, at: int) -> int:
        if not self.text.startswith(sign, at):
            raise json.JSONDecodeError("sign", self.text, at)
        return at + 1

    def _finish(self, at: int) -> None:
        if self._skip(at) != len(self.text):
            raise json.JSONDecodeError("rest", self.text, self._skip(at))


class _ConstantError(ValueError):
    pass


def _constant(_name: str) -> NoReturn:
    raise _ConstantError


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= LONGEST_NUMBER else Decimal(digits)


def positions(text: str, start: int) -> dict[Path, int]:
    """Where every value inside the value at `start` stands, by its path from there. The text must have been read."""
    found: dict[Path, int] = {}
    path: list[str | int] = []
    kinds: list[str] = []
    naming = False
    at = start
    while token := _TOKEN.match(text, at):
        sign, at = token[1], token.end()
        if naming and sign[0] == '"':
            path[-1], naming = json.loads(sign), False
        elif sign in "}]":
            kinds.pop()
            path.pop()
        elif sign == ",":
            if kinds[-1] == "[":
                path[-1] = int(path[-1]) + 1
            else:
                naming = True
        elif sign != ":":
            found[tuple(path)] = token.start(1)
            if sign in "{[":
                kinds.append(sign)
                path.append(0)
                naming = sign == "{"
        if not kinds:
            break
    return found

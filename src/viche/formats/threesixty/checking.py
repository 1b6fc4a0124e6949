"""Whether a file of 360Giving 1.4 holds: the schema, rules about what grants say, the lists of codes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO, Any, Final

from viche.formats.faults import CODE, RULE, SCHEMA, Fault, UnreadableError
from viche.formats.threesixty import fields, judging
from viche.formats.threesixty.fields import OBJECTS, Field
from viche.formats.threesixty.reading import Items, Part, Path, Text, decoded, parts, positions

Found = Iterator[tuple[Path, Fault]]
"""Faults with the path of what they are about; their lines are found last."""

MOST_TOLD: Final = 80
"""Letters of a wrong value that a sentence bears."""


def check(stream: IO[bytes], *, now: datetime) -> Iterator[Fault]:
    """Every fault of a file; `now` is aware and says what lies in the future. What is no JSON at all raises UnreadableError."""
    try:
        yield from _faults(decoded(stream), now)
    except RecursionError as error:
        raise UnreadableError("json-deep", line="1") from error


def _faults(text: Text, now: datetime) -> Iterator[Fault]:
    reading = _Reading()
    named: dict[str, int] = {}
    for part in parts(text):
        if not part.path:
            yield Fault(SCHEMA, "type", text.line_of(part.start), "json-type", _typed("", "object", part.value))
            return
        if isinstance(part.path[-1], str):
            named[part.path[-1]] = part.start
        yield from _placed(text, part, reading.faults(part, now))
    for name in _lacking("Package", named):
        yield Fault(SCHEMA, "required", 1, "json-required", {"field": name, "object": "Package"})


def _placed(text: Text, part: Part, found: Found) -> Iterator[Fault]:
    """The faults of one part with their lines: of the value itself, or of the object that should have it."""
    where: dict[Path, int] = {}
    for path, fault in found:
        where = where or positions(text.told, part.start)
        inner = path[len(part.path) :]
        line = text.line_of(where[inner])
        yield Fault(fault.layer, fault.rule, line, fault.said, fault.values)


class _Reading:
    """What is remembered from one grant to the next."""

    def __init__(self) -> None:
        self.grants: set[bytes] = set()
        self.identifiers: set[bytes] = set()

    def faults(self, part: Part, now: datetime) -> Found:
        """What is wrong with one grant, or with another value of the package."""
        if len(part.path) > 1:
            yield from judged(part.path, part.value, Field("", "Grant", True, False, False, 0))
            yield from self._twice(part)
            if isinstance(part.value, dict):
                for path, fault in judging.faults(part.value, now):
                    yield (*part.path, *path), fault
            return
        field = OBJECTS["Package"].get(str(part.path[0]))
        if field and isinstance(part.value, Items):
            if not part.value.count:
                yield part.path, Fault(SCHEMA, "minItems", 0, "json-empty", {"field": field.name})
        elif field:
            yield from judged(part.path, part.value, field)
            if field.name == "extensions" and isinstance(part.value, list):
                yield from _repeated(part.path, part.value)

    def _twice(self, part: Part) -> Found:
        """A grant that stands in the file already, or another that bears its identifier."""
        grant = _digest(part.value)
        if grant in self.grants:
            yield part.path, Fault(SCHEMA, "uniqueItems", 0, "json-same", {})
            return
        self.grants.add(grant)
        identifier = part.value.get("id") if isinstance(part.value, dict) else None
        if isinstance(identifier, str):
            key = _digest(identifier)
            if key in self.identifiers:
                yield (*part.path, "id"), Fault(RULE, "duplicate-id", 0, "json-duplicate", {"value": identifier})
            self.identifiers.add(key)


def _repeated(path: Path, items: list[Any]) -> Found:
    seen = set()
    for at, item in enumerate(items):
        key = _digest(item)
        if key in seen:
            yield (*path, at), Fault(SCHEMA, "uniqueItems", 0, "json-same", {})
        seen.add(key)


def _digest(value: Any) -> bytes:
    """What is the same for values that JSON Schema takes for the same: 1 and 1.0 are, 1 and true are not."""
    told = json.dumps(_canonical(value), sort_keys=True)
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _canonical(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_canonical(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value}"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def judged(path: Path, value: Any, field: Field) -> Found:
    """What the schema and the lists of codes find in a value of a field."""
    if not field.many:
        yield from _one(path, value, field)
    elif not isinstance(value, list):
        yield path, Fault(SCHEMA, "type", 0, "json-type", _typed(field.name, "array", value))
    elif len(value) < field.least:
        yield path, Fault(SCHEMA, "minItems", 0, "json-empty", {"field": field.name})
    else:
        for at, item in enumerate(value):
            yield from _one((*path, at), item, field)


def _one(path: Path, value: Any, field: Field) -> Found:
    kind, given = field.kind, fields.kind_of(value)
    if field.nullable and value is None:
        return
    if kind in OBJECTS:
        yield from _object(path, value, field)
    elif kind in fields.NUMBERS:
        yield from _number(path, value, field)
    elif kind in fields.lists():
        if not (isinstance(value, str) and value in fields.lists()[kind]):
            values = {"field": field.name, "value": _shown(value), "list": kind}
            yield path, Fault(CODE, kind, 0, "json-code", values)
    elif given != "string":
        yield path, Fault(SCHEMA, "type", 0, "json-type", _typed(field.name, "string", value))
    elif not fields.TEXTS[kind](value):
        yield path, Fault(SCHEMA, kind, 0, f"json-{kind}", {"field": field.name, "value": _shown(value)})


def _number(path: Path, value: Any, field: Field) -> Found:
    if fields.kind_of(value) != "number":
        yield path, Fault(SCHEMA, "type", 0, "json-type", _typed(field.name, "number", value))
    elif field.kind == "length" and value < 0:
        yield path, Fault(SCHEMA, "minimum", 0, "json-minimum", {"field": field.name, "value": _shown(value)})


def _object(path: Path, value: Any, field: Field) -> Found:
    if not isinstance(value, dict):
        yield path, Fault(SCHEMA, "type", 0, "json-type", _typed(field.name or field.kind, "object", value))
        return
    for name in _lacking(field.kind, value):
        yield path, Fault(SCHEMA, "required", 0, "json-required", {"field": name, "object": field.kind})
    if field.kind == "Grant":
        given = [name for name in fields.RECIPIENTS if name in value]
        if not given:
            values = {"field": " / ".join(fields.RECIPIENTS), "object": "Grant"}
            yield path, Fault(SCHEMA, "required", 0, "json-required", values)
        elif len(given) > 1:
            yield (*path, given[1]), Fault(SCHEMA, "oneOf", 0, "json-recipients", {})
    for name, one in value.items():
        inner = OBJECTS[field.kind].get(name)
        if inner:
            yield from judged((*path, name), one, inner)


def _lacking(kind: str, given: Any) -> list[str]:
    return [field.name for field in OBJECTS[kind].values() if field.needed and field.name not in given]


def _typed(name: str, expected: str, value: Any) -> dict[str, str]:
    return {"field": name, "expected": expected, "given": fields.kind_of(value)}


def _shown(value: Any) -> str:
    """A value as a sentence bears it."""
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= MOST_TOLD else f"{told[:MOST_TOLD]}…"

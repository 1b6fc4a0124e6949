"""A description of an API for programs that read it: OpenAPI 3.1.1 (spec.openapis.org/oas/v3.1.1), problems as RFC 9457.

What is described only reads: lists in pages with the address of the next, and single records.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

VERSION: Final = "3.1.1"
TEXT, NUMBER, INTEGER, TRUTH, DAY, MOMENT, LINK = "text", "number", "integer", "truth", "day", "moment", "link"
TYPES: Final[dict[str, dict[str, Any]]] = {
    TEXT: {"type": "string"},
    NUMBER: {"type": "number"},
    INTEGER: {"type": "integer"},
    TRUTH: {"type": "boolean"},
    DAY: {"type": "string", "format": "date"},
    MOMENT: {"type": "string", "format": "date-time"},
    LINK: {"type": "string", "format": "uri"},
}
KEY: Final = "key"
PROBLEM: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
HEADERS: Final = {
    "ETag": {"schema": {"type": "string"}},
    "Link": {"schema": {"type": "string"}},
    "Retry-After": {"schema": {"type": "integer"}},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a record: its name, what it holds, of which kind; `choices` where it is one of few words."""

    name: str
    about: str
    kind: str = TEXT
    is_null: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is read: the name in the document, what it is called and is, its properties."""

    name: str
    title: str
    about: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is asked: its name, what it does, its JSON Schema; in the path where `is_path`."""

    name: str
    about: str
    schema: Mapping[str, Any]
    example: str | int = ""
    is_path: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that is read: its path with names in braces, what it gives, of what, to whom (`scope`: by a key that allows it)."""

    path: str
    name: str
    summary: str
    record: str
    is_list: bool
    parameters: Sequence[Parameter] = ()
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """All of it. `words` tell what the answers 200, 304 and those of 4xx mean, by number; "key", "items" and "next" the rest."""

    title: str
    about: str
    version: str
    server: str
    licence: str
    licence_url: str
    words: Mapping[str, str]
    records: Sequence[Record] = ()
    operations: Sequence[Operation] = field(default_factory=tuple)


def document(told: Description) -> dict[str, Any]:
    """The description as an object for JSON."""
    return {
        "openapi": VERSION,
        "info": {
            "title": told.title,
            "description": told.about,
            "version": told.version,
            "license": {"name": told.licence, "url": told.licence_url},
        },
        "servers": [{"url": told.server}],
        "paths": {operation.path: {"get": _operation(operation, told.words)} for operation in told.operations},
        "components": {
            "schemas": {"Problem": PROBLEM, **dict(_schemas(told.records, told.words))},
            "securitySchemes": {KEY: {"type": "http", "scheme": "bearer", "description": told.words[KEY]}},
        },
    }


def _schemas(records: Iterable[Record], words: Mapping[str, str]) -> Iterable[tuple[str, dict[str, Any]]]:
    for record in records:
        yield record.name, _schema(record)
        page = {
            "items": {"type": "array", "description": words["items"], "items": _referred(record.name)},
            "next": {"type": ["string", "null"], "format": "uri", "description": words["next"]},
        }
        yield f"{record.name}_page", {"type": "object", "required": list(page), "properties": page}


def _schema(record: Record) -> dict[str, Any]:
    return {
        "type": "object",
        "title": record.title,
        "description": record.about,
        "required": [one.name for one in record.fields],
        "properties": {one.name: _property(one) for one in record.fields},
        "additionalProperties": False,
    }


def _property(one: Field) -> dict[str, Any]:
    schema = {**TYPES[one.kind], "description": one.about}
    if one.choices:
        schema["enum"] = [*one.choices, *([None] if one.is_null else ())]
    if one.is_null:
        schema["type"] = [schema["type"], "null"]
    return schema


def _operation(operation: Operation, words: Mapping[str, str]) -> dict[str, Any]:
    given = f"{operation.record}_page" if operation.is_list else operation.record
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [operation.record],
        "parameters": [_parameter(one) for one in operation.parameters],
        "responses": {
            "200": {
                "description": words["200"],
                "headers": {name: HEADERS[name] for name in ("ETag", *(["Link"] if operation.is_list else []))},
                "content": {"application/json": {"schema": _referred(given)}},
            },
            "304": {"description": words["304"], "headers": {"ETag": HEADERS["ETag"]}},
            **{status: _problem(words[status], status) for status in _wrong(operation)},
        },
    }
    if operation.scope:
        found["security"] = [{KEY: [operation.scope]}]
    return found


def _wrong(operation: Operation) -> list[str]:
    """By which numbers the address may say no."""
    found = ["422", "429"]
    if operation.is_list:
        found.append("400")
    if operation.scope:
        found += ["401", "403"]
    if any(one.is_path for one in operation.parameters):
        found.append("404")
    return sorted(found)


def _problem(about: str, status: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": about,
        "content": {"application/problem+json": {"schema": _referred("Problem")}},
    }
    return found | {"headers": {"Retry-After": HEADERS["Retry-After"]}} if status == "429" else found


def _parameter(one: Parameter) -> dict[str, Any]:
    found = {
        "name": one.name,
        "in": "path" if one.is_path else "query",
        "description": one.about,
        "required": one.is_path,
        "schema": dict(one.schema),
    }
    return found | {"example": one.example} if one.example else found


def _referred(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}

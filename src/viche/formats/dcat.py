"""A catalogue of datasets for portals of open data: DCAT 3 in the profile DCAT-AP 3.0, as JSON-LD 1.1 and as Turtle.

Sources: w3.org/TR/vocab-dcat-3, semiceu.github.io/DCAT-AP/releases/3.0.0; words for frequency, theme and file type are those of the
Publications Office of the European Union. A text is told in each language that it has.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle; charset=utf-8"
AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
CONTINUOUSLY, IRREGULARLY = "UPDATE_CONT", "IRREG"
GOVERNMENT: Final = "GOVE"

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file: where, of which media type and of which type in the Union's list (CSV, XLSX, JSON, GEOJSON, XML), how many bytes."""

    url: str
    media: str
    kind: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is given: its name for ever, titles and descriptions by language, where people read it, how often it changes, its files."""

    url: str
    page: str
    title: Words
    about: Words
    often: str
    files: Sequence[Distribution]
    changed_at: datetime | None = None
    keywords: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All datasets of an installation, whose they are, under which licence, and the API that serves them."""

    url: str
    page: str
    title: Words
    about: Words
    publisher: str
    publisher_url: str
    licence: str
    api: str
    api_description: str
    api_title: Words
    datasets: Sequence[Dataset]


def graph(told: Catalogue) -> dict[str, Any]:
    """The catalogue as a node with all that it has, as JSON-LD nests it."""
    publisher = {"@id": told.publisher_url, "@type": "foaf:Agent", "foaf:name": told.publisher}
    served = [{"@id": one.url} for one in told.datasets]
    return {
        "@id": told.url,
        "@type": "dcat:Catalog",
        "dct:title": _texts(told.title),
        "dct:description": _texts(told.about),
        "dct:publisher": publisher,
        "dct:license": {"@id": told.licence},
        "dct:language": [{"@id": f"{AUTHORITY}language/{code}"} for code in ("UKR", "ENG")],
        "foaf:homepage": {"@id": told.page},
        "dcat:service": {
            "@id": told.api,
            "@type": "dcat:DataService",
            "dct:title": _texts(told.api_title),
            "dcat:endpointURL": {"@id": told.api},
            "dcat:endpointDescription": {"@id": told.api_description},
            "dcat:servesDataset": served,
        },
        "dcat:dataset": [_dataset(one, told, publisher) for one in told.datasets],
    }


def json_ld(told: Catalogue) -> bytes:
    """The catalogue as JSON-LD; signs that could end a script are written as escapes, wherever it may be put."""
    body = json.dumps({"@context": PREFIXES, **graph(told)}, ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        body = body.replace(sign, f"\\u{ord(sign):04x}")
    return body.encode("utf-8", "replace")


def turtle(told: Catalogue) -> bytes:
    """The same in Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    return "\n".join([*lines, "", f"{_node(graph(told), '')} .", ""]).encode("utf-8", "replace")


def _dataset(one: Dataset, told: Catalogue, publisher: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": one.url,
        "@type": "dcat:Dataset",
        "dct:title": _texts(one.title),
        "dct:description": _texts(one.about),
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/{one.often}"},
        "dcat:theme": {"@id": f"{AUTHORITY}data-theme/{GOVERNMENT}"},
        "dct:spatial": {"@id": f"{AUTHORITY}country/UKR"},
        "dcat:landingPage": {"@id": one.page},
        "dcat:distribution": [_distribution(file, told.licence) for file in one.files],
    }
    if one.keywords:
        found["dcat:keyword"] = list(one.keywords)
    if one.changed_at:
        found["dct:modified"] = {"@type": "xsd:dateTime", "@value": one.changed_at.isoformat(timespec="seconds")}
    return found


def _distribution(file: Distribution, licence: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": file.url,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": file.url},
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {"@id": f"{MEDIA}{file.media.partition(';')[0]}"},
        "dct:format": {"@id": f"{AUTHORITY}file-type/{file.kind}"},
        "dct:license": {"@id": licence},
    }
    if file.size is not None:
        found["dcat:byteSize"] = {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)}
    return found


def _texts(words: Words) -> list[dict[str, str]]:
    return [{"@language": language, "@value": text} for language, text in words.items() if text]


def _node(node: Mapping[str, Any], margin: str) -> str:
    """A named node with what is said of it; nodes within it follow after it, each where it is named first."""
    said, after = [], []
    for name, value in node.items():
        if name == "@id":
            continue
        values = value if isinstance(value, list) else [value]
        if not values:
            continue
        said.append(f"{'a' if name == '@type' else name} {', '.join(_value(name, one) for one in values)}")
        after += [one for one in values if isinstance(one, dict) and "@id" in one and len(one) > 1]
    own = f"<{_address(node['@id'])}> {f' ;{chr(10)}{margin}  '.join(said)}"
    return f" .{chr(10)}{chr(10)}".join([own, *(_node(one, margin) for one in after)])


def _value(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value if name == "@type" else _quoted(value)
    if "@id" in value:
        return f"<{_address(value['@id'])}>"
    text = _quoted(value["@value"])
    return f"{text}@{value['@language']}" if "@language" in value else f"{text}^^{value['@type']}"


def _quoted(text: str) -> str:
    """A text between quotes: JSON escapes the same signs in the same way."""
    return json.dumps(text, ensure_ascii=False)


def _address(text: str) -> str:
    """An address without what may not stand in one."""
    return "".join(f"%{ord(sign):02X}" if sign in ' <>"{}|^`\\' else sign for sign in text)

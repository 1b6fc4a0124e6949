"""Elements of IATI as they are written: attributes that say something, texts with their languages, numbers and dates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from lxml import etree

from viche.formats import xmltext
from viche.formats.iati.records import Document, Organisation, Text

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

Said = str | int | Decimal | date | bool | None
"""What an attribute or an element may say; None and the empty text are left out."""


def said(value: Said) -> str:
    """A value in the notation of XML Schema; what XML cannot hold is left out of a text."""
    if isinstance(value, int):
        return str(int(value))  # true is 1
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    return xmltext.clean(str(value))


@cache
def _hyphened(name: str) -> str:
    """An attribute as IATI names it."""
    return name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes for one activity, whose own language needs no mark."""

    language: str

    def node(self, parent: Any, tag: str, text: Said = None, **attributes: Said) -> Any:
        """A new last child; an underscore in the name of an attribute stands for a hyphen."""
        element = etree.SubElement(parent, tag)
        for name, value in attributes.items():
            if value is not None and value != "":
                element.set(_hyphened(name), said(value))
        if text is not None and text != "":
            element.text = said(text)
        return element

    def words(self, parent: Any, tag: str, text: Text, **attributes: Said) -> None:
        """A child that holds a text in its languages; none where there is none."""
        if any(text.values()):
            self.narrated(self.node(parent, tag, **attributes), text)

    def narrated(self, element: Any, text: Text) -> Any:
        """A text in its languages inside an element."""
        for language, words in text.items():
            if words:
                narrative = self.node(element, "narrative", words)
                if language != self.language:
                    narrative.set(LANG, language)
        return element

    def day(self, parent: Any, tag: str, value: date | None, **attributes: Said) -> None:
        """A child that bears a date."""
        if value:
            self.node(parent, tag, **attributes, iso_date=value)

    def code(self, parent: Any, tag: str, code: str) -> None:
        """A child that bears a code."""
        if code:
            self.node(parent, tag, code=code)

    def organisation(self, parent: Any, tag: str, one: Organisation | None, **attributes: Said) -> None:
        """A child that names an organisation."""
        if one:
            self.narrated(self.node(parent, tag, ref=one.ref, type=one.kind, **attributes), one.name)

    def document(self, parent: Any, one: Document) -> None:
        """A document to read."""
        link = self.node(parent, "document-link", url=one.url, format=one.format)
        self.words(link, "title", one.title)
        self.words(link, "description", one.description)
        for category in one.categories:
            self.code(link, "category", category)
        for language in one.languages:
            self.code(link, "language", language)
        self.day(link, "document-date", one.dated_on)

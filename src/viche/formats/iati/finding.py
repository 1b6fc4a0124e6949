"""What the rules of IATI look for in an activity or organisation: paths, texts and days."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final

from lxml import etree

from viche.formats.iati.rules import NOW, Rule

Node = tuple[Any, str]
"""What a path finds: an element, or the element that bears the attribute or text, and what it says."""

_SIMPLE: Final = re.compile(r"((?:[a-z-]+/)*[a-z-]+)?(?:/?@([a-z-]+))?")


@dataclass(frozen=True, slots=True)
class Case:
    """A rule at one element: the moment of asking, and the value that `each` found."""

    rule: Rule
    element: Any
    now: datetime
    each: str = ""

    def found(self, path: str) -> list[Node]:
        """What a path finds from here."""
        return finder(path)(self.element, self.each)

    def holds(self, condition: str) -> bool:
        """Whether a condition holds here."""
        return bool(compiled(f"boolean({condition})")(self.element, each=self.each))

    def values(self) -> list[tuple[str, Any, str]]:
        """What all paths of the rule find, in their order: path, element, text."""
        return [(path, *node) for path in self.rule.facts["paths"] for node in self.found(path)]

    def dates(self, fact: str) -> list[tuple[Any, date]]:
        """The days that a fact's path finds, or the day of asking."""
        path = self.rule.facts[fact]
        if path == NOW:
            return [(self.element, self.now.astimezone(UTC).date())]
        read = ((element, day(value)) for element, value in self.found(path))
        return [(element, told) for element, told in read if told]


@cache
def compiled(path: str) -> Any:
    """A path made ready once."""
    return etree.XPath(path)


@cache
def finder(path: str) -> Callable[[Any, str], list[Node]]:
    """What looks for a path: most are names alone and are found quicker without XPath."""
    simple = _SIMPLE.fullmatch(path)
    if not simple:
        ready = compiled(path)
        return lambda element, each: [_node(one) for one in ready(element, each=each)]
    steps, attribute = simple.groups()

    def look(element: Any, _each: str) -> list[Node]:
        holders = element.iterfind(steps) if steps else (element,)
        if not attribute:
            return [(one, text(one)) for one in holders]
        return [(one, one.attrib[attribute]) for one in holders if attribute in one.attrib]

    return look


def _node(found: Any) -> Node:
    """A text of lxml knows which element it is of."""
    return (found, text(found)) if etree.iselement(found) else (found.getparent(), str(found))


def text(element: Any) -> str:
    """All that an element says."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def day(value: str) -> date | None:
    """A date of XML Schema, with or without its zone; None where it is none."""
    try:
        return date.fromisoformat(value[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?", value) else None
    except ValueError:
        return None


def plain(path: str) -> str:
    """A path for people: without its conditions."""
    return re.sub(r"\[[^]]*\]", "", path)

"""Text inside XML: escaped, and without what XML cannot hold. Strangers type control characters too."""

import re
from typing import Final

_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALF: Final = re.compile(r"[\ud800-\udfff]")
# A bare "\r" would be read as "\n"; in an attribute all three would be read as spaces.
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE: Final = {**_IN_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_SPECIAL: Final = re.compile('[&<>"\r\n\t]')


def clean(text: str) -> str:
    """The text without signs that XML cannot hold; half of a surrogate pair becomes "?"."""
    if text.isprintable():  # nearly all are, and nothing printable is foreign to XML
        return text
    return _NOT_IN_XML.sub("", _HALF.sub("?", text))


def said(text: str) -> str:
    """Text between tags."""
    return _escaped(clean(text), _IN_TEXT)


def named(text: str) -> str:
    """Text between the double quotes of an attribute."""
    return _escaped(clean(text), _IN_ATTRIBUTE)


def _escaped(text: str, marks: dict[str, str]) -> str:
    """A text without what XML would read as its own."""
    return _SPECIAL.sub(lambda found: marks.get(found[0], found[0]), text) if _SPECIAL.search(text) else text

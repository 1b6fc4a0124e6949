"""Text inside XML: escaped, and without what XML cannot hold. Strangers type control characters too."""

import re
from typing import Final
from xml.sax.saxutils import escape

_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALF: Final = re.compile(r"[\ud800-\udfff]")
_QUOTED: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def clean(text: str) -> str:
    """The text without signs that XML cannot hold; half of a surrogate pair becomes "?"."""
    return _NOT_IN_XML.sub("", _HALF.sub("?", text)) if _NOT_IN_XML.search(text) else text


def said(text: str) -> str:
    """Text between tags."""
    return escape(clean(text))


def named(text: str) -> str:
    """Text between the double quotes of an attribute."""
    return escape(clean(text), _QUOTED)

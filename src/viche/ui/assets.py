"""The one stylesheet and the one script of a page: small files of `static/ui`, joined once per process and named by their hash.

No build step: a change of a file gives another name, so browsers may keep an answer for ever.
"""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

HOME = Path(__file__).parent / "static" / "ui"

# The order is the cascade's: tokens, bare elements, components, and paper last.
STYLES = [
    "tokens",
    "base",
    "page",
    "head",
    "hem",
    "foot",
    "crumbs",
    "figure",
    "card",
    "list",
    "picture",
    "tree",
    "trend",
    "button",
    "state",
    "notice",
    "empty",
    "field",
    "choice",
    "bar",
    "steps",
    "table",
    "filters",
    "pages",
    "meter",
    "oblast_map",
    "funnel",
    "leaf",
    "deadline",
    "tabs",
    "receipt",
    "lines",
    "picker",
    "print",
]
SCRIPTS = ["forms", "save", "rows", "picker", "countdown", "leaving"]


class Asset(NamedTuple):
    """The bytes of an asset, plain and packed, and the kind of content."""

    plain: bytes
    packed: bytes
    kind: str

    @property
    def digest(self) -> str:
        """A short hash of the content, the changing part of the address."""
        return hashlib.sha256(self.plain).hexdigest()[:12]


def lean_styles(text: str) -> str:
    """Drop comments and needless blanks; what stands between quotes is left alone."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", " ", text)
    return re.sub(r"\s*([{};])\s*", r"\1", text).strip()


def lean_script(text: str) -> str:
    """Drop lines that hold only a comment, and indents."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def joined(folder: str, names: list[str], ending: str) -> str:
    """Put the named files one after another."""
    return "\n".join((HOME / folder / f"{name}{ending}").read_text(encoding="utf-8") for name in names)


def build(name: str) -> Asset:
    """Make one asset from its files."""
    if name == "viche.css":
        text, kind = lean_styles(joined("css", STYLES, ".css")), "text/css"
    elif name == "gallery.css":
        text, kind = lean_styles(joined("css", ["gallery"], ".css")), "text/css"
    elif name == "viche.js":
        text, kind = lean_script(joined("js", SCRIPTS, ".js")), "text/javascript"
    elif name == "favicon.svg":
        text, kind = (HOME / name).read_text(encoding="utf-8"), "image/svg+xml"
    else:
        raise KeyError(name)
    plain = text.encode()
    return Asset(plain, gzip.compress(plain, 9, mtime=0), kind)


kept = cache(build)


def asset(name: str) -> Asset:
    """Return an asset; with DEBUG it is made anew each time, so that an edit shows at once."""
    return build(name) if settings.DEBUG else kept(name)


def address(name: str) -> str:
    """Say where an asset lies. The address has no language in it."""
    return f"/look/{asset(name).digest}/{name}"

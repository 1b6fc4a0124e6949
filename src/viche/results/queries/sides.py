"""The two sides from which the same figures are read: everybody's, and the office's. Each page leads to pages of its own side."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from viche.programmes.models import Programme
from viche.results.models import Indicator
from viche.results.queries.asking import Chosen
from viche.results.queries.records import Listed
from viche.ui import wording


@dataclass(frozen=True)
class Side:
    """Who looks at a programme's figures."""

    programme: Programme
    is_office: bool

    def address(self, name: str, *parts: str) -> str:
        """The address of a page on this side; the office's dashboard is called so."""
        if self.is_office:
            name = "office" if name == "dashboard" else f"office_{name}"
        return _address(wording.language(), name, self.programme.code, *parts)

    def figure(self, one: Indicator, chosen: Chosen | None = None, **changes: str) -> str:
        """The page of a figure, with what is asked."""
        query = chosen.query(show="", **changes) if chosen else ""
        return f"{self.address('figure', one.code)}{query}"

    def records(self, listed: Listed, chosen: Chosen, **changes: str) -> str:
        """The list of records behind an indicator, a measure, or a part of it."""
        name, own = ("records", listed.indicator.split) if listed.indicator else ("measure", "")
        split = "" if listed.part[1] == own else listed.part[1]
        return f"{self.address(name, listed.code)}{chosen.query(show='', split=split, **changes)}"

    def measure(self, code: str, chosen: Chosen) -> str:
        """The list of records behind a measure of the ledger."""
        return f"{self.address('measure', code)}{chosen.query(show='')}"


@lru_cache(maxsize=4096)
def _address(language: str, name: str, *parts: str) -> str:
    """Working an address out takes long, and a page has a hundred of them."""
    del language  # part of the key: reverse() reads it from the thread
    return reverse(f"results:{name}", args=parts)

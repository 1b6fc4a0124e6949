"""What every page of figures reads from its address: the months, the place, and from which side it is read."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from viche.results.forms.asking import Asking
from viche.results.forms.comparing import LEFT
from viche.results.models import Period
from viche.results.queries import board, coverage, dashboards
from viche.results.queries.asking import Chosen
from viche.results.queries.sides import Side
from viche.results.views.framing import PARTS
from viche.ui import menu


@dataclass(frozen=True)
class Read:
    """What the address asks, as far as it can be read."""

    side: Side
    frame: dashboards.Frame
    periods: list[Period]
    search: Asking
    chosen: Chosen
    on: date

    @property
    def context(self):
        """What every template of figures is given."""
        side, chosen = self.side, self.chosen
        return {
            "programme": side.programme,
            "side": side,
            "search": self.search,
            "chosen": chosen,
            "query": chosen.query(),
            "trail": trail(chosen),
            "everywhere": chosen.query(**NOWHERE) or "?",
            "links": links(side, chosen),
            "parts": menu.links(PARTS, side.programme.code) if side.is_office else [],
            "office_tab": side.address("dashboard") if side.is_office else "",
            "frame_of_page": "ui/office.html" if side.is_office else "ui/page.html",
        }


NOWHERE = {"oblast": "", "raion": "", "hromada": ""}


def read(request, programme, *, is_office, indicators=(), is_full=False) -> Read:
    """Read the address. Three queries at most: oblasts, periods, a hromada."""
    on = timezone.localdate()
    frame = dashboards.frame(programme, is_full=is_full)
    periods = board.periods(programme)
    search = Asking(
        request.GET, programme=programme, periods=periods, oblasts=frame.oblasts, indicators=indicators, on=on
    )
    return Read(Side(programme, is_office), frame, periods, search, search.chosen(), on)


def links(side: Side, chosen: Chosen) -> dict[str, str]:
    """Where else one may go from a page of figures; the months and the place go along."""
    query, code = chosen.query(), side.programme.code
    found = {name: f"{side.address(name)}{query}" for name in ("dashboard", "coverage")}
    found |= {
        "coverage_all": f"{side.address('coverage')}{chosen.query(of=coverage.OF_OBLASTS)}",
        "compare": _compare(side, chosen),
        "public": f"{reverse('results:dashboard', args=[code])}{query}",
    }
    if side.is_office:
        named = menu.links((("results:indicators", ""),), code)
        found["indicators"] = named[0].href if named else ""
    return found


def _compare(side: Side, chosen: Chosen) -> str:
    """The comparison, with what is asked now on the left."""
    kept = dict(chosen.kept)
    asked = {f"{LEFT}-{name}": kept[name] for name in ("period", "oblast") if name in kept}
    return f"{side.address('compare')}{'?' if asked else ''}{urlencode(asked)}"


def trail(chosen: Chosen) -> list[tuple[str, str]]:
    """The places asked for, from the widest, each with the query that goes back to it."""
    where = chosen.where
    steps = []
    if where.oblast:
        steps.append((chosen.query(raion="", hromada=""), where.oblast.label))
    if where.raion:
        steps.append((chosen.query(hromada="", raion=where.raion.code), where.raion.label))
    if where.hromada:
        steps.append((chosen.query(), where.hromada.label))
    return steps

"""The months that a report may be of, as one would name them: the programme's own periods, the whole programme, years, half-years, quarters."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from viche.methods import indicators as methods
from viche.methods import ledger
from viche.programmes.models import Programme
from viche.results.queries import board
from viche.ui import wording

QUARTERS, HALVES, YEAR = 3, 6, 12


@dataclass(frozen=True)
class Span:
    """Whole months and what they are called."""

    since: date
    until: date
    name: str

    @property
    def word(self) -> str:
        """How a form names them: "2024-04_2024-06"."""
        return self.of(self.since, self.until)

    @property
    def label(self) -> str:
        """Name and months."""
        return f"{self.name}: {wording.period(self.since, self.until)}"

    @staticmethod
    def of(since: date, until: date) -> str:
        """How a form names these months."""
        return f"{since:%Y-%m}_{until:%Y-%m}"


def spans(programme: Programme, *, on: date) -> list[Span]:
    """What a report of the programme may be of, each once: own periods that have begun, the latest first, then the calendar's. One query."""
    since, until = methods.whole_months(programme.starts_on, min(programme.ends_on, max(on, programme.starts_on)))
    own = [Span(one.starts_on, one.ends_on, one.called) for one in reversed(board.periods(programme))]
    every = [
        *(one for one in own if one.since <= on),
        Span(since, until, _("Уся програма до сьогодні") if on < programme.ends_on else _("Уся програма")),
        *_calendar(since, until),
    ]
    found: dict[str, Span] = {}
    for one in every:
        found.setdefault(one.word, one)  # own names come before the calendar's
    return list(found.values())


def usual(known: list[Span], *, on: date) -> Span:
    """What a report is most often of: the latest period that is over, else the first that is offered."""
    return next((one for one in known if one.until < on), known[0])


def _calendar(since: date, until: date) -> list[Span]:
    """Years, half-years and quarters that touch these months, the latest first."""
    found = []
    for year in range(until.year, since.year - 1, -1):
        for length, name in (
            (YEAR, _("%(year)s рік")),
            (HALVES, _("%(n)s півріччя %(year)s")),
            (QUARTERS, _("%(n)s квартал %(year)s")),
        ):
            for number in range(YEAR // length, 0, -1):
                first = date(year, (number - 1) * length + 1, 1)
                one = Span(
                    *methods.whole_months(first, ledger.after(first, length - 1)), name % {"year": year, "n": number}
                )
                if one.since <= until and one.until >= since:
                    found.append(one)
    return found

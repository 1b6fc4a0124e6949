"""Money of a programme, by currency, and how far applications go: from submitted to closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from viche.awards.queries.figures import AGREED, CLOSED, GRANTED, PAID, RETURNED, SPENT, in_currency
from viche.calls.queries.figures import APPLICATIONS
from viche.facts.queries.figures import NOTHING, Figure, Part
from viche.methods.ledger import WHOLE
from viche.methods.money import SIGNS
from viche.results.queries import board, sources
from viche.reviews.queries.figures import SUPPORTED

STEPS = (APPLICATIONS, SUPPORTED, AGREED, CLOSED)
KINDS = (GRANTED, PAID, SPENT, RETURNED)


@dataclass(frozen=True)
class Sum:
    """So much of one kind of money, under its measure."""

    measure: str
    label: str
    value: Decimal
    currency: str


def measures() -> set[str]:
    """Everything that is read for money and the funnel: the currencies that programmes are paid in."""
    return {in_currency(kind, currency) for kind in KINDS for currency in SIGNS} | set(STEPS)


def by_currency(found: Mapping[Part, Figure]) -> dict[str, list[Sum]]:
    """What was granted, paid, spent and returned, in each currency that occurs."""
    rows: dict[str, list[Sum]] = {}
    for currency in SIGNS:
        names = {kind: in_currency(kind, currency) for kind in KINDS}
        if any(found.get((name, WHOLE), NOTHING).facts for name in names.values()):
            rows[currency] = [
                Sum(name, str(sources.MEASURES[kind].name), _amount(name, found), currency)
                for kind, name in names.items()
            ]
    return rows


def funnel(found: Mapping[Part, Figure]) -> list[tuple[str, str, int]]:
    """Each step with its measure, its words and how many came so far; nothing where nobody has applied."""
    steps = [(code, str(sources.MEASURES[code].name), found.get((code, WHOLE), NOTHING).shown) for code in STEPS]
    return steps if any(number for _code, _name, number in steps) else []


def _amount(measure: str, found: Mapping[Part, Figure]) -> Decimal:
    """What everybody may know is all there is to know of money."""
    return board.scaled(measure, found.get((measure, WHOLE), NOTHING).shown)

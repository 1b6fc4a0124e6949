"""What leaves the house of figures: lines of indicators, money, places. All of it as everybody may know it.

A report is made from what the office works with, but goes to others: people too few to be told are in no number here
(docs/decisions/0014). Numbers are read at the moment of making.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from viche.facts.queries import figures
from viche.facts.queries.figures import EVER, Asked
from viche.places import queries as places
from viche.places.models import Hromada, Oblast
from viche.places.queries import OblastMap
from viche.programmes.models import Programme
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Period
from viche.results.queries import board, sources, splits
from viche.results.queries import money as sums
from viche.results.queries import places as counted
from viche.results.queries.money import Sum
from viche.results.queries.splits import Dimension
from viche.ui import wording


@dataclass(frozen=True)
class Line:
    """An indicator as a report tells it: in its months, and from the beginning to their end."""

    indicator: Indicator
    since: date
    until: date
    code: str
    """The donor's own code where the indicator has one, else ours."""
    value: Decimal | None
    total: Decimal | None
    aim: Decimal | None = None
    """The target of these months, where the programme has a period of exactly them."""
    target: Decimal | None = None
    """The target of the whole programme."""
    percent: int | None = None
    """How far the total is on the way to the target."""
    is_behind: bool = False
    untold: int = 0
    untold_total: int = 0
    dimensions: tuple[Dimension, ...] = ()

    @property
    def href(self) -> str:
        """The address of the figure from the beginning, for everybody; empty where it has none."""
        return f"{settings.SITE_ADDRESS}{self.indicator.get_absolute_url()}" if self.indicator.is_told else ""

    @property
    def href_of_months(self) -> str:
        """The same in the months of the report."""
        return self.href and f"{self.href}?since={self.since:%Y-%m}&until={self.until:%Y-%m}"

    @property
    def said(self) -> dict[str, str]:
        """Its numbers in words, by their names here."""
        told = {name: said(self.indicator, getattr(self, name)) for name in ("value", "aim", "total", "target")}
        lacking = {"value": self.untold, "total": self.untold_total}
        return told | {
            name: splits.incomplete(told[name], getattr(self, name), number)
            for name, number in lacking.items()
            if self.indicator.how == How.SUM
        }

    @property
    def percent_said(self) -> str:
        """How far it is in words."""
        return "" if self.percent is None else f"{wording.number(self.percent)}{wording.NBSP}%"


def said(one: Indicator, number: Decimal | None) -> str:
    """A value for people, money with its sign; a dash where there is none."""
    if number is None:
        return "—"
    is_money = one.kind == IndicatorKind.COUNTED and one.how == How.SUM
    currency = sources.currency_of(one.measure) if is_money else ""
    return wording.money(number, currency) if currency else wording.number(number)


def code_for(one: Indicator, donor: str) -> str:
    """What a donor calls the indicator; our own code where the donor has none."""
    folded = donor.strip().casefold()
    own = (had["code"] for had in one.donor_codes if folded and had.get("donor", "").strip().casefold() == folded)
    return next(own, one.code)


def lines(
    programme: Programme, wanted: Iterable[Indicator], since: date, until: date, *, on: date, donor: str = ""
) -> list[Line]:
    """These indicators in these whole months and from the beginning, with their parts. Some ten queries, however many they are."""
    wanted = list(wanted)
    if not wanted:
        return []
    asked = Asked(programme.pk, since, until)
    period = Period.objects.filter(programme=programme, starts_on=since, ends_on=until).first()
    of_months = board.values(wanted, asked, is_office=False)
    aims = board.targets(wanted, period) if period else {}
    whole = board.counted(wanted, asked.at(EVER[0], until), is_office=False, on=min(on, until))
    parts = splits.of_many(wanted, asked, is_office=False)
    return [
        Line(
            indicator=one.indicator,
            since=since,
            until=until,
            code=code_for(one.indicator, donor),
            value=of_months[one.indicator.pk][0],
            total=one.value,
            aim=aims.get((one.indicator.pk, "")),
            target=one.target,
            percent=one.percent,
            is_behind=one.is_behind,
            untold=of_months[one.indicator.pk][1].untold,
            untold_total=one.untold,
            dimensions=tuple(parts.get(one.indicator.pk, ())),
        )
        for one in whole
    ]


@dataclass(frozen=True)
class Money:
    """What was agreed, paid, spent and came back in one currency."""

    currency: str
    sums: tuple[Sum, ...]

    @property
    def rows(self) -> list[tuple[str, Decimal, str]]:
        """Each with its words, its number, and its number in words."""
        return [(one.label, one.value, wording.money(one.value, self.currency)) for one in self.sums]


def of_money(asked: Asked) -> list[Money]:
    """The money of these months, by currency, those that any was agreed or moved in. One query."""
    found = figures.splits(asked, sums.measures())
    return [Money(currency, tuple(rows)) for currency, rows in sums.by_currency(found).items()]


@dataclass(frozen=True)
class Place:
    """An oblast, what was counted in it, and in which of its hromadas."""

    oblast: Oblast
    value: Decimal
    hromadas: tuple[tuple[Hromada, Decimal], ...]

    @property
    def names(self) -> str:
        """The hromadas with what was counted in each."""
        return ", ".join(f"{one.called} ({wording.number(value)})" for one, value in self.hromadas)


@dataclass(frozen=True)
class Places:
    """Where an indicator was counted: the map and its rows."""

    indicator: Indicator
    drawing: OblastMap
    rows: tuple[Place, ...]

    @property
    def count(self) -> int:
        """In how many hromadas."""
        return sum(len(row.hromadas) for row in self.rows)


def is_mapped(one: Indicator) -> bool:
    """Whether an indicator can be told by places: a ratio cannot."""
    return one.kind != IndicatorKind.RATIO


def of_places(asked: Asked, one: Indicator) -> Places:
    """What an indicator comes to in every oblast and hromada that it was counted in. Four queries."""
    by_oblast = counted.by_oblast(one, asked, is_office=False)
    by_hromada = counted.by_hromada(one, asked, is_office=False)
    known = list(places.oblasts())
    inside: dict[int, list[tuple[Hromada, Decimal]]] = {}
    for hromada in Hromada.objects.filter(pk__in=by_hromada).order_by("sort_key", "pk"):
        inside.setdefault(hromada.oblast_id, []).append((hromada, by_hromada[hromada.pk] or Decimal(0)))
    rows = [
        Place(oblast, by_oblast[oblast.pk] or Decimal(0), tuple(inside.get(oblast.pk, ())))
        for oblast in known
        if oblast.pk in by_oblast
    ]
    drawing = places.map_of({row.oblast.code: row.value for row in rows}, known=known, said=wording.number)
    return Places(one, drawing, tuple(sorted(rows, key=lambda row: -row.value)))

"""What leaves the house of figures: lines of indicators, money, places. All of it as everybody may know it.

A report is made from what the office works with, but goes to others: people too few to be told are in no number here
(docs/decisions/0014). Numbers are read at the moment of making.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from viche.facts.queries import figures, together
from viche.facts.queries.figures import EVER, Asked, Figure, Part
from viche.methods import indicators as methods
from viche.methods.ledger import WHOLE
from viche.places import queries as places
from viche.places.models import Hromada, Oblast
from viche.places.queries import OblastMap
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Target
from viche.results.queries import board, saying, splits
from viche.results.queries import money as sums
from viche.results.queries import places as counted
from viche.results.queries.money import Sum
from viche.results.queries.splits import Dimension
from viche.ui import wording

Aims = dict[tuple[int, str], Decimal]
"""Targets by indicator and part."""
Found = Mapping[int, Decimal | None]
"""Numbers by the key of a place."""
PLACES = frozenset({How.HROMADAS, How.OBLASTS})
"""How indicators count places: each of them once, and whole."""


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
    percent_of_months: int | None = None
    """How far the months are on the way to their own target."""
    percent: int | None = None
    """How far the total is on the way to the target of the programme."""
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
            if self.indicator.how not in PLACES
        }

    @property
    def percent_said(self) -> str:
        """How far it is in words; empty where that is not known."""
        return _percent(self.percent)

    @property
    def percent_of_months_said(self) -> str:
        """The same of the months alone."""
        return _percent(self.percent_of_months)


def _percent(number: int | None) -> str:
    return "" if number is None else f"{wording.number(number)}{wording.NBSP}%"


def said(one: Indicator, number: Decimal | None) -> str:
    """A value for people, money with its sign; a dash where there is none."""
    return saying.said(one, number) or "—"


def code_for(one: Indicator, donor: str) -> str:
    """What a donor calls the indicator; our own code where the donor has none."""
    folded = donor.strip().casefold()
    own = (had["code"] for had in one.donor_codes if folded and had.get("donor", "").strip().casefold() == folded)
    return next(own, one.code)


@dataclass(frozen=True)
class Counts:
    """What the ledger says of indicators, money and places: in the months asked for, and from the beginning to their end."""

    of_months: Mapping[int, tuple[Decimal | None, Figure]]
    whole: Mapping[int, tuple[Decimal | None, Figure]]
    parts: Mapping[int, list[Dimension]]
    money: Mapping[str, list[Sum]]
    places: Mapping[int, tuple[Found, Found]]
    """By the key of an indicator: by oblast, by hromada."""


def counts(asked: Asked, wanted: Sequence[Indicator], *, mapped: Iterable[Indicator], has_money: bool) -> Counts:
    """Count everything that a report tells. One query."""
    measures = [(measure, WHOLE) for measure in sorted(sums.measures())] if has_money else []
    ever = asked.at(EVER[0], asked.until)
    return together.at_once(
        lambda: Counts(
            of_months=board.values(wanted, asked, is_office=False),
            whole=board.values(wanted, ever, is_office=False),
            parts=splits.of_many(list(wanted), asked, is_office=False),
            money=sums.by_currency(_some(figures.of(asked, measures))) if has_money else {},
            places={one.pk: _in_places(one, asked) for one in mapped},
        )
    )


def _some(found: Mapping[Part, Figure]) -> dict[Part, Figure]:
    return {part: figure for part, figure in found.items() if figure.facts}


def _in_places(one: Indicator, asked: Asked) -> tuple[Found, Found]:
    by_oblast, by_hromada = (find(one, asked, is_office=False) for find in (counted.by_oblast, counted.by_hromada))
    return by_oblast, by_hromada


def lines(
    found: Counts, wanted: Iterable[Indicator], since: date, until: date, *, on: date, donor: str = ""
) -> list[Line]:
    """These indicators in these whole months and from the beginning, with their parts. One query, for the targets."""
    wanted = list(wanted)
    of_period, of_programme = _targets(wanted, since, until)
    told = []
    for one in wanted:
        value, figure = found.of_months[one.pk]
        aim = of_period.get((one.pk, ""))
        total = board.beside(one, found.whole[one.pk], aims=of_programme, kept={}, period=None, on=min(on, until))
        line = Line(
            indicator=one,
            since=since,
            until=until,
            code=code_for(one, donor),
            value=value,
            total=total.value,
            aim=aim,
            target=total.target,
            percent_of_months=methods.progress(value, aim, baseline=one.baseline),
            percent=total.percent,
            is_behind=total.is_behind,
            untold=figure.untold,
            untold_total=total.untold,
            dimensions=tuple(found.parts.get(one.pk, ())),
        )
        told.append(line)
    return told


def _targets(wanted: Iterable[Indicator], since: date, until: date) -> tuple[Aims, Aims]:
    """The targets of the period that has exactly these months, if there is one, and those of the whole programme. One query."""
    rows = Target.objects.filter(indicator__in=[one.pk for one in wanted])
    rows = rows.filter(Q(period=None) | Q(period__starts_on=since, period__ends_on=until))
    found: tuple[Aims, Aims] = {}, {}
    for indicator, split, value, period in rows.values_list("indicator", "split", "value", "period").order_by():
        found[period is None][indicator, split] = value
    return found


@dataclass(frozen=True)
class Money:
    """What was agreed, paid, spent and came back in one currency."""

    currency: str
    sums: tuple[Sum, ...]

    @property
    def rows(self) -> list[tuple[str, Decimal, str]]:
        """Each with its words, its number, and its number in words."""
        return [(one.label, one.value, wording.money(one.value, self.currency)) for one in self.sums]


def of_money(found: Counts) -> tuple[Money, ...]:
    """The money of these months, by currency, those that any was agreed or moved in."""
    return tuple(Money(currency, tuple(rows)) for currency, rows in found.money.items())


@dataclass(frozen=True)
class Place:
    """An oblast, what was counted in it, and in which of its hromadas."""

    oblast: Oblast
    value: Decimal
    hromadas: tuple[tuple[Hromada, Decimal], ...]
    is_sum: bool = True

    @property
    def names(self) -> str:
        """The hromadas, with what was counted in each where that is not just one."""
        return ", ".join(
            f"{one.called} ({wording.number(value)})" if self.is_sum else one.called for one, value in self.hromadas
        )


@dataclass(frozen=True)
class Places:
    """Where an indicator was counted: the map and its rows."""

    indicator: Indicator
    drawing: OblastMap
    rows: tuple[Place, ...]
    months: str
    """In which months, in words."""

    @property
    def count(self) -> int:
        """In how many hromadas."""
        return sum(len(row.hromadas) for row in self.rows)

    @property
    def shown(self) -> str:
        """Which indicator it is that the map shows, in words."""
        said = {"name": self.indicator.called, "unit": self.indicator.unit_called, "months": self.months}
        return _("На карті: %(name)s, %(unit)s, %(months)s") % said


def is_mapped(one: Indicator) -> bool:
    """Whether an indicator can be told by places: a ratio cannot."""
    return one.kind != IndicatorKind.RATIO


def of_places(found: Counts, wanted: Iterable[Indicator], months: str) -> dict[int, Places]:
    """What indicators come to in every oblast and hromada, by their keys. Two queries, for the names."""
    if not found.places:
        return {}
    every = {pk for _by_oblast, by_hromada in found.places.values() for pk in by_hromada}
    hromadas = Hromada.objects.filter(pk__in=every).order_by("sort_key", "pk")
    ground = Ground(list(places.oblasts()), list(hromadas), months)
    return {one.pk: ground.drawn(one, *found.places[one.pk]) for one in wanted}


@dataclass(frozen=True)
class Ground:
    """The oblasts and hromadas on which indicators are drawn, and of which months."""

    oblasts: list[Oblast]
    hromadas: list[Hromada]
    months: str

    def drawn(self, one: Indicator, by_oblast: Found, by_hromada: Found) -> Places:
        """The map of an indicator and its rows, the greatest first; where hromadas are counted, how many there are in each oblast."""
        inside: dict[int, list[tuple[Hromada, Decimal]]] = {}
        for hromada in self.hromadas:
            if hromada.pk in by_hromada:
                inside.setdefault(hromada.oblast_id, []).append((hromada, by_hromada[hromada.pk] or Decimal(0)))
        rows = [
            Place(oblast, by_oblast[oblast.pk] or Decimal(0), tuple(inside.get(oblast.pk, ())), one.how not in PLACES)
            for oblast in self.oblasts
            if oblast.pk in by_oblast
        ]
        values = {row.oblast.code: row.value for row in rows}
        drawing = places.map_of(values, known=self.oblasts, said=wording.number)
        return Places(one, drawing, tuple(sorted(rows, key=lambda row: -row.value)), self.months)

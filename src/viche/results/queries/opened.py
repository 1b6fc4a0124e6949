"""Everything that the page of one figure shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from viche.facts.choices import Level
from viche.facts.queries import figures, people, together
from viche.facts.queries.figures import NOTHING, Asked
from viche.methods import indicators as methods
from viche.methods import ledger
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Period
from viche.results.queries import board, places, splits, trends
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted, Promises

Values = dict[int, Decimal | None]


@dataclass(frozen=True)
class Figure:
    """One indicator for the months and the place asked for: what it comes to, its parts, its periods."""

    counted: Counted
    dimensions: list[splits.Dimension]
    aims: dict[str, Decimal]
    """What its parts are to come to, by their names."""
    by_period: list[tuple[Period, Counted]]
    trend: list[trends.Step]
    places: places.Found
    """By the key of an oblast, or below one of a hromada."""
    over: Counted | None = None
    under: Counted | None = None


def indicator(programme: str, code: str) -> Indicator:
    """The indicator under this code; its programme knows the version of all that is shown as `written`. One query."""
    found = board.indicator(programme, code)
    found.programme.written = found.written
    return found


def figure(one: Indicator, chosen: Chosen, periods: Sequence[Period], *, is_office: bool, on: date) -> Figure:
    """Count everything about one indicator. Two queries."""
    parts = [one.over, one.under] if one.kind == IndicatorKind.RATIO else []
    for part in parts:
        part.programme = one.programme
    promised = board.promises([one, *parts], is_office=is_office)
    return together.at_once(lambda: _figure(one, chosen, periods, promised, is_office=is_office, on=on))


def _figure(
    one: Indicator, chosen: Chosen, periods: Sequence[Period], promised: Promises, *, is_office: bool, on: date
) -> Figure:
    parts = [one.over, one.under] if one.kind == IndicatorKind.RATIO else []
    told = {"is_office": is_office, "on": on}
    asked = {"period": chosen.when.period, "is_aimed": chosen.is_aimed, "promised": promised}
    counted, *rest = board.counted([one, *parts], chosen.asked, **asked, **told)
    over, under = rest or (None, None)
    aims, _kept = promised.of(chosen.when.period)
    return Figure(
        counted=counted,
        dimensions=splits.of(one, chosen.asked, is_office=is_office),
        aims={split: value for (of, split), value in aims.items() if of == one.pk} if chosen.is_aimed else {},
        by_period=[] if chosen.where.label else _by_period(one, periods, promised, **told),
        trend=trends.of(one, chosen, on=on, is_office=is_office),
        places=places.found(one, chosen, is_office=is_office),
        over=over,
        under=under,
    )


def _by_period(
    one: Indicator,
    periods: Sequence[Period],
    promised: Promises,
    *,
    is_office: bool,
    on: date,
) -> list[tuple[Period, Counted]]:
    """The indicator in each period that has begun or has a target. One query."""
    shown = [period for period in periods if period.starts_on <= on or (one.pk, period.pk, "") in promised.aims]
    if not shown:
        return []
    values = _values(one, shown, is_office=is_office)
    rows = []
    for period in shown:
        aims, was = promised.of(period)
        counted = board.beside(one, (values[period.pk], NOTHING), aims=aims, kept=was, period=period, on=on)
        rows.append((period, counted))
    return rows


def _values(one: Indicator, periods: Sequence[Period], *, is_office: bool) -> Values:
    """What it comes to in each period, by its key. One query, two for a ratio."""
    if one.kind == IndicatorKind.RATIO:
        over, under = (_values(part, periods, is_office=is_office) for part in (one.over, one.under))
        return {pk: methods.ratio(over[pk], under[pk], times=one.times) for pk in over}
    asked = Asked.ever(one.programme_id)
    if board.is_stock(one):
        return {period.pk: trends.level(one, asked, period.ends_on, is_office=is_office) for period in periods}
    if one.how == How.ONCE:
        months = {period.pk: (period.starts_on, period.ends_on) for period in periods}
        counted = people.by_months(asked, one.measure, months)
        return {pk: board.people_told(number, is_office=is_office) for pk, number in counted.items()}
    spans = {period.pk: ledger.cover(period.starts_on, period.ends_on) for period in periods}
    if one.how != How.SUM:
        return _places(one, asked, periods, spans)
    found = trends.values(one, asked, [span for each in spans.values() for span in each], is_office=is_office)
    return {pk: sum((found[span] or Decimal(0) for span in each), Decimal(0)) for pk, each in spans.items()}


def _places(one: Indicator, asked: Asked, periods: Sequence[Period], spans: Mapping[int, list[str]]) -> Values:
    """In how many places something was counted in each period. One query."""
    part = board.part_of(one)
    level = Level.HROMADA if one.how == How.HROMADAS else Level.OBLAST
    if not (level == Level.HROMADA and one.split) and all(len(each) == 1 for each in spans.values()):
        counted = trends.places(asked, part, [each[0] for each in spans.values()], level)
        return {pk: Decimal(counted.get(each[0], 0)) for pk, each in spans.items()}
    months = {period.pk: asked.at(period.starts_on, period.ends_on) for period in periods}
    return {pk: Decimal(figures.reached(each, [part], level)[part]) for pk, each in months.items()}

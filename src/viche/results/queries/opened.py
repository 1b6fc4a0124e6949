"""Everything that the page of one figure shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from viche.facts.choices import Level
from viche.facts.models import Total
from viche.facts.queries import figures
from viche.facts.queries.figures import NOTHING, Asked
from viche.methods import indicators as methods
from viche.methods import ledger
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Kept, Period, Target
from viche.results.queries import asking, board, splits, trends
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted

Values = dict[int, Decimal | None]


@dataclass(frozen=True)
class Figure:
    """One indicator for the months and the place asked for: what it comes to, its parts, its periods."""

    counted: Counted
    dimensions: list[splits.Dimension]
    aims: dict[str, Decimal]
    """What its parts are to come to, by their names."""
    by_period: list[tuple[Period, Counted]]
    over: Counted | None = None
    under: Counted | None = None


def indicator(programme: str, code: str) -> Indicator:
    """The indicator under this code; its programme knows the version of all that is shown as `written`. Two queries."""
    found = board.indicator(programme, code)
    found.programme = asking.programme(programme)
    return found


def figure(one: Indicator, chosen: Chosen, periods: Sequence[Period], *, is_office: bool, on: date) -> Figure:
    """Count everything about one indicator. Eight queries at most."""
    parts = [one.over, one.under] if one.kind == IndicatorKind.RATIO else []
    for part in parts:
        part.programme = one.programme
    found = figures.splits(chosen.asked, {each.own_measure for each in parts or [one]})
    period = chosen.when.period
    counted, *rest = board.counted(
        [one, *parts], chosen.asked, is_office=is_office, on=on, period=period, is_aimed=chosen.is_aimed, found=found
    )
    over, under = rest or (None, None)
    targets = _targets(one)
    aims = {split: value for (of, split), value in targets.items() if of == (period.pk if period else None)}
    return Figure(
        counted=counted,
        dimensions=splits.of_many([one], chosen.asked, is_office=is_office, found=found).get(one.pk, []),
        aims=aims if chosen.is_aimed else {},
        by_period=[] if chosen.where.label else _by_period(one, periods, targets, is_office=is_office, on=on),
        over=over,
        under=under,
    )


def _targets(one: Indicator) -> dict[tuple[int | None, str], Decimal]:
    """All targets of an indicator, by period and part. One query."""
    rows = Target.objects.filter(indicator=one).values_list("period", "split", "value")
    return {(period, split): value for period, split, value in rows}


def _by_period(
    one: Indicator,
    periods: Sequence[Period],
    targets: Mapping[tuple[int | None, str], Decimal],
    *,
    is_office: bool,
    on: date,
) -> list[tuple[Period, Counted]]:
    """The indicator in each period that has begun or has a target. Two queries, three for a ratio."""
    shown = [period for period in periods if period.starts_on <= on or (period.pk, "") in targets]
    if not shown:
        return []
    kept = _kept(one, shown, is_office=is_office)
    values = _values(one, shown, is_office=is_office)
    rows = []
    for period in shown:
        aims = {(one.pk, ""): targets[period.pk, ""]} if (period.pk, "") in targets else {}
        was = {one.pk: kept[period.pk]} if period.pk in kept else {}
        counted = board.beside(one, (values[period.pk], NOTHING), aims=aims, kept=was, period=period, on=on)
        rows.append((period, counted))
    return rows


def _kept(one: Indicator, periods: Sequence[Period], *, is_office: bool) -> Values:
    """What it had come to when each of these periods closed. One query."""
    closed = [period.pk for period in periods if period.is_closed]
    rows = Kept.objects.filter(indicator=one, period__in=closed)
    return dict(rows.values_list("period", "value" if is_office else "shown")) if closed else {}


def _values(one: Indicator, periods: Sequence[Period], *, is_office: bool) -> Values:
    """What it comes to in each period, by its key. One query, two for a ratio."""
    if one.kind == IndicatorKind.RATIO:
        over, under = (_values(part, periods, is_office=is_office) for part in (one.over, one.under))
        return {pk: methods.ratio(over[pk], under[pk], times=one.times) for pk in over}
    spans = {period.pk: ledger.cover(period.starts_on, period.ends_on) for period in periods}
    asked = Asked.ever(one.programme_id)
    if one.how != How.SUM:
        return _places(one, asked, periods, spans)
    found = trends.values(one, asked, [span for each in spans.values() for span in each], is_office=is_office)
    return {pk: sum((found[span] or Decimal(0) for span in each), Decimal(0)) for pk, each in spans.items()}


def _places(one: Indicator, asked: Asked, periods: Sequence[Period], spans: Mapping[int, list[str]]) -> Values:
    """In how many places something was counted in each period. One query; of parts of hromadas, one a period."""
    part = board.part_of(one)
    level = Level.HROMADA if one.how == How.HROMADAS else Level.OBLAST
    if level == Level.HROMADA and one.split:
        months = {period.pk: asked.at(period.starts_on, period.ends_on) for period in periods}
        return {pk: Decimal(figures.reached(each, [part], level)[part]) for pk, each in months.items()}
    if all(len(each) == 1 for each in spans.values()):
        counted = trends.places(asked, part, [each[0] for each in spans.values()], level)
        return {pk: Decimal(counted.get(each[0], 0)) for pk, each in spans.items()}
    rows = Total.objects.filter(programme=asked.programme, measure=part[0], split=part[1], level=level)
    wanted = {f"p{pk}": Count("place", distinct=True, filter=Q(span__in=each)) for pk, each in spans.items()}
    return {int(name[1:]): Decimal(n) for name, n in rows.order_by().aggregate(**wanted).items()}

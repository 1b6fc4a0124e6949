"""How a figure went: by month, by quarter or by year, as many as can be read side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from viche.facts.choices import Level
from viche.facts.queries import figures, people
from viche.facts.queries.figures import NOTHING, Asked, Figure, Part
from viche.methods import indicators as methods
from viche.methods import ledger
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board
from viche.results.queries.asking import Chosen
from viche.ui import wording

MOST_MONTHS, MOST_QUARTERS = 24, 80
YEAR, QUARTER = 4, "Q"


@dataclass(frozen=True)
class Step:
    """One month, quarter or year of a trend."""

    span: str
    label: str
    short: str
    value: Decimal | None
    since: str
    until: str
    """Its first and last month, as the address asks for them: "2025-01"."""


def spans(chosen: Chosen, *, on: date) -> list[str]:
    """The months asked for, or those of the programme so far; quarters where the months are many, years where these are."""
    when, programme = chosen.when, chosen.programme
    since = max(when.since or programme.starts_on, ledger.after(programme.starts_on, -ledger.MONTHS_OF_YEAR))
    until = min(when.until or ledger.after(programme.ends_on, ledger.MONTHS_OF_YEAR), on)
    months = ledger.months(since, until)
    if len(months) <= MOST_MONTHS:
        return [ledger.spans(month)[2] for month in months]
    column = 1 if len(months) <= MOST_QUARTERS else 0
    return list(dict.fromkeys(ledger.spans(month)[column] for month in months))


def of(one: Indicator, chosen: Chosen, *, on: date, is_office: bool) -> list[Step]:
    """What an indicator came to in each step. One query, two for a ratio. Steps of different people do not add up."""
    steps = spans(chosen, on=on)
    if len(steps) <= 1 or (one.how == How.HROMADAS and one.split):  # of parts no sums of hromadas are kept
        return []
    found = values(one, chosen.asked, steps, is_office=is_office)
    return [_step(span, found.get(span)) for span in steps]


def values(one: Indicator, asked: Asked, steps: Sequence[str], *, is_office: bool) -> dict[str, Decimal | None]:
    """The value of each span, whatever months are asked for; nought where nothing was counted, None for a ratio to nought."""
    if one.kind == IndicatorKind.RATIO:
        over = values(one.over, asked, steps, is_office=is_office)
        under = values(one.under, asked, steps, is_office=is_office)
        return {span: methods.ratio(over[span], under[span], times=one.times) for span in steps}
    part = board.part_of(one)
    if one.how == How.ONCE:
        months = {span: ledger.of_span(span) for span in steps}
        counted = people.by_months(asked.at(*figures.EVER), part[0], months)
        return {span: board.people_told(number, is_office=is_office) for span, number in counted.items()}
    if board.is_stock(one):
        return _levels(one, asked, steps, is_office=is_office)
    if one.how != How.SUM:
        counted = places(asked, part, steps, Level.HROMADA if one.how == How.HROMADAS else Level.OBLAST)
        return {span: Decimal(counted.get(span, 0)) for span in steps}
    found = _figures(asked, part, steps)
    numbers = {span: found.get(span, NOTHING) for span in steps}
    return {span: board.scaled(part[0], one.value if is_office else one.shown) for span, one in numbers.items()}


def _levels(one: Indicator, asked: Asked, steps: Sequence[str], *, is_office: bool) -> dict[str, Decimal | None]:
    """How much there was at the end of each span, the first first, of what stays until it changes."""
    ends = {span: ledger.of_span(span)[1] for span in steps}
    if one.how != How.SUM:
        return {span: level(one, asked, end, is_office=is_office) for span, end in ends.items()}
    part = board.part_of(one)
    before = asked.at(figures.EVER[0], ledger.after(ledger.of_span(steps[0])[0], -1))
    found = figures.of(before, [part])[part]
    by_span, levels = _figures(asked, part, steps), {}
    for span in steps:
        found = Figure(*(old + new for old, new in zip(found, by_span.get(span, NOTHING), strict=True)))
        levels[span] = board.scaled(part[0], found.value if is_office else found.shown)
    return levels


def level(one: Indicator, asked: Asked, end: date, *, is_office: bool) -> Decimal | None:
    """How much there was at the end of a month of what stays until it changes. One query."""
    return board.values([one], asked.at(figures.EVER[0], end), is_office=is_office)[one.pk][0]


def _figures(asked: Asked, part: Part, steps: Sequence[str]) -> dict[str, Figure]:
    if asked.hromadas is None or part[1] == ledger.WHOLE:
        return {span: figure for (_part, span), figure in figures.by_span(asked, [part], steps).items()}
    # Of hromadas no parts are kept: their facts are few.
    found: dict[str, Figure] = {}
    for day, figure in figures.by_day(asked, part).items():
        for span in ledger.spans(day):
            before = found.get(span, NOTHING)
            found[span] = Figure(*(old + new for old, new in zip(before, figure, strict=True)))
    return found


def places(asked: Asked, part: Part, steps: Sequence[str], level: Level) -> dict[str, int]:
    """In how many places something was counted in each span. One query."""
    if asked.hromadas is not None and level == Level.OBLAST:  # sums of whole oblasts say nothing of their hromadas
        seen = {(span, oblast) for day, oblast in figures.oblasts_by_day(asked, part) for span in ledger.spans(day)}
        return dict(Counter(span for span, _oblast in seen))
    return figures.reached_by_span(asked, part, steps, level)


def _step(span: str, value: Decimal | None) -> Step:
    year = int(span[:YEAR])
    if len(span) == YEAR:
        return Step(span, span, span, value, f"{span}-01", f"{span}-12")
    if QUARTER in span:
        number = int(span[-1])
        last = number * ledger.MONTHS_OF_QUARTER
        first = last - ledger.MONTHS_OF_QUARTER + 1
        label, short = (_("%(n)s кв. %(year)s") % {"n": number, "year": said} for said in (year, f"{year % 100:02d}"))
        return Step(span, label, short, value, f"{year}-{first:02d}", f"{year}-{last:02d}")
    month = int(span[-2:])
    short = f"{wording.SHORT_MONTHS[wording.language()][month - 1]} {year % 100:02d}"
    return Step(span, wording.month(date(year, month, 1)), short, value, span, span)

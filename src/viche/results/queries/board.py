"""What indicators come to, for whoever may know it: value, target, how far that is, what was corrected after a close.

Everybody is told what the records tell everybody: people too few to be told are in no sum (docs/decisions/0014). The office
is told all. Nothing here is kept: every number is read from the ledger's sums.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from viche.facts.choices import Level, Unit
from viche.facts.queries import figures, people, together
from viche.facts.queries.figures import Asked, Figure, Part
from viche.journal import queries as journal
from viche.methods import headcounts
from viche.methods import indicators as methods
from viche.programmes.models import Programme
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator, Kept, Period, Target
from viche.results.queries import sources

HUNDREDTHS = 100
TOLD = Q(is_public=True) & ~Q(kind=IndicatorKind.RATIO, over__is_public=False)
TOLD &= ~Q(kind=IndicatorKind.RATIO, under__is_public=False)
"""What everybody is told: a ratio only where both that it is made of are."""


@dataclass(frozen=True)
class Counted:
    """An indicator and what it comes to in the months and the place asked for."""

    indicator: Indicator
    value: Decimal | None
    """None where a ratio has nought below."""
    target: Decimal | None = None
    percent: int | None = None
    """How far towards the target."""
    is_behind: bool = False
    facts: int = 0
    untold: int = 0
    """How many of the facts are not told to whoever looks."""
    kept: Decimal | None = None
    """What it had come to when the period closed, where it comes to something else now: a correction."""

    @property
    def lacking(self) -> int:
        """How many facts are not in the value that everybody is told; places are counted whole."""
        return _lacking(self.indicator, self)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left out of the value that everybody is told."""
        return not self.lacking

    @property
    def is_corrected(self) -> bool:
        """Whether it was corrected after the period had closed."""
        return self.kept is not None


class Promises(NamedTuple):
    """What indicators are to come to, by indicator, period (None: the whole programme) and part; what they had come to at closes."""

    aims: dict[tuple[int, int | None, str], Decimal]
    kept: dict[tuple[int, int | None], Decimal | None]

    def of(self, period: Period | None) -> tuple[dict[tuple[int, str], Decimal], dict[int, Decimal | None]]:
        """Those of one period, or of the whole programme: by indicator and part, and by indicator."""
        key = period.pk if period else None
        aims = {(one, part): value for (one, of, part), value in self.aims.items() if of == key}
        return aims, {one: value for (one, of), value in self.kept.items() if of == key}


def of_programme(programme: Programme, *, is_office: bool) -> QuerySet[Indicator]:
    """The indicators of a programme in their order, with their goals and what ratios are made of. One query."""
    found = Indicator.objects.filter(programme=programme).select_related("programme", "goal", "over", "under")
    return found if is_office else found.filter(TOLD)


def indicator(programme: str, code: str) -> Indicator:
    """The indicator under this code."""
    related = ("programme", "goal", "over", "under")
    found = Indicator.objects.select_related(*related).annotate(written=Coalesce(journal.VERSION, 0))
    return found.get(programme__code=programme.upper(), code=code.upper())


def periods(programme: Programme) -> list[Period]:
    """The periods of a programme, the first first. One query."""
    return list(Period.objects.filter(programme=programme).order_by("starts_on"))


def part_of(one: Indicator) -> Part:
    """The measure and the part of it that a counted or reported indicator adds up."""
    return one.own_measure, one.split


def scaled(measure: str, number: int) -> Decimal:
    """A number of the ledger in the measure's own unit: money and reported values are kept in hundredths."""
    return Decimal(number) / HUNDREDTHS if is_in_hundredths(measure) else Decimal(number)


def is_in_hundredths(measure: str) -> bool:
    """Whether the ledger keeps the measure in hundredths."""
    known = sources.measure_of(measure)
    return known is None or known.unit == Unit.MONEY


def values(wanted: Iterable[Indicator], asked: Asked, *, is_office: bool) -> dict[int, tuple[Decimal | None, Figure]]:
    """What these indicators come to, by their keys, and the figure behind. One query."""
    wanted = list(wanted)
    return together.at_once(lambda: _values(wanted, asked, is_office=is_office))


def _values(wanted: Sequence[Indicator], asked: Asked, *, is_office: bool) -> dict[int, tuple[Decimal | None, Figure]]:
    simple = {one.pk: one for one in _simple(wanted)}
    known: dict[int, tuple[Decimal | None, Figure]] = {}
    for months in dict.fromkeys(months_of(one, asked) for one in simple.values()):
        these = [one for one in simple.values() if months_of(one, asked) == months]
        found = figures.of(months, [part_of(one) for one in these])
        reached, different = _reached(these, months), _once(these, months)
        for one in these:
            figure = different[one.measure] if one.how == How.ONCE else found[part_of(one)]
            known[one.pk] = (_value(one, figure, reached, is_office=is_office), figure)
    for one in wanted:
        if one.kind == IndicatorKind.RATIO:
            value = methods.ratio(known[one.over_id][0], known[one.under_id][0], times=one.times)
            untold = sum(_lacking(simple[pk], known[pk][1]) for pk in (one.over_id, one.under_id))
            known[one.pk] = (value, known[one.over_id][1]._replace(untold=untold))
    return known


def counted(
    wanted: Iterable[Indicator],
    asked: Asked,
    *,
    is_office: bool,
    on: date,
    period: Period | None = None,
    is_aimed: bool = True,
    promised: Promises | None = None,
) -> list[Counted]:
    """What indicators come to beside their targets: those of the `period`, else of the whole programme. Two queries at most.

    Targets are set for a programme, so a place has none, nor have other months (not `is_aimed`). `asked` and `period` name the
    same months; `promised` has been read already, if given.
    """
    wanted = list(wanted)
    known = values(wanted, asked, is_office=is_office)
    aims: Mapping[tuple[int, str], Decimal] = {}
    kept: Mapping[int, Decimal | None] = {}
    if is_aimed and asked.oblast is None and asked.hromadas is None:
        promised = promised or promises(wanted, period, is_office=is_office)
        aims, kept = promised.of(period)
    return [beside(one, known[one.pk], aims=aims, kept=kept, period=period, on=on) for one in wanted]


def promises(wanted: Collection[Indicator], *periods: Period | None, is_office: bool) -> Promises:
    """The targets of these periods (None: of the whole programme) and what there was at their closes; of all, if none are named.

    One query.
    """
    keys = [one.pk for one in wanted]
    aims = Target.objects.filter(indicator__in=keys)
    kept = Kept.objects.filter(indicator__in=keys, period__closed_at__isnull=False)
    if periods:
        named = [one.pk for one in periods if one]
        aims = aims.filter(Q(period__in=named) | Q(period=None) if None in periods else Q(period__in=named))
        kept = kept.filter(period__in=[one.pk for one in periods if one and one.is_closed])
    names = ("is_aim", "of", "within", "part", "number")
    rows = _told(aims, names, True, F("split"), F("value")).union(
        _told(kept, names, False, Value(""), F("value" if is_office else "shown")), all=True
    )
    found = Promises({}, {})
    for is_aim, of, within, part, number in rows:
        if is_aim:
            found.aims[of, within, part] = number
        else:
            found.kept[of, within] = number
    return found


def _told(rows: QuerySet[Any], names: Sequence[str], is_aim: bool, part: Any, number: Any) -> QuerySet[Any, Any]:
    columns = (Value(int(is_aim), IntegerField()), F("indicator_id"), F("period_id"), part, number)
    return rows.order_by().annotate(**dict(zip(names, columns, strict=True))).values_list(*names)


def months_of(one: Indicator, asked: Asked) -> Asked:
    """In which months an indicator is counted: what stays until it changes, from the beginning to the end of those asked for."""
    return asked if one.kind == IndicatorKind.RATIO else levelled(one.own_measure, asked)


def levelled(measure: str, asked: Asked) -> Asked:
    """The same of a measure of the ledger."""
    known = sources.measure_of(measure)
    return asked.at(figures.EVER[0], asked.until) if known and known.is_stock else asked


def is_stock(one: Indicator) -> bool:
    """Whether it is a level, as of organisations that take part, and not what happened in the months."""
    known = sources.measure_of(one.measure) if one.kind == IndicatorKind.COUNTED else None
    return known is not None and known.is_stock


def targets(wanted: Collection[Indicator], period: Period | None) -> dict[tuple[int, str], Decimal]:
    """The targets of a period, or of the whole programme, by indicator and part. One query."""
    rows = Target.objects.filter(indicator__in=[one.pk for one in wanted], period=period)
    return {(indicator, split): value for indicator, split, value in rows.values_list("indicator", "split", "value")}


def beside(
    one: Indicator,
    known: tuple[Decimal | None, Figure],
    *,
    aims: Mapping[tuple[int, str], Decimal],
    kept: Mapping[int, Decimal | None],
    period: Period | None,
    on: date,
) -> Counted:
    """An indicator beside its target: `known` is its value and the figure behind, `aims` and `kept` are read already."""
    value, figure = known
    target = aims.get((one.pk, ""))
    percent = methods.progress(value, target, baseline=one.baseline)
    since, until = (period.starts_on, period.ends_on) if period else (one.programme.starts_on, one.programme.ends_on)
    was = kept.get(one.pk, value)
    return Counted(
        indicator=one,
        value=value,
        target=target,
        percent=percent,
        is_behind=methods.is_behind(percent, methods.elapsed(since, until, on)),
        facts=figure.facts,
        untold=figure.untold,
        kept=was if was != value else None,
    )


def _lacking(one: Indicator, counted: Counted | Figure) -> int:
    """How many facts everybody misses in an indicator; places are counted whole."""
    return counted.untold if one.how in {How.SUM, How.ONCE} else 0


def _simple(wanted: Iterable[Indicator]) -> list[Indicator]:
    """Those of which the ledger knows a figure, also those that ratios are made of."""
    found = []
    for one in wanted:
        found += [one.over, one.under] if one.kind == IndicatorKind.RATIO else [one]
    return found


def _reached(wanted: Iterable[Indicator], asked: Asked) -> dict[tuple[str, Part], int]:
    """In how many places something was counted, for those indicators that count places."""
    found: dict[tuple[str, Part], int] = {}
    wanted = list(wanted)
    for how, level in ((How.HROMADAS, Level.HROMADA), (How.OBLASTS, Level.OBLAST)):
        parts = [part_of(one) for one in wanted if one.how == how]
        if parts:
            found |= {(how, part): number for part, number in figures.reached(asked, parts, level).items()}
    return found


def _once(wanted: Iterable[Indicator], asked: Asked) -> dict[str, Figure]:
    """How many different people were counted, by measure, for those indicators that count people once."""
    measures = {one.measure for one in wanted if one.how == How.ONCE}
    return {measure: different(number) for measure, number in people.once(asked, measures).items()} if measures else {}


def different(number: int) -> Figure:
    """So many different people as a figure: everybody is told whole fives of them, and that they may be more."""
    return Figure(number, number, headcounts.in_fives(number), int(number > 0))


def people_told(number: int, *, is_office: bool) -> Decimal:
    """So many different people as the office is told, or everybody."""
    return Decimal(number if is_office else headcounts.in_fives(number))


def _value(one: Indicator, figure: Figure, reached: Mapping[tuple[str, Part], int], *, is_office: bool) -> Decimal:
    if one.how in {How.HROMADAS, How.OBLASTS}:
        return Decimal(reached[one.how, part_of(one)])
    return scaled(one.own_measure, figure.value if is_office else figure.shown)

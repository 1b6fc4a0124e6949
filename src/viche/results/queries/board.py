"""What indicators come to, for whoever may know it: value, target, how far that is, what was corrected after a close.

Everybody is told what the records tell everybody: people too few to be told are in no sum (docs/decisions/0014). The office
is told all. Nothing here is kept: every number is read from the ledger's sums.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from viche.facts.choices import Level, Unit
from viche.facts.queries import figures
from viche.facts.queries.figures import Asked, Figure, Part
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
        return self.untold if self.indicator.how == How.SUM else 0

    @property
    def is_corrected(self) -> bool:
        """Whether it was corrected after the period had closed."""
        return self.kept is not None


def of_programme(programme: Programme, *, is_office: bool) -> QuerySet[Indicator]:
    """The indicators of a programme in their order, with their goals and what ratios are made of. One query."""
    found = Indicator.objects.filter(programme=programme).select_related("programme", "goal", "over", "under")
    return found if is_office else found.filter(TOLD)


def indicator(programme: str, code: str) -> Indicator:
    """The indicator under this code."""
    related = ("programme", "goal", "over", "under")
    return Indicator.objects.select_related(*related).get(programme__code=programme.upper(), code=code.upper())


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


def values(
    wanted: Iterable[Indicator], asked: Asked, *, is_office: bool, found: Mapping[Part, Figure] | None = None
) -> dict[int, tuple[Decimal | None, Figure]]:
    """What these indicators come to, by their keys, and the figure behind; `found` are sums read already. Three queries at most."""
    wanted = list(wanted)
    simple = {one.pk: one for one in _simple(wanted)}
    if found is None:
        found = figures.of(asked, [part_of(one) for one in simple.values()]) if simple else {}
    reached = _reached(simple.values(), asked)
    known: dict[int, tuple[Decimal | None, Figure]] = {}
    for pk, one in simple.items():
        figure = found.get(part_of(one), figures.NOTHING)
        known[pk] = (_value(one, figure, reached, is_office=is_office), figure)
    for one in wanted:
        if one.kind == IndicatorKind.RATIO:
            value = methods.ratio(known[one.over_id][0], known[one.under_id][0], times=one.times)
            known[one.pk] = (value, known[one.over_id][1])
    return known


def counted(
    wanted: Iterable[Indicator],
    asked: Asked,
    *,
    is_office: bool,
    on: date,
    period: Period | None = None,
    is_aimed: bool = True,
    found: Mapping[Part, Figure] | None = None,
) -> list[Counted]:
    """What indicators come to beside their targets: those of the `period`, else of the whole programme. Five queries at most.

    Targets are set for a programme, so a place has none, nor have other months (not `is_aimed`). `asked` and `period` name the
    same months; `found` are sums that have been read already.
    """
    wanted = list(wanted)
    known = values(wanted, asked, is_office=is_office, found=found)
    is_whole = is_aimed and asked.oblast is None and asked.hromadas is None
    aims = targets(wanted, period) if is_whole else {}
    kept = _kept(wanted, period, is_office=is_office) if is_whole and period and period.is_closed else {}
    return [beside(one, known[one.pk], aims=aims, kept=kept, period=period, on=on) for one in wanted]


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


def _value(one: Indicator, figure: Figure, reached: Mapping[tuple[str, Part], int], *, is_office: bool) -> Decimal:
    if one.how != How.SUM:
        return Decimal(reached[one.how, part_of(one)])
    return scaled(one.own_measure, figure.value if is_office else figure.shown)


def _kept(wanted: Collection[Indicator], period: Period, *, is_office: bool) -> dict[int, Decimal | None]:
    """What indicators had come to when the period closed. One query."""
    rows = Kept.objects.filter(period=period, indicator__in=[one.pk for one in wanted])
    return dict(rows.values_list("indicator", "value" if is_office else "shown"))

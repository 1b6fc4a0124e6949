"""Results as IATI is told of them. Everything about results that leaves in IATI goes through this module."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from viche.awards.models import Award
from viche.awards.queries import awards as every
from viche.facts.queries.figures import Asked
from viche.formats.iati import records as iati
from viche.programmes.models import Goal, Programme
from viche.results.choices import Direction, How, IndicatorKind
from viche.results.models import Indicator, Period
from viche.results.queries import board, splits
from viche.site.queries.told import Words, spoken

GIVEN, REACHED = _("Надано підтримки"), _("Громади, що отримали підтримку")
SUPPORT, DONE = _("Підтримка громад"), _("Що зроблено")
OTHERS = _("Інші показники")
AT_LEAST = _("Щонайменше стільки: груп, у яких людей менш як п’ять, у цьому числі немає.")
ROUGHLY = _("Приблизно стільки: груп, у яких людей менш як п’ять, у числах, з яких це обчислено, немає.")
OWN_FRAMEWORK = "99"
"""The vocabulary of an indicator that is a donor's own, by the list IndicatorVocabulary."""


def results_of(programme: Programme) -> Sequence[iati.Result]:
    """What the programme's public indicators come to, a result for each goal; where it has none, what its awards say by being there."""
    wanted = list(board.of_programme(programme, is_office=False).order_by("goal__position", "position", "pk"))
    if not wanted:
        return _by_awards(programme)
    frames = [_frame(programme, None, wanted), *(_frame(programme, one, wanted) for one in board.periods(programme))]
    by_goal: dict[Goal | None, list[iati.Indicator]] = {}
    for one in wanted:
        by_goal.setdefault(one.goal, []).append(_indicator(one, frames))
    return [
        iati.Result(iati.OUTPUT, _both(goal.text, goal.text_en) if goal else spoken(OTHERS), found)
        for goal, found in by_goal.items()
    ]


class Frame(NamedTuple):
    """What all indicators come to in one period, and how they split, by their keys."""

    starts_on: date
    ends_on: date
    counted: Mapping[int, board.Counted]
    split: Mapping[int, Sequence[splits.Dimension]]
    targets: Mapping[tuple[int, str], Decimal]


def _frame(programme: Programme, period: Period | None, wanted: list[Indicator]) -> Frame:
    """One period; without it everything that was ever counted, in the days of the programme."""
    days = (period.starts_on, period.ends_on) if period else (programme.starts_on, programme.ends_on)
    asked = Asked(programme.pk, *days) if period else Asked.ever(programme.pk)
    counted = board.counted(wanted, asked, is_office=False, on=days[1], period=period)
    return Frame(
        *days,
        {one.indicator.pk: one for one in counted},
        splits.of_many(wanted, asked, is_office=False),
        board.targets(wanted, period),
    )


def _indicator(one: Indicator, frames: Sequence[Frame]) -> iati.Indicator:
    periods = [_period(one, frame) for frame in frames if frame.counted[one.pk].value is not None]
    return iati.Indicator(
        iati.PERCENTAGE if one.unit.strip() == "%" else iati.UNIT,
        _both(one.name, one.name_en),
        [period for period in periods if period.targets or any(value.value for value in period.actuals)] or periods[:1],
        ascending=one.direction == Direction.UP,
        # Only what is added up may be added up further: places and shares may not.
        aggregates=one.kind != IndicatorKind.RATIO and one.how == How.SUM,
        description=_both(one.what_counts, ""),
        references=[iati.Reference(OWN_FRAMEWORK, told["code"], _page(one)) for told in one.donor_codes],
        baselines=[iati.Baseline(one.baseline_on.year, _number(one.baseline), one.baseline_on)]
        if one.baseline_on
        else [],
    )


def _period(one: Indicator, frame: Frame) -> iati.Period:
    split = [
        iati.Value(_number(share.value), dimensions={dimension.name: share.label}, comment=_comment(share.untold))
        for dimension in frame.split.get(one.pk, ())
        for share in dimension.shares
        if share.value
    ]
    aimed = [
        iati.Value(_number(value), dimensions={"part": splits.label(one, part)} if part else {})
        for (indicator, part), value in frame.targets.items()
        if indicator == one.pk
    ]
    counted = frame.counted[one.pk]
    whole = iati.Value(
        _number(counted.value), comment=_comment(counted.lacking, is_ratio=one.kind == IndicatorKind.RATIO)
    )
    return iati.Period(frame.starts_on, frame.ends_on, aimed, [whole, *split])


def _comment(untold: int, *, is_ratio: bool = False) -> Words:
    """That the true number is not less, or of a ratio another, where records with few people are in no sum."""
    return spoken(ROUGHLY if is_ratio else AT_LEAST) if untold else {}


def _number(value: Decimal | None) -> Decimal | int:
    """A whole number without its hundredths; where there is none, nought was never told."""
    value = value or Decimal(0)
    return int(value) if value == value.to_integral_value() else value


def _both(text: str, english: str) -> Words:
    return {language: words for language, words in (("uk", text), ("en", english)) if words}


def _page(one: Indicator) -> str:
    return f"{settings.SITE_ADDRESS.rstrip('/')}{one.get_absolute_url()}"


def _by_awards(programme: Programme) -> Sequence[iati.Result]:
    """What the public awards of a programme say by being there. One query."""
    public = every.public().filter(programme=programme).order_by()
    counted = public.aggregate(awards=Count("pk"), hromadas=Count("organisation__hromada", distinct=True))
    if not counted["awards"]:
        return []
    indicators = [
        _counted(spoken(GIVEN), programme, counted["awards"]),
        _counted(spoken(REACHED), programme, counted["hromadas"]),
    ]
    return [iati.Result(iati.OUTPUT, spoken(SUPPORT), indicators, aggregates=False)]


def results_of_awards(awards: Sequence[Award]) -> Mapping[int, Sequence[iati.Result]]:
    """By the key of each award of a chunk, its results: for now what was written when it was closed. No queries."""
    title = spoken(DONE)
    return {award.pk: [_done(award, title)] for award in awards if award.done}


def _counted(title: Words, programme: Programme, value: int) -> iati.Indicator:
    period = iati.Period(programme.starts_on, programme.ends_on, actuals=[iati.Value(value)])
    return iati.Indicator(iati.UNIT, title, [period])


def _done(award: Award, title: Words) -> iati.Result:
    told = iati.Value(None, comment={"uk": award.done})
    period = iati.Period(award.starts_on, award.ends_on, actuals=[told])
    return iati.Result(iati.OUTPUT, title, [iati.Indicator(iati.QUALITATIVE, title, [period])])

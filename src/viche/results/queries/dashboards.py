"""Everything that the dashboard of a programme shows, read in few queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate

from viche.facts.queries import figures, together
from viche.facts.queries.figures import Asked
from viche.journal import queries as journal
from viche.methods.ledger import WHOLE
from viche.places import queries as places_of
from viche.places.models import Oblast
from viche.programmes import queries as programmes
from viche.programmes.models import Programme
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board, coverage, money, places, splits, stories, trends
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted, Promises
from viche.ui import wording

HEADLINES = 4
PEOPLE = frozenset({"sex", "age"})
TOLD = PEOPLE | {"group"}


@dataclass(frozen=True)
class Frame:
    """What stands around the figures of a programme and changes seldom."""

    oblasts: list[Oblast]
    branches: list[programmes.Branch]
    stories: list[stories.Story]


@dataclass(frozen=True)
class Rows:
    """The indicators of one goal; those of none come last."""

    branch: programmes.Branch | None
    counted: list[Counted]


@dataclass(frozen=True)
class Dashboard:
    """The figures of a programme for the months and the place asked for."""

    counted: list[Counted]
    rows: list[Rows]
    headlines: list[Counted]
    shown: Indicator | None
    second: Indicator | None
    by_oblast: dict[int, places.Found]
    """By the key of the indicator drawn, what it comes to in each oblast."""
    dimensions: list[splits.Dimension]
    split_of: Indicator | None
    trend: list[trends.Step]
    money: dict[str, list[money.Sum]]
    funnel: list[tuple[str, str, int]]
    coverage: coverage.Coverage
    corrected: list[Counted] = field(default_factory=list)


def frame(programme: Programme, *, is_full: bool = True) -> Frame:
    """Oblasts, goals, stories: read again when anybody has written anything. The programme knows its version as `written`."""
    return journal.until_written(
        f"results.frame:{programme.pk}:{is_full}:{wording.language()}",
        lambda: Frame(
            list(places_of.oblasts()),
            programmes.goals(programme) if is_full else [],
            stories.of(programme, on=localdate()) if is_full else [],
        ),
        at=programme.written,
    )


def dashboard(
    chosen: Chosen,
    wanted: Sequence[Indicator],
    branches: Sequence[programmes.Branch],
    *,
    show: str,
    is_office: bool,
    on: date,
) -> Dashboard:
    """Count everything on the page. Two queries."""
    period = chosen.when.period
    promised = board.promises(wanted, period, is_office=is_office) if chosen.is_aimed else None
    return together.at_once(
        lambda: _reckoned(chosen, wanted, branches, show=show, is_office=is_office, on=on, promised=promised)
    )


def _reckoned(
    chosen: Chosen,
    wanted: Sequence[Indicator],
    branches: Sequence[programmes.Branch],
    *,
    show: str,
    is_office: bool,
    on: date,
    promised: Promises | None,
) -> Dashboard:
    asked, about = chosen.asked, {"period": chosen.when.period, "is_aimed": chosen.is_aimed, "promised": promised}
    counted = board.counted(wanted, asked, is_office=is_office, on=on, **about)
    found = figures.of(asked, [(measure, WHOLE) for measure in sorted(money.measures())])
    shown, second = drawn(wanted, show)
    split_of, dimensions = _split(wanted, shown, asked, is_office=is_office)
    return Dashboard(
        counted=counted,
        rows=grouped(counted, branches),
        headlines=headlines(counted),
        shown=shown,
        second=second,
        by_oblast=_maps(chosen, [shown, second], is_office=is_office),
        dimensions=dimensions,
        split_of=split_of,
        trend=trends.of(shown, chosen, on=on, is_office=is_office) if shown else [],
        money=money.by_currency(found),
        funnel=money.funnel(found),
        coverage=coverage.counted(asked),
        corrected=[one for one in counted if one.is_corrected],
    )


def indicators(programme: Programme, *, is_office: bool) -> list[Indicator]:
    """The indicators of a programme, each of them knowing it. One query."""
    found = list(board.of_programme(programme, is_office=is_office))
    for one in found:
        one.programme = programme
    return found


def headlines(counted: Sequence[Counted]) -> list[Counted]:
    """What stands in the head: those that the office chose, else the first few."""
    return [one for one in counted if one.indicator.is_headline] or list(counted[:HEADLINES])


def grouped(counted: Sequence[Counted], branches: Sequence[programmes.Branch]) -> list[Rows]:
    """The indicators under their goals, goals in the order of the tree; a goal without any stays as a heading."""
    by_goal: dict[int | None, list[Counted]] = {}
    for one in counted:
        by_goal.setdefault(one.indicator.goal_id, []).append(one)
    known = {branch.goal.pk for branch in branches}
    rows = [Rows(branch, by_goal.get(branch.goal.pk, [])) for branch in branches]
    rest = [one for one in counted if one.indicator.goal_id not in known]
    return [*rows, Rows(None, rest)] if rest else rows


def drawn(wanted: Sequence[Indicator], show: str) -> tuple[Indicator | None, Indicator | None]:
    """Which indicator is shaded on the map and drawn as a trend, and which stands on the map beside it."""
    adding = [one for one in wanted if one.kind != IndicatorKind.RATIO and one.how != How.OBLASTS]
    adding.sort(key=lambda one: not one.is_headline)
    shown = next((one for one in wanted if one.code == show), None) or (adding[0] if adding else None)
    second = next((one for one in adding if one != shown), None)
    return shown, second


def _split(
    wanted: Sequence[Indicator],
    shown: Indicator | None,
    asked: Asked,
    *,
    is_office: bool,
) -> tuple[Indicator | None, list[splits.Dimension]]:
    """The parts of the first indicator that counts people, else of the one drawn, else of the first that has any."""
    known = splits.of_many(list(wanted), asked, is_office=is_office)
    some = [one for one in wanted if known.get(one.pk)]
    some.sort(key=lambda one: (not _of_people(known[one.pk]), one != shown, not one.is_headline))
    if not some:
        return None, []
    of = known[some[0].pk]
    return some[0], [one for one in of if one.name in TOLD] if _of_people(of) else of


def _of_people(dimensions: Sequence[splits.Dimension]) -> bool:
    return any(dimension.name in PEOPLE for dimension in dimensions)


def _maps(chosen: Chosen, wanted: Sequence[Indicator | None], *, is_office: bool) -> dict[int, places.Found]:
    """What each indicator drawn comes to by oblast; nothing where a place is asked for already. A query each."""
    if chosen.where.label:
        return {}
    return {one.pk: places.by_oblast(one, chosen.asked, is_office=is_office) for one in wanted if one is not None}

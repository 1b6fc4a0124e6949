"""What came of an event as everybody may see it, once its report was accepted: what happened, heads with few masked, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from viche.events.choices import Age, Group, ReportState, Sex
from viche.events.models import Event, Report
from viche.events.queries import reports
from viche.methods import headcounts


class Part(NamedTuple):
    """So many of the people, in words; None where the number is not told."""

    label: str
    number: int | None


@dataclass(frozen=True)
class Heads:
    """How many came, for a page: bars by sex and by age, both together as a table, groups beside."""

    total: int | None
    sexes: list[Part]
    ages: list[Part]
    rows: list[tuple[Part, list[int | None]]]
    """Each age with its cells, in the order of `sexes`."""
    groups: list[Part]

    @property
    def is_masked(self) -> bool:
        """Whether something is not told."""
        cells = [number for _age, numbers in self.rows for number in numbers]
        return None in [self.total, *cells, *(part.number for part in (*self.sexes, *self.ages, *self.groups))]

    @property
    def is_split(self) -> bool:
        """Whether anything but the whole is told: a sex or an age that is known."""
        unknown = {str(Sex.UNKNOWN.label), str(Age.UNKNOWN.label)}
        return any(part.number and part.label not in unknown for part in (*self.sexes, *self.ages))


@dataclass(frozen=True)
class Outcome:
    """An accepted report as everybody may read it."""

    happened: str
    heads: Heads
    media: list[dict[str, str]]
    questions: list[str]
    followups: list[str]
    ideas: list[str]


def of(event: Event) -> Outcome | None:
    """What came of an event; None while no report is accepted. One query."""
    report = Report.objects.filter(event=event, state=ReportState.ACCEPTED).first()
    if report is None:
        return None
    return Outcome(
        happened=report.happened,
        heads=_heads(reports.masked(report), report.groups),
        media=[one for one in report.media if one.get("link") or one.get("title")],
        questions=report.questions,
        followups=report.followups,
        ideas=report.ideas,
    )


def _heads(shown: headcounts.Shown, groups: Mapping[str, int]) -> Heads:
    """Words beside the numbers. Of sexes and ages those that came, and always the known ones of sex."""
    sexes = [sex for sex in Sex if sex != Sex.UNKNOWN or shown.sexes[sex] != 0]
    ages = [age for age in Age if shown.ages[age] != 0]
    return Heads(
        total=shown.total,
        sexes=[Part(str(sex.label), shown.sexes[sex]) for sex in sexes],
        ages=[Part(str(age.label), shown.ages[age]) for age in ages],
        rows=[
            (Part(str(age.label), shown.ages[age]), [shown.cells[f"{sex.value}:{age.value}"] for sex in sexes])
            for age in ages
        ],
        groups=[Part(str(group.label), shown.groups[group]) for group in Group if groups.get(group)],
    )

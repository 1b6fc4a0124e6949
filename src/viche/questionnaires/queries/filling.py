"""A sheet and what is filled in on it: values, revisions, faults, progress, and what the answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from viche.questionnaires.models import Answers, Sheet
from viche.questionnaires.queries import judging, outlines, reading
from viche.questionnaires.queries.judging import Fault
from viche.questionnaires.queries.kinds import Limits
from viche.questionnaires.queries.outlines import Outline, OutlineSection


@dataclass(frozen=True)
class Progress:
    """How many sections are ready, of how many."""

    done: int
    of: int


@dataclass(frozen=True)
class Step:
    """A section in the list of steps: `state` is ready, begun or empty."""

    section: OutlineSection
    state: str


@dataclass
class Filled:
    """A sheet with its outline and answers. Sections may be given as outline sections, rows, or keys of rows."""

    sheet: Sheet
    outline: Outline
    answers: dict[int, Answers]
    limits: Limits

    def values(self, section: Any) -> dict[str, Any]:
        """What was typed in the section, by the keys of its questions."""
        row = self.answers.get(getattr(section, "pk", section))
        return row.values if row else {}

    def revision(self, section: Any) -> int:
        """How many times the section was saved; a save names it."""
        row = self.answers.get(getattr(section, "pk", section))
        return row.revision if row else 0

    @cached_property
    def own_faults(self) -> dict[int, list[Fault]]:
        """The faults of each section, by the key of its row, the last with sums that disagree across sections."""
        found = {s.pk: judging.faults_of(s, self.values(s), self.limits) for s in self.outline}
        asked = {
            meaning: (place[0], place[1], self.values(place[0]).get(place[1].key))
            for meaning in reading.SUMS
            if (place := self.outline.meaning(meaning))
        }
        if asked and not any(section.adds_up for section in self.outline):
            for fault in judging.disagreement(asked, [fault for faults in found.values() for fault in faults]):
                found[fault.section.pk].append(fault)
        return found

    def faults(self, section: Any) -> list[Fault]:
        """What is wrong in the section."""
        return self.own_faults[getattr(section, "pk", section)]

    def is_begun(self, section: OutlineSection) -> bool:
        """Whether anything is answered in the section."""
        values = self.values(section)
        return any(not reading.is_empty(question, values.get(question.key)) for question in section.questions)

    def state(self, section: OutlineSection) -> str:
        """How far the section is: ready, begun or empty. One without duties is ready only once it was saved."""
        if not self.faults(section) and (self.is_begun(section) or self.revision(section)):
            return "ready"
        return "begun" if self.is_begun(section) else "empty"

    @cached_property
    def steps(self) -> list[Step]:
        """All sections with their states, for the list of steps."""
        return [Step(section, self.state(section)) for section in self.outline]

    @cached_property
    def progress(self) -> Progress:
        """How many sections are ready."""
        return Progress(sum(step.state == "ready" for step in self.steps), len(self.outline))

    @property
    def is_complete(self) -> bool:
        """Whether nothing is wrong or missing."""
        return not any(self.own_faults.values())


def filled(sheet: Sheet, outline: Outline | None = None, *, limits: Limits | None = None) -> Filled:
    """The sheet with its answers, in one query beside the outline. `limits`: least and most of sums by meaning."""
    found = outline or outlines.outline(sheet.version)
    rows = {row.section_id: row for row in Answers.objects.filter(sheet=sheet)}
    return Filled(sheet, found, rows, limits or {})


def faults(of: Filled) -> list[Fault]:
    """All that must be put right before the sheet can be handed in, in the order of the form."""
    return [fault for section in of.outline for fault in of.faults(section)]


def meaning(of: Filled, wanted: str) -> str | Decimal | date | bool | list[str] | None:
    """The answer that means this, as a value: text, Decimal (a budget table: its total); None without a readable one."""
    place = of.outline.meaning(wanted)
    return reading.meant(place[1], of.values(place[0]).get(place[1].key)) if place else None


def typed_values(section: OutlineSection, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the section's questions alone, blank where nothing came."""
    return {question.key: values.get(question.key, reading.blank(question)) for question in section.questions}

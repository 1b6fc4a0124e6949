"""The outline of a version: its sections and questions as plain values, read in two queries and kept once frozen."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from viche.questionnaires.choices import Meaning, QuestionKind
from viche.questionnaires.models import Question, Section, Version

KEPT = 256


@dataclass(frozen=True)
class OutlineQuestion:
    """One question; `settings` as `models.Question` tells."""

    pk: int
    key: str
    kind: str
    meaning: str
    label: str
    help: str
    required: bool
    settings: dict[str, Any] = field(hash=False)

    @property
    def options(self) -> list[dict[str, str]]:
        """What may be chosen."""
        return self.settings.get("options", [])

    @property
    def kind_words(self) -> str:
        """What answer is awaited, in words."""
        return str(QuestionKind(self.kind).label)

    @property
    def meaning_words(self) -> str:
        """What the answer means, in words."""
        return str(Meaning(self.meaning).label)


@dataclass(frozen=True)
class OutlineSection:
    """One section; `number` counts from 1 as people do, `adds_up` when sums that must agree all stand here."""

    pk: int
    number: int
    title: str
    intro: str
    questions: tuple[OutlineQuestion, ...]
    adds_up: bool = False

    def question(self, key: str) -> OutlineQuestion | None:
        """The question of that key."""
        return next((question for question in self.questions if question.key == key), None)

    @property
    def takes_files(self) -> bool:
        """Whether files or photographs are asked for."""
        return any(question.kind in {QuestionKind.FILE, QuestionKind.PHOTOS} for question in self.questions)


@dataclass(frozen=True)
class Outline:
    """The whole content of a version."""

    version: int
    number: int
    sections: tuple[OutlineSection, ...]

    def __iter__(self) -> Iterator[OutlineSection]:
        """Go through the sections."""
        return iter(self.sections)

    def __len__(self) -> int:
        """How many sections."""
        return len(self.sections)

    def section(self, number: int) -> OutlineSection | None:
        """The section of that number, counted from 1."""
        return self.sections[number - 1] if 1 <= number <= len(self.sections) else None

    def by_pk(self, pk: int) -> OutlineSection | None:
        """The section of that row."""
        return next((section for section in self.sections if section.pk == pk), None)

    def holder(self, question_pk: int) -> OutlineSection | None:
        """The section in which the question of that row stands."""
        return next((s for s in self.sections if any(q.pk == question_pk for q in s.questions)), None)

    def meaning(self, meaning: str) -> tuple[OutlineSection, OutlineQuestion] | None:
        """The one question whose answer means this, and its section."""
        for section in self.sections:
            for question in section.questions:
                if question.meaning == meaning:
                    return section, question
        return None

    @property
    def questions(self) -> list[OutlineQuestion]:
        """All questions in their order."""
        return [question for section in self.sections for question in section.questions]


_kept: OrderedDict[str, Outline] = OrderedDict()
_lock = Lock()


def outline(version: Version) -> Outline:
    """The outline of a version: of a frozen one at once after the first time, of another in two queries."""
    if not version.sha256:
        return read(version)
    with _lock:
        if version.sha256 in _kept:
            _kept.move_to_end(version.sha256)
            return _kept[version.sha256]
    found = read(version)
    with _lock:
        _kept[version.sha256] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def read(version: Version) -> Outline:
    """Read the outline from the tables."""
    sections = list(Section.objects.filter(version=version).order_by("position"))
    questions: dict[int, list[OutlineQuestion]] = {section.pk: [] for section in sections}
    for row in Question.objects.filter(section__version=version).order_by("position"):
        questions[row.section_id].append(
            OutlineQuestion(
                pk=row.pk,
                key=row.key,
                kind=row.kind,
                meaning=row.meaning,
                label=row.label,
                help=row.help,
                required=row.required,
                settings=row.settings,
            )
        )
    sums = {Meaning.AMOUNT, Meaning.OWN_SHARE, Meaning.BUDGET}
    places = {pk for pk, asked in questions.items() if any(question.meaning in sums for question in asked)}
    return Outline(
        version=version.pk,
        number=version.number,
        sections=tuple(
            OutlineSection(
                pk=section.pk,
                number=number,
                title=section.title,
                intro=section.intro,
                questions=tuple(questions[section.pk]),
                adds_up=places == {section.pk},
            )
            for number, section in enumerate(sections, 1)
        ),
    )


def as_data(found: Outline) -> list[dict[str, Any]]:
    """The content as plain data, as `operations.write` takes it."""
    return [
        {
            "title": section.title,
            "intro": section.intro,
            "questions": [
                {
                    "key": question.key,
                    "kind": str(question.kind),
                    "meaning": str(question.meaning),
                    "label": question.label,
                    "help": question.help,
                    "required": question.required,
                    "settings": question.settings,
                }
                for question in section.questions
            ],
        }
        for section in found.sections
    ]


def fingerprint(found: Outline) -> str:
    """SHA-256 over content and row keys: two outlines with the same are the same rows saying the same."""
    keys = [[found.version, found.number], [s.pk for s in found.sections], [q.pk for q in found.questions]]
    text = json.dumps([keys, as_data(found)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

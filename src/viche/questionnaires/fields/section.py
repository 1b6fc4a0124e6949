"""The form of one section, judged by the same judge as the whole sheet."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.forms.boundfield import BoundField

from viche.files import queries as files_held
from viche.files.models import Stored
from viche.questionnaires import queries
from viche.questionnaires.choices import FILES, QuestionKind
from viche.questionnaires.fields import sent
from viche.questionnaires.fields.costs import Table
from viche.questionnaires.fields.drawing import Asked, answer_field
from viche.questionnaires.queries import kinds, reading
from viche.ui.forms import Form

MOST_CANDIDATES = 12


class SectionForm(Form):
    """The form of a section over what was typed; `faults` are there when it is judged, that is bound."""

    def __init__(
        self,
        section: queries.OutlineSection,
        *,
        typed: Mapping[str, Any],
        judged: bool,
        revision: int = 0,
        limits: queries.Limits | None = None,
        pressed: Mapping[str, str] | None = None,
        uploaded: Any = None,
        saved_at: Any = None,
    ) -> None:
        """Prepare the fields; nothing is judged before `is_valid`, `errors` or the drawing."""
        self.section, self.typed, self.revision = section, typed, revision
        self.limits, self.pressed, self.uploaded, self.saved_at = limits or {}, pressed or {}, uploaded, saved_at
        super().__init__(typed if judged else None, initial=typed)
        self.cleaned_data: dict[str, Any] = {}  # a refusal may be said on a form that is not judged
        for question in section.questions:
            self.fields[question.key] = answer_field(question, self.limits)

    def __getitem__(self, name: str) -> BoundField:
        """The bound field of a question. A template asks here first: a question may be keyed "summary" or "asked" as well
        as this form has such parts, and the part is what the template means.
        """
        if name in self.__dict__ or hasattr(type(self), name):
            raise KeyError(name)
        return super().__getitem__(name)

    def bound(self, key: str) -> BoundField:
        """The bound field of a question, whatever its key."""
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[BoundField]:
        """All bound fields."""
        return (self.bound(key) for key in self.fields)

    def _bound_items(self) -> Iterator[tuple[str, BoundField]]:
        """All bound fields with their keys."""
        return ((key, self.bound(key)) for key in self.fields)

    def add_error(self, field: str | None, error: Any) -> None:
        """Put a sentence to a question. Django would look the field up by its name, which may be the name of a part."""
        if field in self.fields and field not in self.errors:
            self._errors[field] = self.error_class(renderer=self.renderer, field_id=self.bound(field).auto_id)
        super().add_error(field, error)

    def _clean_fields(self) -> None:
        """Let the one judge of answers judge, in place of each field's own rules."""
        self.cleaned_data = {q.key: reading.meant(q, self.typed.get(q.key)) for q in self.section.questions}
        for fault in self.faults:
            self.add_error(fault.question.key, fault.sentence)

    @cached_property
    def faults(self) -> list[queries.Fault]:
        """What is wrong, where the form is judged."""
        return queries.faults_of(self.section, self.typed, self.limits) if self.is_bound else []

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Id and sentence of every fault, for the summary on top: `{% errors extra=form.summary %}`."""
        own = [(f"id_{name}", said) for name, errors in self.errors.items() for said in errors if name in self.fields]
        own = [pair for pair in own if pair[1] not in {fault.sentence for fault in self.faults}]
        return (
            [(fault.anchor, fault.told) for fault in self.faults]
            + [(anchor, f"{self.fields[anchor.removeprefix('id_')].label}: {said}") for anchor, said in own]
            + [("", str(said)) for said in self.non_field_errors()]
        )

    @property
    def stays(self) -> bool:
        """Whether a button was pressed that changes this page and does not leave it."""
        return any(name in self.pressed for name in sent.BUTTONS)

    @property
    def anchor(self) -> str:
        """The id of the control to look at after such a button."""
        if key := self.pressed.get("add"):
            return f"id_{key}-{max(len(reading.rows(self.typed.get(key))) - 1, 0)}-item"
        value = next((self.pressed[name] for name in sent.BUTTONS if name in self.pressed), "")
        return f"id_{value.split('-')[0].split(':')[0]}"

    @property
    def detached(self) -> tuple[queries.OutlineQuestion, str] | None:
        """The question and the key of the file whose «Вилучити» was pressed."""
        name, _colon, key = self.pressed.get("detach", "").partition(":")
        question = self.section.question(name)
        return (question, key) if question and question.kind in FILES else None

    @property
    def uploads(self) -> list[tuple[queries.OutlineQuestion, Any]]:
        """The files that came with the form, each with its question."""
        if not self.uploaded:
            return []
        asked = [question for question in self.section.questions if question.kind in FILES]
        return [(question, upload) for question in asked for upload in self.uploaded.getlist(question.key)]

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions as they are drawn."""
        held = self._held()
        return [self._ask(question, held) for question in self.section.questions]

    def _held(self) -> dict[str, Stored]:
        keys = [key for q in self.section.questions if q.kind in FILES for key in reading.texts(self.typed.get(q.key))]
        return (
            {str(key): stored for key, stored in files_held.by_keys([UUID(key) for key in keys]).items()}
            if keys
            else {}
        )

    def _ask(self, question: queries.OutlineQuestion, held: Mapping[str, Stored]) -> Asked:
        value = self.typed.get(question.key)
        asked = Asked(question, self.bound(question.key), [f for f in self.faults if f.question.key == question.key])
        if question.kind == QuestionKind.BUDGET:
            asked.table = Table(question, value, asked.faults)
        elif question.kind in FILES:
            asked.files = [held[key] for key in reading.texts(value) if key in held]
            asked.room = max(kinds.most_files(question) - len(asked.files), 0)
        elif question.kind == QuestionKind.HROMADA and asked.faults:
            found = reading.hromadas(value)
            asked.bound.field.widget.candidates = [
                (one.code, f"{one.label}, {one.whereabouts}") for one in found[:MOST_CANDIDATES]
            ]
        return asked


def section_form(
    section: queries.OutlineSection,
    *,
    data: Any = None,
    files: Any = None,
    answers: Any = None,
    limits: queries.Limits | None = None,
    judged: bool | None = None,
) -> SectionForm:
    """The form of a section: over `data` that was sent, else over saved `answers` (a row of Answers, or None).

    It is judged when it was sent; `judged=True` judges what was saved, `judged=False` leaves what was sent in peace.
    """
    saved = answers.values if answers is not None else {}
    revision = answers.revision if answers is not None else 0
    pressed: dict[str, str] = {}
    if data is None:
        typed = queries.typed_values(section, saved)
    else:
        pressed = {name: data[name] for name in sent.BUTTONS if name in data}
        typed = sent.answers(section, data, pressed)
        typed |= {q.key: saved.get(q.key, []) for q in section.questions if q.kind in FILES}
        revision = sent.revision_of(data)
    return SectionForm(
        section,
        typed=typed,
        judged=data is not None if judged is None else judged,
        revision=revision,
        limits=limits,
        pressed=pressed,
        uploaded=files,
        saved_at=answers.saved_at if answers is not None else None,
    )

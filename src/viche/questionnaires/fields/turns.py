"""One turn of filling a section: what was sent is saved, files come and go, and the page learns what to say.

Shared by every page that fills a sheet; rights and deadlines are in the operations that the page hands in.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.questionnaires import queries
from viche.questionnaires.fields.section import SectionForm, section_form
from viche.questionnaires.models import Answers
from viche.questionnaires.operations import Unsaved
from viche.questionnaires.queries import reading
from viche.ui import wording

CONFLICT = 409


@dataclass(frozen=True)
class Acts:
    """What the page may do: `save(values, revision)`, `attach(question, upload)`, `detach(question, key)`."""

    save: Callable[[dict[str, Any], int], Answers]
    attach: Callable[[Any, Any], Any]
    detach: Callable[[Any, str], None]


@dataclass
class Turn:
    """How it went. `saved` is None when nothing was; `unsaved` carries both texts when somebody saved first."""

    form: SectionForm
    status: int = 200
    saved: Answers | None = None
    unsaved: Unsaved | None = None
    refused: Refused | None = None
    added: list[str] = field(default_factory=list)  # names of files that were taken in

    @property
    def told(self) -> dict[str, Any]:
        """The answer for the script that saves as one types."""
        if self.saved is not None:
            return {"revision": self.saved.revision, "saved_at": f"{wording.in_kyiv(self.saved.saved_at):%H:%M}"}
        if self.refused:
            return {"text": self.refused.sentence, "revision": None}
        return {
            "text": _("Не збережено: цей розділ уже зберегли в іншій вкладці або зберіг колега. Ваш текст не зник."),
            "compare": _("Порівняти"),
            "revision": self.unsaved.theirs.revision if self.unsaved else None,
        }


def save_turn(
    section: Any, acts: Acts, *, data: Any, files: Any, answers: Answers | None, limits: queries.Limits
) -> Turn:
    """Save what was typed, then take files in and out. What cannot be saved is kept, and stays on the page."""
    form = section_form(section, data=data, files=files, answers=answers, limits=limits)
    turn = Turn(form)
    try:
        turn.saved = acts.save(form.typed, form.revision)
        if form.detached:
            acts.detach(*form.detached)
    except Unsaved as unsaved:
        turn.unsaved, turn.status = unsaved, CONFLICT
        # Whoever now presses the button has both texts before them, and means it.
        form.revision = unsaved.theirs.revision
    except Refused as refused:
        turn.refused, turn.status = refused, refused.status
        form.add_error(None, refused.sentence)
    if turn.saved is not None:
        for question, upload in form.uploads:
            _attach(turn, acts, question, upload)
    return turn


def _attach(turn: Turn, acts: Acts, question: Any, upload: Any) -> None:
    try:
        turn.added.append(acts.attach(question, upload).name)
    except Refused as refused:
        turn.refused, turn.status = refused, refused.status
        turn.form.add_error(question.key, refused.sentence)


def mistaken(form: SectionForm, shown: str = "") -> bool:
    """Whether something that was typed is wrong and was not `shown` yet; what is still missing may wait for the check."""
    return bool(set(mistakes(form).split()) - set(shown.split()))


def mistakes(form: SectionForm) -> str:
    """Marks of all that is typed wrong, for the button of the page that shows them: its press excuses these alone."""
    return " ".join(
        f"{fault.question.key}:{zlib.crc32(fault.sentence.encode()):x}"
        for fault in form.faults
        if not reading.is_empty(fault.question, form.typed.get(fault.question.key))
    )


def reopened(turn: Turn, section: Any, answers: Answers | None, limits: Mapping[str, Any]) -> SectionForm:
    """The form over what stands now, after files came or went, with what was refused and what is typed wrong still said."""
    form = section_form(section, answers=answers, limits=limits, judged=False)
    form.faults = [
        fault for fault in turn.form.faults if not reading.is_empty(fault.question, turn.form.typed[fault.question.key])
    ]
    form.is_bound = True
    form.full_clean()
    judged = {(fault.question.key, fault.sentence) for fault in turn.form.faults}
    for name, errors in turn.form.errors.items():
        for sentence in errors:
            if (name, sentence) not in judged:
                form.add_error(name if name in form.fields else None, sentence)
    return form

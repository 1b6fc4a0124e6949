"""What the templates of a section draw: controls of each kind, rows of a budget table, files that were added."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from viche.files import checks
from viche.files.models import Stored
from viche.places.fields import described
from viche.questionnaires import queries
from viche.questionnaires.choices import FILES, QuestionKind
from viche.questionnaires.fields.costs import Table
from viche.questionnaires.queries import kinds
from viche.ui import wording
from viche.ui.widgets import DateInput, MoneyInput, NumberInput, PickerInput

MOST_RADIOS = 8
LONG_TEXT = 1000
IMAGES = "image/jpeg,image/png,image/webp"


@dataclass
class Asked:
    """A question as it is drawn: its bound field, its faults, and what its kind needs."""

    question: queries.OutlineQuestion
    bound: BoundField
    faults: list[queries.Fault]
    table: Table | None = None
    files: list[Stored] = field(default_factory=list)
    room: int = 0

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.question.key

    @property
    def shape(self) -> str:
        """Which template draws it."""
        kind = self.question.kind
        return "files" if kind in FILES else str(kind) if kind in {"budget", "declaration"} else "field"

    @property
    def invitation(self) -> str:
        """What the place for new files says: how many more fit, or what to do."""
        if self.question.kind == QuestionKind.PHOTOS:
            words = ngettext("Додати фотографію (ще %(n)s)", "Додати фотографії (ще %(n)s)", self.room)
        else:
            words = ngettext("Додати файл (ще %(n)s)", "Додати файли (ще %(n)s)", self.room)
        return words % {"n": self.room}

    @property
    def too_large(self) -> str:
        """What the script says of a file over the limit, with a # for its megabytes."""
        return _("Файл завеликий: # МБ, а можна до %(limit)s.") % {"limit": wording.size(settings.UPLOAD_LIMIT)}

    @property
    def whole_faults(self) -> list[str]:
        """The sentences about the question as a whole, not about a cell."""
        return [fault.sentence for fault in self.faults if not fault.cell]


def answer_field(question: queries.OutlineQuestion, limits: queries.Limits) -> forms.Field:
    """The field that draws the question; judging is not its business."""
    made = forms.Field(
        label=question.settings["text"] if question.kind == QuestionKind.DECLARATION else question.label,
        help_text=helped(question, limits),
        required=question.required,
        widget=WIDGETS[QuestionKind(question.kind)](question),
    )
    if question.kind in {QuestionKind.SHORT, QuestionKind.LONG}:
        made.max_length = kinds.limit_of(question)
    if question.kind in FILES:
        made.limit = settings.UPLOAD_LIMIT
    return made


def helped(question: queries.OutlineQuestion, limits: queries.Limits) -> str:
    """The help of the question, and the bounds of its answer in words."""
    said = [question.help] if question.help else []
    if question.kind == QuestionKind.HROMADA and not said:
        said.append(_("Почніть писати назву громади, її центру чи села."))
    if question.kind in {QuestionKind.MONEY, QuestionKind.NUMBER}:
        said += bounds_said(question, limits)
    elif question.kind in FILES:
        taken = checks.listed(checks.PHOTOS if question.kind == QuestionKind.PHOTOS else checks.ALL)
        said.append(_("%(kinds)s, кожен до %(size)s.") % {"kinds": taken, "size": wording.size(settings.UPLOAD_LIMIT)})
    elif question.kind == QuestionKind.SHORT and question.settings.get("limit"):
        said.append(_("До %(limit)s знаків.") % {"limit": wording.number(kinds.limit_of(question))})
    return " ".join(said)


def bounds_said(question: queries.OutlineQuestion, limits: queries.Limits) -> list[str]:
    """The sentence about the least and the most."""
    write = wording.money if question.kind == QuestionKind.MONEY else wording.number
    least, most = kinds.bounds(question, limits)
    if least is not None and most is not None:
        low = wording.number(least)
        return [_("Від %(least)s до %(most)s.") % {"least": low, "most": write(most)}]
    if most is not None:
        return [_("Не більше як %(most)s.") % {"most": write(most)}]
    return [_("Не менше як %(least)s.") % {"least": write(least)}] if least is not None else []


def _choices(question: queries.OutlineQuestion) -> list[tuple[str, str]]:
    return [(option["value"], option["label"]) for option in question.options]


def _one(question: queries.OutlineQuestion) -> forms.Widget:
    if len(question.options) > MOST_RADIOS:
        return forms.Select(choices=[("", _("Виберіть відповідь")), *_choices(question)])
    none = [] if question.required else [("", _("Не відповім"))]
    return forms.RadioSelect(choices=[*_choices(question), *none])


def _files(question: queries.OutlineQuestion) -> forms.Widget:
    given = {"accept": IMAGES} if question.kind == QuestionKind.PHOTOS else {}
    widget = forms.FileInput(given)
    widget.allow_multiple_selected = kinds.most_files(question) > 1
    return widget


WIDGETS = {
    QuestionKind.SHORT: lambda _question: forms.TextInput(),
    QuestionKind.LONG: lambda question: forms.Textarea({"rows": 10 if kinds.limit_of(question) > LONG_TEXT else 5}),
    QuestionKind.NUMBER: lambda _question: NumberInput(),
    QuestionKind.MONEY: lambda _question: MoneyInput(),
    QuestionKind.DATE: lambda _question: DateInput(),
    QuestionKind.CHOICE: _one,
    QuestionKind.SEVERAL: lambda question: forms.CheckboxSelectMultiple(choices=_choices(question)),
    QuestionKind.FILE: _files,
    QuestionKind.PHOTOS: _files,
    QuestionKind.HROMADA: lambda _question: PickerInput(reverse_lazy("places:find"), describe=described),
    QuestionKind.BUDGET: lambda _question: forms.HiddenInput(),
    QuestionKind.DECLARATION: lambda _question: forms.CheckboxInput(),
}

WORDS = {
    "ready": ("saved", gettext_lazy("готово")),
    "begun": ("draft", gettext_lazy("почато")),
    "empty": ("draft", gettext_lazy("порожньо")),
}


def steps(
    filled: queries.Filled, address: Callable[[queries.OutlineSection], str], here: queries.OutlineSection | None = None
) -> list[dict[str, Any]]:
    """The sections for `{% steps %}`: each with its state in a word and, but for the one where we are, its address."""
    return [
        {
            "title": step.section.title,
            "here": here is not None and step.section.pk == here.pk,
            "href": address(step.section),
            "state": WORDS[step.state][0],
            "word": WORDS[step.state][1],
        }
        for step in filled.steps
    ]

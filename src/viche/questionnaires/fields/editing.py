"""The forms by which an office makes a questionnaire: its name, a section, a question of each kind, in plain words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.questionnaires.choices import (
    LONG_LIMIT,
    MEANING_KINDS,
    MOST_FILES,
    MOST_ROWS,
    SHORT_LIMIT,
    Meaning,
    QuestionKind,
)
from viche.questionnaires.choices.patterns import PATTERNS
from viche.questionnaires.models import Question, Section
from viche.ui.forms import DateField, Form, NumberField, TextField
from viche.ui.widgets import Hinted

# What each kind is good for, said to somebody who makes a form.
KINDS = {
    QuestionKind.SHORT: _("Один рядок: назва, ім’я, телефон."),
    QuestionKind.LONG: _("Кілька речень або сторінка; можна обмежити знаки."),
    QuestionKind.NUMBER: _("Скільки людей, зустрічей, років."),
    QuestionKind.MONEY: _("Гроші, з копійками або без."),
    QuestionKind.DATE: _("День, місяць і рік."),
    QuestionKind.CHOICE: _("Вибрати одне з кількох."),
    QuestionKind.SEVERAL: _("Позначити все, що підходить."),
    QuestionKind.FILE: _("Документи: PDF, таблиці, тексти, фото."),
    QuestionKind.PHOTOS: _("Лише зображення, їх покажемо малими."),
    QuestionKind.HROMADA: _("Громада з державного переліку; шукає під час набору."),
    QuestionKind.BUDGET: _("Рядки «що, скільки, за яку ціну»; суми рахуємо самі."),
    QuestionKind.DECLARATION: _("Текст, під яким ставлять позначку; без неї не подати."),
}


# What an answer means, said of the question to somebody who makes a form.
MEANINGS = {
    Meaning.TITLE: _("Це питання – назва проєкту: вона стоятиме в усіх списках"),
    Meaning.SUMMARY: _("Це питання – короткий зміст: його прочитають усі, якщо заявку підтримають"),
    Meaning.AMOUNT: _("Це питання – сума, яку просять: конкурс перевірить її межі"),
    Meaning.OWN_SHARE: _("Це питання – власний внесок"),
    Meaning.BUDGET: _("Це питання – бюджет: його підсумок звіримо із сумою, яку просять"),
    Meaning.DONE: _("Це питання звіту – що зроблено: його прочитають усі"),
    Meaning.SPENT: _("Це питання звіту – скільки витрачено"),
    Meaning.RETURNED: _("Це питання звіту – скільки повертають"),
}


class NewForm(Form):
    """A new questionnaire: a name, and what to begin with."""

    name = TextField(
        label=_("Назва форми"), help_text=_("Її бачить лише офіс: «Заявка на грант 2024»."), max_length=200
    )
    pattern = forms.ChoiceField(
        label=_("З чого почати"),
        widget=forms.RadioSelect,
        choices=[
            *((pattern.key, Hinted(pattern.name, pattern.about)) for pattern in PATTERNS.values()),
            ("blank", Hinted(_("Порожня форма"), _("Розділи й запитання додасте самі."))),
        ],
        initial="grant",
    )


class NameForm(Form):
    """Another name."""

    name = TextField(label=_("Назва форми"), max_length=200)


class SectionEditor(Form):
    """Title and introduction of a section."""

    title = TextField(label=_("Назва розділу"), max_length=200)
    intro = TextField(
        long=True,
        rows=3,
        label=_("Вступ до розділу"),
        help_text=_("Одне-два речення, про що тут питають."),
        required=False,
    )

    @classmethod
    def over(cls, section: Section | None, data: Any = None) -> "SectionEditor":
        """The form of a section, or of a new one."""
        return cls(data, initial={"title": section.title, "intro": section.intro} if section else {})


class QuestionEditor(Form):
    """One question of a kind: what all have, and the settings of the kind."""

    label = TextField(label=_("Запитання"), max_length=300)
    help = TextField(
        long=True,
        rows=3,
        label=_("Пояснення"),
        help_text=_("Як відповісти, що саме цікавить; приклад."),
        required=False,
    )
    required = forms.BooleanField(label=_("Без відповіді подати не можна"), required=False)

    def __init__(self, kind: str, data: Any = None, question: Question | None = None) -> None:
        """Add what the kind needs."""
        self.kind, self.question = QuestionKind(kind), question
        known = question.settings if question is not None else {}
        initial = {"required": True, **known}
        if question is not None:
            initial |= {name: getattr(question, name) for name in ("label", "help", "required", "meaning")}
        if "options" in known:
            initial["options"] = "\n".join(option["label"] for option in known["options"])
        super().__init__(data, initial=initial)
        for name, made in SETTINGS.get(self.kind, dict)().items():
            self.fields[name] = made
        meanings = [meaning for meaning, kinds in MEANING_KINDS.items() if self.kind in kinds]
        if meanings:
            self.fields["meaning"] = forms.ChoiceField(
                label=_("Про що це питання для платформи"),
                help_text=_(
                    "Назву, короткий зміст і суму платформа бере з відповідей сама, тож скажіть, де їх питають."
                ),
                choices=[
                    (Meaning.NONE.value, _("Звичайне питання: відповідь просто читають")),
                    *((meaning.value, MEANINGS[meaning]) for meaning in meanings),
                ],
                required=False,
                widget=forms.RadioSelect,
            )
        self.speak()

    def given(self) -> dict[str, Any]:
        """The question as plain data for the operations."""
        said = self.cleaned_data
        settings = {name: said.get(name) for name in SETTINGS.get(self.kind, dict)()}
        if "options" in settings:
            settings["options"] = self._options(said.get("options") or "")
        common = {name: said.get(name) for name in ("label", "help", "required")}
        return {**common, "kind": self.kind.value, "meaning": said.get("meaning", ""), "settings": settings}

    def _options(self, text: str) -> list[dict[str, str]]:
        """The lines as options; one that was there before keeps its value."""
        known = self.question.settings.get("options", []) if self.question is not None else []
        values = {option["label"]: option["value"] for option in known}
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [{"label": line, "value": values.get(line, "")} for line in lines]


def _limit(default: int) -> dict[str, forms.Field]:
    words = _("Якщо не вказати, вміщується %(limit)s.") % {"limit": default}
    return {"limit": NumberField(label=_("Скільки знаків уміщується"), help_text=words, required=False)}


def _bounds(digits: int) -> dict[str, forms.Field]:
    return {
        "least": NumberField(label=_("Найменше"), digits=digits, required=False),
        "most": NumberField(label=_("Найбільше"), digits=digits, required=False),
    }


def _number() -> dict[str, forms.Field]:
    return {**_bounds(2), "whole": forms.BooleanField(label=_("Лише ціле число"), required=False)}


def _days() -> dict[str, forms.Field]:
    return {
        "first": DateField(label=_("Не раніше"), required=False),
        "last": DateField(label=_("Не пізніше"), required=False),
    }


def _options() -> dict[str, forms.Field]:
    words = _("Кожен варіант з нового рядка, щонайменше два.")
    needed = {"required": _("Напишіть варіанти відповіді: кожен з нового рядка, щонайменше два.")}
    return {"options": TextField(long=True, rows=8, label=_("Варіанти"), help_text=words, error_messages=needed)}


def _most() -> dict[str, forms.Field]:
    words = _("Якщо не вказати, до %(most)s.") % {"most": MOST_FILES}
    return {"most": NumberField(label=_("Скільки файлів можна додати"), help_text=words, required=False)}


def _rows() -> dict[str, forms.Field]:
    words = _("Якщо не вказати, до %(rows)s.") % {"rows": MOST_ROWS}
    return {"rows": NumberField(label=_("Скільки рядків у таблиці"), help_text=words, required=False)}


def _text() -> dict[str, forms.Field]:
    words = _("Саме ці слова підтвердить людина, і вони збережуться разом із відповіддю.")
    needed = {"required": _("Напишіть, що саме підтверджує людина.")}
    return {"text": TextField(long=True, rows=5, label=_("Текст заяви"), help_text=words, error_messages=needed)}


SETTINGS: dict[QuestionKind, Any] = {
    QuestionKind.SHORT: lambda: _limit(SHORT_LIMIT),
    QuestionKind.LONG: lambda: _limit(LONG_LIMIT),
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: lambda: _bounds(2),
    QuestionKind.DATE: _days,
    QuestionKind.CHOICE: _options,
    QuestionKind.SEVERAL: _options,
    QuestionKind.FILE: _most,
    QuestionKind.PHOTOS: _most,
    QuestionKind.BUDGET: _rows,
    QuestionKind.DECLARATION: _text,
}
__all__ = ["KINDS", "NameForm", "NewForm", "QuestionEditor", "SectionEditor"]

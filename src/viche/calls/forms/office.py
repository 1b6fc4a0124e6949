"""What the office types about a call: its words, terms, form and criteria; a later close; why it is cancelled."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import CallKind
from viche.calls.models import Call
from viche.calls.operations import terms
from viche.calls.queries import calls
from viche.questionnaires import queries as questionnaires
from viche.questionnaires.choices import Meaning
from viche.ui import forms as ui

CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
# What reports alone are asked about.
REPORTED = {Meaning.DONE, Meaning.SPENT}


class Basics(ui.ModelForm):
    """What the call is about."""

    title = ui.TextField(label=_("Назва"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Що отримає переможець"), choices=CallKind.choices, widget=forms.RadioSelect, initial=CallKind.GRANT
    )
    code = ui.TextField(
        label=_("Код"),
        help_text=_("Великі латинські літери, цифри й дефіс, наприклад MINI-27. Стоятиме в номерах заявок."),
        max_length=16,
    )
    lead = ui.TextField(label=_("Одним реченням"), max_length=400, long=True, rows=3)
    about = ui.TextField(label=_("За що платимо і чого чекаємо"), required=False, long=True, rows=10)
    title_en = ui.TextField(label=_("Назва англійською"), max_length=200, required=False)
    lead_en = ui.TextField(label=_("Одним реченням, англійською"), max_length=400, required=False, long=True, rows=3)
    about_en = ui.TextField(label=_("За що платимо і чого чекаємо, англійською"), required=False, long=True, rows=10)
    # Folded on the page: where nothing is written, the English pages show the Ukrainian.
    english = ("title_en", "lead_en", "about_en")

    class Meta:
        model = Call
        fields = ["title", "kind", "code", "lead", "about", "title_en", "lead_en", "about_en"]

    @property
    def english_wrong(self):
        """Whether something is wrong in the folded part, which then stands open."""
        return any(name in self.errors for name in self.english)

    def clean_code(self):
        """Codes are capitals, as people say them, and no two calls share one."""
        code = self.cleaned_data["code"].upper()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(
                _("У коді «%(code)s» є зайве: лишіть самі латинські літери, цифри й дефіси, без пропусків.")
                % {"code": code}
            )
        if calls.is_taken(code, besides=self.instance):
            raise forms.ValidationError(
                _("Код %(code)s уже має інший конкурс. Придумайте інший, наприклад %(code)s-2.") % {"code": code}
            )
        return code

    def _post_clean(self):
        """Leave the rest to the operation: what the model would say is not in words of people."""


class Terms(ui.ModelForm):
    """When, and how much."""

    opens_at = ui.MomentField(label=_("Відкривається"), help_text=_("За київським часом."), required=False)
    closes_at = ui.MomentField(
        label=_("Закривається"),
        help_text=_("За київським часом."),
        required=False,
    )
    review_by = ui.DateField(label=_("Оцінити до"), required=False)
    decision_by = ui.DateField(label=_("Рішення до"), required=False)
    work_starts_on = ui.DateField(label=_("Робота починається"), required=False)
    work_ends_on = ui.DateField(label=_("Робота закінчується"), required=False)
    award_least = ui.MoneyField(label=_("Найменша сума, ₴"), required=False)
    award_most = ui.MoneyField(label=_("Найбільша сума, ₴"), required=False, least=1)
    budget = ui.MoneyField(label=_("Бюджет конкурсу, ₴"), required=False, least=1)
    reviewers_wanted = ui.NumberField(label=_("Скільки людей оцінює одну заявку"), least=1, most=9)
    places = ui.NumberField(
        label=_("Скільки підтримаємо"), help_text=_("Якщо підтримка не в грошах."), required=False, least=1, most=9999
    )

    class Meta:
        model = Call
        fields = [
            "opens_at",
            "closes_at",
            "review_by",
            "decision_by",
            "work_starts_on",
            "work_ends_on",
            "award_least",
            "award_most",
            "budget",
            "reviewers_wanted",
            "places",
        ]

    def clean(self):
        """While a field is wrong the operation is not asked: what does not go together among the others is said here."""
        typed = super().clean()
        if self.errors:
            for fault in terms.unsound(typed, changed=set(typed)):
                if fault.field not in self.errors:
                    self.add_error(fault.field, fault.sentence)
        return typed

    def _post_clean(self):
        """Leave the rules between fields to the operation: it says them in words of people."""


class FormChoice(ui.Form):
    """Which version of which questionnaire applicants fill in."""

    form = forms.TypedChoiceField(label=_("Форма заявки"), widget=forms.RadioSelect, coerce=int)

    def __init__(self, *args, programme, **kwargs):
        """Offer the versions of the programme's questionnaires, the newest first, each with what it asks."""
        super().__init__(*args, **kwargs)
        versions = list(questionnaires.versions_of(f"programme:{programme.pk}"))
        asked = questionnaires.asks_of(versions)
        self.versions = {version.pk: version for version in versions}
        self.offered = [(version, written(version)) for version in versions]
        self.fields["form"].choices = [
            (version.pk, ui.Hinted(words, told(asked.get(version.pk, [])))) for version, words in self.offered
        ]


def written(version):
    """The name of a version of a form."""
    return _("%(name)s, версія %(number)s") % {"name": version.questionnaire.name, "number": version.number}


def told(meanings):
    """What a form is good for, by what its questions mean."""
    if REPORTED & set(meanings):
        return _("Форма звіту: у ній питають, що зроблено й витрачено.")
    if not meanings:
        return _("Жодне питання не позначене як назва, короткий зміст чи сума.")
    return _("Питає: %(what)s.") % {"what": ", ".join(str(Meaning(meaning).label) for meaning in meanings)}


class CriterionRow(ui.Form):
    """One criterion; an empty row is left out."""

    name = ui.TextField(label=_("Критерій"), max_length=200, required=False)
    help = ui.TextField(label=_("Пояснення"), max_length=400, required=False)
    name_en = ui.TextField(label=_("Критерій англійською"), max_length=200, required=False)
    help_en = ui.TextField(label=_("Пояснення англійською"), max_length=400, required=False)
    weight = ui.NumberField(label=_("Вага, %"), required=False, most=100)
    scale = ui.NumberField(label=_("Найвищий бал"), required=False, least=1, most=100)

    def clean(self):
        """A named criterion needs its weight, and whatever is typed needs a name; a name wiped away takes its row out."""
        row = super().clean()
        if not row.get("name"):
            if not self.initial.get("name") and any(row.values()):
                self.add_error("name", _("Назвіть критерій."))
            return {}
        if row.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", _("Вкажіть вагу."))
        row["scale"] = row.get("scale") or 5
        return row


Criteria = forms.formset_factory(CriterionRow, extra=2, max_num=20, absolute_max=60)


class Extension(ui.Form):
    """A later close, and the announced days that then have to move along."""

    closes_at = ui.MomentField(label=_("Нове закриття"), help_text=_("За київським часом, пізніше за теперішнє."))
    review_by = ui.DateField(label=_("Оцінити до"), required=False)
    decision_by = ui.DateField(label=_("Рішення до"), required=False)
    work_starts_on = ui.DateField(label=_("Робота починається"), required=False)
    work_ends_on = ui.DateField(label=_("Робота закінчується"), required=False)

    def __init__(self, *args, call, **kwargs):
        """Offer the days that the call has; what it has not is not asked."""
        super().__init__(*args, initial={name: getattr(call, name) for name in self.base_fields}, **kwargs)
        for name in ("review_by", "decision_by", "work_starts_on", "work_ends_on"):
            if getattr(call, name) is None:
                del self.fields[name]
            else:
                self.fields[name].help_text = _("Лишіть, якщо цей день і далі правильний; порожнє – без змін.")


class Why(ui.Form):
    """A reason in words."""

    why = ui.TextField(
        label=_("Чому"),
        long=True,
        max_length=2000,
        error_messages={"required": _("Поясніть, чому конкурс скасовано: це прочитають усі, хто подався.")},
    )

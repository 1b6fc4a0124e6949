"""What people may type about awards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState
from viche.awards.operations import photographs, rules
from viche.methods import money
from viche.places import queries as places
from viche.ui import forms as ui

ANY = ("", _("усі"))
PUBLIC_STATES = [ANY, *((state, state.label) for state in AwardState if state != AwardState.PREPARED)]
NEEDS = [
    ANY,
    ("check", _("перевірити звіт")),
    ("pay", _("сплатити транш")),
    ("late", _("звіт прострочено")),
    ("prepared", _("підписати угоду")),
    ("close", _("завершити")),
]
MOST_ROWS = 12


class Search(ui.Form):
    """Search and filters of a list of awards; what is none of the choices is as good as nothing."""

    q = forms.CharField(
        label=_("Назва проєкту, організації чи громади, номер"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(label=_("Стан"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    kind = forms.ChoiceField(label=_("Вид"), required=False, choices=[ANY, *AwardKind.choices])

    def asked(self):
        """The filters that make sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class RegisterSearch(Search):
    """What may be asked of the public register: only what occurs in it."""

    programme = forms.ChoiceField(label=_("Програма"), required=False)
    year = forms.ChoiceField(label=_("Рік рішення"), required=False)
    field_order = ["q", "programme", "state", "oblast", "kind", "year"]

    def __init__(self, *args, facets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = PUBLIC_STATES
        self.fields["programme"].choices = [ANY, *facets.programmes]
        self.fields["oblast"].choices = [ANY, *facets.oblasts]
        self.fields["year"].choices = [ANY, *facets.years]


class OfficeSearch(Search):
    """What the office may ask of its awards."""

    needs = forms.ChoiceField(label=_("Потребує вас"), required=False, choices=NEEDS)
    field_order = ["q", "needs", "state", "oblast", "kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [ANY, *AwardState.choices]
        self.fields["oblast"].choices = [ANY, *((one.slug, one.label) for one in places.oblasts())]


class Period(ui.Form):
    """When the work goes on."""

    starts_on = ui.DateField(label=_("Робота починається"))
    ends_on = ui.DateField(label=_("Робота закінчується"))


class ReportRow(ui.Form):
    """One report of the plan; an empty row is left out."""

    title = ui.TextField(label=_("Назва звіту"), max_length=rules.TITLE_LENGTH, required=False)
    due_on = ui.DateField(label=_("Подати до"), required=False)
    form = forms.TypedChoiceField(label=_("Форма"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = versions
        named = [
            (pk, _("%(name)s, версія %(n)s") % {"name": one.questionnaire.name, "n": one.number})
            for pk, one in versions.items()
        ]
        self.fields["form"].choices = [("", _("Виберіть форму")), *named]

    def clean(self):
        """A named report needs its day and form."""
        row = super().clean()
        if not row.get("title") and not row.get("due_on"):
            return {}
        for name, words in (
            ("title", _("Назвіть звіт.")),
            ("due_on", _("Вкажіть день.")),
            ("form", _("Виберіть форму.")),
        ):
            if not row.get(name) and name not in self.errors:
                self.add_error(name, words)
        row["form"] = self.versions.get(row.get("form"))
        return row


class TrancheRow(ui.Form):
    """One tranche of the plan; an empty row is left out."""

    amount = ui.MoneyField(label=_("Сума, ₴"), required=False)
    planned_on = ui.DateField(label=_("Коли"), required=False)
    after = forms.TypedChoiceField(label=_("Після звіту"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, currency="UAH", reports=MOST_ROWS, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Сума, %(currency)s") % {"currency": money.SIGNS.get(currency, currency)}
        numbered = [(number, _("звіт %(n)s") % {"n": number}) for number in range(1, reports + 1)]
        self.fields["after"].choices = [("", _("одразу після угоди")), *numbered]

    def clean(self):
        """A sum needs its day."""
        row = super().clean()
        if row.get("amount") is None and not row.get("planned_on"):
            return {} if "amount" not in self.errors else row
        if row.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Вкажіть суму."))
        if not row.get("planned_on") and "planned_on" not in self.errors:
            self.add_error("planned_on", _("Вкажіть день."))
        return row


Reports = forms.formset_factory(ReportRow, extra=1, max_num=MOST_ROWS)
Tranches = forms.formset_factory(TrancheRow, extra=1, max_num=MOST_ROWS)


def rows(formset):
    """The filled rows of a valid formset."""
    return [form.cleaned_data for form in formset if form.cleaned_data]


class Agreement(ui.Form):
    """Number and day of the signed agreement."""

    number = ui.TextField(label=_("Номер угоди"), max_length=rules.NUMBER_LENGTH)
    agreed_on = ui.DateField(label=_("Підписано"))


class Early(ui.Form):
    """Asks to confirm what is done before its day; mixed into the form of the act, which sets the label of `early`."""

    def __init__(self, *args, early, **kwargs):
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["early"]

    def clean(self):
        """That it is early is asked of the person alone: nothing is done with it."""
        typed = super().clean()
        typed.pop("early", None)
        return typed


class Payment(Early):
    """When a tranche was paid."""

    paid_on = ui.DateField(label=_("Коли сплачено"))
    note = ui.TextField(label=_("Номер платіжки"), max_length=80, required=False)
    early = forms.BooleanField(
        label=_("Сплачено раніше, ніж планували"),
        error_messages={
            "required": _("День за планом ще не настав. Якщо транш справді вже сплачено, поставте позначку.")
        },
    )


class Mistake(ui.Form):
    """Why a note of payment was wrong."""

    why = ui.TextField(label=_("Чому"), help_text=_("Причину отримає організація в листі."), long=True, max_length=2000)


class Acceptance(ui.Form):
    """A word to the organisation with the acceptance."""

    remark = ui.TextField(label=_("Що сказати організації"), long=True, rows=4, max_length=3000, required=False)


class Return(ui.Form):
    """What is to be completed."""

    remark = ui.TextField(
        label=_("Що доповнити"),
        help_text=_("Ці слова отримає організація. Пишіть так, щоб було зрозуміло, що саме зробити."),
        long=True,
        rows=4,
        max_length=3000,
    )
    again_by = ui.DateField(
        label=_("Доповнити до"), help_text=_("Якщо не вкажете, буде щонайменше тиждень."), required=False
    )


class Done(Early):
    """What came of an award."""

    done = ui.TextField(
        label=_("Що зроблено"),
        help_text=_("Це побачать усі поруч з тим, що було обіцяно."),
        long=True,
        rows=8,
        max_length=5000,
    )
    returned = ui.MoneyField(label=_("Скільки повернуто, ₴"), required=False)
    left_why = ui.TextField(
        label=_("Чому не сходиться"),
        help_text=_("Якщо повернули не все. Це лишиться в журналі й на сторінці програми; усі цього не побачать."),
        long=True,
        rows=3,
        max_length=2000,
        required=False,
    )
    early = forms.BooleanField(
        label=_("Роботу закінчено раніше, ніж планували"),
        error_messages={"required": _("За планом робота ще триває. Якщо її справді закінчено, поставте позначку.")},
    )

    def __init__(self, *args, differs, currency="UAH", **kwargs):
        super().__init__(*args, **kwargs)
        if differs:
            sign = money.SIGNS.get(currency, currency)
            self.fields["returned"].label = _("Скільки повернуто, %(currency)s") % {"currency": sign}
        else:
            del self.fields["returned"], self.fields["left_why"]


class Why(ui.Form):
    """A reason in words."""

    why = ui.TextField(label=_("Чому"), help_text=_("Причину побачать усі."), long=True, max_length=2000)


class Described(ui.Form):
    """A photograph in words, by the organisation."""

    caption = ui.TextField(
        label=_("Що на фото"),
        help_text=_("Одне речення для тих, хто фото не бачить: хто що робить."),
        max_length=photographs.CAPTION_LENGTH,
    )
    credit = ui.TextField(label=_("Хто знімав"), max_length=photographs.CREDIT_LENGTH, required=False)
    consent = forms.BooleanField(
        label=_("Люди на фото, а за дітей їхні батьки, погодилися, щоб його бачили всі"),
        required=False,
    )


class Shown(Described):
    """A photograph for the public page, by the office."""

    public_from = ui.DateField(
        label=_("Показувати з"),
        help_text=_("Порожньо – не показувати. Дату можна відкласти, якщо місце чи людей варто берегти."),
        required=False,
    )

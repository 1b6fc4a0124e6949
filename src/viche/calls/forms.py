"""What people may type about calls."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import ApplicationState, CallKind, Outcome, Who
from viche.calls.models import Call
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation
from viche.places import queries as places
from viche.places.models import Oblast
from viche.questionnaires import queries as questionnaires
from viche.ui import forms as ui

ANY = ("", _("усі"))
STATES = [
    ANY,
    ("open", _("відкриті")),
    ("scheduled", _("скоро відкриються")),
    ("closed", _("оцінюють")),
    ("decided", _("вирішені")),
    ("cancelled", _("скасовані")),
]
MOMENT = "%Y-%m-%dT%H:%M"


class Search(forms.Form):
    """Search among public calls. Anything unknown in the address is taken as nothing chosen."""

    q = forms.CharField(
        label=_("Пошук"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("Стан"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=_("Що можна отримати"), required=False, choices=[ANY, *CallKind.choices])
    programme = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput())


class ApplicationSearch(forms.Form):
    """Search among a call's applications in the office."""

    q = forms.CharField(
        label=_("Пошук"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Назва, номер, ЄДРПОУ")}),
    )
    state = forms.ChoiceField(
        label=_("Стан"),
        required=False,
        choices=[ANY, (ApplicationState.SUBMITTED, _("подані")), (ApplicationState.WITHDRAWN, _("відкликані"))],
    )
    outcome = forms.ChoiceField(
        label=_("Рішення"), required=False, choices=[ANY, ("none", _("ще немає")), *Outcome.choices[1:]]
    )
    oblast = forms.ChoiceField(label=_("Область"), required=False)

    def __init__(self, *args, **kwargs):
        """Offer all oblasts."""
        super().__init__(*args, **kwargs)
        self.fields["oblast"].choices = [ANY, *((oblast.slug, oblast.name) for oblast in places.oblasts())]


class MomentField(forms.DateTimeField):
    """A moment by Kyiv's clock: the browser's own field, or typed as 30.11.2026 18:00."""

    def __init__(self, **kwargs):
        """Take both ways of writing."""
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"], **kwargs)
        self.error_messages["invalid"] = _(
            "Напишіть день і час, наприклад 30.11.2026 18:00. Такого дня в календарі може не бути."
        )


class Basics(ui.ModelForm):
    """What the call is about."""

    class Meta:
        model = Call
        fields = ["title", "title_en", "kind", "code", "lead", "about"]
        help_texts = {
            "code": _("Великі латинські літери, цифри й дефіс, наприклад MINI-27. Стоятиме в номерах заявок.")
        }
        widgets = {"lead": forms.Textarea(attrs={"rows": 3}), "about": forms.Textarea(attrs={"rows": 10})}

    def clean_code(self):
        """Codes are capitals, as people say them."""
        return self.cleaned_data["code"].upper()


class Terms(ui.ModelForm):
    """When, and how much."""

    opens_at = MomentField(label=_("Відкривається"), help_text=_("За київським часом."), required=False)
    closes_at = MomentField(
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

    def _post_clean(self):
        """Leave the rules between fields to the operation: it says them in words of people."""


class Circle(ui.ModelForm):
    """Who may apply."""

    who = forms.ChoiceField(label=_("Хто може податися"), choices=Who.choices, widget=forms.RadioSelect)
    who_kinds = forms.MultipleChoiceField(
        label=_("Види організацій"),
        help_text=_("Нічого не вибрано – усі."),
        choices=OrganisationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who_oblasts = forms.ModelMultipleChoiceField(
        label=_("Області"),
        help_text=_("Нічого не вибрано – уся Україна."),
        queryset=Oblast.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hromadas = ui.TextField(
        label=_("Названі громади"), help_text=_("По одній у рядку: назва або код КАТОТТГ."), required=False, long=True
    )
    organisations = ui.TextField(
        label=_("Запрошені організації"),
        help_text=_("По одній у рядку: ЄДРПОУ або точна назва."),
        required=False,
        long=True,
    )
    who_call = forms.ModelChoiceField(
        label=_("Конкурс, у якому підтримали"),
        queryset=Call.objects.none(),
        required=False,
        empty_label=_("не вибрано"),
    )

    class Meta:
        model = Call
        fields = ["who", "who_kinds", "who_oblasts", "who_call"]

    def __init__(self, *args, **kwargs):
        """Offer oblasts and the programme's other calls; show the lists as lines."""
        super().__init__(*args, **kwargs)
        call = self.instance
        self.fields["who_oblasts"].queryset = places.oblasts()
        self.fields["who_call"].queryset = (
            Call.objects.filter(programme=call.programme).exclude(pk=call.pk).order_by("title")
        )
        self.initial["hromadas"] = "\n".join(call.who_hromadas.values_list("code", flat=True))
        self.initial["organisations"] = "\n".join(o.edrpou or o.name for o in call.who_organisations.all())

    def clean_hromadas(self):
        """Lines to hromadas; a line that names none, or several, is told."""
        return [self._hromada(line) for line in lines(self.cleaned_data["hromadas"])]

    def _hromada(self, line):
        found = places.meant(line)
        if len(found) == 1:
            return found[0].hromada
        sentence = (
            _("Громад із назвою «%(line)s» кілька: напишіть код КАТОТТГ.") if found else _("Громади «%(line)s» немає.")
        )
        raise forms.ValidationError(sentence % {"line": line})

    def clean_organisations(self):
        """Lines to organisations that are registered here."""
        return [self._organisation(line) for line in lines(self.cleaned_data["organisations"])]

    def _organisation(self, line):
        found = (
            list(Organisation.objects.filter(edrpou=line))
            if line.isdecimal()
            else list(Organisation.objects.filter(name=line)[:2])
        )
        if len(found) == 1:
            return found[0]
        sentence = (
            _("Організацій із назвою «%(line)s» кілька: напишіть ЄДРПОУ.")
            if found
            else _("Організації «%(line)s» у Вічі немає: спершу нехай зареєструється.")
        )
        raise forms.ValidationError(sentence % {"line": line})

    def values(self):
        """What the operation takes."""
        chosen = self.cleaned_data
        return {
            "who": chosen["who"],
            "who_kinds": chosen["who_kinds"],
            "who_oblasts": list(chosen["who_oblasts"]),
            "who_hromadas": chosen["hromadas"],
            "who_organisations": chosen["organisations"],
            "who_call": chosen["who_call"],
        }


class FormChoice(ui.Form):
    """Which version of which questionnaire applicants fill in."""

    form = forms.TypedChoiceField(label=_("Форма заявки"), widget=forms.RadioSelect, coerce=int)

    def __init__(self, *args, programme, **kwargs):
        """Offer the versions of the programme's questionnaires, the newest first."""
        super().__init__(*args, **kwargs)
        versions = questionnaires.versions_of(f"programme:{programme.pk}")
        self.versions = {version.pk: version for version in versions}
        self.fields["form"].choices = [
            (version.pk, f"{version.questionnaire.name}, версія {version.number}") for version in versions
        ]


class CriterionRow(ui.Form):
    """One criterion; an empty row is left out."""

    name = ui.TextField(label=_("Критерій"), max_length=200, required=False)
    help = ui.TextField(label=_("Пояснення"), max_length=400, required=False)
    weight = ui.NumberField(label=_("Вага, %"), required=False, most=100)
    scale = ui.NumberField(label=_("Найвищий бал"), required=False, least=1, most=100)

    def clean(self):
        """A named criterion needs its weight and scale."""
        row = super().clean()
        if not row.get("name"):
            return {}
        if row.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", _("Вкажіть вагу."))
        row["scale"] = row.get("scale") or 5
        return row


Criteria = forms.formset_factory(CriterionRow, extra=2, max_num=20)


class Applicant(ui.Form):
    """In whose name to apply."""

    organisation = forms.TypedChoiceField(label=_("Від якої організації"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, organisations, **kwargs):
        """Offer the person's organisations; a single one is chosen already."""
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.fields["organisation"].choices = [
            (pk, organisation.name) for pk, organisation in self.organisations.items()
        ]
        if len(self.organisations) == 1:
            self.initial["organisation"] = next(iter(self.organisations))

    @property
    def chosen(self):
        """The organisation that was chosen."""
        return self.organisations[self.cleaned_data["organisation"]]


class Extension(ui.Form):
    """A later close."""

    closes_at = MomentField(label=_("Нове закриття"), help_text=_("За київським часом, пізніше за теперішнє."))


class Why(ui.Form):
    """A reason in words."""

    why = ui.TextField(label=_("Чому"), long=True, max_length=2000)


def lines(text):
    """The non-empty lines of a text, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]

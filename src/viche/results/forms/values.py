"""What people type of values that they report, of evidence, and of those that they decide on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.places import queries as places
from viche.places.fields import HromadaField
from viche.results.choices import EvidenceKind, ValueState
from viche.results.operations.values import PART
from viche.ui import forms as ui


class BeginForm(ui.Form):
    """Of which indicator and period a value is begun."""

    indicator = forms.ChoiceField(label=_("Показник"))
    period = forms.ChoiceField(label=_("Період"))

    def __init__(self, data=None, *, beginnings, initial=None):
        """Offer what may be begun."""
        super().__init__(data, initial=initial)
        self.indicators = {str(one.pk): one for one in beginnings.indicators}
        self.periods = {str(one.pk): one for one in beginnings.periods}
        empty = [("", "—")]
        self.fields["indicator"].choices = empty + [(pk, f"{o.code} {o.called}") for pk, o in self.indicators.items()]
        self.fields["period"].choices = empty + [(pk, one.called) for pk, one in self.periods.items()]

    def values(self):
        """What the operation takes."""
        typed = self.cleaned_data
        return {"indicator": self.indicators[typed["indicator"]], "period": self.periods[typed["period"]]}


class ValueForm(ui.Form):
    """A value while it is written: nothing is required, and what cannot be read is kept as it was typed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    number = ui.NumberField(label=_("Значення"), digits=2, least=0, required=False)
    on = ui.DateField(label=_("Коли"), help_text=_("День цього періоду: за ним значення потрапить у свій місяць."))
    hromada = HromadaField(required=False)
    oblast = forms.ModelChoiceField(
        label=_("Область"),
        help_text=_("Якщо значення не однієї громади, а всієї області."),
        queryset=places.oblasts(),
        to_field_name="slug",
        required=False,
    )
    note = ui.TextField(label=_("Пояснення"), max_length=4000, long=True, rows=4, required=False)

    def __init__(self, data=None, *, value):
        """Show a value as it stands, with what could not be read."""
        super().__init__(data)
        self.fields["on"].required = False
        self.parts = [(part["code"], part["name"]) for part in value.indicator.parts]
        for code, name in self.parts:
            self.fields[f"{PART}{code}"] = ui.NumberField(label=name, digits=2, least=0, required=False)
        self.speak()
        self.initial = {
            "revision": value.revision,
            "number": value.value,
            "on": value.on,
            "hromada": value.hromada,
            "oblast": value.oblast.slug if value.oblast else None,
            "note": value.note,
            **{f"{PART}{code}": number for code, number in value.parts.items()},
            **value.unread,
        }

    @property
    def part_fields(self):
        """The parts of the value."""
        return [self[f"{PART}{code}"] for code, _name in self.parts]

    @property
    def faults(self):
        """What is wrong, by the control at which it stands."""
        return {self[name].auto_id: " ".join(said) for name, said in self.errors.items() if name in self.fields}

    def values(self):
        """What the operation takes, whether all of it can be read or not."""
        self.is_valid()
        typed = self.cleaned_data
        parts = {code: typed[f"{PART}{code}"] for code, _name in self.parts if typed.get(f"{PART}{code}") is not None}
        unread = {name: str(self.data.get(name, ""))[:4000] for name in self.errors if name not in {"note", "revision"}}
        revision = typed.get("revision")
        return {
            **{name: typed.get(name) for name in ("number", "on", "hromada", "oblast")},
            "note": typed.get("note", self.data.get("note", "")),
            "parts": parts,
            "unread": unread,
            "revision": -1 if revision is None else revision,
        }


class EvidenceForm(ui.Form):
    """A file that proves a value, or a link."""

    kind = forms.ChoiceField(
        label=_("Що це"),
        choices=EvidenceKind.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Виберіть, що це: такого підтвердження не знаємо.")},
    )
    caption = ui.TextField(
        label=_("Що на ньому"), help_text=_("Наприклад: протокол сесії № 17 від 12 травня."), max_length=200
    )
    upload = ui.FileField(
        label=_("Файл"), help_text=_("Його побачить лише офіс програми. PDF, DOCX, XLSX, JPEG…"), required=False
    )
    link = ui.TextField(
        label=_("Адреса сторінки"), help_text=_("Для посилання: https://…"), max_length=500, required=False
    )


class RemarkForm(ui.Form):
    """A sentence that a decision needs; the operation says when it lacks."""

    remark = ui.TextField(label=_("Що саме"), max_length=2000, long=True, rows=4, required=False)


class WhyForm(ui.Form):
    """Why a closed period is opened again."""

    why = ui.TextField(label=_("Чому"), max_length=2000, long=True, rows=3, required=False)


class ValueSearch(forms.Form):
    """What is sought among reported values."""

    state = forms.ChoiceField(label=_("Стан"), required=False)
    indicator = forms.ChoiceField(label=_("Показник"), required=False)
    period = forms.ChoiceField(label=_("Період"), required=False)
    beside = ("indicator", "period")

    def __init__(self, data, *, indicators, periods):
        """Offer the programme's own."""
        super().__init__(data)
        every = [("", _("усі"))]
        self.fields["state"].choices = every + list(ValueState.choices)
        self.fields["indicator"].choices = every + [(one.code, f"{one.code} {one.called}") for one in indicators]
        self.fields["period"].choices = every + [(str(one.pk), one.called) for one in periods]

    def chosen(self):
        """What makes sense of it, as conditions."""
        self.is_valid()
        names = {"state": "state", "indicator": "indicator__code", "period": "period"}
        return {column: self.cleaned_data[name] for name, column in names.items() if self.cleaned_data.get(name)}

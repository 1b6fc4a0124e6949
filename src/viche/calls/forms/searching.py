"""What people type to find calls and applications, and to begin one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import ApplicationState, CallKind, Outcome
from viche.places import queries as places
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

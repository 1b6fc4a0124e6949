"""What people type to come to an event, and to find who comes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Entry, Need, SeatState
from viche.events.models import Event
from viche.events.operations.registering import Asked
from viche.people.access import is_somebody
from viche.ui import forms as ui
from viche.ui import wording

MOST_PEOPLE = 50
MYSELF = "me"


class Seat(ui.Form):
    """Ask for a seat: for oneself, or for the delegation of an invited organisation."""

    organisation = forms.ChoiceField(label=_("Хто прийде"), widget=forms.RadioSelect)
    people = ui.NumberField(
        label=_("Скільки людей у делегації"), required=False, least=1, most=MOST_PEOPLE, help_text=_("Разом із вами.")
    )
    name = ui.TextField(
        label=_("Ім’я та прізвище"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Пошта"),
        max_length=254,
        help_text=_("Сюди надішлемо квиток і новини про зміни."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Перевірте адресу, наприклад olena@example.org.")},
    )
    access = forms.MultipleChoiceField(
        label=_("Що вам потрібно, щоб узяти участь?"),
        required=False,
        choices=Need.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    needs = ui.TextField(
        label=_("Що ще нам варто знати?"),
        required=False,
        max_length=500,
        long=True,
        rows=3,
        help_text=_("Наприклад: прийду з собакою-поводирем. Це побачать лише організатори."),
    )

    def __init__(self, *args, event: Event, user, organisations, **kwargs):
        """Offer the invited organisations of a person who writes for one; fill in what is known of who has signed in."""
        super().__init__(*args, **kwargs)
        self.event, self.user = event, user
        self.organisations = {str(one.pk): one for one in organisations}
        if is_somebody(user):
            self.initial |= {"name": user.name, "email": user.email}
        self._offer()
        self.speak()

    def _offer(self):
        if not self.organisations:
            del self.fields["organisation"], self.fields["people"]
            return
        offered = [(key, one.called) for key, one in self.organisations.items()]
        if self.event.entry != Entry.INVITED:
            offered.insert(0, (MYSELF, _("лише я")))
        self.fields["organisation"].choices = offered
        self.initial.setdefault("organisation", offered[0][0])

    def clean(self):
        """A delegation says how many come."""
        cleaned = super().clean()
        if self.delegation_of and cleaned.get("people") is None and "people" not in self.errors:
            self.add_error("people", _("Напишіть, скільки людей прийде."))
        return cleaned

    @property
    def delegation_of(self):
        """Whose delegation it is; None for a person."""
        return self.organisations.get(self.cleaned_data.get("organisation", MYSELF))

    @property
    def is_own(self):
        """Whether it is the mailbox this person signs in with."""
        return is_somebody(self.user) and self.cleaned_data["email"].strip().lower() == self.user.email.lower()

    @property
    def asked(self):
        """What the operation takes."""
        typed = self.cleaned_data
        return Asked(
            # A sign that the eye takes for one may be several to the database.
            name=typed["name"][:150],
            email=self.user.email if self.delegation_of else typed["email"],
            people=(typed.get("people") or 1) if self.delegation_of else 1,
            access=typed["access"],
            needs=" ".join(typed["needs"].split())[:500],
            language=wording.language(),
        )


class PeopleSearch(forms.Form):
    """Search among those who registered. Anything unknown in the address is taken as nothing chosen."""

    q = forms.CharField(
        label=_("Пошук"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Ім’я, пошта, організація")}),
    )
    state = forms.ChoiceField(label=_("Стан"), required=False, choices=[("", _("усі")), *SeatState.choices])
    came = forms.ChoiceField(
        label=_("Чи прийшли"), required=False, choices=[("", _("усі")), ("yes", _("прийшли")), ("no", _("не прийшли"))]
    )


class DoorSearch(forms.Form):
    """Find somebody who stands at the door."""

    q = forms.CharField(
        label=_("Ім’я, пошта або організація"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

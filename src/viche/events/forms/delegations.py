"""What a delegation's writer types: how many come, and of each a name and what they need."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Need
from viche.events.operations.delegations import MOST, Named
from viche.ui import forms as ui

SPARE, MORE = 1, 5


class Delegation(ui.Form):
    """A row for each person; an empty name is nobody. As many rows as were shown come back."""

    people = ui.NumberField(
        label=_("Скільки місць тримати"),
        least=1,
        most=MOST,
        help_text=_("Не менше, ніж названо людей. Менше місць – решта дістанеться черзі."),
    )

    def __init__(self, *args, registration, rows=0, **kwargs):
        """Make the rows: of those named already, of seats without a name, of a spare one; or as many as asked for."""
        super().__init__(*args, **kwargs)
        guests = list(registration.guests.all())
        self.count = min(max(rows, len(guests) + SPARE, registration.people), MOST)
        self.initial["people"] = registration.people
        for number in range(self.count):
            self._add(number, guests[number] if number < len(guests) else None)
        self.speak()

    def _add(self, number, guest):
        self.fields[f"name-{number}"] = ui.TextField(label=_("Ім’я та прізвище"), max_length=150, required=False)
        self.fields[f"access-{number}"] = forms.MultipleChoiceField(
            label=_("Що потрібно, щоб узяти участь"),
            required=False,
            choices=Need.choices,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields[f"needs-{number}"] = ui.TextField(label=_("Що ще потрібно"), max_length=300, required=False)
        if guest:
            told = {"name": guest.name, "access": guest.access, "needs": guest.needs}
            self.initial |= {f"{field}-{number}": value for field, value in told.items()}

    def clean(self):
        """Needs without a name belong to nobody."""
        said = super().clean()
        for number in range(self.count):
            needed = said.get(f"access-{number}") or said.get(f"needs-{number}")
            if needed and not said.get(f"name-{number}") and f"name-{number}" not in self.errors:
                self.add_error(f"name-{number}", _("Напишіть, чиї це потреби."))
        return said

    @property
    def rows(self):
        """The rows: number counted from one, the fields, whether something is said of needs."""
        for number in range(self.count):
            name, access, needs = (self[f"{field}-{number}"] for field in ("name", "access", "needs"))
            is_open = bool(access.value() or needs.value() or access.errors or needs.errors)
            yield number + 1, name, (access, needs), is_open

    @property
    def guests(self):
        """Who was named, in the order of the rows."""
        said = self.cleaned_data
        return [
            Named(said[f"name-{number}"][:150], said[f"access-{number}"], said[f"needs-{number}"][:300])
            for number in range(self.count)
            if said[f"name-{number}"]
        ]

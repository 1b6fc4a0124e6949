"""What people type when an event moves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import PostponedWhy
from viche.events.fields import PointField
from viche.ui import forms as ui

AS_LONG = _("Порожнє – триватиме стільки ж, як було.")
LATER = _("Залиште порожнім, якщо часу ще не знаєте.")


class Postpone(ui.Form):
    """Why an event is put off, and until when."""

    why = forms.ChoiceField(label=_("Чому"), choices=PostponedWhy.choices, initial=PostponedWhy.OTHER)
    note = ui.TextField(label=_("Що сказати людям"), required=False, max_length=300, long=True, rows=2)
    starts_at = ui.MomentField(label=_("Новий початок"), required=False, help_text=LATER)
    ends_at = ui.MomentField(label=_("Новий кінець"), required=False, help_text=AS_LONG)

    def clean(self):
        """An end without a start says too little."""
        said = super().clean()
        if said.get("ends_at") and not said.get("starts_at") and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Напишіть і новий початок."))
        return said


class NewTime(ui.Form):
    """When it takes place now."""

    starts_at = ui.MomentField(label=_("Новий початок"))
    ends_at = ui.MomentField(label=_("Новий кінець"), required=False, help_text=AS_LONG)


class Cancel(ui.Form):
    """Why an event is called off."""

    why = ui.TextField(label=_("Чому скасовуєте"), max_length=300, long=True, rows=3, help_text=_("Це прочитають усі."))


class Place(ui.Form):
    """Where it takes place now, for its office."""

    venue = ui.TextField(label=_("Місце"), max_length=200, required=False)
    address = ui.TextField(label=_("Адреса"), max_length=250, required=False)
    point = PointField(label=_("Точка на мапі"), required=False)
    online_link = forms.URLField(
        label=_("Посилання для участі онлайн"), max_length=500, required=False, assume_scheme="https"
    )


class Restore(ui.Form):
    """Nothing is asked."""

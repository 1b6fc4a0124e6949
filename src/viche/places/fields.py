"""The form field that asks for a hromada; every package puts it into its forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from viche.places import queries
from viche.places.models import Hromada
from viche.ui.widgets import PickerInput


def described(code: str) -> str:
    """The words for a picked code: full name, raion, oblast; nothing for what is no code."""
    hromada = queries.hromada_by_code(code) if queries.is_code(code) else None
    return f"{hromada.label}, {hromada.whereabouts}" if hromada else ""


class HromadaField(forms.Field):
    """Finds the hromada as one types; without the script it takes a name, slug or code. Gives a Hromada.

    A name that several bear is an error that carries them: the widget offers them as radios. `initial` may be a Hromada,
    its primary key (what Django's model forms give) or its code.
    """

    sentences = {
        "unknown": _(
            "Такої громади не знаємо. Перевірте назву або виберіть зі списку, який з’являється під час набору."
        ),
        "several": _("Підходять кілька громад. Виберіть свою."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Громада"))
        kwargs.setdefault("help_text", _("Почніть писати назву громади, її центру чи села."))
        kwargs.setdefault("widget", PickerInput(reverse_lazy("places:find"), describe=described))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a hromada by its code; what was typed stays as it was typed."""
        if isinstance(value, int):
            value = Hromada.objects.filter(pk=value).first()
        return value.code if isinstance(value, Hromada) else value

    def to_python(self, value: Any) -> Hromada | None:
        """Find the one that is meant."""
        if isinstance(value, Hromada) or value in self.empty_values:
            return value or None
        found = queries.meant(str(value))
        if not found:
            raise ValidationError(self.sentences["unknown"], code="unknown")
        if len(found) > 1:
            self.widget.candidates = [(one.hromada.code, f"{one.hromada.label}, {one.note}") for one in found]
            raise ValidationError(self.sentences["several"], code="several")
        return found[0].hromada

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as codes."""
        try:
            hromada = self.to_python(data)
        except ValidationError:
            return True
        return (self.prepare_value(initial) or None) != (hromada.code if hromada else None)

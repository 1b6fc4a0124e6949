"""Form fields about organisations, for this package and those above: an EDRPOU, and a picker that finds as one types."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from viche.people import operations, queries
from viche.people.models import Organisation
from viche.ui.widgets import PickerInput

BLANKS = re.compile(r"[\s\u00a0\u202f.\-–]")
KEY = re.compile(r"o(\d{1,9})$")
SHOWN = 8


class EdrpouField(forms.CharField):
    """A code of eight digits, typed with or without blanks; says what exactly is wrong with it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Take out blanks, points and dashes."""
        return BLANKS.sub("", super().to_python(value))

    def validate(self, value: str) -> None:
        """Check digits, length and the check digit."""
        super().validate(value)
        fault = operations.code_fault(value) if value else ""
        if fault:
            raise ValidationError(fault, code="edrpou")


def words_for(organisation: Organisation) -> str:
    """An organisation in one line: name, code, hromada."""
    return ", ".join(part for part in (organisation.called, organisation.edrpou, organisation.hromada.label) if part)


def key_of(organisation: Organisation) -> str:
    """By which a picked organisation comes back: its key with a letter, so that nobody takes it for an EDRPOU."""
    return f"o{organisation.pk}"


def by_key(key: str) -> Organisation | None:
    """The organisation of such a key; None for anything else that may have been typed."""
    found = KEY.match(key)
    return queries.by_pks([int(found[1])]).get(int(found[1])) if found else None


def described(key: str) -> str:
    """The words for a picked organisation; empty for what is no key of one."""
    found = by_key(key)
    return words_for(found) if found else ""


class OrganisationField(forms.Field):
    """An organisation, found by name or EDRPOU; works without a script: several finds are offered to choose from.

    `all_seen`: also those that wait for their parent's word, for administrators.
    """

    def __init__(self, *, all_seen: bool = False, **kwargs: Any) -> None:
        self.sought = queries.every_organisation if all_seen else queries.organisations
        kwargs.setdefault("widget", PickerInput(reverse_lazy("people:find"), described))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show an organisation by its key, from which the widget makes words."""
        if isinstance(value, int):
            value = queries.by_pks([value]).get(value)
        return key_of(value) if isinstance(value, Organisation) else value

    def to_python(self, value: Any) -> Organisation | None:
        """Find the organisation by key, EDRPOU or words."""
        text = str(value or "").strip()
        if not text:
            return None
        picked = by_key(text) or queries.organisation_by_code(BLANKS.sub("", text))
        if picked:
            return picked
        found = list(self.sought(text)[: SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if found:
            self.widget.candidates = [(key_of(one), words_for(one)) for one in found[:SHOWN]]
            raise ValidationError(_("Знайшлося кілька. Виберіть свою або допишіть назву."), code="several")
        raise ValidationError(
            _("Такої організації у Віче немає. Перевірте перші літери назви або спробуйте код ЄДРПОУ."), code="unknown"
        )

"""Why a story matters, in a sentence; and which record is chosen for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.results.queries.choosing import TELLING
from viche.ui import forms as ui

LONGEST = 300


class LeadForm(ui.Form):
    """Why it matters, in both languages."""

    lead = ui.TextField(label=_("Чому це важливо"), max_length=LONGEST, required=False, long=True, rows=3)
    lead_en = ui.TextField(
        label=_("Чому це важливо, англійською"), max_length=LONGEST, required=False, long=True, rows=3
    )


class ChoiceForm(forms.Form):
    """A record by its kind and key."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in TELLING])
    record = forms.IntegerField(min_value=1, max_value=2**62)

"""The form on which a person chooses how the pages look."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import Form


class LookForm(Form):
    """Light or dark, ordinary or high contrast."""

    scheme = forms.ChoiceField(
        label=_("Світло чи темно"),
        choices=(("auto", _("Як у пристрої")), ("day", _("Світло")), ("night", _("Темно"))),
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Контраст"),
        choices=(("auto", _("Як у пристрої")), ("more", _("Найбільший"))),
        widget=forms.RadioSelect,
    )

    def cookie(self) -> str:
        """Write the choice as one word: "night.more"."""
        said = self.cleaned_data
        return f"{said['scheme']}.{said['contrast']}"

"""Search and filters of the list of hromadas."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.places import queries
from viche.places.choices import HromadaKind
from viche.ui.forms import Form


class Filter(Form):
    """What may be asked of the list; a word that is none of the choices is as good as nothing."""

    q = forms.CharField(label=_("Назва, центр або село"), widget=forms.TextInput({"type": "search"}), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    kind = forms.ChoiceField(label=_("Вид"), choices=[("", _("Усі")), *HromadaKind.choices], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        regions = [(oblast.slug, oblast.label) for oblast in queries.oblasts()]
        self.fields["oblast"].choices = [("", _("Усі області")), *regions]

    def asked(self):
        """What is asked for, nonsense left out."""
        self.full_clean()
        self.cleaned_data = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return self.cleaned_data

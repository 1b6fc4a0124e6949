"""What is put side by side: a programme, a period and an oblast on the left, the same on the right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.results.forms.asking import months_of, oblast_choices, period_choices
from viche.results.queries import asking
from viche.ui import forms as ui

LEFT, RIGHT = "left", "right"


class Beside(ui.Form):
    """One side of a comparison; its words in the address begin with the name of the side."""

    programme = forms.ChoiceField(label=_("Програма"), required=False)
    period = forms.ChoiceField(label=_("Період"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)

    def __init__(self, data, *, side, programme, programmes, periods, oblasts, on):
        super().__init__(data, prefix=side)
        self.of, self.periods, self.oblasts, self.on = programme, periods, oblasts, on
        self.fields["programme"].choices = [
            ("", programmes[0].called),
            *((one.code, one.called) for one in programmes[1:]),
        ]
        self.fields["period"].choices = period_choices(programme, periods, on=on)
        self.fields["oblast"].choices = oblast_choices(oblasts)

    def chosen(self) -> asking.Chosen:
        """What is asked on this side, without what cannot be read."""
        self.full_clean()
        data = self.cleaned_data
        word = data.get("period", "")
        when = asking.months(*months_of(word), self.periods, on=self.on)
        where = asking.where(self.oblasts, data.get("oblast", ""), "", "") or asking.Where()
        kept = {"period": word, "oblast": where.oblast.slug if where.oblast else ""}
        return asking.Chosen(self.of, when, where, tuple((name, said) for name, said in kept.items() if said))

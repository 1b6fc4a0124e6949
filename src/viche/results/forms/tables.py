"""What the office types of targets and periods."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.ui import forms as ui


class TargetsForm(ui.Form):
    """A table of targets: a field a cell, named "t-<period>-<column>"; closed periods have none."""

    mark = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, table):
        """Make the cells of the table."""
        super().__init__(data, initial={"mark": table.mark})
        self.table, self.places = table, {}
        for period in (None, *table.periods):
            if period is not None and period.is_closed:
                continue
            for number, column in enumerate(table.columns):
                cell = (period.pk if period else None, column.split)
                name = f"t-{period.pk if period else 0}-{number}"
                self.fields[name] = ui.NumberField(
                    label=self._called(period, column), digits=2, least=0, required=False
                )
                self.initial[name] = table.stored.get(cell)
                self.places[cell] = name
        self.speak()

    def _called(self, period, column):
        return ", ".join(filter(None, (period.called if period else gettext("Уся програма"), column.words)))

    @property
    def rows(self):
        """Each line of the table: the period, and its cells as (column, field or None, what is stored)."""
        for period in (None, *self.table.periods):
            key = period.pk if period else None
            cells = [(column, (key, column.split)) for column in self.table.columns]
            yield (
                period,
                [
                    (column, self[self.places[cell]] if cell in self.places else None, self.table.stored.get(cell))
                    for column, cell in cells
                ],
            )

    def cells(self):
        """What the operation takes."""
        return {cell: self.cleaned_data.get(name) for cell, name in self.places.items()}


class PeriodForm(ui.Form):
    """A period: any day of its first month, any day of its last."""

    name = ui.TextField(label=_("Назва"), help_text=_("Наприклад: II квартал 2026 року."), max_length=80)
    name_en = ui.TextField(label=_("Назва англійською"), max_length=80, required=False)
    starts_on = ui.DateField(label=_("Від"), help_text=_("Візьмемо місяць цілим."))
    ends_on = ui.DateField(label=_("До"), help_text=_("Візьмемо місяць цілим."))


class PeriodsForm(ui.Form):
    """Which periods to make at once."""

    each = forms.ChoiceField(
        label=_("Які періоди"),
        choices=[("quarter", _("усі квартали програми")), ("year", _("усі роки програми"))],
        widget=forms.RadioSelect,
        initial="quarter",
    )

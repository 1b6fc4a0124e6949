"""What a reader may ask of figures: months and a place, in the address. What cannot be read is told in a sentence and left out."""

import re
from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.places.models import Oblast
from viche.programmes.models import Programme
from viche.results.models import Indicator, Period
from viche.results.queries import asking
from viche.ui import forms as ui

MONTH = re.compile(r"(\d{4})-(\d{2})")
YEAR = re.compile(r"\d{4}")
FIRST, LAST = 1991, 2100
LONGEST = 160
BETWEEN = "_"


class MonthInput(forms.TextInput):
    """A month: where a browser has no calendar for it, it is typed."""

    input_type = "month"


class MonthField(forms.CharField):
    """A month as the address has it: "2025-01"."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=LONGEST, widget=MonthInput({"placeholder": "2025-01"}), **kwargs)

    def clean(self, value):
        """The first day of the month, or nothing."""
        written = super().clean(value).strip()
        return read_month(written) if written else None


def read_month(written: str) -> date:
    """The first day of a month; raises `ValidationError`."""
    found = MONTH.fullmatch(written) if written.isascii() else None
    if found and FIRST <= int(found[1]) <= LAST and 1 <= int(found[2]) <= asking.DECEMBER:
        return date(int(found[1]), int(found[2]), 1)
    raise ValidationError(gettext("Напишіть рік і місяць, як-от 2025-01."))


def period_choices(programme: Programme, periods: Sequence[Period], *, on: date) -> list[tuple[str, str]]:
    """The whole programme, its periods, calendar years."""
    own = [(f"{one.starts_on:%Y-%m}{BETWEEN}{one.ends_on:%Y-%m}", one.called) for one in periods]
    years = range(programme.starts_on.year, max(programme.starts_on.year, min(on.year, programme.ends_on.year)) + 1)
    return [
        ("", gettext("Від початку програми")),
        *own,
        *((str(year), gettext("%(year)s рік") % {"year": year}) for year in years),
    ]


def months_of(word: str) -> tuple[date, date] | tuple[None, None]:
    """The months that a choice of a period names."""
    if not word:
        return None, None
    if YEAR.fullmatch(word):
        return date(int(word), 1, 1), date(int(word), asking.DECEMBER, 1)
    since, _between, until = word.partition(BETWEEN)
    return read_month(since), read_month(until)


class Asking(ui.Form):
    """Months, a place, and what is drawn."""

    period = forms.ChoiceField(label=_("Період"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    show = forms.ChoiceField(label=_("На карті й графіку"), required=False)
    since = MonthField(label=_("Від місяця"))
    until = MonthField(label=_("До місяця"))

    def __init__(self, data, *, programme, periods, oblasts, indicators=(), on):
        super().__init__(data)
        self.programme, self.periods, self.oblasts, self.on = programme, periods, oblasts, on
        self.data_of_places = {name: data.get(name, "")[:LONGEST].replace("\0", "") for name in ("raion", "hromada")}
        self.fields["period"].choices = period_choices(programme, periods, on=on)
        self.fields["oblast"].choices = oblast_choices(oblasts)
        if indicators:
            self.fields["show"].choices = [("", gettext("Головний показник")), *_named(indicators)]
        else:
            del self.fields["show"]

    @property
    def beside(self):
        """What stands in sight; the months lie folded."""
        return tuple(name for name in ("oblast", "show") if name in self.fields)

    def clean(self):
        """The last month is not before the first."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("Останній місяць раніше за перший. Поміняйте їх місцями."))
        return data

    def chosen(self) -> asking.Chosen:
        """What is asked, without what cannot be read. One query where a raion or a hromada is asked for."""
        self.full_clean()
        data = self.cleaned_data
        since, until = data.get("since"), data.get("until")
        word = data.get("period", "")
        if since is None and until is None:
            since, until = months_of(word)
        elif "period" in data:
            word = ""
        where = asking.where(self.oblasts, data.get("oblast", ""), **self.data_of_places)
        if where is None:
            self.add_error(None, _("Такого місця немає. Показуємо всю Україну."))
            where = asking.Where()
        kept = {
            "period": word,
            "since": f"{data['since']:%Y-%m}" if data.get("since") else "",
            "until": f"{data['until']:%Y-%m}" if data.get("until") else "",
            "oblast": where.oblast.slug if where.oblast else "",
            "raion": where.raion.code if where.raion and not where.hromada else "",
            "hromada": where.hromada.slug if where.hromada else "",
            "show": data.get("show", ""),
        }
        when = asking.months(since, until, self.periods, on=self.on)
        return asking.Chosen(self.programme, when, where, tuple((name, said) for name, said in kept.items() if said))


def _named(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    return [(one.code, one.called) for one in indicators]


def oblast_choices(oblasts: Sequence[Oblast]) -> list[tuple[str, str]]:
    """All of Ukraine, and each oblast."""
    return [("", gettext("Уся Україна")), *((one.slug, one.label) for one in oblasts)]

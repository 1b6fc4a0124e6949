"""What the office types of indicators, targets and periods."""

from decimal import Decimal

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Goal
from viche.facts.choices import Unit
from viche.programmes import queries as programmes
from viche.results.choices import Direction, How, IndicatorKind
from viche.results.queries import definitions
from viche.ui import forms as ui

BETWEEN = "|"
MOST_TIMES = 1_000_000


def _numbered():
    return [(goal.value, format_lazy("{}. {}", goal.value, goal.label)) for goal in Goal]


def pairs(text, names):
    """Lines "one: other" as dictionaries; a line without a colon gives the second alone."""
    first, second = names
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        one, colon, other = line.partition(":")
        found.append({first: one.strip() if colon else "", second: (other if colon else line).strip()})
    return found


def written(rows, names):
    """The same as lines to be typed on."""
    return "\n".join(": ".join(filter(None, (row.get(name, "") for name in names))) for row in rows)


class IndicatorForm(ui.Form):
    """What every indicator has, with its definition sheet."""

    code = ui.TextField(
        label=_("Код"),
        help_text=_("Латинські літери, цифри й дефіс, наприклад P1. Стоятиме в адресі; потім не змінити."),
        max_length=24,
    )
    name = ui.TextField(label=_("Назва"), max_length=200)
    name_en = ui.TextField(label=_("Назва англійською"), max_length=200, required=False)
    goal = forms.TypedChoiceField(label=_("Ціль програми"), required=False, coerce=int, empty_value=None)
    unit = ui.TextField(
        label=_("Одиниця"),
        help_text=_("Як її читати після числа: людей, заходів, %."),
        max_length=60,
        error_messages={"required": _("Напишіть одиницю: без неї число нічого не каже.")},
    )
    unit_en = ui.TextField(label=_("Одиниця англійською"), max_length=60, required=False)
    direction = forms.ChoiceField(label=_("Куди прямуємо"), choices=Direction.choices, widget=forms.RadioSelect)
    baseline = ui.NumberField(label=_("Було на початку"), digits=2, required=False)
    baseline_on = ui.DateField(label=_("На яку дату"), required=False)
    what_counts = ui.TextField(
        label=_("Що зараховуємо"),
        help_text=_("Якщо рахує Віче, лишіть порожнім: запишемо правило, за яким воно рахує."),
        max_length=2000,
        long=True,
        rows=3,
        required=False,
    )
    who_counts = ui.TextField(label=_("Хто рахує"), max_length=200, required=False)
    doubles = ui.TextField(label=_("Як уникаємо подвійного обліку"), max_length=2000, long=True, rows=3, required=False)
    source = ui.TextField(label=_("Чим підтверджуємо"), max_length=2000, long=True, rows=3, required=False)
    goals = forms.TypedMultipleChoiceField(
        label=_("Цілі сталого розвитку"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    donor_codes = ui.TextField(
        label=_("Коди донорів"),
        help_text=_(
            "По одному в рядку: «донор: код». Те саме підтверджене значення служить усім донорам, яких тут названо."
        ),
        max_length=2000,
        long=True,
        rows=3,
        required=False,
    )
    is_headline = forms.BooleanField(label=_("Головний показник: стоїть угорі"), required=False)
    is_public = forms.BooleanField(label=_("Видно всім"), required=False)
    own: tuple[str, ...] = ()
    main = ("code", "name", "goal", "unit", "direction")
    english = ("name_en", "unit_en")
    sheet = ("what_counts", "who_counts", "doubles", "source", "baseline", "baseline_on")
    last = ("donor_codes", "is_headline", "is_public")

    def __init__(self, data=None, *, programme, instance=None):
        """Show an indicator, or begin one; the code of one that is there stays."""
        super().__init__(data)
        self.programme, self.instance = programme, instance
        branches = programmes.goals(programme)
        self.known_goals = {branch.goal.pk: branch.goal for branch in branches}
        self.fields["goal"].choices = [
            ("", "—"),
            *((one.goal.pk, f"{one.number}. {one.goal.called}") for one in branches),
        ]
        self.fields["goals"].choices = _numbered()
        self.initial = {"direction": Direction.UP, "is_public": True}
        if instance is not None:
            del self.fields["code"]
            self.initial = {name: getattr(instance, name) for name in self.fields if hasattr(instance, name)}
            self.initial |= {
                "goal": instance.goal_id,
                "donor_codes": written(instance.donor_codes, ("donor", "code")),
                **self.shown(instance),
            }

    def shown(self, instance):
        """What of an indicator stands in fields of its own kind."""
        del instance
        return {}

    def part(self, names):
        """The fields of a part of the page."""
        return [self[name] for name in names if name in self.fields]

    @property
    def main_fields(self):
        """What it is called and where it stands."""
        return self.part(self.main)

    @property
    def own_fields(self):
        """Where its values come from."""
        return self.part(self.own)

    @property
    def english_fields(self):
        """The same in English, folded on the page."""
        return self.part(self.english)

    @property
    def sheet_fields(self):
        """The definition sheet."""
        return self.part(self.sheet)

    @property
    def last_fields(self):
        """Donors, and who sees it."""
        return self.part(self.last)

    def values(self):
        """What the operation takes."""
        typed = dict(self.cleaned_data)
        typed["goal"] = self.known_goals.get(typed["goal"])
        typed["baseline"] = typed["baseline"] or Decimal(0)
        typed["donor_codes"] = pairs(typed["donor_codes"], ("donor", "code"))
        return typed


class CountedForm(IndicatorForm):
    """An indicator that Viche counts."""

    counts = forms.ChoiceField(label=_("Що рахуємо"))
    how = forms.ChoiceField(label=_("Як рахуємо"), choices=How.choices, widget=forms.RadioSelect)
    own = ("counts", "how")

    def __init__(self, *args, **kwargs):
        """Offer everything that the ledger knows, each measure with its parts."""
        super().__init__(*args, **kwargs)
        self.fields["counts"].choices = [("", "—"), *(_offered(offer) for offer in definitions.offers())]
        self.initial.setdefault("how", How.SUM)

    def shown(self, instance):
        """The measure and the part as one choice."""
        return {"counts": f"{instance.measure}{BETWEEN}{instance.split}"}

    def values(self):
        """The choice as a measure and a part."""
        typed = super().values()
        typed["measure"], _bar, typed["split"] = typed.pop("counts").partition(BETWEEN)
        return typed


def _offered(offer):
    whole = (f"{offer.code}{BETWEEN}", gettext("%(words)s: усе") % {"words": offer.words})
    parts = [(f"{offer.code}{BETWEEN}{part}", f"– {words}") for part, words in definitions.parts_of(offer.measure)]
    unit = "" if offer.measure.unit == Unit.MONEY else f" ({offer.measure.unit.label})"
    return (f"{offer.words}{unit}", [whole, *parts])


class ReportedForm(IndicatorForm):
    """An indicator that people report."""

    are_people = forms.BooleanField(
        label=_("Рахуємо людей"), help_text=_("Де людей менш як 5, число побачить лише офіс."), required=False
    )
    parts = ui.TextField(
        label=_("Складові"),
        help_text=_("По одній у рядку, без перетинів: жінки, чоловіки. Код перед двокрапкою не міняйте."),
        max_length=2000,
        long=True,
        rows=4,
        required=False,
    )
    own = ("parts", "are_people")

    def shown(self, instance):
        """Parts as lines."""
        return {"parts": written(instance.parts, ("code", "name"))}

    def values(self):
        """Lines as parts."""
        typed = super().values()
        return typed | {"parts": pairs(typed["parts"], ("code", "name"))}


class RatioForm(IndicatorForm):
    """An indicator reckoned from two others."""

    over = forms.TypedChoiceField(label=_("Що ділимо"), coerce=int)
    under = forms.TypedChoiceField(label=_("На що ділимо"), coerce=int)
    times = ui.NumberField(
        label=_("Помножити на"), help_text=_("100 – для відсотків, 1 – для частки."), least=1, most=MOST_TIMES
    )
    own = ("over", "under", "times")

    def __init__(self, *args, **kwargs):
        """Offer the indicators of the programme that are no ratios."""
        super().__init__(*args, **kwargs)
        self.known = {one.pk: one for one in definitions.of_two(self.programme)}
        offered = [("", "—"), *((pk, f"{one.code} {one.called}") for pk, one in self.known.items())]
        self.fields["over"].choices = self.fields["under"].choices = offered
        self.initial.setdefault("times", 100)

    def shown(self, instance):
        """The two by their keys."""
        return {"over": instance.over_id, "under": instance.under_id}

    def values(self):
        """Keys as indicators."""
        typed = super().values()
        return typed | {name: self.known[typed[name]] for name in ("over", "under")}


KINDS = {
    IndicatorKind.COUNTED: CountedForm,
    IndicatorKind.REPORTED: ReportedForm,
    IndicatorKind.RATIO: RatioForm,
}


class IndicatorSearch(forms.Form):
    """What is sought in the list of indicators."""

    q = forms.CharField(label=_("Код чи назва"), required=False)
    kind = forms.ChoiceField(label=_("Звідки значення"), required=False)
    beside = ("kind",)

    def __init__(self, *args, **kwargs):
        """Offer every kind."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("усі")), *IndicatorKind.choices]

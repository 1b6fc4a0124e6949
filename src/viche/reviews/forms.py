"""What people may type about reviewing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import CallKind, Outcome
from viche.methods import typed
from viche.reviews.operations.scoring import faults
from viche.ui import forms as ui

ANY = ("", _("усі"))
# A longer scale is typed, not chosen.
MOST_RADIOS = 10
MOMENT = "%Y-%m-%dT%H:%M"


def search():
    """A field to search by words."""
    widget = forms.TextInput(attrs={"type": "search"})
    return forms.CharField(label=_("Пошук"), required=False, max_length=100, widget=widget)


class MineSearch(forms.Form):
    """Which of one's own reviews to see."""

    q = search()
    state = forms.ChoiceField(
        label=_("Стан"), required=False, choices=[ANY, ("todo", _("ще оцінити")), ("done", _("здані"))]
    )
    call = forms.ChoiceField(label=_("Конкурс"), required=False)

    def __init__(self, *args, calls=(), **kwargs):
        """Offer the calls in which one reviews."""
        super().__init__(*args, **kwargs)
        self.fields["call"].choices = [ANY, *((call.code, call.title) for call in calls)]


class CallSearch(forms.Form):
    """Which calls to see in the office."""

    q = search()
    state = forms.ChoiceField(
        label=_("Стан"),
        required=False,
        choices=[
            ANY,
            ("assessing", _("оцінюють")),
            ("assessed", _("чекають на комісію")),
            ("decided", _("вирішені")),
        ],
    )


class PlaceSearch(forms.Form):
    """Which applications of a call to see in the table of reviewers."""

    q = search()
    show = forms.ChoiceField(
        label=_("Показати"), required=False, choices=[ANY, ("short", _("де бракує людей")), ("late", _("прострочені"))]
    )


class RankingSearch(forms.Form):
    """Which rows of the ranking to see."""

    q = search()
    show = forms.ChoiceField(
        label=_("Показати"),
        required=False,
        choices=[
            ANY,
            ("fits", _("що вміщуються")),
            ("disagree", _("де оцінки розходяться")),
            ("undecided", _("без рішення")),
        ],
    )


class ReviewForm(ui.Form):
    """Points and a reason for every criterion, and a comment; kept as typed, judged when handed in."""

    def __init__(self, *args, criteria, **kwargs):
        """Make two fields for each criterion."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            needed = faults([criterion], {})
            points = self._points(criterion)
            points.error_messages["required"] = needed[criterion.pk, "points"]
            reason = ui.TextField(label=_("Чому саме стільки"), long=True, rows=4)
            reason.error_messages["required"] = needed[criterion.pk, "reason"]
            self.fields[f"points-{criterion.pk}"] = points
            self.fields[f"reason-{criterion.pk}"] = reason
        self.fields["comment"] = ui.TextField(label=_("Загальне враження"), long=True, rows=4, required=False)

    @staticmethod
    def _points(criterion):
        label = _("Бал від 0 до %(scale)s") % {"scale": criterion.scale}
        if criterion.scale > MOST_RADIOS:
            return ui.NumberField(label=label, least=0, most=criterion.scale)
        choices = [(number, str(number)) for number in range(criterion.scale + 1)]
        return forms.TypedChoiceField(label=label, choices=choices, coerce=int, widget=forms.RadioSelect)

    @classmethod
    def stored(cls, criteria, written, comment):
        """The form with what is stored: `written` are scores by criterion."""
        initial = {"comment": comment}
        for key, score in written.items():
            initial |= {f"points-{key}": score.points, f"reason-{key}": score.reason}
        return cls(criteria=criteria, initial=initial)

    def as_typed(self):
        """The same words in a form that does not judge them."""
        return ReviewForm(criteria=self.criteria, initial={name: self.data.get(name, "") for name in self.fields})

    @property
    def rows(self):
        """Each criterion with its two fields."""
        return [(one, self[f"points-{one.pk}"], self[f"reason-{one.pk}"]) for one in self.criteria]

    @property
    def summary(self):
        """Id and sentence of every fault: each sentence names its criterion, so the labels are left out."""
        return [(bound.auto_id, said) for bound in self for said in bound.errors] if self.is_bound else []

    @property
    def comment(self):
        """What was typed beside the criteria."""
        return self.data.get("comment", "")

    @property
    def scores(self):
        """What was typed, whole or not, as operations take it."""
        return {
            one.pk: {
                "points": self._number(self.data.get(f"points-{one.pk}", "")),
                "reason": self.data.get(f"reason-{one.pk}", ""),
            }
            for one in self.criteria
        }

    @staticmethod
    def _number(text):
        read = typed.number(text) if text else None
        return int(read) if read is not None and read == int(read) else None

    def complain(self, found):
        """Put what is missing at its fields, where the form has not said so itself."""
        for (key, part), sentence in found.items():
            if not self.errors.get(f"{part}-{key}"):
                self.add_error(f"{part}-{key}", sentence)


class Note(ui.Form):
    """A few words beside a declared conflict."""

    note = ui.TextField(
        label=_("Що вас пов’язує"),
        help_text=_("Одним-двома реченнями; прочитає лише програма."),
        required=False,
        long=True,
        rows=3,
        max_length=400,
    )


class Nothing(ui.Form):
    """A question answered by its button alone."""


class Why(ui.Form):
    """A reason in words."""

    why = ui.TextField(
        label=_("Що доповнити"),
        long=True,
        rows=4,
        max_length=2000,
        error_messages={"required": _("Напишіть рецензентці чи рецензенту, що треба доповнити.")},
    )


class Closing(ui.Form):
    """The end of an assessment; a reason where reviews are lacking."""

    why = ui.TextField(
        label=_("Чому оцінок досить"),
        help_text=_("Потрібно, лише якщо якась заявка має менше оцінок, ніж обіцяв конкурс."),
        required=False,
        long=True,
        rows=3,
        max_length=2000,
    )


class Giving(ui.Form):
    """Who gets a free place."""

    reviewer = forms.ModelChoiceField(label=_("Хто оцінить"), queryset=None, empty_label=_("виберіть"))

    def __init__(self, *args, people, **kwargs):
        """Offer the reviewers of the programme without a conflict."""
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = people


class Convening(ui.Form):
    """When and where the panel meets, and who sits in it."""

    meets_at = ui.MomentField(label=_("Засідає"), help_text=_("За київським часом."))
    place = ui.TextField(label=_("Де"), help_text=_("Адреса або посилання на зустріч."), required=False, max_length=200)
    members = ui.SeveralField(label=_("Хто засідає"), queryset=None, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, people, **kwargs):
        """Offer those who hold the panel's role."""
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people
        self.fields["meets_at"].error_messages["invalid"] = _("Напишіть день і час, наприклад 30.11.2026 18:00.")


class DecisionForm(ui.Form):
    """What the panel says of one application."""

    outcome = forms.ChoiceField(label=_("Рішення"), choices=Outcome.choices[1:], widget=forms.RadioSelect)
    amount = ui.MoneyField(
        label=_("Сума підтримки"), help_text=_("Потрібна, лише якщо заявку підтримано."), required=False, least=None
    )
    reason = ui.TextField(
        label=_("Чому"),
        help_text=_("Ці слова отримає заявник разом із поясненнями тих, хто оцінював."),
        long=True,
        error_messages={"required": _("Поясніть рішення: ці слова отримає заявник.")},
    )

    def __init__(self, *args, call, **kwargs):
        """A call that gives no money asks for none."""
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = call.currency
        if call.kind != CallKind.GRANT:
            del self.fields["amount"]


class Publishing(ui.Form):
    """The last words before everybody learns."""

    protocol = ui.TextField(
        label=_("Протокол"),
        help_text=_("Хто що сказав, як голосували. Його бачать лише офіс програми й комісія."),
        required=False,
        long=True,
        rows=8,
    )

"""What the office types about events: search and filters, answers to organisers, the programme's rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import DeclineReason, Format, State
from viche.events.models import Policy
from viche.events.queries import series
from viche.places import queries as places
from viche.ui import forms as ui

ANY = ("", _("усі"))
NEEDS = [
    ANY,
    ("answer", _("чекають на відповідь")),
    ("overdue", _("відповідь запізнилася")),
    ("planned", _("заплановані")),
    ("ahead", _("попереду")),
    ("held", _("відбулися")),
    ("no_report", _("звіт прострочено")),
    ("report", _("звіт чекає на перевірку")),
    ("changed", _("змінено після оголошення")),
    ("counted", _("людей пораховано")),
]
STATES = [ANY, *((state, state.label) for state in State if state != State.DRAFT)]


class OfficeSearch(ui.Form):
    """Search and filters of the office's list; what is none of the choices is as good as nothing."""

    q = forms.CharField(
        label=_("Назва заходу чи організації, номер"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    needs = forms.ChoiceField(label=_("Показати"), required=False, choices=NEEDS)
    state = forms.ChoiceField(label=_("Стан"), required=False, choices=STATES)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    campaign = forms.ChoiceField(label=_("Кампанія"), required=False)
    format = forms.ChoiceField(label=_("Формат"), required=False, choices=[ANY, *Format.choices])

    def __init__(self, *args, reach, campaigns, **kwargs):
        """Offer the oblasts within reach, and the programme's campaigns."""
        super().__init__(*args, **kwargs)
        within = series.oblasts_within(reach, places.oblasts())
        self.fields["oblast"].choices = [ANY, *((one.slug, one.label) for one in within)]
        self.fields["campaign"].choices = [ANY, *((one.code, one.called) for one in campaigns)]

    def asked(self):
        """The filters that make sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class Return(ui.Form):
    """What the organiser is to mend."""

    remark = ui.TextField(
        label=_("Що виправити"),
        help_text=_("Ці слова отримає організатор. Пишіть так, щоб було зрозуміло, що саме зробити."),
        long=True,
        rows=4,
        max_length=3000,
    )


class Decline(ui.Form):
    """Why an event is not announced."""

    reason = forms.ChoiceField(label=_("Чому"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    remark = ui.TextField(
        label=_("Що сказати організаторові"),
        help_text=_("Причину зі списку він отримає в будь-якому разі."),
        long=True,
        rows=3,
        max_length=3000,
        required=False,
    )


class PolicyForm(ui.ModelForm):
    """How the programme treats events."""

    moderation_days = ui.NumberField(
        label=_("Відповідаємо за скільки робочих днів"),
        help_text=_("Організатор побачить цей строк. Про запізнілі відповіді щодня пишемо тим, хто відповідає."),
        least=1,
        most=60,
    )
    report_days = ui.NumberField(
        label=_("Звіт за скільки днів після заходу"),
        help_text=_("Потім звіт вважається простроченим, і ми нагадуємо про нього."),
        least=1,
        most=120,
    )
    far_km = ui.NumberField(
        label=_("Попереджати, якщо точка далі від громади, ніж, км"),
        help_text=_("Організатор побачить попередження, але зможе лишити точку."),
        least=1,
        most=1000,
    )

    seats_days = ui.NumberField(
        label=_("Імена й пошту зареєстрованих стираємо за скільки днів після заходу"),
        help_text=_("Скільки людей було, лишається. Цей строк бачать усі, хто реєструється."),
        least=30,
        most=1095,
    )

    class Meta:
        model = Policy
        fields = ["trusts_participants", "moderation_days", "report_days", "far_km", "seats_days"]
        labels = {"trusts_participants": _("Заходи учасників програми оголошувати одразу, без перевірки")}

"""The short forms around writing: search among one's events, begin one, copy it, repeat it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import State
from viche.methods import repeating
from viche.ui import forms as ui

OWN = "own"
ANY = ("", _("усі"))
RHYTHMS = [
    (repeating.WEEKLY, _("щотижня")),
    (repeating.FORTNIGHTLY, _("що два тижні")),
    (repeating.MONTHLY, _("щомісяця, того самого числа")),
]


class MineSearch(forms.Form):
    """Search among one's events. Anything unknown in the address is taken as nothing chosen."""

    q = forms.CharField(
        label=_("Назва, номер або громада"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(label=_("Стан"), required=False, choices=[ANY, *State.choices])


class Owned(ui.Form):
    """Whose event it is and where it belongs."""

    frame = forms.ChoiceField(label=_("У якій програмі чи кампанії"), widget=forms.RadioSelect)
    organisation = forms.ChoiceField(label=_("Хто проводить"), widget=forms.RadioSelect)

    def __init__(self, *args, frames, hosts, frame="", **kwargs):
        """Offer what is under way; where there is nothing to choose from, it is chosen already."""
        super().__init__(*args, **kwargs)
        self.frames = {one.key: one for one in frames}
        self.hosts = {str(one.pk): one for one in hosts}
        self.fields["frame"].choices = [(key, self._told(one)) for key, one in self.frames.items()]
        self.fields["organisation"].choices = [
            *((key, one.called) for key, one in self.hosts.items()),
            (OWN, _("Я, від власного імені")),
        ]
        self.initial["frame"] = frame if frame in self.frames else next(iter(self.frames), "")
        self.initial["organisation"] = next(iter(self.hosts), OWN)

    @staticmethod
    def _told(frame):
        return ui.Hinted(frame.words, frame.campaign.told if frame.campaign else frame.programme.told)

    @property
    def chosen(self):
        """The programme or campaign that was chosen."""
        return self.frames[self.cleaned_data["frame"]]

    @property
    def host(self):
        """The organisation that was chosen; None for one's own name."""
        return self.hosts.get(self.cleaned_data["organisation"])


class Begin(Owned):
    """All that is asked before one writes."""

    title = ui.TextField(label=_("Назва заходу"), max_length=200, required=False)
    field_order = ("title", "frame", "organisation")


class Copy(ui.Form):
    """When the new event is."""

    starts_at = ui.MomentField(
        label=_("Коли починається новий захід"),
        required=False,
        help_text=_("За київським часом. Можна написати й пізніше."),
    )


class Repeat(ui.Form):
    """How a meeting repeats, and until when."""

    every = forms.ChoiceField(label=_("Як часто"), choices=RHYTHMS, widget=forms.RadioSelect, initial=RHYTHMS[0][0])
    until = ui.DateField(label=_("До якого дня"), required=False)
    count = ui.NumberField(
        label=_("Або скільки ще разів"),
        least=1,
        most=repeating.MOST,
        required=False,
        help_text=_("Щонайбільше 52 рази."),
    )

    def clean(self):
        """A series needs an end."""
        said = super().clean()
        if not said.get("until") and not said.get("count") and not {"until", "count"} & set(self.errors):
            self.add_error("until", _("Напишіть, до якого дня або скільки ще разів."))
        return said

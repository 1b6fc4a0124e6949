"""What people may ask of the list, the calendar and the map of events."""

from functools import cache

from django import forms
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Access, Format, Goal, Spoken
from viche.events.queries import finding, maps, pins, spots
from viche.methods import earth
from viche.places.fields import HromadaField
from viche.places.models import Hromada
from viche.ui import forms as ui

ANY = ("", _("усі"))
WHENS = [("", _("попереду")), (finding.PAST, _("уже відбулися")), (finding.ALL, _("усі"))]
MODES = [ANY, ("online", _("можна онлайн")), ("in_person", _("можна наживо"))]
ENTRIES = [ANY, ("free", _("ще можна потрапити"))]
WITHIN = [
    ("", _("лише в цій громаді")),
    ("25", _("до 25 км навколо")),
    ("50", _("до 50 км навколо")),
    ("100", _("до 100 км навколо")),
]
ORGANISATION, CELL = "organisation", "cell"
NEAR, STAND = "near", "stand"  # a point around which, and places at which events stand
NEAR_KM = 25
DIGITS = 9


@cache
def spoken(language):
    """The choices that are always the same, in words of a language: looking each up for every visitor takes long."""
    offered = {
        "when": WHENS,
        "within": WITHIN,
        "format": [ANY, *Format.choices],
        "mode": MODES,
        "language": [ANY, *Spoken.choices],
        "access": [ANY, *Access.choices],
        "goal": [ANY, *((one.value, f"{one.value}. {one.label}") for one in Goal)],
        "entry": ENTRIES,
    }
    with translation.override(language):
        return {name: [(str(value), str(words)) for value, words in pairs] for name, pairs in offered.items()}


class Framed(ui.Form):
    """What every search of events asks: words, days, place, format, programme or campaign, and an organisation beside them.

    What makes no sense is as good as nothing, except a hromada nobody knows: that one finds nothing, and is said.
    """

    beside = ("oblast", "since", "until")

    q = forms.CharField(
        label=_("Назва, організатор, місце, номер"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    programme = forms.ChoiceField(label=_("Програма"), required=False)
    campaign = forms.ChoiceField(label=_("Кампанія"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    hromada = HromadaField(required=False)
    format = forms.ChoiceField(label=_("Формат"), required=False)
    since = ui.DateField(label=_("Від дня"), required=False)
    until = ui.DateField(label=_("До дня"), required=False)

    def __init__(self, data, *, frames, oblasts):
        """Offer the frames and oblasts that there are."""
        super().__init__(data)
        self.frames = frames
        self.oblasts = oblasts
        for name, offered in spoken(get_language()).items():
            if name in self.fields:
                self.fields[name].choices = offered
        self.fields["oblast"].choices = [ANY, *((one.slug, one.label) for one in oblasts)]
        self.fields["programme"].choices = [ANY, *((one.code, one.called) for one in frames.programmes)]
        self.fields["campaign"].choices = [ANY, *((one.code, one.called) for one in frames.campaigns)]

    def said(self):
        """What was chosen by the names of the fields; none for what was not, or makes no sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    def framed(self, said):
        """Words, days, oblast, programme, campaign and organisation, as queries take them."""
        organisation = self.data.get(ORGANISATION, "")
        return {
            "q": said["q"] or "",
            "since": said["since"],
            "until": said["until"],
            "oblast": self.region.pk if self.region else None,
            "programme": {one.code: one.pk for one in self.frames.programmes}.get(said["programme"]),
            "campaign": {one.code: one.pk for one in self.frames.campaigns}.get(said["campaign"]),
            "organisation": int(organisation) if organisation.isdecimal() and len(organisation) <= DIGITS else None,
            "private": self.frames.private,
        }

    @property
    def region(self):
        """The oblast that is asked for."""
        return next((one for one in self.oblasts if one.slug == self.cleaned_data.get("oblast")), None)


class Search(Framed):
    """Search and filters of the list, the calendar and the map."""

    field_order = (
        *("q", "when", "since", "until", "oblast", "hromada", "within"),
        *("format", "mode", "language", "access", "goal", "entry"),
    )

    when = forms.ChoiceField(label=_("Коли"), required=False)
    within = forms.ChoiceField(label=_("Як далеко"), required=False)
    mode = forms.ChoiceField(label=_("Наживо чи онлайн"), required=False)
    language = forms.ChoiceField(label=_("Мова"), required=False)
    access = forms.ChoiceField(label=_("Доступність"), required=False)
    goal = forms.ChoiceField(label=_("Ціль сталого розвитку"), required=False)
    entry = forms.ChoiceField(label=_("Вхід"), required=False)
    # The part of the map that is looked at: a new search begins with a part of its own.
    part = forms.CharField(required=False, widget=forms.HiddenInput)

    def asked(self):
        """What is asked for, as queries take it."""
        said = self.said()
        return finding.Asked(
            **self.framed(said),
            when=said["when"] or finding.COMING,
            hromadas=self._hromadas(said["hromada"], said["within"]),
            events=pins.keys(self.data[STAND]) if self.data.get(STAND) else None,
            marks=tuple(self._marks(said)),
            in_person=said["mode"] == "in_person",
            free=bool(said["entry"]),
        )

    def _marks(self, said):
        """The words under which such events are found, the rarest kind first."""
        for name in ("goal", "format", "access"):
            if said[name]:
                yield f"{name}:{said[name]}"
        if said["mode"] == "online":
            yield "online"
        if said["language"]:
            yield f"language:{said['language']}"

    @property
    def origin(self):
        """The place around which events are sought, and within how many kilometres; nothing where none is named."""
        km = int(self.cleaned_data.get("within") or 0)
        hromada = self.cleaned_data.get("hromada")
        if isinstance(hromada, Hromada):
            known = km and hromada.latitude is not None
            return (earth.Point(hromada.latitude, hromada.longitude), km) if known else None
        point = earth.point(self.data.get(NEAR, ""))
        return (point, km or NEAR_KM) if point else None

    def _hromadas(self, hromada, within):
        cell = self.data.get(CELL, "")
        wanted = self._around(hromada, within)
        if not cell:
            return wanted
        there = maps.in_cell(cell)
        return there if wanted is None else tuple(set(wanted) & set(there))

    def _around(self, hromada, within):
        if isinstance(hromada, Hromada):
            return spots.around(hromada, int(within)) if within else (hromada.pk,)
        if self.errors.get("hromada"):
            return ()
        return spots.near(*self.origin) if self.origin else None


class Near(ui.Form):
    """What is near: a hromada for those whose browser does not tell where they are."""

    hromada = HromadaField(required=False, label=_("Ваша громада"), help_text="")
    within = forms.ChoiceField(label=_("Як далеко"), required=False, choices=WITHIN[1:])

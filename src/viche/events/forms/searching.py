"""What people may ask of the list, the calendar and the map of events."""

from django import forms
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Access, Format, Goal, Spoken
from viche.events.queries import finding, maps
from viche.places.fields import HromadaField
from viche.places.models import Hromada
from viche.ui import forms as ui

ANY = ("", _("усі"))
WHENS = [("", _("попереду")), (finding.PAST, _("уже відбулися")), (finding.ALL, _("усі"))]
MODES = [ANY, ("online", _("можна онлайн")), ("in_person", _("можна наживо"))]
ENTRIES = [ANY, ("free", _("ще можна потрапити"))]
WITHIN = [("", _("лише в цій громаді")), *((str(km), _("до %(km)s км навколо") % {"km": km}) for km in (25, 50, 100))]
ORGANISATION, CELL = "organisation", "cell"
DIGITS = 9


class Search(ui.Form):
    """Search and filters; what makes no sense is as good as nothing, except a hromada nobody knows: that one is said."""

    q = forms.CharField(
        label=_("Назва, організатор, місце, номер"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    when = forms.ChoiceField(label=_("Коли"), required=False, choices=WHENS)
    since = ui.DateField(label=_("Від дня"), required=False)
    until = ui.DateField(label=_("До дня"), required=False)
    oblast = forms.ChoiceField(label=_("Область"), required=False)
    hromada = HromadaField(required=False)
    within = forms.ChoiceField(label=_("Як далеко"), required=False, choices=WITHIN)
    format = forms.ChoiceField(label=_("Формат"), required=False, choices=[ANY, *Format.choices])
    mode = forms.ChoiceField(label=_("Наживо чи онлайн"), required=False, choices=MODES)
    language = forms.ChoiceField(label=_("Мова"), required=False, choices=[ANY, *Spoken.choices])
    access = forms.ChoiceField(label=_("Доступність"), required=False, choices=[ANY, *Access.choices])
    goal = forms.ChoiceField(label=_("Ціль сталого розвитку"), required=False)
    entry = forms.ChoiceField(label=_("Вхід"), required=False, choices=ENTRIES)
    programme = forms.ChoiceField(label=_("Програма"), required=False)
    campaign = forms.ChoiceField(label=_("Кампанія"), required=False)

    def __init__(self, data, *, frames, oblasts):
        """Offer the frames and oblasts that there are."""
        super().__init__(data)
        self.frames = frames
        self.oblasts = {one.slug: one.pk for one in oblasts}
        self.fields["oblast"].choices = [ANY, *((one.slug, one.label) for one in oblasts)]
        self.fields["goal"].choices = [ANY, *((str(one.value), f"{one.value}. {one.label}") for one in Goal)]
        self.fields["programme"].choices = [ANY, *((one.code, one.called) for one in frames.programmes)]
        self.fields["campaign"].choices = [ANY, *((one.code, one.called) for one in frames.campaigns)]

    def asked(self):
        """What is asked for, as queries take it."""
        self.full_clean()
        said = {name: self.cleaned_data.get(name) or None for name in self.fields}
        programmes = {one.code: one.pk for one in self.frames.programmes}
        campaigns = {one.code: one.pk for one in self.frames.campaigns}
        return finding.Asked(
            q=said["q"] or "",
            when=said["when"] or finding.COMING,
            since=said["since"],
            until=said["until"],
            oblast=self.oblasts.get(said["oblast"]),
            hromadas=self._hromadas(said["hromada"], said["within"]),
            marks=tuple(self._marks(said)),
            in_person=said["mode"] == "in_person",
            programme=programmes.get(said["programme"]),
            campaign=campaigns.get(said["campaign"]),
            organisation=self._organisation(),
            free=bool(said["entry"]),
            private=self.frames.private,
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

    def _hromadas(self, hromada, within):
        if isinstance(hromada, Hromada):
            return maps.around(hromada, int(within)) if within else (hromada.pk,)
        if self.errors.get("hromada"):
            return ()
        cell = self.data.get(CELL, "")
        return maps.in_cell(cell) if cell else None

    def _organisation(self):
        text = self.data.get(ORGANISATION, "")
        return int(text) if text.isdecimal() and len(text) <= DIGITS else None

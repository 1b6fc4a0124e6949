"""An event in a row of a list: the part of what everybody may know (`showing`) that a row tells, read without the rest.

Where the organiser keeps the exact place for registered people, the venue never gets in here.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from viche.events.choices import Access, Entry, Format, Mode, State, registers
from viche.events.models import Campaign, Event
from viche.events.queries import addresses, framing
from viche.events.queries.framing import Standing
from viche.methods import headcounts
from viche.places.models import Hromada
from viche.ui import wording

FEW = 5  # seats: fewer are said to be few
BESIDE = ("organisation", "campaign", "hromada", "oblast")
# What `told` asks of the rows: were it to ask for more, each row would be read twice.
READ = (
    *("code", "state", "title", "format", "mode", "starts_at", "ends_at", "country", "is_place_private", "venue"),
    *("access", "entry", "capacity", "seated", "registration_closes_at", "heads", *BESIDE),
    *("organisation__name", "organisation__name_en"),
    *("campaign__name", "campaign__name_en", "campaign__is_public"),
    *("hromada__code", "hromada__kind", "hromada__name", "hromada__name_en", "hromada__centre_name"),
    *("oblast__name", "oblast__name_en"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """An event as a row tells it, in words of the page's language."""

    code: str
    href: str
    state: str
    title: str
    format: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    country: str
    hromada: str
    oblast: str
    locality: str
    is_place_private: bool
    venue: str
    access: tuple[str, ...]
    host: str
    campaign: str
    entry: str
    seats_left: int | None
    registration_closes_at: datetime | None
    heads: int | None
    """How many came, by an accepted report; not told where they were few."""
    is_counted: bool

    @property
    def mode_words(self) -> str:
        """In person, on line or both."""
        return named(Mode, (self.mode,))[0]

    @property
    def format_words(self) -> str:
        """What kind of meeting it is."""
        return named(Format, (self.format,))[0]

    @property
    def access_words(self) -> list[str]:
        """What lets people with disabilities take part."""
        return named(Access, self.access)

    @property
    def place_short(self) -> str:
        """Where, for a row of a list."""
        if self.locality or self.country:
            return ", ".join(part for part in (self.venue or self.locality, self.hromada, self.country) if part)
        return self.mode_words

    @property
    def hours(self) -> str:
        """From when to when on Kyiv's clock: "16:00–18:00", over midnight with the day of the end."""
        start, end = wording.in_kyiv(self.starts_at), wording.in_kyiv(self.ends_at)
        if self.is_one_day:
            return f"{start:%H:%M}–{end:%H:%M}"
        return f"{start:%H:%M} – {wording.day(end, year=start.year != end.year)}, {end:%H:%M}"

    @property
    def is_one_day(self) -> bool:
        """Whether it begins and ends on the same day in Kyiv: its hours are then too short to be broken over lines."""
        return wording.in_kyiv(self.starts_at).date() == wording.in_kyiv(self.ends_at).date()

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by the clock."""
        return self.ends_at <= at

    @property
    def registers(self) -> bool:
        """Whether people register for it at all."""
        return registers(self.entry, is_place_private=self.is_place_private)

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one may still ask for a seat: the same that `coming.why_closed` says in words."""
        closes = min(self.starts_at, self.registration_closes_at or self.starts_at)
        return self.state == State.PUBLISHED and self.registers and at < closes

    def standing(self, at: datetime) -> Standing:
        """How it stands at a moment, for a rhomb."""
        if self.state == State.CANCELLED:
            return Standing("failed", _("Скасовано"))
        if self.state == State.POSTPONED:
            return Standing("soon", _("Відкладено. Новий час повідомимо"))
        if self.is_over(at):
            return Standing("held", framing.held(self.heads, is_counted=self.is_counted))
        if self.starts_at <= at:
            return Standing("open", _("Триває зараз"))
        return self._coming(at)

    def _coming(self, at: datetime) -> Standing:
        if self.entry == Entry.INVITED:
            return Standing("told", str(Entry.INVITED.label).capitalize())
        if not self.registers:
            return Standing("open", str(Entry.FREE.label).capitalize())
        if not self.takes_registrations(at):
            return Standing("closed", _("Реєстрацію закрито"))
        if self.seats_left is None:
            return Standing("open", _("Триває реєстрація"))
        if not self.seats_left:
            return Standing("soon", _("Місця закінчилися, є черга"))
        said = ngettext("Є %(n)s вільне місце", "Є %(n)s вільних місць", self.seats_left)
        return Standing("soon" if self.seats_left < FEW else "open", said % {"n": wording.number(self.seats_left)})

    @property
    def about_it(self) -> str:
        """What kind of meeting it is, who invites and within which campaign, in one line."""
        return " · ".join(part for part in (self.kind_of_it, self.campaign) if part)

    @property
    def kind_of_it(self) -> str:
        """The same on the page of its campaign, which need not be named again."""
        return " · ".join(part for part in (f"{self.format_words}, {self.mode_words}", self.host) if part)


def named(words: type[TextChoices], chosen: tuple[str, ...]) -> list[str]:
    """What was chosen, in words."""
    return list(_named(words, chosen, wording.language()))


@lru_cache(maxsize=4096)
def _named(words: type[TextChoices], chosen: tuple[str, ...], language: str) -> tuple[str, ...]:
    """A list has the same few words in each row: looking them up takes as long as all the rest of the row."""
    del language  # part of the key: gettext reads it from the thread
    return tuple(str(words(one).label) for one in chosen if one in words.values)


def locality(hromada: Hromada) -> str:
    """The centre of the hromada: a name that people know the place by; it is no more exact than the hromada."""
    return hromada.label if get_language() == "en" else hromada.centre_name


def campaign_of(event: Event) -> Campaign | None:
    """The campaign of an event, where everybody may see it."""
    return event.campaign if event.campaign and event.campaign.is_public else None


def told(event: Event) -> dict[str, Any]:
    """What a row tells of an event: the parts of `Line`."""
    hromada, oblast = event.hromada, event.oblast
    campaign = campaign_of(event)
    return {
        "code": event.code,
        "href": addresses.href("events:event", event.code),
        "state": event.state,
        "title": event.title,
        "format": event.format,
        "mode": event.mode,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "country": event.country,
        "hromada": hromada.label if hromada else "",
        "oblast": oblast.label if oblast and not (hromada and hromada.is_whole_city) else "",
        "locality": locality(hromada) if hromada else "",
        "is_place_private": event.is_place_private,
        "venue": "" if event.is_place_private else event.venue,
        "access": tuple(event.access),
        "host": event.organisation.called if event.organisation else "",
        "campaign": campaign.called if campaign else "",
        "entry": event.entry,
        "seats_left": event.seats_left,
        "registration_closes_at": event.registration_closes_at,
        "heads": None if event.heads is None else headcounts.told(event.heads),
        "is_counted": event.heads is not None,
    }


def read(keys: list[int]) -> list[Line]:
    """The rows of the events of these keys, in their order. One query."""
    rows = Event.objects.filter(pk__in=keys).select_related(*BESIDE).only(*READ).order_by()
    found = {event.pk: Line(**told(event)) for event in rows}
    return [found[key] for key in keys if key in found]

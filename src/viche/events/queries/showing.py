"""What everybody may know of an event: one projection, from which page, list, feeds, files, poster and widget are made.

Where the organiser keeps the exact place for registered people, venue, address, point, link and shelter never get in here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from viche.events.choices import Access, Entry, Format, Group, Mode, PostponedWhy, Spoken, State, Voice
from viche.events.models import Event
from viche.events.queries import addresses, finding, framing
from viche.events.queries.framing import Involved, Standing
from viche.ui import wording

FEW = 5  # seats: fewer are said to be few


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as everybody may see it, in words of the page's language."""

    code: str
    uid: str
    sequence: int
    changed_at: datetime
    href: str
    state: str
    title: str
    about: str
    format: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    languages: tuple[str, ...]
    country: str
    hromada: str
    hromada_href: str
    oblast: str
    oblast_slug: str
    locality: str
    is_place_private: bool
    venue: str
    address: str
    online_link: str
    shelter: str
    point: tuple[float, float] | None
    """Latitude and longitude: the event's own, or the hromada's where its own is private or unknown."""
    is_point_exact: bool
    access: tuple[str, ...]
    host: str
    host_pk: int | None
    organisers: str
    partners: tuple[str, ...]
    speakers: tuple[int, int, int]
    """Women, men, not known yet."""
    groups: tuple[Involved, ...]
    voices: tuple[str, ...]
    goals: tuple[int, ...]
    hashtags: tuple[str, ...]
    entry: str
    capacity: int | None
    seats_left: int | None
    registration_closes_at: datetime | None
    postponed_why: str
    cancelled_why: str
    heads: int | None
    programme: str
    programme_code: str
    campaign: str
    campaign_code: str

    @property
    def mode_words(self) -> str:
        """In person, on line or both."""
        return str(Mode(self.mode).label)

    @property
    def format_words(self) -> str:
        """What kind of meeting it is."""
        return str(Format(self.format).label)

    @property
    def entry_words(self) -> str:
        """How people get in."""
        return str(Entry(self.entry).label)

    @property
    def access_words(self) -> list[str]:
        """What lets people with disabilities take part."""
        return _named(Access, self.access)

    @property
    def access_lacking(self) -> list[str]:
        """What is not there: said as plainly as what is."""
        return [str(one.label) for one in Access if one.value not in self.access]

    @property
    def language_words(self) -> list[str]:
        """In which languages it is held."""
        return _named(Spoken, self.languages)

    @property
    def voice_words(self) -> list[str]:
        """Whose view is heard."""
        return _named(Voice, self.voices)

    @property
    def goal_words(self) -> list[tuple[int, str]]:
        """Sustainable Development Goals with their official names."""
        return framing.goals(list(self.goals))

    @property
    def place(self) -> str:
        """Where, in one line, as exactly as everybody may know."""
        return ", ".join(part for part in (self.venue, self.address, self.locality, self.oblast, self.country) if part)

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
        if start.date() == end.date():
            return f"{start:%H:%M}–{end:%H:%M}"
        return f"{start:%H:%M} – {wording.day(end, year=start.year != end.year)}, {end:%H:%M}"

    @property
    def day(self) -> date:
        """The day on which it begins in Kyiv."""
        return wording.in_kyiv(self.starts_at).date()

    @property
    def weekday(self) -> str:
        """The day of the week on which it begins."""
        return wording.WEEKDAYS[wording.language()][self.day.weekday()]

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by the clock."""
        return self.ends_at <= at

    def takes_registrations(self, at: datetime) -> bool:
        """Whether one may still ask for a seat."""
        closes = self.registration_closes_at or self.starts_at
        return self.state == State.PUBLISHED and self.entry == Entry.SEATS and at < closes

    def standing(self, at: datetime) -> Standing:
        """How it stands at a moment, for a rhomb."""
        if self.state == State.CANCELLED:
            return Standing("failed", _("Скасовано"))
        if self.state == State.POSTPONED:
            return Standing("soon", _("Відкладено, новий час скажемо"))
        if self.is_over(at):
            return Standing("held", _held(self.heads))
        if self.starts_at <= at:
            return Standing("open", _("Триває зараз"))
        return self._coming(at)

    def _coming(self, at: datetime) -> Standing:
        if self.entry == Entry.INVITED:
            return Standing("told", str(Entry.INVITED.label).capitalize())
        if self.entry == Entry.FREE:
            return Standing("open", str(Entry.FREE.label).capitalize())
        if not self.takes_registrations(at):
            return Standing("closed", _("Реєстрацію закрито"))
        if self.seats_left is None:
            return Standing("open", _("Триває реєстрація"))
        if not self.seats_left:
            return Standing("soon", _("Місця закінчилися, є черга"))
        said = ngettext("Є %(n)s вільне місце", "Є %(n)s вільних місць", self.seats_left)
        return Standing("soon" if self.seats_left < FEW else "open", said % {"n": wording.number(self.seats_left)})


def _held(heads: int | None) -> str:
    if heads is None:
        return _("Відбулося")
    said = ngettext("Відбулося, прийшла %(n)s людина", "Відбулося, прийшли %(n)s людей", heads)
    return said % {"n": wording.number(heads)}


def _named(words: type[Access] | type[Spoken] | type[Voice], chosen: tuple[str, ...]) -> list[str]:
    return [str(words(one).label) for one in chosen if one in words.values]


def shown(event: Event) -> Shown:
    """An event with its programme, campaign, organisation, hromada and oblast at hand, as everybody may see it."""
    return Shown(
        **_placed(event),
        **_framed(event),
        code=event.code,
        uid=str(event.uid),
        sequence=event.sequence,
        changed_at=event.changed_at,
        href=addresses.href("events:event", event.code),
        state=event.state,
        title=event.title,
        about=event.about,
        format=event.format,
        mode=event.mode,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        languages=tuple(event.languages),
        access=tuple(event.access),
        organisers=event.organisers,
        partners=tuple(event.partners),
        speakers=(event.speakers_women, event.speakers_men, event.speakers_unknown),
        groups=tuple(_involved(row) for row in event.groups),
        voices=tuple(event.voices),
        goals=tuple(event.goals),
        hashtags=tuple(event.hashtags),
        entry=event.entry,
        capacity=event.capacity,
        seats_left=event.seats_left,
        registration_closes_at=event.registration_closes_at,
        postponed_why=_why(event),
        cancelled_why=event.cancelled_why,
        heads=event.heads,
    )


def _placed(event: Event) -> dict[str, Any]:
    """Where it is held, as exactly as everybody may know."""
    open_place = not event.is_place_private
    hromada, oblast = event.hromada, event.oblast
    own = (event.latitude, event.longitude) if open_place and event.latitude is not None else None
    return {
        "country": event.country,
        "hromada": hromada.label if hromada else "",
        "hromada_href": addresses.href("site:hromada", hromada.slug) if hromada else "",
        "oblast": oblast.label if oblast and not (hromada and hromada.is_whole_city) else "",
        "oblast_slug": oblast.slug if oblast else "",
        "locality": _locality(event),
        "is_place_private": event.is_place_private,
        "venue": event.venue if open_place else "",
        "address": event.address if open_place else "",
        "online_link": event.online_link if open_place else "",
        "shelter": event.shelter if open_place else "",
        "point": own or _middle(event),
        "is_point_exact": own is not None,
    }


def _framed(event: Event) -> dict[str, Any]:
    """Whose event it is, and what it belongs to."""
    host = event.organisation
    campaign = event.campaign if event.campaign and event.campaign.is_public else None
    return {
        "host": host.called if host else "",
        "host_pk": host.pk if host else None,
        "programme": event.programme.called,
        "programme_code": event.programme.code,
        "campaign": campaign.called if campaign else "",
        "campaign_code": campaign.code if campaign else "",
    }


def by_keys(keys: list[int]) -> dict[int, Shown]:
    """Many events as everybody may see them, by their keys."""
    return {event.pk: shown(event) for event in finding.by_keys(keys, many=True)}


def _locality(event: Event) -> str:
    """The centre of the hromada: a name that people know the place by; it is no more exact than the hromada."""
    if event.hromada is None:
        return ""
    return event.hromada.label if get_language() == "en" else event.hromada.centre_name


def _middle(event: Event) -> tuple[float, float] | None:
    hromada = event.hromada
    if hromada is None or hromada.latitude is None or hromada.longitude is None:
        return None
    return hromada.latitude, hromada.longitude


def _involved(row: dict[str, str]) -> Involved:
    group = row.get("group", "")
    return Involved(str(Group(group).label) if group in Group.values else group, row.get("how", ""))


def _why(event: Event) -> str:
    """Why it was put off, in one line."""
    if not event.postponed_why:
        return event.postponed_note
    reason = str(PostponedWhy(event.postponed_why).label)
    return f"{reason}: {event.postponed_note}" if event.postponed_note else reason

"""What everybody may know of an event: one projection, from which page, list, feeds, files, poster and widget are made.

Where the organiser keeps the exact place for registered people, venue, address, point, link and shelter never get in here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from viche.events.choices import Access, Entry, Group, PostponedWhy, Spoken, Voice
from viche.events.models import Event
from viche.events.queries import addresses, framing, lines
from viche.events.queries.framing import Involved
from viche.ui import wording


@dataclass(frozen=True, slots=True)
class Shown(lines.Line):
    """An event as everybody may see it, in words of the page's language."""

    uid: str
    sequence: int
    changed_at: datetime
    about: str
    languages: tuple[str, ...]
    hromada_href: str
    oblast_slug: str
    address: str
    online_link: str
    shelter: str
    point: tuple[float, float] | None
    """Latitude and longitude: the event's own, or the hromada's where its own is private or unknown."""
    is_point_exact: bool
    host_pk: int | None
    organisers: str
    partners: tuple[str, ...]
    speakers: tuple[int, int, int]
    """Women, men, not known yet."""
    groups: tuple[Involved, ...]
    voices: tuple[str, ...]
    goals: tuple[int, ...]
    hashtags: tuple[str, ...]
    capacity: int | None
    postponed_why: str
    cancelled_why: str
    programme: str
    programme_code: str
    campaign_code: str

    @property
    def entry_words(self) -> str:
        """How people get in."""
        if self.entry == Entry.FREE and self.registers:
            return _("вхід вільний, місце кажемо зареєстрованим")
        return str(Entry(self.entry).label)

    @property
    def access_lacking(self) -> list[str]:
        """What is not there: said as plainly as what is."""
        return [str(one.label) for one in Access if one.value not in self.access]

    @property
    def language_words(self) -> list[str]:
        """In which languages it is held."""
        return lines.named(Spoken, self.languages)

    @property
    def voice_words(self) -> list[str]:
        """Whose view is heard."""
        return lines.named(Voice, self.voices)

    @property
    def goal_words(self) -> list[tuple[int, str]]:
        """Sustainable Development Goals with their official names."""
        return framing.goals(list(self.goals))

    @property
    def place(self) -> str:
        """Where, in one line, as exactly as everybody may know."""
        return in_one_line(self)

    @property
    def day(self) -> date:
        """The day on which it begins in Kyiv."""
        return wording.in_kyiv(self.starts_at).date()

    @property
    def weekday(self) -> str:
        """The day of the week on which it begins."""
        return wording.WEEKDAYS[wording.language()][self.day.weekday()]


class Exact(NamedTuple):
    """What of a place only registered people may know where its organiser says so; empty then."""

    venue: str = ""
    address: str = ""
    online_link: str = ""
    shelter: str = ""
    point: tuple[float, float] | None = None


NOWHERE = Exact()


def exact_place(event: Any) -> Exact:
    """The exact place as far as everybody may know it, of an event or of a row with the same names."""
    if event.is_place_private:
        return NOWHERE
    point = None if event.latitude is None else (event.latitude, event.longitude)
    return Exact(event.venue, event.address, event.online_link, event.shelter, point)


def in_one_line(told: Any) -> str:
    """Where, in one line, as exactly as it is told."""
    return ", ".join(part for part in (told.venue, told.address, told.locality, told.oblast, told.country) if part)


def shown(event: Event) -> Shown:
    """An event with its programme, campaign, organisation, hromada and oblast at hand, as everybody may see it."""
    return Shown(
        **lines.told(event),
        **_placed(event),
        **_framed(event),
        uid=event.calendar_uid,
        sequence=event.sequence,
        changed_at=event.changed_at,
        about=event.about,
        languages=tuple(event.languages),
        organisers=event.organisers,
        partners=tuple(event.partners),
        speakers=(event.speakers_women, event.speakers_men, event.speakers_unknown),
        groups=tuple(_involved(row) for row in event.groups),
        voices=tuple(event.voices),
        goals=tuple(event.goals),
        hashtags=tuple(event.hashtags),
        capacity=event.capacity,
        postponed_why=_why(event),
        cancelled_why=event.cancelled_why,
    )


def _placed(event: Event) -> dict[str, Any]:
    """Where it is held, as exactly as everybody may know."""
    place, hromada, oblast = exact_place(event), event.hromada, event.oblast
    return {
        "hromada_href": addresses.href("site:hromada", hromada.slug) if hromada else "",
        "oblast_slug": oblast.slug if oblast else "",
        "address": place.address,
        "online_link": place.online_link,
        "shelter": place.shelter,
        "point": place.point or _middle(event),
        "is_point_exact": place.point is not None,
    }


def _framed(event: Event) -> dict[str, Any]:
    """Whose event it is, and what it belongs to."""
    campaign = lines.campaign_of(event)
    return {
        "host_pk": event.organisation_id,
        "programme": event.programme.called,
        "programme_code": event.programme.code,
        "campaign_code": campaign.code if campaign else "",
    }


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

"""Stories: records that somebody chose to be told, in the words that their public pages tell."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.timezone import localdate

from viche.awards.models import Award
from viche.awards.queries import awards
from viche.awards.queries import figures as of_awards
from viche.events.choices import ReportState, State
from viche.events.models import Photo, Report
from viche.events.queries import figures as of_events
from viche.events.queries import photos
from viche.programmes.models import Programme
from viche.results.models import Highlight
from viche.ui import wording

LONGEST = 900


@dataclass(frozen=True)
class Story:
    """A record worth a story: what happened, when, where, why it matters; and a photograph that everybody may see."""

    key: str
    """Its kind and its record's key: "event:17"."""
    title: str
    on: date
    place: str
    lead: str
    text: str
    path: str
    photo: Photo | None = None

    @property
    def href(self) -> str:
        """The address of its page for whoever is elsewhere."""
        return f"{settings.SITE_ADDRESS}{self.path}"

    @property
    def meta(self) -> str:
        """When and where."""
        return " · ".join(filter(None, (wording.day(self.on), self.place)))


def of(programme: Programme, *, on: date) -> list[Story]:
    """The stories of a programme that everybody may read, in their order. Four queries."""
    chosen = list(Highlight.objects.filter(programme=programme))
    keys = {
        kind: [one.record for one in chosen if one.kind == kind]
        for kind in (of_events.SOURCE.kind, of_awards.AWARDS.kind)
    }
    events = _of_events(keys[of_events.SOURCE.kind], on) if keys[of_events.SOURCE.kind] else {}
    grants = _of_awards(keys[of_awards.AWARDS.kind]) if keys[of_awards.AWARDS.kind] else {}
    found = []
    for one in chosen:
        told = {**events, **grants}.get((one.kind, one.record))
        if told is not None:
            lead = (wording.language() == "en" and one.lead_en) or one.lead
            found.append(Story(key=f"{one.kind}:{one.record}", lead=lead, **told))
    return found


def _of_events(keys: list[int], on: date) -> dict[tuple[str, int], dict]:
    reports = Report.objects.filter(event__in=keys, state=ReportState.ACCEPTED, event__state=State.PUBLISHED)
    reports = reports.filter(event__programme__is_public=True)
    pictures: dict[int, Photo] = {}
    for photo in photos.public(on=on).filter(event__in=keys):
        pictures.setdefault(photo.event_id, photo)
    found = {}
    for report in reports.select_related("event__hromada__oblast"):
        event = report.event
        found[of_events.SOURCE.kind, event.pk] = {
            "title": str(event),
            "on": localdate(event.starts_at),
            "place": event.hromada.placed_short if event.hromada else "",
            "text": cut(report.happened),
            "path": event.get_absolute_url(),
            "photo": pictures.get(event.pk),
        }
    return found


def _of_awards(keys: list[int]) -> dict[tuple[str, int], dict]:
    found = {}
    for award in awards.public().filter(pk__in=keys).select_related("organisation", "application__hromada__oblast"):
        found[of_awards.AWARDS.kind, award.pk] = {
            "title": award.title,
            "on": award.agreed_on,
            "place": _where(award),
            "text": cut(award.done or award.promised),
            "path": award.get_absolute_url(),
        }
    return found


def _where(award: Award) -> str:
    hromada = award.application.hromada
    return ", ".join(filter(None, (award.organisation.called, hromada and hromada.placed_short)))


def cut(text: str) -> str:
    """The text, of a very long one whole sentences from its beginning."""
    text = text.strip()
    if len(text) <= LONGEST:
        return text
    begun = text[:LONGEST]
    end = max(begun.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    return begun[: end + 1].strip() if end > 0 else begun[: begun.rfind(" ")].strip()

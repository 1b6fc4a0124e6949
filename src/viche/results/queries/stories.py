"""Stories: records that somebody chose to be told, in the words that their public pages tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localdate

from viche.awards.models import Award
from viche.awards.queries import awards
from viche.awards.queries import figures as of_awards
from viche.events.choices import ReportState, State
from viche.events.models import Event, Photo, Report
from viche.events.queries import figures as of_events
from viche.events.queries import photos
from viche.methods import ledger
from viche.places.models import Hromada
from viche.programmes.models import Programme
from viche.results.models import Highlight
from viche.results.queries.asking import Chosen
from viche.ui import wording

LONGEST = 900
PICTURED = ("id", "event_id", "key", "stored_id", "caption", "credit")
Places = tuple[int | None, int | None, int | None]


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
    places: Places = (None, None, None)
    """The keys of its oblast, raion and hromada, as far as they are known."""
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
    """The stories of a programme that everybody may read, in their order. Two queries."""
    found = [*_of_events(programme, on), *_of_awards(programme)]
    return [story for _place, story in sorted(found, key=lambda one: one[0])]


def within(found: Iterable[Story], chosen: Chosen) -> list[Story]:
    """Those of the months and the place asked for."""
    when, where = chosen.when, chosen.where
    months = None if when.since is None else (ledger.month(when.since), ledger.after(ledger.month(when.until), 1))
    return [
        story
        for story in found
        if (months is None or months[0] <= story.on < months[1])
        and all(
            asked is None or asked.pk == at
            for asked, at in zip((where.oblast, where.raion, where.hromada), story.places, strict=True)
        )
    ]


def _highlights(programme: Programme, kind: str) -> QuerySet[Highlight]:
    return Highlight.objects.filter(programme=programme, kind=kind).order_by()


def _chosen(programme: Programme, kind: str, record: str) -> Subquery:
    """The place of a record among the stories, and why it matters."""
    rows = _highlights(programme, kind).filter(record=OuterRef(record))
    return Subquery(rows.values(told=JSONObject(place="position", pk="pk", lead="lead", lead_en="lead_en"))[:1])


def _placed(hromada: Hromada | None) -> Places:
    return (hromada.oblast_id, hromada.raion_id, hromada.pk) if hromada else (None, None, None)


def _told(kind: str, record: int, chosen: dict[str, Any], **words: Any) -> tuple[tuple[int, int], Story]:
    lead = (wording.language() == "en" and chosen["lead_en"]) or chosen["lead"]
    return (chosen["place"], chosen["pk"]), Story(key=f"{kind}:{record}", lead=lead, **words)


def _of_events(programme: Programme, on: date) -> Iterator[tuple[tuple[int, int], Story]]:
    kind = of_events.SOURCE.kind
    keys = _highlights(programme, kind).values("record")
    # What is not to be told is left out below: asked for here, it would make SQLite begin with all events that are.
    reports = (
        Report.objects.filter(event__in=keys).select_related("event__hromada__oblast", "event__programme").order_by()
    )
    pictures = photos.public(on=on).filter(event=OuterRef("event")).order_by("added_at", "pk")
    picture = Subquery(pictures.values(told=JSONObject(**{name: name for name in PICTURED}))[:1])
    for report in reports.annotate(chosen=_chosen(programme, kind, "event"), picture=picture):
        event = report.event
        if report.state != ReportState.ACCEPTED or event.state != State.PUBLISHED or not event.programme.is_public:
            continue
        yield _told(
            kind,
            event.pk,
            report.chosen,
            title=str(event),
            on=localdate(event.starts_at),
            place=event.hromada.placed_short if event.hromada else "",
            places=_placed(event.hromada) if event.hromada else (event.oblast_id, None, None),
            text=cut(report.happened),
            path=event.get_absolute_url(),
            photo=_photo(event, report.picture),
        )


def _photo(event: Event, told: dict[str, Any] | None) -> Photo | None:
    """The photograph; the rest of its row is read when somebody asks for it."""
    if told is None:
        return None
    photo = Photo.from_db(None, PICTURED, [UUID(told[name]) if name == "key" else told[name] for name in PICTURED])
    photo.event = event
    return photo


def _of_awards(programme: Programme) -> Iterator[tuple[tuple[int, int], Story]]:
    kind = of_awards.AWARDS.kind
    rows = awards.public().filter(pk__in=_highlights(programme, kind).values("record")).order_by()
    rows = rows.select_related("organisation", "application__hromada__oblast", "programme")
    for award in rows.annotate(chosen=_chosen(programme, kind, "pk")):
        yield _told(
            kind,
            award.pk,
            award.chosen,
            title=award.title,
            on=award.agreed_on,
            place=_where(award),
            places=_placed(award.application.hromada),
            text=cut(award.done or award.promised),
            path=award.get_absolute_url(),
        )


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

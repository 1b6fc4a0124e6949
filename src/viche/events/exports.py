"""Events as rows, calendars, objects for search engines, and points on maps. All of it comes from `showing`."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.events.choices import State
from viche.events.queries import briefs
from viche.events.queries.briefs import Brief, Row
from viche.events.queries.framing import STATUSES
from viche.events.queries.showing import Shown
from viche.formats import geojson, icalendar, jsonld
from viche.ui import listing, wording

COLUMNS = [
    "code",
    "title",
    "state",
    "starts_at",
    "ends_at",
    "format",
    "mode",
    "hromada",
    "oblast",
    "country",
    "venue",
    "address",
    "latitude",
    "longitude",
    "point",
    "online_link",
    "shelter",
    "languages",
    "access",
    "goals",
    "organisation",
    "partners",
    "entry",
    "seats_left",
    "heads",
    "programme",
    "campaign",
    "url",
]
# Events as they stand in calendars, by their stamps; at two kilobytes each this stays below ten megabytes.
WRITTEN: dict[tuple[Any, ...], str] = {}
MOST_WRITTEN = 4000
# Whole files, packed, by the digest of all that they tell; at a hundred kilobytes each this stays below four megabytes.
KEPT: dict[str, bytes] = {}
MOST_KEPT = 32
PACKED = 5  # of nine: how hard to pack
ENDINGS = ("ics", "geojson", *listing.ENDINGS)


def url(shown: Shown | Brief) -> str:
    """The whole address of the event's page."""
    return f"{settings.SITE_ADDRESS}{shown.href}"


def rows(events: Iterable[Shown | Brief]) -> Iterator[list[Any]]:
    """A row per event, in the order of `COLUMNS`."""
    for shown in events:
        latitude, longitude = shown.point or (None, None)
        yield [
            shown.code,
            shown.title,
            shown.state,
            shown.starts_at,
            shown.ends_at,
            shown.format,
            shown.mode,
            shown.hromada,
            shown.oblast,
            shown.country,
            shown.venue,
            shown.address,
            latitude,
            longitude,
            _exactness(shown),
            shown.online_link,
            shown.shelter,
            " ".join(shown.languages),
            " ".join(shown.access),
            " ".join(map(str, shown.goals)),
            shown.host,
            "; ".join(shown.partners),
            shown.entry,
            shown.seats_left,
            shown.heads,
            shown.programme_code,
            shown.campaign_code,
            url(shown),
        ]


def _exactness(shown: Shown | Brief) -> str:
    """What the point is of."""
    return "" if shown.point is None else "event" if shown.is_point_exact else "hromada"


def happening(shown: Shown | Brief) -> icalendar.Happening:
    """The event for calendars. What only registered people may know is not in `shown`, so it is not here either."""
    return icalendar.Happening(
        uid=shown.uid,
        sequence=shown.sequence,
        changed_at=shown.changed_at,
        starts_at=shown.starts_at,
        ends_at=shown.ends_at,
        title=shown.title,
        status=STATUSES[State(shown.state)],
        about=_about(shown),
        place=shown.place,
        url=url(shown),
        conference=shown.online_link,
        point=shown.point if shown.is_point_exact else None,
        categories=shown.hashtags,
    )


@lru_cache(maxsize=2)
def _sentences(language: str) -> tuple[str, str, str, str]:
    """What stands below the title besides: looking them up for each of a thousand events takes as long as to write it."""
    del language  # the key: gettext reads it from the thread
    return (
        _("Точне місце й посилання отримають зареєстровані."),
        _("Укриття: %(shelter)s"),
        _("Доступність: %(access)s"),
        _("Запрошує: %(host)s"),
    )


def _about(shown: Shown | Brief) -> str:
    """What a calendar shows below the title."""
    private, shelter, access, host = _sentences(wording.language())
    parts = [shown.about]
    if shown.is_place_private:
        parts.append(private)
    if shown.shelter:
        parts.append(shelter % {"shelter": shown.shelter})
    if words := shown.access_words:
        parts.append(access % {"access": ", ".join(words)})
    if shown.host:
        parts.append(host % {"host": shown.host})
    return "\n\n".join(part for part in parts if part)


def feed(events: Iterable[Shown], *, name: str, source: str = "", utc: bool = False) -> bytes:
    """Events as one calendar."""
    language = wording.language()
    return icalendar.calendar(map(happening, events), name=name, source=source, utc=utc, language=language)


def subscription(file: "File") -> bytes:
    """The same of many events. What this process has written before, for another subscriber perhaps, is not written again."""
    language, utc = wording.language(), file.utc
    pieces: dict[tuple[Any, ...], str] = {}
    for row, stamp in zip(file.rows, file.stamps, strict=True):
        key = (language, utc, stamp)
        pieces[key] = WRITTEN.get(key) or icalendar.event(happening(briefs.brief(row)), utc=utc)
    if len(WRITTEN) + len(pieces) > MOST_WRITTEN:
        WRITTEN.clear()
    WRITTEN.update(pieces)
    return icalendar.bound(pieces.values(), name=file.name, source=file.source, utc=utc, language=language)


@dataclass(frozen=True)
class File:
    """A file of events to be asked for: which events, in what form, and by what it is known that it has not changed."""

    ending: str
    name: str
    source: str
    utc: bool
    rows: list[Row]

    @cached_property
    def stamps(self) -> list[tuple[Any, ...]]:
        """Of each event all that changes when its public text does."""
        return [row.stamp for row in self.rows]

    @cached_property
    def digest(self) -> str:
        """Of all that the file tells: events by their stamps, the language, the form."""
        told = (self.ending, self.name, self.source, self.utc, wording.language(), self.stamps)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    @property
    def changed_at(self) -> datetime | None:
        """When the last of its events was changed."""
        last = max((row.changed_at for row in self.rows), default=None)
        return briefs.moment(last) if last else None


def packed(file: File) -> bytes:
    """The file as gzip, made by this process now or for somebody before: what it tells is what it is kept by."""
    digest = file.digest
    body = KEPT.get(digest)
    if body is None:
        body = gzip.compress(_written(file), PACKED, mtime=0)
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[digest] = body
    return body


def _written(file: File) -> bytes:
    if file.ending == "ics":
        return subscription(file)
    events = map(briefs.brief, file.rows)
    if file.ending == "geojson":
        return points(events)
    return listing.written(file.ending, COLUMNS, rows(events), "events")


def for_search_engines(shown: Shown) -> bytes:
    """The event as schema.org has it."""
    told = jsonld.Told(
        url=url(shown),
        title=shown.title,
        state=shown.state,
        mode=shown.mode,
        starts_at=wording.in_kyiv(shown.starts_at),
        ends_at=wording.in_kyiv(shown.ends_at),
        about=shown.about,
        languages=[one for one in shown.languages if one != "other"],
        place=shown.venue,
        address=shown.address,
        locality=shown.locality,
        region=shown.oblast,
        country=shown.country or "UA",
        point=shown.point if shown.is_point_exact else None,
        online_link=shown.online_link,
        organiser=shown.host or shown.organisers,
        seats=shown.capacity,
    )
    return jsonld.written(jsonld.event(told))


def points(events: Iterable[Shown | Brief]) -> bytes:
    """Events as points; those without any have none, as RFC 7946 allows."""
    return geojson.features(
        (shown.point, dict(zip(COLUMNS, row, strict=True)))
        for shown, row in ((shown, next(rows([shown]))) for shown in events)
    )


def feed_name(told: str) -> str:
    """What subscribers see in their calendar."""
    return f"{settings.SITE_NAME}: {told}" if told else settings.SITE_NAME


def seconds(moment: datetime | None) -> int | None:
    """A moment in seconds since 1970, as the head of an answer tells when it was changed."""
    return int(moment.timestamp()) if moment else None

"""Events as rows, calendars, objects for search engines, and points on maps. All of it comes from `showing`."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from viche.events.queries import briefs, entries
from viche.events.queries.briefs import Brief, Row
from viche.events.queries.entries import happening, url
from viche.events.queries.showing import Shown
from viche.formats import geojson, icalendar, jsonld, pieces
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
# Whole files, packed, by the digest of all that they tell; at a hundred kilobytes each this stays below four megabytes.
KEPT: dict[str, bytes] = {}
MOST_KEPT = 32
PACKED = 5  # of nine: how hard to pack
ENDINGS = ("ics", "geojson", *listing.ENDINGS)


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


def feed(events: Iterable[Shown], *, name: str, source: str = "", utc: bool = False) -> bytes:
    """Events as one calendar."""
    language = wording.language()
    return icalendar.calendar(map(happening, events), name=name, source=source, utc=utc, language=language)


@dataclass(frozen=True)
class File:
    """A table of events, or points, to be asked for: which events, in what form, and by what it is known that it has not changed."""

    ending: str
    rows: list[Row]

    @cached_property
    def digest(self) -> str:
        """Of all that the file tells: events by their stamps, the language, the form."""
        return _digest(self.ending, wording.language(), [row.stamp for row in self.rows])

    @property
    def changed(self) -> None:
        """Not known: tables tell of seats, which are taken without a change of the event."""

    def packed(self) -> bytes:
        """The file as gzip, made by this process now or for somebody before: what it tells is what it is kept by."""
        body = KEPT.get(self.digest)
        if body is None:
            body = gzip.compress(self._written(), PACKED, mtime=0)
            if len(KEPT) >= MOST_KEPT:
                KEPT.clear()
            KEPT[self.digest] = body
        return body

    def _written(self) -> bytes:
        events = map(briefs.brief, self.rows)
        if self.ending == "geojson":
            return points(events)
        return listing.written(self.ending, COLUMNS, rows(events), "events")


@dataclass(frozen=True)
class Subscription:
    """A calendar of many events to be asked for again and again: bound of what was packed with each of them."""

    name: str
    source: str
    utc: bool
    keys: list[int]
    is_known: bool = False
    """Whether the asker may have it already: then the events themselves are only read where it has changed."""
    ending: str = "ics"

    @cached_property
    def _entries(self) -> list[tuple[int, int, bytes, bytes]]:
        return entries.packed(self.keys, utc=self.utc)

    @cached_property
    def _stamps(self) -> list[tuple[int, int]]:
        return entries.stamps(self.keys) if self.is_known else [entry[:2] for entry in self._entries]

    @cached_property
    def digest(self) -> str:
        """Of all that the calendar tells."""
        return _digest(self.name, self.source, self.utc, wording.language(), [stamp for stamp, _at in self._stamps])

    @property
    def changed(self) -> int:
        """When the last of its events was changed, in seconds since 1970."""
        return max((changed for _stamp, changed in self._stamps), default=0)

    def packed(self) -> bytes:
        """The calendar as gzip."""
        language = wording.language()
        head = icalendar.head(name=self.name, source=self.source, utc=self.utc, language=language)
        told = [piece for *_known, hours, words in self._entries for piece in (hours, words)]
        return pieces.bind([pieces.pack(head, PACKED), *told, pieces.pack(icalendar.END)])


def _digest(*told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


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

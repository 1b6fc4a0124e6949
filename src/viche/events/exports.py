"""Events as rows, calendars, objects for search engines, and points on maps. All of it comes from `showing`."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.events.choices import State
from viche.events.queries import showing
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


def url(shown: Shown) -> str:
    """The whole address of the event's page."""
    return f"{settings.SITE_ADDRESS}{shown.href}"


def rows(events: Iterable[Shown]) -> Iterator[list[Any]]:
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


def _exactness(shown: Shown) -> str:
    """What the point is of."""
    return "" if shown.point is None else "event" if shown.is_point_exact else "hromada"


def happening(shown: Shown) -> icalendar.Happening:
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


def _about(shown: Shown) -> str:
    """What a calendar shows below the title."""
    parts = [shown.about]
    if shown.is_place_private:
        parts.append(_("Точне місце й посилання отримають зареєстровані."))
    if shown.shelter:
        parts.append(_("Укриття: %(shelter)s") % {"shelter": shown.shelter})
    if shown.access_words:
        parts.append(_("Доступність: %(access)s") % {"access": ", ".join(shown.access_words)})
    if shown.host:
        parts.append(_("Запрошує: %(host)s") % {"host": shown.host})
    return "\n\n".join(part for part in parts if part)


def feed(events: Iterable[Shown], *, name: str, source: str = "", utc: bool = False) -> bytes:
    """Events as one calendar."""
    language = wording.language()
    return icalendar.calendar(map(happening, events), name=name, source=source, utc=utc, language=language)


def subscription(
    stamps: Mapping[int, tuple[Any, ...]],
    read: Callable[[list[int]], Mapping[int, Shown]],
    *,
    name: str,
    source: str,
    utc: bool,
) -> bytes:
    """The same of many events, by their keys in order, each with its stamp: all that, when it changes, changes the text.

    What this process has written before, for another subscriber perhaps, is not written again; `read` gives the others.
    """
    language = wording.language()
    known = {pk: (pk, language, utc, *stamp) for pk, stamp in stamps.items()}
    missing = [pk for pk, key in known.items() if key not in WRITTEN]
    fresh = {
        known[pk]: icalendar.event(happening(one), utc=utc) for pk, one in (read(missing) if missing else {}).items()
    }
    pieces = [fresh[key] if key in fresh else WRITTEN.get(key, "") for key in known.values()]
    if len(WRITTEN) + len(fresh) > MOST_WRITTEN:
        WRITTEN.clear()
    WRITTEN.update(fresh)
    return icalendar.bound(pieces, name=name, source=source, utc=utc, language=language)


@dataclass(frozen=True)
class File:
    """A file of events to be asked for: which events, in what form, and by what it is known that it has not changed."""

    ending: str
    name: str
    source: str
    utc: bool
    stamps: Mapping[int, tuple[Any, ...]]

    @property
    def digest(self) -> str:
        """Of all that the file tells: events by their stamps, the language, the form."""
        told = (self.ending, self.name, self.source, self.utc, wording.language(), *self.stamps.items())
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]

    @property
    def changed_at(self) -> datetime | None:
        """When the last of its events was changed."""
        last = max((stamp[0] for stamp in self.stamps.values()), default=None)
        return _utc(datetime.fromisoformat(last)) if last else None


def _utc(moment: datetime) -> datetime:
    """SQLite writes moments without their zone, which is always UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
        return subscription(file.stamps, showing.by_keys, name=file.name, source=file.source, utc=file.utc)
    events = showing.by_keys(list(file.stamps)).values()
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


def points(events: Iterable[Shown]) -> bytes:
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

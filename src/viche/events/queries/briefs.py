"""Many events as everybody may see them, for files and calendars: what these tell and no more, read at once as plain values.

The same that `showing.shown` makes of one event (a test compares them), a tenth of the time for a thousand.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, TextField
from django.db.models.functions import Cast

from viche.events.choices import Access
from viche.events.models import Event, asking
from viche.events.queries import addresses, lines, showing
from viche.methods import headcounts
from viche.places.models import Hromada
from viche.ui import wording

MOMENTS = ("changed_at", "starts_at", "ends_at")
LISTS = ("languages", "access", "goals", "partners", "hashtags")


class Row(NamedTuple):
    """What is read of an event, and of what stands around it. Moments, lists and the identity as the database writes them."""

    pk: int
    sequence: int
    changed_at: str
    state: str
    seated: int
    heads: int | None
    code: str
    uid: str
    starts_at: str
    ends_at: str
    title: str
    about: str
    format: str
    mode: str
    country: str
    is_place_private: bool
    venue: str
    address: str
    latitude: float | None
    longitude: float | None
    online_link: str
    shelter: str
    languages: str
    access: str
    goals: str
    partners: str
    hashtags: str
    entry: str
    capacity: int | None
    programme__code: str
    campaign__code: str | None
    campaign__is_public: bool | None
    organisation__name: str | None
    organisation__name_en: str | None
    hromada__code: str | None
    hromada__kind: str | None
    hromada__name: str | None
    hromada__name_en: str | None
    hromada__centre_name: str | None
    hromada__latitude: float | None
    hromada__longitude: float | None
    oblast__name: str | None
    oblast__name_en: str | None

    @property
    def stamp(self) -> tuple[Any, ...]:
        """All that changes when the public text does; first since when the text is as it is.

        The event's own words and hours do not change without that moment; what stands around it does.
        """
        return self[:_OWN] + self[_AROUND:]


_OWN, _AROUND = Row._fields.index("code"), Row._fields.index("programme__code")
_HROMADA, _POINT = Row._fields.index("hromada__code"), Row._fields.index("hromada__latitude")


@dataclass(slots=True)
class Brief:
    """An event as a file tells it; the same names as in `showing.Shown`, where each is explained."""

    code: str
    href: str
    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    state: str
    title: str
    about: str
    format: str
    mode: str
    country: str
    hromada: str
    oblast: str
    locality: str
    is_place_private: bool
    venue: str
    address: str
    online_link: str
    shelter: str
    point: tuple[float, float] | None
    is_point_exact: bool
    languages: list[str]
    access: list[str]
    goals: list[int]
    partners: list[str]
    hashtags: tuple[str, ...]
    host: str
    entry: str
    seats_left: int | None
    heads: int | None
    programme_code: str
    campaign_code: str

    @property
    def access_words(self) -> list[str]:
        """What lets people with disabilities take part."""
        return lines.named(Access, tuple(self.access))

    @property
    def place(self) -> str:
        """Where, in one line, as exactly as everybody may know."""
        return showing.in_one_line(self)


def read(keys: list[int]) -> list[Row]:
    """What files tell of the events of these keys, in their order. One query."""
    plain: dict[str, Any] = {f"{name}_": Cast(name, CharField()) for name in (*MOMENTS, "uid")}
    plain |= {f"{name}_": Cast(name, TextField()) for name in LISTS}
    names = [f"{name}_" if f"{name}_" in plain else name for name in Row._fields]
    found = Event.objects.filter(asking.keyed("pk", keys)).order_by().annotate(**plain).values_list(*names)
    rows = {row[0]: Row._make(row) for row in found}
    return [rows[key] for key in keys if key in rows]


def brief(row: Row) -> Brief:
    """An event as everybody may see it, in words of the page's language."""
    language, place = wording.language(), showing.exact_place(row)
    hromada, locality, is_whole_city = _hromada(row, language)
    return Brief(
        code=row.code,
        href=addresses.href("events:event", row.code),
        uid=f"{_uid(row.uid)}@viche",
        sequence=row.sequence,
        changed_at=moment(row.changed_at),
        starts_at=moment(row.starts_at),
        ends_at=moment(row.ends_at),
        state=row.state,
        title=row.title,
        about=row.about,
        format=row.format,
        mode=row.mode,
        country=row.country,
        hromada=hromada,
        oblast="" if is_whole_city else _called(row.oblast__name, row.oblast__name_en, language),
        locality=locality,
        is_place_private=row.is_place_private,
        venue=place.venue,
        address=place.address,
        online_link=place.online_link,
        shelter=place.shelter,
        point=place.point or _middle(row),
        is_point_exact=place.point is not None,
        languages=_list(row.languages),
        access=_list(row.access),
        goals=_list(row.goals),
        partners=_list(row.partners),
        hashtags=tuple(_list(row.hashtags)),
        host=_called(row.organisation__name, row.organisation__name_en, language),
        entry=row.entry,
        seats_left=None if row.capacity is None else max(0, row.capacity - row.seated),
        heads=None if row.heads is None else headcounts.told(row.heads),
        programme_code=row.programme__code,
        campaign_code=row.campaign__code if row.campaign__is_public else "",
    )


def _middle(row: Row) -> tuple[float, float] | None:
    return None if row.hromada__latitude is None else (row.hromada__latitude, row.hromada__longitude)


def moment(written: str) -> datetime:
    """A moment as a database writes it; SQLite does so without the zone, which is always UTC."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _uid(written: str) -> str:
    """SQLite keeps no strokes in it."""
    return written if "-" in written else str(UUID(written))


@lru_cache(maxsize=4096)
def _read(written: str) -> list[Any]:
    """Most events have the same few languages, goals and kinds of access. The lists are not changed by those who get them."""
    return json.loads(written)


def _list(written: str) -> list[Any]:
    return _read(written) if written != "[]" else []


def _called(name: str | None, name_en: str | None, language: str) -> str:
    """The same as `wording.spoken` of a row."""
    return (language == "en" and name_en) or name or ""


def _hromada(row: Row, language: str) -> tuple[str, str, bool]:
    if row.hromada__code is None:
        return "", "", False
    return _named(row[_HROMADA:_POINT], language)


@lru_cache(maxsize=4096)
def _named(told: tuple[str, ...], language: str) -> tuple[str, str, bool]:
    """A hromada's full name, the name people know the place by, and whether it is a city that is its own region."""
    del language  # part of the key: the model reads it from the thread
    hromada = Hromada(**dict(zip(("code", "kind", "name", "name_en", "centre_name"), told, strict=True)))
    return hromada.label, lines.locality(hromada), hromada.is_whole_city

"""Events as they stand in calendars: made from what everybody may know, or read as they were packed with the event.

What only registered people may know is neither in `showing` nor in `briefs`, so it is not here either.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from viche.events.choices import SHOWN, Access, State
from viche.events.models import Event, Packed, asking
from viche.events.queries import addresses, briefs
from viche.events.queries.briefs import Brief
from viche.events.queries.framing import STATUSES
from viche.events.queries.showing import Shown
from viche.formats import icalendar, pieces
from viche.ui import wording

LANGUAGES = ("uk", "en")
TEXTS = ("kyiv", "utc", *LANGUAGES)
Texts = dict[str, bytes]
PORTION = 500


def url(shown: Shown | Brief) -> str:
    """The whole address of the event's page."""
    return f"{settings.SITE_ADDRESS}{shown.href}"


def happening(shown: Shown | Brief) -> icalendar.Happening:
    """The event for calendars, in words of the page's language."""
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


def made(keys: Collection[int]) -> Iterator[tuple[Packed, Texts]]:
    """The rows that events of these keys ought to have, with their texts unpacked; none for those that are not shown."""
    shown = [row for row in briefs.read(list(keys)) if row.state in SHOWN]
    spoken = {language: _in(language, shown) for language in LANGUAGES}
    current = frame()
    for number, row in enumerate(shown):
        one = spoken["uk"][number]
        texts = {"kyiv": icalendar.hours(one), "utc": icalendar.hours(one, utc=True)}
        texts |= {language: icalendar.words(spoken[language][number]) for language in LANGUAGES}
        packed = {name: pieces.pack(text) for name, text in texts.items()}
        changed = int(one.changed_at.timestamp())
        yield Packed(event_id=row.pk, frame=current, stamp=_digest(texts.values()), changed=changed, **packed), texts


def _in(language: str, rows: Iterable[briefs.Row]) -> list[icalendar.Happening]:
    with translation.override(language):
        return [happening(briefs.brief(row)) for row in rows]


def _digest(texts: Iterable[bytes]) -> int:
    """Of texts, as a number that both databases keep."""
    found = hashlib.blake2b(b"\0".join(texts), digest_size=8).digest()
    return int.from_bytes(found, "little", signed=True)


def frame() -> int:
    """How this version writes events at this address: what was written otherwise is not sent."""
    return _frame(settings.SITE_ADDRESS)


@lru_cache(maxsize=4)
def _frame(address: str) -> int:
    del address  # the key: `url` reads it from the settings
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            for state in SHOWN:
                one = happening(_sample(state))
                texts += [icalendar.hours(one), icalendar.hours(one, utc=True), icalendar.words(one)]
    return _digest(texts)


def _sample(state: str) -> Brief:
    """An event that has everything: if any part were written otherwise than before, so would be this one."""
    at = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    return Brief(
        code="A", href=addresses.href("events:event", "A"), uid="a@viche", sequence=1, changed_at=at, starts_at=at, ends_at=at, state=state,
        title="Á, é; í\\" * 20, about="ó\n" * 40, format="", mode="", country="Ú", hromada="Ý", oblast="À", locality="è",
        is_place_private=True, venue="ì", address="ò", online_link="https://viche.example/", shelter="Ù",
        point=(1.0, 2.0), is_point_exact=True, languages=[], access=list(Access.values), goals=[], partners=[],
        hashtags=("ç", "ñ"), host="Ö", entry="", seats_left=None, heads=None, programme_code="", campaign_code="",
    )  # fmt: skip


def stamps(keys: Collection[int]) -> list[tuple[int, int]]:
    """Of the events of these keys the digest of what calendars are told, and since when it is so; in their order."""
    return [row[:2] for row in _read(keys, ())]


def packed(keys: Collection[int], *, utc: bool) -> list[tuple[int, int, bytes, bytes]]:
    """The same with the event itself in two pieces, in the language of the page."""
    return _read(keys, ("utc" if utc else "kyiv", wording.language()))


def _read(keys: Collection[int], texts: tuple[str, ...]) -> list[Any]:
    names = ("stamp", "changed", *texts)
    rows = Packed.objects.filter(asking.keyed("pk", keys), frame=frame()).values_list("pk", *names)
    found = {row[0]: row[1:] for row in rows}
    if lacking := [key for key in keys if key not in found]:
        found |= {row.pk: tuple(getattr(row, name) for name in names) for row, _texts in made(lacking)}
    return [found[key] for key in keys if key in found]


def lacking(*, after: int) -> QuerySet[Event, int]:
    """Keys of shown events that have no row, or one written otherwise than now; after that one."""
    found = Event.objects.filter(state__in=SHOWN, pk__gt=after)
    found = found.filter(~Exists(Packed.objects.filter(pk=OuterRef("pk"), frame=frame())))
    return found.order_by("pk").values_list("pk", flat=True)


def portions() -> Iterator[list[int]]:
    """Keys of all events that ought to have a row or have one, some hundreds together."""
    found = Event.objects.filter(Q(state__in=SHOWN) | Q(packed__isnull=False)).order_by("pk")
    after = 0
    while keys := list(found.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        yield keys
        after = keys[-1]


@dataclass(frozen=True)
class Verdict:
    """How many rows were compared, how many are still to be written, and the first event whose row is not what it says."""

    rows: int
    lacking: int
    difference: str = ""


def compare() -> Verdict:
    """Make all of it anew and compare. What is missing is made for whoever asks, so it is only counted."""
    rows = missing = 0
    for keys in portions():
        there = {row.pk: row for row in Packed.objects.filter(asking.keyed("pk", keys), frame=frame())}
        ought = {row.pk: (row.stamp, row.changed, texts) for row, texts in made(keys)}
        for key, row in there.items():
            if ought.get(key) != (row.stamp, row.changed, _texts(row)):
                return Verdict(rows, missing, Event.objects.get(pk=key).code)
        rows, missing = rows + len(there), missing + len(ought.keys() - there.keys())
    return Verdict(rows, missing)


def _texts(row: Packed) -> Texts:
    return {name: pieces.text(bytes(getattr(row, name))) for name in TEXTS}

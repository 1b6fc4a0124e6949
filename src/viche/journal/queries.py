"""Reading the journal: what was done to a thing, the latest acts, and whether the chain is whole."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from viche.journal.models import Entry, Head, Values
from viche.methods import sealing

FORGOTTEN = "journal.forgotten"
"""The verb of the entry that says whose values were erased."""
CHUNK = 500
LASTING = 60
"""For how many seconds a count is kept at most."""
MALFORMED = (ArithmeticError, AttributeError, TypeError, ValueError)
"""What reading a row raises where somebody wrote into it what no column of its kind can hold; SQLite lets them."""
NEIGHBOURS = 100
"""How many rows around a broken one are looked at to tell a removed row from an altered one."""


VERSION = models.Subquery(Head.objects.filter(pk=1).values("number"))
"""What `version` gives, for a query that reads something else too."""


def version() -> int:
    """The number of the last entry: every write leaves one, so it is the version of all that is shown. One query."""
    return Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def until_written(key: str, make: Callable[[], Any], *, at: int | None = None) -> Any:
    """What was counted from many rows, kept by this process until anybody writes anything.

    The queries of `make`, and one for the version, unless the caller has read it already: `at`.
    """
    version_now = version() if at is None else at
    digest = hashlib.sha256(key.encode()).hexdigest()  # a key may hold what somebody typed
    return caches["pages"].get_or_set(f"counted:{version_now}:{digest}", make, LASTING)


class Unreadable(Exception):  # noqa: N818 — read aloud: "raise Unreadable"
    """The journal or the file with its head cannot be read at all, so nothing can be said about the chain."""


class FaultKind(models.TextChoices):
    """What has been done to the chain; the label is a sentence with the number of the row."""

    ALTERED = "altered", _("Запис %(number)s змінено.")
    VALUES = "values", _("Значення запису %(number)s змінено або стерто без сліду.")
    REMOVED = "removed", _("Запис %(number)s вилучено.")
    INSERTED = "inserted", _("Запис %(number)s вставлено.")
    CUT = "cut", _("Кінець журналу обрізано: немає записів від %(number)s.")
    HEAD = "head", _("Запис %(number)s не той, що у файлі з печаткою: кінець журналу обрізано й написано знову.")


@dataclass(frozen=True)
class Fault:
    """The first thing wrong with the chain: its kind and the number of the row."""

    kind: FaultKind
    number: int

    @property
    def sentence(self) -> str:
        """Say it to a person."""
        return str(self.kind.label) % {"number": self.number}


@dataclass(frozen=True)
class Verdict:
    """How many entries were read, how many of them have lawfully lost their values, and the first fault or None."""

    read: int
    erased: int
    fault: Fault | None


class Mark(NamedTuple):
    """Number and seal of the last entry at a moment (ISO 8601), kept outside the database."""

    number: int
    mac: str
    at: str


class Row(NamedTuple):
    """The sealed fields of an entry, in the order in which they are sealed, and the seal."""

    number: int
    verb: str
    subject_kind: str
    subject_id: str
    at: datetime
    actor_id: int | None
    values_digest: str
    previous: str
    mac: str = ""

    @classmethod
    def of(cls, entry: Entry) -> "Row":
        """Take the fields from a model instance."""
        return cls(*(getattr(entry, name) for name in cls._fields))


def of(subject: models.Model) -> QuerySet[Entry]:
    """Return what was done to `subject`, the latest first, with the values at hand."""
    kind = subject._meta.label_lower  # noqa: SLF001 — Django's public name
    return Entry.objects.filter(subject_kind=kind, subject_id=str(subject.pk)).select_related("values")


def latest(*, actor_id: int | None = None, kind: str = "", verb: str = "") -> QuerySet[Entry]:
    """Return the acts of everybody or of one actor, about all or one kind of subject, the latest first."""
    found = Entry.objects.select_related("values")
    if actor_id is not None:
        found = found.filter(actor_id=actor_id)
    if kind:
        found = found.filter(subject_kind=kind)
    return found.filter(verb=verb) if verb else found


def count_since(actor_id: int, ending: str, since: datetime) -> int:
    """How many acts whose verb ends so somebody has done after a moment."""
    return Entry.objects.filter(actor_id=actor_id, verb__endswith=ending, at__gt=since).count()


def read_mark(path: Path) -> Mark:
    """Read a file that `operations.write_head` wrote; raise Unreadable where it is something else."""
    try:
        kept = json.loads(path.read_text())
        mark = Mark(kept["number"], kept["mac"], kept["at"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if type(mark.number) is not int or not isinstance(mark.mac, str) or len(mark.mac) != len(sealing.START):
        raise Unreadable(f"{path}: not the head of a journal")
    return mark


def mac_of(row: Row, key: bytes, *, number: int | None = None) -> str:
    """Return the seal that `row` ought to have, or would have as the entry `number`."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [row.number if number is None else number, row.verb, row.subject_kind, row.subject_id, at]
    return sealing.seal(key, [*fields, row.actor_id, row.values_digest, row.previous])


def verify(head: Path | None = None) -> Verdict:
    """Read the whole chain, one row at a time, and return the first fault; `head` is a file that `write_head` wrote.

    The head row of the database finds a tail cut by somebody who forgot that row; only the file finds one cut with
    care. People may go on writing meanwhile. Raises Unreadable.
    """
    mark = read_mark(head) if head is not None else None
    reading = _Reading()
    try:
        return reading.verdict(_walk(mark, reading))
    except MALFORMED:
        return reading.verdict(Fault(FaultKind.ALTERED, _malformed(reading)))
    except DatabaseError as error:
        raise Unreadable(str(error)) from error


@dataclass
class _Reading:
    """How far the chain has been read: the row that is looked at, and how many before it lost their values lawfully."""

    number: int = 1
    read: int = 0
    erased: int = 0

    def verdict(self, fault: Fault | None) -> Verdict:
        """Say what came of it."""
        return Verdict(self.read, self.erased, fault)


def _walk(mark: Mark | None, reading: _Reading) -> Fault | None:
    key = settings.JOURNAL_KEY.encode()
    start = Head.objects.filter(pk=1).first()
    fixed = ((start, FaultKind.ALTERED), (mark, FaultKind.HEAD))
    points = {point.number: (point.mac, kind) for point, kind in fixed if point is not None}
    last = sealing.START
    for row, salt, body, erased_by in _rows():
        reading.read += 1
        if row.number != reading.read or row.previous != last or mac_of(row, key) != row.mac:
            return _named(row, reading.read, last, key)
        if row.number in points and points[row.number][0] != row.mac:
            return Fault(points[row.number][1], row.number)
        if _lawfully_erased(row, salt, body, erased_by):
            reading.erased += 1
        elif salt is None or sealing.digest(salt, body) != row.values_digest:
            return Fault(FaultKind.VALUES, row.number)
        last, reading.number = row.mac, reading.read + 1
    if reading.read < max(points, default=0):
        return Fault(FaultKind.CUT, reading.read + 1)
    end = Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    return Fault(FaultKind.INSERTED, end + 1) if reading.read > end else _quietly_erased()


def _lawfully_erased(row: Row, salt: str | None, body: str | None, erased_by: Any) -> bool:
    """Whether the values are gone and a later entry is said to tell why; what tells of erasures is never erased itself."""
    told = isinstance(erased_by, int) and erased_by > row.number
    return told and salt == body == "" and row.verb != FORGOTTEN


def _malformed(reading: _Reading) -> int:
    """Find the row that could not be read: the one at hand, or one of those fetched together with the next."""
    if reading.read == reading.number:
        return reading.number
    ahead = Entry.objects.filter(number__gte=reading.number).order_by("number")[:CHUNK]
    for number in list(ahead.values_list("number", flat=True)):
        try:
            list(_rows(number=number))
        except MALFORMED:
            return number
    return reading.number


def _rows(**chosen: int) -> Iterator[tuple[Row, str | None, str | None, int | None]]:
    beside = ("values__salt", "values__body", "values__erased_by")
    found = Entry.objects.filter(**chosen).order_by("number").values_list(*Row._fields, *beside)
    width = len(Row._fields)
    for line in found.iterator(chunk_size=CHUNK):
        yield Row._make(line[:width]), *line[width:]


def _named(row: Row, expected: int, last: str, key: bytes) -> Fault:
    """Tell what happened at the first row that does not hold: a gap, a row moved, a stranger, or a changed row."""
    if row.number != expected:
        return Fault(FaultKind.REMOVED, expected) if row.number > expected else Fault(FaultKind.INSERTED, row.number)
    if any(mac_of(row, key, number=expected + step) == row.mac for step in range(1, NEIGHBOURS)):
        return Fault(FaultKind.REMOVED, expected)  # a later entry has moved up into the gap
    # Sealed with our key, yet not the next one: a second copy, or a row of a copy of this journal that went its own way.
    sealed = any(mac_of(row, key, number=expected - step) == row.mac for step in range(NEIGHBOURS))
    beyond = not Head.objects.filter(pk=1, number__gte=expected).exists()
    strange = sealed or beyond or _pushed_down(expected, last, key)
    return Fault(FaultKind.INSERTED if strange else FaultKind.ALTERED, expected)


def _pushed_down(number: int, last: str, key: bytes) -> bool:
    """Whether the true entry `number` now stands further down, because rows were put before it."""
    following = Entry.objects.filter(number__gt=number).order_by("number").values_list(*Row._fields)[:NEIGHBOURS]
    rows = (Row._make(line) for line in following)
    return any(row.previous == last and mac_of(row, key, number=number) == row.mac for row in rows)


def _quietly_erased() -> Fault | None:
    """Return the first row whose values are gone although no entry of forgetting names it."""
    tellers = Values.objects.exclude(erased_by=None).order_by("erased_by").values_list("erased_by", flat=True)
    for number in tellers.distinct():
        teller = Entry.objects.filter(number=number, verb=FORGOTTEN).select_related("values").first()
        named = set((teller.values.after or {}).get("entries", ())) if teller else set()
        erased = Values.objects.filter(erased_by=number).order_by("pk").values_list("pk", flat=True)
        for pk in erased.iterator(chunk_size=CHUNK):
            if pk not in named:
                return Fault(FaultKind.VALUES, pk)
    return None

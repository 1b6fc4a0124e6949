"""Writing the journal: record an act, forget a person, write the head of the chain to a file outside the database."""

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from viche.journal import queries
from viche.journal.models import Entry, Head, Values
from viche.methods import sealing

LABEL_LENGTH = 300
BATCH = 500


class Actor(Protocol):
    """Whoever acts: anything with a key; a visitor has none."""

    pk: Any


@dataclass(frozen=True)
class Act:
    """One act to be recorded: what was done to what, and the values before and after."""

    verb: str
    subject: models.Model
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class _Line:
    """An act as it will be written: the subject already turned into soft ids and text."""

    verb: str
    kind: str
    key: str
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def record(
    *,
    verb: str,
    subject: models.Model,
    by: Actor | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Entry:
    """Record that `by` (None: the platform itself or a visitor) did `verb` to `subject` at `at`.

    Call it last in an operation: it locks the end of the chain until the transaction ends. The subject must be saved;
    values are what JSON and Django's encoder can write. Returns the entry.
    """
    return record_many([Act(verb, subject, before, after)], by=by, at=at)[0]


def record_many(acts: Iterable[Act], *, by: Actor | None, at: datetime) -> list[Entry]:
    """Record several acts of one actor and one moment, in their order, with one lock of the chain."""
    lines = [_line(act) for act in acts]
    return _append(lines, actor_id=by.pk if by is not None else None, at=at)


@transaction.atomic
def forget(
    *,
    actor_id: int | None = None,
    subject: models.Model | None = None,
    entries: Iterable[int] = (),
    by: Actor | None,
    at: datetime,
) -> int:
    """Erase the values of all that `actor_id` did, of all that was done to `subject`, and of the numbered `entries`.

    What remains says that something was done, not what; the chain still holds, and one entry tells which rows were
    emptied, so that a quiet erasure is found. Returns how many entries lost their values.
    """
    head = Head.objects.select_for_update().filter(pk=1).first()
    chosen = models.Q(number__in=list(entries))
    if actor_id is not None:
        chosen |= models.Q(actor_id=actor_id)
    if subject is not None:
        chosen |= models.Q(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))  # noqa: SLF001 — Django's public name
    kept = Entry.objects.filter(chosen, values__erased_by=None).exclude(verb=queries.FORGOTTEN)
    numbers = list(kept.order_by("number").values_list("number", flat=True))
    if head is None or not numbers:
        return 0
    line = _Line(queries.FORGOTTEN, "journal.values", str(numbers[0]), "", None, {"entries": numbers})
    entry = _append([line], actor_id=by.pk if by is not None else None, at=at)[0]
    for start in range(0, len(numbers), BATCH):
        batch = numbers[start : start + BATCH]
        Values.objects.filter(pk__in=batch).update(salt="", body="", erased_by=entry.number)
    return len(numbers)


def write_head(path: Path, *, at: datetime) -> queries.Mark:
    """Write number and seal of the last entry to `path`, for a later `verify`: the whole file or nothing.

    A file that already names a later entry is left as it is and ValueError raised: the chain has been cut since.
    """
    head = Head.objects.filter(pk=1).first() or Head(number=0, mac=sealing.START)
    mark = queries.Mark(head.number, head.mac, at.astimezone(UTC).isoformat())
    if path.exists() and queries.read_mark(path).number > mark.number:
        raise ValueError(f"{path} names a later entry than the journal holds: the journal has been cut")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w") as out:
        json.dump({"number": mark.number, "mac": mark.mac, "at": mark.at}, out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return mark


def _line(act: Act) -> _Line:
    if act.subject.pk is None:
        raise ValueError(f"{act.verb}: the subject has no key yet; save it first")
    label = str(act.subject).encode("utf-8", "replace").decode()
    kind = act.subject._meta.label_lower  # noqa: SLF001 — Django's public name
    return _Line(act.verb, kind, str(act.subject.pk), label[:LABEL_LENGTH], act.before, act.after)


@transaction.atomic
def _append(lines: list[_Line], *, actor_id: int | None, at: datetime) -> list[Entry]:
    """Seal the lines one after another onto the end of the chain, which stays locked until the transaction ends."""
    if not lines:
        return []
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"number": 0, "mac": sealing.START})
    key = settings.JOURNAL_KEY.encode()
    encode = DjangoJSONEncoder().default
    entries, values = [], []
    for line in lines:
        body = sealing.canonical({"label": line.label, "before": line.before, "after": line.after}, default=encode)
        salt = secrets.token_hex(16)
        entry = Entry(
            number=head.number + 1,
            verb=line.verb,
            subject_kind=line.kind,
            subject_id=line.key,
            at=at,
            actor_id=actor_id,
            values_digest=sealing.digest(salt, body),
            previous=head.mac,
        )
        entry.mac = head.mac = queries.mac_of(queries.Row.of(entry), key)
        head.number = entry.number
        entries.append(entry)
        values.append(Values(entry=entry, salt=salt, body=body))
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Values.objects.bulk_create(values, batch_size=BATCH)
    head.save(update_fields=["number", "mac"])
    return entries

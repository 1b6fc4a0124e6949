"""Taking a file in, handing its smaller copies over, recording consent, taking it away, and sweeping up.

Bytes are written before the row: should the transaction fail, bytes without a row stay behind and `sweep` takes them.
A row without bytes cannot come about.
"""

import hashlib
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from viche.files import checks, photographs, uploads
from viche.files.models import COPY_SIZES, Consent, Stored, place, root
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.work import operations as work

ORPHAN_AGE = timedelta(days=1)
PIECE = 256 * 1024


@dataclass(frozen=True)
class Taken:
    """An upload that is checked, cleaned and on the disk, and has no row yet."""

    key: uuid.UUID
    name: str
    content_type: str
    size: int
    sha256: str
    is_image: bool
    width: int | None
    height: int | None


@contextmanager
def taking_in(upload: Any, *, accept: Collection[str] = checks.ALL, field: str | None = None) -> Iterator[Taken]:
    """Check and clean an upload, or raise `Refused` with the sentence; its bytes go again when what follows is refused.

    To unpack a picture takes seconds: do it before a transaction opens, and `keep` what was taken inside of it. `accept`
    narrows what is taken, `field` is where a refusal belongs on the form.
    """
    try:
        taken = _take_in(upload, accept)
    except Refused as no:
        no.field = no.field or field
        raise
    try:
        yield taken
    except (Refused, NotAllowed):
        _unlink([place(taken.key)])
        raise


@transaction.atomic
def keep(taken: Taken, *, owner_kind: str, owner_id: object, by_id: object, at: datetime) -> Stored:
    """Write the row of what was taken in."""
    stored = Stored.objects.create(
        owner_kind=owner_kind,
        owner_id=str(owner_id),
        uploaded_by="" if by_id is None else str(by_id),
        uploaded_at=at,
        **asdict(taken),
    )
    if stored.is_image:
        work.enqueue("viche.files.tasks.make_copies", str(stored.key))
    return stored


def store(
    upload: Any,
    *,
    owner_kind: str,
    owner_id: object,
    by_id: object,
    at: datetime,
    accept: Collection[str] = checks.ALL,
    field: str | None = None,
) -> Stored:
    """Keep an upload (Django's `UploadedFile` or a `File`) for its owner, or raise `Refused` with the sentence.

    Photographs are stored upright and without what the camera wrote beside the picture; size and SHA-256 are those of
    the bytes kept.
    """
    with taking_in(upload, accept=accept, field=field) as taken:
        return keep(taken, owner_kind=owner_kind, owner_id=owner_id, by_id=by_id, at=at)


@transaction.atomic
def remove(stored: Stored, *, by: Any, at: datetime) -> None:
    """Take the file away: its bytes and copies are deleted once the transaction holds, its row stays. Idempotent."""
    if not Stored.objects.filter(pk=stored.pk, removed_at=None).update(removed_at=at):
        return
    stored.removed_at = at
    paths = [stored.path, *(stored.copy_path(size) for size in COPY_SIZES)]
    transaction.on_commit(lambda: _unlink(paths))
    journal.record(verb="files.removed", subject=stored, by=by, at=at, before={"name": stored.name}, after={})


@transaction.atomic
def record_consent(stored: Stored, *, note: str, by: Any, at: datetime) -> Stored:
    """Record that the people in the photograph agreed to its publication, and how that is known."""
    note = note.strip()
    if not note:
        raise Refused(_("Напишіть, хто і як дав згоду: без цього світлину не можна показувати."), field="note")
    if not stored.is_image:
        raise Refused(_("Згода на показ потрібна лише для світлин."))
    before = _consent_of(stored)
    stored.consent, stored.consent_note = Consent.RECORDED, note[:500]
    stored.save(update_fields=["consent", "consent_note"])
    journal.record(verb="files.consented", subject=stored, by=by, at=at, before=before, after=_consent_of(stored))
    return stored


@transaction.atomic
def withdraw_consent(stored: Stored, *, by: Any, at: datetime) -> Stored:
    """Take the consent back: the photograph is no longer shown to everybody."""
    before = _consent_of(stored)
    stored.consent, stored.consent_note = Consent.NONE, ""
    stored.save(update_fields=["consent", "consent_note"])
    journal.record(
        verb="files.consent_withdrawn", subject=stored, by=by, at=at, before=before, after=_consent_of(stored)
    )
    return stored


def copy(stored: Stored, size: int) -> Path:
    """Where the smaller copy of a photograph lies, made now if the background has not made it yet."""
    target = stored.copy_path(size)
    if not target.exists():
        photographs.write_copy(stored.path, target, size)
    return target


def make_copies(stored: Stored) -> None:
    """Make all smaller copies of a photograph."""
    for size in COPY_SIZES:
        copy(stored, size)


def sweep(at: datetime) -> int:
    """Delete bytes that no row speaks for and that are older than a day; how many files went."""
    border = (at - ORPHAN_AGE).timestamp()
    gone = 0
    for folder in sorted(path for path in root().glob("*") if path.is_dir()):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < border]
        keys = {key for path in old if (key := _key_of(path))}
        known = set(Stored.objects.filter(key__in=keys, removed_at=None).values_list("key", flat=True))
        orphans = [path for path in old if _key_of(path) not in known or path.suffix == ".part"]
        _unlink(orphans)
        gone += len(orphans)
    return gone


def _take_in(upload: Any, accept: Collection[str]) -> Taken:
    """Check the upload, write its bytes, and tell what the row will say of them."""
    if upload.size > settings.UPLOAD_LIMIT:
        raise Refused(uploads.too_large(upload.name), status=413)
    found = checks.look(upload, upload.name, accept=accept)
    key = uuid.uuid4()
    target = place(key)
    measures = _write(upload, target, is_image=found.is_image)
    with target.open("rb") as kept:
        digest = hashlib.file_digest(kept, "sha256").hexdigest()
    width, height = measures or (None, None)
    return Taken(
        key=key,
        name=checks.clean_name(upload.name, found.ending),
        content_type=found.content_type,
        size=target.stat().st_size,
        sha256=digest,
        is_image=found.is_image,
        width=width,
        height=height,
    )


def _write(upload: IO[bytes], target: Path, *, is_image: bool) -> tuple[int, int] | None:
    """Write the bytes beside their place, make sure that they are on the disk, then move them there.

    Returns the measures of a photograph.
    """
    measures = None
    target.parent.mkdir(parents=True, exist_ok=True)
    half_written = target.with_name(f"{target.name}.part")
    try:
        with half_written.open("x+b") as out:
            if is_image:
                measures = photographs.clean(upload, out)
            else:
                upload.seek(0)
                shutil.copyfileobj(upload, out, PIECE)
            out.flush()
            os.fsync(out.fileno())
        half_written.replace(target)
    finally:
        half_written.unlink(missing_ok=True)
    return measures


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _key_of(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name.split(".", 1)[0])
    except ValueError:
        return None


def _consent_of(stored: Stored) -> dict[str, str]:
    return {"consent": stored.consent, "note": stored.consent_note}

"""Evidence of reported values: files looked into and kept private, or links."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from viche.files import operations as files
from viche.files.operations import Taken
from viche.journal import operations as journal
from viche.methods import typed
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.results import access
from viche.results.choices import EvidenceKind
from viche.results.models import Evidence, Value
from viche.results.operations import values

OWNER = "results.value"
MOST = 20
CAPTION_LENGTH, LINK_LENGTH = 200, 500


def attach(
    value: Value, *, kind: str, caption: str, by: User, at: datetime, upload: File | None = None, link: str = ""
) -> Evidence:
    """Prove a value with a file, or with a link; while it is written."""
    if not access.may_write(by, value):
        raise NotAllowed
    caption, link = typed.line(caption), link.strip()
    _check(kind, caption, upload, link)
    with _taking_in(upload) as taken, transaction.atomic():
        value = values.locked(value)
        _require_writable(value, by)
        if value.evidence.count() >= MOST:
            raise Refused(_("Підтверджень уже двадцять. Приберіть зайве або складіть кілька в один файл."))
        stored = taken and files.keep(taken, owner_kind=OWNER, owner_id=value.pk, by_id=by.pk, at=at)
        proof = Evidence.objects.create(
            value=value, kind=kind, stored=stored, link=link, caption=caption, added_by=by, added_at=at
        )
        journal.record(verb="results.evidence_added", subject=value, by=by, at=at, after=_told(proof))
    return proof


@transaction.atomic
def detach(proof: Evidence, *, by: User, at: datetime) -> None:
    """Take evidence away from a value while it is written; the bytes of a file go too."""
    value = values.locked(proof.value)
    _require_writable(value, by)
    before, stored = _told(proof), proof.stored
    proof.delete()
    if stored:
        files.remove(stored, by=by, at=at)
    journal.record(verb="results.evidence_removed", subject=value, by=by, at=at, before=before)


@contextmanager
def _taking_in(upload: File | None) -> Iterator[Taken | None]:
    """Look into the file before the transaction opens; nothing where there is none."""
    if upload is None:
        yield None
        return
    with files.taking_in(upload, field="upload") as taken:
        yield taken


def _check(kind: str, caption: str, upload: File | None, link: str) -> None:
    if kind not in EvidenceKind.values:
        raise Refused(_("Виберіть, що це: такого підтвердження не знаємо."), field="kind")
    if not caption:
        raise Refused(_("Напишіть, що це за підтвердження."), field="caption")
    if len(caption) > CAPTION_LENGTH:
        raise Refused(_("Підпис задовгий: вміщується до 200 знаків."), field="caption")
    if kind == EvidenceKind.LINK:
        if upload is not None:
            raise Refused(_("Для посилання файл не потрібен: виберіть, що це за файл."), field="kind")
        if not _is_page(link):
            said = _("Напишіть адресу сторінки, що починається з https:// або http://.")
            raise Refused(said, field="link")
    elif upload is None:
        raise Refused(_("Додайте файл."), field="upload")
    elif link:
        raise Refused(_("Щоб додати й посилання, збережіть його окремо."), field="link")


def _is_page(link: str) -> bool:
    """Whether a link leads to a page: nothing that a browser would run."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(link) <= LINK_LENGTH


def _require_writable(value: Value, by: User) -> None:
    if not access.may_write(by, value):
        raise NotAllowed
    if value.state not in values.WRITABLE:
        raise Refused(_("Значення вже подано: підтвердження тепер не змінити."), status=409)
    values.require_open(value)


def _told(proof: Evidence) -> dict[str, str]:
    key = str(proof.stored_id) if proof.stored_id else ""
    return {"kind": proof.kind, "caption": proof.caption, "link": proof.link, "stored": key}

"""Filling a sheet: begin, save, attach a file, take it away. Nothing typed is lost, whoever saves when.

`save` refuses by raising `Stale` or `Late` *after* the refused text is safe in `Lost`. Should a caller's transaction roll
back because of it, the text would go too: therefore whoever saves inside a transaction opens it with `keeping()`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.files import checks
from viche.files import operations as files
from viche.files.models import Stored
from viche.journal import operations as journal
from viche.methods import typed
from viche.methods.refusals import Refused
from viche.questionnaires import queries
from viche.questionnaires.choices import FILES, SECTION_BYTES, LostWhy, QuestionKind
from viche.questionnaires.models import Answers, Hand, Lost, Sheet, Version
from viche.questionnaires.operations.content import frozen
from viche.questionnaires.queries import kinds, reading

OWNER_KIND = "questionnaires.sheet"
_keeping: ContextVar[bool] = ContextVar("keeping", default=False)


class Unsaved(Exception):  # noqa: N818 — read aloud: "except Unsaved"
    """The text was not saved where it was typed; it is kept in `kept`. `theirs`: what stands there now."""

    def __init__(self, theirs: Answers, kept: Lost) -> None:
        super().__init__(str(kept))
        self.theirs = theirs
        self.kept = kept


class Stale(Unsaved):
    """Somebody saved the section since the text was begun."""


class Late(Unsaved):
    """The text came after the close."""


@contextmanager
def keeping() -> Iterator[None]:
    """A transaction that holds when `save` says Stale or Late, and rolls back on anything else.

    For operations of packages that own sheets: `with questionnaires.keeping(): lock; save(…)`, or as a decorator.
    """
    unsaved: Unsaved | None = None
    token = _keeping.set(True)
    try:
        with transaction.atomic():
            try:
                yield
            except Unsaved as refused:
                unsaved = refused
    finally:
        _keeping.reset(token)
    if unsaved is not None:
        raise unsaved


@transaction.atomic
def begin(version: Version, *, at: datetime) -> Sheet:
    """Begin an empty sheet. The version freezes by it if it was not frozen before."""
    (sheet,), acts = begin_all([version], at=at)
    journal.record_many(acts, by=None, at=at)
    return sheet


def begin_all(versions: Sequence[Version], *, at: datetime) -> tuple[list[Sheet], list[journal.Act]]:
    """Begin a sheet of each version inside the caller's transaction; the lines are for the caller to write at the end.

    A line locks the end of the journal, and whoever holds that must not wait for a form that somebody else is changing.
    """
    acts = []
    # In one order, so that two who begin the same forms do not wait for each other.
    for version in sorted({one.pk: one for one in versions if not one.is_frozen}.values(), key=lambda one: one.pk):
        acts += frozen(version, at=at)
    return [Sheet.objects.create(version=version, created_at=at) for version in versions], acts


def save(
    sheet: Sheet,
    section: Any,
    values: Mapping[str, Any],
    *,
    revision: int,
    by_id: int | None,
    at: datetime,
    late: bool = False,
) -> Answers:
    """Keep what is typed in one section, valid or not. `revision` is the one the text was begun from, 0 for the first.

    Raises `Stale` when somebody saved since (the same text again is no conflict), `Late` when `late`; in both cases the
    text is kept in `Lost` and nothing is overwritten. Raises `Refused` when the section is too large to keep.
    Unknown keys are ignored. Files are not touched: they come and go by `attach` and `detach`.
    """
    place = _section(sheet, section)
    content = readable(place, values)
    with transaction.atomic(durable=not _keeping.get()):
        row = _row(sheet, place, at)
        content |= {q.key: row.values.get(q.key, []) for q in place.questions if q.kind in FILES}
        if not late and row.revision == revision:
            return _write(row, place, content, by_id=by_id, at=at)
        if not late and row.revision and queries.typed_values(place, row.values) == content:
            return row
        why = LostWhy.LATE if late else LostWhy.STALE
        kept = _keep(sheet, place, content, why, by_id=by_id, at=at)
    raise (Late if late else Stale)(row, kept)


@contextmanager
def taking_in(sheet: Sheet, question: Any, upload: Any) -> Iterator[files.Taken]:
    """Check and clean an upload before the transaction in which it is attached: that takes seconds, and others write.

    For operations of packages that own sheets: `with questionnaires.taking_in(…) as taken, transaction.atomic(): …`.
    """
    place, asked = _question(sheet, question)
    row = Answers.objects.filter(sheet=sheet, section_id=place.pk).first()
    _require_room(asked, row.values if row else {})
    accept = checks.PHOTOS if asked.kind == QuestionKind.PHOTOS else checks.ALL
    with files.taking_in(upload, accept=accept, field=asked.key) as taken:
        yield taken


def attach(sheet: Sheet, question: Any, upload: Any, *, by_id: int | None, at: datetime) -> Stored:
    """Keep an upload, or what was taken in of one, as part of an answer. Raises `Refused` for one too many."""
    if not isinstance(upload, files.Taken):
        with taking_in(sheet, question, upload) as taken:
            return attach(sheet, question, taken, by_id=by_id, at=at)
    with transaction.atomic():
        place, asked = _question(sheet, question)
        row = _row(sheet, place, at)
        keys = _require_room(asked, row.values)
        stored = files.keep(upload, owner_kind=OWNER_KIND, owner_id=sheet.pk, by_id=by_id, at=at)
        _put(row, place, {**row.values, asked.key: [*keys, str(stored.key)]}, by_id=by_id, at=at)
    return stored


@transaction.atomic
def detach(
    sheet: Sheet, question: Any, key: str, *, by_id: int | None, at: datetime, proofs: Iterable[str] = ()
) -> None:
    """Take a file out of an answer and delete it, unless frozen answers among `proofs` name it: these are read for good.

    One that is not there is no error.
    """
    place, asked = _question(sheet, question)
    row = _row(sheet, place, at)
    keys = reading.texts(row.values.get(asked.key))
    if str(key) not in keys:
        return
    _put(row, place, {**row.values, asked.key: [other for other in keys if other != str(key)]}, by_id=by_id, at=at)
    if str(key) in queries.named_files(*proofs):
        return
    stored = Stored.objects.filter(key=key, owner_kind=OWNER_KIND, owner_id=str(sheet.pk)).first()
    if stored is not None:
        files.remove(stored, by=_Actor(by_id) if by_id else None, at=at)


def readable(section: queries.OutlineSection, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in the shapes of their questions and in signs that a database keeps; `Refused` when too large."""
    content = {question.key: _shaped(question, values.get(question.key)) for question in section.questions}
    size = len(json.dumps(content, ensure_ascii=False).encode())
    if size > SECTION_BYTES:
        words = _("Розділ завеликий: %(now)s КБ, а вміщується до %(most)s КБ. Скоротіть найдовшу відповідь.")
        raise Refused(words % {"now": size // 1024, "most": SECTION_BYTES // 1024})
    return content


def _require_room(question: queries.OutlineQuestion, values: Mapping[str, Any]) -> list[str]:
    """The keys of the files that are there, or the refusal of one more."""
    keys, most = reading.texts(values.get(question.key)), kinds.most_files(question)
    if len(keys) >= most:
        words = _("Тут уже %(most)s: більше файлів не вміщується. Вилучіть зайвий і додайте знову.")
        raise Refused(words % {"most": most}, field=question.key)
    return keys


class _Actor:
    """Somebody of whom only the key is known."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


def _shaped(question: queries.OutlineQuestion, value: Any) -> Any:
    if question.kind == QuestionKind.DECLARATION:
        return value is True
    if question.kind in FILES:
        return []
    if question.kind == QuestionKind.SEVERAL:
        return [typed.clean(item) for item in reading.texts(value)]
    if question.kind == QuestionKind.BUDGET:
        cells = [
            (typed.clean(row.item), typed.clean(row.quantity), typed.clean(row.price)) for row in reading.rows(value)
        ]
        return [dict(zip(reading.CELLS, row, strict=True)) for row in cells]
    return typed.clean(reading.text(value))


def _section(sheet: Sheet, section: Any) -> queries.OutlineSection:
    found = queries.outline(sheet.version).by_pk(getattr(section, "pk", section))
    if found is None:
        raise Refused(_("Такого розділу в цій формі немає."), status=404)
    return found


def _question(sheet: Sheet, question: Any) -> tuple[queries.OutlineSection, queries.OutlineQuestion]:
    pk = getattr(question, "pk", question)
    place = queries.outline(sheet.version).holder(pk)
    asked = next((q for q in place.questions if q.pk == pk), None) if place else None
    if place is None or asked is None or asked.kind not in FILES:
        raise Refused(_("До цього запитання файлів не додають."), status=404)
    return place, asked


def _row(sheet: Sheet, section: queries.OutlineSection, at: datetime) -> Answers:
    """The row of answers, locked until the transaction ends; made on the first use."""
    locked = Answers.objects.select_for_update(no_key=True).filter(sheet=sheet, section_id=section.pk)
    row = locked.first()
    if row is None:
        Answers.objects.get_or_create(sheet=sheet, section_id=section.pk, defaults={"saved_at": at})
        row = locked.get()
    return row


def _write(
    row: Answers, section: queries.OutlineSection, content: dict[str, Any], *, by_id: int | None, at: datetime
) -> Answers:
    row.revision += 1
    return _put(row, section, content, by_id=by_id, at=at)


def _put(
    row: Answers, section: queries.OutlineSection, content: dict[str, Any], *, by_id: int | None, at: datetime
) -> Answers:
    if by_id is not None and by_id != row.saved_by_id:  # whoever saved last is known already
        Hand.objects.bulk_create([Hand(sheet_id=row.sheet_id, user_id=by_id)], ignore_conflicts=True)
    row.values, row.saved_at, row.saved_by_id = content, at, by_id
    row.is_complete = not queries.faults_of(section, content)
    row.save(update_fields=["values", "saved_at", "saved_by_id", "is_complete", "revision"])
    return row


def _keep(
    sheet: Sheet, section: queries.OutlineSection, content: dict[str, Any], why: str, *, by_id: int | None, at: datetime
) -> Lost:
    """Keep a refused text; the same text of the same person is kept once."""
    mine = Lost.objects.filter(sheet=sheet, section_id=section.pk, kept_for_id=by_id, why=why)
    last = mine.order_by("-kept_at", "-pk").first()
    if last is not None and last.values == content:
        return last
    return Lost.objects.create(
        sheet=sheet, section_id=section.pk, values=content, why=why, kept_at=at, kept_for_id=by_id
    )

"""Answers as they were handed in: canonical JSON that needs no table to be read, its SHA-256, and the reading of it."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from viche.files import queries as files
from viche.files.models import Stored
from viche.methods import typed
from viche.questionnaires.choices import FILES, NUMBERS, QuestionKind
from viche.questionnaires.queries import kinds, reading
from viche.questionnaires.queries.filling import Filled
from viche.questionnaires.queries.outlines import OutlineQuestion
from viche.ui import wording

FORMAT = 1


@dataclass(frozen=True)
class ShownFile:
    """A file among the answers."""

    key: str
    name: str
    size: str
    sha256: str
    is_image: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of a budget table, written for people."""

    item: str
    quantity: str
    price: str
    total: str


@dataclass(frozen=True)
class Shown:
    """A question with its answer, written for people. `kind` says which of the parts hold it."""

    key: str
    label: str
    kind: str
    meaning: str
    value: str
    lines: tuple[str, ...] = ()
    files: tuple[ShownFile, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    declared: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is no answer."""
        return not (self.value or self.lines or self.files or self.rows)


@dataclass(frozen=True)
class ShownSection:
    """A section with its answers; `number` counts from 1."""

    number: int
    title: str
    answers: tuple[Shown, ...]

    def __iter__(self) -> Any:
        """Go through (label, value)."""
        return ((answer.label, answer.value) for answer in self.answers)


def freeze_answers(of: Filled) -> tuple[str, str]:
    """The answers as canonical JSON (keys sorted, no blanks, UTF-8) and the SHA-256 of its bytes, in hexadecimal."""
    text = json.dumps(as_data(of), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()


def as_data(of: Filled) -> dict[str, Any]:
    """All that is needed to read the answers later, as plain data."""
    freezer = Freezer(_files_of(of), _hromadas_of(of))
    return {
        "format": FORMAT,
        "questionnaire": of.sheet.version.questionnaire.name,
        "version": of.outline.number,
        "content_sha256": of.sheet.version.sha256,
        "sections": [
            {
                "title": section.title,
                "answers": [
                    {
                        "key": question.key,
                        "label": question.label,
                        "kind": str(question.kind),
                        "meaning": str(question.meaning),
                        **freezer.answer(question, of.values(section).get(question.key)),
                    }
                    for question in section.questions
                ],
            }
            for section in of.outline
        ],
    }


@dataclass(frozen=True)
class Freezer:
    """What answers refer to, read once for all of them."""

    held: Mapping[str, Stored]
    names: Mapping[str, tuple[str, str]]

    def answer(self, question: OutlineQuestion, value: Any) -> dict[str, Any]:
        """The answer of one question as plain data: a readable value as such, any other as typed."""
        kind = question.kind
        if kind == QuestionKind.DECLARATION:
            return {"value": value is True, "declared": question.settings.get("text", "")}
        if kind == QuestionKind.BUDGET:
            table = [row for row in reading.rows(value) if not row.is_blank]
            return {"value": [_row(row) for row in table], "total": f"{reading.budget_total(value):f}"}
        if kind in FILES:
            return {"value": [_file(self.held[key]) for key in reading.texts(value) if key in self.held]}
        if kind == QuestionKind.SEVERAL:
            return {"value": [{"value": chosen, "label": _label(question, chosen)} for chosen in reading.texts(value)]}
        return self.line(question, reading.text(value).strip())

    def line(self, question: OutlineQuestion, text: str) -> dict[str, Any]:
        """An answer of one line."""
        if question.kind == QuestionKind.CHOICE:
            return {"value": text, "option": _label(question, text)}
        if question.kind == QuestionKind.HROMADA:
            code, name = self.names.get(text, (text, text))
            return {"value": code, "name": name}
        if question.kind == QuestionKind.DATE and (day := typed.day(text)):
            return {"value": day.isoformat()}
        if question.kind in NUMBERS:
            return {"value": _plain(text, typed.money if question.kind == QuestionKind.MONEY else typed.number)}
        return {"value": text}


def _plain(text: str, reader: Callable[[str], Decimal | None]) -> str:
    """The number in digits, or as typed where it cannot be read."""
    read = reader(text)
    return text if read is None else f"{read:f}"


def _label(question: OutlineQuestion, chosen: str) -> str:
    return next((option["label"] for option in question.options if option["value"] == chosen), chosen)


def _row(row: reading.Row) -> dict[str, Any]:
    total = row.total
    return {
        "item": row.item.strip(),
        "quantity": _plain(row.quantity, typed.number),
        "price": _plain(row.price, typed.money),
        "total": "" if total is None else f"{total:f}",
    }


def _file(stored: Stored) -> dict[str, Any]:
    return {
        "key": str(stored.key),
        "name": stored.name,
        "size": stored.size,
        "sha256": stored.sha256,
        "is_image": stored.is_image,
    }


def attached(of: Filled) -> dict[str, Stored]:
    """The files of all answers by key, as text."""
    return _files_of(of)


def keys_of_files(of: Filled, kinds: Collection[str] = FILES) -> list[str]:
    """The keys of the files of all answers, as they stand; only of questions of these kinds."""
    return [
        key
        for section in of.outline
        for question in section.questions
        if question.kind in kinds
        for key in reading.texts(of.values(section).get(question.key))
    ]


def _files_of(of: Filled) -> dict[str, Stored]:
    keys = keys_of_files(of)
    return {str(key): stored for key, stored in files.by_keys([UUID(key) for key in keys]).items()} if keys else {}


def _hromadas_of(of: Filled) -> dict[str, tuple[str, str]]:
    """Code and official name of every hromada answered, by the text of the answer."""
    answers = {
        reading.text(of.values(section).get(question.key)).strip()
        for section in of.outline
        for question in section.questions
        if question.kind == QuestionKind.HROMADA
    } - {""}
    known = {}
    with override("uk"):  # frozen once, read in any language
        for answer in answers:
            found = reading.hromadas(answer)
            if len(found) == 1:
                known[answer] = found[0].code, f"{found[0].label}, {found[0].whereabouts}"
    return known


def named_files(*frozen: str, kinds: Collection[str] = FILES) -> set[str]:
    """The keys of the files that these frozen answers name, of questions of these kinds: proofs of them, never deleted."""
    return {
        file["key"]
        for text in frozen
        for section in json.loads(text)["sections"]
        for answer in section["answers"]
        if answer["kind"] in kinds
        for file in answer["value"]
    }


def read_frozen(text: str) -> list[ShownSection]:
    """Frozen answers for display, from their text alone."""
    return _shown(json.loads(text))


def shown(of: Filled) -> list[ShownSection]:
    """The answers of a sheet for display, as they stand."""
    return _shown(as_data(of))


def _shown(data: dict[str, Any]) -> list[ShownSection]:
    return [
        ShownSection(number, section["title"], tuple(_answer(answer) for answer in section["answers"]))
        for number, section in enumerate(data["sections"], 1)
    ]


def _answer(answer: dict[str, Any]) -> Shown:
    kind, value = answer["kind"], answer["value"]
    part: dict[str, Any] = {"value": ""}
    if kind == QuestionKind.DECLARATION:
        part = {"value": _("так") if value else "", "declared": answer["declared"]}
    elif kind == QuestionKind.BUDGET:
        rows = tuple(
            ShownRow(
                row["item"],
                _figure(row["quantity"], typed.number, wording.number),
                _figure(row["price"], typed.money, wording.number),
                _figure(row["total"], typed.money, wording.number),
            )
            for row in value
        )
        part = {"value": wording.money(Decimal(answer["total"])) if rows else "", "rows": rows}
    elif kind in FILES:
        shown_files = tuple(
            ShownFile(file["key"], file["name"], wording.size(file["size"]), file["sha256"], file["is_image"])
            for file in value
        )
        part = {"value": ", ".join(file.name for file in shown_files), "files": shown_files}
    elif kind == QuestionKind.SEVERAL:
        lines = tuple(chosen["label"] for chosen in value)
        part = {"value": "; ".join(lines), "lines": lines}
    else:
        part = {"value": _line(kind, answer)}
    return Shown(key=answer["key"], label=answer["label"], kind=kind, meaning=answer["meaning"], **part)


def _line(kind: str, answer: dict[str, Any]) -> str:
    value = answer["value"]
    if kind == QuestionKind.CHOICE:
        return answer["option"]
    if kind == QuestionKind.HROMADA:
        return answer["name"]
    if kind == QuestionKind.MONEY:
        return _figure(value, typed.money, wording.money)
    if kind == QuestionKind.NUMBER:
        return _figure(value, typed.number, wording.number)
    if kind == QuestionKind.DATE and (read_day := typed.day(value)):
        return wording.day(read_day)
    return value


def _figure(text: str, reader: Callable[[str], Decimal | None], writer: Callable[[Decimal], str]) -> str:
    """A number as people read it; what was no number, or came in no plain digits, stays as it was typed."""
    read = reader(text)
    return writer(read) if read is not None and abs(read) < kinds.BIGGEST and f"{read:f}" == text else text

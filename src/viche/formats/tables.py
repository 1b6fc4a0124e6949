"""Lists for other programs: CSV, XLSX and JSON of the same rows.

A cell is text, a whole number, a Decimal, a float, a truth value, a date, a moment or None; anything else is written as
its text. Moments must be aware and are written in Kyiv time. Text that a spreadsheet would take for a formula stays text
in every format. Sources: RFC 4180 (CSV), RFC 8259 (JSON), ECMA-376 (XLSX), OWASP "CSV Injection".
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from viche.formats import workbook

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
LONGEST_TEXT: Final = workbook.LONGEST_TEXT
"""Characters that a cell of a workbook holds; what is longer is cut there (CSV and JSON have it whole)."""

_SAID: Final = {None: "", True: "true", False: "false"}
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")


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
    if type(cell) is str:  # most are: to ask for all other kinds first takes longer than to write it
        return f"'{cell}" if _FORMULA.match(cell) else cell
    if cell is None or isinstance(cell, bool):
        return _SAID[cell]
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
    what a sheet may be called.
    """
    walls = ([_wall(cell) if isinstance(cell, datetime) else cell for cell in row] for row in rows)
    return workbook.written([str(one) for one in columns], walls, title)


def _wall(moment: datetime) -> datetime:
    """The moment on Kyiv's clock without its zone: a workbook knows none."""
    return _in_kyiv(moment).replace(tzinfo=None, microsecond=0)


def json_bytes(rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows as one JSON array of objects, UTF-8 without escapes, one object a line.

    A Decimal is always a number, whole ones without a point (180000, 180000.5): exact to fifteen digits, which is
    more than the largest sum has. Dates and moments as in CSV. NaN and infinity are refused with ValueError.
    """
    written = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_json_value).encode
    return f"[{','.join([f'{chr(10)}{written(row)}' for row in rows])}\n]\n".encode("utf-8", "replace")


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return _iso(value)
    return str(value)

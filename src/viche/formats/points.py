"""Points of places, as our own CSV has them: a head `code,latitude,longitude`, then a line per place.

Further columns are left alone, and a semicolon may stand for the comma. A degree has a point, not a comma. The file is UTF-8.
"""

import csv
import io
import re
from dataclasses import dataclass
from typing import Final

COLUMNS: Final = ("code", "latitude", "longitude")
NORTH, EAST = 90.0, 180.0
_CODE: Final = re.compile(r"[A-Z]{2}\d{17}")


class NotPointsError(ValueError):
    """The text is no such list: a column is missing, or it is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Points:
    """What was read: latitude and longitude by code, and the numbers of the lines that make no sense."""

    places: dict[str, tuple[float, float]]
    wrong: tuple[int, ...]


def read(body: bytes) -> Points:
    """Read a whole file. Raises `NotPointsError`; single lines that cannot be read are told by number, others count."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotPointsError("not UTF-8") from error
    lines = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    head = [cell.strip().lower() for cell in next(lines, [])]
    if not set(COLUMNS) <= set(head):
        raise NotPointsError("columns")
    at = [head.index(name) for name in COLUMNS]
    places: dict[str, tuple[float, float]] = {}
    wrong: list[int] = []
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        code, point = _line(cells, at)
        if point is None:
            wrong.append(number)
        else:
            places[code] = point
    return Points(places, tuple(wrong))


def _line(cells: list[str], at: list[int]) -> tuple[str, tuple[float, float] | None]:
    """The code and the point of one line; no point where anything is missing or not on the Earth."""
    if len(cells) <= max(at):
        return "", None
    code, *degrees = (cells[column].strip() for column in at)
    try:
        latitude, longitude = map(float, degrees)
    except ValueError:
        return code, None
    sound = _CODE.fullmatch(code) and abs(latitude) <= NORTH and abs(longitude) <= EAST
    return code, (latitude, longitude) if sound else None

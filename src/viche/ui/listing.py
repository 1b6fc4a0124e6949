"""The same list for people and for programs: order by a column, and the whole list as .csv, .xlsx, .json, with places .geojson."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from viche.formats import geojson, tables

TABLES = ("csv", "xlsx")
ENDINGS = (*TABLES, "json")
POINTS = "geojson"
PLACE = ("latitude", "longitude")
ORDER = "sort"
CHUNK = 1000
REMEMBERED = 30 * 24 * 60 * 60  # seconds


def order(request: HttpRequest, columns: Mapping[str, str], *, default: str) -> tuple[str, bool]:
    """By which field a list stands, and whether it falls: `?sort=name` or `?sort=-name`.

    `columns` maps the allowed words to fields, anything else is `default`.
    """
    asked = request.GET.get(ORDER, "")
    if asked.removeprefix("-") not in columns:
        asked = default
    return columns[asked.removeprefix("-")], asked.startswith("-")


def ordered(request: HttpRequest, rows: QuerySet, columns: Mapping[str, str], *, default: str) -> QuerySet:
    """Order a list as the address asks, see `order`. The primary key is added, so that a page never repeats a row of another."""
    field, falls = order(request, columns, default=default)
    if _may_be_empty(rows.model, field):  # databases disagree where such rows stand: here at the end, either way
        return rows.order_by(F(field).desc(nulls_last=True) if falls else F(field).asc(nulls_last=True), "pk")
    return rows.order_by(f"-{field}" if falls else field, "pk")


def _may_be_empty(model: Any, path: str) -> bool:
    """Whether a field may hold nothing, or lies behind one that may."""
    for name in path.split("__"):
        known = model._meta  # noqa: SLF001 — Django documents it
        field = known.pk if name == "pk" else known.get_field(name)
        if field.null:
            return True
        model = field.related_model
    return False


def through(rows: QuerySet) -> Iterator[Any]:
    """Go through a long list for a file, a thousand rows at a time, so that it never lies in memory whole."""
    return rows.iterator(chunk_size=CHUNK)


def answer(
    request: HttpRequest,
    *,
    ending: str,
    columns: Sequence[str | tuple[str, Any]],
    rows: Iterable[Sequence[Any]],
    filename: str,
) -> HttpResponse:
    """Answer with the whole list in the format that the address ends in, else 404.

    `columns` are keys, or (key, words for people) where the head of a spreadsheet should speak; `rows` are cells in their
    order. Where two of the keys are `PLACE`, the list is to be had as points too. A file of the demonstration says so in its name.
    """
    words = [column if isinstance(column, str) else str(column[1]) for column in columns]
    keys = [column if isinstance(column, str) else column[0] for column in columns]
    if ending not in (*ENDINGS, POINTS) or (ending == POINTS and not set(PLACE) <= set(keys)):
        raise Http404
    body = written(ending, words if ending in TABLES else keys, rows, filename)
    if not request.GET:
        _weigh(request.path, len(body))
    response = HttpResponse(
        body, content_type=geojson.CONTENT_TYPE if ending == POINTS else tables.CONTENT_TYPES[ending]
    )
    response["Content-Disposition"] = disposition(ending, filename)
    return response


def _weigh(path: str, size: int) -> None:
    """Remember how large a whole list was, for whoever thinks of taking it."""
    caches["paper"].set(f"size:{path}", size, REMEMBERED)


def sizes(paths: Iterable[str]) -> dict[str, int]:
    """How large whole lists were when they were taken last, by their addresses; those that nobody took lately are left out."""
    kept = caches["paper"].get_many(f"size:{path}" for path in paths)
    return {name.removeprefix("size:"): size for name, size in kept.items()}


def written(ending: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], filename: str) -> bytes:
    """The list as a file of that format."""
    if ending == "json":
        return tables.json_bytes(dict(zip(columns, row, strict=True)) for row in rows)
    if ending == POINTS:
        return _points(columns, rows)
    if ending == "csv":
        return b"".join(tables.csv_bytes(columns, rows))
    return tables.xlsx_bytes(columns, rows, filename)


def _points(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as points of a map; those without a place have none, as RFC 7946 allows."""
    records = (dict(zip(columns, row, strict=True)) for row in rows)
    return geojson.features((_place(record), record) for record in records)


def _place(record: Mapping[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = (record[name] for name in PLACE)
    return None if latitude is None else (latitude, longitude)


def disposition(ending: str, filename: str) -> str:
    """How a browser calls the file; tables it saves, all else it shows."""
    name = f"{'demo-' if settings.DEMO else ''}{filename}.{ending}"
    return content_disposition_header(ending in TABLES, name)

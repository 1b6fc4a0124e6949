"""The same list for people and for programs: order by a column, and the whole list as .csv, .xlsx or .json."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

TABLES = ("csv", "xlsx")
ENDINGS = (*TABLES, "json")
ORDER = "sort"
CHUNK = 1000


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
    order. A file of the demonstration says so in its name.
    """
    from viche.formats import tables  # loads openpyxl, which most pages never need

    del request  # the same for everybody who may see the list
    if ending not in ENDINGS:
        raise Http404
    words = [column if isinstance(column, str) else str(column[1]) for column in columns]
    keys = [column if isinstance(column, str) else column[0] for column in columns]
    body = written(ending, keys if ending == "json" else words, rows, filename)
    response = HttpResponse(body, content_type=tables.CONTENT_TYPES[ending])
    response["Content-Disposition"] = disposition(ending, filename)
    return response


def written(ending: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], filename: str) -> bytes:
    """The list as a file of that format."""
    from viche.formats import tables

    if ending == "json":
        return tables.json_bytes(dict(zip(columns, row, strict=True)) for row in rows)
    if ending == "csv":
        return b"".join(tables.csv_bytes(columns, rows))
    return tables.xlsx_bytes(columns, rows, filename)


def disposition(ending: str, filename: str) -> str:
    """How a browser calls the file; tables it saves, all else it shows."""
    name = f"{'demo-' if settings.DEMO else ''}{filename}.{ending}"
    return content_disposition_header(ending in TABLES, name)

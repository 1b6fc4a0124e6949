"""The same list for people and for programs: order by a column, and the whole list as .csv, .xlsx or .json."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

ENDINGS = ("csv", "xlsx", "json")
ORDER = "sort"


def ordered(request: HttpRequest, rows: QuerySet, columns: Mapping[str, str], *, default: str) -> QuerySet:
    """Order a list by `?sort=name` or `?sort=-name`; `columns` maps the allowed words to fields, anything else is `default`.

    The primary key is added, so that a page never repeats a row of another.
    """
    asked = request.GET.get(ORDER, "")
    if asked.removeprefix("-") not in columns:
        asked = default
    field = columns[asked.removeprefix("-")]
    return rows.order_by(f"-{field}" if asked.startswith("-") else field, "pk")


def answer(
    request: HttpRequest, *, ending: str, columns: Sequence[Any], rows: Iterable[Any], filename: str
) -> HttpResponse:
    """Answer with the whole list in the format that the address ends in; `rows` are cells in the order of `columns`."""
    del request  # the same for everybody who may see the list
    from viche.formats import tables  # loads openpyxl, which most pages never need

    if ending not in ENDINGS:
        raise Http404
    body: bytes | Iterable[bytes]
    if ending == "csv":
        body = tables.csv_bytes(columns, rows)
    elif ending == "xlsx":
        body = tables.xlsx_bytes(columns, rows, filename)
    else:
        body = tables.json_bytes(dict(zip(columns, row, strict=True)) for row in rows)
    response = HttpResponse(body, content_type=tables.CONTENT_TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{filename}.{ending}"'
    return response

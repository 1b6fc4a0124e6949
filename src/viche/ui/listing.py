"""The same list for people and for programs: order by a column, and the whole list as .csv, .xlsx or .json."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

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
    keys = [column if isinstance(column, str) else column[0] for column in columns]
    words = [column if isinstance(column, str) else str(column[1]) for column in columns]
    if ending == "json":
        body = tables.json_bytes(dict(zip(keys, row, strict=True)) for row in rows)
    elif ending == "csv":
        body = b"".join(tables.csv_bytes(words, rows))
    else:
        body = tables.xlsx_bytes(words, rows, filename)
    response = HttpResponse(body, content_type=tables.CONTENT_TYPES[ending])
    name = f"{'demo-' if settings.DEMO else ''}{filename}.{ending}"
    response["Content-Disposition"] = content_disposition_header(ending != "json", name)
    return response

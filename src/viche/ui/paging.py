"""Pages of a list: 25 rows, the number in the address, everything else of the address kept."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

NUMBER = "page"
AROUND = 2
DIGITS = 8  # more is no page number


@dataclass(frozen=True)
class Page:
    """One page of a list and what its foot needs to know."""

    items: list[Any]
    number: int
    pages: int
    count: int
    per: int
    query: str
    """The address's query without the page number, ready to be continued: "" or "state=open&"."""

    @property
    def first(self) -> int:
        """The position of the first row shown, counted from one; 0 when there is none."""
        return (self.number - 1) * self.per + 1 if self.count else 0

    @property
    def last(self) -> int:
        """The position of the last row shown."""
        return (self.number - 1) * self.per + len(self.items)

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to offer: ends, neighbours, and None where some are left out."""
        near = {1, self.pages, *range(self.number - AROUND, self.number + AROUND + 1)}
        shown: list[int | None] = []
        for number in sorted(n for n in near if 1 <= n <= self.pages):
            gap = number - shown[-1] - 1 if shown and shown[-1] is not None else 0
            if gap == 1:
                shown.append(number - 1)
            elif gap:
                shown.append(None)
            shown.append(number)
        return shown

    def __iter__(self):  # noqa: ANN204
        """Go through the rows."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count the rows of this page."""
        return len(self.items)


def kept_query(request: HttpRequest, *without: str) -> str:
    """Return the query of the address without the named parts, ending in & unless empty."""
    query = request.GET.copy()
    for name in without:
        query.pop(name, None)
    text = query.urlencode()
    return f"{text}&" if text else ""


def wanted(request: HttpRequest) -> int:
    """Read the page number from the address; nonsense means the first."""
    text = request.GET.get(NUMBER, "1")
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 1


def page(
    request: HttpRequest, rows: QuerySet | list, per: int = 25, *, count: int | None = None, wide: bool = False
) -> Page:
    """Cut the page that the address asks for; a number beyond the ends gives the nearest page.

    Two queries: one less where the caller has counted already. Where rows are `wide`, their keys are sorted and cut alone and
    only the page's own rows are read whole, one query more: sorting twenty thousand texts is what takes long.
    """
    if count is None:
        count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-count // per))
    number = min(max(1, wanted(request)), pages)
    cut = slice((number - 1) * per, number * per)
    items = (_whole(rows, cut) if wide else list(rows[cut])) if count else []
    return Page(items, number, pages, count, per, kept_query(request, NUMBER))


def _whole(rows: QuerySet, cut: slice) -> list[Any]:
    keys = list(rows.select_related(None).values_list("pk", flat=True)[cut])
    return list(rows.filter(pk__in=keys))

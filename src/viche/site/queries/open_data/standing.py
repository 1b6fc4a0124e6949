"""How many rows each dataset has, and when it changed last: every write leaves an entry in the journal."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import IntegerField, Subquery

from viche.journal.models import Entry, Head
from viche.site.queries.open_data.describing import Dataset


class Rows(Subquery):
    """How many rows a query gives."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def now(datasets: Sequence[Dataset]) -> dict[str, tuple[int, datetime | None]]:
    """Rows and the moment of the last change of each; no moment where no act of a person changes it. One query."""
    asked: dict[str, Subquery] = {}
    for number, one in enumerate(datasets):
        if one.rows:
            asked[f"rows_{number}"] = Rows(one.rows().order_by().values("pk"))
        if one.subjects:
            asked[f"last_{number}"] = _last(one.subjects)
    # The journal's head is one row from its first entry on, and before that there is nothing to tell.
    found = Head.objects.values(**asked).first() or {}
    return {
        one.name: (found.get(f"rows_{number}") or 0, found.get(f"last_{number}")) for number, one in enumerate(datasets)
    }


def _last(kinds: tuple[str, ...]) -> Subquery:
    return Subquery(Entry.objects.filter(subject_kind__in=kinds).order_by("-number").values("at")[:1])

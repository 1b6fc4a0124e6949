"""How fresh a page is: every write leaves an entry in the journal, so the number of the last entry is its version."""

from datetime import datetime

from viche.journal.models import Entry, Head

# By what a public list changes. Hromadas change with the codifier alone, which is no act of a person.
SUBJECTS = {
    "calls": ("calls.call",),
    "awards": ("awards.award", "awards.tranche", "awards.report"),
    "programmes": ("programmes.programme",),
}


def version() -> int:
    """The number of the last entry of the journal. One query."""
    return Head.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def changed() -> dict[str, datetime | None]:
    """When each public list changed last. One query a list."""
    return {name: _last(kinds) for name, kinds in SUBJECTS.items()}


def _last(kinds: tuple[str, ...]) -> datetime | None:
    return Entry.objects.filter(subject_kind__in=kinds).order_by("-number").values_list("at", flat=True).first()

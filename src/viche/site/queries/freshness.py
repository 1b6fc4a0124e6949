"""When each public list changed last: every write leaves an entry in the journal."""

from datetime import datetime

from viche.journal.models import Entry

# By what a public list changes. Hromadas change with the codifier alone, which is no act of a person.
SUBJECTS = {
    "calls": ("calls.call",),
    "awards": ("awards.award", "awards.tranche", "awards.report"),
    "programmes": ("programmes.programme",),
    "events": ("events.event",),
}


def changed() -> dict[str, datetime | None]:
    """When each public list changed last. One query a list."""
    return {name: _last(kinds) for name, kinds in SUBJECTS.items()}


def _last(kinds: tuple[str, ...]) -> datetime | None:
    return Entry.objects.filter(subject_kind__in=kinds).order_by("-number").values_list("at", flat=True).first()

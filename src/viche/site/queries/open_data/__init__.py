"""Open data: what is given to everybody, with columns, files, how many rows, when it changed, under which licence."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from viche.journal import queries as journal
from viche.site.queries.open_data import standing
from viche.site.queries.open_data.describing import Dataset, File
from viche.site.queries.open_data.table import DATASETS
from viche.ui import listing


@dataclass(frozen=True)
class Offer:
    """A dataset as it stands now; a file has its size where somebody took it lately."""

    dataset: Dataset
    href: str
    files: list[tuple[File, int | None]]
    rows: int
    changed_at: datetime | None
    lacking: str = ""
    """Why there is nothing to take now, in a sentence."""


def offers() -> list[Offer]:
    """All datasets. One query, two where anything was written since."""
    counted = journal.until_written("open.data", lambda: standing.now(DATASETS))
    lacking = {one.name: str(one.lacking()) for one in DATASETS}
    taken = {one.name: [] if lacking[one.name] else one.taken() for one in DATASETS}
    sizes = listing.sizes(file.path for files in taken.values() for file in files)
    return [
        Offer(
            one,
            reverse(one.page),
            [(file, sizes.get(file.path)) for file in taken[one.name]],
            *counted[one.name],
            lacking[one.name],
        )
        for one in DATASETS
    ]

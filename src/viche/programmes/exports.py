"""Lists of programmes and participants as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from viche.programmes.models import Participant, Programme

# The word for programs (JSON) and the header for people (CSV, XLSX).
PROGRAMMES = (
    ("code", _("Код")),
    ("name", _("Програма")),
    ("name_en", _("Англійською")),
    ("starts_on", _("Початок")),
    ("ends_on", _("Кінець")),
    ("url", _("Адреса сторінки")),
)
PARTICIPANTS = (
    ("organisation", _("Організація")),
    ("edrpou", _("ЄДРПОУ")),
    ("kind", _("Як хто")),
    ("hromada", _("Громада")),
    ("oblast", _("Область")),
    ("since", _("Відколи")),
    ("contacts", _("Голова")),
)

OWN_COLUMNS = [*(column[0] for column in PROGRAMMES), "is_public"]


def own_programmes(rows: Iterable[Programme]) -> Iterator[tuple[Any, ...]]:
    """Cells of those who work in it: whether everybody sees it, too."""
    rows = list(rows)
    for one, row in zip(rows, programmes(rows), strict=True):
        yield *row, one.is_public


def programmes(rows: Iterable[Programme]) -> Iterator[tuple[Any, ...]]:
    """Cells under those headers."""
    for one in rows:
        page = f"{settings.SITE_ADDRESS}{one.get_absolute_url()}"
        yield one.code, one.name, one.name_en, one.starts_on, one.ends_on, page


def participants(rows: Iterable[Participant]) -> Iterator[tuple[Any, ...]]:
    """Cells under those headers; `contacts` have been worked out by what the reader may see."""
    for one in rows:
        place = one.organisation.hromada
        heads = "; ".join(f"{head.name} <{head.email}>" for head in one.contacts)
        yield (
            one.organisation.name,
            one.organisation.edrpou,
            one.get_kind_display(),
            place.label,
            place.oblast.label,
            one.since,
            heads,
        )

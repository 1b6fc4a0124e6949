"""Letters and acts as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.site.queries import journal

LETTERS = [
    ("created_at", _("Коли написано")),
    ("kind", _("Вид")),
    ("to", _("Кому")),
    ("subject", _("Тема")),
    ("state", _("Стан")),
    ("sent_at", _("Коли надіслано")),
    ("fault", _("Що стало на заваді")),
    ("programme", _("Програма")),
]
ACTS = [
    ("number", _("Номер")),
    ("at", _("Коли")),
    ("act", _("Що зроблено")),
    ("thing", _("З чим")),
    ("name", _("Назва")),
    ("actor", _("Хто")),
]
TOGETHER = 500


def letters(found: Iterable[Letter]) -> Iterator[list[Any]]:
    """A row per letter, without its words."""
    for one in found:
        yield [one.created_at, one.kind, one.to, one.subject, one.state, one.sent_at, one.fault, one.programme_code]


def acts(found: Any) -> Iterator[list[Any]]:
    """A row per entry of the journal, without values."""
    rows: list[Entry] = []
    for entry in found.iterator(chunk_size=TOGETHER):
        rows.append(entry)
        if len(rows) == TOGETHER:
            yield from _acts(rows)
            rows = []
    yield from _acts(rows)


def _acts(rows: list[Entry]) -> Iterator[list[Any]]:
    for line in journal.lines(rows):
        entry = line.entry
        actor = str(line.actor) if line.actor else ""
        yield [entry.number, entry.at, entry.verb, entry.subject_kind, entry.subject_label, actor]

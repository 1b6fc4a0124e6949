"""Participants, letters and acts as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.programmes.models import Participant
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
PARTICIPANTS = [
    ("organisation", _("Організація")),
    ("edrpou", _("ЄДРПОУ")),
    ("kind", _("Як хто")),
    ("hromada", _("Громада")),
    ("oblast", _("Область")),
    ("since", _("Відколи")),
    ("url", _("Сторінка")),
]
TOGETHER = 500


def participants(found: Iterable[Participant]) -> Iterator[list[Any]]:
    """A row per organisation and capacity in which it takes part."""
    for one in found:
        organisation = one.organisation
        hromada = organisation.hromada
        page = f"{settings.SITE_ADDRESS}{organisation.get_absolute_url()}"
        yield [organisation.name, organisation.edrpou, one.kind, hromada.label, hromada.oblast.label, one.since, page]


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

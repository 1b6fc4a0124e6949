"""Participants, letters and acts as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes.models import Participant
from viche.site.queries import journal
from viche.site.queries.findings import Row

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
PLACED = [
    ("hromada", _("Громада")),
    ("hromada_code", _("Код громади")),
    ("oblast", _("Область")),
    ("latitude", _("Широта")),
    ("longitude", _("Довгота")),
]
PARTICIPANTS = [
    ("programme", _("Програма")),
    ("organisation", _("Організація")),
    ("edrpou", _("ЄДРПОУ")),
    ("kind", _("Як хто")),
    *PLACED,
    ("since", _("Відколи")),
    ("url", _("Сторінка")),
]
FINDINGS = [
    ("code", _("Код")),
    ("title", _("Назва")),
    ("standard", _("Стандарт")),
    ("layer", _("Що перевірено")),
    ("fault", _("Що не так")),
    ("mend", _("Що виправити")),
    ("url", _("Де")),
]
ORGANISATIONS = [
    ("id", _("Номер")),
    ("name", _("Назва")),
    ("name_en", _("Англійською")),
    ("kind", _("Вид")),
    ("edrpou", _("ЄДРПОУ")),
    ("org_id", _("Номер для донорів")),
    *PLACED,
    ("url", _("Сторінка")),
]
TOGETHER = 500


def participants(found: Iterable[Participant]) -> Iterator[list[Any]]:
    """A row per organisation and capacity in which it takes part."""
    for one in found:
        organisation = one.organisation
        named = [one.programme.code, organisation.name, organisation.edrpou, one.kind]
        yield [*named, *_placed(organisation.hromada), one.since, _page(organisation)]


def organisations(found: Iterable[Organisation]) -> Iterator[list[Any]]:
    """A row per organisation; the point is its hromada's. No person."""
    for one in found:
        named = [one.pk, one.name, one.name_en, one.kind, one.edrpou, one.org_id]
        yield [*named, *_placed(one.hromada), _page(one)]


def _placed(hromada: Hromada) -> list[Any]:
    return [hromada.label, hromada.code, hromada.oblast.label, hromada.latitude, hromada.longitude]


def _page(organisation: Organisation) -> str:
    return f"{settings.SITE_ADDRESS}{organisation.get_absolute_url()}"


def findings(found: Iterable[Row]) -> Iterator[list[Any]]:
    """A row per fault that keeps a record out of the open data."""
    for one in found:
        address = f"{settings.SITE_ADDRESS}{one.mend_at}" if one.mend_at else ""
        yield [one.code, one.title, one.standard, one.layer, one.said, one.mend, address]


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

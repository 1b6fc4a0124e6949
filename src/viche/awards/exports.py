"""Lists of awards as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse

from viche.awards.models import Award
from viche.awards.queries import awards as queries
from viche.awards.queries import waiting

PUBLIC_COLUMNS = ["code", "programme", "organisation", "hromada", "amount", "currency", "awarded_on", "state", "url"]
# What the API and the points for maps tell besides.
BESIDE = ["kind", "title", "hromada_code", "oblast", "latitude", "longitude"]
OPEN_COLUMNS = [*PUBLIC_COLUMNS, *BESIDE]
OFFICE_COLUMNS = [
    "code",
    "title",
    "kind",
    "organisation",
    "edrpou",
    "hromada",
    "oblast",
    "amount",
    "paid",
    "currency",
    "state",
    "awarded_on",
    "agreement_number",
    "agreed_on",
    "starts_on",
    "ends_on",
    "next_report_by",
    "url",
]
STAND_IN = "CODE"


def _addresses() -> tuple[str, str]:
    """What stands before and after the code in an award's address: working it out for every row takes long."""
    before, after = reverse("awards:award", args=[STAND_IN]).split(STAND_IN)
    return settings.SITE_ADDRESS + before, after


def public_rows(awards: Iterable[Award]) -> Iterator[list[Any]]:
    """A row per award, in the order of `PUBLIC_COLUMNS`. No person, no file, no photograph."""
    before, after = _addresses()
    for award in awards:
        organisation = award.organisation
        yield [
            award.code,
            award.programme.code,
            organisation.called,
            organisation.hromada.label,
            award.amount,
            award.currency,
            award.awarded_on,
            award.state,
            f"{before}{award.code}{after}",
        ]


def open_rows(awards: Iterable[Award]) -> Iterator[list[Any]]:
    """The same with `BESIDE`: the point is that of the hromada."""
    for award in awards:
        place = award.organisation.hromada
        for row in public_rows([award]):
            yield [*row, award.kind, award.title, place.code, place.oblast.label, place.latitude, place.longitude]


def office_rows(awards: Iterable[Award]) -> Iterator[list[Any]]:
    """A row per award, in the order of `OFFICE_COLUMNS`."""
    before, after = _addresses()
    for award in awards:
        organisation = award.organisation
        waited = waiting.next_of(list(award.reports.all())) if award.state == "active" else None
        yield [
            award.code,
            award.title,
            award.kind,
            organisation.called,
            organisation.edrpou,
            organisation.hromada.label,
            organisation.hromada.oblast.label,
            award.amount,
            queries.paid(award.tranches.all()),
            award.currency,
            award.state,
            award.awarded_on,
            award.agreement_number,
            award.agreed_on,
            award.starts_on,
            award.ends_on,
            waited.expected_on if waited else None,
            f"{before}{award.code}{after}",
        ]

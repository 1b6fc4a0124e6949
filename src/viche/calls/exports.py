"""Lists of calls and applications as rows for files."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.calls.models import Application, Call

CALL_COLUMNS = ["code", "programme", "kind", "title", "state", "opens_at", "closes_at", "budget", "currency", "url"]
APPLICATION_COLUMNS = [
    "code",
    "organisation",
    "edrpou",
    "hromada",
    "oblast",
    "title",
    "amount",
    "currency",
    "state",
    "outcome",
    "submitted_at",
]
# The same of a whole programme.
PROGRAMME_COLUMNS = ["call", *APPLICATION_COLUMNS]


def call_rows(calls: Iterable[Call], at: datetime) -> Iterator[list[Any]]:
    """A row per call, in the order of `CALL_COLUMNS`."""
    for call in calls:
        address = settings.SITE_ADDRESS + call.get_absolute_url()
        state = str(call.state(at))
        yield [
            call.code,
            call.programme.code,
            call.kind,
            call.title,
            state,
            call.opens_at,
            call.closes_at,
            call.budget,
            call.currency,
            address,
        ]


def application_rows(call: Call, applications: Iterable[Application], secret: Collection[int]) -> Iterator[list[Any]]:
    """A row per application, in the order of `APPLICATION_COLUMNS`; of those with `secret` keys only that they are there."""
    for application in applications:
        if application.pk in secret:
            yield [_("конфлікт інтересів") if name == "title" else None for name in APPLICATION_COLUMNS]
            continue
        organisation = application.organisation
        yield [
            application.code,
            organisation.name,
            organisation.edrpou,
            organisation.hromada.name,
            organisation.hromada.oblast.name,
            application.title,
            application.amount,
            call.currency,
            application.state,
            application.outcome,
            application.submitted_at,
        ]


def rows_of_programme(applications: Iterable[Application]) -> Iterator[list[Any]]:
    """A row per application of several calls, in the order of `PROGRAMME_COLUMNS`."""
    for application in applications:
        for row in application_rows(application.call, [application], ()):
            yield [application.call.code, *row]

"""The public dashboard of a programme in one list: what a program, or somebody at a terminal, reads of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from viche.facts.queries.figures import Asked
from viche.programmes.models import Programme
from viche.results.models import Indicator
from viche.results.queries import board, splits

Printed = dict[str, Any]


def figures(programme: Programme, *, on: date) -> list[Printed]:
    """Every public indicator as the dashboard shows it to everybody: target, what it comes to, parts, where its records are.

    A number that is not complete leaves people out who are too few to be told: there are at least as many. A ratio that is not
    complete is near the true one.
    """
    wanted = list(board.of_programme(programme, is_office=False))
    asked = Asked.ever(programme.pk)
    parts = splits.of_many(wanted, asked, is_office=False)
    return [
        {
            "code": one.indicator.code,
            "name": one.indicator.name,
            "kind": one.indicator.kind,
            "unit": one.indicator.unit,
            "target": plain(one.target),
            "actual": plain(one.value),
            "is_complete": one.is_complete,
            "splits": {
                found.name: {share.code: plain(share.value) for share in found.shares}
                for found in parts.get(one.indicator.pk, [])
            },
            "incomplete_splits": {
                found.name: [share.code for share in found.shares if share.untold]
                for found in parts.get(one.indicator.pk, [])
                if any(share.untold for share in found.shares)
            },
            "records_url": records_url(one.indicator),
        }
        for one in board.counted(wanted, asked, is_office=False, on=on)
    ]


def records_url(one: Indicator) -> str:
    """Where everybody reads the records behind a figure; with ".json" after it, for programs."""
    path = reverse("results:records", args=[one.programme.code, one.code]).rstrip("/")
    return f"{settings.SITE_ADDRESS}{path}"


def plain(value: Decimal | None) -> int | float | None:
    """A number as programs write it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

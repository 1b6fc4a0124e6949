"""Figures and the records behind them as rows for other programs."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.places.models import Hromada
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted
from viche.results.queries.records import Newcomers, Row
from viche.results.queries.sides import Side

INDICATOR_COLUMNS = [
    "code",
    "name",
    "unit",
    "baseline",
    "target",
    "actual",
    "is_complete",
    "percent",
    "corrected_from",
    "url",
    "records_url",
]
RECORD_COLUMNS = ["date", "record", "code", "title", "oblast", "hromada", "hromada_code", "value", "evidence", "url"]
RATIO_COLUMNS = [*RECORD_COLUMNS, "reckoned_from"]
PLACE_COLUMNS = ["hromada", "hromada_code", "raion", "oblast", "url"]


def absolute(address: str) -> str:
    """An address for whoever reads it elsewhere; empty stays empty."""
    return f"{settings.SITE_ADDRESS}{address}" if address else ""


def indicator_rows(counted: Iterable[Counted], chosen: Chosen, side: Side) -> Iterator[list[Any]]:
    """A row per indicator, in the order of `INDICATOR_COLUMNS`."""
    for one in counted:
        indicator = one.indicator
        query = chosen.query(show="")
        yield [
            indicator.code,
            indicator.called,
            indicator.unit_called,
            indicator.baseline,
            one.target,
            one.value,
            side.is_office or one.is_complete,
            one.percent,
            one.kept,
            absolute(side.figure(indicator, chosen)),
            absolute(f"{side.address('records_file', indicator.code, 'json')}{query}"),
        ]


def record_rows(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """A row per record, in the order of `RECORD_COLUMNS`; a number that is not told is left out."""
    for row in rows:
        yield [
            row.on,
            row.what,
            row.described.code,
            row.described.title,
            row.oblast.label if row.oblast else "",
            row.hromada.label if row.hromada else "",
            row.hromada.code if row.hromada else "",
            row.value,
            row.evidence,
            absolute(row.address),
        ]


def place_rows(found: Iterable[Any], chosen: Chosen, records: str, split: str) -> Iterator[list[Any]]:
    """The same of a figure that counts places: each is a row and counts as one; `records` is the address of its list."""
    for place in found:
        is_hromada = isinstance(place, Hromada)
        asks = {"hromada": place.slug, "raion": ""} if is_hromada else {"oblast": place.slug}
        oblast = place.oblast.label if is_hromada else place.label
        hromada, code = (place.label, place.code) if is_hromada else ("", "")
        url = absolute(f"{records}{chosen.query(show='', split=split, **asks)}")
        yield [None, "", code or place.code, place.label, oblast, hromada, code, Decimal(1), None, url]


def newcomer_rows(found: Iterable[Newcomers], chosen: Chosen, records: str) -> Iterator[list[Any]]:
    """The same of a figure that counts people once: a row per month in which they came first."""
    for one in found:
        title = _("прийшли вперше за ці місяці")
        url = absolute(f"{records}{months_query(one, chosen)}")
        yield [one.month, "", f"{one.month:%Y-%m}", title, "", "", "", one.value, None, url]


def months_query(one: Newcomers, chosen: Chosen) -> str:
    """What asks for the records of that month alone."""
    return chosen.query(show="", period="", since=f"{one.month:%Y-%m}", until=f"{one.month:%Y-%m}")


def ratio_rows(counted: Counted, parts: Iterable[Counted], chosen: Chosen, side: Side) -> Iterator[list[Any]]:
    """The same of a figure that is reckoned from two others, in the order of `RATIO_COLUMNS`: itself, which is all the value
    there is, then the two numbers of which it is made.
    """
    for one in (counted, *parts):
        value, number = (one.value, None) if one is counted else (None, one.value)
        address = absolute(side.figure(one.indicator, chosen))
        yield [None, "", one.indicator.code, one.indicator.called, "", "", "", value, None, address, number]


def hromada_rows(hromadas: Iterable[Hromada]) -> Iterator[list[Any]]:
    """A row per hromada, in the order of `PLACE_COLUMNS`."""
    for one in hromadas:
        raion = one.raion.label if one.raion else ""
        yield [one.label, one.code, raion, one.oblast.label, absolute(one.get_absolute_url())]

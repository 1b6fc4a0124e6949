"""Grants written as 360Giving 1.4: JSON in pieces, a grant a line, one grant in memory at a time."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any, Final
from urllib.parse import quote, urlsplit

from viche.formats.threesixty.fields import VERSION
from viche.formats.threesixty.records import Document, Grant, Organisation, Package, Payment, Place, Span

CONTENT_TYPE: Final = "application/json; charset=utf-8"
PIECE: Final = 1 << 16

_KEPT: Final = "!#$%&'()*+,/:;=?@~"
"""What an address may hold beside letters and digits."""

_LONE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def document(package: Package, grants: Iterable[Grant]) -> Iterator[bytes]:
    """The whole file in pieces of some 64 KB. It lists at least one grant: without any it is a ValueError."""
    given = iter(grants)
    first = next(given, None)
    if first is None:
        raise ValueError("a file of 360Giving lists at least one grant")
    head = _told(
        version=VERSION,
        title=package.title,
        description=package.description,
        identifier=package.identifier,
        issued=package.issued_on,
        modified=package.modified_at,
        publisher=_told(name=package.publisher, identifier=package.publisher_id, website=_address(package.website)),
        license=_address(package.licence),
        downloadURL=_address(package.url),
        extensions=list(dict.fromkeys(package.extensions)),
    )
    waiting = [_json(head)[:-1] + b', "grants": [\n', _json(told(first))]
    size = sum(map(len, waiting))
    for grant in given:
        waiting.append(b",\n" + _json(told(grant)))
        size += len(waiting[-1])
        if size > PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(chain(waiting, (b"\n]}\n",)))


def told(one: Grant) -> dict[str, Any]:
    """One grant as 360Giving names its fields."""
    return _told(
        id=one.id,
        title=one.title,
        description=one.description,
        currency=one.currency,
        amountAppliedFor=one.asked,
        amountAwarded=one.awarded,
        amountDisbursed=one.disbursed,
        awardDate=one.awarded_on,
        url=_address(one.url),
        plannedDates=_spans(one.planned),
        actualDates=_spans(one.actual),
        recipientIndividual=_told(id=one.person.id, name=one.person.name) if one.person else None,
        recipientOrganization=[_organisation(each) for each in one.recipients],
        beneficiaryLocation=[_place(each) for each in one.places],
        fundingOrganization=[_organisation(each) for each in one.funders],
        grantProgramme=[
            _told(code=each.code, title=each.title, description=each.description, url=_address(each.url))
            for each in one.programmes
        ],
        fromOpenCall=None if one.open_call is None else ("Yes" if one.open_call else "No"),
        classifications=[
            _told(vocabulary=each.vocabulary, code=each.code, title=each.title, url=_address(each.url))
            for each in one.classes
        ],
        relatedDocument=[_document(each) for each in one.documents],
        commitmentTransaction=[_payment(each) for each in one.commitments],
        disbursementTransaction=[_payment(each) for each in one.disbursements],
        relatedActivity=list(one.activities),
        dateModified=one.updated_at,
        dataSource=_address(one.source),
    )


def _organisation(one: Organisation) -> dict[str, Any]:
    return _told(
        id=one.id,
        name=one.name,
        alternateName=one.alternate_name,
        url=_address(one.url),
        organisationType=one.kind,
        description=one.description,
        location=[_place(each) for each in one.places],
    )


def _document(one: Document) -> dict[str, Any]:
    about = _told(id=one.id, title=one.title, url=_address(one.url))
    return about | _told(description=one.description, documentType=one.kind)


def _place(one: Place) -> dict[str, Any]:
    latitude, longitude = one.point or (None, None)
    where = _told(name=one.name, countryCode=one.country, geoCode=one.code, geoCodeType=one.code_kind)
    return where | _told(latitude=latitude, longitude=longitude)


def _spans(one: Span | None) -> list[dict[str, Any]]:
    return [_told(startDate=one.starts_on, endDate=one.ends_on, duration=one.months)] if one else []


def _payment(one: Payment) -> dict[str, Any]:
    paid = _told(id=one.id, transactionDate=one.on, currency=one.currency, value=one.amount)
    return paid | _told(description=one.description)


def _told(**given: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in given.items() if value is not None and value not in ("", [], {})}


def _address(value: str) -> str:
    """An address in ASCII: letters of a path with percent signs, those of a host as it is registered (IDNA)."""
    parts = urlsplit(value)
    try:
        host = parts.netloc.encode("ascii").decode()
    except UnicodeEncodeError:
        host = parts.netloc.encode("idna").decode()
    return quote(_LONE.sub("%25", parts._replace(netloc=host).geturl()), safe=_KEPT)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_value).encode("utf-8", "replace")


def _value(value: object) -> object:
    """A date, a moment in UTC, an amount as a number."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    amount = Decimal(str(value))
    return int(amount) if amount == amount.to_integral_value() else float(amount)

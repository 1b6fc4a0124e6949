"""Activities written as IATI 2.03: valid by the order of the schema, in pieces, one activity in memory at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final

from lxml import etree

from viche.formats.iati.measured import results
from viche.formats.iati.pen import LANG, Pen, said
from viche.formats.iati.records import Activity, Budget, Contact, Location, Share, Transaction

CONTENT_TYPE: Final = "application/xml; charset=utf-8"
VERSION: Final = "2.03"
PIECE: Final = 1 << 16
END: Final = b"</iati-activity>\n"
WGS84: Final = "http://www.opengis.net/def/crs/EPSG/0/4326"


def document(activities: Iterable[Activity], *, generated_at: datetime) -> Iterator[bytes]:
    """The whole file in pieces of some 64 KB. A file lists at least one activity: without any it is a ValueError."""
    return framed(map(piece, activities), generated_at=generated_at)


def framed(pieces: Iterable[bytes], *, generated_at: datetime, remark: str = "") -> Iterator[bytes]:
    """The same of activities that are written already; a `remark` is for whoever opens the file, not for programs."""
    given = iter(pieces)
    first = next(given, None)
    if first is None:
        raise ValueError("a file of IATI lists at least one activity")
    root = etree.Element("iati-activities", {"version": VERSION, "generated-datetime": said(generated_at)})
    opening = etree.tostring(root, encoding="UTF-8").removesuffix(b"/>") + b">\n"
    told = f"<!-- {said(remark).replace('--', '–')} -->\n".encode() if remark else b""
    waiting, size = [b"<?xml version='1.0' encoding='UTF-8'?>\n", told, opening], 0
    for one in chain((first,), given):
        waiting.append(one)
        size += len(one)
        if size > PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(chain(waiting, (b"</iati-activities>\n",)))


def piece(one: Activity) -> bytes:
    """One activity as it stands in a file. Its results come last and are the most of it."""
    told = bytes(etree.tostring(_element(one), encoding="UTF-8", pretty_print=True))
    if not one.results:
        return told
    return told.removesuffix(END) + results(one.results, one.language).encode() + END


def _element(one: Activity) -> Any:
    """One activity without its results; its children stand in the order of the schema."""
    pen = Pen(one.language)
    root = etree.Element("iati-activity")
    root.set(LANG, one.language)
    attributes = {
        "default-currency": one.currency,
        "last-updated-datetime": one.updated_at,
        "hierarchy": one.hierarchy,
        "humanitarian": one.humanitarian,
    }
    for name, value in attributes.items():
        if value is not None:
            root.set(name, said(value))
    _identity(pen, root, one)
    _where(pen, root, one)
    _classification(pen, root, one)
    for budget in one.budgets:
        _budget(pen, root, budget)
    for transaction in one.transactions:
        _transaction(pen, root, transaction)
    for link in one.documents:
        pen.document(root, link)
    for related in one.related:
        pen.node(root, "related-activity", ref=related.ref, type=related.kind)
    return root


def _identity(pen: Pen, root: Any, one: Activity) -> None:
    pen.node(root, "iati-identifier", one.identifier)
    pen.organisation(root, "reporting-org", one.reporting, secondary_reporter=one.secondary)
    pen.words(root, "title", one.title)
    pen.words(root, "description", one.description, type="1")
    for organisation in one.participating:
        more = {"role": organisation.role, "activity_id": organisation.activity}
        pen.organisation(root, "participating-org", organisation, **more)
    pen.code(root, "activity-status", one.status)
    for kind, day in sorted(one.dates.items()):
        pen.day(root, "activity-date", day, type=kind)
    for contact in one.contacts:
        _contact(pen, root, contact)
    pen.code(root, "activity-scope", one.scope)


def _contact(pen: Pen, root: Any, one: Contact) -> None:
    info = pen.node(root, "contact-info", type="1")
    pen.words(info, "organisation", one.organisation)
    for tag, value in (("telephone", one.telephone), ("email", one.email), ("website", one.website)):
        if value:
            pen.node(info, tag, value)
    pen.words(info, "mailing-address", one.address)


def _where(pen: Pen, root: Any, one: Activity) -> None:
    for country in one.countries:
        _share(pen, root, "recipient-country", country)
    for region in one.regions:
        _share(pen, root, "recipient-region", region)
    for location in one.locations:
        _location(pen, root, location)


def _share(pen: Pen, root: Any, tag: str, one: Share) -> None:
    attributes = {"vocabulary": one.vocabulary, "vocabulary_uri": one.uri, "code": one.code}
    pen.narrated(pen.node(root, tag, **attributes, percentage=one.percentage), one.name)


def _location(pen: Pen, root: Any, one: Location) -> None:
    place = pen.node(root, "location", ref=one.ref)
    pen.words(place, "name", one.name)
    for vocabulary, level, code in one.administrative:
        pen.node(place, "administrative", vocabulary=vocabulary, level=level, code=code)
    if one.point:
        latitude, longitude = one.point
        pen.node(pen.node(place, "point", srsName=WGS84), "pos", f"{latitude:.5f} {longitude:.5f}")
        pen.code(place, "exactness", "1" if one.exact else "2")


def _classification(pen: Pen, root: Any, one: Activity) -> None:
    for sector in one.sectors:
        _share(pen, root, "sector", sector)
    for tag in one.tags:
        _share(pen, root, "tag", tag)
    for scope in one.scopes:
        attributes = {"type": scope.kind, "vocabulary": scope.vocabulary, "code": scope.code}
        pen.narrated(pen.node(root, "humanitarian-scope", **attributes), scope.name)
    pen.code(root, "collaboration-type", one.collaboration)
    pen.code(root, "default-flow-type", one.flow)
    pen.code(root, "default-finance-type", one.finance)
    pen.code(root, "default-aid-type", one.aid)
    pen.code(root, "default-tied-status", one.tied)


def _budget(pen: Pen, root: Any, one: Budget) -> None:
    budget = pen.node(root, "budget", type="1", status="2" if one.committed else "1")
    pen.day(budget, "period-start", one.starts_on)
    pen.day(budget, "period-end", one.ends_on)
    pen.node(budget, "value", one.amount, currency=one.currency, value_date=one.valued_on or one.starts_on)


def _transaction(pen: Pen, root: Any, one: Transaction) -> None:
    moved = pen.node(root, "transaction", ref=one.ref)
    pen.code(moved, "transaction-type", one.kind)
    pen.day(moved, "transaction-date", one.happened_on)
    pen.node(moved, "value", one.amount, currency=one.currency, value_date=one.happened_on)
    pen.words(moved, "description", one.description)
    for tag, organisation in (("provider-org", one.provider), ("receiver-org", one.receiver)):
        if organisation:
            more = {f"{tag.removesuffix('-org')}_activity_id": organisation.activity}
            pen.organisation(moved, tag, organisation, **more)

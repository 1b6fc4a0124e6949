"""Exports that are broken in one way each: caught by the layer and the rule that they are for, on the line where they are broken."""

from pathlib import Path

import pytest
from lxml import etree

from tests.formats.exports import activities, activity, iati_faults, kinds, package, threesixty_faults
from viche.formats.faults import UnreadableError
from viche.formats.iati import schema

BROKEN = Path(__file__).with_name("broken")

# File, layer, rule, line, and what stands on that line.
IATI = [
    ("unclosed", "xml", "malformed", 14, ""),
    ("entity-bomb", "xml", "doctype", 2, "<!DOCTYPE"),
    ("external-entity", "xml", "doctype", 2, "<!DOCTYPE"),
    ("wrong-encoding", "xml", "malformed", 5, "<narrative>"),
    ("undeclared-prefix", "xml", "malformed", 24, "<ext:note>"),
    ("ampersand", "xml", "malformed", 6, "&nbsp;"),
    ("elements-out-of-order", "schema", "unexpected", 12, "<recipient-country"),
    ("date-is-no-date", "schema", "type", 10, "01.02.2024"),
    ("amount-with-spaces", "schema", "type", 13, "1 000,50"),
    ("no-status", "schema", "unexpected", 9, "<activity-date"),
    ("unknown-attribute", "schema", "unknown-attribute", 12, "share"),
    ("other-root", "schema", "root", 2, "<activities"),
    ("no-activities", "schema", "missing", 2, "<iati-activities"),
    ("old-version", "schema", "version", 2, "2.02"),
    ("budget-of-two-years", "rule", "7.5.3", 14, "2024-01-01"),
    ("sectors-make-110", "rule", "2.1.2", 12, 'percentage="60"'),
    ("paid-in-the-future", "rule", "11.2.1", 13, "2031-05-01"),
    ("no-currency", "rule", "7.8.1", 13, "<value"),
    ("value-in-words", "rule", "8.10.2", 26, "близько ста"),
    ("same-identifier", "rule", "duplicate-id", 26, "UA-EDR-00000000-LIB"),
    ("country-in-both", "rule", "3.6.2", 11, "<recipient-country"),
    ("unknown-sector", "code", "Sector", 23, "99911"),
    ("unknown-currency", "code", "Currency", 3, "ГРН"),
    ("unknown-language", "code", "Language", 8, "ukr"),
]

THREESIXTY = [
    ("a-list", "schema", "type", 1, "["),
    ("no-grants", "schema", "minItems", 3, "[]"),
    ("no-title", "schema", "required", 4, "{"),
    ("amount-in-words", "schema", "type", 9, "180 000 грн"),
    ("date-of-ours", "schema", "date", 10, "01.02.2024"),
    ("address-in-cyrillic", "schema", "address", 23, "приклад.укр"),
    ("recipient-not-in-a-list", "schema", "type", 11, "recipientOrganization"),
    ("organisation-and-person", "schema", "oneOf", 23, "recipientIndividual"),
    ("same-grant-twice", "schema", "uniqueItems", 24, "{"),
    ("version-of-three", "schema", "version", 2, "1.4.2"),
    ("same-identifier", "rule", "duplicate-id", 25, "360G-viche-1"),
    ("ends-before-it-starts", "rule", "period-order", 26, "2024-04-30"),
    ("awarded-in-the-future", "rule", "future-award", 10, "2031-01-01"),
    ("thirtieth-of-february", "rule", "impossible-date", 10, "2024-02-30"),
    ("mail-in-description", "rule", "mail-in-text", 7, "@"),
    ("unknown-currency", "code", "currency", 8, "ГРН"),
    ("unknown-country", "code", "countryCode", 26, "UKR"),
    ("unknown-reason", "code", "grantToIndividualsReason", 24, "GTIR999"),
]

UNREADABLE = [("unclosed", "json-malformed", "24"), ("not-a-number", "json-malformed", "4")]


def content(standard, name):
    (path,) = (BROKEN / standard).glob(f"{name}.*")
    return path.read_bytes()


def line(told, number):
    return told.decode("utf-8", "replace").split("\n")[number - 1]


@pytest.mark.parametrize(("name", "layer", "rule", "at", "there"), IATI, ids=[row[0] for row in IATI])
def test_a_broken_file_of_iati_is_caught_once_where_it_is_broken(name, layer, rule, at, there):
    told = content("iati", name)
    assert iati_faults(told) == [(layer, rule, at)]
    assert there in line(told, at)


@pytest.mark.parametrize(("name", "layer", "rule", "at", "there"), THREESIXTY, ids=[row[0] for row in THREESIXTY])
def test_a_broken_file_of_360giving_is_caught_once_where_it_is_broken(name, layer, rule, at, there):
    told = content("threesixty", name)
    assert threesixty_faults(told) == [(layer, rule, at)]
    assert there in line(told, at)


@pytest.mark.parametrize(("name", "said", "at"), UNREADABLE)
def test_what_is_no_json_is_not_read_at_all(name, said, at):
    with pytest.raises(UnreadableError) as reason:
        threesixty_faults(content("threesixty", name))
    assert (reason.value.said, reason.value.values["line"]) == (said, at)


def test_every_broken_file_is_in_the_table():
    named = {("iati", row[0]) for row in IATI} | {("threesixty", row[0]) for row in (*THREESIXTY, *UNREADABLE)}
    assert {(path.parent.name, path.stem) for path in BROKEN.glob("*/*")} == named


def test_each_layer_catches_what_the_others_do_not():
    layers = [layer for _, layer, *_ in IATI]
    assert {layer: layers.count(layer) for layer in layers} == {"xml": 6, "schema": 8, "rule": 7, "code": 3}
    assert {layer for _, layer, *_ in THREESIXTY} == {"schema", "rule", "code"}


@pytest.mark.parametrize("name", [row[0] for row in IATI if row[1] != "xml" and row[2] not in {"root", "version"}])
def test_the_schema_of_the_whole_file_agrees_with_ours_of_its_pieces(name):
    told = content("iati", name)
    xsd = etree.XMLSchema(etree.parse(schema.folder() / "iati-activities-schema.xsd"))
    whole = xsd.validate(etree.fromstring(told))
    assert whole == (not any(layer == "schema" for layer, _ in kinds(iati_faults(told))))
    if not whole:
        assert [error.line for error in xsd.error_log] == [at for _, _, at in iati_faults(told)]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"identifier": ""}, [("schema", "unexpected", 4)]),
        ({"identifier": "<iati-identifier/>"}, [("rule", "1.1.21", 4)]),
        ({"date": '<activity-date type="2" iso-date="2024-02-30"/>'}, [("schema", "type", 10)]),
        ({"attributes": 'xml:lang="uk" last-updated-datetime="учора"'}, [("schema", "type", 3)]),
        ({"spend": '<capital-spend percentage="сто"/>'}, [("schema", "type", 13), ("rule", "12.2.1", 13)]),
        ({"contact": '<activity-scope code="1"><a/></activity-scope>'}, [("schema", "unexpected", 11)]),
        ({"contact": '<activity-scope code="1">a</activity-scope>'}, [("schema", "text", 11)]),
        (
            {"sector": '<sector code="15112">\n<narrative xml:lang="uk"><b/></narrative></sector>'},
            [("schema", "schema", 13)],
        ),
        ({"status": '<activity-status code="2" xml:space="x"/>'}, [("schema", "schema", 9)]),
    ],
)
def test_other_ways_to_break_an_activity(parts, found):
    assert iati_faults(activities(activity(**parts))) == found


def test_what_was_broken_holds_otherwise():
    assert iati_faults(activities()) == []
    assert threesixty_faults(package()) == []

"""IATI's lists of codes: ours are the official ones, and hold wherever a code stands."""

import pytest
from lxml import etree

from tests.formats.exports import activities, activity, iati_faults, period, result, transaction
from viche.formats.iati import codes


def official(shared, name):
    root = etree.parse(shared / "standards" / "iati" / "codelists" / f"{name}.xml")
    return {item.findtext("code") for item in root.iter("codelist-item")}


def test_our_lists_are_the_official_ones(shared):
    differing = {name: codes.lists()[name] ^ official(shared, name) for name in codes.used()}
    assert {name: found for name, found in differing.items() if found} == {}


def test_we_carry_the_lists_that_something_is_held_to_and_no_other():
    assert codes.lists().keys() == codes.used()
    assert len(codes.used()) > 50


DOCUMENT = (
    '<document-link url="https://viche.example/a" format="{}"><title><narrative>т</narrative></title>'
    '<category code="{}"/><language code="{}"/></document-link>'
)
FORMAT, CATEGORY, LANGUAGE = "application/pdf", "A01", "uk"

WRONG = [
    ("Version", None),
    ("BudgetNotProvided", {"attributes": 'xml:lang="uk" budget-not-provided="9"'}),
    ("Language", {"attributes": 'xml:lang="xx"'}),
    ("Currency", {"transaction": transaction(value='<value currency="UKR" value-date="2024-01-01">1</value>')}),
    (
        "ActivityDateType",
        {"date": '<activity-date type="2" iso-date="2024-01-01"/><activity-date type="9" iso-date="2024-01-01"/>'},
    ),
    ("ActivityStatus", {"status": '<activity-status code="7"/>'}),
    ("OrganisationRole", {"participating": '<participating-org role="5" ref="a"/>'}),
    ("OrganisationType", {"transaction": transaction('<receiver-org ref="a" type="1"/>')}),
    ("Country", {"country": '<recipient-country code="UKR"/>'}),
    ("Country", {"location": '<location><administrative vocabulary="A4" code="UKR"/></location>'}),
    ("GeographicVocabulary", {"location": '<location><administrative vocabulary="B1" code="1"/></location>'}),
    ("Region", {"country": "", "region": '<recipient-region code="1"/>'}),
    ("Sector", {"sector": '<sector vocabulary="1" code="1"/>'}),
    ("SectorCategory", {"sector": '<sector code="15112"/><sector vocabulary="2" code="15112"/>'}),
    ("UNSDG-Goals", {"sector": '<sector code="15112"/><sector vocabulary="7" code="18"/>'}),
    ("UNSDG-Targets", {"tag": '<tag vocabulary="3" code="18.1"/>'}),
    ("TagVocabulary", {"tag": '<tag vocabulary="7" code="18.1"/>'}),
    (
        "BudgetIdentifier",
        {"items": '<country-budget-items vocabulary="1"><budget-item code="0"/></country-budget-items>'},
    ),
    ("AidType", {"kinds": '<default-aid-type code="Z01"/>'}),
    (
        "CashandVoucherModalities",
        {"transaction": transaction('<aid-type code="C01"/><aid-type vocabulary="4" code="3"/>')},
    ),
    ("PolicyMarker", {"marker": '<policy-marker code="99" significance="1"/>'}),
    ("TransactionType", {"transaction": transaction().replace('type code="3"', 'type code="30"')}),
    ("FileFormat", {"document": DOCUMENT.format("pdf", CATEGORY, LANGUAGE)}),
    ("DocumentCategory", {"document": DOCUMENT.format(FORMAT, "Z9", LANGUAGE)}),
    (
        "FileFormat",
        {"result": result(period(f'<actual value="1">{DOCUMENT.format("x", CATEGORY, LANGUAGE)}</actual>'))},
    ),
    ("IndicatorMeasure", {"result": result(measure="6")}),
    ("IndicatorVocabulary", {"result": result('<reference vocabulary="0" code="1"/>')}),
    ("ResultVocabulary", {"result": result(references='<reference vocabulary="1" code="1"/>')}),
    ("CRSChannelCode", {"crs": "<crs-add><channel-code> 1 </channel-code></crs-add>"}),
    (
        "ConditionType",
        {
            "conditions": '<conditions attached="1"><condition type="4"><narrative>т</narrative></condition></conditions>'
        },
    ),
]


@pytest.mark.parametrize(("name", "parts"), WRONG)
def test_a_code_that_its_list_does_not_have_is_found(name, parts):
    told = activities().replace(b"2.03", b"3.0") if parts is None else activities(activity(**parts))
    found = [one for one in iati_faults(told) if one[:2] != ("schema", "version")]
    assert [(layer, rule) for layer, rule, _ in found] == [("code", name)]


@pytest.mark.parametrize(
    "parts",
    [
        {"sector": '<sector code="15112"/><sector vocabulary="9" code="будь-що"/>'},
        {"location": '<location><administrative vocabulary="G1" code="UA05020030000031457"/></location>'},
        {"items": '<country-budget-items vocabulary="2"><budget-item code="0"/></country-budget-items>'},
        {"crs": "<crs-add><channel-code>10000</channel-code></crs-add>"},
        {"document": DOCUMENT.format(FORMAT, CATEGORY, LANGUAGE)},
        {"tag": '<tag vocabulary="99" code="будь-що" vocabulary-uri="https://viche.example/tags"/>'},
    ],
)
def test_codes_of_other_vocabularies_are_not_ours_to_judge(parts):
    assert iati_faults(activities(activity(**parts))) == []


def test_ukraines_register_is_known():
    assert "UA-EDR" in codes.lists()["OrganisationRegistrationAgency"]


def test_organisations_older_than_the_rules_may_be_called_as_they_are():
    old = min(codes.known_organisations())
    told = activities().replace(b"UA-EDR-00000000", old.encode())
    assert iati_faults(told) == []
    slashed = told.replace(f"{old}-LIB".encode(), f"{old}-A/B".encode())
    assert iati_faults(slashed) == []

"""What indicators come to leaves in IATI: targets, actuals and their parts, by period; few people in none of them."""

import io
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from tests.factories import events, programmes, results
from tests.site.donors import NOW, fund, library, publisher
from viche.formats.iati import checking, schema
from viche.programmes.operations import participants
from viche.site.queries import publication

pytestmark = pytest.mark.django_db
__all__ = ["fund", "library", "publisher"]
CELLS = {"f:adult": 20, "m:adult": 9, "m:youth": 3}


def told():
    """The programme's activity, from the file that passes all layers."""
    sifted = publication.Sifted(publication.IATI, publication.edition(NOW), NOW)
    content = b"".join(sifted.pieces())
    assert sifted.findings == []
    assert list(checking.check(io.BytesIO(content), now=NOW)) == []
    official = etree.XMLSchema(etree.parse(schema.folder() / "iati-activities-schema.xsd"))
    assert official.validate(etree.fromstring(content)), official.error_log
    return etree.fromstring(content).xpath("iati-activity[@hierarchy='1']")[0]


def held(fund):
    report = events.accepted(events.published(fund), total=32, cells=CELLS)
    assert report.total == 32


def test_a_counted_indicator_is_told_with_target_actual_parts_and_the_codes_of_donors(fund, library):
    goal = programmes.goal(fund, text="Люди беруть участь", text_en="People take part")
    codes = [{"donor": "Агенція", "code": "2.1"}]
    people = results.counted(fund, "heads", goal=goal, name="Людей прийшло", name_en="People came", donor_codes=codes)
    results.target(people, 100)
    results.target(people, 40, period=results.period(fund))
    held(fund)
    result = told().find("result")
    assert [one.text for one in result.findall("title/narrative")] == ["Люди беруть участь", "People take part"]
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert result.findall("title/narrative")[1].get(lang) == "en"
    indicator = result.find("indicator")
    assert indicator.get("aggregation-status") == "1"
    assert [one.text for one in indicator.findall("title/narrative")] == ["Людей прийшло", "People came"]
    assert indicator.find("reference").get("code") == "2.1"
    whole, quarter = indicator.findall("period")
    assert whole.find("target").get("value") == "100"
    assert (quarter.find("period-start").get("iso-date"), quarter.find("target").get("value")) == ("2024-04-01", "40")
    actuals = {tuple(one.xpath("dimension/@value")): one.get("value") for one in quarter.findall("actual")}
    assert actuals[()] == "32"
    assert actuals["жінки",] == "20"
    assert ("молодь 14–35",) not in actuals


def test_places_and_shares_are_not_to_be_added_up(fund, library):
    held(fund)
    people, meetings = results.counted(fund, "heads"), results.counted(fund, "events")
    results.counted(fund, "events", how="hromadas")
    results.ratio(people, meetings, unit="%", times=100)
    found = told().findall("result/indicator")
    assert [one.get("aggregation-status") for one in found] == ["1", "1", "0", "0"]
    assert [one.get("measure") for one in found] == ["1", "1", "1", "2"]
    assert [one.xpath("period/actual[not(dimension)]/@value") for one in found] == [["32"], ["1"], ["1"], ["3200"]]


def test_what_is_not_for_everybody_is_not_told_and_a_baseline_is(fund, library):
    results.counted(fund, "heads", is_public=False)
    shown = results.counted(fund, "participants", baseline=Decimal("2.50"), baseline_on=date(2023, 12, 31))
    officer = programmes.officer(fund)
    participants.admit(fund, library.organisation, kind="hub", by=officer, at=NOW)
    found = told().findall("result/indicator")
    assert [one.findtext("title/narrative") for one in found] == [shown.name]
    baseline = found[0].find("baseline")
    assert (baseline.get("year"), baseline.get("value")) == ("2023", "2.50")


def test_a_ratio_without_anything_below_has_no_period(fund, library):
    results.ratio(results.counted(fund, "heads"), results.counted(fund, "events"))
    found = told().findall("result/indicator")
    assert [len(one.findall("period")) for one in found] == [1, 1, 0]

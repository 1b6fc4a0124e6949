"""IATI's ruleset: ours is the official one, and every case of it finds what it is for and nothing else."""

import json
import re
from collections import Counter

import pytest

from tests.formats.exports import (
    PARTS,
    activities,
    activity,
    iati_faults,
    organisations,
    period,
    result,
    transaction,
)
from viche.formats.iati.kinds import KINDS
from viche.formats.iati.rules import RULES


def canonical(number, kind, where, facts):
    """One case in a form in which blanks, the order of equals and the way of looping make no difference."""

    def plain(value):
        if isinstance(value, list | tuple):
            return tuple(map(plain, value))
        if not isinstance(value, str):
            return float(value)
        told = re.sub(r" ?(!?=) ?", r"\1", value.replace("'$1'", "$each"))
        return told.replace("@vocabulary='' or @vocabulary='1' or", "@vocabulary='1' or @vocabulary='' or")

    return number, kind, where, tuple(sorted((name, plain(value)) for name, value in facts.items()))


def official(shared):
    """Every case of IATI's own file."""
    rules = json.loads((shared / "standards" / "iati" / "standard.json").read_text())
    for context, kinds in rules.items():
        where = context.replace("/iati-activities/iati-activity", "A")
        where = where.replace("/iati-organisations/iati-organisation", "O")
        for kind, cases in kinds.items():
            for case in cases["cases"]:
                inner = case.get("do") or {kind: {"cases": [case]}}
                loop = {"each": case["foreach"]} if "foreach" in case else {}
                for name, listed in inner.items():
                    for one in listed["cases"]:
                        facts = {key: value for key, value in one.items() if key != "ruleInfo"}
                        yield canonical(one["ruleInfo"]["id"], name, where, facts | loop)


def test_our_ruleset_is_the_official_one(shared):
    ours = Counter(canonical(rule.id, rule.kind, rule.where, rule.facts) for rule in RULES)
    theirs = Counter(official(shared))
    assert ours - theirs == Counter()
    assert theirs - ours == Counter()
    assert ours.total() == 107


def test_the_official_ruleset_has_fifteen_kinds(shared):
    rules = json.loads((shared / "standards" / "iati" / "standard.json").read_text())
    assert {kind for kinds in rules.values() for kind in kinds} == {*KINDS, "loop"}


def test_a_file_in_which_everything_holds():
    assert iati_faults(activities()) == []
    assert iati_faults(organisations()) == []


OWNER = '<other-identifier ref="x" type="A1">{}</other-identifier>'
PLANNED = (
    '<planned-disbursement><period-start iso-date="2024-01-01"/>{end}'
    '<value value-date="2024-01-01">1</value>{inner}</planned-disbursement>'
)
BUDGET = (
    '<budget><period-start iso-date="{}"/><period-end iso-date="{}"/><value value-date="2024-01-01">1</value></budget>'
)
ITEMS = '<country-budget-items vocabulary="2">{}</country-budget-items>'
NARRATIVE = "<narrative>т</narrative>"


def sectors(*shares, vocabulary="1"):
    marked = "".join(
        f'<sector vocabulary="{vocabulary}" code="{code}"{f""" percentage="{share}" """ if share else ""}/>'
        for code, share in shares
    )
    return marked if vocabulary == "1" else marked + PARTS["sector"]


def countries(*shares, kind="recipient-country", codes=("UA", "PL", "MD"), vocabulary=""):
    named = f' vocabulary="{vocabulary}"' if vocabulary else ""
    return "".join(
        f'<{kind} code="{code}"{named}{f""" percentage="{share}" """ if share else ""}/>'
        for code, share in zip(codes, shares, strict=False)
    )


def regions(*shares, vocabulary="1"):
    return countries(*shares, kind="recipient-region", codes=("89", "298", "798"), vocabulary=vocabulary)


def reporting(ref):
    return PARTS["reporting"].replace("UA-EDR-00000000", ref)


# What breaks one rule, and the rule; the file is otherwise in order.
BREAKING = [
    ("1.1.3", {"identifier": "<iati-identifier>UA-EDR-00000000</iati-identifier>"}, {"1.1.21"}),
    ("1.1.21", {"identifier": "<iati-identifier>UA-EDR-99999999-LIB</iati-identifier>"}, set()),
    (
        "1.14.8",
        {"reporting": reporting("QQ-NONE-1"), "identifier": "<iati-identifier>QQ-NONE-1-A</iati-identifier>"},
        set(),
    ),
    ("1.14.8", {"reporting": reporting("lone"), "identifier": "<iati-identifier>lone-A</iati-identifier>"}, set()),
    ("1.3.13", {"identifier": "<iati-identifier>UA-EDR-00000000-A/B</iati-identifier>"}, set()),
    (
        "1.14.13",
        {"reporting": reporting("UA-EDR-1|2"), "identifier": "<iati-identifier>UA-EDR-1|2-A</iati-identifier>"},
        {"1.3.13"},
    ),
    ("1.11.13", {"other": OWNER.format('<owner-org ref="a&amp;b"/>')}, set()),
    ("1.10.13", {"transaction": transaction('<provider-org ref="a?b"/>')}, set()),
    ("1.10.13", {"planned": PLANNED.format(end="", inner='<provider-org ref="a?b"/>')}, set()),
    ("1.15.13", {"transaction": transaction('<receiver-org ref="a/b"/>')}, set()),
    ("1.8.13", {"participating": '<participating-org role="1" ref="a/b"/>'}, set()),
    ("1.3.1", {"identifier": "<iati-identifier>UA-EDR-00000000-LIB\n</iati-identifier>"}, set()),
    (
        "1.14.1",
        {"reporting": reporting("UA-EDR-1 "), "identifier": "<iati-identifier>UA-EDR-1 -A</iati-identifier>"},
        set(),
    ),
    ("1.16.1", {"other": '<other-identifier ref=" x" type="B1"/>'}, set()),
    ("1.6.1", {"other": '<other-identifier ref="x " type="A3"/>'}, set()),
    ("1.7.1", {"related": '<related-activity ref=" x" type="1"/>'}, set()),
    ("1.11.1", {"other": OWNER.format('<owner-org ref="a "/>')}, set()),
    ("1.10.1", {"transaction": transaction('<provider-org ref=" a"/>')}, set()),
    ("1.4.1", {"transaction": transaction('<provider-org ref="a" provider-activity-id=" b"/>')}, set()),
    ("1.15.1", {"transaction": transaction('<receiver-org ref=" a"/>')}, set()),
    ("1.5.1", {"transaction": transaction('<receiver-org ref="a" receiver-activity-id=" b"/>')}, set()),
    ("1.8.1", {"participating": '<participating-org role="1" ref="a "/>'}, set()),
    ("1.9.1", {"participating": '<participating-org role="1" ref="a" activity-id="b "/>'}, set()),
    ("6.11.1", {"date": '<activity-date type="3" iso-date="2024-01-01"/>'}, set()),
    ("6.2.2", {"sector": ""}, set()),
    ("4.3.1", {"title": "<title><narrative/></title>"}, set()),
    ("4.4.1", {"description": "<description><narrative/></description>"}, set()),
    ("6.8.1", {"other": OWNER.format("<owner-org/>")}, set()),
    ("6.9.1", {"transaction": transaction("<provider-org/>")}, set()),
    ("6.9.2", {"planned": PLANNED.format(end="", inner="<receiver-org/>")}, set()),
    ("6.10.1", {"participating": '<participating-org role="1"/>'}, set()),
    ("4.1.1", {"attributes": 'default-currency="UAH"'}, set()),
    ("7.8.1", {"attributes": 'xml:lang="uk"', "transaction": transaction()}, set()),
    (
        "7.8.1",
        {"attributes": 'xml:lang="uk"', "crs": '<crs-add><loan-status year="2024" value-date="2024-01-01"/></crs-add>'},
        set(),
    ),
    ("11.1.1", {"attributes": 'xml:lang="uk" last-updated-datetime="2026-11-22T12:00:01Z"'}, set()),
    ("11.1.1", {"attributes": 'xml:lang="uk" last-updated-datetime="2026-11-22T12:00:01"'}, set()),
    (
        "11.1.2",
        {"date": '<activity-date type="1" iso-date="2024-02-01"/><activity-date type="3" iso-date="2024-01-01"/>'},
        set(),
    ),
    (
        "11.1.3",
        {"date": '<activity-date type="2" iso-date="2024-02-01"/><activity-date type="4" iso-date="2024-01-01"/>'},
        set(),
    ),
    ("11.1.4", {"date": '<activity-date type="2" iso-date="2026-11-23"/>'}, set()),
    ("11.1.5", {"date": PARTS["date"] + '<activity-date type="4" iso-date="2027-01-01Z"/>'}, set()),
    ("11.2.1", {"transaction": transaction() + transaction(day="2027-01-01")}, set()),
    ("11.2.2", {"transaction": transaction(value='<value value-date="2027-01-01+02:00">1</value>')}, set()),
    ("8.6.1", {"result": result(period(end="2023-12-31"))}, set()),
    ("8.6.3", {"planned": PLANNED.format(end='<period-end iso-date="2023-01-01"/>', inner="")}, set()),
    ("8.6.3", {"budget": BUDGET.format("2024-02-01", "2024-01-31")}, set()),
    ("7.5.3", {"budget": BUDGET.format("2024-01-01", "2025-01-02")}, set()),
    ("6.7.2", {"sector": "", "transaction": transaction('<sector code="15112"/>') + transaction()}, set()),
    ("6.6.2", {"transaction": transaction('<sector code="15112"/>')}, set()),
    ("2.1.1", {"sector": sectors(("15112", "50"), ("15150", "50"), ("15160", ""))}, set()),
    ("2.1.1", {"sector": sectors(("1", "50"), ("2", "50"), ("3", ""), vocabulary="9")}, set()),
    ("2.1.2", {"sector": sectors(("15112", "50"), ("15150", "50.1"))}, set()),
    ("2.1.2", {"sector": sectors(("1", "50"), ("2", "49.9999"), vocabulary="9")}, set()),
    ("2.1.4", {"sector": sectors(("15112", "99"))}, set()),
    ("2.1.4", {"sector": sectors(("1", "99"), vocabulary="9")}, set()),
    ("12.3.1", {"sector": sectors(("15112", "101"), ("15150", "-1"))}, set()),
    ("2.2.1", {"sector": sectors(("A", ""), vocabulary="99")}, set()),
    ("102.1.1", {"sector": '<sector vocabulary="9" code="1"/>'}, set()),
    ("107.1.1", {"kinds": '<default-aid-type vocabulary="2" code="1"/>'}, set()),
    ("107.2.1", {"transaction": transaction('<aid-type vocabulary="2" code="1"/>')}, set()),
    ("107.1.2", {"kinds": '<default-aid-type code="C01"/><default-aid-type vocabulary="1" code="C01"/>'}, set()),
    ("107.1.2", {"kinds": '<default-aid-type code="C01"/>' + '<default-aid-type vocabulary="2" code="1"/>' * 2}, set()),
    ("107.2.2", {"transaction": transaction('<aid-type code="C01"/>' * 2)}, set()),
    (
        "107.2.2",
        {"transaction": transaction('<aid-type code="C01"/>' + '<aid-type vocabulary="2" code="1"/>' * 2)},
        set(),
    ),
    ("6.14.1", {"marker": '<policy-marker code="1"/>'}, set()),
    ("6.13.1", {"marker": '<policy-marker vocabulary="99" code="1"/>'}, set()),
    ("3.1.1", {"country": countries("50", "50", "")}, set()),
    ("3.1.2", {"country": countries("50", "40")}, set()),
    ("3.1.4", {"country": countries("50")}, set()),
    ("3.4.1", {"country": "", "region": regions("50", "50", "")}, set()),
    ("3.4.2", {"country": "", "region": regions("50", "40")}, set()),
    ("3.4.2", {"country": countries("50"), "region": regions("40")}, set()),
    ("3.4.4", {"country": "", "region": regions("50")}, set()),
    ("3.6.2", {"transaction": transaction('<recipient-country code="UA"/>')}, set()),
    ("3.7.1", {"country": ""}, set()),
    ("3.7.2", {"country": "", "transaction": transaction('<recipient-country code="UA"/>') + transaction()}, set()),
    ("12.1.1", {"country": countries("150", "-50")}, set()),
    ("12.1.1", {"country": "", "region": regions("150", "-50")}, set()),
    ("12.2.1", {"spend": '<capital-spend percentage="100.1"/>'}, set()),
    (
        "12.2.1",
        {"items": ITEMS.format('<budget-item code="1" percentage="150"/><budget-item code="2" percentage="-50"/>')},
        set(),
    ),
    ("7.9.1", {"items": ITEMS.format('<budget-item code="1"/><budget-item code="2"/>')}, {"7.9.2"}),
    (
        "7.9.2",
        {"items": ITEMS.format('<budget-item code="1" percentage="10"/><budget-item code="2" percentage="80"/>')},
        set(),
    ),
    ("7.9.4", {"items": ITEMS.format('<budget-item code="1" percentage="10"/>')}, set()),
    (
        "8.11.1",
        {"result": result('<reference vocabulary="1" code="1"/>', references='<reference vocabulary="99" code="1"/>')},
        set(),
    ),
    ("8.8.1", {"result": result('<baseline year="2023"/>')}, set()),
    ("8.8.2", {"result": result('<baseline year="2023" value="багато"/>')}, set()),
    ("8.8.3", {"result": result('<baseline year="2023" value="1"/>', measure="5")}, set()),
    ("8.9.1", {"result": result(period("<target/>"))}, set()),
    ("8.9.2", {"result": result(period('<target value="1 000"/>'))}, set()),
    ("8.9.3", {"result": result(period('<target value="1"/>'), measure="5")}, set()),
    ("8.10.1", {"result": result(period("<actual/>"))}, set()),
    ("8.10.2", {"result": result(period('<actual value="о"/>'))}, set()),
    ("8.10.3", {"result": result(period('<actual value="1"/>'), measure="5")}, set()),
]


@pytest.mark.parametrize(("rule", "parts", "also"), BREAKING, ids=lambda told: told if isinstance(told, str) else "")
def test_each_rule_finds_what_breaks_it_and_nothing_else(rule, parts, also):
    found = iati_faults(activities(activity(**parts)))
    assert {(layer, name) for layer, name, _ in found} == {("rule", name) for name in {rule, *also}}


COUNTRY = '<recipient-country code="UA"/>'
LINE = '<budget-line><value value-date="{}" currency="UAH">1</value><narrative>т</narrative></budget-line>'


def spent(kind, start, end, whom="", line=""):
    value = '<value value-date="2024-01-01" currency="UAH">1</value>'
    span = f'<period-start iso-date="{start}"/><period-end iso-date="{end}"/>'
    return f"<{kind}>{whom}{span}{value}{line}</{kind}>"


BUDGETS = {
    "total-budget": "",
    "recipient-org-budget": f'<recipient-org ref="UA-EDR-1">{NARRATIVE}</recipient-org>',
    "recipient-region-budget": '<recipient-region code="89"/>',
    "recipient-country-budget": COUNTRY,
    "total-expenditure": "",
}

BREAKING_ORGANISATIONS = [
    ("1.18.8", {"reporting": reporting("QQ-1")}),
    ("1.12.13", {"identifier": "<organisation-identifier>a/b</organisation-identifier>"}),
    ("1.18.13", {"reporting": reporting("UA-EDR-a|b")}),
    ("1.12.1", {"identifier": "<organisation-identifier> a</organisation-identifier>"}),
    (
        "1.17.1",
        {
            "budgets": spent(
                "recipient-org-budget",
                "2024-01-01",
                "2024-12-31",
                f'<recipient-org ref=" a">{NARRATIVE}</recipient-org>',
            )
        },
    ),
    ("1.18.1", {"reporting": reporting("UA-EDR-1 ")}),
    ("11.4.1", {"attributes": 'xml:lang="uk" last-updated-datetime="2027-01-01T00:00:00Z"'}),
    ("4.5.1", {"attributes": ""}),
    (
        "7.8.2",
        {
            "attributes": 'xml:lang="uk"',
            "budgets": spent("total-budget", "2024-01-01", "2024-12-31").replace(' currency="UAH"', ""),
        },
    ),
    (
        "11.3.1",
        {"budgets": spent("recipient-country-budget", "2024-01-01", "2024-12-31", COUNTRY, LINE.format("2025-01-01"))},
    ),
    *(("8.6.3", {"budgets": spent(kind, "2024-02-01", "2024-01-01", whom)}) for kind, whom in BUDGETS.items()),
    *(("7.5.3", {"budgets": spent(kind, "2024-01-01", "2025-02-01", whom)}) for kind, whom in BUDGETS.items()),
]


@pytest.mark.parametrize(
    ("rule", "parts"), BREAKING_ORGANISATIONS, ids=lambda told: told if isinstance(told, str) else ""
)
def test_each_rule_of_organisations_finds_what_breaks_it(rule, parts):
    found = iati_faults(organisations(**parts))
    assert {(layer, name) for layer, name, _ in found} == {("rule", rule)}


def test_no_rule_is_left_without_something_that_breaks_it():
    broken = {rule for rule, *_ in (*BREAKING, *BREAKING_ORGANISATIONS)}
    assert {rule.id for rule in RULES} - broken == set()

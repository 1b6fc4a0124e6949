"""360Giving: our table of fields and the official schema judge the same files alike; rules and lines are ours."""

import copy
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.exports import GRANT, NOW, grant, kinds, package, threesixty_faults
from viche.formats.faults import UnreadableError
from viche.formats.threesixty import checking, fields, reading

IN_THE_SCHEMA = {"currency", "countryCode", "fromOpenCall"}
"""Lists of codes that the official schema has; the others it names only."""


@pytest.fixture(scope="session")
def one_official(shared):
    return json.loads((shared / "standards" / "threesixtygiving" / "360-giving-schema.json").read_text())


def ours(content):
    """What we find that the official schema finds too."""
    found = threesixty_faults(content)
    return [(layer, rule) for layer, rule, _ in found if layer == "schema" or rule in IN_THE_SCHEMA]


def test_our_lists_of_codes_are_the_official_ones(one_official):
    assert fields.lists()["currency"] == set(one_official["$defs"]["currency"]["enum"])
    assert fields.lists()["countryCode"] == set(one_official["$defs"]["Location"]["properties"]["countryCode"]["enum"])


def test_our_table_has_the_official_fields(one_official):
    names = {"Document": "Documents"}
    for ours_of, told in fields.OBJECTS.items():
        if ours_of in {"Package", "Publisher", "Grant", "ToIndividuals"}:
            continue
        theirs = one_official["$defs"][names.get(ours_of, ours_of)]
        assert told.keys() == theirs["properties"].keys()
        assert {name for name, field in told.items() if field.needed} == set(theirs.get("required", []))
    assert fields.OBJECTS["Grant"].keys() == one_official["properties"].keys()
    details = one_official["properties"]["toIndividualsDetails"]["properties"]
    assert fields.OBJECTS["ToIndividuals"].keys() == details.keys()


def test_our_package_has_the_official_fields(official):
    theirs = official.schema["properties"]
    assert fields.OBJECTS["Package"].keys() == theirs.keys()
    assert fields.OBJECTS["Publisher"].keys() == theirs["publisher"]["properties"].keys()


PLAIN = {
    "text": ["", "а", "360G"],
    "number": [0, 1, 2.5, -3, 10**40],
    "length": [0, 6, 2.5],
    "date": ["2024-02-01", "2024-02-30", "2024-02-01T12:00:00+02:00", "2024-02-29T00:00:00.5Z"],
    "part": ["2024", "2024-02", "2024-02-01", "2024-02-01T12:00:00Z"],
    "moment": ["2024-02-01T12:00:00Z", "2024-02-01t12:00:00z"],
    "address": ["https://viche.example/a?b=c#d", "mailto:a@b", "http://[::1]:80/", "urn:x", "http://1.2.3.4"],
    "version": ["1.4", "10.0"],
}
WRONG = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "а",
    [],
    {},
    [None],
    [[]],
    "2024-13-01",
    "2024-02-01T25:00:00Z",
    "2024-02-30T00:00:00Z",
    "2024-1",
    "://",
    "http://a b",
    "http://[1]",
    "https://приклад.укр",
    "UAH",
    "UA",
    "Yes",
    "1",
    "0000-01-01T00:00:00Z",
]


@st.composite
def values(draw, field):
    """A value that its field may have."""
    if field.many:
        item = fields.Field(field.name, field.kind, needed=False, nullable=False, many=False, least=0)
        return draw(st.lists(values(item), min_size=field.least, max_size=2))
    if field.nullable and draw(st.booleans()):
        return None
    if field.kind in fields.OBJECTS:
        return draw(objects(field.kind))
    if field.kind in fields.lists():
        return draw(st.sampled_from(sorted(fields.lists()[field.kind])))
    return draw(st.sampled_from(PLAIN[field.kind]))


@st.composite
def objects(draw, kind):
    told = {}
    for field in fields.OBJECTS[kind].values():
        if field.needed or draw(st.integers(0, 3)) == 0:
            told[field.name] = draw(values(field))
    if kind == "Grant":
        chosen = draw(st.sampled_from(fields.RECIPIENTS))
        for name in fields.RECIPIENTS:
            told.pop(name, None)
        told[chosen] = draw(values(fields.OBJECTS["Grant"][chosen]))
    return told


@st.composite
def packages(draw):
    told = draw(objects("Package"))
    told["grants"] = told["grants"] or [GRANT]
    for at, one in enumerate(told["grants"]):
        one["id"] = str(at)
    if "extensions" in told:
        told["extensions"] = list(dict.fromkeys(told["extensions"]))
    return told


def paths(value, path=()):
    """Where every value inside a value stands."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths(one, (*path, key))


@given(packages())
@settings(max_examples=30)
def test_what_we_take_for_right_the_official_schema_does_too(official, told):
    assert [error.message for error in official.iter_errors(told)] == []
    assert ours(json.dumps(told).encode()) == []


@given(packages(), st.data())
@settings(max_examples=120)
def test_what_is_broken_is_broken_for_both(official, told, data):
    broken = copy.deepcopy(told)
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from([path for path in paths(broken) if path]))
        holder = broken
        for step in way:
            holder = holder[step]
        if data.draw(st.booleans()) and isinstance(holder, dict):
            del holder[last]
        else:
            holder[last] = data.draw(st.sampled_from(WRONG))
    assert bool(ours(json.dumps(broken).encode())) == (not official.is_valid(broken))


@given(
    st.text(st.sampled_from("aZ0-9:/?#[]@!$&'()*+,;=%.~_ п")),
    st.sampled_from(["", "http://", "a:", "http://[::", "x://a/"]),
)
@settings(max_examples=400)
def test_an_address_is_one_for_both(official, rest, start):
    told = start + rest
    assert fields.is_address(told) == official.format_checker.conforms(told, "uri")


@given(
    st.from_regex(
        r"[0-9]{4}-[01][0-9]-[0-3][0-9][Tt][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,3})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])",
        fullmatch=True,
    )
)
@settings(max_examples=200)
def test_a_moment_is_one_for_both(official, told):
    assert fields.is_moment(told) == official.format_checker.conforms(told, "date-time")


@given(packages(), st.integers(0, 4))
@settings(max_examples=25)
def test_every_value_is_found_on_its_line(told, indent):
    text = json.dumps(told, ensure_ascii=False, indent=indent)
    found = reading.positions(text, 0)
    assert found.keys() == set(paths(told))
    decoder = json.JSONDecoder()
    for path, at in found.items():
        value = told
        for step in path:
            value = value[step]
        assert decoder.raw_decode(text, at)[0] == value


@pytest.mark.parametrize(
    ("changes", "layer", "rule"),
    [
        ({"amountAwarded": -1}, "rule", "negative-amount"),
        ({"amountDisbursed": 1e400}, "rule", "endless-number"),
        ({"amountAppliedFor": 10**5000}, "rule", "endless-number"),
        ({"awardDate": "2024-04-31"}, "rule", "impossible-date"),
        ({"awardDate": "2026-11-23"}, "rule", "future-award"),
        ({"awardDate": "2026-11-23T00:00:00+14:00"}, "rule", "future-award"),
        ({"actualDates": [{"startDate": "2027-01-01"}]}, "rule", "future-actual"),
        ({"plannedDates": [{"startDate": "2025", "endDate": "2024-12"}]}, "rule", "period-order"),
        ({"title": "Пишіть: a.b@viche.example"}, "rule", "mail-in-text"),
        ({"regrantType": "FRG999"}, "code", "regrantType"),
        ({"locationScope": "GLS010 "}, "code", "locationScope"),
        ({"fromOpenCall": "Так"}, "code", "fromOpenCall"),
        ({"recipientOrganization": []}, "schema", "minItems"),
        ({"plannedDates": [{"duration": -1}]}, "schema", "minimum"),
        ({"disbursementTransaction": [{"valueDate": None}]}, "schema", "type"),
        ({"dateModified": "2024-02-01"}, "schema", "moment"),
        ({"actualDates": [{"endDate": "2024-00"}]}, "schema", "part"),
        ({"actualDates": ["2024"]}, "schema", "type"),
    ],
)
def test_each_rule_finds_what_breaks_it_and_nothing_else(changes, layer, rule):
    infinite = package(grant(**changes)).replace(b"Infinity", b"1e400") if changes.get("amountDisbursed") else None
    told = infinite or written(changes)
    assert kinds(threesixty_faults(told)) == {(layer, rule)}


def written(changes):
    """A package of one changed grant; Python itself does not write numbers of 5000 digits."""
    if changes.get("amountAppliedFor"):
        return (
            package(grant(amountAppliedFor=7))
            .replace(b": 7,", b": 1" + b"0" * 5000 + b",")
            .replace(b": 7\n", b": 1" + b"0" * 5000 + b"\n")
        )
    return package(grant(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"plannedDates": [{"startDate": "2024", "endDate": "2024-02"}]},
        {"plannedDates": [{"startDate": "2031-01-01"}, {"endDate": "2024"}]},
        {"actualDates": [{"startDate": "2024-05-05", "endDate": "2024-05-05"}]},
        {"awardDate": "2026-11-22"},
        {"title": "@viche і 5 @ 6"},
        {"ourOwnField": {"anything": None}},
        {"plannedDates": [{"startDate": 5}]},
    ],
)
def test_what_no_rule_is_against(changes):
    assert [one for one in threesixty_faults(package(grant(**changes))) if one[0] == "rule"] == []


def test_a_person_may_be_the_recipient():
    person = grant("recipientOrganization", recipientIndividual={"id": "1", "name": "Отримувач гранту"})
    assert threesixty_faults(package(person)) == []
    assert kinds(threesixty_faults(package(grant("recipientOrganization")))) == {("schema", "required")}


def test_the_same_grant_is_told_once_and_not_as_the_same_identifier():
    other = grant(id="360G-viche-2", amountAwarded=1)
    same = grant(id="360G-viche-2", amountAwarded=1.0)
    assert kinds(threesixty_faults(package(other, same))) == {("schema", "uniqueItems")}
    assert kinds(threesixty_faults(package(other, grant(id="360G-viche-2", amountAwarded=True)))) == {
        ("schema", "type"),
        ("rule", "duplicate-id"),
    }
    huge = b": 1" + b"0" * 40
    told = package(other, same).replace(b'"amountAwarded": 1', b'"amountAwarded"' + huge)
    assert ("schema", "uniqueItems") not in kinds(threesixty_faults(told.replace(huge + b".0", b": 5")))


def test_extensions_are_not_repeated():
    assert kinds(threesixty_faults(package(extensions=["a", "a"]))) == {("schema", "uniqueItems")}
    assert threesixty_faults(package(extensions=["a", "b"])) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b"", "json-malformed"),
        (b"nonsense", "json-malformed"),
        (b'{"grants": [', "json-malformed"),
        (b'{"grants": [{}', "json-malformed"),
        (b'{"grants": [{} {}]}', "json-malformed"),
        (b'{"a": 1 "b": 2}', "json-malformed"),
        (b'{"a" 1}', "json-malformed"),
        (b"{1: 2}", "json-malformed"),
        (b'{"a": -Infinity}', "json-malformed"),
        (b'{"a": 1}}', "json-malformed"),
        (b"[1] 2", "json-malformed"),
        ('{"a": "ґрант"}'.encode("cp1251"), "json-bytes"),
        (b"[" * 200_000, "json-deep"),
        (b'{"grants": [' + b'{"a":' * 200_000, "json-deep"),
    ],
)
def test_what_is_no_json_is_not_read_at_all(told, said):
    with pytest.raises(UnreadableError) as reason:
        threesixty_faults(told)
    assert reason.value.said == said
    assert int(reason.value.values["line"]) == 1


def test_what_is_nested_as_deep_as_python_reads_ends_in_a_sentence():
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    with pytest.raises(UnreadableError, match="json-deep"):
        threesixty_faults(package(grant(extra=1)).replace(b'"extra": 1', b'"extra": ' + deep))


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST", 100)
    with pytest.raises(UnreadableError, match="json-large"):
        threesixty_faults(package())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_fault(encoding):
    assert threesixty_faults(package().decode().encode(encoding)) == []


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (b"[]", "type"),
        (b"5", "type"),
        (b"null", "type"),
        (b"{}", "required"),
        (b'{"grants": 5}', "type"),
        (b'{"grants": [5]}', "type"),
    ],
)
def test_a_file_that_is_something_else_is_told_so(told, rule):
    assert threesixty_faults(told) == [("schema", rule, 1)]


def test_a_long_value_is_told_in_part():
    (fault,) = checking.check(io.BytesIO(package(grant(currency="x" * 500))), now=NOW)
    assert len(fault.values["value"]) == checking.MOST_TOLD + 1


@pytest.mark.parametrize("told", ["http://[1]/", "http://[::g]/", "http://[::1", "viche.example", "http://a b", ""])
def test_what_is_no_address(told, official):
    assert not fields.is_address(told)
    assert not official.format_checker.conforms(told, "uri")


def test_lines_are_found_in_any_order():
    text = reading.Text("a\nb\nc")
    assert [text.line_of(at) for at in (4, 0, 2, 2)] == [3, 1, 2, 2]

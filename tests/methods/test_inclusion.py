"""Inclusion: rules as data, judged with figures; what is unknown is counted openly, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import inclusion
from viche.methods.inclusion import BadRules, Facts

SPEAKERS = {"speakers": {"share": 40, "blocks": True}}
ALL = {
    "partners": {"least": 1},
    "voices": {"least": 3, "blocks": False},
    "groups": {"least": 2, "blocks": True},
    **SPEAKERS,
}
numbers = st.integers(min_value=0, max_value=300)


def speakers(women=0, men=0, unknown=0, **more):
    return inclusion.judge(SPEAKERS, Facts(women=women, men=men, unknown=unknown, **more))[0]


def test_no_rules_ask_for_nothing():
    assert inclusion.judge({}, Facts()) == []
    assert inclusion.is_open([])


def test_rules_are_read_in_one_order_and_advise_unless_told_otherwise():
    found = inclusion.read(ALL)
    assert [rule.name for rule in found] == ["speakers", "groups", "voices", "partners"]
    assert [rule.blocks for rule in found] == [True, True, False, False]
    assert [rule.asks for rule in found] == [40, 2, 3, 1]


@pytest.mark.parametrize(
    ("rules", "rule", "why"),
    [
        ([], "", "shape"),
        (None, "", "shape"),
        ({"speaker": {"share": 40}}, "speaker", "unknown"),
        ({"speakers": 40}, "speakers", "shape"),
        ({"speakers": {"least": 1}}, "speakers", "unknown"),
        ({"groups": {"share": 40}}, "groups", "unknown"),
        ({"groups": {}}, "groups", "number"),
        ({"groups": {"least": "1"}}, "groups", "number"),
        ({"groups": {"least": True}}, "groups", "number"),
        ({"groups": {"least": 0}}, "groups", "range"),
        ({"groups": {"least": 10}}, "groups", "range"),
        ({"speakers": {"share": 51}}, "speakers", "range"),
        ({"speakers": {"share": -1}}, "speakers", "range"),
        ({"voices": {"least": 2, "blocks": 1}}, "voices", "blocks"),
        ({"partners": {"least": 2, "blocks": "no"}}, "partners", "blocks"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_place(rules, rule, why):
    with pytest.raises(BadRules) as refused:
        inclusion.judge(rules, Facts())
    assert (refused.value.rule, refused.value.why) == (rule, why)
    assert why in str(refused.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*inclusion.RULES, "share", "least", "blocks", "x"]), inner, max_size=4)
        ),
        max_leaves=8,
    )
)
def test_whatever_is_kept_is_read_or_refused(kept):
    try:
        found = inclusion.read(kept)
    except BadRules:
        return
    assert {rule.name for rule in found} == set(kept)


@pytest.mark.parametrize(
    ("women", "men", "unknown", "key", "found"),
    [
        (2, 3, 0, "met", 40),
        (3, 2, 0, "met", 40),
        (1, 2, 0, "short", 33),
        (5, 0, 0, "short", 0),
        (1, 0, 0, "alone", 0),
        (0, 0, 1, "alone", None),
        (0, 0, 0, "none", None),
        (0, 0, 4, "unknown", None),
        (1, 2, 2, "unknown", 33),
        (1, 9, 1, "short", 10),
        (2, 2, 3, "met", 50),
    ],
)
def test_the_share_of_the_rarer_sex(women, men, unknown, key, found):
    one = speakers(women, men, unknown)
    assert (one.key, one.found, one.unknown, one.wanted) == (key, found, unknown, 40)
    assert one.met == (key in {"met", "alone"})
    assert one.refuses == (not one.met)


def test_nobody_needs_to_speak_at_a_game():
    one = speakers(expects_speakers=False)
    assert (one.key, one.met) == ("needless", True)
    assert speakers(1, 5, expects_speakers=False).key == "short"


@given(numbers, numbers, numbers)
def test_women_and_men_are_judged_alike(women, men, unknown):
    assert speakers(women, men, unknown) == speakers(men, women, unknown)


@given(numbers, numbers)
def test_an_even_number_is_always_enough(women, unknown):
    assert speakers(women + 1, women + 1, unknown).met


@given(numbers, numbers, numbers)
def test_unknown_means_that_some_answer_would_balance(women, men, unknown):
    one = speakers(women, men, unknown)
    answers = [speakers(women + n, men + unknown - n) for n in range(unknown + 1)]
    if one.key == "unknown":
        assert any(answer.met for answer in answers)
    if one.key == "short":
        assert not any(answer.met for answer in answers)


@pytest.mark.parametrize(
    ("facts", "key", "met"),
    [
        ({"groups": 2}, "met", True),
        ({"groups": 1, "groups_unsaid": 1}, "unsaid", False),
        ({"groups": 1}, "short", False),
        ({"groups_unsaid": 5}, "unsaid", False),
    ],
)
def test_groups_count_with_a_named_way(facts, key, met):
    one = inclusion.judge({"groups": {"least": 2, "blocks": True}}, Facts(**facts))[0]
    assert (one.key, one.met, one.refuses) == (key, met, not met)
    assert one.unknown == facts.get("groups_unsaid", 0)


@pytest.mark.parametrize("name", ["voices", "partners"])
def test_voices_and_partners_are_counted(name):
    rules = {name: {"least": 2}}
    few, enough = (inclusion.judge(rules, Facts(**{name: count}))[0] for count in (1, 2))
    assert (few.key, few.met, few.found, few.wanted, few.refuses) == ("short", False, 1, 2, False)
    assert (enough.key, enough.met, enough.found) == ("met", True, 2)


def test_advice_never_refuses_and_a_condition_does():
    findings = inclusion.judge(ALL, Facts(women=1, men=1, groups=2))
    assert [one.met for one in findings] == [True, True, False, False]
    assert inclusion.is_open(findings)
    assert not inclusion.is_open(inclusion.judge(ALL, Facts(women=1, men=1)))


def test_nobody_is_fewer_than_none():
    with pytest.raises(ValueError, match="none"):
        inclusion.judge({}, Facts(men=-1))


def test_facts_are_read_from_an_event():
    values = {
        "speakers_women": 2,
        "speakers_men": 1,
        "speakers_unknown": 3,
        "format": "game",
        "groups": [
            {"group": "older", "how": "довеземо"},
            {"group": "older", "how": ""},
            {"group": "youth", "how": "  "},
        ],
        "voices": ["council", "civil", "council"],
        "partners": ["Разом", " разом ", "", "Світло"],
    }
    facts = inclusion.facts_of(values, silent_formats=["game"])
    assert facts == Facts(2, 1, 3, expects_speakers=False, groups=1, groups_unsaid=1, voices=2, partners=2)
    assert inclusion.facts_of(values).expects_speakers

"""Weighted scores, places and the budget."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import ranking
from viche.methods.ranking import Criterion, Ranked

CRITERIA = [Criterion("need", 40, 5), Criterion("plan", 35, 10), Criterion("partners", 25, 4)]
scores = st.integers(0, 1000).map(lambda tenths: Decimal(tenths).scaleb(-1))
items = st.dictionaries(st.text(max_size=3), st.lists(scores, max_size=4), max_size=12)


def tens(*numbers):
    return [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"need": 5, "plan": 10, "partners": 4}, "100.0"),
        ({"need": 0, "plan": 0, "partners": 0}, "0.0"),
        ({"need": 3, "plan": 7, "partners": 2}, "61.0"),  # 24 + 24.5 + 12.5
        ({"need": 4, "plan": 9, "partners": 3}, "82.3"),  # 32 + 31.5 + 18.75 = 82.25, half up
        ({"need": Decimal("4.5"), "plan": 9, "partners": 3}, "86.3"),
    ],
)
def test_score(marks, expected):
    assert str(ranking.score(CRITERIA, marks)) == expected


@pytest.mark.parametrize(
    ("criteria", "why", "key"),
    [
        ([], "none", ""),
        ([Criterion("a", 50, 5), Criterion("a", 50, 5)], "twice", "a"),
        ([Criterion("a", 0, 5), Criterion("b", 100, 5)], "not_positive", "a"),
        ([Criterion("a", 110, 5), Criterion("b", -10, 5)], "not_positive", "b"),
        ([Criterion("a", 100, 0)], "scale", "a"),
        ([Criterion("a", 50, 5), Criterion("b", 49, 5)], "not_hundred", ""),
        ([Criterion("a", 101, 5)], "not_hundred", ""),
    ],
)
def test_criteria_that_cannot_be_used(criteria, why, key):
    with pytest.raises(ranking.WeightsFault) as refusal:
        ranking.check(criteria)
    assert (refusal.value.why, refusal.value.key) == (why, key)
    with pytest.raises(ranking.WeightsFault):
        ranking.score(criteria, {})


@pytest.mark.parametrize(
    ("marks", "why", "key"),
    [
        ({"need": 5, "plan": 10}, "missing", "partners"),
        ({"need": 5, "plan": 10, "partners": 4, "zeal": 1, "charm": 2}, "unknown", "charm"),
        ({"need": 6, "plan": 10, "partners": 4}, "out_of_scale", "need"),
        ({"need": 5, "plan": -1, "partners": 4}, "out_of_scale", "plan"),
    ],
)
def test_marks_that_do_not_fit(marks, why, key):
    with pytest.raises(ranking.ScoresFault) as refusal:
        ranking.score(CRITERIA, marks)
    assert (refusal.value.why, refusal.value.key) == (why, key)


@given(st.integers(0, 5), st.integers(0, 10), st.integers(0, 4), st.sampled_from(["need", "plan", "partners"]))
def test_a_better_mark_never_makes_a_worse_score(need, plan, partners, better):
    marks = {"need": need, "plan": plan, "partners": partners}
    scale = {criterion.key: criterion.scale for criterion in CRITERIA}[better]
    before = ranking.score(CRITERIA, marks)
    marks[better] = min(marks[better] + 1, scale)
    assert 0 <= before <= ranking.score(CRITERIA, marks) <= 100


def test_mean_and_spread():
    assert ranking.mean([]) is None
    assert ranking.spread([]) is None
    assert str(ranking.mean(tens("70.1", "70.2"))) == "70.2"  # 70.15, half up
    assert str(ranking.mean(tens("70", "70", "71"))) == "70.3"
    assert str(ranking.spread(tens("70.1", "41", "90"))) == "49.0"


def test_equal_scores_share_a_place():
    ranked = ranking.rank(
        [("d", tens("50")), ("c", tens("70", "74")), ("e", []), ("b", tens("72")), ("a", tens("90")), ("f", [])]
    )
    assert ranked == [
        Ranked(1, "a", Decimal(90), Decimal(0), 1),
        Ranked(2, "b", Decimal(72), Decimal(0), 1),
        Ranked(2, "c", Decimal(72), Decimal(4), 2),
        Ranked(4, "d", Decimal(50), Decimal(0), 1),
        Ranked(None, "e", None, None, 0),
        Ranked(None, "f", None, None, 0),
    ]


def test_nothing_given_is_better_than_nothing_read():
    assert [line.place for line in ranking.rank([(1, []), (2, tens("0"))])] == [1, None]
    assert ranking.rank([]) == []


@given(items, st.randoms())
def test_ranking_does_not_depend_on_the_order_given(given_items, random):
    shuffled = list(given_items.items())
    random.shuffle(shuffled)
    ranked = ranking.rank(shuffled)
    assert ranked == ranking.rank(given_items.items())
    assert {line.key for line in ranked} == set(given_items)
    reviewed = [line for line in ranked if line.score is not None]
    assert ranked[: len(reviewed)] == reviewed
    for line in reviewed:
        assert line.place == 1 + sum(other.score > line.score for other in reviewed)
        assert min(given_items[line.key]) - Decimal("0.1") < line.score < max(given_items[line.key]) + Decimal("0.1")


RANKED = ranking.rank([("a", tens("90")), ("b", tens("80")), ("c", tens("80")), ("d", tens("70")), ("e", [])])


@pytest.mark.parametrize(
    ("asked", "budget", "limits", "chosen"),
    [
        ({"a": 50, "b": 50, "c": 50, "d": 50, "e": 50}, 1000, (None, None), ["a", "b", "c", "d"]),
        ({"a": 50, "b": 50, "c": 50, "d": 50}, 100, (None, None), ["a", "b"]),
        ({"a": 50, "b": 60, "c": 40, "d": 10}, 100, (None, None), ["a", "c", "d"]),
        ({"a": 150, "b": 60, "c": 40, "d": 10}, 150, (None, 100), ["a", "c", "d"]),
        ({"a": 50, "b": 9, "c": 40, "d": 10}, 150, (10, 100), ["a", "c", "d"]),
        ({"a": 50, "b": 0, "d": 10}, 150, (None, None), ["a", "d"]),
        ({"a": 50}, 0, (None, None), []),
    ],
)
def test_within_budget(asked, budget, limits, chosen):
    wishes = {key: Decimal(amount) for key, amount in asked.items()}
    least, most = (None if limit is None else Decimal(limit) for limit in limits)
    assert ranking.within_budget(RANKED, wishes, Decimal(budget), least, most) == chosen


@given(items, st.dictionaries(st.text(max_size=3), scores), scores, scores)
def test_the_budget_is_never_exceeded_and_nobody_who_fits_is_left_out(given_items, asked, budget, most):
    ranked = ranking.rank(given_items.items())
    chosen = ranking.within_budget(ranked, asked, budget, None, most)
    spent = sum(min(asked[key], most) for key in chosen)
    assert spent <= budget
    for line in ranked:
        wish = asked.get(line.key, Decimal(0))
        if line.score is not None and wish > 0 and line.key not in chosen:
            assert min(wish, most) > budget - spent


def test_the_panel_is_told_where_equals_were_cut_apart():
    assert ranking.cut_between_equals(RANKED, ["a", "b"]) == ["b", "c"]
    assert ranking.cut_between_equals(RANKED, ["a", "b", "c"]) == []
    assert ranking.cut_between_equals(RANKED, []) == []

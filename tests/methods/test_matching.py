"""Items and reviewers, compared with every assignment there could be."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import matching


def loads(pairs, reviewers):
    counted = Counter(reviewer for _item, reviewer in pairs)
    return [counted[reviewer] for reviewer in reviewers]


@st.composite
def cases(draw):
    """Small enough to try every possibility: at most 3 × 4 or 4 × 3."""
    items, reviewers = draw(
        st.sampled_from([("abc", "WXYZ"), ("abcd", "XYZ"), ("ab", "X"), ("a", "WXYZ"), ("", "X"), ("a", "")])
    )
    pairs = [*product(items, reviewers)]
    some = st.frozensets(st.sampled_from(pairs), max_size=6) if pairs else st.just(frozenset())
    limits = st.integers(0, 3)
    load = draw(st.none() | limits | st.dictionaries(st.sampled_from("WXYZ"), limits))
    return {
        "items": list(items),
        "reviewers": list(reviewers),
        "per_item": draw(st.integers(0, 4)),
        "conflicts": draw(some),
        "load": load,
        "existing": draw(some | st.just(frozenset()) | st.just(frozenset({("z", "X"), ("a", "left")}))),
    }


def limit_of(case, reviewer):
    load = case["load"]
    return load.get(reviewer) if isinstance(load, dict) else load


def possible(case):
    """Every lawful choice of new pairs."""
    choices = []
    for item in case["items"]:
        kept = sum(one == item for one, _reviewer in case["existing"])
        free = [r for r in case["reviewers"] if (item, r) not in case["conflicts"] | case["existing"]]
        most = max(0, case["per_item"] - kept)
        choices.append([[(item, r) for r in team] for size in range(most + 1) for team in combinations(free, size)])
    before = loads(case["existing"], case["reviewers"])
    for teams in product(*choices):
        added = [pair for team in teams for pair in team]
        after = loads([*case["existing"], *added], case["reviewers"])
        if all(
            now == then or limit_of(case, reviewer) is None or now <= limit_of(case, reviewer)
            for reviewer, now, then in zip(case["reviewers"], after, before, strict=True)
        ):
            yield added, after


def lacks(case, added):
    have = Counter(item for item, _reviewer in [*case["existing"], *added])
    return tuple(max(0, case["per_item"] - have[item]) for item in case["items"])


@given(cases())
def test_nothing_better_can_be_made(case):
    made = matching.assign(**case)
    added = list(made.added)
    everything = list(possible(case))
    assert sorted(added) in [sorted(one) for one, _after in everything], "unlawful"
    # As many pairs as can be, lacks spread as evenly as can be, then loads as even as can be.
    worst_first = sorted(lacks(case, added), reverse=True)
    assert len(added) == max(len(one) for one, _after in everything)
    assert worst_first == min(
        sorted(lacks(case, one), reverse=True) for one, _after in everything if len(one) == len(added)
    )
    after = loads([*case["existing"], *added], case["reviewers"])
    same_service = [other for one, other in everything if lacks(case, one) == lacks(case, added)]
    assert sum(n * n for n in after) == min(sum(n * n for n in other) for other in same_service)


@given(cases(), st.randoms())
def test_the_order_of_the_input_does_not_matter(case, random):
    made = matching.assign(**case)
    shuffled = dict(case, items=list(case["items"]), reviewers=list(case["reviewers"]))
    random.shuffle(shuffled["items"])
    random.shuffle(shuffled["reviewers"])
    again = matching.assign(**shuffled)
    assert set(again.pairs) == set(made.pairs)
    assert set(again.short) == set(made.short)


@given(cases())
def test_the_answer_is_consistent(case):
    made = matching.assign(**case)
    kept = {(item, reviewer) for item, reviewer in case["existing"] if item in case["items"]}
    assert set(made.pairs) == kept | set(made.added)
    assert not kept & set(made.added)
    assert len(made.pairs) == len(set(made.pairs))
    assert not case["conflicts"] & set(made.added)
    lacking = zip(case["items"], lacks(case, made.added), strict=True)
    assert made.short == tuple((item, lack) for item, lack in lacking if lack)


@given(st.integers(1, 25), st.integers(3, 8), st.integers(1, 3), st.text(max_size=2))
def test_without_conflicts_loads_differ_by_one_at_most(count, people, per_item, seed):
    made = matching.assign(range(count), range(people), per_item, seed=seed)
    assert made.short == ()
    assert len(made.pairs) == count * per_item
    carried = loads(made.pairs, range(people))
    assert max(carried) - min(carried) <= 1


def test_a_fund_of_nineteen_applications():
    items, reviewers = [f"FUND-{number}" for number in range(1, 20)], ["r1", "r2", "r3", "r4", "r5", "r6"]
    conflicts = {("FUND-1", "r1"), ("FUND-2", "r1"), ("FUND-3", "r2"), ("FUND-3", "r3")}
    made = matching.assign(items, reviewers, 3, conflicts)
    assert sorted(loads(made.pairs, reviewers)) == [9, 9, 9, 10, 10, 10]
    assert [item for item, _reviewer in made.pairs[::3]] == items
    assert made.short == ()
    # One more application comes, nobody who reads already is moved.
    more = matching.assign([*items, "FUND-20"], reviewers, 3, conflicts, existing=made.pairs)
    assert set(made.pairs) < set(more.pairs)
    assert {item for item, _reviewer in more.added} == {"FUND-20"}
    assert sorted(loads(more.pairs, reviewers)) == [10] * 6


def test_reviewers_are_moved_to_make_room():
    # Whoever "b" gets first, "a" can only have X: the limit of one forces the exchange.
    for seed in "0123456789":
        made = matching.assign(["b", "a"], ["X", "Y"], 1, {("a", "Y")}, 1, seed=seed)
        assert set(made.pairs) == {("a", "X"), ("b", "Y")}


def test_who_lacks_is_told():
    made = matching.assign(["a", "b"], ["X", "Y"], 3, {("a", "X")})
    assert made.short == (("a", 2), ("b", 1))
    assert matching.assign(["a", "b"], [], 2).short == (("a", 2), ("b", 2))
    assert matching.assign(["a", "b"], ["X", "Y"], 1, load=0).short == (("a", 1), ("b", 1))
    # Three slots for two items of two: both are served once before one is served twice.
    assert [lack for _item, lack in matching.assign(["a", "b"], ["X", "Y"], 2, load={"X": 2, "Y": 1}).short] == [1]


@pytest.mark.parametrize("names", [list(range(30)), [f"x{number}" for number in range(30)]])
def test_the_same_for_ever_and_another_seed_deals_otherwise(names):
    first, again, other = (matching.assign(names, "RSTUV", 2, seed=seed) for seed in ("1", "1", "2"))
    assert first == again
    assert set(first.pairs) != set(other.pairs)


def test_teams_are_mixed():
    made = matching.assign(range(60), "RSTUVW", 3)
    teams = Counter(frozenset(r for i, r in made.pairs if i == item) for item in range(60))
    assert len(teams) > 10


def test_the_deal_is_the_same_on_every_machine():
    assert matching.assign(["a", "b", "c"], ["X", "Y", "Z"], 1).pairs == (("a", "Z"), ("b", "X"), ("c", "Y"))


def test_five_hundred_applications_take_little_work():
    made = matching.assign(range(500), range(30), 3, {(item, item % 30) for item in range(500)}, load=50)
    assert made.short == ()
    assert set(loads(made.pairs, range(30))) == {50}

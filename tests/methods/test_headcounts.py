"""Counting heads: sums, parts against the whole, and what everybody may see."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viche.methods import headcounts
from viche.methods.headcounts import AGES, CELLS, SEXES, CountFault

cells = st.dictionaries(st.sampled_from(CELLS), st.integers(1, 60), max_size=15)
few = st.dictionaries(st.sampled_from(CELLS), st.integers(1, 9), max_size=15)
rows = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 12), min_size=1)


def fault(act, *args, **kwargs):
    with pytest.raises(CountFault) as caught:
        act(*args, **kwargs)
    return caught.value


def test_reads_what_came_and_leaves_noughts_out():
    read = headcounts.read({"m:older": 2, "f:child": 0, "f:youth": 12}, CELLS)
    assert list(read.items()) == [("f:youth", 12), ("m:older", 2)]


@pytest.mark.parametrize(
    ("given", "why", "key", "found"),
    [
        ([], "not_a_count", "", 0),
        (None, "not_a_count", "", 0),
        ({"f:infant": 1}, "unknown_part", "f:infant", 0),
        ({7: 1}, "unknown_part", "7", 0),
        ({"f:youth": "3"}, "not_a_number", "f:youth", 0),
        ({"f:youth": True}, "not_a_number", "f:youth", 0),
        ({"f:youth": 1.5}, "not_a_number", "f:youth", 0),
        ({"f:youth": -1}, "negative", "f:youth", -1),
        ({"f:youth": 100_001}, "absurd", "f:youth", 100_001),
    ],
)
def test_refuses_what_is_no_count(given, why, key, found):
    no = fault(headcounts.read, given, CELLS)
    assert (no.why, no.key, no.found) == (why, key, found)


def test_counts_of_two_telephones_add_up():
    assert headcounts.add([{"f:youth": 2}, {"f:youth": 3, "x:x": 1}, {}]) == {"f:youth": 5, "x:x": 1}
    assert headcounts.add([]) == {}


def test_the_difference_is_told_part_by_part():
    assert headcounts.difference({"f:youth": 5, "x:x": 1}, {"f:youth": 3, "x:x": 1, "m:x": 2}) == {
        "f:youth": -2,
        "m:x": 2,
    }


def test_parts_may_be_less_than_the_whole_but_never_more():
    assert headcounts.check({"f:youth": 12}, {"older": 4}) == 12
    assert headcounts.check({"f:youth": 12}, {"older": 20}, total=20) == 20
    no = fault(headcounts.check, {"f:youth": 12, "m:x": 9}, {}, total=20)
    assert (no.why, no.found, no.whole) == ("parts_above_whole", 21, 20)


def test_a_group_is_no_greater_than_everybody_though_groups_may_overlap():
    assert headcounts.check({"f:older": 10}, {"older": 10, "displaced": 10}) == 10
    no = fault(headcounts.check, {"f:older": 10}, {"older": 10, "displaced": 11})
    assert (no.why, no.key, no.found, no.whole) == ("group_above_whole", "displaced", 11, 10)


@pytest.mark.parametrize(("total", "why"), [(100_001, "absurd"), (-1, "negative")])
def test_the_whole_itself_is_possible(total, why):
    assert fault(headcounts.check, {}, {}, total=total).why == why


def test_who_is_only_counted_is_of_unknown_sex_and_age():
    assert headcounts.completed({"f:youth": 2, "x:x": 1}, 10) == {"f:youth": 2, "x:x": 8}
    assert headcounts.completed({"f:youth": 2}, 2) == {"f:youth": 2}


@given(cells, st.integers(0, 50))
def test_completed_parts_make_up_the_whole(parts, more):
    total = headcounts.whole(parts) + more
    assert headcounts.whole(headcounts.completed(parts, total)) == total


@given(cells, cells)
def test_sums_by_sex_and_by_age_agree(one, other):
    both = headcounts.add([one, other])
    everybody = headcounts.whole(one) + headcounts.whole(other)
    assert sum(headcounts.by_sex(both).values()) == sum(headcounts.by_age(both).values()) == everybody
    assert headcounts.add([one, headcounts.difference(one, both)]) == both


def test_large_numbers_are_shown_as_they_are():
    count = {"f:youth": 12, "m:adult": 7}
    said = headcounts.shown(count, {"older": 6})
    assert (said.total, said.sexes["f"], said.ages["adult"], said.cells["f:youth"]) == (19, 12, 7, 12)
    assert (said.sexes["x"], said.groups) == (0, {"older": 6})


def test_a_small_group_is_masked_and_cannot_be_reckoned_from_the_totals():
    said = headcounts.shown({"f:youth": 3, "f:adult": 20, "m:youth": 30, "m:adult": 40}, {})
    assert said.total == 93
    # The cell, another one in its row, another in its column, and the corner that would give both away.
    assert [key for key, value in said.cells.items() if value is None] == ["f:youth", "f:adult", "m:youth", "m:adult"]
    assert (said.sexes["f"], said.ages["youth"]) == (23, 33)


def test_a_small_crowd_is_not_told_at_all():
    said = headcounts.shown({"f:youth": 3}, {"older": 1})
    assert (said.total, said.sexes["f"], said.ages["youth"], said.cells["f:youth"]) == (None, None, None, None)
    assert said.groups == {"older": None}


def test_a_group_that_leaves_few_outside_is_masked():
    assert headcounts.shown({"f:adult": 50}, {"displaced": 48, "older": 50}).groups == {
        "displaced": None,
        "older": 50,
    }


def test_a_row_of_parts():
    assert headcounts.split({"a": 3, "b": 10, "c": 20, "d": 0}) == ({"a": None, "b": None, "c": 20, "d": 0}, 33)
    # Two small ones together are a small group too, so a third goes with them.
    assert headcounts.split({"a": 1, "b": 1, "c": 20}) == ({"a": None, "b": None, "c": None}, 22)
    assert headcounts.split({"a": 3}) == ({"a": None}, None)
    assert headcounts.split({"a": 7, "b": 8}) == ({"a": 7, "b": 8}, 15)


def possible(told, total):
    """Every way in which the masked parts of a row may be filled, by somebody who knows the rest."""
    masked = [key for key, value in told.items() if value is None]
    left = total - sum(value for value in told.values() if value is not None)
    for values in product(range(left + 1), repeat=len(masked)):
        if sum(values) == left:
            yield dict(zip(masked, values, strict=True))


@given(rows)
@settings(deadline=None)
def test_nobody_can_reckon_a_masked_part_of_a_row(parts):
    told, total = headcounts.split(parts)
    for key, value in told.items():
        assert value is None or value == parts[key]
        assert value is None or not 0 < value < 5
    if total is None:
        return
    ways = list(possible(told, total))
    for key in ways[0]:
        assert len({way[key] for way in ways}) > 1


def moved(said, count):
    """Whether a masked cell can grow or shrink along a closed walk through masked numbers, everything told kept."""
    values = {("cell", *key.split(":")): n for key, n in said.cells.items()}
    values |= {("cell", sex, "="): n for sex, n in said.sexes.items()}
    values |= {("cell", "=", age): n for age, n in said.ages.items()} | {("cell", "=", "="): said.total}
    hidden = [key for key, value in values.items() if value is None]
    loose = set()
    for one in hidden:
        # Without this number, can one still come from its row to its column through masked ones?
        reached, edge = {("row", one[1])}, [("row", one[1])]
        while edge:
            side, name = edge.pop()
            for other in hidden:
                if other == one or name != other[1 if side == "row" else 2]:
                    continue
                next_ = ("column", other[2]) if side == "row" else ("row", other[1])
                if next_ not in reached:
                    reached.add(next_)
                    edge.append(next_)
        if ("column", one[2]) in reached:
            loose.add(one)
    return set(hidden) - loose


@given(few)
@settings(max_examples=60, deadline=None)
def test_nobody_can_reckon_a_masked_cell_of_a_table(count):
    """An independent judge: a masked number is safe only on a closed walk of masked numbers, all of them above nought."""
    said = headcounts.shown(count, {})
    assert moved(said, count) == set()
    sexes, ages = headcounts.by_sex(count), headcounts.by_age(count)
    for sex, age in product(SEXES, AGES):
        told, true = said.cells[f"{sex}:{age}"], count.get(f"{sex}:{age}", 0)
        assert told == true if told is not None else true > 0
        assert told is None or not 0 < told < 5
    assert all(value is None or value == sexes[sex] for sex, value in said.sexes.items())
    assert all(value is None or value == ages[age] for age, value in said.ages.items())
    for sex in SEXES:
        gap = sum(count.get(f"{sex}:{age}", 0) for age in AGES if said.cells[f"{sex}:{age}"] is None)
        assert said.sexes[sex] is None or not 0 < gap < 5


@given(few)
@settings(max_examples=300, deadline=None)
def test_lists_tell_of_a_whole_what_its_page_tells(cells):
    whole = headcounts.whole(cells)
    assert headcounts.shown(cells, {}).total == headcounts.told(whole) == (whole if whole == 0 or whole >= 5 else None)


@given(st.integers(0, 10_000))
def test_different_people_are_told_in_fives_and_never_more_than_there_are(number):
    told = headcounts.in_fives(number)
    assert told % 5 == 0
    assert 0 <= number - told < 5

"""The ranked list: places, disagreement, where the money ends, and what a conflict hides."""

from decimal import Decimal

import pytest

from tests.factories import reviews as made
from viche.reviews.operations import assigning
from viche.reviews.queries import assignments, conflicts, ranking, reasons, tables

pytestmark = pytest.mark.django_db


def test_the_best_stand_first_and_the_unread_last():
    stage = made.assigned(applications=3, reviewers=3)
    one, two, three = stage.applications
    for place in stage.places:
        if place.application_id != one.pk:
            made.hand_in(place, points=5 if place.application_id == three.pk else 2)
    rows = ranking.ranked(stage.call, stage.officer).rows
    assert [(row.application.pk, row.place, row.score, row.reviews) for row in rows] == [
        (three.pk, 1, Decimal("100.0"), 2),
        (two.pk, 2, Decimal("40.0"), 2),
        (one.pk, None, None, 0),
    ]


def test_reviewers_who_differ_by_more_than_twenty_points_are_told():
    stage = made.assigned(applications=2, reviewers=4)
    for place in stage.places:
        far = place.application_id == stage.applications[0].pk and place.slot == 2
        made.hand_in(place, points=3 if far else 5)
    rows = {row.application.pk: row for row in ranking.ranked(stage.call, stage.officer).rows}
    assert rows[stage.applications[0].pk].disagree
    assert not rows[stage.applications[1].pk].disagree


def test_the_money_ends_after_the_last_that_fits():
    stage = made.reviewed(applications=3, budget=400_000)
    whole = ranking.ranked(stage.call, stage.officer)
    assert [row.upto for row in whole.rows] == [180_000, 360_000, 540_000]
    assert [row.fits for row in whole.rows] == [True, True, False]
    assert [row.beyond for row in whole.rows] == [False, False, True]
    assert (whole.asked, whole.given, whole.left, whole.undecided) == (540_000, 0, 400_000, 3)


def test_what_is_asked_above_the_most_counts_as_the_most():
    stage = made.reviewed(applications=1)
    stage.call.award_most = Decimal(100_000)
    assert ranking.ranked(stage.call, stage.officer).rows[0].upto == 100_000


def test_equals_on_both_sides_of_the_line_are_left_to_the_panel():
    stage = made.reviewed(applications=2, points=(4, 4), budget=300_000)
    assert [(row.place, row.fits, row.tied) for row in ranking.ranked(stage.call, stage.officer).rows] == [
        (1, True, True),
        (1, False, True),
    ]


def test_places_bound_the_proposal_where_there_is_no_money():
    stage = made.reviewed(applications=3, kind="hub", budget=None, award_least=None, award_most=None, places=2)
    whole = ranking.ranked(stage.call, stage.officer)
    assert [row.fits for row in whole.rows] == [True, True, False]
    assert whole.left is None
    stage.call.places = None
    assert all(row.fits for row in ranking.ranked(stage.call, stage.officer).rows)


def test_decisions_run_down_the_budget():
    stage = made.assessed(applications=2, budget=400_000)
    made.decision(stage, stage.applications[0], amount=150_000)
    whole = ranking.ranked(stage.call, stage.officer)
    assert (whole.given, whole.left, whole.supported, whole.undecided) == (150_000, 250_000, 1, 1)
    assert whole.row_of(stage.applications[0]).amount == 150_000
    assert [row.application for row in whole.chosen(show="undecided")] == [stage.applications[1]]
    assert len(whole.chosen(show="fits")) == 2
    assert whole.chosen(q="немає такого") == []
    assert len(whole.chosen(q=stage.applications[0].code)) == 1


def test_a_conflict_leaves_only_that_it_is_one_and_no_sum_to_subtract():
    stage = made.assessed(applications=3, budget=400_000)
    for application in stage.applications[:2]:
        made.decision(stage, application, amount=100_000)
    viewer = stage.members[0]
    assigning.recuse(stage.applications[0], note="", by=viewer, at=made.AFTER)
    whole = ranking.ranked(stage.call, viewer)
    assert whole.rows[-1] == ranking.Row(hidden=True)
    assert (whole.hidden, len(whole.visible)) == (1, 2)
    assert (whole.asked, whole.given, whole.left, whole.rows[0].upto) == (360_000, 100_000, 300_000, 180_000)
    with pytest.raises(KeyError):
        whole.row_of(stage.applications[0])
    assert [row.hidden for row in whole.chosen(show="fits")] == [False]


def test_reasons_are_told_apart_by_numbers_alone():
    stage = made.reviewed(applications=2, reviewers=2)
    found = reasons.feedback(stage.call, stage.applications)
    one = found[stage.applications[0].pk]
    assert one.totals == (Decimal("100.0"), Decimal("100.0"))
    assert one.score == Decimal("100.0")
    assert not one.has_comments
    assert [(judged.criterion.name, [said.number for said in judged.said]) for judged in one.criteria] == [
        ("Потреба громади", [1, 2]),
        ("Здійсненність", [1, 2]),
    ]
    assert len(reasons.finished(stage.applications[0])) == 2


def test_nobody_has_read_and_nothing_is_said():
    stage = made.closed(applications=1)
    found = reasons.feedback(stage.call, stage.applications)[stage.applications[0].pk]
    assert (found.totals, found.score, found.criteria[0].said) == ((), None, ())


def test_the_office_table_hides_from_a_conflicted_officer():
    stage = made.assigned(applications=2, reviewers=2)
    made.tie(stage.officer, stage.applications[0])
    eyes = conflicts.eyes(stage.officer, stage.call)
    shown = list(tables.of_call(stage.call, made.REVIEW_BY))
    lines = tables.rows(stage.call, shown, eyes, made.REVIEW_BY)
    assert lines[0] == tables.Line(hidden=True)
    assert (lines[1].application, lines[1].free, len(lines[1].places)) == (stage.applications[1], 0, 2)
    place = next(one for one in stage.places if one.application_id == stage.applications[0].pk)
    assigning.declare_conflict(place, note="таємне слово", by=place.reviewer, at=made.AFTER)
    assert tables.conflicts_of(stage.call, lambda one: not eyes.are_shut_to(one.application)) == []
    assert len(tables.conflicts_of(stage.call, lambda _one: True)) == 1


def test_progress_adds_up():
    stage = made.assigned(applications=2, reviewers=2)
    made.hand_in(stage.places[0])
    loads = assignments.loads(stage.call, made.REVIEW_BY.replace(year=2025))
    assert tables.progress(stage.call, loads) == {"wanted": 4, "given": 4, "done": 1, "late": 3}

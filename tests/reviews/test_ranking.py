"""The ranked list: places, disagreement, where the money ends, and what a conflict hides."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import programmes
from tests.factories import reviews as made
from viche.calls.queries import ties
from viche.reviews import access
from viche.reviews.operations import assigning, deciding
from viche.reviews.queries import assignments, conflicts, ranking, reasons, tables

pytestmark = pytest.mark.django_db


def test_the_best_stand_first_and_the_unread_last():
    stage = made.assigned(applications=3, reviewers=3)
    one, two, three = stage.applications
    for place in stage.places:
        if place.application_id != one.pk:
            made.hand_in(place, points=5 if place.application_id == three.pk else 2)
    rows = ranking.ranked(stage.call, stage.officer).rows
    assert [(row.key, row.place, row.score, row.reviews) for row in rows] == [
        (three.pk, 1, Decimal("100.0"), 2),
        (two.pk, 2, Decimal("40.0"), 2),
        (one.pk, None, None, 0),
    ]


@pytest.mark.parametrize("role", ["panel", "officer"])
def test_whoever_reviews_too_sees_what_others_gave_after_handing_in(client, role):
    stage = made.assigned(applications=2, reviewers=2)
    own, *others = sorted(stage.places, key=lambda place: place.application_id != stage.applications[0].pk)
    viewer, application = own.reviewer, made.whole(own.application)
    programmes.role(role, stage.programme, user=viewer)
    for place in others:
        if place.reviewer != viewer:
            made.hand_in(place, reason="Чужі слова.")
    client.force_login(viewer)
    here = reverse("reviews:application", args=[stage.programme.code, stage.call.code, application.code])
    file = reverse("reviews:ranking_file", args=[stage.programme.code, stage.call.code, "csv"])

    def seen():
        row = ranking.ranked(stage.call, viewer).row_of(application)
        page = client.get(here).content.decode()
        told = {access.may_compare(viewer, application), not row.owed, "Чужі слова." in page}
        assert len(told) == 1
        return told.pop(), row.score

    assert ranking.ranked(stage.call, stage.officer).row_of(application).score == Decimal("80.0")
    assert seen() == (False, None)
    assert "спершу здайте" in client.get(file).content.decode()
    made.hand_in(own, points=5)
    assert seen() == (True, Decimal("90.0"))


def test_after_the_assessment_everybody_compares():
    stage = made.assigned(applications=1, reviewers=2)
    late, done = stage.places
    made.hand_in(done)
    call = deciding.close_assessment(stage.call, why="Досить.", by=stage.officer, at=made.AFTER)
    assert access.may_compare(late.reviewer, made.whole(late.application))
    assert not ranking.ranked(call, late.reviewer).rows[0].owed


def test_reviewers_who_differ_by_more_than_twenty_points_are_told():
    stage = made.assigned(applications=2, reviewers=4)
    for place in stage.places:
        far = place.application_id == stage.applications[0].pk and place.slot == 2
        made.hand_in(place, points=3 if far else 5)
    rows = {row.key: row for row in ranking.ranked(stage.call, stage.officer).rows}
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
    assert [row.application for row in ranking.shown(whole.chosen(show="undecided"))] == [stage.applications[1]]
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
    assert [row.hidden for row in whole.chosen(show="fits")] == [False, False]
    assert [row.hidden for row in whole.chosen(q=stage.applications[0].code)] == []


def test_the_others_are_ranked_as_if_the_hidden_one_were_not_there():
    stage = made.reviewed(applications=3, reviewers=4, points=(5, 4, 4), budget=400_000)
    assert [row.place for row in ranking.ranked(stage.call, stage.officer).visible] == [1, 2, 2]
    made.tie(stage.officer, stage.applications[0])
    rows = ranking.ranked(stage.call, stage.officer).visible
    assert [(row.place, row.fits, row.tied) for row in rows] == [(1, True, False), (1, True, False)]


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
    secret = ties.shut(stage.officer, [stage.call])
    shown = list(tables.of_call(stage.call, made.REVIEW_BY, secret=secret))
    lines = tables.rows(stage.call, shown, secret, made.REVIEW_BY)
    assert lines[1] == tables.Line(hidden=True)
    assert (lines[0].application, lines[0].free, len(lines[0].places)) == (stage.applications[1], 0, 2)
    place = next(one for one in stage.places if one.application_id == stage.applications[0].pk)
    assigning.declare_conflict(place, note="таємне слово", by=place.reviewer, at=made.AFTER)
    assert conflicts.of_call(stage.call, secret) == []
    assert len(conflicts.of_call(stage.call, ())) == 1


def test_who_reads_the_hidden_application_cannot_be_worked_out():
    stage = made.assigned(applications=3, reviewers=3)
    secret_one = stage.applications[1]
    made.tie(stage.officer, secret_one)
    made.hand_in(next(one for one in stage.places if one.application_id == secret_one.pk))
    secret = ties.shut(stage.officer, [stage.call])
    loads = assignments.loads(stage.call, made.REVIEW_BY, secret)
    shown = [one for one in stage.places if one.application_id != secret_one.pk]
    assert {row["person"].pk: row["given"] for row in loads} == {
        person.pk: sum(one.reviewer_id == person.pk for one in shown) for person in stage.reviewers
    }
    whole = {"wanted": 4, "given": 4, "done": 0, "late": 0}
    assert tables.progress(stage.call, loads, secret) == whole
    assert assignments.progress([stage.call], made.REVIEW_BY, secret) == {stage.call.pk: {"applications": 2, **whole}}


def test_no_search_in_the_table_finds_the_hidden_application():
    stage = made.assigned(applications=2, reviewers=2)
    hidden = stage.applications[0]
    made.tie(stage.officer, hidden)
    secret = ties.shut(stage.officer, [stage.call])
    late = made.REVIEW_BY.replace(year=2030)
    for asked in ({"q": hidden.code}, {"q": hidden.organisation.name}, {"show": "late"}):
        assert hidden in tables.of_call(stage.call, late, **asked)
        assert hidden not in tables.of_call(stage.call, late, **asked, secret=secret)


def test_progress_adds_up():
    stage = made.assigned(applications=2, reviewers=2)
    made.hand_in(stage.places[0])
    loads = assignments.loads(stage.call, made.REVIEW_BY.replace(year=2025))
    assert tables.progress(stage.call, loads, ()) == {"wanted": 4, "given": 4, "done": 1, "late": 3}

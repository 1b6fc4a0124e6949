"""Writing a review: saved as typed, handed in once, given back with a reason."""

from decimal import Decimal

import pytest
from django_tasks_db.models import DBTaskResult

from tests.factories import reviews as made
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.programmes.models import Role
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment
from viche.reviews.operations import assigning, deciding, scoring
from viche.reviews.queries import assignments, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return made.assigned(applications=1, reviewers=2)


def test_half_a_review_is_kept_as_typed(stage):
    place, criterion = stage.places[0], stage.call.criteria.first()
    typed = {criterion.pk: {"points": None, "reason": "  Ще думаю…\r\nдалі "}, 0: {"points": 1, "reason": "чуже"}}
    scoring.save(place, scores=typed, comment="Загалом\u0000 добре", revision=0, by=place.reviewer, at=made.AFTER)
    assert (place.revision, place.state, place.comment) == (1, AssignmentState.BEGUN, "Загалом добре")
    (score,) = place.scores.all()
    assert (score.points, score.reason) == (None, "  Ще думаю…\nдалі ")


@pytest.mark.parametrize("points", [-1, 6])
def test_points_beyond_the_scale_count_as_none(stage, points):
    place = made.write(stage.places[0], points=points)
    assert {score.points for score in place.scores.all()} == {None}


def test_an_older_page_does_not_overwrite_a_newer_one(stage):
    place = stage.places[0]
    made.write(place, reason="перша вкладка")
    with pytest.raises(scoring.Stale) as stale:
        scoring.save(
            assignments.by_pk(place.pk),
            scores=made.scores(stage.call, reason="друга вкладка"),
            comment="",
            revision=0,
            by=place.reviewer,
            at=made.AFTER,
        )
    assert stale.value.stored.revision == 1
    assert {score.reason for score in place.scores.all()} == {"перша вкладка"}


def test_nobody_else_writes_and_nobody_without_the_role(stage):
    place, other = stage.places
    with pytest.raises(NotAllowed):
        scoring.save(place, scores={}, comment="", revision=0, by=other.reviewer, at=made.AFTER)
    Role.objects.filter(user=place.reviewer).delete()
    with pytest.raises(NotAllowed):
        scoring.save(place, scores={}, comment="", revision=0, by=place.reviewer, at=made.AFTER)
    with pytest.raises(NotAllowed):
        scoring.submit(place, by=place.reviewer, at=made.AFTER)


def test_a_review_with_gaps_says_which(stage):
    place = made.write(stage.places[0], points=None, reason="")
    with pytest.raises(scoring.Unfinished) as no:
        scoring.submit(place, by=place.reviewer, at=made.AFTER)
    first, second = stage.call.criteria.all()
    assert set(no.value.faults) == {(key.pk, part) for key in (first, second) for part in ("points", "reason")}
    assert "«Потреба громади»" in no.value.sentence
    assert Assignment.objects.get(pk=place.pk).state == AssignmentState.BEGUN


def test_a_finished_review_has_a_total_and_a_second_click_changes_nothing(stage):
    place = stage.places[0]
    first, second = stage.call.criteria.all()
    typed = {first.pk: {"points": 5, "reason": "так"}, second.pk: {"points": 2, "reason": "ні"}}
    common = {"scores": typed, "comment": "", "by": place.reviewer, "at": made.AFTER}
    done = scoring.hand_in(place, revision=0, **common)
    assert (done.total, done.state, done.submitted_at) == (Decimal("76.0"), AssignmentState.DONE, made.AFTER)
    again = scoring.hand_in(assignments.by_pk(place.pk), revision=0, **common)
    assert again.total == done.total
    assert scoring.submit(place, by=place.reviewer, at=made.LATER).submitted_at == made.AFTER
    assert Entry.objects.filter(verb="reviews.submitted").count() == 1


def test_what_is_typed_stays_when_it_cannot_be_handed_in_yet(stage):
    place = stage.places[0]
    typed = made.scores(stage.call, points=None, reason="Слова, які шкода втратити.")
    with pytest.raises(scoring.Unfinished):
        scoring.hand_in(place, scores=typed, comment="", revision=0, by=place.reviewer, at=made.AFTER)
    assert {score.reason for score in reasons.written(place).values()} == {"Слова, які шкода втратити."}


def test_after_handing_in_or_after_the_assessment_nothing_changes(stage):
    one, two = stage.places
    made.hand_in(one)
    with pytest.raises(Refused, match="вже здано") as no:
        made.write(one)
    assert no.value.status == 409
    deciding.close_assessment(stage.call, why="Друга рецензентка захворіла.", by=stage.officer, at=made.AFTER)
    two = assignments.by_pk(two.pk)
    with pytest.raises(Refused, match="завершено"):
        made.write(two)
    with pytest.raises(Refused, match="завершено"):
        scoring.submit(two, by=two.reviewer, at=made.AFTER)


def test_a_page_that_did_not_see_the_end_of_the_assessment_is_told(stage):
    one, two = stage.places
    made.hand_in(one)
    deciding.close_assessment(stage.call, why="Досить.", by=stage.officer, at=made.AFTER)
    with pytest.raises(Refused, match="завершено"):
        scoring.submit(two, by=two.reviewer, at=made.AFTER)
    Assignment.objects.filter(pk=two.pk).update(revision=1)
    with pytest.raises(Refused, match="завершено"):
        made.write(two)


def test_a_released_place_takes_no_more_words(stage):
    place = stage.places[0]
    assigning.release(place, by=stage.officer, at=made.AFTER)
    with pytest.raises(NotAllowed):
        made.write(assignments.by_pk(place.pk))


def test_a_review_is_given_back_with_a_reason_and_handed_in_again(stage):
    place = made.hand_in(stage.places[0])
    with pytest.raises(Refused, match="Напишіть") as no:
        scoring.reopen(place, why=" ", by=stage.officer, at=made.AFTER)
    assert no.value.field == "why"
    scoring.reopen(place, why="Поясніть бал за потребу.", by=stage.officer, at=made.AFTER)
    place = assignments.by_pk(place.pk)
    assert (place.state, place.total, place.reopened_why) == (AssignmentState.BEGUN, None, "Поясніть бал за потребу.")
    names = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert ["viche.reviews.tasks.reopened", [place.pk]] in names
    with pytest.raises(Refused, match="ще не здано"):
        scoring.reopen(place, why="ще", by=stage.officer, at=made.AFTER)
    assert made.hand_in(place).reopened_why == ""


def test_a_review_is_given_back_by_officers_without_conflict_while_it_goes_on(stage):
    one, two = (made.hand_in(place) for place in stage.places)
    with pytest.raises(NotAllowed):
        scoring.reopen(one, why="так", by=two.reviewer, at=made.AFTER)
    deciding.close_assessment(stage.call, by=stage.officer, at=made.AFTER)
    with pytest.raises(Refused, match="завершено"):
        scoring.reopen(one, why="так", by=stage.officer, at=made.AFTER)
    made.tie(stage.officer, stage.applications[0])
    with pytest.raises(NotAllowed):
        scoring.reopen(one, why="так", by=stage.officer, at=made.AFTER)


def test_a_running_total_waits_for_every_criterion(stage):
    criteria = list(stage.call.criteria.all())
    assert reasons.running_total(criteria, {criteria[0].pk: 5}) is None
    assert reasons.running_total(criteria, {criteria[0].pk: 5, criteria[1].pk: 0}) == Decimal("60.0")
    assert reasons.running_total([], {}) is None

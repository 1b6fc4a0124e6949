"""Who may what in reviewing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import calls, people, programmes
from tests.factories import reviews as made
from viche.calls.choices import TieWhy
from viche.calls.models import Call
from viche.calls.operations import ties
from viche.reviews import access
from viche.reviews.operations import assigning
from viche.reviews.queries import assignments

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage():
    return made.assigned(applications=1, reviewers=2)


def everybody(stage):
    return {
        "visitor": AnonymousUser(),
        "stranger": people.user(),
        "applicant": calls.writer(stage.applications[0]),
        "reviewer": stage.places[0].reviewer,
        "other reviewer": stage.places[1].reviewer,
        "officer": stage.officer,
        "foreign officer": programmes.officer(),
        "panel": programmes.panellist(stage.programme),
        "observer": programmes.observer(stage.programme),
        "administrator": people.administrator(),
        "gone officer": programmes.officer(stage.programme, is_active=False),
    }


def who(stage, may, thing):
    return {name for name, user in everybody(stage).items() if may(user, thing)}


OFFICERS = {"officer", "administrator"}
OFFICE = {*OFFICERS, "panel", "observer"}


def test_the_table_of_rights(stage):
    application = made.whole(stage.applications[0])
    place = assignments.by_pk(stage.places[0].pk)
    assert who(stage, access.may_assign, stage.call) == OFFICERS
    assert who(stage, access.may_place, application) == OFFICERS
    assert who(stage, access.may_move, place) == OFFICERS
    assert who(stage, access.may_decide, stage.call) == OFFICERS
    assert who(stage, access.may_write, application) == OFFICERS
    assert who(stage, access.may_see_ranking, stage.call) == OFFICE
    assert who(stage, access.may_see_reviews, application) == OFFICE
    assert who(stage, access.may_read, place) == {"reviewer"}
    assert who(stage, access.may_read_outcome, application) == set()
    assert {name for name, user in everybody(stage).items() if access.may_review(user)} == set(everybody(stage)) - {
        "visitor",
        "gone officer",
    }


def test_after_the_decision_applicants_read_the_outcome():
    stage = made.decided(applications=1, reviewers=2)
    stage.places = made.places(stage.call)
    assert who(stage, access.may_read_outcome, stage.applications[0]) == {"applicant"}


@pytest.mark.parametrize("tie", ["organisation", "hromada", "declared"])
def test_a_conflict_closes_everything(stage, tie):
    place = stage.places[0]
    application = place.application
    officer, reviewer = stage.officer, place.reviewer
    for user in (officer, reviewer):
        if tie == "organisation":
            made.tie(user, application)
        elif tie == "hromada":
            people.member(people.organisation(hromada=application.organisation.hromada), user=user)
        else:
            ties.keep({(application.pk, user.pk): TieWhy.DECLARED})
    assert not access.may_read(reviewer, place)
    for may in (access.may_place, access.may_see_reviews, access.may_write):
        assert not may(officer, application)
    assert not access.may_move(officer, place)
    assert access.may_assign(officer, stage.call)


def test_a_place_taken_back_or_an_application_withdrawn_is_closed(stage):
    place = stage.places[0]
    assigning.release(place, by=stage.officer, at=made.AFTER)
    assert not access.may_read(place.reviewer, assignments.by_pk(place.pk))
    other = assignments.by_pk(stage.places[1].pk)
    other.application.state = "withdrawn"
    assert not access.may_read(other.reviewer, other)
    assert not access.may_see_reviews(stage.officer, other.application)


def test_reading_goes_on_after_the_assessment_scoring_does_not(stage):
    Call.objects.update(stage="assessed")
    place = assignments.by_pk(stage.places[0].pk)
    assert access.may_read(place.reviewer, place)
    assert not access.is_open(place)

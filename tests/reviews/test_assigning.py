"""Who reads what: even loads, conflicts out, places given and taken back."""

import importlib
import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.factories import calls, people, places, programmes
from tests.factories import reviews as made
from viche.calls import access as calls_access
from viche.calls.choices import TieWhy
from viche.calls.models import Application
from viche.calls.operations import applications as applicants
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import Membership
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role
from viche.programmes.operations import roles
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict
from viche.reviews.operations import assigning, scoring
from viche.reviews.queries import assignments, tables

pytestmark = pytest.mark.django_db


def enqueued(name):
    return [row.args_kwargs["args"][1] for row in DBTaskResult.objects.all() if row.args_kwargs["args"][0] == name]


def test_everybody_gets_about_the_same():
    stage = made.assigned(applications=4, reviewers=4)
    assert {row["given"] for row in assignments.loads(stage.call, made.REVIEW_BY)} == {2}
    assert {len(found) for found in assignments.places(stage.applications).values()} == {2}
    assert {place.due_on for place in stage.places} == {made.REVIEW_BY}
    assert sorted(enqueued("viche.reviews.tasks.invited")) == sorted([stage.call.pk, one.pk] for one in stage.reviewers)


def test_assigning_again_adds_only_what_is_missing():
    stage = made.assigned()
    before = set(Assignment.objects.values_list("pk", flat=True))
    plan = assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    assert plan.added == ()
    assert set(Assignment.objects.values_list("pk", flat=True)) == before


def test_whoever_belongs_to_the_organisation_or_its_hromada_is_left_out():
    stage = made.closed(applications=1, reviewers=3)
    application = stage.applications[0]
    member, neighbour, free = stage.reviewers
    made.tie(member, application)
    people.member(people.organisation(hromada=application.organisation.hromada), user=neighbour)
    plan = assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    assert plan.short == ((application.pk, 1),)
    assert [place.reviewer for place in made.places(stage.call)] == [free]
    assert dict(Conflict.objects.values_list("user", "why")) == {
        member.pk: TieWhy.ORGANISATION,
        neighbour.pk: TieWhy.HROMADA,
    }


def test_a_tie_that_was_seen_once_is_not_forgotten():
    stage = made.closed(applications=1, reviewers=2)
    made.tie(stage.reviewers[0], stage.applications[0])
    assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    Membership.objects.filter(user=stage.reviewers[0]).delete()
    assert calls_access.is_tied(stage.reviewers[0], stage.applications[0])
    plan = assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    assert plan.short == ((stage.applications[0].pk, 1),)


def test_the_author_of_an_application_never_reviews_it():
    stage = made.closed(applications=1, reviewers=1)
    application = stage.applications[0]
    author = calls.writer(application)
    people.head(application.organisation)
    Membership.objects.filter(user=author).delete()
    programmes.role("reviewer", stage.programme, user=author)
    with pytest.raises(Refused, match="конфлікт інтересів"):
        assigning.give(application, reviewer=author, by=stage.officer, at=made.AFTER)
    assert author not in tables.free_for(application)
    plan = assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    assert plan.short == ((application.pk, 1),)
    assert [place.reviewer for place in made.places(stage.call)] == stage.reviewers
    assert Conflict.objects.get(user=author).why == TieWhy.AUTHOR


def test_a_reviewer_who_moves_the_own_organisation_elsewhere_stays_tied():
    stage = made.closed(applications=0, reviewers=1)
    home = people.organisation()
    near = people.organisation(hromada=home.hromada)
    people.member(near, "head", user=stage.reviewers[0])
    draft = calls.complete(stage.call, organisation=home)
    calls.operations.submit(draft, by=calls.writer(draft), clock=lambda: calls.WHILE_OPEN)
    near.hromada = places.hromada()
    near.save()
    with pytest.raises(Refused, match="конфлікт інтересів"):
        assigning.give(draft, reviewer=stage.reviewers[0], by=stage.officer, at=made.AFTER)


def test_a_conflict_of_before_is_a_tie_too():
    stage = made.assigned(applications=1, reviewers=2)
    place = stage.places[0]
    Conflict.objects.create(application=place.application, user=place.reviewer, why="declared", declared_at=made.AFTER)
    assert not calls_access.is_tied(place.reviewer, place.application)
    importlib.import_module("viche.reviews.migrations.0003_conflicts_as_ties").mirror(apps, None)
    assert calls_access.is_tied(place.reviewer, place.application)


def test_assigning_needs_reviewers_the_right_time_and_the_right():
    stage = made.closed(applications=1, reviewers=0)
    with pytest.raises(Refused, match="запросіть"):
        assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    with pytest.raises(Refused, match="після закриття") as no:
        assigning.assign(stage.call, by=stage.officer, at=calls.WHILE_OPEN)
    assert no.value.status == 409
    with pytest.raises(NotAllowed):
        assigning.assign(stage.call, by=programmes.panellist(stage.programme), at=made.AFTER)


def test_a_single_place_is_given_in_the_lowest_free_slot():
    stage = made.closed(applications=1, reviewers=3)
    application, (one, two, three) = stage.applications[0], stage.reviewers
    first = assigning.give(application, reviewer=one, by=stage.officer, at=made.AFTER)
    second = assigning.give(application, reviewer=two, by=stage.officer, at=made.AFTER)
    assert (first.slot, second.slot) == (1, 2)
    with pytest.raises(Refused, match="вже зайнято") as no:
        assigning.give(application, reviewer=three, by=stage.officer, at=made.AFTER)
    assert no.value.status == 409
    assigning.release(assignments.by_pk(first.pk), by=stage.officer, at=made.AFTER)
    assert assigning.give(application, reviewer=three, by=stage.officer, at=made.AFTER).slot == 1
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True))[-2:] == [
        "reviews.released",
        "reviews.given",
    ]


def test_a_place_is_not_given_twice_nor_to_strangers_nor_against_a_conflict():
    stage = made.closed(applications=1, reviewers=2)
    application, (one, two) = stage.applications[0], stage.reviewers
    assigning.give(application, reviewer=one, by=stage.officer, at=made.AFTER)
    with pytest.raises(Refused, match="уже оцінює"):
        assigning.give(application, reviewer=one, by=stage.officer, at=made.AFTER)
    with pytest.raises(Refused, match="не оцінює заявок"):
        assigning.give(application, reviewer=people.user(), by=stage.officer, at=made.AFTER)
    made.tie(two, application)
    with pytest.raises(Refused, match="конфлікт інтересів"):
        assigning.give(application, reviewer=two, by=stage.officer, at=made.AFTER)
    with pytest.raises(NotAllowed):
        assigning.give(application, reviewer=two, by=one, at=made.AFTER)


def test_an_officer_with_a_conflict_chooses_nobody():
    stage = made.assigned(applications=1, reviewers=2)
    made.tie(stage.officer, stage.applications[0])
    with pytest.raises(NotAllowed):
        assigning.give(stage.applications[0], reviewer=stage.reviewers[0], by=stage.officer, at=made.AFTER)
    with pytest.raises(NotAllowed):
        assigning.release(stage.places[0], by=stage.officer, at=made.AFTER)


def test_a_withdrawn_application_needs_nobody():
    stage = made.closed(applications=1, reviewers=1)
    application = stage.applications[0]
    applicants.withdraw(application, by=calls.writer(application), clock=lambda: made.AFTER)
    with pytest.raises(Refused, match="відкликано"):
        assigning.give(application, reviewer=stage.reviewers[0], by=stage.officer, at=made.AFTER)


def test_nobody_is_assigned_before_the_close():
    stage = made.closed(applications=1, reviewers=1)
    with pytest.raises(Refused, match="після закриття"):
        assigning.give(stage.applications[0], reviewer=stage.reviewers[0], by=stage.officer, at=calls.WHILE_OPEN)


def test_a_finished_review_is_not_taken_back():
    stage = made.assigned(applications=1)
    made.hand_in(stage.places[0])
    with pytest.raises(Refused, match="вже здано") as no:
        assigning.release(stage.places[0], by=stage.officer, at=made.AFTER)
    assert no.value.status == 409
    with pytest.raises(NotAllowed):
        assigning.release(stage.places[1], by=stage.reviewers[0], at=made.AFTER)


def test_whoever_declares_a_conflict_frees_the_place_and_is_never_asked_again():
    stage = made.assigned(applications=1, reviewers=2)
    place = stage.places[0]
    assigning.declare_conflict(place, note=" Виконавець – мій брат. ", by=place.reviewer, at=made.AFTER)
    place.refresh_from_db()
    assert place.state == AssignmentState.RELEASED
    conflict = Conflict.objects.get()
    assert (conflict.why, conflict.note) == (TieWhy.DECLARED, "Виконавець – мій брат.")
    assert enqueued("viche.reviews.tasks.conflict_declared") == [[conflict.pk]]
    assert calls_access.is_tied(place.reviewer, place.application)
    assert assigning.assign(stage.call, by=stage.officer, at=made.AFTER).short == ((place.application_id, 1),)
    with pytest.raises(NotAllowed):
        assigning.declare_conflict(place, note="ще раз", by=place.reviewer, at=made.AFTER)


def test_a_conflict_is_declared_by_the_reader_alone_and_before_handing_in():
    stage = made.assigned(applications=1)
    place, other = stage.places
    with pytest.raises(NotAllowed):
        assigning.declare_conflict(place, note="", by=other.reviewer, at=made.AFTER)
    made.hand_in(place)
    with pytest.raises(Refused, match="вже здано"):
        assigning.declare_conflict(place, note="", by=place.reviewer, at=made.AFTER)
    assert not Conflict.objects.exists()


def test_a_panel_member_steps_aside_and_loses_a_place_too():
    stage = made.assigned(applications=1)
    place = stage.places[0]
    programmes.role("panel", stage.programme, user=place.reviewer)
    application = made.whole(place.application)
    assigning.recuse(application, note="Знаю голову.", by=place.reviewer, at=made.AFTER)
    place.refresh_from_db()
    assert place.state == AssignmentState.RELEASED
    assert enqueued("viche.reviews.tasks.conflict_declared") == [[Conflict.objects.get().pk]]
    with pytest.raises(NotAllowed):
        assigning.recuse(application, note="Знаю голову.", by=place.reviewer, at=made.AFTER)
    with pytest.raises(NotAllowed):
        assigning.recuse(application, note="", by=people.user(), at=made.AFTER)
    assert Application.objects.get().assignments.filter(assignments.LIVING).count() == 1


@pytest.fixture
def without_role():
    """As `made.assigned`; `.gone` lost the role of a reviewer, `.left` are their places."""
    stage = made.assigned(applications=4, reviewers=4)
    stage.gone = stage.reviewers[0]
    stage.left = [place for place in stage.places if place.reviewer_id == stage.gone.pk]
    role = Role.objects.get(user=stage.gone, kind=RoleKind.REVIEWER)
    roles.take_role(role, by=stage.officer, at=made.AFTER)
    return stage


def test_places_of_somebody_without_the_role_count_as_free(without_role):
    stage = without_role
    on = made.REVIEW_BY
    assert len(stage.left) == 2
    assert assignments.progress([stage.call], on, ())[stage.call.pk]["given"] == 6
    assert stage.gone not in [row["person"] for row in assignments.loads(stage.call, on)]
    short = list(tables.of_call(stage.call, on, show="short"))
    assert {one.pk for one in short} == {place.application_id for place in stage.left}
    lines = tables.rows(stage.call, short, (), on)
    assert [line.free for line in lines] == [1, 1]
    said = [one.words for line in lines for one in line.places if one.place.reviewer_id == stage.gone.pk]
    assert said == ["Більше не оцінює в програмі"] * 2
    late = on + timedelta(days=1)
    assert stage.gone not in [place.reviewer for place in assignments.to_remind(late)]
    assert assignments.progress([stage.call], late, ())[stage.call.pk]["late"] == 6


def test_somebody_without_the_role_hands_nothing_in(without_role):
    place = assignments.by_pk(without_role.left[0].pk)
    with pytest.raises(NotAllowed):
        made.write(place)
    with pytest.raises(NotAllowed):
        scoring.submit(place, by=without_role.gone, at=made.AFTER)
    assert list(assignments.waiting_for(without_role.gone)) == []


def test_one_press_gives_the_places_of_the_gone_to_others(without_role):
    stage = without_role
    assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    now = made.places(stage.call)
    assert len(now) == 8
    assert stage.gone not in [place.reviewer for place in now]
    values = json.loads(Entry.objects.filter(verb="reviews.assigned").order_by("number").last().values.body)
    assert len(values["after"]["released"]) == 2


def test_a_place_of_the_gone_is_given_by_hand(without_role):
    stage = without_role
    application = stage.left[0].application
    reviewer = tables.free_for(application).first()
    assigning.give(application, reviewer=reviewer, by=stage.officer, at=made.AFTER)
    assert stage.gone not in [place.reviewer for place in assignments.places([application])[application.pk]]


def test_a_finished_review_stays_when_its_author_leaves():
    stage = made.assigned()
    done = made.hand_in(stage.places[0])
    role = Role.objects.get(user=done.reviewer, kind=RoleKind.REVIEWER)
    roles.take_role(role, by=stage.officer, at=made.AFTER)
    assigning.assign(stage.call, by=stage.officer, at=made.AFTER)
    assert done.pk in [place.pk for place in made.places(stage.call)]
    assert {row["person"]: row["done"] for row in assignments.loads(stage.call, made.REVIEW_BY)}[done.reviewer] == 1


def test_the_office_is_told_before_a_reviewers_role_is_taken(client):
    stage = made.assigned()
    role = Role.objects.get(user=stage.reviewers[0], kind=RoleKind.REVIEWER)
    client.force_login(stage.officer)
    page = client.get(reverse("programmes:take", args=[stage.programme.code, role.pk])).content.decode()
    assert "знову чекатимуть на призначення" in page

"""Many at once: one gets the last place, one review is handed in, the budget is not overspent, letters go once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from tests.factories import calls, programmes
from tests.factories import reviews as made
from viche.calls.choices import Outcome
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import Refused
from viche.people import operations as people_operations
from viche.people.models import Invitation
from viche.programmes.models import Participant
from viche.reviews.models import Assignment, Decision
from viche.reviews.operations import assigning, deciding, letters, scoring
from viche.reviews.queries import assignments

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
THREADS = 20
INVITED = 12


def at_once(*acts):
    """Do all at the same moment, each in a thread of its own; what each gave back, or the class of what it raised."""
    start = Barrier(len(acts), timeout=60)

    def run(act):
        try:
            start.wait()
            return act()
        except (Refused, scoring.Stale) as no:
            return type(no)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_twenty_take_the_last_place_and_one_gets_it():
    stage = made.closed(applications=1, reviewers=THREADS, reviewers_wanted=1)
    application = stage.applications[0]

    def taking(reviewer):
        return lambda: assigning.give(application, reviewer=reviewer, by=stage.officer, at=made.AFTER)

    results = at_once(*map(taking, stage.reviewers))
    assert results.count(Refused) == THREADS - 1
    place = Assignment.objects.get()
    assert (place.slot, place.state) == (1, "waiting")
    assert Entry.objects.filter(verb="reviews.given").count() == 1


def test_everybody_presses_assign_and_places_are_given_once():
    stage = made.closed(applications=4, reviewers=4)
    at_once(*[lambda: assigning.assign(stage.call, by=stage.officer, at=made.AFTER)] * 8)
    assert Assignment.objects.count() == 8
    assert {row["given"] for row in assignments.loads(stage.call, made.REVIEW_BY)} == {2}


def test_a_review_pressed_ten_times_is_handed_in_once():
    stage = made.assigned(applications=1, reviewers=2)
    place = made.write(stage.places[0])
    results = at_once(*[lambda: scoring.submit(place, by=place.reviewer, at=made.AFTER)] * 10)
    assert {one.total for one in results} == {Decimal("80.0")}
    assert Entry.objects.filter(verb="reviews.submitted").count() == 1


def test_of_ten_tabs_that_save_at_once_one_is_kept_and_the_others_are_told():
    stage = made.assigned(applications=1, reviewers=2)
    pk, reviewer = stage.places[0].pk, stage.places[0].reviewer

    def saving(number):
        scores = made.scores(stage.call, reason=f"вкладка {number}")
        place = assignments.by_pk(pk)
        return lambda: scoring.save(
            place, scores=scores, comment=f"вкладка {number}", revision=0, by=reviewer, at=made.AFTER
        )

    results = at_once(*map(saving, range(10)))
    assert results.count(scoring.Stale) == 9
    stored = Assignment.objects.get(pk=pk)
    assert stored.revision == 1
    assert {score.reason for score in stored.scores.all()} == {stored.comment}


def test_two_officers_do_not_overspend_together():
    stage = made.assessed(applications=2, reviewers=2, budget=300_000)
    other = programmes.officer(stage.programme)

    def writing(application, officer):
        return lambda: deciding.write(
            application,
            outcome=Outcome.SUPPORTED,
            amount=Decimal(180_000),
            reason="Так.",
            by=officer,
            at=made.LATER,
        )

    one, two = stage.applications
    results = at_once(writing(one, stage.officer), writing(two, other))
    assert results.count(Refused) == 1
    assert Decision.objects.get().amount == 180_000


def test_a_review_handed_in_at_the_end_of_the_assessment_counts_or_is_told():
    stage = made.assigned(applications=1, reviewers=2)
    first, second = stage.places
    made.hand_in(first)
    second = made.write(second)
    handed, closed = at_once(
        lambda: scoring.submit(second, by=second.reviewer, at=made.AFTER),
        lambda: deciding.close_assessment(stage.call, why="Досить.", by=stage.officer, at=made.AFTER),
    )
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert closed.stage == "assessed"
    if handed is Refused:
        assert Assignment.objects.get(pk=second.pk).state == "begun"
    else:
        assert verbs.index("calls.assessed") > len(verbs) - 1 - verbs[::-1].index("reviews.submitted")


def test_publishing_twice_publishes_once_and_writes_once():
    stage = made.assessed(applications=2, reviewers=2)
    for application in stage.applications:
        made.decision(stage, application, Outcome.RESERVE)
    at_once(*[lambda: deciding.decide(stage.call, by=stage.officer, at=made.LATER)] * 6)
    names = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()]
    assert names.count("viche.reviews.tasks.outcomes") == 1
    assert Entry.objects.filter(verb="calls.decided").count() == 1
    call = made.fresh(stage.call)
    told = at_once(*[lambda: letters.send_outcomes(call, at=made.LATER)] * 4)
    assert sorted(told) == [0, 0, 0, 2]
    decision = Decision.objects.select_related("application__call__programme", "application__organisation").first()
    sent = at_once(*[lambda: letters.send_outcome(decision, at=made.LATER)] * 4)
    assert sorted(sent) == [0, 0, 0, 1]
    assert Letter.objects.filter(kind="calls.outcome").count() == 1


def test_hubs_are_admitted_while_their_heads_invite_colleagues():
    """Both write the journal, and both hold organisations: whoever locked the journal first would wait for ever."""
    stage = made.assessed(applications=4, reviewers=2, kind="hub", budget=None, award_least=None, award_most=None)
    for application in stage.applications:
        made.decision(stage, application, amount=None)

    def inviting(application):
        head, organisation = calls.writer(application), application.organisation

        def invite():
            for number in range(INVITED):
                email = f"colleague{number}.of{organisation.pk}@example.org"
                people_operations.invite(organisation, email=email, name="", role="preparer", by=head, at=made.LATER)
            return "invited"

        return invite

    results = at_once(
        lambda: deciding.decide(stage.call, by=stage.officer, at=made.LATER).stage,
        *map(inviting, stage.applications),
    )
    assert results == ["decided", *["invited"] * 4]
    assert Participant.objects.count() == 4
    assert Invitation.objects.count() == 4 * INVITED
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    decided = verbs.index("calls.decided")
    assert verbs[decided - 4 : decided] == ["programmes.admitted"] * 4


def test_a_decision_does_not_slip_in_after_publishing():
    stage = made.assessed(applications=1, reviewers=2)
    application = stage.applications[0]
    made.decision(stage, application, Outcome.RESERVE)
    written, _published = at_once(
        lambda: made.decision(stage, application, Outcome.DECLINED),
        lambda: deciding.decide(stage.call, by=stage.officer, at=made.LATER),
    )
    application.refresh_from_db()
    assert Decision.objects.get().outcome == application.outcome
    assert (written is Refused) == (application.outcome == Outcome.RESERVE)

"""Several hands at one value and its period at one moment: one decision, one fact, nothing left waiting in a closed period."""

import threading
from decimal import Decimal

import pytest
from django.db import connections

from tests.factories import people, programmes
from tests.factories import results as factory
from viche.facts.models import Fact
from viche.facts.queries import recounting
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.results.models import Kept, Period, Value
from viche.results.operations import deciding, evidence, periods, values
from viche.results.queries.sources import SOURCES

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = factory.MOMENT
ROUNDS = range(4)


def at_once(*acts):
    """Run the acts at one moment in threads of their own; what came of each: its result, or what was raised."""
    ready, outcomes = threading.Barrier(len(acts), timeout=60), [None] * len(acts)

    def run(place, act):
        try:
            ready.wait()
            outcomes[place] = act()
        except Exception as fault:  # noqa: BLE001 — the test tells which
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def scene():
    made = programmes.programme()
    made.first, made.second = programmes.officer(made), programmes.officer(made)
    made.author = programmes.editor(made)
    made.one, made.within = factory.indicator(made), factory.period(made)
    return made


def submitted(scene):
    return factory.submitted(scene.one, 10, period=scene.within, reported_by=scene.author)


def statuses(outcomes):
    """Of each act: nothing where it was done, the status of the refusal where it was not."""
    for one in outcomes:
        assert not isinstance(one, Exception) or isinstance(one, Refused), repr(one)
    return [one.status if isinstance(one, Refused) else None for one in outcomes]


def agrees():
    return recounting.compare(SOURCES).difference is None


@pytest.mark.parametrize("turn", ROUNDS)
def test_a_close_and_an_approval_leave_nothing_waiting_behind_a_closed_door(scene, turn):
    value = submitted(scene)
    acts = [
        lambda: periods.close(scene.within, by=scene.first, at=AT),
        lambda: deciding.approve(value, by=scene.second, at=AT),
    ]
    step = 1 if turn % 2 else -1
    closed, approved = statuses(at_once(*acts[::step])[::step])
    assert approved is None  # a period does not close before what waits in it is answered
    assert closed in {None, 409}
    assert Value.objects.get().state == "approved"
    if closed is None:
        assert Kept.objects.get().value == 10
    else:
        assert not Period.objects.get().is_closed
        assert not Kept.objects.exists()
    assert agrees()


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_approvals_at_once_are_one_decision_and_one_fact(scene, turn):
    value = submitted(scene)
    outcomes = at_once(*(lambda by=by: deciding.approve(value, by=by, at=AT) for by in (scene.first, scene.second) * 3))
    assert statuses(outcomes) == [None] * 6
    kept = Value.objects.get()
    assert {one.decided_by_id for one in outcomes} == {kept.decided_by_id}
    assert [fact.value for fact in Fact.objects.all()] == [1000]
    assert Entry.objects.filter(verb="results.value_approved").count() == 1
    assert agrees()
    assert turn in ROUNDS


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_an_approval_and_a_question_one_is_heard(scene, turn):
    value = submitted(scene)
    approved, returned = statuses(
        at_once(
            lambda: deciding.approve(value, by=scene.first, at=AT),
            lambda: deciding.send_back(value, remark="Де список?", by=scene.second, at=AT),
        )
    )
    assert sorted([approved or 0, returned or 0]) == [0, 409]
    kept = Value.objects.get()
    assert kept.state == ("approved" if approved is None else "returned")
    assert Fact.objects.count() == (1 if approved is None else 0)
    assert agrees()
    assert turn in ROUNDS


@pytest.mark.parametrize("turn", ROUNDS)
def test_what_is_typed_while_the_period_closes_is_kept_or_refused_and_never_half(scene, turn):
    value = factory.value(scene.one, 10, period=scene.within, reported_by=scene.author)
    link = {"kind": "link", "caption": "Сайт", "link": "https://example.org"}
    saved, proved, closed = statuses(
        at_once(
            lambda: values.save(value, revision=0, number=Decimal(77), by=scene.author, at=AT),
            lambda: evidence.attach(value, **link, by=scene.author, at=AT),
            lambda: periods.close(scene.within, by=scene.first, at=AT),
        )
    )
    assert closed is None
    kept = Value.objects.get()
    assert (kept.value, kept.revision) == ((77, 1) if saved is None else (10, 0))
    assert kept.evidence.count() == (2 if proved is None else 1)
    assert {saved, proved} <= {None, 409}
    assert turn in ROUNDS


def test_two_tabs_that_save_at_once_lose_nothing(scene):
    value = factory.value(scene.one, 10, period=scene.within, reported_by=scene.author)

    def save(number):
        try:
            return values.save(value, revision=0, number=Decimal(number), by=scene.author, at=AT)
        except values.Stale as stale:
            return stale.stored

    stored = at_once(lambda: save(1), lambda: save(2), lambda: save(3))
    kept = Value.objects.get()
    assert kept.revision == 1
    assert {one.value for one in stored} == {kept.value}


def test_nobody_withdraws_and_hands_in_the_same_value_at_once(scene):
    value = factory.approved(scene.one, 10, period=scene.within, reported_by=scene.author, by=people.administrator())
    withdrawn, submitted_again = statuses(
        at_once(
            lambda: deciding.withdraw(value, why="Двічі.", by=scene.first, at=AT),
            lambda: values.submit(value, by=scene.author, at=AT),
        )
    )
    assert withdrawn is None
    assert submitted_again in {None, 409}
    assert not Fact.objects.exists()
    assert agrees()

"""Many at once at one event: exactly as many seats as there are, the queue in order, one registration for one person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier, BoundedSemaphore, Lock

import pytest
from django.db import connection, transaction

from tests.factories import events, people, seats
from viche.events.models import Event, Registration
from viche.events.operations import registering
from viche.events.queries import coming
from viche.methods.refusals import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
GUESTS = 200
CONNECTIONS = 60  # at once: a cluster of PostgreSQL as installed has room for a hundred of everybody


def together(act, things):
    """Do the act for all things at one moment, in as many threads; results or exceptions in the order of the things."""
    gate, hands = Barrier(len(things), timeout=60), BoundedSemaphore(CONNECTIONS)

    def one(thing):
        gate.wait()
        with hands:
            try:
                return act(thing)
            except Exception as raised:  # noqa: BLE001 — what was raised is the outcome that the tests look at
                return raised
            finally:
                connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(one, things))


class Ticking:
    """A clock that moves on each time it is read."""

    def __init__(self, start=people.MOMENT):
        self.start, self.readings, self.lock = start, count(), Lock()

    def __call__(self):
        with self.lock:
            return self.start + timedelta(milliseconds=next(self.readings))


@transaction.atomic
def hall(capacity, **changes):
    """An event with so many seats; its number is given under a lock."""
    return events.with_seats(capacity, **changes)


def register(event, clock, asked):
    return registering.register(event, asked=asked, by=seats.NOBODY, clock=clock)


def counted(event):
    """What the event says of its people, and what its registrations say."""
    event = Event.objects.get(pk=event.pk)
    states = list(event.registrations.values_list("state", flat=True))
    assert (states.count("seated"), states.count("waiting")) == (event.seated, event.waiting)
    return event.seated, event.waiting


def test_two_hundred_ask_for_fifty_seats():
    event, clock = hall(50), Ticking()
    outcomes = together(lambda asked: register(event, clock, asked), [seats.asked() for _ in range(GUESTS)])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert counted(event) == (50, 150)
    # Whoever came first is seated; the queue is in the order of coming.
    rows = list(Registration.objects.order_by("registered_at", "pk"))
    assert [one.state for one in rows] == ["seated"] * 50 + ["waiting"] * 150
    assert [coming.position(one) for one in rows[50:]] == list(range(1, 151))


def test_twenty_clicks_of_one_person_are_one_registration():
    event, clock = hall(50), Ticking()
    asked = seats.asked(email="a@example.org")
    outcomes = together(lambda _number: register(event, clock, asked), list(range(20)))
    assert len({one.registration.pk for one in outcomes}) == 1
    assert sum(one.is_new for one in outcomes) == 1
    assert counted(event) == (1, 0)


def test_fifty_cancel_while_fifty_ask():
    """Every seat given up goes to the queue at once, and none twice."""
    event, clock = hall(50), Ticking()
    held = [seats.registered(event) for _ in range(100)]

    def act(number):
        if number % 2:
            return register(event, clock, seats.asked())
        one = held[number // 2]
        return registering.cancel(one, by=seats.NOBODY, word=coming.word_of(one), clock=clock)

    outcomes = together(act, list(range(100)))
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert counted(event) == (50, 50)
    assert {seats.again(one).state for one in held[50:]} == {"seated"}


def test_the_close_is_decided_by_the_clock_under_the_lock():
    event = hall(200, registration_closes_at=people.MOMENT)
    clock = Ticking(people.MOMENT - timedelta(milliseconds=40))
    outcomes = together(lambda asked: register(event, clock, asked), [seats.asked() for _ in range(100)])
    late = [one for one in outcomes if isinstance(one, Refused)]
    assert (len(outcomes) - len(late), len(late)) == (40, 60)
    assert counted(event) == (40, 0)
    assert all(one.registered_at < people.MOMENT for one in Registration.objects.all())

"""After a person has been forgotten no registration tells who they were; seats ahead go to the queue, counts stay."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import events, people, seats
from viche.events.models import Event, Feed, Registration
from viche.events.operations import own_calendars, registering
from viche.events.queries import coming
from viche.people import operations

pytestmark = pytest.mark.django_db
AT = people.MOMENT + timedelta(days=1)


def forgotten(person, at=AT):
    operations.forget(person, by=person, at=at)


def test_name_mailbox_and_needs_go(client):
    person = people.user(name="Соломія Пам’ятна")
    one = seats.registered(events.with_seats(2), by=person, needs="Потайне", access=["captions"])
    before = seats.registered(events.with_seats(2), email=person.email, name="Соломія")
    Registration.objects.filter(pk=before.pk).update(user=None)
    words = [coming.word_of(each) for each in (one, before)]
    forgotten(person)
    for row in Registration.objects.values("name", "email", "needs", "access", "user"):
        assert row == {"name": "", "email": "", "needs": "", "access": [], "user": None}
    for word in words:
        assert client.get(reverse("events:seat", args=[word])).status_code == 404
    assert Registration.objects.exclude(forgotten_at=AT).count() == 0


def test_the_seat_goes_to_the_queue():
    event, person = events.with_seats(1), people.user()
    seats.registered(event, by=person)
    waiting = seats.registered(event)
    forgotten(person)
    assert seats.again(waiting).state == "seated"
    assert (Event.objects.get(pk=event.pk).seated, Event.objects.get(pk=event.pk).waiting) == (1, 0)


def test_that_somebody_came_stays_counted():
    event, person = events.with_seats(2), people.user()
    one = seats.registered(event, by=person)
    registering.come(one, came=True, by=event.author, at=event.starts_at)
    forgotten(person, at=event.ends_at)
    kept = seats.again(one)
    assert (kept.state, kept.came_at) == ("seated", event.starts_at)


def test_a_delegation_keeps_its_seats():
    event, hub = events.with_seats(9), events.hub()
    event.invited.add(hub.organisation)
    people.head(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=4)
    forgotten(hub.user)
    assert (seats.again(one).state, seats.again(one).name, seats.again(one).people) == ("seated", "", 4)


def test_the_calendar_of_the_person_goes_too():
    person = people.user()
    own_calendars.make(person, by=person, at=AT)
    forgotten(person)
    assert not Feed.objects.exists()

"""A person's own calendar: a secret address without a session, which tells of changes and can be taken away."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import events, people, seats
from viche.events.models import Event, Feed
from viche.events.operations import own_calendars, registering
from viche.events.queries import own_calendar
from viche.methods.refusals import NotAllowed

pytestmark = pytest.mark.django_db
AT = people.MOMENT


@pytest.fixture
def person():
    return people.user()


def hall(**changes):
    starts = timezone.now() + timedelta(days=2)
    return events.with_seats(5, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def made(person, at=AT):
    feed = own_calendars.make(person, by=person, at=at)
    return reverse("events:my_calendar", args=[own_calendar.word_of(feed)])


def told(client, address):
    return {str(one["uid"]): one for one in Calendar.from_ical(client.get(address).content).walk("VEVENT")}


def test_it_tells_where_one_goes_with_the_exact_place(client, person):
    event = hall(is_place_private=True)
    seats.registered(event, by=person, at=timezone.now())
    seats.registered(hall(), at=timezone.now())
    found = told(client, made(person))
    assert list(found) == [f"{event.uid}@viche"]
    assert "Шкільна" in found[f"{event.uid}@viche"]["location"]


def test_it_speaks_the_language_of_its_owner_whatever_its_address(client, person):
    type(person).objects.filter(pk=person.pk).update(language="en")
    person.refresh_from_db()
    seats.registered(hall(), by=person, at=timezone.now())
    calendar = Calendar.from_ical(client.get(made(person)).content)
    assert "My events" in str(calendar["x-wr-calname"])


def test_each_event_stands_in_it_once(client, person):
    event, now = hall(), timezone.now()
    first = seats.registered(event, by=person, at=now)
    registering.cancel(first, by=person, clock=lambda: now)
    address = made(person)
    assert str(told(client, address)[f"{event.uid}@viche"]["status"]) == "CANCELLED"
    seats.registered(event, by=person, at=now + timedelta(seconds=1))
    assert str(told(client, address)[f"{event.uid}@viche"]["status"]) == "CONFIRMED"


def test_the_seat_of_ones_delegation_counts_more_than_what_one_gave_up(client):
    event, hub, now = hall(), events.hub(), timezone.now()
    event.invited.add(hub.organisation)
    colleague = people.preparer(hub.organisation)
    seats.registered(event, by=hub.user, organisation=hub.organisation, people=2, at=now)
    own = seats.registered(event, by=colleague, at=now)
    registering.cancel(own, by=colleague, clock=lambda: now)
    assert [str(one["status"]) for one in told(client, made(colleague)).values()] == ["CONFIRMED"]


def test_nothing_new_is_not_sent_again(client, person):
    seats.registered(hall(), by=person, at=timezone.now())
    address = made(person)
    mark = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    Event.objects.update(sequence=7)
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200


def test_a_new_address_takes_the_place_of_the_old(client, person):
    old, new = made(person), made(person, AT + timedelta(days=1))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    own_calendars.stop(person, by=person, at=AT)
    own_calendars.stop(person, by=person, at=AT)
    assert client.get(new).status_code == 404


def test_who_may_not_sign_in_has_no_calendar(client, person):
    address = made(person)
    person.is_active = False
    person.save()
    assert client.get(address).status_code == 404


def test_only_oneself_makes_it(person):
    for act in (own_calendars.make, own_calendars.stop):
        with pytest.raises(NotAllowed):
            act(person, by=people.administrator(), at=AT)


def test_the_buttons(client, person):
    client.force_login(person)
    page, act = reverse("events:my_seats"), reverse("events:my_feed")
    assert "Зробити адресу" in client.get(page).content.decode()
    assert client.get(act)["Location"] == page
    assert client.post(act).status_code == 302
    assert own_calendar.word_of(Feed.objects.get()) in client.get(page).content.decode()
    client.post(act, {"stop": "1"})
    assert not Feed.objects.exists()

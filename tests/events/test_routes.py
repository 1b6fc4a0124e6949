"""A consultant's itinerary in the own calendar: a secret address that follows the rights of the day."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import events, people, places, programmes
from viche.events import access
from viche.events.choices import State
from viche.events.models import Event, RouteFeed
from viche.events.operations import routes, visits
from viche.events.queries import routes as queries
from viche.methods.refusals import NotAllowed
from viche.people.operations import forgetting
from viche.programmes.models import Role

pytestmark = pytest.mark.django_db
AT = people.MOMENT


@pytest.fixture
def programme():
    return programmes.programme()


@pytest.fixture
def consultant(programme):
    return programmes.consultant(programme, oblast=places.oblast(), name="Консультантка області")


def soon(days=2):
    starts = timezone.now() + timedelta(days=days)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def made(user, programme, at=AT):
    return reverse("events:route_calendar", args=[queries.word_of(routes.make(programme, by=user, at=at))])


def told(client, address):
    found = Calendar.from_ical(client.get(address).content)
    return {str(one["uid"]): one for one in found.walk("VEVENT")}


def test_it_tells_where_when_and_who_goes_in_the_own_oblast_alone(client, programme, consultant):
    event = events.published(
        programme, is_place_private=True, online_link="https://meet.example/1", latitude=49.5, longitude=34.5, **soon()
    )
    waiting = events.submitted(programme, title="Ще чекає", **soon())
    lviv = people.organisation(hromada=places.hromada(oblast=places.oblast(name="Львівська")))
    events.published(programme, organisation=lviv, **soon())
    events.published(programme, **soon(days=-40))
    events.draft(programme, **soon())
    events.published(programmes.programme(), **soon())
    visits.plan(event, by=consultant, at=AT)
    found = told(client, made(consultant, programme))
    assert set(found) == {f"{event.uid}@viche", f"{waiting.uid}@viche"}
    one, other = found[f"{event.uid}@viche"], found[f"{waiting.uid}@viche"]
    assert (str(one["status"]), str(other["status"])) == ("CONFIRMED", "TENTATIVE")
    assert "вул. Шкільна, 1" in one["location"]
    assert "Їде: Консультантка області" in one["description"]
    assert "Ще на розгляді" in other["description"]
    assert "Їде:" not in other["description"]
    assert one["url"].endswith(reverse("events:office", args=[programme.code, event.code]))


@pytest.mark.parametrize(("most", "days"), [(1, [2]), (2, [2, 9]), (3, [-2, 2, 9]), (4, [-2, -9, 2, 9])])
def test_of_very_many_what_is_ahead_stays(programme, consultant, monkeypatch, most, days):
    monkeypatch.setattr(queries, "MOST", most)
    made = {day: events.published(programme, **soon(day)) for day in (-9, -2, 2, 9)}
    assert queries.kept(access.reach(consultant, programme), timezone.now()) == [made[day] for day in days]


@pytest.mark.parametrize(("state", "said"), [(State.POSTPONED, "TENTATIVE"), (State.CANCELLED, "CANCELLED")])
def test_it_follows_the_event(client, programme, consultant, state, said):
    event = events.published(programme, **soon())
    address = made(consultant, programme)
    mark = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
    Event.objects.filter(pk=event.pk).update(state=state, sequence=5, organisation=None, hromada=None)
    assert client.get(address, headers={"If-None-Match": mark}).status_code == 200
    one = told(client, address)[f"{event.uid}@viche"]
    assert (str(one["status"]), one["sequence"]) == (said, 5)


def test_rights_are_those_of_the_day(client, programme, consultant):
    events.published(programme, **soon())
    address = made(consultant, programme)
    assert len(told(client, address)) == 1
    Role.objects.filter(user=consultant).update(oblast=places.oblast(name="Одеська"))
    assert told(client, address) == {}
    Role.objects.filter(user=consultant).delete()
    assert client.get(address).status_code == 404
    officer = programmes.officer(programme)
    address = made(officer, programme)
    assert len(told(client, address)) == 1
    officer.is_active = False
    officer.save()
    assert client.get(address).status_code == 404


def test_a_new_address_takes_the_place_of_the_old(client, programme, consultant):
    old, new = made(consultant, programme), made(consultant, programme, AT + timedelta(days=1))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    routes.stop(programme, by=consultant, at=AT)
    routes.stop(programme, by=consultant, at=AT)
    assert client.get(new).status_code == 404


def test_who_has_no_work_there_has_no_itinerary(programme):
    for stranger in (people.user(), AnonymousUser(), programmes.reviewer(programme)):
        with pytest.raises(NotAllowed):
            routes.make(programme, by=stranger, at=AT)


def test_the_buttons(client, programme, consultant):
    client.force_login(consultant)
    page, act = (
        reverse(f"events:{name}", args=[programme.code]) for name in ("office_itinerary", "office_itinerary_feed")
    )
    assert "Зробити адресу" in client.get(page).content.decode()
    assert client.get(act)["Location"] == page
    client.post(act)
    assert queries.word_of(RouteFeed.objects.get()) in client.get(page).content.decode()
    client.post(act, {"stop": "1"})
    assert not RouteFeed.objects.exists()


def test_it_goes_with_the_person(programme, consultant):
    made(consultant, programme)
    forgetting.forget(consultant, by=consultant, at=AT)
    assert not RouteFeed.objects.exists()


def test_many_events_ask_as_much_as_one(client, programme, consultant, django_assert_max_num_queries):
    address, counts = made(consultant, programme), []
    for more in (1, 2, 20):
        for _ in range(more):
            events.published(programme, **soon())
        with django_assert_max_num_queries(12) as caught:
            client.get(address)
        counts.append(len(caught))
    assert counts[0] == counts[1] == counts[2]

"""The office corrects place and link of an announced event; whoever registered is told what has changed, once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import events, people, programmes, seats
from viche.events.choices import State
from viche.events.models import Event
from viche.events.operations import mending
from viche.events.tasks import seats as tasks
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.earth import Point
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = people.MOMENT
PLACE = {"venue": "Актова зала", "address": "вул. Нова, 1", "point": Point(49.5, 34.5), "online_link": ""}


def soon(**changes):
    starts = timezone.now() + timedelta(days=2)
    return events.with_seats(5, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def test_the_consultant_corrects_the_place_and_everybody_registered_is_told(client):
    event = soon()
    registration = seats.registered(event, email="resident@example.org")
    consultant = events.consultant(event)
    client.force_login(consultant)
    address = reverse("events:move", args=[event.code])
    assert address in client.get(reverse("events:office", args=[event.programme.code, event.code])).content.decode()
    assert "Виправити місце чи посилання" in client.get(address).content.decode()
    typed = {"act": "place", "place-venue": "Актова зала", "place-address": "вул. Нова, 1", "place-point": "49.5, 34.5"}
    said = client.post(address, typed, follow=True).content.decode()
    assert "Місце змінено. Пишемо всім, хто зареєструвався." in said
    done = Event.objects.get(pk=event.pk)
    assert (done.venue, done.address, done.latitude, done.longitude) == ("Актова зала", "вул. Нова, 1", 49.5, 34.5)
    assert (done.sequence, done.revision) == (event.sequence + 1, event.revision + 1)
    assert Entry.objects.get(verb="events.place_set").actor_id == consultant.pk
    tasks.moved(event.code, done.sequence, "place")
    tasks.moved_one(registration.pk, done.sequence, "place")
    letter = Letter.objects.get(subject__startswith="Зміни:", to="resident@example.org")
    assert "Актова зала, вул. Нова, 1" in letter.text
    waiting = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert ["viche.events.tasks.seats.moved", [event.code, done.sequence, "place"]] in waiting


def test_the_same_place_again_tells_nobody():
    event = soon()
    officer = programmes.officer(event.programme)
    first = mending.set_place(event, **PLACE, by=officer, at=AT)
    again = mending.set_place(event, **PLACE, by=officer, at=AT)
    assert again.sequence == first.sequence == event.sequence + 1
    assert Entry.objects.filter(verb="events.place_set").count() == 1


def test_what_the_office_has_written_waits_for_no_moderator():
    event = soon(accepted={"venue": "Читальня", "title": "Стара назва"}, mended_at=AT)
    officer = programmes.officer(event.programme)
    done = mending.set_place(event, **PLACE, by=officer, at=AT)
    assert (done.accepted, done.mended_at) == ({"title": "Стара назва"}, AT)
    Event.objects.filter(pk=event.pk).update(accepted={"venue": "Читальня"})
    done = mending.set_place(event, **{**PLACE, "venue": "Сцена"}, by=officer, at=AT)
    assert (done.accepted, done.mended_at) == ({}, None)


def test_a_point_that_is_taken_away():
    event = soon(latitude=49.0, longitude=34.0)
    done = mending.set_place(event, **{**PLACE, "point": None}, by=programmes.officer(event.programme), at=AT)
    assert (done.latitude, done.longitude) == (None, None)


def test_an_event_on_the_spot_keeps_a_place(client):
    event = soon()
    client.force_login(programmes.officer(event.programme))
    answer = client.post(reverse("events:move", args=[event.code]), {"act": "place", "place-online_link": ""})
    assert answer.status_code == 422
    assert "Напишіть, де збираємося" in answer.content.decode()
    assert Event.objects.get(pk=event.pk).venue == event.venue


@pytest.mark.parametrize("state", [State.CANCELLED, State.SUBMITTED, "held"])
def test_only_what_is_announced_and_ahead(state):
    event = soon()
    at = event.ends_at if state == "held" else AT
    if state != "held":
        Event.objects.filter(pk=event.pk).update(state=state)
    with pytest.raises(Refused) as caught:
        mending.set_place(event, **PLACE, by=programmes.officer(event.programme), at=at)
    assert caught.value.status == 409


def test_its_organiser_mends_it_on_the_own_page(client):
    event = soon()
    client.force_login(event.author)
    address = reverse("events:move", args=[event.code])
    assert "Виправити місце чи посилання" not in client.get(address).content.decode()
    assert client.post(address, {"act": "place", "place-venue": "Деінде"}).status_code == 200
    assert Event.objects.get(pk=event.pk).venue == event.venue
    for other in (event.author, programmes.observer(event.programme)):
        with pytest.raises(NotAllowed):
            mending.set_place(event, **PLACE, by=other, at=AT)

"""After a person has been forgotten no registration tells who they were; seats ahead go to the queue, counts stay."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import events, people, seats
from viche.events.models import Event, Feed, Guest, Registration
from viche.events.operations import forgetting, moving, own_calendars, registering, seat_letters
from viche.events.queries import attending, coming
from viche.events.tasks import seats as tasks
from viche.journal.models import Entry
from viche.mail.models import Letter
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


def test_a_seat_is_not_passed_on_to_another_mailbox_of_the_same_person():
    event, person = events.with_seats(1), people.user()
    seats.registered(event, by=person)
    seats.registered(event, email="another@example.org")
    waiting = seats.registered(event)
    forgetting.forget(person, addresses=[person.email, "another@example.org"], at=AT)
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


def test_a_delegation_whose_writer_was_forgotten_is_seen_and_written_to_by_those_who_write_now():
    event, hub = events.with_seats(9), events.hub()
    event.invited.add(hub.organisation)
    colleague = people.head(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=3)
    old = coming.word_of(one)
    forgotten(hub.user)
    one = seats.again(one)
    assert (one.email, one.forgotten_at) == ("", None)
    assert coming.reached(old, AT) is None
    assert coming.reached(coming.word_of(one), AT) == one
    assert list(coming.of_user(colleague)) == [one]
    moving.cancel(event, why="Немає світла.", by=event.author, at=AT)
    assert seat_letters.tell_of_move(one, sequence=event.sequence + 1, at=AT)
    assert [letter.to for letter in Letter.objects.filter(kind="events.seat")] == [colleague.email]
    assert reverse("events:my_seat", args=[one.pk]) in Letter.objects.latest("pk").text


def test_while_an_event_waits_for_its_new_time_the_seat_goes_to_the_queue():
    event, person = events.with_seats(1), people.user()
    seats.registered(event, by=person)
    second = seats.registered(event)
    moving.postpone(event, why="alert", by=event.author, at=AT)
    later = events.AFTER + timedelta(days=1)
    forgetting.forget(person, addresses={person.email}, at=later)
    moving.set_time(event, starts_at=later + timedelta(days=9), by=event.author, at=later)
    assert seats.again(second).state == "seated"


def test_the_calendar_of_the_person_goes_too():
    person = people.user()
    own_calendars.make(person, by=person, at=AT)
    forgotten(person)
    assert not Feed.objects.exists()


def kept_for(days):
    """An event with a registration of a person and a delegation of two, and the programme's term."""
    event, hub = events.with_seats(9), events.hub()
    event.invited.add(hub.organisation)
    events.policy(event.programme, seats_days=days)
    seats.registered(event, name="Соломія Пам’ятна", needs="Потайне", access=["captions"])
    theirs = seats.registered(event, by=hub.user, organisation=hub.organisation, people=2)
    Guest.objects.create(registration=theirs, name="Хтось Названий")
    return Event.objects.get(pk=event.pk)


def test_after_the_programmes_term_names_go_and_counts_stay(client):
    event = kept_for(90)
    rows = list(Registration.objects.order_by("pk"))
    Registration.objects.filter(pk=rows[0].pk).update(came_at=event.starts_at)
    seat_letters.tell(rows[0], at=AT)
    word, over = coming.word_of(rows[0]), event.ends_at + timedelta(days=90)
    assert coming.to_erase(over) == []
    assert coming.to_erase(over + timedelta(seconds=1)) == [event.pk]
    assert forgetting.expire(event.pk, at=over) == 2
    for row in Registration.objects.values("name", "email", "needs", "access", "user"):
        assert row == {"name": "", "email": "", "needs": "", "access": [], "user": None}
    assert not Guest.objects.exists()
    assert [*Registration.objects.order_by("pk").values_list("people", "state")] == [(1, "seated"), (2, "seated")]
    assert Registration.objects.get(pk=rows[0].pk).came_at == event.starts_at
    assert (Event.objects.get(pk=event.pk).seated, attending.arrived(event)) == (3, (1, 3))
    (letter,) = Letter.objects.all()
    assert (letter.to, letter.text, letter.state) == ("", "", "opted_out")
    assert coming.to_erase(over + timedelta(days=1)) == []
    assert forgetting.expire(event.pk, at=over) == 0
    answer = client.get(reverse("events:seat", args=[word]))
    assert (answer.status_code, "Це посилання не діє" in answer.content.decode()) == (404, True)
    assert Entry.objects.filter(verb="events.seats_erased").count() == 1


def test_each_programme_has_its_own_term_and_those_without_rules_the_usual_one():
    short, usual = kept_for(30), events.with_seats(2)
    seats.registered(usual)
    assert coming.to_erase(short.ends_at + timedelta(days=31)) == [short.pk]
    assert coming.to_erase(short.ends_at + timedelta(days=181)) == [short.pk, usual.pk]


def test_who_waits_for_a_new_time_is_not_forgotten_before_a_year_is_over():
    event = kept_for(30)
    moving.postpone(event, why="power", by=event.author, at=AT)
    assert coming.to_erase(event.ends_at + timedelta(days=300)) == []
    assert coming.to_erase(event.ends_at + timedelta(days=396)) == [event.pk]


def test_the_night_erases_each_event_by_a_task_of_its_own():
    event = kept_for(30)
    tasks.erase()
    assert ["viche.events.tasks.seats.erase_one", [event.pk]] in [
        row.args_kwargs["args"] for row in DBTaskResult.objects.all()
    ]
    tasks.erase_one(event.pk)
    assert not Registration.objects.exclude(name="").exists()


def test_the_term_is_told_to_who_registers(client):
    now = timezone.now() + timedelta(days=2)
    event = events.with_seats(2, starts_at=now, ends_at=now + timedelta(hours=1))
    address = reverse("events:register", args=[event.code])
    assert "Через 180\xa0днів після заходу" in client.get(address).content.decode().replace("180 ", "180\xa0")
    events.policy(event.programme, seats_days=31)
    assert "Через 31\xa0день після заходу" in client.get(address).content.decode().replace("31 ", "31\xa0")

"""A seat of a mailbox that nobody has confirmed waits for two days, then it goes to whoever waits for it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import events, people, seats
from viche.events.models import Registration
from viche.events.operations import holding, moving, registering, seat_letters
from viche.events.queries import coming
from viche.events.tasks import seats as tasks
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed

pytestmark = pytest.mark.django_db
AT = people.MOMENT
OVER = AT + coming.HELD_FOR


@pytest.fixture(autouse=True)
def _unhurried():
    cache.clear()


def hall(**changes):
    starts = timezone.now() + timedelta(days=9)
    return events.with_seats(5, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def asks(client, mailbox, **more):
    return client.post(reverse("events:register", args=[hall().code]), {"name": "Хтось", "email": mailbox}, **more)


def test_how_long_a_seat_is_held():
    closes = AT + timedelta(hours=3)
    assert seats.registered(events.with_seats(2)).held_until == OVER
    assert seats.registered(events.with_seats(2, registration_closes_at=closes)).held_until == closes
    assert seats.registered(events.with_seats(None)).held_until is None
    assert seats.registered(events.with_seats(2), by=people.user()).held_until is None


def test_it_goes_to_the_queue_where_somebody_waits_who_fits():
    event = events.with_seats(1)
    first = seats.registered(event)
    assert not holding.lapse(first, at=OVER)
    second = seats.registered(event)
    assert not holding.lapse(first, at=OVER - timedelta(seconds=1))
    assert not holding.lapse(second, at=OVER)
    assert list(coming.to_lapse(OVER)) == [first]
    assert holding.lapse(first, at=OVER)
    assert not holding.lapse(first, at=OVER)
    first, second = seats.again(first), seats.again(second)
    assert (first.state, second.state, second.held_until) == ("cancelled", "seated", OVER + coming.HELD_FOR)
    assert seat_letters.tell(first, at=OVER)
    assert "Реєстрацію ніхто не підтвердив" in Letter.objects.latest("pk").text


def test_a_company_too_great_for_the_seat_takes_it_from_nobody():
    event, hub = events.with_seats(3), events.hub()
    event.invited.add(hub.organisation)
    one = seats.registered(event)
    seats.registered(event, by=hub.user)
    seats.registered(event)
    hub = events.hub()
    event.invited.add(hub.organisation)
    seats.registered(event, by=hub.user, organisation=hub.organisation, people=2)
    assert not holding.lapse(one, at=OVER)


def test_while_an_event_is_put_off_nobody_loses_a_seat():
    event = events.with_seats(1)
    first, _second = seats.registered(event), seats.registered(event)
    moving.postpone(event, why="alert", by=event.author, at=AT)
    assert not holding.lapse(first, at=OVER)


def test_confirmed_by_the_word_of_the_letter_and_from_the_cabinet():
    event = events.with_seats(2)
    person = people.user()
    one, mine = seats.registered(event), seats.registered(event, email=person.email)
    with pytest.raises(NotAllowed):
        holding.confirm(one, by=seats.NOBODY)
    for registration, more in ((one, {"by": seats.NOBODY, "word": coming.word_of(one)}), (mine, {"by": person})):
        assert holding.confirm(registration, **more).held_until is None
        assert holding.confirm(registration, **more).held_until is None
    assert not holding.lapse(seats.again(one), at=OVER)


def test_what_was_given_up_needs_no_confirming():
    one = seats.registered(events.with_seats(2))
    word = coming.word_of(one)
    registering.cancel(one, by=seats.NOBODY, word=word, clock=lambda: AT)
    assert seats.again(one).held_until is None
    assert seat_letters.tell(seats.again(one), at=AT)
    assert "Ви скасували реєстрацію" in Letter.objects.latest("pk").text


def test_the_letter_asks_and_the_button_confirms(client):
    event = hall()
    client.post(reverse("events:register", args=[event.code]), {"name": "Хтось", "email": "guest@example.org"})
    one = Registration.objects.get()
    assert (
        "Підтвердьте в ньому, що пошта ваша"
        in client.get(reverse("events:registered", args=[event.code])).content.decode()
    )
    seat_letters.tell(one, at=timezone.now())
    assert "натисніть «Підтвердити»" in Letter.objects.latest("pk").text
    seat = reverse("events:seat", args=[coming.word_of(one)])
    assert "Це ваша пошта?" in client.get(seat).content.decode()
    assert seats.again(one).held_until is not None
    assert client.post(seat, {"confirm": "1"}).status_code == 302
    assert (seats.again(one).held_until, seats.again(one).state) == (None, "seated")
    assert "Це ваша пошта?" not in client.get(seat).content.decode()
    assert "Підтвердити" not in client.get(reverse("events:seat", args=[coming.word_of(one)])).content.decode()


def test_the_hour_passes_each_on_by_a_task_of_its_own():
    event = hall()
    for _number in range(6):
        seats.registered(event, at=timezone.now() - timedelta(days=3))
    tasks.lapse()
    queued = [one for one in DBTaskResult.objects.all() if "lapse_one" in str(one.args_kwargs)]
    assert len(queued) == 5
    first = Registration.objects.earliest("pk")
    tasks.lapse_one(first.pk)
    assert seats.again(first).state == "cancelled"


def test_a_mailbox_is_one_however_it_is_written(client):
    def spelled(number):
        return "".join(sign.upper() if number >> at & 1 else sign for at, sign in enumerate("victim"))

    kept = [asks(client, f"{spelled(number)}@example.org").status_code for number in range(22)]
    assert (kept.count(302), kept[-1]) == (20, 429)


def test_strangers_lock_nobody_out_of_their_own_mailbox(client):
    person = people.user()
    for number in range(20):
        asks(client, person.email, REMOTE_ADDR=f"203.0.113.{number}")
    client.force_login(person)
    assert asks(client, person.email, REMOTE_ADDR="198.51.100.1").status_code == 302


def test_the_link_lives_while_the_event_waits_for_its_time():
    event = events.with_seats(1)
    one = seats.registered(event)
    moving.postpone(event, why="alert", by=event.author, at=AT)
    assert coming.reached(coming.word_of(one), events.ENDS + coming.LINK_LASTS) == one

"""Letters to people who come: what they say, to whom the exact place is told, and that each goes once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories import events, people, seats
from viche.events.choices import Entry, PostponedWhy, State
from viche.events.models import Event, Registration
from viche.events.operations import mending, moving, registering, seat_letters
from viche.events.queries import coming
from viche.events.tasks import seats as tasks
from viche.mail import kinds
from viche.mail.choices import Delivery
from viche.mail.models import Letter
from viche.mail.operations import choose

pytestmark = pytest.mark.django_db
AT = people.MOMENT + timedelta(minutes=1)


def told(registration, at=AT):
    assert seat_letters.tell(registration, at=at)
    return Letter.objects.latest("pk")


def cancelled(registration, at=AT):
    word = coming.word_of(registration)
    return registering.cancel(registration, by=seats.NOBODY, word=word, clock=lambda: at)


def test_the_seat_is_kept_with_a_personal_link():
    one = seats.registered(events.with_seats(2), email="guest@example.org")
    letter = told(one)
    assert (letter.to, letter.kind) == ("guest@example.org", "events.seat")
    assert letter.subject == "Ви зареєстровані: «Як працює бюджет участі»"
    assert f"{settings.SITE_ADDRESS}/events/seats/{coming.word_of(one)}/" in letter.text
    assert "Коли: 20\xa0травня 2024\xa0р., 12:00–14:00 за київським часом" in letter.text
    assert "Де: Читальна зала, вул. Шкільна, 1" in letter.text
    assert "Укриття: У підвалі бібліотеки" in letter.html
    assert coming.word_of(one) in letter.html


def test_the_word_lies_in_the_letter_alone():
    one = seats.registered(events.with_seats(2))
    assert coming.word_of(one) not in str(Registration.objects.filter(pk=one.pk).values().get())
    assert coming.word_of(seats.again(one)) == coming.word_of(one)


def test_the_queue_and_the_seat_that_comes_free():
    event = events.with_seats(1)
    first, second = seats.registered(event), seats.registered(event)
    assert "Ваш номер у черзі – 1" in told(second).text
    later = AT + timedelta(seconds=5)
    cancelled(first, later)
    assert "Ви скасували реєстрацію" in told(first, later).text
    letter = told(seats.again(second), later)
    assert letter.subject.startswith("Для вас є місце")
    assert "Місце звільнилося" in letter.text


def test_the_same_letter_goes_again_but_not_at_once():
    one = seats.registered(events.with_seats(2))
    told(one)
    assert not seat_letters.tell(one, at=AT + timedelta(minutes=9))
    assert seat_letters.tell(one, at=AT + timedelta(minutes=10))


def test_the_exact_place_is_told_to_who_has_a_seat_alone():
    event = events.with_seats(1, is_place_private=True, online_link="https://meet.example/room")
    seated, waiting = told(seats.registered(event)), told(seats.registered(event))
    assert "вул. Шкільна, 1" in seated.text
    assert "https://meet.example/room" in seated.text
    for secret in ("Шкільна", "meet.example", "Читальна", "підвалі"):
        assert secret not in waiting.text + waiting.html


def test_a_letter_speaks_the_language_of_the_page():
    one = seats.registered(events.with_seats(2), language="en")
    assert "/en/events/seats/" in told(one).text


def test_a_delegation_reads_how_many_come():
    event, hub = events.with_seats(9), events.hub()
    event.invited.add(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=4)
    assert f"Делегація: {hub.organisation.name}, 4 людей" in told(one).text.replace("людини", "людей")


def test_the_reminder_goes_once_for_each_start():
    event = events.with_seats(3)
    one, late = seats.registered(event), seats.registered(event, at=event.starts_at - timedelta(hours=5))
    at = event.starts_at - timedelta(hours=4)
    assert list(coming.to_remind(at)) == [one]
    assert seat_letters.remind(one, at=at)
    assert not seat_letters.remind(one, at=at)
    assert not coming.to_remind(at).exists()
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("events.reminder", one.email)
    moving.set_time(event, starts_at=event.starts_at + timedelta(days=2), by=event.author, at=at)
    assert list(coming.to_remind(at + timedelta(days=2))) == [one, late]
    assert seat_letters.remind(one, at=at + timedelta(days=2))


def test_nobody_is_reminded_of_what_is_off():
    event = events.with_seats(1, is_place_private=True)
    one, waiting = seats.registered(event), seats.registered(event)
    at = event.starts_at - timedelta(hours=4)
    assert not seat_letters.remind(waiting, at=at)
    assert not seat_letters.remind(one, at=event.starts_at)
    Event.objects.filter(pk=event.pk).update(state=State.POSTPONED)
    assert not coming.to_remind(at).exists()
    assert not seat_letters.remind(one, at=at)
    Event.objects.filter(pk=event.pk).update(state=State.PUBLISHED)
    assert seat_letters.remind(one, at=at)
    assert "не публікуйте" in Letter.objects.get().text


def test_who_declined_reminders_gets_none():
    event = events.with_seats(1)
    one = seats.registered(event)
    choose(one.email, kind="events.reminder", delivery=Delivery.NEVER, at=AT)
    assert seat_letters.remind(one, at=event.starts_at - timedelta(hours=4))
    assert Letter.objects.get().state == "opted_out"


def moved(event):
    """Everybody who is told of the move, in the order of their letters."""
    Letter.objects.all().delete()
    for pk in coming.standing_of(event).filter(told_of__lt=event.sequence).values_list("pk", flat=True):
        tasks.moved_one(pk, event.sequence)
        tasks.moved_one(pk, event.sequence)
    return list(Letter.objects.order_by("pk"))


def test_everybody_is_told_once_that_an_event_moves():
    event = events.with_seats(1)
    seats.registered(event), seats.registered(event), cancelled(seats.registered(event))
    by = event.author
    event = moving.postpone(event, why=PostponedWhy.ALERT, by=by, at=AT)
    letters = moved(event)
    assert [one.subject for one in letters] == ["Захід відкладено: «Як працює бюджет участі»"] * 2
    assert "Причина: повітряна тривога." in letters[0].text
    assert "Коли:" not in letters[0].text
    event = moving.set_time(event, starts_at=event.starts_at + timedelta(days=1), by=by, at=AT)
    letters = moved(event)
    assert "21\xa0травня 2024\xa0р., 12:00–14:00" in letters[0].text
    event = moving.cancel(event, why="Прорвало трубу.", by=by, at=AT)
    letters = moved(event)
    assert "Організатор пояснює: Прорвало трубу." in letters[1].text
    assert "Де:" not in letters[1].text


def mended(event, **values):
    """Mend an event and have the tasks done that this begins; the letters that go."""
    Letter.objects.all().delete()
    DBTaskResult.objects.all().delete()
    event = Event.objects.get(pk=event.pk)
    event = mending.mend(event, values=values, revision=event.revision, by=event.author, at=AT)
    while rows := [row for row in DBTaskResult.objects.all() if "seats.moved" in row.args_kwargs["args"][0]]:
        for row in rows:
            name, args = row.args_kwargs["args"]
            getattr(tasks, name.rpartition(".")[2])(*args)
            row.delete()
    return event, list(Letter.objects.order_by("pk"))


def test_another_place_or_link_is_told_once_with_what_has_changed():
    event = events.with_seats(2, is_place_private=True)
    seats.registered(event), seats.registered(event), seats.registered(event), cancelled(seats.registered(event))
    before = Event.objects.get(pk=event.pk).sequence
    after, letters = mended(event, venue="Велика зала")
    assert (after.sequence, len(letters)) == (before + 1, 3)
    assert "Змінилося: місце. Ваша" in letters[0].text
    assert "Де: Велика зала" in letters[0].text
    assert "Велика зала" not in letters[2].text
    assert "щойно матимете місце" in letters[2].text
    _after, letters = mended(event, venue="Мала зала", online_link="https://meet.example/2")
    assert "Змінилося: місце, посилання для участі онлайн." in letters[0].text
    assert mended(event, venue="Мала зала")[1] == []


def test_two_mends_in_a_row_are_two_letters_even_where_the_tasks_are_late():
    event = events.with_seats(2)
    one = seats.registered(event)
    first = mending.mend(event, values={"venue": "Перша"}, revision=0, by=event.author, at=AT)
    second = mending.mend(first, values={"online_link": "https://a.example"}, revision=1, by=event.author, at=AT)
    for sequence, changed in ((first.sequence, "place"), (first.sequence, "place"), (second.sequence, "link")):
        tasks.moved_one(one.pk, sequence, changed)
    assert [
        row.args_kwargs["args"][1] for row in DBTaskResult.objects.all() if "moved" in row.args_kwargs["args"][0]
    ] == [
        [event.code, first.sequence, "place"],
        [event.code, second.sequence, "link"],
    ]
    assert ["Змінилося: місце." in letter.text for letter in Letter.objects.order_by("pk")] == [True, False]


@pytest.mark.parametrize(("values", "grows"), [({"about": "Інші слова"}, 1), ({"shelter": "Поруч"}, 0)])
def test_of_small_changes_nobody_is_told(values, grows):
    event = events.with_seats(2)
    seats.registered(event)
    before = Event.objects.get(pk=event.pk).sequence
    after, letters = mended(event, **values)
    assert (after.sequence - before, letters) == (grows, [])


@pytest.mark.parametrize("state", [State.POSTPONED, State.CANCELLED, "over"])
def test_of_the_place_of_what_does_not_take_place_nobody_is_told(state):
    event = events.with_seats(2)
    seats.registered(event)
    changes = {"ends_at": AT, "starts_at": AT - timedelta(hours=1)} if state == "over" else {"state": state}
    Event.objects.filter(pk=event.pk).update(**changes)
    assert mended(event, venue="Деінде")[1] == []


def test_what_moved_after_it_was_mended_is_told_as_moved():
    event = events.with_seats(2)
    one = seats.registered(event)
    after = mending.mend(event, values={"venue": "Деінде"}, revision=0, by=event.author, at=AT)
    moving.postpone(after, why=PostponedWhy.ALERT, by=event.author, at=AT)
    tasks.moved_one(one.pk, after.sequence, "place")
    assert Letter.objects.get().subject.startswith("Захід відкладено")


def test_the_tasks_lead_to_the_operations():
    event = events.with_seats(1)
    one = seats.registered(event)
    tasks.tell(one.pk)
    assert Letter.objects.get().to == one.email
    moving.postpone(event, why=PostponedWhy.POWER, by=event.author, at=AT)
    assert seat_letters.tell_all_of_move(event, sequence=event.sequence + 1) == 1
    tasks.moved(event.code, event.sequence)
    tasks.remind_one(one.pk)


def test_every_hour_those_are_reminded_whose_day_it_is():
    now = timezone.now()
    event = events.with_seats(1, starts_at=now + timedelta(hours=12), ends_at=now + timedelta(hours=14))
    one = seats.registered(event, at=now - timedelta(days=3))
    tasks.remind()
    named = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert ["viche.events.tasks.seats.remind_one", [one.pk]] in named
    tasks.remind_one(one.pk)
    assert Letter.objects.get().kind == "events.reminder"


def test_who_has_been_forgotten_is_not_written_to():
    one = seats.registered(events.published(entry=Entry.SEATS))
    Registration.objects.filter(pk=one.pk).update(email="")
    assert not seat_letters.tell(one, at=AT)


@pytest.mark.parametrize("kind", [seat_letters.SEAT, seat_letters.REMINDER])
def test_a_letter_with_the_link_of_a_seat_shows_its_words_to_nobody(kind):
    assert kinds.known(kind).secret
    assert not Letter(kind=kind).readable

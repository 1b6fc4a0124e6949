"""Putting off, setting a new time, calling off, bringing back: who may, what calendars learn, what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, programmes, seats
from viche.events.choices import PostponedWhy, State
from viche.events.models import Event, Registration
from viche.events.operations import moving
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = people.MOMENT


def soon(**changes):
    """An event in two days by the real clock."""
    starts = timezone.now() + timedelta(days=2)
    return events.with_seats(5, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def fresh(event):
    return Event.objects.get(pk=event.pk)


def test_put_off_until_further_notice():
    event = events.published()
    done = moving.postpone(event, why=PostponedWhy.ALERT, note="Зачекайте листа.", by=event.author, at=AT)
    assert (done.state, done.postponed_why, done.sequence) == ("postponed", "alert", event.sequence + 1)
    assert fresh(event).changed_at == AT
    assert event.marks.exists()


def test_put_off_to_a_new_time():
    event = events.published(registration_closes_at=events.STARTS - timedelta(hours=1))
    later = event.starts_at + timedelta(days=3)
    done = moving.postpone(event, why=PostponedWhy.POWER, starts_at=later, by=event.author, at=AT)
    assert (done.state, done.starts_at, done.ends_at - done.starts_at) == ("published", later, timedelta(hours=2))
    assert done.registration_closes_at == later - timedelta(hours=1)
    assert done.sequence == event.sequence + 1


@pytest.mark.parametrize("before", [State.PUBLISHED, State.POSTPONED, State.CANCELLED])
def test_a_new_time_lets_it_take_place(before):
    event = events.published()
    Event.objects.filter(pk=event.pk).update(state=before, cancelled_why="Дощ", postponed_why="alert")
    later = event.starts_at + timedelta(days=3)
    at = event.starts_at if before == State.PUBLISHED else event.ends_at
    done = moving.set_time(event, starts_at=later, by=event.author, at=at)
    assert (done.state, done.starts_at, done.cancelled_why, done.postponed_why) == ("published", later, "", "")


@pytest.mark.parametrize("change", [-timedelta(seconds=0), timedelta(days=4 * 365)])
def test_a_new_time_is_neither_over_nor_far(change):
    event = events.published()
    with pytest.raises(Refused) as caught:
        moving.set_time(event, starts_at=AT + change, by=event.author, at=AT)
    assert caught.value.field == "starts_at"


def test_a_new_end_is_taken_and_keeps_what_holds_of_every_event():
    event = events.published()
    later = event.starts_at + timedelta(days=3)
    done = moving.set_time(event, starts_at=later, ends_at=later + timedelta(days=31), by=event.author, at=AT)
    assert done.ends_at - done.starts_at == timedelta(days=31)
    for ends in (later, later + timedelta(days=31, minutes=1)):
        for act, more in ((moving.set_time, {}), (moving.postpone, {"why": "alert"})):
            with pytest.raises(Refused) as caught:
                act(event, **more, starts_at=later, ends_at=ends, by=event.author, at=AT)
            assert caught.value.field == "ends_at"
    assert fresh(event).ends_at == done.ends_at


def test_an_event_that_lasts_too_long_already_is_not_moved_on():
    event = events.published()
    Event.objects.filter(pk=event.pk).update(ends_at=event.starts_at + timedelta(days=1000))
    with pytest.raises(Refused, match="Виходить 1000 днів"):
        moving.set_time(event, starts_at=event.starts_at + timedelta(days=1), by=event.author, at=AT)


def test_called_off_and_brought_back():
    event = events.published()
    done = moving.cancel(event, why="Лектор захворів.", by=event.author, at=AT)
    assert (done.state, done.cancelled_why) == ("cancelled", "Лектор захворів.")
    back = moving.restore(event, by=event.author, at=AT)
    assert (back.state, back.cancelled_why, back.sequence) == ("published", "", event.sequence + 2)


def test_bringing_back_lets_the_queue_in():
    event = events.with_seats(1)
    _one, two = seats.registered(event), seats.registered(event)
    moving.cancel(event, why="Дощ", by=event.author, at=AT)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    moving.restore(event, by=event.author, at=AT)
    assert seats.again(two).state == "seated"


@pytest.mark.parametrize(
    ("state", "act", "more"),
    [
        (State.POSTPONED, moving.postpone, {"why": "alert"}),
        (State.CANCELLED, moving.cancel, {"why": "Дощ"}),
        (State.PUBLISHED, moving.restore, {}),
        (State.DRAFT, moving.cancel, {"why": "Дощ"}),
    ],
)
def test_what_cannot_be_done_says_why(state, act, more):
    event = events.published()
    Event.objects.filter(pk=event.pk).update(state=state)
    with pytest.raises(Refused) as caught:
        act(event, **more, by=event.author, at=AT)
    assert caught.value.status == 409


@pytest.mark.parametrize("act", [moving.restore, moving.set_time])
def test_what_one_side_called_off_the_other_does_not_bring_back(act):
    event, more = events.published(), {}
    officer = programmes.officer(event.programme)
    if act == moving.set_time:
        more = {"starts_at": event.starts_at + timedelta(days=3)}
    for side, other, who in ((officer, event.author, "програма"), (event.author, officer, "організатор")):
        assert moving.cancel(event, why="Скарги на захід.", by=side, at=AT).is_cancelled_by_office == (side == officer)
        with pytest.raises(Refused, match=f"скасува.+ {who}|{who}") as caught:
            act(event, **more, by=other, at=AT)
        assert caught.value.status == 409
        assert act(event, **more, by=side, at=AT).state == State.PUBLISHED


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (moving.postpone, {"why": "alert"}),
        (moving.cancel, {"why": "Дощ"}),
        (moving.set_time, {"starts_at": events.AFTER + timedelta(days=90)}),
    ],
)
def test_what_was_held_stays_held(act, more):
    event = events.published()
    with pytest.raises(Refused, match="уже відбувся"):
        act(event, **more, by=event.author, at=event.ends_at)


def test_bringing_back_what_is_over_asks_for_a_new_time():
    event = events.published()
    moving.postpone(event, why="alert", by=event.author, at=event.starts_at)
    with pytest.raises(Refused, match="Призначте новий"):
        moving.restore(event, by=event.author, at=event.ends_at)


def test_who_may_move_an_event():
    event = events.published()
    for by in (event.author, programmes.officer(event.programme), events.consultant(event)):
        moving.postpone(event, why="alert", by=by, at=AT)
        moving.restore(event, by=by, at=AT)
    for by in (people.user(), programmes.observer(event.programme)):
        with pytest.raises(NotAllowed):
            moving.postpone(event, why="alert", by=by, at=AT)


def test_one_tap_on_the_page(client):
    event = soon()
    client.force_login(event.author)
    address = reverse("events:move", args=[event.code])
    assert 'value="alert">Повітряна тривога</button>' in client.get(address).content.decode()
    answer = client.post(address, {"act": "postpone", "postpone-why": "alert"}, follow=True)
    assert (answer.status_code, fresh(event).state) == (200, "postponed")
    assert "Пишемо всім" in answer.content.decode()
    client.post(address, {"act": "restore"})
    assert fresh(event).state == "published"


def test_the_page_keeps_what_was_typed(client):
    event = soon()
    client.force_login(event.author)
    address = reverse("events:move", args=[event.code])
    typed = {
        "act": "postpone",
        "postpone-why": "other",
        "postpone-note": "Пишу багато",
        "postpone-starts_at": "31.02.2030 10:00",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Пишу багато" in answer.content.decode()
    assert client.post(address, {"act": "cancel"}).status_code == 422
    alone = {"act": "postpone", "postpone-why": "other", "postpone-ends_at": "2030-01-01T10:00"}
    assert "Напишіть і новий початок" in client.post(address, alone).content.decode()
    wrong = {"act": "postpone", "postpone-why": "other", "postpone-note": "Пишу багато"}
    wrong |= {"postpone-starts_at": f"{event.starts_at + timedelta(days=1):%Y-%m-%dT%H:%M}"}
    backwards = client.post(address, {**wrong, "postpone-ends_at": f"{event.starts_at:%Y-%m-%dT%H:%M}"})
    assert (backwards.status_code, "Кінець раніше за початок" in backwards.content.decode()) == (422, True)
    assert "Пишу багато" in backwards.content.decode()
    assert client.post(address, {"act": "nonsense"}).status_code == 200
    client.post(address, {"act": "cancel", "cancel-why": "Дощ"})
    assert client.post(address, {"act": "cancel", "cancel-why": "Дощ"}).status_code == 409
    later = {"act": "time", "time-starts_at": f"{timezone.now() + timedelta(days=9):%Y-%m-%dT%H:%M}"}
    assert client.post(address, later).status_code == 302
    assert fresh(event).state == "published"
    assert not Registration.objects.exists()

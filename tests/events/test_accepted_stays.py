"""What a report was handed in for stays as it was; what a moderator has read and reads otherwise now is read again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, places, programmes, seats
from viche.events.choices import State
from viche.events.models import Event
from viche.events.operations import mending, moderation, moving, reporting, seat_letters
from viche.events.queries import mends
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = people.MOMENT


def fresh(event):
    return Event.objects.get(pk=event.pk)


def mended(event, *, at=AT, **values):
    event = fresh(event)
    return mending.mend(event, values=values, revision=event.revision, by=event.author, at=at)


def accepted(event):
    """Announced by the programme, not by trust."""
    return moderation.accept(event, revision=event.revision, by=programmes.officer(event.programme), at=AT)


@pytest.mark.parametrize("answer", [events.reported, events.accepted])
def test_what_a_report_was_handed_in_for_keeps_name_place_and_day(answer):
    event = events.published()
    report = answer(event)
    for values in ({"title": "Зовсім інший захід"}, {"hromada": places.hromada()}, {"venue": "Інша зала"}):
        with pytest.raises(Refused, match="попросіть програму повернути звіт") as caught:
            mended(event, at=events.AFTER, **values)
        assert caught.value.status == 409
    with pytest.raises(Refused, match="уже відбувся"):
        moving.set_time(event, starts_at=events.AFTER + timedelta(days=90), by=event.author, at=events.AFTER)
    assert mended(event, at=events.AFTER, about="Додали посилання на запис.").about
    officer, back = (
        programmes.officer(event.programme),
        reporting.reopen if answer == events.accepted else reporting.send_back,
    )
    back(report, remark="Назва інша.", by=officer, at=events.AFTER)
    assert mended(event, at=events.AFTER, title="Зовсім інший захід").title == "Зовсім інший захід"


def test_what_was_accepted_and_reads_otherwise_waits_to_be_read_again():
    event = accepted(events.submitted())
    done = mended(event, title="Казино онлайн", about="https://casino.example")
    assert done.accepted == {"title": event.title, "about": event.about}
    assert (done.state, done.mended_at, done.vetted_title) == (State.PUBLISHED, AT, event.title)
    assert done.answer_due_on > AT.date()
    later = AT + timedelta(days=1)
    assert mended(event, at=later, title="Казино").mended_at == AT
    back = mended(event, at=later, title=event.title, about=event.about)
    assert (back.accepted, back.mended_at) == ({}, None)


def test_little_things_and_mends_of_the_trusted_wait_for_nobody():
    assert mended(accepted(events.submitted()), hashtags=["Громада"]).mended_at is None
    assert mended(events.submitted(), title="Ще не оголошено").mended_at is None
    event = accepted(events.submitted())
    programmes.participant(event.programme, organisation=event.organisation)
    assert mended(event, title="Нова назва").mended_at is None


def test_mends_are_shown_in_words_and_read_by_a_button(client):
    starts = timezone.now() + timedelta(days=2)
    event = accepted(events.submitted(starts_at=starts, ends_at=starts + timedelta(hours=2)))
    hromada = places.hromada()
    changes = {"title": "Казино онлайн", "hromada": hromada, "partners": [], "speakers_men": 3}
    changes["groups"] = [{"group": "youth", "how": "Запросили через ліцей."}]
    done = mended(event, **changes)
    told = {one.name: (one.before, one.now) for one in mends.rows(done, exact=True)}
    assert told["Назва"] == (event.title, "Казино онлайн")
    assert told["Громада"] == (event.hromada.called, hromada.called)
    assert told["Спікерів"] == ("1", "3")
    assert told["Вразливі групи"][1] == "молодь у складних обставинах: Запросили через ліцей."
    client.force_login(programmes.officer(event.programme))
    where = [event.programme.code, event.code]
    assert (
        event.code in client.get(reverse("events:office_list", args=where[:1]), {"needs": "changed"}).content.decode()
    )
    page = client.get(reverse("events:office", args=where)).content.decode()
    assert "Змінено після оголошення" in page
    assert f'name="revision" value="{done.revision}"' in page
    read = reverse("events:office_accept_mends", args=where)
    assert client.post(read, {"revision": done.revision - 1}).status_code == 409
    assert client.post(read, {"revision": done.revision}).status_code == 302
    assert (fresh(event).accepted, fresh(event).mended_at) == ({}, None)
    assert client.post(read, {"revision": done.revision}).status_code == 409


def test_the_organiser_hears_that_the_programme_will_look(client):
    starts = timezone.now() + timedelta(days=2)
    event = accepted(events.submitted(starts_at=starts, ends_at=starts + timedelta(hours=2)))
    client.force_login(event.author)
    address = reverse("events:write", args=[event.code])
    typed = {
        "title": "Казино",
        "format": "seminar",
        "mode": "in_person",
        "venue": event.venue,
        "revision": event.revision,
    }
    typed |= {"hromada": event.hromada.code, "entry": "free"}
    said = client.post(address, typed, follow=True).content.decode()
    assert "Програма ще перегляне, що змінилося" in said


def test_who_may_say_that_mends_were_read():
    event = accepted(events.submitted())
    done = mended(event, title="Казино онлайн")
    for by in (event.author, people.user(), programmes.observer(event.programme)):
        with pytest.raises(NotAllowed):
            moderation.accept_mends(done, revision=done.revision, by=by, at=AT)
    assert moderation.accept_mends(done, revision=done.revision, by=events.consultant(event), at=AT).mended_at is None


def test_a_letter_carries_no_text_that_nobody_has_read():
    event = accepted(events.submitted(entry="seats", capacity=5, mode="both", online_link="https://meet.example/a"))
    one = seats.registered(event)
    done = mended(event, title="Казино онлайн", venue="Казино", online_link="https://casino.example", shelter="casino")
    assert seat_letters.tell_of_move(one, sequence=done.sequence, changed=["place", "link"], at=AT)
    letter = Letter.objects.latest("pk")
    assert "asino" not in letter.subject + letter.text + letter.html
    assert "Казино" not in letter.subject + letter.text + letter.html
    assert letter.text.count("щойно змінено, подивіться на сторінці реєстрації за посиланням") == 3
    moderation.accept_mends(done, revision=done.revision, by=events.consultant(event), at=AT)
    assert seat_letters.tell(one, at=AT + timedelta(hours=1))
    assert "Казино" in Letter.objects.latest("pk").text


def test_nobody_accepts_what_changed_since_the_page_was_opened(client):
    starts = timezone.now() + timedelta(days=2)
    event = events.submitted(starts_at=starts, ends_at=starts + timedelta(hours=2))
    client.force_login(programmes.officer(event.programme))
    where = [event.programme.code, event.code]
    assert 'name="revision" value="0"' in client.get(reverse("events:office", args=where)).content.decode()
    mended(event, title="Казино")
    answer = client.post(reverse("events:office_accept", args=where), {"revision": 0})
    assert answer.status_code == 409
    assert "Поки ви читали" in answer.content.decode()
    assert "Казино" in answer.content.decode()
    assert fresh(event).state == State.SUBMITTED
    client.post(reverse("events:office_accept", args=where), {"revision": 1})
    assert fresh(event).state == State.PUBLISHED


def test_nobody_accepts_a_report_that_changed_since_the_page_was_opened(client):
    event = events.published()
    report = events.reported(event)
    officer = programmes.officer(event.programme)
    where = [event.programme.code, event.code]
    reporting.send_back(report, remark="Скільки людей?", by=officer, at=events.AFTER)
    values = events.report_values(total=300, cells={})
    reporting.save(event, values=values, revision=1, by=event.author, at=events.AFTER)
    reporting.submit(event, by=event.author, at=events.AFTER)
    client.force_login(officer)
    answer = client.post(reverse("events:office_report_accept", args=where), {"revision": 1})
    assert answer.status_code == 409
    assert "Поки ви читали" in answer.content.decode()
    assert fresh(event).heads is None
    client.post(reverse("events:office_report_accept", args=where), {"revision": 2})
    assert fresh(event).heads == 300

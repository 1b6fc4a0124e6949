"""Letters to those who answer: whom a submitted event reaches, in the digest of the day, once, and not who wrote it."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from tests.events.under_way import NOW, running
from tests.factories import events, people, places, programmes
from viche.events.models import Event
from viche.events.operations import drafts, moderation, office_letters
from viche.events.queries import overdue
from viche.events.tasks import moderation as tasks
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter
from viche.mail.operations import choose, send_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return events.draft(running())


def submitted(event, at=NOW):
    """Submit, and have the tasks done that this begins."""
    DBTaskResult.objects.all().delete()
    event = drafts.submit(event, by=event.author, at=at)
    while rows := [row for row in DBTaskResult.objects.all() if "tasks.moderation" in row.args_kwargs["args"][0]]:
        for row in rows:
            name, args = row.args_kwargs["args"]
            getattr(tasks, name.rpartition(".")[2])(*args)
            row.delete()
    return event


def told():
    return sorted(Letter.objects.filter(kind="events.submitted").values_list("to", flat=True))


def test_the_consultants_of_the_oblast_are_told_in_the_digest_of_the_day(event):
    here = [events.consultant(event), events.consultant(event)]
    programmes.consultant(event.programme, oblast=places.oblast(name="Львівська"))
    programmes.officer(event.programme)
    submitted(event)
    assert told() == sorted(one.email for one in here)
    assert set(Letter.objects.values_list("state", flat=True)) == {State.HELD}
    submitted(events.draft(event.programme, title="Друга зустріч", organisation=event.organisation))
    assert send_digest(NOW + timedelta(days=1)) == 2
    digest = Letter.objects.filter(kind="mail.digest").first()
    assert event.title in digest.text
    assert "Друга зустріч" in digest.text
    assert f"/office/{event.programme.code}/events/{event.code}/" in digest.text


def test_where_there_is_no_consultant_the_officers_are_told_and_else_administrators(event):
    administrator = people.administrator()
    assert overdue.moderators(event) == [administrator]
    officer = programmes.officer(event.programme)
    assert overdue.moderators(event) == [officer]
    Event.objects.filter(pk=event.pk).update(oblast=None, hromada=None, mode="online")
    assert overdue.moderators(Event.objects.get(pk=event.pk)) == [officer]


def test_who_wrote_it_is_not_asked(event):
    both = programmes.consultant(event.programme, oblast=event.oblast, user=event.author)
    officer = programmes.officer(event.programme)
    submitted(event)
    assert told() == [officer.email]
    assert both.email not in told()


def test_once_for_each_time_it_is_submitted(event):
    consultant = events.consultant(event)
    event = submitted(event)
    tasks.tell_of_submitted(event.pk, consultant.pk)
    assert len(told()) == 1
    moderation.send_back(event, remark="Допишіть", by=consultant, at=NOW + timedelta(hours=1))
    assert not office_letters.send_submitted(Event.objects.get(pk=event.pk), consultant, at=NOW)
    assert office_letters.tell_moderators(Event.objects.get(pk=event.pk)) == 0
    submitted(Event.objects.get(pk=event.pk), at=NOW + timedelta(hours=2))
    assert len(told()) == 2


def test_who_declined_such_letters_gets_none_and_who_wants_them_at_once_gets_each(event):
    never, at_once = events.consultant(event), events.consultant(event)
    choose(never.email, kind="events.submitted", delivery=Delivery.NEVER, at=NOW)
    choose(at_once.email, kind="events.submitted", delivery=Delivery.AT_ONCE, at=NOW)
    submitted(event)
    states = dict(Letter.objects.values_list("to", "state"))
    assert states == {never.email: State.OPTED_OUT, at_once.email: State.WAITING}


def test_what_appears_at_once_is_told_to_nobody():
    hub = events.hub(running())
    event = events.draft(hub.programme, organisation=hub.organisation, by=hub.user)
    events.consultant(event)
    assert submitted(event).is_shown
    assert told() == []

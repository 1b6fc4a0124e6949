"""Answers to submitted events: who gives them, what they change, who is told, and what happens when two answer at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import people, places, programmes
from viche.events.choices import DeclineReason, State
from viche.events.models import Event, Mark
from viche.events.operations import moderation, office_letters, policies
from viche.events.queries import desk, writing
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.work import worker

pytestmark = pytest.mark.django_db
MOMENT, LATER = factory.MOMENT, factory.MOMENT + timedelta(days=1)


def officer(event):
    return programmes.officer(event.programme)


def fresh(event):
    return Event.objects.get(pk=event.pk)


def letters(kind="events.decision"):
    worker.drain()
    return list(Letter.objects.filter(kind=kind).order_by("to"))


def test_accepting_announces_marks_and_tells_every_writer():
    event = factory.submitted()
    by = officer(event)
    colleague = people.preparer(event.organisation)
    moderation.accept(event, revision=event.revision, by=by, at=LATER)
    now = fresh(event)
    assert (now.state, now.published_at, now.decided_at, now.decided_by) == (State.PUBLISHED, LATER, LATER, by)
    assert now.sequence == event.sequence + 1
    assert Mark.objects.filter(event=event, word="goal:11").exists()
    assert Entry.objects.get(verb="events.accepted").subject_id == str(event.pk)
    sent = letters()
    assert {one.to for one in sent} == {event.author.email, colleague.email}
    assert f"Захід оголошено: {event.title}" == sent[0].subject
    assert reverse("events:event", args=[event.code]) in sent[0].text


def test_returning_takes_a_reason_in_words_and_sends_them():
    event = factory.submitted()
    by = officer(event)
    with pytest.raises(Refused) as no:
        moderation.send_back(event, remark="  ", by=by, at=LATER)
    assert no.value.field == "remark"
    moderation.send_back(event, remark=" Допишіть, де укриття. ", by=by, at=LATER)
    now = fresh(event)
    assert (now.state, now.remark, now.sequence) == (State.RETURNED, "Допишіть, де укриття.", event.sequence)
    Event.objects.filter(pk=event.pk).update(remark="", state=State.SUBMITTED)  # submitted anew before the worker woke
    (sent,) = letters()
    assert "Допишіть, де укриття." in sent.text
    assert reverse("events:write", args=[event.code]) in sent.text


def test_declining_takes_a_reason_of_the_list():
    event = factory.submitted()
    by = officer(event)
    with pytest.raises(Refused) as no:
        moderation.decline(event, reason="бо так", remark="", by=by, at=LATER)
    assert no.value.field == "reason"
    moderation.decline(event, reason=DeclineReason.DUPLICATE, remark="Див. інший.", by=by, at=LATER)
    assert (fresh(event).state, fresh(event).decline_reason) == (State.DECLINED, "duplicate")
    (sent,) = letters()
    assert "такий захід уже оголошено" in sent.text
    assert "Див. інший." in sent.html
    entry = Entry.objects.get(verb="events.declined")
    assert entry.actor_id == by.pk


def test_the_author_of_an_event_without_organisation_is_told_in_the_own_language():
    author = people.user(language="en")
    event = factory.submitted(by=author)
    Event.objects.filter(pk=event.pk).update(organisation=None)
    moderation.accept(event, revision=event.revision, by=officer(event), at=LATER)
    (sent,) = letters()
    assert (sent.to, sent.language) == (author.email, "en")
    assert sent.subject == f"The event is announced: {event.title}"
    Event.objects.filter(pk=event.pk).update(author=None)
    assert desk.writers(fresh(event)) == []


def test_nobody_answers_their_own_and_only_the_oblasts_consultant_and_officers_answer():
    event = factory.submitted()
    own = programmes.officer(event.programme, user=event.author)
    strangers = [
        own,
        people.user(),
        programmes.observer(event.programme),
        programmes.consultant(event.programme, oblast=factory.oblast(name="Львівська")),
        programmes.officer(),
    ]
    for by in strangers:
        with pytest.raises(NotAllowed):
            moderation.accept(event, revision=event.revision, by=by, at=LATER)
    moderation.accept(event, revision=event.revision, by=factory.consultant(event), at=LATER)
    assert fresh(event).state == State.PUBLISHED


def test_what_was_answered_is_not_answered_again():
    event = factory.submitted()
    first, second = officer(event), officer(event)
    moderation.accept(event, revision=event.revision, by=first, at=LATER)
    with pytest.raises(Refused) as no:
        moderation.decline(event, reason="paid", remark="", by=second, at=LATER)
    assert no.value.status == 409
    assert str(first) in no.value.sentence
    draft = factory.draft(event.programme)
    with pytest.raises(Refused, match="не чекає на відповідь"):
        moderation.accept(draft, revision=draft.revision, by=first, at=LATER)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_moderators_who_answer_at_once_one_wins_and_the_others_hear_who():
    with transaction.atomic():
        event = factory.submitted()
    officers = [officer(event) for __ in range(6)]
    ready, outcomes = threading.Barrier(6, timeout=60), []

    def run(by, accepts):
        try:
            ready.wait()
            if accepts:
                moderation.accept(event, revision=event.revision, by=by, at=LATER)
            else:
                moderation.send_back(event, remark="Ні.", by=by, at=LATER)
            outcomes.append(None)
        except Refused as no:
            outcomes.append(no)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(by, place % 2)) for place, by in enumerate(officers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 6
    assert [no.status for no in outcomes if no] == [409] * 5
    verbs = ("events.accepted", "events.returned")
    assert Entry.objects.filter(verb__in=verbs).count() == 1


def test_rules_are_set_by_officers_and_bind_later_pages():
    programme = programmes.programme()
    rules = {"trusts_participants": False, "moderation_days": 5, "report_days": 10, "far_km": 30, "seats_days": 90}
    assert writing.policy_of(programme).moderation_days == 3
    with pytest.raises(NotAllowed):
        policies.set_rules(programme, **rules, by=programmes.consultant(programme), at=MOMENT)
    policies.set_rules(programme, **rules, by=programmes.officer(programme), at=MOMENT)
    kept = writing.policy_of(programme)
    assert {name: getattr(kept, name) for name in rules} == rules
    assert Entry.objects.filter(verb="events.rules_set").exists()


TUESDAY = factory.STARTS + timedelta(days=1)
OVERDUE_ON = factory.STARTS.date() - timedelta(days=3)


def overdue(programme, **changes):
    return factory.submitted(programme, answer_due_on=OVERDUE_ON, **changes)


def told(at=TUESDAY):
    """Whom the day's run wrote to: by mailbox, the letter."""
    Letter.objects.all().delete()
    office_letters.ask_for_answers(at=at)
    for user in User.objects.order_by("pk"):
        office_letters.send_overdue(user, at=at)
    return {one.to: one for one in Letter.objects.filter(kind="events.overdue")}


def test_overdue_answers_are_told_to_officers_and_to_the_consultants_of_the_oblast_once_a_day():
    programme = programmes.programme()
    late = overdue(programme)
    lviv = factory.oblast(name="Львівська")
    elsewhere = people.organisation(hromada=places.hromada(oblast=lviv))
    other = overdue(programme, title="Другий захід, на який чекають", organisation=elsewhere)
    factory.submitted(programme, answer_due_on=TUESDAY.date(), title="Ще не запізнилися")
    by, consultant = programmes.officer(programme), factory.consultant(late)
    programmes.consultant(programme, oblast=factory.oblast(name="Сумська"))
    programmes.observer(programme)
    found = told()
    assert set(found) == {by.email, consultant.email}
    assert late.title in found[by.email].text
    assert other.title in found[by.email].text
    assert "2 заходи" in found[by.email].subject
    assert other.title not in found[consultant.email].text
    assert "Ще не запізнилися" not in found[by.email].text
    assert office_letters.send_overdue(by, at=TUESDAY + timedelta(hours=3)) is False
    assert office_letters.send_overdue(by, at=TUESDAY + timedelta(days=1)) is True


def test_overdue_letters_come_on_working_days_through_the_queue():
    programme = programmes.programme()
    overdue(programme)
    by = programmes.officer(programme)
    saturday = factory.STARTS + timedelta(days=5)
    assert saturday.weekday() == 5
    assert office_letters.ask_for_answers(at=saturday) == 0
    assert office_letters.ask_for_answers(at=TUESDAY) == 1
    (sent,) = letters("events.overdue")
    assert sent.to == by.email


def test_without_officers_the_administrators_hear_and_nobody_hears_of_an_own_event():
    late = overdue(programmes.programme())
    administrator = people.administrator()
    assert set(told()) == {administrator.email}
    own = programmes.officer(late.programme, user=late.author)
    assert own.email not in told()
    assert office_letters.send_overdue(own, at=TUESDAY + timedelta(days=1)) is False

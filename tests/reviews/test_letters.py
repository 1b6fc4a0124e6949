"""Letters of reviewing: who gets them, what they say, and that nobody gets one twice."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from tests.factories import calls, people, programmes
from tests.factories import reviews as made
from viche.mail.models import Letter
from viche.reviews import tasks
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict, Decision, Panel
from viche.reviews.operations import assigning, deciding, letters, scoring
from viche.reviews.queries import assignments

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = "https://viche.example"
    settings.DEMO = False


def written(kind):
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


def carried_out(act, name, *, repeat=1):
    """Do it so many times, and each time everything that it put into the queue under this name."""
    for _ in range(repeat):
        act()
        for row in DBTaskResult.objects.order_by("enqueued_at"):
            task, args = row.args_kwargs["args"]
            if task == f"viche.reviews.tasks.{name}":
                getattr(tasks, name)(*args)


def reminded(stage, at):
    """How many letters a day's reminding brings."""
    DBTaskResult.objects.all().delete()
    sent = letters.remind_reviewers(at=at)
    queued = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    assert len(queued) == sent
    assert {name for name, _args in queued} <= {"viche.reviews.tasks.reminded"}
    people = {reviewer.pk: reviewer for reviewer in stage.reviewers}
    return sum(
        letters.send_reminder(stage.call, people[reviewer], at=at) for _name, (_call, reviewer) in [*queued, *queued]
    )


def test_a_reviewer_hears_how_much_waits_and_until_when():
    stage = made.assigned(applications=2, reviewers=2)
    tasks.invited(stage.call.pk, stage.reviewers[0].pk)
    (letter,) = written("reviews.invited")
    assert letter.to == stage.reviewers[0].email
    assert letter.subject == "Заявки чекають на вашу оцінку: «Малі гранти для громад»"
    for words in ("2 заявки", "1\u00a0березня 2024", "https://viche.example/me/reviews/", stage.programme.name):
        assert words in letter.text
    assert not any(secret in letter.text + letter.html for secret in made.SECRETS)


def test_a_reviewer_from_whom_all_was_taken_hears_nothing():
    stage = made.assigned(applications=1, reviewers=2)
    assigning.release(stage.places[0], by=stage.officer, at=made.AFTER)
    letters.send_invited(stage.call, stage.places[0].reviewer, at=made.AFTER)
    assert written("reviews.invited") == []


def test_officers_hear_of_a_conflict_unless_they_have_one():
    stage = made.assigned(applications=1, reviewers=2)
    tied = programmes.officer(stage.programme)
    made.tie(tied, stage.applications[0])
    place = stage.places[0]
    assigning.declare_conflict(place, note="Ми сусіди.", by=place.reviewer, at=made.AFTER)
    tasks.conflict_declared(Conflict.objects.get(user=place.reviewer).pk)
    (letter,) = written("reviews.conflict")
    assert letter.to == stage.officer.email
    for words in (place.reviewer.name, "Ми сусіди.", stage.applications[0].code, "/reviews/"):
        assert words in letter.text


def test_a_review_given_back_says_what_to_complete():
    stage = made.assigned(applications=1, reviewers=2)
    place = made.hand_in(stage.places[0])
    scoring.reopen(place, why="Поясніть бал за потребу.", by=stage.officer, at=made.AFTER)
    tasks.reopened(place.pk)
    (letter,) = written("reviews.reopened")
    assert "Поясніть бал за потребу." in letter.text
    assert f"https://viche.example/me/reviews/{place.pk}/" in letter.text
    made.hand_in(assignments.by_pk(place.pk))
    tasks.reopened(place.pk)
    assert len(written("reviews.reopened")) == 1


def test_the_panel_hears_when_and_where():
    stage = made.assessed(applications=1)
    tasks.convened(Panel.objects.get().pk)
    found = written("reviews.panel")
    assert {letter.to for letter in found} == {member.email for member in stage.members}
    assert "Калинопіль" in found[0].text
    assert "за київським часом" in found[0].text


def test_everybody_gets_the_decision_with_all_reasons_and_no_names():
    stage = made.decided(applications=2, reviewers=2)
    colleague = people.preparer(stage.applications[0].organisation)
    carried_out(lambda: tasks.outcomes(stage.call.pk), "outcome", repeat=2)
    found = written("calls.outcome")
    assert len(found) == 3
    assert colleague.email in {letter.to for letter in found}
    for number, application in enumerate(stage.applications):
        own = [letter for letter in found if application.code in letter.subject]
        for letter in own:
            for text in (letter.text, letter.html):
                assert f"Рішення комісії {number}." in text
                assert f"Заявка {number}." in text
                assert f"Заявка {1 - number}." not in text
                assert "Потреба громади" in text
                assert "Рецензентка" not in text
                assert not any(person.email in text for person in stage.reviewers)
            assert f"/me/applications/{application.pk}/outcome/" in letter.text
    assert {letter.subject for letter in found} == {
        f"Заявку {stage.applications[0].code} підтримано",
        f"Комісія не підтримала заявку {stage.applications[1].code}. Ось чому",
    }
    supported = next(letter for letter in found if "підтримано" in letter.subject)
    assert "180\u00a0000\u00a0₴" in supported.text


def test_every_application_is_told_of_by_a_task_of_its_own():
    stage = made.decided(applications=3, reviewers=2)
    assert letters.send_outcomes(stage.call, at=made.LATER) == 3
    assert letters.send_outcomes(stage.call, at=made.LATER) == 0
    assert written("calls.outcome") == []
    queued = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    told = [args[0] for name, args in queued if name == "viche.reviews.tasks.outcome"]
    assert sorted(told) == sorted(Decision.objects.values_list("pk", flat=True))
    tasks.outcome(told[0])
    (letter,) = written("calls.outcome")
    assert letter.about_id == str(Decision.objects.get(pk=told[0]).application_id)


def test_a_reminder_is_a_task_of_its_own():
    stage = made.assigned(applications=1, reviewers=2)
    Assignment.objects.update(due_on=localdate())
    carried_out(tasks.remind, "reminded", repeat=2)
    assert {letter.to for letter in written("reviews.reminder")} == {one.email for one in stage.reviewers}
    assert len(written("reviews.reminder")) == 2


def test_letters_speak_the_language_of_the_reader():
    stage = made.decided(applications=1)
    writer = calls.writer(stage.applications[0])
    writer.language = "en"
    writer.save()
    letters.send_outcome(Decision.objects.get(), at=made.LATER)
    (letter,) = written("calls.outcome")
    assert letter.language == "en"
    assert "/en/me/applications/" in letter.text


def test_before_the_decision_nobody_is_told():
    stage = made.assessed(applications=1)
    made.decision(stage, stage.applications[0])
    assert letters.send_outcomes(stage.call, at=made.LATER) == 0
    assert letters.send_outcome(Decision.objects.get(), at=made.LATER) == 0
    assert written("calls.outcome") == []


@pytest.mark.parametrize(
    ("today", "sent"),
    [
        (date(2024, 2, 26), 0),
        (date(2024, 2, 27), 2),
        (date(2024, 2, 28), 0),
        (date(2024, 2, 29), 2),
        (date(2024, 3, 2), 2),
        (date(2024, 3, 3), 2),
        (date(2024, 3, 4), 0),
    ],
)
def test_reviewers_are_reminded_on_certain_days_once(today, sent):
    stage = made.assigned(applications=2, reviewers=2)
    Assignment.objects.update(due_on=date(2024, 3, 1) if today < date(2024, 3, 1) else date(2024, 3, 2))
    at = made.AFTER.replace(year=today.year, month=today.month, day=today.day)
    assert reminded(stage, at) == sent
    assert reminded(stage, at + timedelta(hours=3)) == 0
    assert {letter.to for letter in written("reviews.reminder")} == (
        {one.email for one in stage.reviewers} if sent else set()
    )


def test_a_reminder_counts_what_is_late_and_what_is_soon():
    stage = made.assigned(applications=2, reviewers=1, reviewers_wanted=1)
    one, two = stage.places
    Assignment.objects.filter(pk=one.pk).update(due_on=date(2024, 2, 20))
    Assignment.objects.filter(pk=two.pk).update(due_on=date(2024, 2, 22))
    assert reminded(stage, made.AFTER) == 1
    (letter,) = written("reviews.reminder")
    assert "Прострочено: 1 заявка." in letter.text
    assert "22\u00a0лютого 2024" in letter.text
    made.hand_in(two)
    Assignment.objects.update(reminded_on=None)
    tasks.remind()
    assert Assignment.objects.get(pk=two.pk).reminded_on is None
    assert Assignment.objects.get(pk=two.pk).state == AssignmentState.DONE


def test_nobody_is_reminded_after_the_assessment():
    stage = made.assigned(applications=1, reviewers=2)
    made.hand_in(stage.places[0])
    deciding.close_assessment(stage.call, why="Досить.", by=stage.officer, at=made.AFTER)
    Assignment.objects.update(due_on=made.AFTER.date())
    assert letters.remind_reviewers(at=made.AFTER) == 0

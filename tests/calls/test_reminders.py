"""Letters three days and one day before the close, once each, only to those who have not submitted."""

from datetime import timedelta

import pytest

from tests.factories import calls, people, programmes
from viche.calls import tasks
from viche.calls.models import Reminder
from viche.calls.operations import calls as operations
from viche.calls.operations import letters
from viche.calls.queries import applications
from viche.mail.models import Letter

pytestmark = pytest.mark.django_db


def test_who_has_not_submitted_is_reminded_once_three_days_and_once_one_day_before():
    call = calls.announced()
    waiting, done = calls.begun(call), calls.submitted(call)
    people.preparer(waiting.organisation)
    assert list(applications.to_remind(calls.CLOSES - timedelta(days=4), 3)) == []
    assert list(applications.to_remind(calls.CLOSES - timedelta(days=2, hours=23), 3)) == [waiting]
    at = calls.CLOSES - timedelta(days=2)
    assert letters.remind(waiting, days=3, at=at)
    assert not letters.remind(waiting, days=3, at=at)
    assert list(applications.to_remind(at, 3)) == []
    assert list(applications.to_remind(calls.CLOSES - timedelta(hours=20), 1)) == [waiting]
    posted = Letter.objects.filter(kind="calls.reminder")
    assert posted.count() == 2
    assert "ще не подано" in posted.first().subject
    assert done not in applications.to_remind(at, 3)


def test_a_later_close_is_reminded_of_again_once():
    officer = programmes.officer()
    call = calls.announced(officer.roles.get().programme, officer=officer)
    waiting, at = calls.begun(call), calls.CLOSES - timedelta(hours=20)
    assert letters.remind(waiting, days=1, at=at)
    later = operations.extend(call, closes_at=calls.CLOSES + timedelta(days=14), by=officer, at=at)
    assert list(applications.to_remind(at, 3)) == []
    at = later.closes_at - timedelta(days=2)
    (again,) = applications.to_remind(at, 3)
    assert letters.remind(again, days=3, at=at)
    assert not letters.remind(again, days=3, at=at)
    assert list(applications.to_remind(at, 3)) == []
    assert list(applications.to_remind(later.closes_at - timedelta(hours=20), 1)) == [waiting]
    assert Reminder.objects.filter(application=waiting).count() == 2


def test_whoever_began_on_the_last_day_gets_one_letter_not_two():
    waiting = calls.begun()
    at = calls.CLOSES - timedelta(hours=10)
    letters.remind(waiting, days=1, at=at)
    assert list(applications.to_remind(at, 3)) == []


def test_the_task_reminds_by_the_clock_of_now(monkeypatch):
    waiting = calls.begun()
    now = calls.CLOSES - timedelta(days=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    tasks.remind()
    tasks.remind()
    reminder = Reminder.objects.get()
    assert reminder.application == waiting
    assert str(reminder) == f"{waiting.pk}: 3"

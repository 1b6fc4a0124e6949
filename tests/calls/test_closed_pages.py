"""What applicants read of a call that takes no applications any more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import calls, people, programmes
from viche.calls.models import Call

pytestmark = pytest.mark.django_db
WHY = "Донор відмовився від програми."


@pytest.fixture
def call():
    """A call that is open at this very moment."""
    now = timezone.now()
    return calls.announced(opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=9))


@pytest.fixture
def head(client):
    user = people.head()
    client.force_login(user)
    return user


def mine(make, call, head):
    return make(call, by=head, organisation=head.memberships.get().organisation, at=timezone.now())


def text(client, address):
    return client.get(address).content.decode()


def cancel(call):
    Call.objects.filter(pk=call.pk).update(stage="cancelled", cancelled_why=WHY)


def close(call):
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(minutes=1))


def test_steps_that_are_over_are_not_told_as_ahead(client, call, head):
    application = mine(calls.submitted, call, head)
    assert "закінчується прийом" in text(client, application.get_absolute_url())
    close(call)
    Call.objects.filter(pk=call.pk).update(review_by=date(2030, 1, 10), decision_by=date(2030, 2, 1))
    page = text(client, application.get_absolute_url())
    assert "закінчується прийом" not in page
    assert "<br>оцінювання" in page
    assert "рішення й лист" in page
    Call.objects.filter(pk=call.pk).update(stage="assessed")
    assert "<br>оцінювання" not in text(client, application.get_absolute_url())
    Call.objects.filter(pk=call.pk).update(decision_by=None)
    assert "Рішення ухвалює комісія" in text(client, application.get_absolute_url())


def test_a_submitted_application_says_that_its_call_was_cancelled_and_why(client, call, head):
    application = mine(calls.submitted, call, head)
    assert "Що далі" in text(client, application.get_absolute_url())
    cancel(call)
    page = text(client, application.get_absolute_url())
    assert WHY in page
    assert "Що далі" not in page
    assert "Заявка у нас" not in page
    assert "Відкликати заявку" not in page
    assert "Конкурс скасовано" in text(client, "/me/")
    client.force_login(programmes.officer(call.programme))
    listed = text(client, reverse("calls:office_applications", args=[call.programme.code, call.code]))
    assert "Конкурс скасовано" in listed


@pytest.mark.parametrize("end", [cancel, close])
def test_a_draft_that_can_no_longer_be_submitted_has_no_button_that_leads_there(client, call, head, end):
    application = mine(calls.begun, call, head)
    here = application.get_absolute_url()
    last = reverse("calls:section", args=[application.pk, 3])
    check = reverse("calls:check", args=[application.pk])
    assert "button--wide" in text(client, here)
    assert "Перевірити й подати" in text(client, last)
    assert "button--wide" in text(client, check)
    end(call)
    assert "button--wide" not in text(client, here)
    assert "Перевірити й подати" not in text(client, last)
    assert "button--wide" not in text(client, check)
    assert "Писати заявку</button>" not in text(client, reverse("calls:apply", args=[call.code]))
    assert (WHY in text(client, here)) == (end is cancel)


@pytest.mark.parametrize(("end", "words"), [(cancel, "Конкурс скасовано."), (close, "Прийом закрито")])
def test_an_autosave_says_that_the_call_has_ended_and_that_the_words_are_kept(client, call, head, end, words):
    application = mine(calls.begun, call, head)
    address = reverse("calls:section", args=[application.pk, 1])
    accept = {"Accept": "application/json"}
    told = client.post(address, {"title": "Світла", "revision": "0"}, headers=accept).json()
    assert "warning" not in told
    end(call)
    told = client.post(address, {"title": "Світла читальня", "revision": "1"}, headers=accept).json()
    assert told["warning"].startswith(words)
    assert "збережено на сервері" in told["warning"]
    assert "Світла читальня" in text(client, address)
    # What was not saved is not said to be.
    assert "warning" not in client.post(address, {"title": "Інше", "revision": "0"}, headers=accept).json()

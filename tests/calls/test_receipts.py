"""A receipt tells what became of the submission that it proves, who pressed the button, and prints whole."""

import pytest
from django.urls import reverse

from tests.factories import calls, people
from viche.calls.operations import applications as operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(client):
    made = calls.submitted()
    client.force_login(calls.writer(made))
    return made


def page(client, application, number=1):
    return client.get(reverse("calls:receipt", args=[application.pk, number])).content.decode()


def test_a_receipt_says_that_it_was_withdrawn_later_and_when(client, application):
    assert "Заявку подано" in page(client, application)
    by = calls.writer(application)
    operations.withdraw(application, by=by, clock=lambda: calls.WHILE_OPEN)
    withdrawn = page(client, application)
    assert "Заявку подано" not in withdrawn
    assert "заявку відкликали <time" in withdrawn
    operations.submit(application, by=by, clock=lambda: calls.WHILE_OPEN)
    first, second = page(client, application), page(client, application, 2)
    assert "діє квитанція 2" in first
    assert f'href="{reverse("calls:receipt", args=[application.pk, 2])}"' in first
    assert "Заявку подано" not in first
    assert "Заявку подано" in second


def test_a_receipt_names_who_submitted_and_can_be_printed_whole(client, application):
    shown = page(client, application)
    assert calls.writer(application).name in shown
    assert "data-print" in shown
    assert '<details class="printed">' in shown


def test_the_address_of_all_applications_leads_to_the_cabinet(client):
    client.force_login(people.user())
    assert client.get("/me/applications/").headers["Location"] == "/me/"

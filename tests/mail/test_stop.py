"""A letter is declined by one press, by a mail program or on the page, never by merely opening the link."""

import re

import pytest
from django.test import Client

from tests.factories import mail as made
from viche.mail import operations, queries, rendering
from viche.mail.choices import Delivery, State
from viche.mail.models import Preference
from viche.methods.refusals import Refused

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT
OLENA = "olena@example.org"


def way(kind="tried.reminder"):
    return queries.delivery(OLENA, kind)


def path(kind="tried.reminder"):
    return rendering.stop_address(OLENA, kind).removeprefix("https://viche.example")


def test_opening_the_link_changes_nothing(client):
    letter = made.letter()
    (address,) = set(re.findall(r"https://viche\.example(/letters/stop/\S+)", letter.text))
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Не надсилати листів «Нагадування»?</h1>" in page
    assert OLENA in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert way() == Delivery.AT_ONCE


def test_a_press_declines_and_another_takes_it_back():
    client = Client(enforce_csrf_checks=True)
    waiting = made.letter()
    answer = client.post(path(), follow=True)
    assert "<h1>Листів «Нагадування» більше не надсилаємо</h1>" in answer.content.decode()
    assert answer.redirect_chain == [(path(), 302)]
    assert way() == Delivery.NEVER
    waiting.refresh_from_db()
    assert waiting.state == State.OPTED_OUT
    assert made.letter().state == State.OPTED_OUT
    assert made.letter(kind="tried.decision").state == State.WAITING
    answer = client.post(path(), {"again": "1"}, follow=True)
    assert "Не надсилати листів «Нагадування»?" in answer.content.decode()
    assert way() == Delivery.AT_ONCE
    assert Preference.objects.count() == 1
    assert str(Preference.objects.get()) == "olena@example.org: tried.reminder"


def test_a_mail_program_needs_one_request_without_cookies():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert way() == Delivery.NEVER
    assert client.post(path(), {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_in_english(client):
    assert client.get("/en" + path()).status_code == 200


def test_declining_the_digest_declines_what_it_would_bring():
    held, waiting = made.letter(kind="tried.news"), made.letter()
    operations.stop(OLENA, kind="mail.digest", at=MOMENT)
    for letter in (held, waiting):
        letter.refresh_from_db()
    assert (held.state, waiting.state) == (State.OPTED_OUT, State.WAITING)
    assert way("tried.news") == Delivery.NEVER
    operations.resume(OLENA, kind="mail.digest", at=MOMENT)
    assert way("tried.news") == Delivery.DAILY


def test_taking_it_back_brings_the_usual_way():
    operations.stop(OLENA, kind="tried.news", at=MOMENT)
    operations.resume(OLENA, kind="tried.news", at=MOMENT)
    assert way("tried.news") == Delivery.DAILY


def test_a_link_that_is_not_ours_is_not_found(client):
    whole = path().removesuffix("/")
    for address in (f"{whole[:-1]}/", "/letters/stop/nonsense/", path("tried.decision"), path("tried.unheard")):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert not Preference.objects.exists()


def test_what_always_goes_cannot_be_declined():
    with pytest.raises(Refused, match="надсилаємо завжди"):
        operations.stop(OLENA, kind="tried.decision", at=MOMENT)
    assert way("tried.decision") == Delivery.AT_ONCE

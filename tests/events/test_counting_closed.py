"""After the report was accepted the page of counting is only read: it says so, with the figures that count."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import events as factory
from viche.events.models import Event, Tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    now = datetime.now(UTC)
    return factory.published(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


@pytest.fixture
def hub(client, event):
    client.force_login(event.author)
    return client


def at(name, event):
    return reverse(f"events:{name}", args=[event.code])


def send(client, event, **changes):
    sent = {"key": str(uuid.uuid4()), "revision": 1, "cells": {"f:youth": 2}, "groups": {}, **changes}
    return client.post(
        at("tally", event), json.dumps(sent), content_type="application/json", HTTP_ACCEPT="application/json"
    )


@pytest.fixture
def closed(event):
    """The same event after its report of three people was accepted."""
    now = datetime.now(UTC)
    Event.objects.filter(pk=event.pk).update(ends_at=now - timedelta(minutes=30))
    event.refresh_from_db()
    factory.accepted(event, at=now)
    return event


def test_once_the_report_is_accepted_the_page_is_only_read(hub, closed):
    page = hub.get(at("count", closed)).content.decode()
    assert "Звіт прийнято, облік закрито" in page
    assert "Враховано 3 людини" in page
    assert f'href="{at("report", closed)}">Звіт із числами, які враховано' in page
    assert 'name="step"' not in page
    assert 'name="cell-f-youth"' not in page
    assert 'data-closed="1"' in page  # scripts only tell what lies in the telephone
    assert "Додати світлину" in page


def test_the_office_finds_the_figures_in_its_own_copy(client, closed):
    client.force_login(factory.consultant(closed))
    page = client.get(at("count", closed)).content.decode()
    link = reverse("events:office_report", args=[closed.programme.code, closed.code])
    assert f'href="{link}"' in page
    assert client.get(link).status_code == 200


def test_what_comes_after_the_acceptance_is_not_taken_and_not_lost(hub, closed):
    stale = {"key": str(uuid.uuid4()), "revision": "0", "cell-f-youth": "7", "group-older": "2"}
    answer = hub.post(at("count", closed), stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ваші числа не записано" in page
    assert "Жінки, молодь 14–35: <strong>7</strong>" in page
    assert "Люди старшого віку: <strong>2</strong>" in page
    refused = send(hub, closed)
    assert (refused.status_code, refused.json()["closed"]) == (409, True)
    assert "враховано людей – 3" in refused.json()["text"]
    assert not Tally.objects.exists()


def test_other_refusals_do_not_close_the_page(hub, event):
    assert send(hub, event, groups={"older": 9}).json()["closed"] is False


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_queries_of_the_closed_page(hub, closed, django_assert_max_num_queries, rows):
    for _ in range(rows):
        Tally.objects.create(event=closed, total=1, counted_at=closed.ends_at, received_at=closed.ends_at)
    with django_assert_max_num_queries(12):
        assert hub.get(at("count", closed)).status_code == 200

"""Garbage gets an answer, not a traceback; so do hours that no clock shows, and double presses."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, programmes
from viche.events.models import Event
from viche.events.operations import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    now = timezone.now()
    return events.published(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


def counts(client, event, body):
    client.force_login(event.author)
    address = reverse("events:tally", args=[event.code])
    return client.post(address, body, content_type="application/json", headers={"accept": "application/json"})


def test_a_count_nested_without_end(client, event):
    assert counts(client, event, "[" * 19_000).status_code == 422


def test_a_count_of_the_year_one(client, event):
    told = {"key": str(uuid.uuid4()), "revision": 1, "cells": {"f:youth": 2}, "counted_at": "0001-01-01T00:00:00+14:00"}
    assert counts(client, event, json.dumps(told)).status_code == 200


def test_a_seat_with_five_thousand_digits(client):
    event = events.with_seats(2)
    client.force_login(event.author)
    assert client.post(reverse("events:door", args=[event.code]), {"seat": "9" * 5000}).status_code == 404


@pytest.mark.parametrize("asked", [f"organisation={'9' * 25}", f"series={'9' * 25}", f"organisation={'9' * 4400}"])
def test_an_office_filter_that_is_nobodys_key(client, event, asked):
    client.force_login(programmes.officer(event.programme))
    assert client.get(f"{reverse('events:office_list', args=[event.programme.code])}?{asked}").status_code == 200


def planning(client):
    programme = programmes.programme(ends_on=(timezone.now() + timedelta(days=900)).date())
    client.force_login(people.user())
    return {"frame": f"programme-{programme.code}", "organisation": "own"}


def test_a_plan_in_the_hour_that_spring_leaves_out(client):
    frame, row = planning(client), {"title": "Ніч", "day": "28.03.2027", "starts": "03:30", "ends": "04:00"}
    good = {"title": "Добрий", "day": "21.04.2027", "starts": "10:00", "ends": "11:00"}
    answer = client.post(reverse("events:plan"), {**frame, "rows": json.dumps([[2, good], [3, row]])})
    assert answer.status_code == 302
    assert Event.objects.filter(title="Добрий").exists()
    assert not Event.objects.filter(title="Ніч").exists()


@pytest.mark.parametrize("moment", ["2027-03-28T03:30", "2027-10-31T03:30"])
def test_an_hour_that_the_clock_leaves_out_or_shows_twice(client, moment):
    draft = events.draft()
    client.force_login(draft.author)
    address = reverse("events:write", args=[draft.code])
    answer = client.post(address, {"title": "Ніч", "starts_at": moment, "revision": 0})
    assert "Цієї ночі переводять годинники" in answer.content.decode()
    again = client.get(address)
    assert (again.status_code, "Цієї ночі переводять годинники" in again.content.decode()) == (200, True)


def test_a_meeting_repeated_into_that_hour_takes_place():
    starts = datetime(2027, 3, 21, 1, 30, tzinfo=UTC)
    event = events.draft(starts_at=starts, ends_at=starts + timedelta(minutes=30))
    made = drafts.repeat(event, every="weekly", until=None, count=1, by=event.author, at=people.MOMENT)
    assert made[0].ends_at - made[0].starts_at == timedelta(minutes=30)


def test_a_double_press_makes_one_copy():
    event = events.draft()
    copies = [
        drafts.copy(event, starts_at=None, by=event.author, at=people.MOMENT + timedelta(seconds=seconds))
        for seconds in (0, 1, 30)
    ]
    assert [copies[1] == copies[0], copies[2] == copies[0]] == [True, False]


def test_a_plan_whose_row_is_infinite(client):
    answer = client.post(reverse("events:plan"), {**planning(client), "rows": "[[1e999, {}]]"})
    assert answer.status_code == 422

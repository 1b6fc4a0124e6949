"""People who register are told apart in a programme by a number, and each counts once however often they come."""

import importlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from tests.factories import events, people, programmes, seats
from viche.events.models import Registration
from viche.events.operations import forgetting, registering, reporting
from viche.facts.models import Fact, Presence
from viche.facts.queries import people as different
from viche.facts.queries import recounting
from viche.facts.queries.figures import Asked
from viche.results.queries.sources import SOURCES

LAST = 80  # days from the first event to the last
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return programmes.programme()


def meeting(programme, *, days=0, **changes):
    """An event so many days after the first, to which anybody may register."""
    starts = events.STARTS + timedelta(days=days - LAST)
    return events.with_seats(50, programme=programme, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def come(event, email, *, user=None, **changes):
    """Somebody registers and is marked at the door."""
    if user is not None:
        changes["by"] = user
    one = seats.registered(event, email=email, **changes)
    return registering.come(one, came=True, by=event.author, at=event.starts_at)


def accept(event, **changes):
    return events.accepted(event, **{"total": 30, "cells": {}, **changes})


def how_many(programme):
    assert recounting.compare(SOURCES).difference is None
    return different.once(Asked.ever(programme.pk), ["attended"])["attended"]


def numbers():
    return list(Registration.objects.order_by("pk").values_list("person", flat=True))


def test_who_comes_twice_is_one_person(programme):
    first, second = meeting(programme), meeting(programme, days=40)
    for name in "abcdef":
        come(first, f"{name}@example.org")
    come(second, "A@example.org ")
    come(second, "z@example.org")
    accept(first)
    accept(second)
    assert how_many(programme) == 7
    assert sum(Fact.objects.filter(measure="attended").values_list("value", flat=True)) == 8


def test_only_accepted_reports_count_and_what_is_taken_back_goes_alone(programme):
    first, second = meeting(programme), meeting(programme, days=40)
    come(first, "a@example.org")
    come(second, "a@example.org")
    come(second, "b@example.org")
    assert how_many(programme) == 0
    kept = accept(first)
    assert how_many(programme) == 1
    taken = accept(second)
    assert how_many(programme) == 2
    officer = programmes.officer(programme)
    reporting.reopen(taken, remark="Ще раз.", by=officer, at=events.AFTER + timedelta(days=50))
    assert how_many(programme) == 1  # who came to both is still counted by the other
    reporting.reopen(kept, remark="Ще раз.", by=officer, at=events.AFTER + timedelta(days=50))
    assert how_many(programme) == 0


def test_a_mark_at_the_door_after_the_report_counts_at_once_and_goes_when_it_is_taken_back(programme):
    event = meeting(programme)
    accept(event)
    one = come(event, "a@example.org")
    assert how_many(programme) == 1
    registering.come(one, came=False, by=event.author, at=event.starts_at)
    assert how_many(programme) == 0
    assert not Presence.objects.exists()


def test_an_account_with_another_mailbox_is_the_same_person_and_joins_what_was_two(programme):
    user = people.user(email="olena@example.org")
    first, second, third = (meeting(programme, days=days) for days in (0, 40, 80))
    before = come(first, "olena.old@example.org")
    come(second, "olena@example.org", user=user)
    accept(first)
    accept(second)
    assert how_many(programme) == 2
    type(user).objects.filter(pk=user.pk).update(email="olena.old@example.org")
    user.refresh_from_db()
    come(third, "olena.old@example.org", user=user)
    assert set(numbers()) == {before.pk}
    assert how_many(programme) == 1  # also in the events whose reports were accepted before


def test_a_mailbox_that_went_over_to_another_account_makes_nobody_the_same(programme):
    first, second = meeting(programme), meeting(programme, days=40)
    come(first, "desk@example.org", user=people.user(email="desk@example.org"))
    Registration.objects.update(user=people.user(email="one@example.org"))
    come(second, "desk@example.org")
    assert len(set(numbers())) == 2


def test_another_programme_knows_nothing_of_it(programme):
    first = come(meeting(programme), "a@example.org")
    second = come(meeting(programmes.programme()), "a@example.org")
    assert (first.person, second.person) == (first.pk, second.pk)


def test_a_delegation_and_those_whom_a_person_brings_are_in_no_such_number(programme):
    event = meeting(programme)
    organisation = people.organisation()
    event.invited.add(organisation)
    by = people.preparer(organisation)
    come(event, by.email, user=by, organisation=organisation, people=4)
    come(event, "a@example.org", people=3)
    accept(event)
    assert how_many(programme) == 1


def test_who_is_forgotten_stays_counted_and_nobody_knows_who_it_was(programme):
    user = people.user(email="a@example.org")
    first, second = meeting(programme), meeting(programme, days=40)
    come(first, "a@example.org", user=user)
    come(second, "a@example.org", user=user)
    accept(first)
    accept(second)
    forgetting.forget(user, addresses={"a@example.org"}, at=events.AFTER + timedelta(days=90))
    kept = Registration.objects.first()
    assert (kept.name, kept.email, kept.user_id, kept.person) == ("", "", None, kept.pk)
    assert how_many(programme) == 1


def test_names_that_are_erased_in_time_change_no_number_but_who_comes_back_after_is_new(programme):
    first, second, third = (meeting(programme, days=days) for days in (0, 40, 80))
    for event in (first, second):
        come(event, "a@example.org")
        accept(event)
    for event in (first, second):
        forgetting.expire(event.pk, at=events.AFTER + timedelta(days=600))
    assert Registration.objects.exclude(email="").count() == 0
    assert how_many(programme) == 1
    come(third, "a@example.org")
    accept(third)
    assert how_many(programme) == 2


@pytest.mark.parametrize(("came", "total", "told"), [(4, 30, None), (5, 30, 5), (9, 12, None), (9, 9, 9)])
def test_few_people_and_the_few_besides_are_told_to_nobody(programme, came, total, told):
    event = meeting(programme)
    for number in range(came):
        come(event, f"p{number}@example.org")
    accept(event, total=total)
    fact = Fact.objects.get(measure="attended")
    assert (fact.value, fact.shown) == (came, told)


def test_who_came_before_there_were_numbers_gets_them_by_the_migration(programme):
    user, other = people.user(email="a@example.org"), people.user(email="b@example.org")
    first, second, third = (meeting(programme, days=days) for days in (0, 40, 80))
    rows = [
        come(first, "a@example.org", user=user),
        come(second, "a@example.org", user=user),
        come(second, "guest@example.org"),
        come(third, "guest@example.org"),
        come(third, "b@example.org", user=other),
    ]
    wanted = numbers()
    Registration.objects.update(person=None)
    migration = importlib.import_module("viche.events.migrations.0014_persons_of_before")
    migration.number(apps, SimpleNamespace(connection=connection))
    assert numbers() == wanted == [rows[at].pk for at in (0, 0, 2, 2, 4)]

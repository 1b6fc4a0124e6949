"""Two doors at once, and a report accepted meanwhile: nobody waits for ever, and a person stays one person."""

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from tests.factories import events, people, programmes, seats
from viche.events.models import Registration
from viche.events.operations import registering, reporting
from viche.facts import operations as facts
from viche.facts.models import Presence
from viche.facts.queries import recounting
from viche.results.queries.sources import SOURCES

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Beside(Thread):
    """An act on a connection of its own; what was raised stays."""

    def __init__(self, act):
        super().__init__(daemon=True)
        self.act, self.raised = act, None

    def run(self):
        try:
            self.act()
        except Exception as raised:  # noqa: BLE001 — the test tells which
            self.raised = raised
        finally:
            connection.close()

    def go_until_it_waits(self):
        """SQLite has one writer at a time: there it waits from the beginning."""
        self.start()
        for _ in range(400 if connection.vendor == "postgresql" else 0):
            with connection.cursor() as cursor:
                cursor.execute(WAITING)
                if cursor.fetchone()[0]:
                    return
            time.sleep(0.02)

    def end(self):
        self.join(60)
        assert not self.is_alive()
        assert self.raised is None, self.raised


@transaction.atomic
def scene():
    """Somebody came twice as two: by a mailbox, and by an account with another. At the third door both are known to be one."""
    programme = programmes.programme()
    user = people.user(email="olena@example.org")
    rows = []
    for days, email, by in (
        (0, "old@example.org", None),
        (40, "olena@example.org", user),
        (80, "old@example.org", user),
    ):
        starts = events.STARTS + timedelta(days=days - 80)
        event = events.with_seats(50, programme=programme, starts_at=starts, ends_at=starts + timedelta(hours=2))
        if by and days == 80:
            type(user).objects.filter(pk=user.pk).update(email=email)
            user.refresh_from_db()
        rows.append(seats.registered(event, email=email, **({"by": by} if by else {})))
    for one in rows[:2]:
        registering.come(one, came=True, by=one.event.author, at=one.event.starts_at)
    return programme, rows


def come(one, *, came=True):
    return registering.come(one, came=came, by=one.event.author, at=one.event.starts_at)


def test_a_door_does_not_hold_what_another_numbers_anew():
    programme, (first, second, third) = scene()
    other = Beside(lambda: come(second, came=False))
    with transaction.atomic():
        facts.lock({programme.pk})
        other.go_until_it_waits()
        come(third)  # numbers the second anew
    other.end()
    assert set(Registration.objects.values_list("person", flat=True)) == {first.pk}


def test_a_report_accepted_while_a_door_tells_who_is_one_counts_that_one():
    programme, (first, second, third) = scene()
    with transaction.atomic():
        report, officer = events.reported(second.event, total=30, cells={}), programmes.officer(programme)

    def accept():
        reporting.accept(report, revision=report.revision, remark="", by=officer, at=events.AFTER)

    other = Beside(accept)
    with transaction.atomic():
        facts.lock({programme.pk})
        other.go_until_it_waits()
        come(third)
    other.end()
    assert list(Presence.objects.values_list("record", "person")) == [(second.event_id, first.pk)]
    assert recounting.compare(SOURCES).difference is None

"""Many at once, with exact outcomes: the deadline, the double click, fifty writers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier, Event, Lock, Semaphore
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction

from tests.factories import calls, people
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import applications as operations
from viche.methods.refusals import Refused
from viche.questionnaires import queries
from viche.questionnaires.models import Answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def at_once(act, things):
    """Do it for all things at the same moment; the results, in order, exceptions included."""
    gate = Barrier(len(things), timeout=60)

    def one(thing):
        gate.wait()
        try:
            return act(thing)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(one, things))


class Ticking:
    """A clock that moves on a little each time it is read; the tenth reading is the first after the close."""

    def __init__(self, early):
        self.early, self.readings, self.lock = early, count(), Lock()

    def __call__(self):
        with self.lock:
            read = next(self.readings)
        return calls.CLOSES + timedelta(milliseconds=read - self.early)


def test_a_hundred_submitters_around_the_close():
    call = calls.announced()
    applications = [calls.complete(call) for _ in range(100)]
    writers = {application.pk: calls.writer(application) for application in applications}
    clock = Ticking(early=40)
    results = at_once(lambda one: operations.submit(one, by=writers[one.pk], clock=clock), applications)
    receipts = [result for result in results if isinstance(result, Receipt)]
    refusals = [result for result in results if isinstance(result, Refused)]
    assert (len(receipts), len(refusals)) == (40, 60)
    assert all(receipt.submitted_at < calls.CLOSES for receipt in receipts)
    assert all("збережено в чернетці" in refused.sentence for refused in refusals)
    codes = sorted(Application.objects.filter(state="submitted").values_list("code", flat=True))
    assert codes == [f"{call.code}-{number:03d}" for number in range(1, 41)]
    late = Application.objects.filter(state="draft")
    assert late.count() == 60
    assert Answers.objects.filter(sheet__in=late.values("sheet")).count() == 180


def is_locked(call):
    """Whether nobody else can write to the call now: its row on PostgreSQL, the whole database on SQLite."""
    other = connection.copy()
    if other.vendor == "sqlite":
        other.settings_dict["OPTIONS"]["timeout"] = 0
    try:
        with other.cursor() as cursor:
            if other.vendor == "sqlite":
                cursor.execute("BEGIN IMMEDIATE")
            else:
                cursor.execute("SELECT 1 FROM calls_call WHERE id = %s FOR UPDATE NOWAIT", [call.pk])
    except OperationalError:
        return True
    finally:
        other.close()
    return False


@pytest.mark.parametrize("act", [operations.submit, operations.withdraw])
def test_the_clock_is_read_while_the_call_is_locked(act):
    """A clock read earlier would let in whoever then waits for the lock until after the close."""
    application = calls.complete() if act is operations.submit else calls.submitted()
    assert not is_locked(application.call)
    locked = []

    def clock():
        locked.append(is_locked(application.call))
        return calls.WHILE_OPEN

    act(application, by=calls.writer(application), clock=clock)
    assert locked == [True]


def test_whoever_waited_across_the_close_is_refused():
    call = calls.announced()
    applications = [calls.complete(call) for _ in range(4)]
    writers = {application.pk: calls.writer(application) for application in applications}
    has_closed, asked = Event(), Semaphore(0)

    def clock():
        return calls.CLOSES if has_closed.is_set() else calls.CLOSES - timedelta(seconds=1)

    def submit(one):
        asked.release()
        try:
            return operations.submit(one, by=writers[one.pk], clock=clock)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(applications)) as pool:
        with transaction.atomic():
            Call.objects.select_for_update().get(pk=call.pk)
            waiting = [pool.submit(submit, one) for one in applications]
            for _ in applications:
                asked.acquire()
            sleep(0.5)  # so that all of them stand before the lock
            has_closed.set()
        results = [one.result() for one in waiting]
    assert all("збережено в чернетці" in result.sentence for result in results)
    assert not Receipt.objects.exists()


def test_twenty_clicks_on_submit_give_one_receipt():
    application = calls.complete()
    by = calls.writer(application)
    results = at_once(lambda _: operations.submit(application, by=by, clock=lambda: calls.WHILE_OPEN), list(range(20)))
    assert {result.pk for result in results} == {Receipt.objects.get().pk}


def test_ten_colleagues_begin_one_application():
    call, organisation = calls.announced(), people.organisation()
    colleagues = [people.preparer(organisation) for _ in range(10)]
    results = at_once(
        lambda by: operations.begin(call, organisation=organisation, by=by, at=calls.WHILE_OPEN), colleagues
    )
    assert {result.pk for result in results} == {Application.objects.get().pk}


def test_fifty_writers_save_without_an_error():
    call = calls.announced()
    applications = [calls.begun(call) for _ in range(50)]
    writers = {application.pk: calls.writer(application) for application in applications}
    section = queries.outline(call.form).section(1)

    def write(one):
        for revision in range(4):
            typed = {"title": f"Назва {revision}", "summary": "слово " * 60}
            operations.save(
                one, section=section, values=typed, revision=revision, by=writers[one.pk], at=calls.WHILE_OPEN
            )
        return True

    assert at_once(write, applications) == [True] * 50
    assert set(Answers.objects.values_list("revision", flat=True)) == {4}
    assert all(answers.values["title"] == "Назва 3" for answers in Answers.objects.all())

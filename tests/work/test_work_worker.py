"""The worker as a process: it does what waits, ends when asked, and what it leaves when killed is done once more."""

import os
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from viche.work import operations, worker
from viche.work.models import Beat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signals():
    """Put back what listens to signals."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, listener in kept.items():
        signal.signal(number, listener)


def states():
    return Counter(DBTaskResult.objects.values_list("status", flat=True))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_worker_ends_when_asked(start_worker, trace, number):
    process = start_worker()
    operations.enqueue("viche.probe.tasks.note", str(trace))
    trace.wait_for("x")
    process.send_signal(number)
    assert process.wait(10) == 0


def test_a_busy_worker_finishes_what_it_has_begun_and_nothing_more(start_worker, trace):
    operations.enqueue("viche.probe.tasks.nap", str(trace), 0.5)
    operations.enqueue("viche.probe.tasks.note", str(trace))
    process = start_worker()
    trace.wait_for("begun")
    process.terminate()
    assert process.wait(10) == 0
    assert trace.lines() == ["begun", "done"]
    assert states() == {"SUCCESSFUL": 1, "READY": 1}


def test_a_busy_worker_asked_twice_ends_at_once_and_puts_the_task_back(start_worker, trace):
    operations.enqueue("viche.probe.tasks.nap", str(trace), 60)
    process = start_worker()
    trace.wait_for("begun")
    process.terminate()
    time.sleep(0.2)
    process.terminate()
    assert process.wait(10) == 128 + signal.SIGTERM
    assert states() == {"READY": 1}


def test_what_a_killed_worker_left_is_done_exactly_once_more(start_worker, trace):
    operations.enqueue("viche.probe.tasks.hang_once", str(trace), 60)
    process = start_worker()
    trace.wait_for("begun")
    process.kill()
    process.wait()
    assert states() == {"RUNNING": 1}
    assert worker.drain() == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=2))  # the silence of two minutes
    start_worker(), start_worker()
    trace.wait_for("begun", "begun", "done")
    time.sleep(0.5)
    assert trace.lines() == ["begun", "begun", "done"]
    assert len(DBTaskResult.objects.get().worker_ids) == 2


def test_two_workers_share_the_tasks_and_do_none_twice(start_worker, trace):
    for number in range(40):
        operations.enqueue("viche.probe.tasks.note", str(trace), str(number))
    start_worker(), start_worker()
    until = time.monotonic() + 30
    while states() != {"SUCCESSFUL": 40} and time.monotonic() < until:
        time.sleep(0.05)
    assert states() == {"SUCCESSFUL": 40}
    assert sorted(map(int, trace.lines())) == list(range(40))


@pytest.mark.race
def test_ten_threads_claim_each_task_once(trace):
    for number in range(60):
        operations.enqueue("viche.probe.tasks.note", str(trace), str(number))

    def claim(thread):
        taken = []
        try:
            while (row := operations.claim(worker_id=str(thread), at=timezone.now())) is not None:
                taken.append(row.pk)
        finally:
            connections.close_all()
        return taken

    with ThreadPoolExecutor(10) as pool:
        taken = [key for keys in pool.map(claim, range(10)) for key in keys]
    assert len(taken) == len(set(taken)) == 60
    assert {len(row.worker_ids) for row in DBTaskResult.objects.all()} == {1}


def test_run_ends_when_its_own_process_is_asked(signals, trace, settings):
    settings.SCHEDULES = {"often": {"task": "viche.work.tasks.prune", "every": 3600}}
    operations.enqueue("viche.probe.tasks.note", str(trace))
    operations.enqueue("viche.probe.tasks.interrupt", str(trace), after=timezone.now() + timedelta(seconds=0.3))
    worker.run(interval=0.01)
    assert trace.lines() == ["x", "done"]
    assert states() == {"SUCCESSFUL": 3}


def test_a_long_task_is_told_to_be_alive_and_the_sign_goes_with_the_worker(signals, trace, monkeypatch):
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.02)
    seen = []

    def look():
        try:
            until = time.monotonic() + 10
            while not seen and time.monotonic() < until:
                seen.extend(Beat.objects.values_list("worker_id", flat=True))
        finally:
            connections.close_all()
            os.kill(os.getpid(), signal.SIGTERM)

    operations.enqueue("viche.probe.tasks.nap", str(trace), 0.5)
    thread = threading.Thread(target=look)
    thread.start()
    worker.run(interval=0.01)
    thread.join()
    assert f":{os.getpid()}:" in seen[0]
    assert not Beat.objects.exists()


def test_a_database_that_does_not_answer_is_waited_for(signals, trace, monkeypatch, caplog):
    monkeypatch.setattr(worker, "PAUSE", 0.3)
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.01)
    rescue, beat = operations.rescue, operations.beat
    troubles = {"rescue": 1, "beat": 1}

    def troubled(name, real):
        def act(**given):
            if troubles[name]:
                troubles[name] -= 1
                raise OperationalError("database is locked")
            return real(**given)

        return act

    monkeypatch.setattr(operations, "rescue", troubled("rescue", rescue))
    monkeypatch.setattr(operations, "beat", troubled("beat", beat))
    operations.enqueue("viche.probe.tasks.nap", str(trace), 0.2)
    operations.enqueue("viche.probe.tasks.interrupt", str(trace))
    worker.run(interval=0.01)
    assert trace.lines() == ["begun", "done", "done"]
    assert "does not answer" in caplog.text
    assert "could not say that it is alive" in caplog.text


def test_asking_twice_ends_at_once(signals):
    one = worker._Worker(0.01)
    one.stop(signal.SIGTERM, None)
    with pytest.raises(SystemExit):
        one.stop(signal.SIGTERM, None)

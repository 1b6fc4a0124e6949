"""What enqueue promises, what drain does, and how a failure is tried again."""

import logging
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from viche.work import operations, queries, tasks, worker
from viche.work.models import Beat, Run

pytestmark = pytest.mark.django_db


def status():
    return DBTaskResult.objects.get().status


def wind_back(delta):
    """Let the retry of the only task come due: the row, not the clock, is moved."""
    row = DBTaskResult.objects.get()
    DBTaskResult.objects.update(run_after=row.run_after - delta)


def test_a_task_runs_with_its_arguments_and_only_once(trace):
    operations.enqueue("viche.probe.tasks.note", str(trace), "привіт")
    assert trace.lines() == []
    assert worker.drain() == 1
    assert worker.drain() == 0
    assert trace.lines() == ["привіт"]
    assert status() == TaskResultStatus.SUCCESSFUL


def test_tasks_may_lie_in_several_modules(trace, tmp_path, monkeypatch):
    import viche

    folder = tmp_path / "many" / "tasks"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "letters.py").write_text(
        "from viche.probe.tasks import note\n\ndef write(path):\n    note(path, 'here')\n"
    )
    monkeypatch.setattr(viche, "__path__", [*viche.__path__, str(tmp_path)])
    operations.enqueue("viche.many.tasks.letters.write", str(trace))
    assert worker.drain() == 1
    assert trace.lines() == ["here"]
    with pytest.raises(ValueError, match="no task"):
        operations.enqueue("viche.many.tasks.letters.note", str(trace))


def test_what_tasks_enqueue_is_drained_too(trace):
    operations.enqueue("viche.probe.tasks.go_on", str(trace), 3)
    assert worker.drain() == 4
    assert trace.lines() == ["3", "2", "1", "0"]


def test_tasks_run_in_the_order_they_came(trace):
    for number in range(5):
        operations.enqueue("viche.probe.tasks.note", str(trace), str(number))
    worker.drain()
    assert trace.lines() == ["0", "1", "2", "3", "4"]


def test_a_task_speaks_the_language_of_the_installation(trace):
    operations.enqueue("viche.probe.tasks.say_language", str(trace))
    with translation.override("en"):
        worker.drain()
    assert trace.lines() == ["uk"]


def test_a_task_can_be_put_off(trace):
    now = timezone.now()
    operations.enqueue("viche.probe.tasks.note", str(trace), after=now + timedelta(hours=1))
    assert worker.drain() == 0
    assert worker.drain(at=now + timedelta(minutes=59)) == 0
    assert worker.drain(at=now + timedelta(minutes=61)) == 1


def test_a_change_that_is_taken_back_takes_its_task_along(trace):
    def changed_and_taken_back():
        with transaction.atomic():
            operations.enqueue("viche.probe.tasks.note", str(trace))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        changed_and_taken_back()
    assert worker.drain() == 0


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "viche.work.operations.prune",
        "viche.probe.tasks",
        "viche.probe.tasks._hidden",
        "viche.probe.tasks.Thing",
        "viche.probe.tasks.number",
        "viche.probe.tasks.datetime",
        "viche.probe.tasks.operations.prune",
        "viche.probe.tasks.nothing",
        "viche.nothing.tasks.note",
        "viche.ui.tasks.note",
        "viche.probe.tasks.note; import os",
    ],
)
def test_only_functions_of_tasks_can_be_named(name):
    with pytest.raises(ValueError, match="task"):
        operations.enqueue(name)
    assert not DBTaskResult.objects.exists()


def test_tasks_that_import_something_missing_say_so(tmp_path, monkeypatch):
    import viche

    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "tasks.py").write_text("import nowhere_to_be_found\n")
    monkeypatch.setattr(viche, "__path__", [*viche.__path__, str(tmp_path)])
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        operations.enqueue("viche.broken.tasks.note")


@pytest.mark.parametrize("argument", [Decimal(1), (1, 2), {1: 2}, object(), float("nan")])
def test_arguments_are_plain_json(argument):
    with pytest.raises((TypeError, ValueError)):
        operations.enqueue("viche.probe.tasks.note", argument)


def test_a_failure_is_raised_by_drain_and_tried_again_later(trace):
    operations.enqueue("viche.probe.tasks.fail", str(trace))
    with pytest.raises(worker.TaskFailed, match=r"viche\.probe\.tasks\.fail\(.*trace") as caught:
        worker.drain()
    assert str(caught.value.__cause__) == "on purpose"
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == (TaskResultStatus.READY, "builtins.RuntimeError")
    assert "on purpose" in row.traceback
    assert worker.drain() == 0
    wind_back(timedelta(seconds=10))
    assert worker.drain(quiet=True) == 1
    assert trace.lines() == ["tried", "tried"]


def test_a_task_that_always_fails_is_given_up_after_six_attempts(trace):
    operations.enqueue("viche.probe.tasks.fail", str(trace))
    waits = []
    for _ in range(6):
        before = timezone.now()
        assert worker.drain(quiet=True) == 1
        row = DBTaskResult.objects.get()
        waits.append(round((row.run_after - before).total_seconds()))
        wind_back(timedelta(days=1))
    assert waits[:5] == list(operations.BACKOFF)
    assert worker.drain(quiet=True) == 0
    (row,) = queries.failed()
    assert "on purpose" in row.traceback
    assert len(trace.lines()) == 6


def test_a_task_that_succeeds_at_last_keeps_no_trace_of_failing(trace):
    operations.enqueue("viche.probe.tasks.note", str(trace))
    DBTaskResult.objects.update(traceback="once", exception_class_path="x")
    worker.drain()
    row = DBTaskResult.objects.get()
    assert (row.traceback, row.exception_class_path) == ("", "")


def test_a_task_that_is_no_more_fails_and_the_rest_goes_on(trace, caplog):
    operations.enqueue("viche.probe.tasks.note", str(trace))
    DBTaskResult.objects.update(args_kwargs={"args": ["viche.probe.tasks.gone", []], "kwargs": {}})
    operations.enqueue("viche.probe.tasks.note", str(trace))
    with caplog.at_level(logging.CRITICAL):
        assert worker.drain(quiet=True) == 2
    assert trace.lines() == ["x"]
    assert worker.drain(quiet=True) == 0


def test_a_row_of_a_foreign_task_is_told_by_its_path(trace):
    operations.enqueue("viche.probe.tasks.note", str(trace))
    DBTaskResult.objects.update(task_path="viche.work.nothing")
    with pytest.raises(worker.TaskFailed, match=r"^viche\.work\.nothing$"):
        worker.drain()


def test_a_demand_to_exit_is_passed_on_and_the_task_put_back(trace):
    operations.enqueue("viche.probe.tasks.leave", str(trace))
    with pytest.raises(SystemExit):
        worker.drain()
    assert status() == TaskResultStatus.READY


def test_looking_for_work_where_there_is_none_is_one_plain_read(django_assert_num_queries):
    with django_assert_num_queries(1) as seen:
        assert operations.claim(worker_id="w", at=timezone.now()) is None
    assert seen.captured_queries[0]["sql"].startswith("SELECT")


def claimed(trace, *, ago):
    operations.enqueue("viche.probe.tasks.note", str(trace))
    row = operations.claim(worker_id="w", at=timezone.now())
    DBTaskResult.objects.update(started_at=timezone.now() - ago)
    row.refresh_from_db()
    return row


def test_a_task_of_a_dead_worker_is_taken_over(trace, caplog):
    claimed(trace, ago=timedelta(minutes=2))
    assert worker.drain() == 0
    assert operations.rescue(at=timezone.now()) == 1
    assert "left behind by worker w" in caplog.text
    assert worker.drain() == 1
    assert operations.rescue(at=timezone.now() + timedelta(days=1)) == 0
    assert trace.lines() == ["x"]


def test_a_task_just_begun_or_of_a_living_worker_is_left_alone(trace):
    claimed(trace, ago=timedelta(seconds=80))
    assert operations.rescue(at=timezone.now()) == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    operations.beat(worker_id="w", at=timezone.now())
    assert operations.rescue(at=timezone.now()) == 0
    operations.beat(worker_id="w", at=timezone.now() - timedelta(minutes=5))
    assert operations.rescue(at=timezone.now()) == 1


def test_a_task_that_kills_every_worker_is_given_up(trace):
    operations.enqueue("viche.probe.tasks.note", str(trace))
    for number in range(6):
        operations.claim(worker_id=f"w{number}", at=timezone.now())
        assert operations.rescue(at=timezone.now() + timedelta(minutes=2)) == 1
    assert status() == TaskResultStatus.FAILED
    assert queries.failed().get().traceback == "Worker w5 died."


def test_a_worker_that_was_thought_dead_does_not_write_over_its_successor(trace):
    first = claimed(trace, ago=timedelta(minutes=2))
    operations.rescue(at=timezone.now())
    operations.claim(worker_id="second", at=timezone.now())
    assert operations.carry_out(first) is None
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == (TaskResultStatus.RUNNING, ["w", "second"])


def test_old_rows_are_thrown_away():
    now = timezone.now()
    for state, days in (("SUCCESSFUL", 8), ("SUCCESSFUL", 6), ("FAILED", 61), ("FAILED", 59)):
        operations.enqueue("viche.work.tasks.prune")
        row = DBTaskResult.objects.filter(status="READY").get()
        DBTaskResult.objects.filter(pk=row.pk).update(status=state, finished_at=now - timedelta(days=days))
    for days in (61, 59):
        at = now - timedelta(days=days)
        Run.objects.create(name="x", due_at=at, started_at=at)
        Beat.objects.create(worker_id=str(days), seen_at=at)
    tasks.prune()
    left = DBTaskResult.objects.order_by("finished_at").values_list("status", flat=True)
    assert list(left) == ["FAILED", "SUCCESSFUL"]
    assert Run.objects.count() == Beat.objects.count() == 1
    assert str(Beat.objects.get()) == "59"


@pytest.mark.django_db(transaction=True)
def test_a_task_is_seen_when_the_change_commits_and_not_before(trace):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def look():
        try:
            return queries.ready(timezone.now()).count()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            operations.enqueue("viche.probe.tasks.note", str(trace))
            assert connection.in_atomic_block
            assert pool.submit(look).result() == 0
        assert pool.submit(look).result() == 1

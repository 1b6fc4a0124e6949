"""Background work: put it in the queue, take it out, carry it out, try again, take over from the dead, throw old rows away."""

import json
import logging
import traceback
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult, get_date_max

from viche.work import queries
from viche.work.models import Beat, Run

logger = logging.getLogger("viche.work")

BACKOFF = (10, 60, 300, 1800, 7200)
"""Seconds to wait after the first, second, … attempt that failed; after one attempt more than there are waits, give up."""
KEPT_DONE = timedelta(days=7)
KEPT_FAILED = timedelta(days=60)


@task()
def run_named(name: str, args: list[Any]) -> None:
    """Call the function that `name` means: the one task the queue knows."""
    queries.named(name)(*args)


def enqueue(name: str, *args: Any, after: datetime | None = None) -> str:
    """Have `viche.<package>.tasks.<function>` called with `args` in the background, not before `after`; return the key.

    The row is written in the caller's own transaction: a worker sees it when that commits, never when it rolls back,
    and no crash can come between the change and its task. A task may run more than once (a killed worker, a failure),
    so it must bear that. A wrong name or arguments that are not JSON raise ValueError or TypeError here.
    """
    queries.named(name)
    plain = json.loads(json.dumps(args, allow_nan=False))
    if plain != list(args):
        raise TypeError(f"{name}: arguments must be plain JSON, got {args!r}")
    return str(run_named.using(run_after=after).enqueue(name, plain).id)


def claim(*, worker_id: str, at: datetime) -> DBTaskResult | None:
    """Take the next task that is ready, or return None; two workers never take the same.

    It is looked for by a plain read, so that an idle worker never takes SQLite's write lock.
    """
    while (row := queries.ready(at).first()) is not None:
        seen = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY, worker_ids=row.worker_ids)
        row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now()
        row.worker_ids = [*row.worker_ids, worker_id]
        if seen.update(status=row.status, started_at=row.started_at, worker_ids=row.worker_ids):
            return row
    return None


def carry_out(row: DBTaskResult) -> BaseException | None:
    """Run a claimed task and write down how it ended; return what it raised, or None.

    A failure is tried again later (BACKOFF), then given up. An exit demanded of the process is passed on, and counts
    as a failure.
    """
    try:
        with translation.override(settings.LANGUAGE_CODE):
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except BaseException as error:
        logger.exception("Task %s failed, attempt %s", title(row), len(row.worker_ids))
        _put_back(row, "".join(traceback.format_exception(error)), type(error), delay=True)
        if not isinstance(error, Exception):
            raise
        return error
    _ended(row).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), exception_class_path="", traceback=""
    )
    return None


def rescue(*, at: datetime) -> int:
    """Put the tasks of workers that died back into the queue; return how many."""
    count = 0
    for row in queries.abandoned(at):
        logger.warning("Task %s was left behind by worker %s", title(row), row.worker_ids[-1])
        count += _put_back(row, f"Worker {row.worker_ids[-1]} died.", None, delay=False)
    return count


def start(*, name: str, task: str, due_at: datetime, at: datetime) -> bool:
    """Enqueue what the schedule `name` does, once for `due_at` whoever asks; return whether it was this call."""
    if Run.objects.filter(name=name, due_at=due_at).exists():
        return False
    with transaction.atomic():
        _, fresh = Run.objects.get_or_create(name=name, due_at=due_at, defaults={"started_at": at})
        if fresh:
            enqueue(task)
    return fresh


def beat(*, worker_id: str, at: datetime) -> None:
    """Say that a worker is alive."""
    Beat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": at})


def leave(*, worker_id: str) -> None:
    """Forget a worker that ends."""
    Beat.objects.filter(worker_id=worker_id).delete()


def prune(*, at: datetime) -> None:
    """Throw away tasks done a week ago, and tasks given up, starts and signs of life of two months ago."""
    DBTaskResult.objects.successful().filter(finished_at__lt=at - KEPT_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=at - KEPT_FAILED).delete()
    Run.objects.filter(due_at__lt=at - KEPT_FAILED).delete()
    Beat.objects.filter(seen_at__lt=at - KEPT_FAILED).delete()


def title(row: DBTaskResult) -> str:
    """Return what a task does, for the log."""
    args = row.args_kwargs["args"]
    return f"{args[0]}({', '.join(map(repr, args[1]))})" if row.task_path == run_named.module_path else row.task_path


def _ended(row: DBTaskResult) -> Any:
    """The row as this worker claimed it: if somebody has taken it over meanwhile, the end is theirs to write."""
    return DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at, worker_ids=row.worker_ids
    )


def _put_back(row: DBTaskResult, why: str, kind: type[BaseException] | None, *, delay: bool) -> int:
    """Make a task ready for another attempt, or give it up; return whether the row was still ours to change."""
    attempts = len(row.worker_ids)
    told = {"traceback": why, "exception_class_path": f"{kind.__module__}.{kind.__qualname__}" if kind else ""}
    if attempts > len(BACKOFF):
        return _ended(row).update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), **told)
    wait = timezone.now() + timedelta(seconds=BACKOFF[attempts - 1]) if delay else get_date_max()
    return _ended(row).update(status=TaskResultStatus.READY, run_after=wait, **told)

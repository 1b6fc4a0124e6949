"""Which function a name means, which tasks wait, failed, or were left behind by a worker that died."""

import inspect
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module

from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from viche.work.models import Beat

# Tasks of a package are a module, or several modules in a folder.
NAME = re.compile(r"(viche\.[a-z]+\.tasks(?:\.[a-z][a-z0-9_]*)?)\.([a-z][a-z0-9_]*)")
DEAD_AFTER = timedelta(seconds=90)
"""How long a worker may be silent in a task before another one takes the task over."""


def named(name: str) -> Callable[..., None]:
    """Return the function of `viche.<package>.tasks`, or of a module in it, that `name` means; raise ValueError for anything else."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not the name of a task: viche.<package>.tasks.<function>")
    try:
        found = getattr(import_module(match[1]), match[2], None)
    except ModuleNotFoundError as error:
        if error.name is None or not match[1].startswith(error.name):
            raise
        found = None
    if not inspect.isfunction(found) or found.__module__ != match[1]:
        raise ValueError(f"there is no task {name!r}")
    return found


def ready(at: datetime) -> QuerySet[DBTaskResult]:
    """Return the tasks that may run at `at`, in their order."""
    due = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


def failed() -> QuerySet[DBTaskResult]:
    """Return the tasks that were given up, the latest first; `traceback` tells why."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")


def abandoned(at: datetime) -> list[DBTaskResult]:
    """Return the tasks that are marked as running although their worker has been silent for too long."""
    since = at - DEAD_AFTER
    running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=since))
    if not running:
        return []
    alive = set(Beat.objects.filter(seen_at__gte=since).values_list("worker_id", flat=True))
    return [row for row in running if row.worker_ids[-1] not in alive]

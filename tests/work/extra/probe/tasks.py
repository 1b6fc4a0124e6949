"""Tasks that leave a trace in a file."""

import os
import signal
import time
from datetime import datetime  # noqa: F401 — something that is no task
from pathlib import Path

from django.utils import translation

from viche.work import operations

number = 1


def note(path, text="x"):
    with Path(path).open("a") as out:
        out.write(f"{text}\n")


def say_language(path):
    note(path, translation.get_language())


def nap(path, seconds):
    note(path, "begun")
    time.sleep(seconds)
    note(path, "done")


def hang_once(path, seconds):
    """Hang at the first attempt, be quick at the next."""
    first = not Path(path).exists()
    note(path, "begun")
    if first:
        time.sleep(seconds)
    note(path, "done")


def fail(path):
    note(path, "tried")
    raise RuntimeError("on purpose")


def leave(path):
    note(path, "left")
    raise SystemExit(3)


def go_on(path, more):
    note(path, str(more))
    if more:
        operations.enqueue("viche.probe.tasks.go_on", path, more - 1)


def interrupt(path):
    """Ask this very process to end, then go on."""
    os.kill(os.getpid(), signal.SIGTERM)
    note(path, "done")


def _hidden():
    raise AssertionError


class Thing:
    """Not a function."""

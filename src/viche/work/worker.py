"""The process that does what waits: tasks one after another, schedules in between, dead workers' tasks again."""

import contextlib
import logging
import os
import secrets
import signal
import socket
import threading
import time
from datetime import datetime
from types import FrameType

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections, reset_queries
from django.utils import timezone

from viche.work import operations, schedules

logger = logging.getLogger("viche.work")

BEAT_EVERY = 15.0
RESCUE_EVERY = 30.0
PAUSE = 5.0
"""Seconds to wait when the database does not answer."""


class TaskFailed(Exception):  # noqa: N818 — read aloud: "raise TaskFailed"
    """A task that `drain` ran has failed; the cause is what it raised."""


def run(*, interval: float = 1.0) -> None:
    """Work until SIGTERM or SIGINT, looking for tasks every `interval` seconds; the task at hand is finished first.

    A second signal ends at once; the task at hand is then put back. Raises ImproperlyConfigured for a bad schedule.
    """
    schedules.check()
    _Worker(interval).run()


def drain(*, at: datetime | None = None, with_schedules: bool = False, quiet: bool = False) -> int:
    """Do, here and now, all tasks that are due at `at` and what they enqueue; return how many.

    A failure is put off to a later attempt, as ever, and raised as TaskFailed unless `quiet`.
    """
    if with_schedules:
        schedules.tick(at=at or timezone.now())
    count = 0
    while (row := operations.claim(worker_id="drain", at=at or timezone.now())) is not None:
        count += 1
        error = operations.carry_out(row)
        if error is not None and not quiet:
            raise TaskFailed(operations.title(row)) from error
    return count


class _Worker:
    """One worker's state: its name, whether it goes on, whether a task is at hand, which schedules it has seen to."""

    def __init__(self, interval: float) -> None:
        self.interval = interval
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(8)}"
        self.going = True
        self.busy = False
        self.ended = threading.Event()
        self.seen: dict[str, datetime] = {}
        self.rescue_at = 0.0

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        beating = threading.Thread(target=self.beat, daemon=True)
        beating.start()
        try:
            while self.going:
                if not self.guarded_step() and self.going:
                    time.sleep(self.interval)
        finally:
            self.ended.set()
            beating.join(PAUSE)
            with contextlib.suppress(DatabaseError, InterfaceError):
                operations.leave(worker_id=self.name)
            connections.close_all()

    def stop(self, number: int, _frame: FrameType | None) -> None:
        """Finish the task at hand, then end; asked again, end now."""
        if not self.going:
            raise SystemExit(128 + number)
        self.going = False

    def guarded_step(self) -> bool:
        """Do one thing; a database that is away or locked is waited for."""
        try:
            return self.step()
        except (DatabaseError, InterfaceError):
            logger.exception("The database does not answer; trying again in %s s", PAUSE)
            connection.close()
            self.pause(PAUSE)
            return False

    def step(self) -> bool:
        """Start due schedules, take over from the dead, do one task; return whether there was one."""
        close_old_connections()
        reset_queries()
        at = timezone.now()
        schedules.tick(at=at, seen=self.seen)
        if time.monotonic() >= self.rescue_at:
            operations.rescue(at=at)
            self.rescue_at = time.monotonic() + RESCUE_EVERY
        row = operations.claim(worker_id=self.name, at=timezone.now())
        if row is None:
            return False
        self.busy = True
        try:
            operations.carry_out(row)
        finally:
            self.busy = False
        return True

    def pause(self, seconds: float) -> None:
        """Sleep, but not past the moment of being asked to end by more than a fraction of a second."""
        until = time.monotonic() + seconds
        while self.going and time.monotonic() < until:
            time.sleep(0.2)

    def beat(self) -> None:
        """Say from a thread of its own, while a task is at hand, that this worker is alive."""
        while not self.ended.wait(BEAT_EVERY):
            if self.busy:
                try:
                    operations.beat(worker_id=self.name, at=timezone.now())
                except (DatabaseError, InterfaceError):
                    logger.warning("Worker %s could not say that it is alive", self.name)
                    connection.close()
        connections.close_all()

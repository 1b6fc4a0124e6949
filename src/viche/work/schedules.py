"""What is done again and again: `SCHEDULES` of the settings, when each is due, and the tick that starts what is.

A schedule is a name and `{"task": "viche.<package>.tasks.<function>", "every": seconds}` or `"daily_at": "HH:MM"` in
place of `every`, which is the time in `TIME_ZONE`. A worker that was away starts what it missed once, not many times.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from viche.work import operations, queries


@dataclass(frozen=True)
class Schedule:
    """One thing done regularly: every `every` seconds counted from 1970, or daily at a time of the wall clock."""

    name: str
    task: str
    every: int | None = None
    daily_at: time | None = None

    def last_due(self, at: datetime) -> datetime:
        """Return the latest moment, not after `at`, at which this is due."""
        if self.every is not None:
            seconds = int(at.timestamp())
            return datetime.fromtimestamp(seconds - seconds % self.every, UTC)
        local = timezone.localtime(at)
        due = self._on(local, days=0)
        return due if due <= at else self._on(local, days=1)

    def _on(self, local: datetime, *, days: int) -> datetime:
        day = local.date() - timedelta(days=days)
        return datetime.combine(day, self.daily_at, timezone.get_default_timezone()).astimezone(UTC)


def listed() -> list[Schedule]:
    """Return the schedules of the settings; raise ImproperlyConfigured for one that cannot be kept."""
    return [_read(name, rule) for name, rule in settings.SCHEDULES.items()]


def check() -> None:
    """Raise ImproperlyConfigured for a schedule that is written wrongly or whose task does not exist."""
    for schedule in listed():
        try:
            queries.named(schedule.task)
        except ValueError as error:
            raise ImproperlyConfigured(f"SCHEDULES[{schedule.name!r}]: {error}") from error


def tick(*, at: datetime, seen: dict[str, datetime] | None = None) -> int:
    """Start every schedule that is due and not started; return how many.

    `seen` remembers, between the ticks of one worker, what needs no look into the database.
    """
    seen = {} if seen is None else seen
    started = 0
    for schedule in listed():
        due_at = schedule.last_due(at)
        if seen.get(schedule.name) != due_at:
            started += operations.start(name=schedule.name, task=schedule.task, due_at=due_at, at=at)
            seen[schedule.name] = due_at
    return started


def _read(name: str, rule: dict[str, Any]) -> Schedule:
    try:
        return _schedule(name, **rule)
    except (TypeError, ValueError) as error:
        raise ImproperlyConfigured(f"SCHEDULES[{name!r}]: {error}") from error


@lru_cache(maxsize=100)
def _schedule(name: str, task: str, every: int | None = None, daily_at: str | None = None) -> Schedule:
    if (every is None) == (daily_at is None):
        raise ValueError("say either every or daily_at")
    if every is not None and (not isinstance(every, int) or every < 1):
        raise ValueError("every is a whole number of seconds")
    return Schedule(name, task, every, time.fromisoformat(daily_at) if daily_at is not None else None)

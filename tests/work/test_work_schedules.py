"""When a schedule is due, and that it is started once, whoever ticks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django_tasks_db.models import DBTaskResult

from viche.work import schedules, worker
from viche.work.models import Run

NOON = datetime(2024, 2, 1, 12, 0, tzinfo=UTC)
DAILY = {"task": "viche.work.tasks.prune", "daily_at": "03:10"}
HOURLY = {"task": "viche.work.tasks.prune", "every": 3600}


def due(rule, at, settings):
    settings.SCHEDULES = {"x": rule}
    return schedules.listed()[0].last_due(at)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2024, 2, 1, 12, 0, tzinfo=UTC), datetime(2024, 2, 1, 1, 10, tzinfo=UTC)),  # winter: UTC+2
        (datetime(2024, 2, 1, 1, 10, tzinfo=UTC), datetime(2024, 2, 1, 1, 10, tzinfo=UTC)),
        (datetime(2024, 2, 1, 1, 9, 59, tzinfo=UTC), datetime(2024, 1, 31, 1, 10, tzinfo=UTC)),
        (datetime(2024, 1, 31, 22, 30, tzinfo=UTC), datetime(2024, 1, 31, 1, 10, tzinfo=UTC)),  # past midnight in Kyiv
        (datetime(2024, 7, 1, 12, 0, tzinfo=UTC), datetime(2024, 7, 1, 0, 10, tzinfo=UTC)),  # summer: UTC+3
        (datetime(2024, 3, 31, 12, 0, tzinfo=UTC), datetime(2024, 3, 31, 1, 10, tzinfo=UTC)),  # 03:10 does not exist
        (datetime(2024, 10, 27, 12, 0, tzinfo=UTC), datetime(2024, 10, 27, 0, 10, tzinfo=UTC)),  # 03:10 comes twice
        (datetime(2024, 10, 27, 1, 15, tzinfo=UTC), datetime(2024, 10, 27, 0, 10, tzinfo=UTC)),
    ],
)
def test_daily_means_the_wall_clock_of_kyiv(settings, at, expected):
    assert due(DAILY, at, settings) == expected


def test_every_so_many_seconds_is_counted_from_a_fixed_point(settings):
    assert due(HOURLY, NOON + timedelta(minutes=59, seconds=59), settings) == NOON
    assert due(HOURLY, NOON - timedelta(microseconds=1), settings) == NOON - timedelta(hours=1)


@pytest.mark.parametrize(
    "rule",
    [
        {"task": "viche.work.tasks.prune"},
        {**DAILY, "every": 60},
        {**HOURLY, "every": 0},
        {**HOURLY, "every": 1.5},
        {**DAILY, "daily_at": "25:00"},
        {**DAILY, "daily_at": "soon"},
        {"daily_at": "03:10"},
        {**DAILY, "weekly": 1},
        {**DAILY, "task": "viche.work.tasks.nothing"},
        {**DAILY, "task": "os.system"},
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused_at_the_start(settings, rule):
    settings.SCHEDULES = {"bad": rule}
    with pytest.raises(ImproperlyConfigured, match="bad"):
        worker.run()


def test_the_schedules_of_an_installation_can_be_kept(settings):
    from viche.config import settings as given

    settings.SCHEDULES = given.SCHEDULES
    schedules.check()
    assert {schedule.name for schedule in schedules.listed()} == {
        "journal head",
        "prune work",
        "prune signing in",
        "sweep files",
        "call reminders",
        "review reminders",
        "letters due",
        "open data",
        "daily digest",
        "report reminders",
        "event answers",
        "event reminders",
        "event reports",
        "event registrations",
        "events over",
        "events for calendars",
        "seats held",
    }


@pytest.mark.django_db
def test_a_schedule_is_started_once_for_each_time_it_is_due(settings):
    settings.SCHEDULES = {"daily": DAILY, "hourly": HOURLY}
    assert schedules.tick(at=NOON) == 2
    assert schedules.tick(at=NOON + timedelta(minutes=59)) == 0
    assert schedules.tick(at=NOON + timedelta(minutes=60)) == 1
    assert schedules.tick(at=NOON + timedelta(days=3)) == 2  # what was missed is started once
    assert DBTaskResult.objects.count() == 5
    assert str(Run.objects.filter(name="daily").earliest("due_at")) == "daily 2024-02-01 01:10"


@pytest.mark.django_db
def test_a_worker_that_remembers_does_not_ask_the_database(settings, django_assert_num_queries):
    settings.SCHEDULES = {"hourly": HOURLY}
    seen = {}
    schedules.tick(at=NOON, seen=seen)
    with django_assert_num_queries(0):
        schedules.tick(at=NOON + timedelta(minutes=1), seen=seen)
    assert schedules.tick(at=NOON + timedelta(hours=1), seen=seen) == 1


@pytest.mark.django_db
def test_draining_leaves_schedules_alone_unless_asked(settings):
    settings.SCHEDULES = {"hourly": HOURLY}
    assert worker.drain(at=NOON) == 0
    assert worker.drain(at=NOON, with_schedules=True) == 1
    assert worker.drain(with_schedules=True) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twenty_workers_start_it_once(settings):
    settings.SCHEDULES = {"hourly": HOURLY, "daily": DAILY}

    def tick(_):
        try:
            return schedules.tick(at=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(tick, range(20))) == 2
    assert DBTaskResult.objects.count() == Run.objects.count() == 2

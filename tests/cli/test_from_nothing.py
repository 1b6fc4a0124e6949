"""The commands of docs/running.md one after another, each a process of its own, on an empty database of the kind under test."""

import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.factories.processes import database, environment

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
import django
django.setup()
from django_tasks_db.models import DBTaskResult
from viche.work import operations
import sys
if "ask" in sys.argv:
    operations.enqueue("viche.people.tasks.prune")
print(*DBTaskResult.objects.filter(args_kwargs__args__0="viche.people.tasks.prune").values_list("status", flat=True))
"""


@pytest.fixture
def address(tmp_path):
    """An empty database; gone with the test."""
    if connection.vendor == "sqlite":
        yield database(str(tmp_path / "viche.sqlite3"))
        return
    name = f"{connection.settings_dict['NAME']}_nothing"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield database(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_installation_comes_up_from_nothing(tmp_path, address):
    told = environment(tmp_path, address)

    def python(*words):
        done = subprocess.run([sys.executable, *words], env=told, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def viche(*words):
        return python("-P", "-m", "viche.config.cli", *words)

    code, said = viche("serve")
    assert (code, said) == (1, "База даних ще не готова для цієї версії. Спершу: ./viche migrate\n")
    assert viche("migrate")[0] == 0
    code, said = viche("administrator", "holova@viche.example")
    assert code == 0
    assert "holova@viche.example тепер адмініструє Віче" in said
    assert viche("journal", "verify") == (0, "Прочитано записів: 1\nЖурнал цілий.\n")
    code, said = viche("check")
    assert code == 0, said
    assert python("-c", WAITING, "ask") == (0, "READY\n")
    worker = subprocess.Popen([sys.executable, "-P", "-m", "viche.config.cli", "worker"], env=told)
    try:
        until = time.monotonic() + 30
        while "SUCCESSFUL" not in python("-c", WAITING)[1]:
            assert time.monotonic() < until, "the worker did nothing"
    finally:
        worker.terminate()
        assert worker.wait(timeout=30) == 0

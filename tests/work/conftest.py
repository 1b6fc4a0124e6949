"""Tasks that exist only here, and workers in processes of their own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

import viche

HERE = Path(__file__).parent
EXTRA = HERE / "extra"
SCRIPT = """
import sys, viche
viche.__path__.append(sys.argv[1])
import django
django.setup()
from django.conf import settings
settings.SCHEDULES = {}
from viche.work import worker
worker.run(interval=0.05)
"""


@pytest.fixture(autouse=True)
def _probe(monkeypatch, settings):
    """Make `viche.probe.tasks` importable and start without schedules."""
    monkeypatch.setattr(viche, "__path__", [*viche.__path__, str(EXTRA)])
    settings.SCHEDULES = {}


@pytest.fixture
def trace(tmp_path):
    """A file that tasks write lines to, with a way to read them."""

    class Trace(type(tmp_path)):
        def lines(self):
            return self.read_text().split() if self.exists() else []

        def wait_for(self, *lines):
            until = time.monotonic() + 30
            while self.lines() != list(lines):
                assert time.monotonic() < until, self.lines()
                time.sleep(0.02)

    return Trace(tmp_path / "trace")


def address():
    """The test's database as an address for another process."""
    kept = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{kept['NAME']}"
    return f"postgres://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}"


@pytest.fixture
def start_worker(tmp_path):
    """Start workers in processes of their own; what is still alive afterwards is killed."""
    begun = []

    def start():
        paths = [str(HERE.parents[1] / "src"), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "DATABASE_URL": address(),
            "PYTHONPATH": os.pathsep.join(paths),
            "VICHE_VAR": str(tmp_path / "var"),
        }
        begun.append(subprocess.Popen([sys.executable, "-c", SCRIPT, str(EXTRA)], env=environment))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()

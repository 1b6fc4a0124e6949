"""Processes that run together are watched and end together."""

import os
import signal
import subprocess
import sys
import textwrap
import time

from tests.architecture.house import ROOT

PROGRAM = """
import sys
from viche.config.cli.children import Child, watch
forever = [sys.executable, "-c", "import time, os; print('child', os.getpid(), flush=True); time.sleep(60)"]
busy = "import subprocess, sys, time; print('child', subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True); time.sleep(60)"
brief = [sys.executable, "-c", "pass"]
children = [Child("довгий", [sys.executable, "-c", busy] if "busy" in sys.argv else forever)] + ([Child("короткий", brief)] if "brief" in sys.argv else [])
sys.exit(watch(children, ready=lambda: print("ready", flush=True)))
"""


def watched(*words):
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )


def child_of(process):
    for line in process.stdout:
        if line.startswith("child"):
            return int(line.split()[1])
    raise AssertionError("no child came up")


def gone(pid):
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_asked_to_stop_it_ends_its_children():
    for number in (signal.SIGINT, signal.SIGTERM):
        process = watched()
        child = child_of(process)
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        assert gone(child)


def test_what_a_child_has_started_ends_with_it():
    process = watched("busy")
    grandchild = child_of(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert gone(grandchild)


def test_killed_outright_it_leaves_no_child_behind():
    process = watched()
    child = child_of(process)
    process.kill()
    process.wait()
    assert gone(child)


def test_a_child_that_dies_is_started_once_more_then_all_end():
    process = watched("brief")
    child = child_of(process)
    said = process.stdout.read()
    assert process.wait(timeout=30) == 1
    assert said.count("несподівано зупинився. Запускаю його ще раз.") == 1
    assert said.count("зупинився вдруге") == 1
    assert gone(child)

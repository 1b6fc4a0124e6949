"""The demonstration's folder is put in place whole; starts do not disturb each other; a kill does no harm."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date

import pytest

from tests.architecture.house import ROOT
from viche.config.cli import showing


def free_port():
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


class Start:
    """One `demo` in a process of its own."""

    def __init__(self, var, words):
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "viche.config.cli", "demo", "--port", str(self.port), *words],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(var)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said_until(self, end):
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith(end):
                break
        return "".join(said)

    def ask(self, method, path, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        said = self.process.communicate(timeout=60)[0]
        assert self.process.returncode == 0, said


@pytest.fixture
def start(tmp_path):
    """Start as often as the test wants; nothing is left running when it fails."""
    begun = []

    def begin(*words):
        begun.append(Start(tmp_path, words))
        return begun[-1]

    yield begin
    for one in begun:
        one.process.terminate()
        one.process.communicate(timeout=60)


def letters(var):
    with closing(sqlite3.connect(var / "demo" / "viche.sqlite3")) as database:
        return [text for (text,) in database.execute("SELECT text FROM mail_letter")]


@pytest.mark.sqlite
def test_it_starts_starts_again_elsewhere_and_starts_over(start, tmp_path):
    first = start()
    said = first.said_until("Зупинити")
    assert f"Віче відкрито: http://127.0.0.1:{first.port}" in said
    status, page = first.ask("GET", "/")
    assert status == 200
    assert '<meta name="robots" content="noindex">' in page
    door = re.search(r"http://127\.0\.0\.1:\d+(/demo/as/officer:\S+)", said)[1]
    assert first.ask("GET", door)[0] == 200
    assert first.ask("GET", door, **{"X-Forwarded-For": "127.0.0.1"})[0] == 404
    beside = start("--fresh")
    assert "вже працює в іншому вікні" in beside.process.communicate(timeout=60)[0]
    first.end()

    second = start()
    again = second.said_until("Зупинити")
    assert "Розпаковую" not in again
    assert second.ask("GET", door)[0] == 200
    assert all(f"http://127.0.0.1:{second.port}/" in text for text in letters(tmp_path))
    second.end()

    (tmp_path / "demo" / "mine").write_text("kept")
    remembered = showing.Prepared.read(tmp_path / "demo")
    showing.Prepared(remembered.made_for, "2020-01-01", remembered.address, remembered.links).write(tmp_path / "demo")
    third = start()
    assert f"лежить у {tmp_path / 'demo.before'}" in third.said_until("Зупинити")
    assert (tmp_path / "demo.before" / "mine").exists()
    assert not (tmp_path / "demo" / "mine").exists()
    third.end()


@pytest.mark.sqlite
def test_killed_at_any_moment_it_simply_starts_again(start):
    for seconds in (0.2, 1, 2, 3.5):
        killed = start()
        time.sleep(seconds)
        killed.process.kill()
        killed.process.communicate(timeout=60)
    last = start()
    last.said_until("Зупинити")
    assert last.ask("GET", "/")[0] == 200
    last.end()


def prepared(folder, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "viche.sqlite3").touch()
    values = {"made_for": "x", "good_until": "2026-11-28", "address": "http://127.0.0.1:8000", "links": [("a", "b")]}
    made = showing.Prepared(**values | changes)
    made.write(folder)
    return made


def test_what_was_prepared_is_remembered(tmp_path):
    made = prepared(tmp_path)
    assert showing.Prepared.read(tmp_path) == made
    assert made.is_current(date(2026, 11, 28))
    assert not made.is_current(date(2026, 11, 29))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"links": []}', '{"links": [1]}'])
def test_half_a_memory_is_none(tmp_path, text):
    prepared(tmp_path)
    (tmp_path / showing.REMEMBERED).write_text(text)
    assert showing.Prepared.read(tmp_path) is None


def test_without_its_database_nothing_is_prepared(tmp_path):
    prepared(tmp_path)
    (tmp_path / "viche.sqlite3").unlink()
    assert showing.Prepared.read(tmp_path) is None


def test_a_finished_folder_takes_its_place_and_the_former_is_laid_aside(tmp_path):
    home = tmp_path / "demo"
    for number in ("1", "2", "3"):
        half = showing.empty(tmp_path / "demo.unfinished")
        (half / "number").write_text(number)
        aside = showing.put_in_place(half, home)
        assert (home / "number").read_text() == number
        assert not half.exists()
        assert aside is None if number == "1" else int((aside / "number").read_text()) == int(number) - 1


def test_one_prepares_others_share(tmp_path):
    file = tmp_path / "deep" / "demo.lock"
    with showing.Turn(file) as first:
        assert first.alone
        first.share()
        with showing.Turn(file) as second:
            assert not second.alone
    with showing.Turn(file) as third:
        assert third.alone


def test_who_comes_while_somebody_prepares_waits(tmp_path):
    waiting = f"""
from pathlib import Path
from viche.config.cli import showing
with showing.Turn(Path({str(tmp_path / "demo.lock")!r})) as turn:
    print("alone" if turn.alone else "together", flush=True)
"""
    with showing.Turn(tmp_path / "demo.lock") as first:
        other = subprocess.Popen(
            [sys.executable, "-c", waiting],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout.readline() == "Показову установку вже готує інший запуск, чекаю на нього.\n"
        first.share()
        assert other.stdout.readline() == "together\n"
        assert other.wait(timeout=20) == 0


def test_it_is_made_for_its_code_and_texts():
    assert showing.made_for() == showing.made_for()
    assert re.fullmatch(r"[0-9a-f]{64}", showing.made_for())

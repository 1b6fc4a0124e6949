"""The start script, with a Python that only pretends: nothing is downloaded here, every step is written down."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Stands for python3, for the python of .venv and for uv; says what it was called for, fails or dawdles when told to.
PRETENDER = """#!/bin/sh
case "$*" in
    *version_info*) if [ -n "$OLD" ]; then case "$*" in *print*) echo "Тут лише Python 3.9."; exit ;; esac; exit 1; fi ;;
    *"-m venv"*) for last; do :; done; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
    *--target*) if [ -n "$NO_UV" ]; then exit 1; fi; mkdir -p "$HOME/r/.venv/uv/bin"; cp "$0" "$HOME/r/.venv/uv/bin/uv" ;;
    *--require-hashes*) if [ -n "$OFFLINE" ]; then exit 1; fi; if [ -n "$SLOW" ]; then touch "$HOME/slow"; exec sleep 30; fi ;;
    *viche.config.cli*) echo "commands: $*" ;;
esac
case "$*" in -c*) ;; *) echo "${0##*/} $*" >> "$HOME/calls" ;; esac
"""


@pytest.fixture
def machine(tmp_path):
    """Make a machine with a pretended python3 and a clone of what the script reads."""
    (tmp_path / "bin").mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        (tmp_path / "bin" / name).write_text(PRETENDER)
        (tmp_path / "bin" / name).chmod(0o755)
    clone = tmp_path / "r"
    shutil.copytree(ROOT / "requirements", clone / "requirements")
    shutil.copy(ROOT / "viche", clone)
    return tmp_path


def environment(machine, **words):
    return {
        "PATH": f"{machine / 'bin'}:/usr/bin:/bin",
        "HOME": str(machine),
        "OLD": "",
        "NO_UV": "",
        "OFFLINE": "",
        "SLOW": "",
    } | words


def viche(machine, *arguments, **words):
    return subprocess.run(
        [machine / "r" / "viche", *arguments],
        env=environment(machine, **words),
        capture_output=True,
        text=True,
        check=False,
    )


def installs(machine):
    calls = (machine / "calls").read_text().splitlines() if (machine / "calls").exists() else []
    (machine / "calls").unlink(missing_ok=True)
    return [call.rpartition("/")[2] for call in calls if "--require-hashes" in call]


def locks(machine):
    return sorted(path.stem for path in (machine / "r" / ".venv").glob("*.lock"))


def test_the_first_start_installs_and_the_second_only_starts(machine):
    first = viche(machine, "demo", "--port", "8001")
    assert first.stdout == "commands: -P -m viche.config.cli demo --port 8001\n"
    assert "Готую середовище" in first.stderr
    assert installs(machine) == ["uv.txt", "base.txt"]
    second = viche(machine)
    assert (second.stdout, second.stderr) == ("commands: -P -m viche.config.cli\n", "")
    assert installs(machine) == []


def test_a_command_gets_the_packages_it_needs_and_keeps_them(machine):
    viche(machine, "demo")
    viche(machine, "serve", DATABASE_URL="postgres://viche@127.0.0.1/viche")
    viche(machine, "demo", DATABASE_URL="postgres://viche@127.0.0.1/viche")
    viche(machine, "test")
    assert installs(machine) == ["uv.txt", "base.txt", "server.txt", "test.txt"]
    assert locks(machine) == ["base", "server", "test", "uv"]


def test_a_changed_lock_is_installed_again_as_wide_as_before(machine):
    viche(machine, "test")
    installs(machine)
    with (machine / "r" / "requirements" / "base.txt").open("a") as lock:
        lock.write("\n")
    viche(machine, "demo")
    assert installs(machine) == ["test.txt"]


def test_without_a_quick_installer_pip_does_it(machine):
    started = viche(machine, "demo", NO_UV="1")
    assert started.returncode == 0
    assert "обійдуся звичайним" in started.stderr
    assert any("pip --python" in call and "base.txt" in call for call in (machine / "calls").read_text().splitlines())


def test_without_a_network_there_is_a_sentence_and_the_next_start_goes_on(machine):
    told = viche(machine, "demo", OFFLINE="1")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("Не вдалося завантажити складники. Перевірте зв’язок")
    assert locks(machine) == []
    assert viche(machine, "demo").returncode == 0


def test_an_old_python_is_told(machine):
    told = viche(machine, "demo", OLD="1")
    assert told.returncode == 1
    assert told.stderr.startswith("Тут лише Python 3.9. Віче потребує Python 3.11 або новішого.")


def test_a_newer_python_of_another_name_is_found(machine):
    (machine / "bin" / "python3").write_text("#!/bin/sh\nexit 1\n")
    assert viche(machine, "demo").returncode == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_start_can_be_repeated(machine, number):
    process = subprocess.Popen(
        [machine / "r" / "viche", "demo"], env=environment(machine, SLOW="1"), stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 20
    while not (machine / "slow").exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, number)
    assert "Можна запустити ще раз" in process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert locks(machine) == []
    assert viche(machine, "demo").returncode == 0
    assert locks(machine) == ["base", "uv"]


def test_half_an_environment_is_made_anew(machine):
    (machine / "r" / ".venv" / "bin").mkdir(parents=True)
    (machine / "r" / ".venv" / "bin" / "python").write_text("")
    assert viche(machine, "demo").returncode == 0
    assert installs(machine) == ["uv.txt", "base.txt"]


def test_it_starts_from_any_folder_and_through_a_link(machine):
    (machine / "link").symlink_to(machine / "r" / "viche")
    told = subprocess.run(
        ["../link", "check"], cwd=machine / "bin", env=environment(machine), capture_output=True, text=True, check=False
    )
    assert told.stdout == "commands: -P -m viche.config.cli check\n"

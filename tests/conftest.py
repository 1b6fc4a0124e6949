"""What every test stands on: compiled words, files thrown away afterwards, and the things that only some machines have."""

import os
import shutil
import signal
import tempfile
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run --disable-quic"


def pytest_configure(config):
    """Point everything that is written to disk at a folder of this run; build the word lists that Django reads."""
    from django.conf import settings
    from django.utils.translation.reloader import translation_file_changed

    from viche.config.cli import catalogues

    # In a fresh clone Django has looked for the word lists before they were built: let it look again.
    if catalogues.compile_stale():
        translation_file_changed(None, Path("django.mo"))
    # A run in the background of a shell ignores Ctrl+C; what it starts would inherit that and could not be interrupted.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.scratch = Path(tempfile.mkdtemp(prefix="viche-tests-"))
    settings.VAR = config.scratch
    settings.STATIC_ROOT = config.scratch / "static"
    settings.STATIC_ROOT.mkdir()
    settings.CACHES["paper"]["LOCATION"] = config.scratch / "paper"
    settings.STORAGES["default"]["OPTIONS"]["location"] = config.scratch / "files"
    # Argon2 is slow on purpose; tests of signing in want the act, not the wait.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config):
    """Throw the folder of this run away."""
    shutil.rmtree(config.scratch, ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    """Leave out what only the other database can do; keep heavy tests (Chromium, many threads) on one worker."""
    from django.db import connection

    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        for heavy in ("browser", "race"):
            if item.get_closest_marker(heavy):
                item.add_marker(pytest.mark.xdist_group(heavy))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the tables of the journal be emptied between transactional tests; everywhere else the database refuses."""
    from django.db import connection

    triggers = import_module("viche.journal.migrations.0002_append_only")
    with django_db_blocker.unblock():
        triggers.unguard(connection, "journal_entry_no_flush")


@pytest.fixture(autouse=True)
def _afresh():
    """Start every test with an empty cache and in Ukrainian."""
    from django.core.cache import caches
    from django.utils import translation

    caches["pages"].clear()
    caches["asking"].clear()
    with translation.override("uk"):
        yield


def _present(path, what):
    """Give the path; where it is missing, CI fails and a newcomer's machine goes without."""
    if path and Path(path).exists():
        return Path(path)
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")
    return None


@pytest.fixture(scope="session")
def shared():
    """The folder of real-world data and standards that lies beside the repository."""
    return _present(ROOT.parent / "shared", "../shared")


@pytest.fixture(scope="session")
def chromium():
    """Path of Debian's Chromium."""
    return _present(shutil.which("chromium") or shutil.which("chromium-browser"), "Chromium")


@pytest.fixture(scope="session")
def browser(chromium):
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    # The driver keeps an event loop in this thread; Django would otherwise refuse to touch its database here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(chromium), args=CHROMIUM.split())
        yield running
        running.close()

"""Everything that must hold: style, types, the order of the rooms, and all tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from viche.config.cli.speaking import ROOT, Stop, agreed, say

HELP = "перевірити все: стиль, типи, будову й тести (або лише тести, названі після команди)"
ONLY_DATABASE = "--only-database"
# What computes without a database, looks at the code alone or at the face in a browser gives the same answer on every
# database; the start script and the demonstration bring an SQLite of their own. Commands that meet the database stay.
SAME_EVERYWHERE = (
    *("methods", "formats", "architecture", "ui", "browser", "demo"),
    *(f"cli/test_{name}.py" for name in ("children", "demo", "settings", "speaking", "start_script")),
)
SHARED = ROOT.parent / "shared"
# Where every line is walked by a test: what computes, writes formats, changes rows, and says who may.
WALKED = "*/methods/*,*/formats/*,*/operations.py,*/operations/*,*/access.py,*/access/*"
TOOLS = {"chromium": "chromium", "xgettext": "gettext"}


def run(arguments: list[str]) -> int:
    """With words of pytest, run just that; otherwise everything, and everything must hold."""
    os.chdir(ROOT)
    os.environ.update(PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}", VICHE_VAR=str(ROOT / "var" / "tests"))
    if arguments and arguments != [ONLY_DATABASE]:
        return _python("pytest", *arguments)
    if os.environ.get("CI") and not SHARED.is_dir():
        raise Stop(f"Немає {SHARED}: без цих даних тести не повні.")
    lacking = _bring_tools()
    only_database = bool(arguments)
    steps = _tests(lacking, skip=SAME_EVERYWHERE) if only_database else [*_looks(), *_tests(lacking), *_coverage()]
    for name, *command in steps:
        say(f"\n— {name}: {' '.join(command)}")
        code = _python(*command)
        if code:
            say(f"\n{name}: не пройдено.")
            return code
    return 0


def _python(module: str, *arguments: str) -> int:
    """Run a module with this Python and return its exit code."""
    if module == "lint-imports":
        return subprocess.run([Path(sys.executable).with_name(module), *arguments], check=False).returncode
    return subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode


def _looks() -> list[tuple[str, ...]]:
    """Steps that read the code without running it."""
    return [
        ("Стиль", "ruff", "check", "."),
        ("Вигляд коду", "ruff", "format", "--check", "."),
        ("Типи", "mypy"),
        ("Будова", "lint-imports"),
    ]


def _tests(lacking: set[str], skip: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """One run of pytest on two workers; the database is the one that DATABASE_URL names."""
    words = ["pytest", "-n", "2", "--dist", "loadgroup"]
    if not skip:
        words += ["--cov", "--cov-report="]
    words += [f"--ignore=tests/{place}" for place in skip]
    if "chromium" in lacking:
        words += ["-m", "not browser"]
    return [("Тести", *words)]


def _coverage() -> list[tuple[str, ...]]:
    """The step that fails while a line of what must be walked is not."""
    return [
        (
            "Покриття",
            "coverage",
            "report",
            f"--include={WALKED}",
            "--skip-covered",
            "--show-missing",
            "--fail-under=100",
        )
    ]


def _bring_tools() -> set[str]:
    """Install the programs that tests drive, if the person agrees; return those still missing."""
    lacking = {tool for tool in TOOLS if not shutil.which(tool)}
    if not lacking:
        return lacking
    packages = [TOOLS[tool] for tool in sorted(lacking)]
    root = [] if os.geteuid() == 0 else ["sudo"]
    install = [*root, "apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and agreed(
        f"Тестам потрібні програми: {', '.join(packages)}. Встановити ({' '.join(install)})?"
    ):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*root, "apt-get", "update", "-q"], env=quiet, check=False)
        subprocess.run(install, env=quiet, check=False)
        lacking = {tool for tool in TOOLS if not shutil.which(tool)}
    if lacking and os.environ.get("CI"):
        raise Stop(f"Немає програм, без яких тести не повні: {', '.join(sorted(lacking))}.")
    if lacking:
        say(f"Обійдуся без: {', '.join(sorted(lacking))}. Тести, яким це потрібно, не виконаються.")
    return lacking

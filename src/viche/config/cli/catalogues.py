"""Word lists: `.po` files are kept in the repository, the `.mo` files that Django reads are built beside them."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
LANGUAGES = ("uk", "en")


def kept(source: Path = SOURCE) -> list[Path]:
    """Every word list of every package."""
    return sorted(source.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_stale() -> int:
    """Build the `.mo` of every `.po` that is newer than it; return how many were built."""
    built = 0
    for source in kept():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        _compile(source, target)
        built += 1
    return built


def _compile(source: Path, target: Path) -> None:
    """Write beside and rename, so that a reader never meets half a file."""
    # Babel is loaded only when there is something to build: it is a fifth of a second of every start.
    from babel.messages import mofile, pofile

    with source.open("rb") as words:
        catalogue = pofile.read_po(words, locale=source.parents[1].name)
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    with beside.open("wb") as out:
        mofile.write_mo(out, catalogue)
    beside.replace(target)


def gather(source: Path = SOURCE) -> None:
    """Bring the word lists of every package up to date with its code and pages (needs gettext)."""
    homes = [config.with_name("locale") for config in source.glob("*/apps.py")]
    for home in homes:
        home.mkdir(exist_ok=True)
    languages = [word for language in LANGUAGES for word in ("-l", language)]
    command = [
        sys.executable,
        "-P",
        "-m",
        "django",
        "makemessages",
        *languages,
        "--no-location",
        "--no-obsolete",
        "-v",
        "0",
    ]
    subprocess.run(
        [*command, "--ignore", "config/*", "--ignore", "demo/data/*"],
        cwd=source,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        check=True,
    )
    for home in homes:
        if not any(home.iterdir()):
            home.rmdir()


def lacking(source: Path) -> list[str]:
    """Messages of one list without a finished translation, each as a line for a person."""
    from babel.messages import pofile

    with source.open("rb") as words:
        catalogue = pofile.read_po(words, locale=source.parents[1].name)
    where = f"{source.parents[3].name} ({source.parents[1].name})"
    return [f"{where}: {message.id}" for message in catalogue if message.id and _unfinished(message)]


def _unfinished(message: object) -> bool:
    """Whether any form of the translation is empty or only guessed."""
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return message.fuzzy or not all(said)

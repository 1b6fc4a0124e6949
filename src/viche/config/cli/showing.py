"""What the demonstration remembers between starts, and how its folder is put in place whole."""

import fcntl
import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self

from viche.config.cli.speaking import ROOT, say

REMEMBERED = "prepared.json"


@dataclass(frozen=True)
class Prepared:
    """A finished demonstration: for which code it was made, until which day it is worth showing, where it is reached."""

    made_for: str
    good_until: str
    address: str
    links: list[tuple[str, str]]

    @classmethod
    def read(cls, home: Path) -> Self | None:
        """Recall what lies in the folder; None unless it is whole."""
        try:
            found = json.loads((home / REMEMBERED).read_text())
            links = [(role, path) for role, path in found.pop("links")]
            date.fromisoformat(found["good_until"])
            return cls(**found, links=links) if (home / "viche.sqlite3").exists() else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, home: Path) -> None:
        """Remember, the whole of it or nothing."""
        beside = home / f"{REMEMBERED}.unfinished"
        beside.write_text(json.dumps(asdict(self)))
        beside.replace(home / REMEMBERED)

    def is_current(self, day: date) -> bool:
        """Whether its open call is still open enough."""
        return day.isoformat() <= self.good_until


def made_for() -> str:
    """Say what the demonstration depends on: the tables, and its own code, texts and file."""
    source = ROOT / "src" / "viche"
    files = [*source.glob("*/migrations/*.py"), *source.glob("demo/*.py"), *source.glob("demo/data/*")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def empty(folder: Path) -> Path:
    """Make the folder anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put_in_place(half: Path, home: Path) -> Path | None:
    """Let a finished folder take its place; give back where the former one, if any, is kept."""
    aside = None
    if home.exists():
        aside = home.with_name(f"{home.name}.before")
        shutil.rmtree(aside, ignore_errors=True)
        home.rename(aside)
    half.rename(home)
    return aside


class Turn:
    """Preparing is done by one start alone; several may show what is prepared. Ends with the process, however it ends."""

    def __init__(self, file: Path) -> None:
        """Keep the file that is locked."""
        self.file = file
        self.alone = False

    def __enter__(self) -> Self:
        """Take the lock alone if nobody has it; else share it, waiting for somebody who is preparing."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.handle = self.file.open("w")
        try:
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.alone = True
        except BlockingIOError:
            self._wait()
        return self

    def _wait(self) -> None:
        try:
            fcntl.flock(self.handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Показову установку вже готує інший запуск, чекаю на нього.")
            fcntl.flock(self.handle, fcntl.LOCK_SH)

    def share(self) -> None:
        """Let others show as well."""
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def __exit__(self, *_: object) -> None:
        """Give the lock back."""
        self.handle.close()

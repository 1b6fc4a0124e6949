"""The demonstration's own database: built beside and renamed when whole, so that it can be interrupted at any moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from viche.formats import katottg
from viche.places import operations as places

Say = Callable[[str], None]


def prepare(*, fresh: bool, say: Say) -> None:
    """Leave a database of this version with everything in it; `fresh` throws the present one away."""
    database = Path(settings.DATABASES["default"]["NAME"])
    database.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        _remove(database)
    if database.exists():
        call_command("migrate", interactive=False, verbosity=0)
        return
    draft = database.with_name(f"{database.name}.draft")
    _remove(draft)
    with _writing_to(draft):
        _build(say)
    draft.replace(database)


def links(address: str) -> list[tuple[str, str]]:
    """Give (role, address that signs in as it with one click) for everybody the demonstration invents.

    `address` is what stands before the path; empty gives paths alone.
    """
    del address
    return []


def _build(say: Say) -> None:
    """Fill an empty database, telling what is being done."""
    say("Створюю таблиці…")
    call_command("migrate", interactive=False, verbosity=0)
    say("Завантажую області, громади й населені пункти…")
    places.load_codifier(katottg.bundled(), at=timezone.now())


@contextmanager
def _writing_to(database: Path) -> Iterator[None]:
    """Point this process at another file for a while; closing it folds the write-ahead log into the file."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _remove(database: Path) -> None:
    """Remove a database with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        database.with_name(f"{database.name}{ending}").unlink(missing_ok=True)

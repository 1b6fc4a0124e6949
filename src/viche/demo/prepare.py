"""Makes the demonstration's database: unpacked from the one that is shipped, or migrated and played afresh."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import management
from django.core.signing import TimestampSigner
from django.db import connection, transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from viche.demo import fund, hubs, stage
from viche.formats import katottg
from viche.places import operations as places
from viche.places.models import Oblast
from viche.programmes.models import Programme

SALT = "viche.demo.sign-in"


def prepare(*, fresh: bool, say: Callable[[str], None]) -> None:
    """Bring the database to where the demonstration can be shown. Can be interrupted and run again."""
    say("Готуємо базу даних…")
    if fresh:
        throw_away()
    management.call_command("migrate", interactive=False, verbosity=0)
    if not Oblast.objects.exists():
        say("Завантажуємо громади з кодифікатора КАТОТТГ…")
        places.load_codifier(katottg.bundled(), at=timezone.now())
    if not Programme.objects.exists():
        say("Розігруємо вигадані програми…")
        play(timezone.now())


def throw_away() -> None:
    """Remove the demonstration's database and files; only ever under its own folder."""
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for part in (database, database.with_name(f"{database.name}-wal"), database.with_name(f"{database.name}-shm")):
        part.unlink(missing_ok=True)
    shutil.rmtree(settings.VAR / "files", ignore_errors=True)


@transaction.atomic
def play(at: datetime) -> None:
    """Play both stories up to the moment `at`, whole or not at all. Their letters are posted; nothing is left to do later."""
    with translation.override("uk"):
        fund.play()
        hubs.play(at)
    DBTaskResult.objects.all().delete()


def links(address: str) -> list[tuple[str, str]]:
    """Who a visitor may be, each with the address that signs in as them. Works only on this machine."""
    signer = TimestampSigner(salt=SALT)
    return [
        (f"{player.name}: {player.does}", f"{address}/demo/as/{signer.sign(player.key)}/") for player in stage.PLAYERS
    ]

"""Makes the demonstration's database: on top of the one that is shipped, or from nothing; and gives the links to come in."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import management
from django.core.signing import TimestampSigner
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from viche.demo import fund, hubs, stage
from viche.formats import katottg
from viche.mail import kinds, rendering
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.places import operations as places
from viche.places.models import Oblast
from viche.programmes.models import Programme

SALT = "viche.demo.sign-in"
SPOKEN = re.compile(r"http://127\.0\.0\.1:\d+")
STOP = re.compile(r"/letters/stop/[^/]+/")
BATCH = 500


def prepare(say: Callable[[str], None]) -> None:
    """Bring the database to where it can be shown today: what is there already is not made again."""
    lay_ground(say)
    say("Розігрую сьогоднішні конкурси…")
    play(lambda: hubs.play(timezone.now()))
    speak_of_here()


def lay_ground(say: Callable[[str], None]) -> None:
    """Tables, places and the story that is over: all that does not depend on the day."""
    if is_behind():
        say("Готую таблиці…")
        management.call_command("migrate", interactive=False, verbosity=0)
    if not Oblast.objects.exists():
        say("Завантажую громади з кодифікатора КАТОТТГ…")
        places.load_codifier(katottg.bundled(), at=timezone.now())
    if not Programme.objects.exists():
        say("Розігрую малий проєктний фонд…")
        play(fund.play)
        say("Розігрую рік хабів…")
        play(hubs.lay)


def is_behind() -> bool:
    """Whether a migration is still to be run; told by names, without loading them."""
    if MigrationRecorder(connection).has_table():
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    else:
        applied = set()
    known = {
        (config.label, path.stem)
        for config in apps.get_app_configs()
        for path in (Path(config.path) / "migrations").glob("[!_]*.py")
    }
    return not known <= applied


@transaction.atomic
def play(story: Callable[[], object]) -> None:
    """Play a story, whole or not at all. It has posted its letters itself; nothing is left to do later."""
    with translation.override("uk"):
        story()
    Letter.objects.filter(state=State.HELD).update(
        state=State.SENT, sent_at=F("created_at")
    )  # their digest is long out
    DBTaskResult.objects.all().delete()


@transaction.atomic
def speak_of_here() -> None:
    """Let letters that were written elsewhere lead to this address, with links that this installation has signed."""
    letters = []
    for letter in Letter.objects.only("pk", "to", "kind", "text", "html"):
        token = "" if kinds.known(letter.kind).always else rendering.stop_address(letter.to, letter.kind)
        text, html = (spoken(words, token) for words in (letter.text, letter.html))
        if (text, html) != (letter.text, letter.html):
            letter.text, letter.html = text, html
            letters.append(letter)
    Letter.objects.bulk_update(letters, ["text", "html"], batch_size=BATCH)


def spoken(words: str, stop: str) -> str:
    """The words of a letter with the addresses of here; `stop` is the whole address that declines its kind."""
    path = stop.removeprefix(settings.SITE_ADDRESS)
    here = SPOKEN.sub(lambda _: settings.SITE_ADDRESS, words)
    return STOP.sub(lambda _: path, here) if path else here


def links() -> list[tuple[str, str]]:
    """Who a visitor may be, each with the path that signs in as them. Works only on this machine."""
    signer = TimestampSigner(salt=SALT)
    return [(f"{player.name}: {player.does}", f"/demo/as/{signer.sign(player.key)}/") for player in stage.PLAYERS]


def good_until(at: datetime) -> str:
    """The last day on which what was played at `at` is worth showing, in ISO: two days before the open call closes."""
    return hubs.evening(at, hubs.OPEN_FOR - 2).date().isoformat()

"""The journal: whether its chain is whole."""

import os
from pathlib import Path

from viche.config.cli.speaking import ROOT, Parser, Stop, say, start_django

HELP = "перевірити, чи журнал цілий: verify [--head ФАЙЛ]"


def run(arguments: list[str]) -> int:
    """Read the whole chain; exit 1 naming the first row that does not hold.

    Without `--head` the newest file of `var/journal` is taken: only a file finds a tail that was cut with care.
    """
    parser = Parser("journal", HELP)
    parser.add_argument("act", choices=["verify"])
    parser.add_argument("--head", type=Path, metavar="ФАЙЛ")
    options = parser.parse_args(arguments)
    choose_installation()
    start_django()
    # Django must be up before a package with models can be imported.
    from django.conf import settings

    from viche.journal import queries

    head = options.head or max((settings.VAR / "journal").glob("head-*.json"), default=None)
    try:
        verdict = queries.verify(head)
    except queries.Unreadable as reason:
        raise Stop(f"Журнал не вдалося прочитати: {reason}") from reason
    if head and not options.head:
        say(f"Звіряю з печаткою {head}")
    say(f"Прочитано записів: {verdict.read}")
    if verdict.erased:
        say(f"Зі стертими на вимогу значеннями: {verdict.erased}")
    say(verdict.fault.sentence if verdict.fault else "Журнал цілий.")
    return 1 if verdict.fault else 0


def choose_installation() -> None:
    """Where there is no installation yet, read the journal of the demonstration, with its own key; make no file.

    A database that is named or there already is taken as it is.
    """
    from django.conf import settings

    var = Path(os.environ.get("VICHE_VAR", ROOT / "var"))
    if settings.configured or os.environ.get("DATABASE_URL") or (var / "viche.sqlite3").exists():
        return
    if not (var / "demo" / "viche.sqlite3").exists():
        raise Stop("Установки ще немає: спершу ./viche migrate або ./viche demo.", code=2)
    say("Установки тут ще немає, тож перевіряю показову.")
    for name in ("SECRET_KEY", "JOURNAL_KEY"):
        os.environ.pop(name, None)
    os.environ.update(VICHE_VAR=str(var / "demo"), VICHE_DEMO="1")

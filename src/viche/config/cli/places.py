"""Places of Ukraine: the state codifier is taken in, as it was released or from a newer file."""

from pathlib import Path

from viche.config.cli.speaking import Parser, Stop, say, start_django

HELP = (
    "завантажити області, райони, громади й населені пункти з кодифікатора (--file ФАЙЛ), їхні точки (points ФАЙЛ.csv)"
)
POINTS = "points"


def run(arguments: list[str]) -> int:
    """Take in the codifier that came with Viche, or the workbook named; or points of hromadas. Again changes nothing."""
    if arguments[:1] == [POINTS]:
        return load_points(arguments[1:])
    parser = Parser("places", HELP)
    parser.add_argument("--file", type=Path, metavar="ФАЙЛ")
    options = parser.parse_args(arguments)
    start_django()
    # Django must be up before a package with models can be imported.
    from django.db import transaction
    from django.utils import timezone

    from viche.events.operations import naming
    from viche.facts import operations as ledger
    from viche.formats import katottg
    from viche.methods.refusals import Refused
    from viche.places import operations
    from viche.results.queries.sources import SOURCES

    workbook = options.file or katottg.bundled()
    say("Читаю кодифікатор…")
    try:
        with transaction.atomic():  # what is kept of events goes with the old names of their places
            loaded = operations.load_codifier(workbook, at=timezone.now())
            naming.places_changed(loaded.hromadas, at=timezone.now())
    except Refused as reason:
        raise Stop(reason.sentence) from reason
    if loaded.hromadas:  # what was counted there is counted where it lies now
        ledger.mend(SOURCES)
    say(f"Додано: {loaded.added}, виправлено: {loaded.changed}, більше не існує: {loaded.gone}.")
    return 0


def load_points(arguments: list[str]) -> int:
    """Take in where hromadas lie, for maps: a CSV with the columns code, latitude, longitude."""
    parser = Parser(f"places {POINTS}", HELP)
    parser.add_argument("file", type=Path, metavar="ФАЙЛ.csv")
    options = parser.parse_args(arguments)
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.methods.refusals import Refused
    from viche.places import operations

    if not options.file.is_file():
        raise Stop(f"Файлу «{options.file}» немає.")
    try:
        done = operations.load_points(options.file)
    except Refused as reason:
        raise Stop(reason.sentence) from reason
    say(f"Точки отримали {done.placed} громад. Невідомих кодів: {done.unknown}.")
    if done.wrong:
        say(f"Не прочитано рядків: {len(done.wrong)}. Перші з них: {', '.join(map(str, done.wrong[:10]))}.")
    return 0

"""What is kept besides the records, the ledger, the map of events and their calendars: whether each is what its records say."""

from viche.config.cli.journal import choose_installation
from viche.config.cli.speaking import Parser, say, start_django

HELP = "полічити все наново за записами й звірити з книгою фактів, картою й календарями заходів; --mend записує наново"


def run(arguments: list[str]) -> int:
    """Count everything anew and compare; exit 1 naming the first difference. `--mend` writes what is kept anew first."""
    parser = Parser("recount", HELP)
    parser.add_argument("--mend", action="store_true", help="спершу записати книгу наново за записами")
    options = parser.parse_args(arguments)
    choose_installation()
    start_django()
    # Django must be up before a package with models can be imported.
    from django.utils import timezone

    from viche.events.models import Spread
    from viche.events.operations import packing, spreading
    from viche.events.queries import spreads
    from viche.facts import operations
    from viche.facts.queries import recounting
    from viche.results.queries.sources import SOURCES

    if options.mend:
        operations.mend(SOURCES)
        spreading.mend(at=timezone.now())
        packing.mend()
        say("Книгу записано наново за записами.")
    verdict = recounting.compare(SOURCES)
    say(f"Звірено фактів: {verdict.facts}, сум: {verdict.sums}")
    if verdict.difference is not None:
        return _differs(verdict.difference.of, _told(verdict.difference.kept), _told(verdict.difference.counted))
    placed = spreads.compare()
    say(f"Звірено чисел на карті заходів: {placed.rows}")
    if placed.difference is not None:
        of, kept, counted = placed.difference
        named = " ".join(f"{name}:{key}" for name, key in zip(Spread.KEY, of, strict=True) if key)
        return _differs(f"карта заходів {named}".rstrip(), _placed(kept), _placed(counted))
    return _calendars()


def _calendars() -> int:
    """What calendars are sent of events, compared last; whether all agrees."""
    from viche.events.queries import entries

    packed = entries.compare()
    say(f"Звірено заходів у календарях: {packed.rows}, ще не записано: {packed.lacking}")
    if packed.difference:
        say(f"Не сходиться: календар заходу {packed.difference}")
        return 1
    say("Усе сходиться.")
    return 0


def _differs(of: str, kept: str, counted: str) -> int:
    say(f"Не сходиться: {of}")
    say(f"  у книзі: {kept}")
    say(f"  за записами: {counted}")
    return 1


def _placed(numbers: tuple[int, int]) -> str:
    """How many events are shown in a place, and how many of them are not over."""
    return f"заходів {numbers[0]}, з них попереду {numbers[1]}"


def _told(row: tuple | None) -> str:
    """A row of the ledger, or that there is none."""
    return "немає" if row is None else " ".join(str(value) for value in row if value not in {None, ""})

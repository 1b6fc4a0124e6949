"""The ledger: whether every figure is what its records add up to."""

from viche.config.cli.journal import choose_installation
from viche.config.cli.speaking import Parser, say, start_django

HELP = "полічити все наново за записами й звірити з книгою фактів; --mend записує наново"


def run(arguments: list[str]) -> int:
    """Count everything anew and compare; exit 1 naming the first difference. `--mend` writes the ledger anew first."""
    parser = Parser("recount", HELP)
    parser.add_argument("--mend", action="store_true", help="спершу записати книгу наново за записами")
    options = parser.parse_args(arguments)
    choose_installation()
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.facts import operations
    from viche.facts.queries import recounting
    from viche.results.queries.sources import SOURCES

    if options.mend:
        operations.mend(SOURCES)
        say("Книгу записано наново за записами.")
    verdict = recounting.compare(SOURCES)
    say(f"Звірено фактів: {verdict.facts}, сум: {verdict.sums}")
    if verdict.difference is None:
        say("Усе сходиться.")
        return 0
    say(f"Не сходиться: {verdict.difference.of}")
    say(f"  у книзі: {_told(verdict.difference.kept)}")
    say(f"  за записами: {_told(verdict.difference.counted)}")
    return 1


def _told(row: tuple | None) -> str:
    """A row of the ledger, or that there is none."""
    return "немає" if row is None else " ".join(str(value) for value in row if value not in {None, ""})

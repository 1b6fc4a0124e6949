"""The journal: whether its chain is whole."""

from pathlib import Path

from viche.config.cli.speaking import Parser, Stop, say, start_django

HELP = "перевірити, чи журнал цілий: verify [--head ФАЙЛ]"


def run(arguments: list[str]) -> int:
    """Read the whole chain; exit 1 naming the first row that does not hold."""
    parser = Parser("journal", HELP)
    parser.add_argument("act", choices=["verify"])
    parser.add_argument("--head", type=Path, metavar="ФАЙЛ")
    options = parser.parse_args(arguments)
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.journal import queries

    try:
        verdict = queries.verify(options.head)
    except queries.Unreadable as reason:
        raise Stop(f"Журнал не вдалося прочитати: {reason}") from reason
    say(f"Прочитано записів: {verdict.read}")
    if verdict.erased:
        say(f"Зі стертими на вимогу значеннями: {verdict.erased}")
    say(verdict.fault.sentence if verdict.fault else "Журнал цілий.")
    return 1 if verdict.fault else 0

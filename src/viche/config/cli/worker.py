"""Background work: letters, scheduled tasks, whatever operations have asked for."""

from viche.config.cli.speaking import Parser, start_django

HELP = "виконувати фонову роботу: листи, розклад, довгі завдання"


def run(arguments: list[str]) -> int:
    """Work until asked to stop."""
    Parser("worker", HELP).parse_args(arguments)
    start_django()
    # Django must be up before a package with models can be imported.
    from viche.work import worker

    worker.run()
    return 0

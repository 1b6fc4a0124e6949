"""Tables of the database."""

from viche.config.cli.speaking import Parser, start_django

HELP = "створити таблиці або оновити їх до цієї версії"


def run(arguments: list[str]) -> int:
    """Apply every migration that is missing."""
    Parser("migrate", HELP).parse_args(arguments)
    start_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False)
    return 0

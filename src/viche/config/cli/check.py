"""Settings of an installation that is open to the world."""

from viche.config.cli.speaking import Parser, start_django

HELP = "перевірити налаштування перед тим, як відкрити Віче для людей"


def run(arguments: list[str]) -> int:
    """Print what Django's deployment checks find; an error fails."""
    Parser("check", HELP).parse_args(arguments)
    start_django()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=True)
    except SystemCheckError as found:
        print(found)
        return 1
    return 0

"""Settings of an installation that is open to the world, or a file for other programs."""

from viche.config.cli import checking
from viche.config.cli.speaking import Parser, Stop, say, start_django

HELP = "перевірити налаштування перед тим, як відкрити Віче для людей; файл за стандартом (iati ФАЙЛ, threesixty ФАЙЛ)"


def run(arguments: list[str]) -> int:
    """Print what Django's deployment checks find, and what only we can know; an error fails. Or check a file."""
    if arguments[:1] and arguments[0] in checking.STANDARDS:
        return checking.run(arguments[0], arguments[1:])
    Parser("check", HELP).parse_args(arguments)
    start_django()
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        raise Stop("EMAIL_USE_TLS і EMAIL_USE_SSL разом не бувають: для порту 587 потрібне перше, для 465 друге.")
    if settings.BEHIND_TLS and not settings.TRUSTED_PROXIES:
        say(
            "SITE_ADDRESS починається з https://, а TRUSTED_PROXIES дорівнює 0: Віче не бачить адрес людей за вебсервером "
            "із TLS і рахує спроби ввійти всіх разом. Якщо такий сервер один, задайте TRUSTED_PROXIES=1."
        )
    try:
        call_command("check", deploy=True)
    except SystemCheckError as found:
        print(found)
        return 1
    return 0

"""How commands speak to the person at the terminal: sentences, never a traceback for something foreseeable."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[4]


class Stop(Exception):  # noqa: N818 — read aloud: "raise Stop"
    """A command cannot go on; the text says why and what to do."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        """Keep the exit code beside the sentence."""
        super().__init__(sentence)
        self.code = code


class Parser(argparse.ArgumentParser):
    """Reads the words after a command; a word it does not know is answered with how the command is used."""

    def __init__(self, command: str, help_line: str) -> None:
        """Call the command as people do."""
        super().__init__(prog=f"./viche {command}", description=help_line, add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Answer in a sentence; argparse's own English goes unsaid."""
        del message
        usage = self.format_usage().removeprefix("usage: ").strip()
        raise Stop(f"Не розумію, що написано після команди. Її кажуть так:\n  {usage}", code=2)


def say(text: str = "") -> None:
    """Print a line at once, whoever reads it."""
    print(text, flush=True)


def agreed(question: str) -> bool:
    """Ask before doing something to the machine. CI has agreed beforehand; nobody at the terminal means no."""
    if os.environ.get("CI"):
        return True
    if not sys.stdin.isatty():
        return False
    return input(f"{question} [т/Н] ").strip().lower() in {"т", "так", "y", "yes"}


def start_django() -> None:
    """Load the settings and the packages; a setting that cannot be used is told in its own sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as reason:
        raise Stop(str(reason)) from reason

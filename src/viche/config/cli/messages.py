"""Words for translation: gathered from code and pages of every package, and those that still lack a translation."""

import shutil

from viche.config.cli import catalogues
from viche.config.cli.speaking import Parser, Stop, say

HELP = "зібрати слова для перекладу й показати неперекладені"


def run(arguments: list[str]) -> int:
    """Rewrite the word lists of every package; exit 1 while a message lacks its translation."""
    Parser("messages", HELP).parse_args(arguments)
    if not shutil.which("xgettext"):
        raise Stop("Бракує програми gettext. На Debian: sudo apt-get install gettext")
    catalogues.gather()
    lacking = [line for source in catalogues.kept() for line in catalogues.lacking(source)]
    for line in lacking:
        say(line)
    say(f"Без перекладу: {len(lacking)}" if lacking else "Усе перекладено.")
    return 1 if lacking else 0

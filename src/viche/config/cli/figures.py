"""The figures of a programme, as everybody sees them on its dashboard."""

import json

from viche.config.cli.journal import choose_installation
from viche.config.cli.speaking import Parser, Stop, say, start_django

HELP = "показати показники програми так, як їх бачать усі: КОД; --json для програм"
DASH, AT_LEAST, ROUGHLY = "—", "≥\u00a0", "≈\u00a0"


def run(arguments: list[str]) -> int:
    """Print every public indicator with its target and what it has come to; exit 2 where there is no such programme."""
    parser = Parser("figures", HELP)
    parser.add_argument("code", metavar="КОД")
    parser.add_argument("--json", action="store_true", help="як список для програм")
    options = parser.parse_args(arguments)
    choose_installation()
    start_django()
    # Django must be up before a package with models can be imported.
    from django.utils import timezone

    from viche.programmes.queries import coded
    from viche.results.queries import printing

    programme = coded(options.code.upper())
    if programme is None:
        raise Stop(f"Програми з кодом {options.code} тут немає.", code=2)
    found = printing.figures(programme, on=timezone.localdate())
    if options.json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    if not found:
        say(f"{programme.name}: показників для всіх ще немає.")
        return 0
    for line in _table(found):
        say(line)
    return 0


def _table(found: list[dict]) -> list[str]:
    """The same as lines for people, its columns under each other."""
    head = ("код", "показник", "є", "мета", "одиниця")
    rows = [(one["code"], one["name"], _actual(one), _said(one["target"]), one["unit"]) for one in found]
    wide = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = []
    for row, one in zip((head, *rows), ({}, *found), strict=True):
        code, name, actual, target, unit = row
        said = f"{code:<{wide[0]}}  {name:<{wide[1]}}  {actual:>{wide[2]}}  {target:>{wide[3]}}  {unit}"
        lines.append(said.rstrip())
        for dimension, parts in one.get("splits", {}).items():
            few = one["incomplete_splits"].get(dimension, [])
            told = ", ".join(f"{part} {AT_LEAST if part in few else ''}{_said(value)}" for part, value in parts.items())
            lines.append(f"{'':<{wide[0]}}  {dimension}: {told}")
    return lines


def _actual(one: dict) -> str:
    """What an indicator has come to, with a mark where people too few to be told are left out of it."""
    roughly = ROUGHLY if one["kind"] == "ratio" else AT_LEAST
    return f"{'' if one['is_complete'] else roughly}{_said(one['actual'])}"


def _said(value: float | None) -> str:
    return DASH if value is None else f"{value:,}".replace(",", "\u00a0").replace(".", ",")

"""Finds the command that was asked for and runs it: `python -m viche.config.cli <command>`."""

import difflib
import sys
from importlib import import_module

from viche.config.cli import COMMANDS, catalogues
from viche.config.cli.speaking import Stop, say


def overview() -> int:
    """List every command with its one line."""
    say("Віче: платформа програм для місцевого самоврядування.\n")
    for name in COMMANDS:
        say(f"  ./viche {name:<15}{import_module(f'viche.config.cli.{name}').HELP}")
    return 0


def run(arguments: list[str]) -> int:
    """Run one command; what can be foreseen ends in a sentence."""
    if not arguments or arguments[0] in {"help", "-h", "--help"}:
        return overview()
    name, *rest = arguments
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=1, cutoff=0)
        raise Stop(f"Команди «{name}» немає. Може, ./viche {near[0]}? Усі команди покаже ./viche", code=2)
    catalogues.compile_stale()
    return import_module(f"viche.config.cli.{name}").run(rest)


def main() -> int:
    """Turn what stopped a command into a sentence and an exit code."""
    try:
        return run(sys.argv[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("\nЗупинено.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())

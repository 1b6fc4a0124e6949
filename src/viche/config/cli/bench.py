"""Measurements: every script under tests/bench/, one after another."""

import os
import subprocess
import sys

from viche.config.cli.speaking import ROOT, Stop, say

HELP = "виміряти швидкість сторінок і роботу під навантаженням"


def run(arguments: list[str]) -> int:
    """Run each script with the same arguments; the first that fails ends the row."""
    scripts = sorted((ROOT / "tests" / "bench").glob("[!_]*.py"))
    if not scripts:
        raise Stop("У tests/bench/ ще немає жодного виміру.")
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    for script in scripts:
        say(f"— {script.relative_to(ROOT)}")
        code = subprocess.run([sys.executable, "-P", script, *arguments], env=environment, check=False).returncode
        if code:
            return code
    return 0

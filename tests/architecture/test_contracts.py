"""The contracts break when somebody builds against them: each is broken once in a copy of the house."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import house

ORDER = "Each room imports only what stands below it"
FURNITURE = "The furniture of a package stands in one order"
PLAIN = "Methods and formats are plain Python"
LETTERS = "Only operations and tasks post letters"
WRITERS = "Only operations and tasks write the journal"
PRIVATE = "Views, forms, tasks and exports belong to their own package"
CYCLES = "No cycles between packages, nor between the modules of one"


@pytest.fixture
def copy(tmp_path):
    """Copy what import-linter reads: modules, contracts, our own contract type."""
    only_code = shutil.ignore_patterns("templates", "static", "locale", "data", "__pycache__")
    shutil.copytree(house.SOURCE, tmp_path / "src" / "viche", ignore=only_code)
    (tmp_path / "tests" / "architecture").mkdir(parents=True)
    shutil.copy(house.ROOT / "tests" / "architecture" / "contracts.py", tmp_path / "tests" / "architecture")
    shutil.copy(house.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(copy, module, line):
    """Add a line to a module of the copy; make the module where there is none."""
    folder = copy / "src" / "viche" / module
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    with path.open("a") as out:
        out.write(f"\n{line}\n")


def broken(copy):
    """Run import-linter there; name the contracts that it finds broken."""
    lint = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "NO_COLOR": "1", "COLUMNS": "200"}
    told = subprocess.run(
        [lint, "--no-cache", "--no-logo"], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    found = set(re.findall(r"^(.+) BROKEN", told.stdout, re.MULTILINE))
    assert "Contracts:" in told.stdout, told.stdout + told.stderr
    assert bool(found) == bool(told.returncode)
    return found


def test_the_house_keeps_its_contracts(copy):
    assert broken(copy) == set()


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        (ORDER, "journal/models", "import viche.calls.models"),
        (ORDER, "formats/planted", "import viche.methods.refusals"),
        (ORDER, "calls/models", "import viche.config.settings"),
        (ORDER, "gossip/models", ""),
        (FURNITURE, "programmes/models", "import viche.programmes.queries"),
        (FURNITURE, "programmes/helpers", ""),
        (PLAIN, "methods/refusals", "import django"),
        (PLAIN, "formats/planted", "from django.utils import timezone"),
        (WRITERS, "calls/queries", "from viche.journal import operations"),
        (LETTERS, "calls/views/planted", "import viche.mail.operations"),
        (PRIVATE, "awards/operations", "from viche.calls import views"),
        (PRIVATE, "awards/views/planted", "import viche.people.forms"),
    ],
)
def test_a_planted_import_breaks_its_contract(copy, contract, module, line):
    for imported in re.findall(r"viche\.([.\w]+)", line):
        plant(copy, imported.replace(".", "/"), "")
    plant(copy, module, line)
    assert contract in broken(copy)


def test_two_modules_that_need_each_other_break_the_contract(copy):
    plant(copy, "methods/one", "import viche.methods.two")
    plant(copy, "methods/two", "import viche.methods.one")
    assert broken(copy) == {CYCLES}


def test_every_package_is_under_a_contract_of_its_inner_order():
    contained = {
        name.removeprefix("viche.") for contract in house.contracts() for name in contract.get("containers", [])
    }
    assert house.packages() - house.OWN_FURNITURE <= contained

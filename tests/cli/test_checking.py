"""`check iati` and `check threesixty`: a line for each fault, and a code that scripts understand."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.test_speaking import told
from tests.formats import exports
from tests.formats.test_broken_exports import BROKEN
from viche.config.cli.speaking import ROOT


@pytest.fixture
def asked(capsys, monkeypatch):
    return lambda *words: told(capsys, monkeypatch, "check", *map(str, words))


def file(tmp_path, content, name="file"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("standard", "content"), [("iati", exports.activities()), ("threesixty", exports.package())])
def test_a_file_in_which_everything_holds(asked, tmp_path, standard, content):
    path = file(tmp_path, content)
    code, out, err = asked(standard, path)
    assert (code, out) == (0, "")
    assert err.startswith(f"Файл «{path}» відповідає ")
    code, out, _ = asked(standard, path, "--json")
    assert (code, json.loads(out)) == (0, [])


def test_each_fault_is_a_line_with_its_number_and_a_sentence(asked):
    code, out, err = asked("iati", BROKEN / "iati" / "unknown-sector.xml")
    assert code == 1
    assert out == "23: Коду «99911» в переліку Sector немає (елемент «sector», атрибут «code»). [code Sector]\n"
    assert err == "Усього зауважень: 1.\n"


@pytest.mark.parametrize(
    ("standard", "name", "count"), [("iati", "date-is-no-date.xml", 1), ("threesixty", "same-identifier.json", 1)]
)
def test_the_same_for_programs(asked, standard, name, count):
    code, out, _ = asked(standard, BROKEN / standard / name, "--json")
    listed = json.loads(out)
    assert (code, len(listed)) == (1, count)
    assert all(one.keys() == {"layer", "rule", "line", "message"} for one in listed)
    assert all(one["layer"] in {"xml", "schema", "rule", "code"} for one in listed)


def test_several_faults_are_one_list(asked, tmp_path):
    path = file(tmp_path, exports.activities(exports.activity(sector="", country="")))
    code, out, _ = asked("iati", path, "--json")
    assert code == 1
    assert [(one["rule"], one["line"]) for one in json.loads(out)] == [("6.2.2", 3), ("3.7.1", 3)]


@pytest.mark.parametrize("standard", ["iati", "threesixty"])
def test_a_file_that_is_not_there_is_told_with_code_2(asked, tmp_path, standard):
    assert asked(standard, tmp_path / "none") == (
        2,
        "",
        f"Файл «{tmp_path / 'none'}» не вдалося прочитати: такого немає.\n",
    )
    assert asked(standard, tmp_path)[0] == 2
    code, out, _ = asked(standard, tmp_path, "--json")
    assert (code, json.loads(out)) == (2, [])


@pytest.mark.parametrize(("standard", "layer"), [("iati", "xml"), ("threesixty", "schema")])
def test_a_file_of_which_nothing_can_be_read_is_told_with_code_2(asked, tmp_path, standard, layer):
    path = file(tmp_path, b"\x89PNG\r\n\x1a\n\x00")
    code, out, err = asked(standard, path, "--json")
    (one,) = json.loads(out)
    assert (code, one["layer"], one["rule"], one["line"]) == (2, layer, "unreadable", 1)
    assert err == f"Файл «{path}» далі прочитати не можна.\n"


def test_an_entity_bomb_is_a_sentence(asked):
    code, out, _ = asked("iati", BROKEN / "iati" / "entity-bomb.xml")
    assert code == 1
    assert out.startswith("2: Файл має DOCTYPE.")
    assert len(out.splitlines()) == 1


def test_without_a_file_it_says_how_it_is_asked(asked):
    code, _, err = asked("iati")
    assert code == 2
    assert "./viche check iati" in err


def test_it_needs_no_installation_and_makes_none(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    environment |= {"VICHE_VAR": str(tmp_path / "var"), "PYTHONPATH": str(ROOT / "src")}
    command = [
        sys.executable,
        "-m",
        "viche.config.cli",
        "check",
        "threesixty",
        str(BROKEN / "threesixty" / "no-title.json"),
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "4: Бракує поля «title» (об’єкт Grant). [schema required]\n")
    assert not (tmp_path / "var").exists()

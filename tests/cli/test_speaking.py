"""Commands speak in sentences."""

import os
import socket

import pytest

from viche.config.cli import COMMANDS, __main__, ports, speaking, test


def told(capsys, monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["viche", *arguments])
    code = __main__.main()
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_alone_it_lists_every_command_with_one_line(capsys, monkeypatch, words):
    code, out, _ = told(capsys, monkeypatch, *words)
    assert code == 0
    assert [line.split()[1] for line in out.splitlines() if "./viche" in line] == list(COMMANDS)


def test_an_unknown_command_is_answered_with_the_nearest(capsys, monkeypatch):
    code, out, err = told(capsys, monkeypatch, "dmeo")
    assert (code, out) == (2, "")
    assert err == "Команди «dmeo» немає. Може, ./viche demo? Усі команди покаже ./viche\n"


def test_words_it_does_not_know_are_answered_with_the_usage(capsys, monkeypatch):
    code, _, err = told(capsys, monkeypatch, "demo", "--colour")
    assert code == 2
    assert "./viche demo [--port N] [--fresh]" in err


def test_a_taken_port_is_told_with_a_free_one():
    with socket.socket() as taken:
        taken.bind((ports.LOOPBACK, 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(speaking.Stop, match=f"Порт {number} уже зайнято.*--port ") as stop:
            ports.demand(number)
        assert ports.free(int(str(stop.value).rpartition(" ")[2]))
        assert ports.wait_for_answer(number)
    assert not ports.wait_for_answer(number, seconds=0.1)


@pytest.mark.parametrize("number", [0, -1, 65536])
def test_a_port_that_cannot_be_is_told(number):
    with pytest.raises(speaking.Stop, match="не буває"):
        ports.demand(number)


@pytest.mark.parametrize(("variable", "text"), [("PORT", "eight"), ("WORKERS", "0")])
def test_nonsense_in_the_environment_is_told(capsys, monkeypatch, variable, text):
    monkeypatch.setenv(variable, text)
    code, _, err = told(capsys, monkeypatch, "serve")
    assert code == 2
    assert f"{variable} має бути додатним цілим числом, а не «{text}»." in err


def test_nobody_at_the_terminal_means_no(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert not speaking.agreed("Встановити?")
    monkeypatch.setenv("CI", "true")
    assert speaking.agreed("Встановити?")


def test_where_ci_is_set_missing_data_fail_and_are_not_skipped(monkeypatch, tmp_path):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(test, "SHARED", tmp_path / "shared")
    for name in ("PYTHONPATH", "VICHE_VAR"):  # `run` sets them for its children; they are put back
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.chdir(".")
    with pytest.raises(speaking.Stop, match=r"Немає .*shared"):
        test.run([])

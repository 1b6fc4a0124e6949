"""Documents tell the truth: every setting, every room and every command is named where people look for it."""

import re

from tests.architecture import house
from viche.config.cli import COMMANDS


def text(name):
    return (house.ROOT / name).read_text()


def test_every_variable_of_the_environment_is_told():
    reading = re.compile(
        r"""(?:environ\.get\(|environ\[|flag\(|kept_secret\(|_whole_number\()\s*["']([A-Za-z_]+)["']"""
    )
    sources = [house.SOURCE / "config" / "settings.py", house.SOURCE / "config" / "cli" / "serve.py"]
    read = {name.upper() for source in sources for name in reading.findall(source.read_text())}
    told = set(re.findall(r"`([A-Z_]+)`", text("docs/running.md")))
    assert read - told == set()


def test_every_room_is_on_the_map():
    assert {room for room in house.packages() if f"`{room}`" not in text("docs/map.md")} == set()


def test_a_room_that_exists_is_not_told_as_later():
    later = {
        room
        for line in text("docs/map.md").splitlines()
        if "*(later)*" in line
        for room in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert later & house.packages() == set()


def test_decisions_are_numbered_in_one_row():
    numbers = sorted(int(path.name[:4]) for path in (house.ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_links_between_documents_lead_somewhere():
    documents = [house.ROOT / "README.md", house.ROOT / "CHANGELOG.md", *(house.ROOT / "docs").rglob("*.md")]
    links = [(path, link) for path in documents for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text())]
    broken = [f"{path.name}: {link}" for path, link in links if not (path.parent / link).exists()]
    assert broken == []


def test_the_readme_opens_with_the_two_commands():
    opening = text("README.md")[:200]
    assert "./viche demo" in opening
    assert "./viche test" in opening


def test_every_command_is_a_module_with_one_line_of_help():
    from importlib import import_module

    lines = {name: import_module(f"viche.config.cli.{name}").HELP for name in COMMANDS}
    assert all(line and "\n" not in line for line in lines.values())

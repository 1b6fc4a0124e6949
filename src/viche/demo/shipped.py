"""The demonstration that is shipped: places and the finished story in one small file, written and read without Django.

The file holds the definitions of the tables, their rows column by column (which packs three times better than a
database), and the uploaded files; all as JSON, packed with LZMA. What follows from another column is left out, and so
are rows that whoever unpacks makes anew.
"""

import base64
import json
import lzma
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from viche.methods import words

FILE = Path(__file__).with_name("data") / "demonstration.json.xz"
DATABASE, FILES, KEY = "viche.sqlite3", "files", "journal_key"
# Known to everybody on purpose: the shipped rows are sealed with it. It proves nothing, there is nothing to prove.
JOURNAL_KEY = "the journal of an invented story"
DERIVED: dict[tuple[str, str], tuple[str, Callable[[str], str]]] = {
    ("places_settlement", "name_en"): ("name", words.transliterate),
    ("places_settlement", "sort_key"): ("name", words.collation_key),
    ("places_settlement", "haystack"): ("name", lambda name: f" {words.haystack(name)} "),
}
# What calendars are sent of events: made for whoever asks, and written by the worker within the hour.
MADE_ANEW = frozenset({"events_packed"})
Content = dict[str, Any]


class Unreadable(Exception):  # noqa: N818 — read aloud: "raise Unreadable"
    """The shipped file is missing or damaged."""


def dump(var: Path) -> Content:
    """What lies in a folder with a finished demonstration, in an order that does not depend on chance."""
    with closing(sqlite3.connect(var / DATABASE)) as database:
        schema = database.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name"
        ).fetchall()
        names = [name for kind, name, _sql in schema if kind == "table"]
        tables = {name: {} if name in MADE_ANEW else _columns(database, name) for name in names}
    files = {
        str(path.relative_to(var / FILES)): base64.b64encode(path.read_bytes()).decode()
        for path in sorted((var / FILES).rglob("*"))
        if path.is_file()
    }
    return {"schema": [sql for _kind, _name, sql in schema], "tables": tables, "files": files}


def _columns(database: sqlite3.Connection, table: str) -> dict[str, list[Any]]:
    """The rows of a table, column by column."""
    found = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid')  # noqa: S608 — the name comes from the database itself
    names = [column[0] for column in found.description]
    rows = found.fetchall()
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


def write(content: Content, file: Path = FILE) -> None:
    """Pack into the file, whole or not at all."""
    lean = {**content, "tables": {name: _lean(name, columns) for name, columns in content["tables"].items()}}
    packed = lzma.compress(json.dumps(lean, ensure_ascii=False, separators=(",", ":")).encode())
    beside = file.with_name(f"{file.name}.unfinished")
    beside.write_bytes(packed)
    beside.replace(file)


def read(file: Path = FILE) -> Content:
    """Unpack the file's content, with every column. Raises `Unreadable`."""
    try:
        content = json.loads(lzma.decompress(file.read_bytes()))
        content["tables"] = {name: _full(name, columns) for name, columns in content["tables"].items()}
    except (OSError, lzma.LZMAError, ValueError, KeyError, TypeError) as reason:
        raise Unreadable(str(reason)) from reason
    return content


def _lean(table: str, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Leave out what follows from another column, row for row."""
    return {name: values for name, values in columns.items() if _followed(table, name, columns) != values}


def _full(table: str, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Put back what was left out."""
    lacking = [name for of, name in DERIVED if of == table and columns and name not in columns]
    return columns | {name: _followed(table, name, columns) for name in lacking}


def _followed(table: str, name: str, columns: dict[str, list[Any]]) -> list[str] | None:
    """What a column holds if it follows from another one; None for those that do not."""
    if (table, name) not in DERIVED:
        return None
    source, follow = DERIVED[table, name]
    known = {value: follow(value) for value in set(columns[source])}
    return [known[value] for value in columns[source]]


def unpack(var: Path, file: Path = FILE) -> None:
    """Make database and files in the folder `var`. Raises `Unreadable`, and then nothing is made."""
    content = read(file)
    for name, text in content["files"].items():
        path = var / FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(text))
    with closing(sqlite3.connect(var / DATABASE, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = OFF")  # who is interrupted here begins with an empty folder again
        database.execute("BEGIN")
        tables = len(content["tables"])
        for sql in content["schema"][:tables]:
            database.execute(sql)
        for name, columns in content["tables"].items():
            _fill(database, name, columns)
        for sql in content["schema"][tables:]:
            database.execute(sql)
        database.execute("COMMIT")


def _fill(database: sqlite3.Connection, table: str, columns: dict[str, list[Any]]) -> None:
    """Put the rows of one table in; SQLite's own counters follow by themselves."""
    if columns:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        rows = zip(*columns.values(), strict=True)
        database.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 — names of our own file


if __name__ == "__main__":  # on another core, while the one who asked for it loads Django
    try:
        unpack(Path(sys.argv[1]))
    except Unreadable:
        sys.exit(1)

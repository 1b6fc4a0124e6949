"""The file that is shipped: what code and texts make today, small, whole, and sealed."""

import base64
import io
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from PIL import Image

from tests.architecture.house import ROOT
from viche.demo import shipped

pytestmark = pytest.mark.sqlite
CHANCE = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|(?<=/letters/stop/)[^/]+(?=/)"
)
# When it was built, and how this machine's library wrote the same picture.
OF_THE_BUILD = {("django_migrations", "applied"), ("files_stored", "size")}


def command(var, *words):
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "viche.config.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def without_chance(content):
    """Keys, salts, seals and signatures are told apart by nothing; everything else stays."""
    tables = {
        table: {
            name: [CHANCE.sub("#", value) if isinstance(value, str) else value for value in values]
            for name, values in columns.items()
            if (table, name) not in OF_THE_BUILD
        }
        for table, columns in content["tables"].items()
    }
    pictures = [Image.open(io.BytesIO(base64.b64decode(one))).tobytes() for one in content["files"].values()]
    return content["schema"], tables, sorted(pictures)


def differences(left, right):
    """The first difference of each column, for a person to read."""
    for table in sorted(left.keys() | right.keys()):
        here, there = left.get(table, {}), right.get(table, {})
        for name in sorted(here.keys() | there.keys()):
            if here.get(name) != there.get(name):
                pairs = zip(here.get(name, []), there.get(name, []), strict=False)
                yield table, name, next((pair for pair in pairs if pair[0] != pair[1]), "another number of rows")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    var = tmp_path_factory.mktemp("demo")
    shipped.unpack(var)
    (var / shipped.KEY).write_text(shipped.JOURNAL_KEY)
    return var


def test_it_is_what_code_and_texts_make_today(tmp_path):
    """If this fails: `./viche demo --build`, look at the demonstration, commit the file (docs/decisions/0004)."""
    made = command(tmp_path, "demo", "--build", str(tmp_path / "built.xz"))
    assert made.returncode == 0, made.stderr
    schema, tables, pictures = without_chance(shipped.read())
    schema_now, tables_now, pictures_now = without_chance(shipped.read(tmp_path / "built.xz"))
    assert schema == schema_now
    assert list(differences(tables, tables_now)) == []
    assert pictures == pictures_now


def test_what_is_packed_comes_out_again(unpacked, tmp_path):
    content = shipped.read()
    assert shipped.dump(unpacked) == content
    shipped.write(content, tmp_path / "again.xz")
    assert shipped.read(tmp_path / "again.xz") == content


def test_what_is_made_anew_is_not_packed(tmp_path):
    with closing(sqlite3.connect(tmp_path / shipped.DATABASE)) as database:
        database.execute("CREATE TABLE events_packed (event_id integer, kyiv BLOB)")
        database.execute("INSERT INTO events_packed VALUES (1, x'9f00')")
        database.commit()
    shipped.write(shipped.dump(tmp_path), tmp_path / "packed.xz")
    assert shipped.read(tmp_path / "packed.xz")["tables"] == {"events_packed": {}}


def test_it_is_small():
    assert shipped.FILE.stat().st_size < 1024 * 1024


def test_what_follows_from_a_name_is_left_out_and_put_back():
    content = shipped.read()
    settlements = content["tables"]["places_settlement"]
    lean = shipped._lean("places_settlement", settlements)
    assert settlements.keys() - lean.keys() == {"name_en", "sort_key", "haystack"}
    settlements["name_en"][0] = "Otherwise"
    assert "name_en" in shipped._lean("places_settlement", settlements)


def test_the_database_is_whole(unpacked):
    with closing(sqlite3.connect(unpacked / shipped.DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            database.execute("UPDATE journal_entry SET verb = ''")


def test_its_journal_can_be_verified(unpacked):
    read = command(unpacked, "journal", "verify")
    assert read.returncode == 0
    assert "Журнал цілий." in read.stdout


def test_every_file_has_its_row(unpacked):
    with closing(sqlite3.connect(unpacked / shipped.DATABASE)) as database:
        keys = {key for (key,) in database.execute("SELECT key FROM files_stored")}
    lying = {path.name.replace("-", "") for path in (unpacked / shipped.FILES).rglob("*") if path.is_file()}
    assert lying == keys


@pytest.mark.parametrize(
    "damage", [b"", b"nothing packed", shipped.FILE.read_bytes()[:-2000] if shipped.FILE.exists() else b""]
)
def test_a_damaged_file_is_told(tmp_path, damage):
    (tmp_path / "damaged.xz").write_bytes(damage)
    with pytest.raises(shipped.Unreadable):
        shipped.unpack(tmp_path, tmp_path / "damaged.xz")
    with pytest.raises(shipped.Unreadable):
        shipped.read(tmp_path / "missing.xz")

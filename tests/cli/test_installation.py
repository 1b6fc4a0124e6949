"""Commands of a real installation, on a database."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from viche.config.cli import administrator, journal, places
from viche.config.cli.speaking import ROOT, Stop
from viche.demo import shipped
from viche.journal import operations
from viche.journal.models import Entry
from viche.methods import sealing

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)


def test_the_first_administrator_sets_a_password_by_the_printed_link(capsys, client):
    assert administrator.run(["Holova@Viche.example"]) == 0
    user = get_user_model().objects.get(email="holova@viche.example")
    assert user.is_administrator
    assert EmailAddress.objects.get(user=user).verified
    link = capsys.readouterr().out.split()[-1].removeprefix("http://127.0.0.1:8000")
    page = client.get(link, follow=True)
    assert page.status_code == 200
    form = page.context["form"]
    words = dict.fromkeys(form.fields, "дуже-довге-слово-24")
    client.post(page.request["PATH_INFO"], words)
    user.refresh_from_db()
    assert user.check_password("дуже-довге-слово-24")


def test_appointing_twice_changes_nothing_and_is_journalled_once():
    for _ in range(2):
        administrator.run(["holova@viche.example"])
    assert get_user_model().objects.count() == 1
    assert Entry.objects.filter(verb="people.administrator_made").count() == 1


def test_what_is_no_address_is_told():
    with pytest.raises(Stop, match="Це не схоже на адресу пошти: holova"):
        administrator.run(["holova"])


def test_who_may_not_sign_in_is_not_appointed():
    user = get_user_model().objects.create_user("holova@viche.example", is_active=False)
    with pytest.raises(Stop, match="Спершу дозвольте"):
        administrator.run([user.email])


def test_a_whole_journal_says_how_many_entries_it_has(capsys):
    user = get_user_model().objects.create_user("holova@viche.example")
    operations.record(verb="people.joined", subject=user, by=None, at=MOMENT)
    assert journal.run(["verify"]) == 0
    assert capsys.readouterr().out == "Прочитано записів: 1\nЖурнал цілий.\n"


def test_a_cut_tail_is_found_by_the_file_kept_elsewhere(capsys, tmp_path):
    head = tmp_path / "head.json"
    head.write_text(json.dumps({"number": 3, "mac": "0" * len(sealing.START), "at": MOMENT.isoformat()}))
    assert journal.run(["verify", "--head", str(head)]) == 1
    assert "обрізано" in capsys.readouterr().out


def test_the_newest_file_of_the_installation_is_looked_at_by_itself(capsys, settings, tmp_path):
    settings.VAR = tmp_path
    user = get_user_model().objects.create_user("holova@viche.example")
    operations.record(verb="people.joined", subject=user, by=None, at=MOMENT)
    operations.write_head(tmp_path / "journal" / "head-2024-02-01.json", at=MOMENT)
    operations.record(verb="people.joined", subject=user, by=None, at=MOMENT)
    newest = tmp_path / "journal" / "head-2024-02-02.json"
    operations.write_head(newest, at=MOMENT)
    assert journal.run(["verify"]) == 0
    assert capsys.readouterr().out == f"Звіряю з печаткою {newest}\nПрочитано записів: 2\nЖурнал цілий.\n"
    mark = json.loads(newest.read_text())
    newest.write_text(json.dumps({**mark, "number": 7}))
    assert journal.run(["verify"]) == 1
    assert "обрізано" in capsys.readouterr().out


def asked(var, **more):
    """`./viche journal verify` in a process of its own, on a machine where nothing is set."""
    told = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    told |= {"VICHE_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), **more}
    words = [sys.executable, "-P", "-m", "viche.config.cli", "journal", "verify"]
    done = subprocess.run(words, env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_where_nothing_is_there_is_no_journal_and_no_file_comes(tmp_path):
    var = tmp_path / "var"
    assert asked(var) == (2, "Установки ще немає: спершу ./viche migrate або ./viche demo.\n")
    assert not var.exists()


def test_where_only_the_demonstration_is_its_journal_is_read_with_its_key(tmp_path):
    home = tmp_path / "demo"
    home.mkdir()
    unpacking = [sys.executable, "-P", "-m", "viche.demo.shipped", str(home)]
    told = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    (home / shipped.KEY).write_text(shipped.JOURNAL_KEY)
    subprocess.run(unpacking, env=told, check=True)
    code, said = asked(tmp_path, JOURNAL_KEY="another")
    assert (code, said.splitlines()[0]) == (0, "Установки тут ще немає, тож перевіряю показову.")
    assert said.endswith("Журнал цілий.\n")
    assert not (tmp_path / "viche.sqlite3").exists()


def test_a_file_that_is_no_head_is_told(tmp_path):
    with pytest.raises(Stop, match="Журнал не вдалося прочитати"):
        journal.run(["verify", "--head", str(tmp_path / "nothing.json")])


def test_a_file_that_is_no_codifier_is_told(tmp_path):
    workbook = tmp_path / "codifier.xlsx"
    workbook.write_text("name;code")
    with pytest.raises(Stop):
        places.run(["--file", str(workbook)])

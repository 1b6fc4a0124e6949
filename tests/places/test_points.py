"""Where hromadas lie comes from a file, line by line."""

import csv

import pytest

from tests.factories import places
from viche.config.cli import places as command
from viche.config.cli.speaking import Stop
from viche.methods.refusals import Refused
from viche.places import operations
from viche.places.models import Hromada

pytestmark = pytest.mark.django_db


def written(tmp_path, text):
    file = tmp_path / "points.csv"
    file.write_text(text)
    return file


def test_points_are_taken_in_and_others_stay(tmp_path):
    first, second = places.hromada(), places.hromada(latitude=48.0, longitude=30.0)
    code = f"UA{first.pk:017d}"
    Hromada.objects.filter(pk=first.pk).update(code=code)
    file = written(tmp_path, f"code,latitude,longitude\n{code},49.5,34.5\nUA{9:017d},49,34\nx,1,2\n")
    for _again in range(2):
        assert operations.load_points(file) == (1, 1, (4,))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.latitude, first.longitude, second.latitude) == (49.5, 34.5, 48.0)


def test_what_is_no_list_of_points_is_refused(tmp_path):
    with pytest.raises(Refused, match="code, latitude, longitude"):
        operations.load_points(written(tmp_path, "a,b\n"))


def test_the_command_says_what_came_of_it(tmp_path, capsys):
    hromada = places.hromada()
    code = f"UA{hromada.pk:017d}"
    Hromada.objects.filter(pk=hromada.pk).update(code=code)
    assert command.run(["points", str(written(tmp_path, f"code,latitude,longitude\n{code},49.5,34.5\nx,1,2\n"))]) == 0
    told = capsys.readouterr().out
    assert "Точки отримали 1 громад" in told
    assert "Перші з них: 3" in told
    with pytest.raises(Stop, match="немає"):
        command.run(["points", str(tmp_path / "nothing.csv")])
    with pytest.raises(Stop, match="Потрібен CSV"):
        command.run(["points", str(written(tmp_path, "x"))])
    with pytest.raises(Stop):
        command.run(["points"])


def test_the_example_beside_the_repository_becomes_points(tmp_path, shared):
    """Every hromada of the real list lies in Ukraine once its columns are called as ours."""
    from viche.formats import points

    rows = list(csv.DictReader((shared / "data" / "hromadas_kse.csv").open(encoding="utf-8")))
    lines = "\n".join(f"{row['katottg']},{row['lat']},{row['lon']}" for row in rows)
    found = points.read(f"code,latitude,longitude\n{lines}\n".encode())
    assert len(found.places) > 1400
    assert all(44 < latitude < 53 and 22 < longitude < 41 for latitude, longitude in found.places.values())

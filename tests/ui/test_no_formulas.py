"""What people type never comes to life in a spreadsheet: every table leaves through one hand, and that hand neutralises."""

import csv
import io

import openpyxl
import pytest

from tests.architecture.house import ROOT
from tests.factories import events, people, programmes, seats
from tests.factories import results as factory
from viche.formats import tables

HOSTILE = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("https://evil.example")')
ALIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WRITERS = ("csv.writer", "DictWriter", "to_csv", "openpyxl.Workbook", "xlsxwriter")


def test_nothing_else_writes_tables():
    found = {
        path.relative_to(ROOT).as_posix(): word
        for path in (ROOT / "src").rglob("*.py")
        for word in WRITERS
        if word in path.read_text()
    }
    assert found == {"src/viche/formats/tables.py": "csv.writer"}


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_cell_that_begins_like_a_formula_is_text(typed):
    whole = b"".join(tables.csv_bytes([typed], [[typed], [-5]])).decode("utf-8-sig")
    head, row, number = csv.reader(io.StringIO(whole, newline=""))
    assert head == row == [f"'{typed}"]
    assert number == ["-5"]  # a number is no formula
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx_bytes([typed], [[typed]], typed))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.django_db
def test_no_door_lets_what_people_typed_out_alive(client):
    programme = programmes.programme(code="DOOR", name="=1+1")
    organisation = people.organisation(name="@SUM(A1)")
    event = events.with_seats(9, programme=programme, organisation=organisation, title="=1+1")
    seats.registered(event, name="+380", needs="-1+1", email="guest@example.org")
    events.accepted(event, total=12, cells={})
    factory.counted(programme, "events", code="E", name="=1+1", unit="@unit")
    client.force_login(programmes.officer(programme))
    for address in (
        "/open/organisations",
        "/open/indicators",
        "/programmes",
        "/events/held",
        "/programmes/DOOR/results",
        "/programmes/DOOR/figures/E/records",
        "/office/DOOR/results",
        "/office/DOOR/results/indicators",
        "/office/DOOR/events",
        f"/me/events/{event.code}/people",
    ):
        answer = client.get(f"{address}.csv")
        assert answer.status_code == 200, address
        rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.lstrip(" ").startswith(ALIVE)] == [], address
        assert any(cell.startswith("'") for cell in cells), address

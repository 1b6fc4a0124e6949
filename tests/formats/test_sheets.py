"""Tables that people send: read from CSV and XLSX alike, or refused with a reason."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.formats import sheets, tables
from viche.formats.sheets import NotRead

ROWS = [["Назва", "День"], ["Читання", "21.11.2026"]]


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_csv_of_any_spreadsheet(delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in ROWS)
    assert sheets.read(text.encode(encoding), "csv") == list(enumerate(ROWS, 1))


def test_a_workbook_gives_what_a_person_sees():
    content = workbook(
        ["Назва", "День", "Час", "Скільки", "Усе"],
        [None],
        [" Читання ", date(2026, 11, 21), time(18, 30), 5.0, datetime(2026, 11, 21, 9, 5)],  # noqa: DTZ001 — a workbook knows no zones
    )
    assert sheets.read(content, "xlsx")[1] == (3, ["Читання", "21.11.2026", "18:30", "5", "21.11.2026 09:05"])
    assert [sheets._cell(value) for value in (date(2026, 11, 21), 5.0, 1.5)] == ["21.11.2026", "5", "1.5"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=2, max_size=2
        ),
        min_size=1,
    )
)
def test_what_our_own_tables_write_is_read(rows):
    rows = [[cell.lstrip("=+-@＝＋－＠") or "x" for cell in row] for row in rows]
    content = b"".join(tables.csv_bytes(["a,", "b"], rows))
    assert [cells for _number, cells in sheets.read(content, "csv")][1:] == rows


SHEET = (
    "<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE w [<!ENTITY a '{entity}'>]>"
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='1'>"
    "<c r='A1' t='inlineStr'><is><t>{body}</t></is></c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_is_not_unpacked(encoding):
    sheet = SHEET.format(encoding=encoding, entity="A" * 1000, body="&a;" * 3)
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(["Назва"]))) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            out.writestr(name, sheet.encode(encoding) if name == "xl/worksheets/sheet1.xml" else source.read(name))
    with pytest.raises(NotRead) as refused:
        sheets.read(packed.getvalue(), "xlsx")
    assert refused.value.why == "broken"


def bomb():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.LARGEST_UNPACKED + 1))
    return body.getvalue()


@pytest.mark.parametrize(
    ("content", "ending", "why"),
    [
        (b"", "csv", "empty"),
        (b"\n ; \n", "csv", "empty"),
        (b"a\0b", "csv", "broken"),
        (b'"' + b"x" * 200_000, "csv", "broken"),
        (b"not a workbook", "xlsx", "broken"),
        (b"a,b\n" * 502, "csv", "rows"),
        (b",".join([b"x"] * 61), "csv", "columns"),
        (b"x" * 4001, "csv", "cell"),
        (bomb(), "xlsx", "rows"),
        (workbook(*[[None]] * 2100, ["x"]), "xlsx", "rows"),
    ],
    ids=["nothing", "blanks", "zero", "endless", "no book", "rows", "columns", "cell", "bomb", "void"],
)
def test_what_is_no_table_is_refused(content, ending, why):
    with pytest.raises(NotRead) as refused:
        sheets.read(content, ending)
    assert refused.value.why == why


def test_five_hundred_rows_and_a_head_are_taken():
    assert len(sheets.read(b"a,b\n" * 501, "csv")) == 501

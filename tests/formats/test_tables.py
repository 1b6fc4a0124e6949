"""CSV, XLSX and JSON of the same rows, read back by other programs."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.formats import tables, workbook

MOMENT = datetime(2024, 7, 1, 9, 30, 15, 999, tzinfo=UTC)
COLUMNS = ["Код", "Сума, ₴", "Дата"]
texts = st.text(st.characters(exclude_categories=["Cs"]))
FORMULAS = ["=1+1", "+380", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0=1", "＝1", "-"]


class Lazy:
    """A text that is made when it is asked for, as translations are."""

    def __str__(self):
        return "Львівська"


def read_csv(pieces):
    body = b"".join(pieces)
    assert body.startswith(tables.BOM)
    return list(csv.reader(io.StringIO(body[3:].decode(), newline="")))


def read_xlsx(body):
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return sheet, [list(row) for row in sheet.iter_rows()]


def test_csv_to_the_byte():
    row = ["FUND-24-017", Decimal("148500.50"), date(2024, 2, 1), MOMENT, True, False, None, 5, -1.5, 'так "," ні']
    assert (
        b"".join(tables.csv_bytes(COLUMNS, [row]))
        == (
            '\ufeffКод,"Сума, ₴",Дата\r\n'
            'FUND-24-017,148500.50,2024-02-01,2024-07-01T12:30:15+03:00,true,false,,5,-1.5,"так "","" ні"\r\n'
        ).encode()
    )


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_csv_is_only_text(text):
    assert read_csv(tables.csv_bytes([text], [[text]])) == [[f"'{text}"], [f"'{text}"]]


def test_negative_numbers_stay_numbers():
    row = [-5, Decimal("-0.50"), -1.5, Decimal("1E+3"), Lazy(), "5 - 3"]
    assert read_csv(tables.csv_bytes("abcdef", [row]))[1] == ["-5", "-0.50", "-1.5", "1000", "Львівська", "5 - 3"]


def test_csv_is_written_as_it_is_read():
    asked = []

    def rows():
        for number in range(tables.ROWS_A_PIECE * 2):
            asked.append(number)
            yield [number]

    pieces = tables.csv_bytes(["n"], rows())
    assert next(pieces) == tables.BOM + b"n\r\n"
    assert asked == []
    assert next(pieces).count(b"\r\n") == tables.ROWS_A_PIECE
    assert len(asked) == tables.ROWS_A_PIECE
    assert len(list(pieces)) == 1
    assert list(tables.csv_bytes(["n"], [])) == [tables.BOM + b"n\r\n"]
    assert [len(piece) for piece in tables.csv_bytes(["n"], [[1]])] == [6, 3]


@given(st.lists(st.lists(texts, min_size=2, max_size=2)))
def test_any_text_comes_back_from_csv(rows):
    read = read_csv(tables.csv_bytes(["a", "b"], rows))[1:]
    for line, row in zip(read, rows, strict=True):
        for got, text in zip(line, row, strict=True):
            assert got in {text, f"'{text}"}
            assert not got.lstrip().startswith(("=", "+", "-", "@"))


def test_half_a_surrogate_pair_breaks_nothing():
    assert read_csv(tables.csv_bytes(["a"], [["x\ud800y"]]))[1] == ["x?y"]
    assert json.loads(tables.json_bytes([{"a": "x\ud800y"}])) == [{"a": "x?y"}]
    assert read_xlsx(tables.xlsx_bytes(["a"], [["x\ud800y"]], "t"))[1][1][0].value == "x?y"


def test_xlsx():
    row = ["FUND-24-017", Decimal("148500.50"), date(2024, 2, 1), MOMENT, True, None, -5, Lazy()]
    sheet, (header, line) = read_xlsx(tables.xlsx_bytes([*COLUMNS, "", "", "", "", "x" * 90], [row], "Підтримка 2024"))
    assert sheet.title == "Підтримка 2024"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in header[:3]] == COLUMNS
    assert all(cell.font.bold for cell in header)
    assert not any(cell.font.bold for cell in line)
    assert [sheet.column_dimensions[letter].width for letter in "AH"] == [12, 40]
    assert [cell.value for cell in line] == [
        "FUND-24-017",
        148500.5,
        datetime(2024, 2, 1),  # noqa: DTZ001 — a workbook knows no zones
        datetime(2024, 7, 1, 12, 30, 15),  # noqa: DTZ001
        True,
        None,
        -5,
        "Львівська",
    ]
    assert [cell.data_type for cell in line] == ["s", "n", "d", "d", "b", "n", "n", "s"]
    assert [line[2].number_format, line[3].number_format] == ["dd.mm.yyyy", "dd.mm.yyyy hh:mm"]


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "#REF!", "2024-02-01", "0012", "TRUE", " два ", "рядок\nрядок"])
def test_text_in_a_workbook_is_only_text(text):
    body = tables.xlsx_bytes([text], [[text, 1, text]], "t")
    _sheet, (header, line) = read_xlsx(body)
    for cell in (header[0], line[0], line[2]):
        assert cell.data_type == "s"
        assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")
        assert not cell.quotePrefix
    assert line[1].value == 1
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")


def test_a_workbook_takes_what_xml_does_not():
    _sheet, rows = read_xlsx(tables.xlsx_bytes(["a\x00b"], [["\x0bc\x1f\uffff"], ["я" * 40_000]], "t"))
    assert [row[0].value for row in rows[:2]] == ["ab", "c"]
    assert len(rows[2][0].value) == tables.LONGEST_TEXT


def test_a_workbook_holds_no_broken_numbers():
    row = [float("inf"), Decimal("NaN"), 2**70, Decimal("0.1")]
    _sheet, (_header, line) = read_xlsx(tables.xlsx_bytes("abcd", [row], "t"))
    assert [cell.value for cell in line] == ["inf", "NaN", pytest.approx(2**70), 0.1]


def test_a_workbook_has_rows_longer_than_its_head_and_columns_beyond_z():
    sheet, (_header, line) = read_xlsx(tables.xlsx_bytes(["a"], [[*range(60)]], "t"))
    assert [cell.value for cell in line] == [*range(60)]
    assert [line[at].coordinate for at in (25, 26, 51, 52)] == ["Z2", "AA2", "AZ2", "BA2"]
    assert sheet.max_column == 60


def test_the_same_rows_are_the_same_workbook():
    made = [tables.xlsx_bytes(COLUMNS, [["x", 1, MOMENT]] * 1200, "t") for _ in range(2)]
    assert made[0] == made[1]
    assert len(read_xlsx(made[0])[1]) == 1201


@given(st.lists(texts, min_size=1, max_size=4))
def test_any_text_comes_back_from_a_workbook(row):
    said = [cell.value or "" for cell in read_xlsx(tables.xlsx_bytes(row, [], "t"))[1][0]]
    assert said == [workbook.clean(text).replace("\r\n", "\n").replace("\r", "\n") for text in row]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Заявки [2024]: сесія 1/2", "Заявки 2024 сесія 1 2"),
        ("", "Viche"),
        ("''", "Viche"),
        ("/", "Viche"),
        ("'Громада'", "Громада"),
        ("Підтримка\x00" * 9, "ПідтримкаПідтримкаПідтримкаПідт"),
    ],
)
def test_title_of_a_sheet(title, expected):
    assert read_xlsx(tables.xlsx_bytes(["a"], [], title))[0].title == expected


def test_json_to_the_byte():
    row = {
        "code": "FUND-24-017",
        "amount": Decimal("148500.00"),
        "part": Decimal("-0.50"),
        "on": date(2024, 2, 1),
        "at": MOMENT,
        "oblast": Lazy(),
        "tags": ["=1", None, True],
    }
    assert (
        tables.json_bytes([row, {}])
        == """[
{"code": "FUND-24-017", "amount": 148500, "part": -0.5, "on": "2024-02-01", "at": "2024-07-01T12:30:15+03:00", \
"oblast": "Львівська", "tags": ["=1", null, true]},
{}
]
""".encode()
    )
    assert json.loads(tables.json_bytes([])) == []


@given(st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False))
def test_sums_are_exact_in_json(amount):
    assert json.loads(tables.json_bytes([{"a": amount}]), parse_float=Decimal) == [{"a": amount}]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        tables.json_bytes([{"a": Decimal(number)}])


def test_a_moment_without_zone_is_refused():
    naive = MOMENT.replace(tzinfo=None)
    for write in (lambda: list(tables.csv_bytes("a", [[naive]])), lambda: tables.xlsx_bytes("a", [[naive]], "t")):
        with pytest.raises(ValueError, match="time zone"):
            write()


def test_there_is_a_content_type_for_each_format():
    assert list(tables.CONTENT_TYPES) == ["csv", "xlsx", "json"]

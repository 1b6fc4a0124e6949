"""Every kind of cell, as openpyxl reads it back: what was written is what is read, and no text is ever reckoned."""

import io
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as some
from lxml import etree

from viche.formats.workbook import LONGEST_TEXT, Formula, Sheet, book, clean, written

EXAMPLES = 25
FIRST, LAST = datetime(1901, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001 — cells have no zone
texts = some.text(min_size=1, max_size=40).filter(lambda text: clean(text) == text and "\r" not in text)
numbers = some.integers(-(10**12), 10**12) | some.decimals(-(10**6), 10**6, places=2)
cells = texts | numbers | some.booleans() | some.dates(FIRST.date(), LAST.date()) | some.none()
tables = some.lists(some.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=3)]


def as_read(cell):
    """A cell as openpyxl gives it: days are moments, numbers are floats where they have a part."""
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    if isinstance(cell, Decimal):
        return pytest.approx(float(cell))
    return cell


def read_back(cell):
    return opened(written(["a"], [[cell]], "A")).active["A2"]


@bounded(max_examples=EXAMPLES, deadline=None)
@given(tables)
def test_what_is_written_is_read_back(rows):
    sheet = opened(written(["a", "b", "c"], rows, "Таблиця")).active
    found = rows_of(sheet) + [[None] * 3] * (len(rows) - sheet.max_row + 1)
    assert found == [[as_read(cell) for cell in row] for row in rows]


@bounded(max_examples=EXAMPLES, deadline=None)
@given(some.lists(tables, min_size=1, max_size=4))
def test_every_sheet_keeps_its_own_rows(several):
    sheets = [Sheet(f"Аркуш {number}", ["a", "b", "c"], rows) for number, rows in enumerate(several)]
    read = opened(book(sheets))
    assert read.sheetnames == [sheet.title for sheet in sheets]
    for sheet, rows in zip(read.worksheets, several, strict=True):
        assert [cell.value for cell in sheet[1]] == ["a", "b", "c"]
        for number, row in enumerate(rows, 2):
            assert [sheet.cell(number, at).value for at in (1, 2, 3)] == [as_read(cell) for cell in row]


@bounded(max_examples=EXAMPLES, deadline=None)
@given(some.text(alphabet=some.characters(codec=None), max_size=60))
def test_no_text_whatever_breaks_the_file(text):
    content = written([text], [[text]], text)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        for name in pack.namelist():
            etree.fromstring(pack.read(name))
    title = opened(content).sheetnames[0]
    assert 1 <= len(title) <= 31
    assert not set("[]:*?/\\") & set(title)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example","сюди")',
        "+380441234567",
        "-5",
        "@SUM(A1:A9)",
        "\t=1+1",
        "=cmd|' /C calc'!A0",
        "'=1",
        "1e5",
        "007",
        "TRUE",
        "#REF!",
        "2024-05-20",
    ],
)
def test_a_text_stays_a_text_however_it_looks(text):
    cell = read_back(text)
    assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(io.BytesIO(written(["a"], [[text]], "A"))) as pack:
        assert b"<f>" not in pack.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("бі\x00бліо\x0bтека\x1f", "бібліотека"),
        ("рядок\nрядок\tкінець", "рядок\nрядок\tкінець"),
        ("\ud83d", "?"),
        ("\ufffe\uffffх", "х"),
        ("<b>&amp;\"'</b>]]>", "<b>&amp;\"'</b>]]>"),
        ("  по краях  ", "  по краях  "),
        ("🌻 ґанок", "🌻 ґанок"),
        ("х" * (LONGEST_TEXT + 7), "х" * LONGEST_TEXT),
    ],
)
def test_what_a_cell_cannot_hold_is_left_out(text, kept):
    assert read_back(text).value == kept


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(1900, 3, 1), "dd.mm.yyyy"),
        (date(2024, 2, 29), "dd.mm.yyyy"),
        (date(2199, 12, 31), "dd.mm.yyyy"),
        (datetime(2024, 5, 20, 23, 59, 58), "dd.mm.yyyy hh:mm"),  # noqa: DTZ001
        (datetime(2024, 1, 1), "dd.mm.yyyy hh:mm"),  # noqa: DTZ001
    ],
)
def test_a_day_is_a_day_and_a_moment_a_moment(day, shown):
    cell = read_back(day)
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    assert cell.is_date
    assert cell.number_format == shown
    assert abs(cell.value - moment) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        (True, True, "b"),
        (False, False, "b"),
        (0, 0, "n"),
        (-17, -17, "n"),
        (Decimal("12.50"), 12.5, "n"),
        (2.25, 2.25, "n"),
        (float("inf"), "inf", "s"),
        (float("nan"), "nan", "s"),
        (Decimal("NaN"), "NaN", "s"),
        (["x"], "['x']", "s"),
    ],
)
def test_numbers_are_numbers_and_what_is_none_is_its_text(cell, value, kind):
    found = read_back(cell)
    assert (found.value, found.data_type) == (value, kind)


@pytest.mark.parametrize(
    ("formula", "said", "value", "number_format"),
    [
        (Formula("SUM(A1:A3)", 6), "=SUM(A1:A3)", 6, "General"),
        (Formula("B2/C2", Decimal("0.62"), is_share=True), "=B2/C2", 0.62, "0%"),
        (Formula('IF(A1<2,"так & ні","")', "так & ні"), '=IF(A1<2,"так & ні","")', "так & ні", "General"),
        (Formula("A1/0"), "=A1/0", None, "General"),
        (Formula("A1&\x00B1", "а\x00б"), "=A1&B1", "аб", "General"),
        (Formula("SUM(Z1)", 0), "=SUM(Z1)", 0, "General"),
    ],
)
def test_a_formula_is_there_with_what_it_comes_to(formula, said, value, number_format):
    content = written(["a"], [[formula]], "A")
    cell = opened(content).active["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (said, "f", number_format)
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True).active["A2"].value == value


def test_a_link_is_underlined_and_other_formulas_are_not():
    rows = [[Formula('HYPERLINK("https://example.org/","сюди")', "сюди")], [Formula("SUM(A1)", 1)]]
    sheet = opened(written(["a"], rows, "A")).active
    assert sheet["A2"].font.underline == "single"
    assert sheet["A3"].font.underline is None


@pytest.mark.parametrize(
    ("title", "lawful"),
    [
        ("Звіт: I/II [чернетка]?", "Звіт I II чернетка"),
        ("'Лапки'", "Лапки"),
        ("", "Viche"),
        ("***", "Viche"),
        ('Хаби & "клуби" <2024>', 'Хаби & "клуби" <2024>'),
        ("д" * 40, "д" * 31),
    ],
)
def test_a_sheet_is_called_as_a_sheet_may_be(title, lawful):
    assert opened(written(["a"], [], title)).sheetnames == [lawful]


def test_the_head_is_bold_and_stays_in_sight():
    sheet = opened(written(["код", "дуже довга назва стовпця, що ширша за найширший"], [["a", "b"]], "A")).active
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet.freeze_panes == "A2"
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (12, 40)


def test_columns_go_on_after_z():
    row = list(range(1, 705))
    sheet = opened(written([str(number) for number in row], [row], "A")).active
    assert (sheet["Z2"].value, sheet["AA2"].value, sheet["ZZ2"].value, sheet["AAA2"].value) == (26, 27, 702, 703)


def test_a_row_may_be_shorter_or_longer_than_the_head():
    sheet = opened(written(["a", "b"], [[1], [1, 2, 3], [], [None, None, 9]], "A")).active
    assert rows_of(sheet) == [[1, None, None], [1, 2, 3], [None] * 3, [None, None, 9]]


def test_a_text_that_is_said_often_is_kept_once_for_all_sheets():
    sheets = [Sheet(f"Аркуш {number}", ["слово"], [["бібліотека"]] * 1200) for number in range(2)]
    content = book(sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        shared = pack.read("xl/sharedStrings.xml").decode()
    assert shared.count("бібліотека") == 1
    assert 'uniqueCount="2"' in shared
    assert {cell.value for sheet in opened(content).worksheets for cell in sheet["A"][1:]} == {"бібліотека"}


def test_rows_are_asked_for_once_and_may_come_one_by_one():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    sheet = opened(written(["a"], rows(), "A")).active
    assert asked == [0, 1, 2]
    assert [cell.value for cell in sheet["A"]] == ["a", 0, 1, 2]

from collections import Counter

import pytest
from openpyxl import Workbook

from tests.places import books
from viche.formats import katottg


def test_the_bundled_codifier_holds_what_the_ministry_published():
    units = katottg.read(katottg.bundled())
    assert Counter(unit.letter for unit in units) == {
        "O": 25,
        "K": 2,
        "P": 136,
        "H": 1469 + 303,
        "M": 461,
        "X": 1979,
        "C": 27261,
    }
    assert sum(unit.letter == "H" and unit.code.startswith("UA01") for unit in units) == 303
    assert len({unit.code for unit in units}) == len(units)
    assert not any(unit.name != unit.name.strip() for unit in units)
    centres = Counter(unit.codes[2] for unit in units if unit.letter in katottg.SETTLEMENTS and unit.is_centre)
    assert set(centres) == {unit.code for unit in units if unit.letter == "H"}
    assert set(centres.values()) == {1}


def test_names_and_codes_are_read_from_the_row(tmp_path):
    units = katottg.read(books.book(tmp_path))
    assert len(units) == 8  # the district of a city is left out
    village = units[4]
    assert village == katottg.Unit("C", "Тарнавиця", (books.OBLAST, books.RAION, books.FIRST, books.FIRST_VILLAGE))
    assert village.code == books.FIRST_VILLAGE
    assert not village.is_centre
    assert units[3].is_centre


def test_columns_may_stand_in_another_order_and_with_another_apostrophe(tmp_path):
    path = tmp_path / "moved.xlsx"
    book = Workbook()
    columns = list(katottg.COLUMNS)
    book.active.append([name.replace("’", "'") for name in [columns[6], *columns[:6], "Примітка"]])
    book.active.append(["Полтавська", books.OBLAST, None, None, None, None, "O"])
    book.save(path)
    assert katottg.read(path) == [katottg.Unit("O", "Полтавська", (books.OBLAST,))]


@pytest.mark.parametrize("column", katottg.COLUMNS)
def test_a_missing_column_is_named(tmp_path, column):
    columns = ["Інше" if name == column else name for name in katottg.COLUMNS]
    with pytest.raises(katottg.MissingColumnError) as caught:
        katottg.read(books.book(tmp_path, columns=columns))
    assert caught.value.column == column


def test_the_heading_is_sought_in_the_first_rows_only(tmp_path):
    with pytest.raises(katottg.MissingColumnError):
        katottg.read(books.book(tmp_path, heading=katottg.HEADING_WITHIN))
    assert katottg.read(books.book(tmp_path, heading=katottg.HEADING_WITHIN - 1))


@pytest.mark.parametrize(
    "row",
    [
        ([books.OBLAST], "O", None),
        ([books.OBLAST], None, "Полтавська"),
        ([], "O", "Полтавська"),
        (["UA53"], "O", "Полтавська"),
        ([books.OBLAST, books.RAION], "O", "Полтавська"),
        ([books.OBLAST, books.RAION], "H", "Калинопільська"),
    ],
)
def test_a_broken_row_is_told_by_its_number(tmp_path, row):
    with pytest.raises(katottg.BrokenRowError) as caught:
        katottg.read(books.book(tmp_path, [books.PLAIN[0], row]))
    assert caught.value.number == 5


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"PK\x03\x04 torn", "код;назва".encode()])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "kodyfikator.xlsx"
    path.write_bytes(content)
    with pytest.raises(katottg.NotAWorkbookError):
        katottg.read(path)


def test_a_workbook_cut_in_the_middle_is_refused(tmp_path):
    whole = books.book(tmp_path).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(katottg.NotAWorkbookError):
        katottg.read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(katottg.NotAWorkbookError):
        katottg.read(tmp_path / "nowhere.xlsx")

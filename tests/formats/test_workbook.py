"""Workbooks of several sheets with formulas: as openpyxl reads them back, and as a program that reckons nothing sees them."""

import io
from decimal import Decimal

import openpyxl

from viche.formats.workbook import Formula, Sheet, book


def read(content, *, data_only):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def whole():
    return book(
        [
            Sheet(
                "Показники",
                ["код", "факт", "частка", "сторінка"],
                [
                    [
                        "P1",
                        Formula("SUMIFS('Факти'!B:B,'Факти'!A:A,A2)", Decimal("12.50")),
                        Formula("IF(1<2,0.5,0)", Decimal("0.5"), is_share=True),
                        Formula('HYPERLINK("https://example.org/?a=1&b=2","відкрити")', "відкрити"),
                    ],
                    ["P2", Formula("A1/0"), None, "=1+1"],
                ],
            ),
            Sheet("Факти: усі", ["код", "число"], (["P1", number] for number in (5, Decimal("7.5")))),
        ]
    )


def test_formulas_stand_in_their_cells():
    made = read(whole(), data_only=False)
    assert made.sheetnames == ["Показники", "Факти усі"]
    first = made["Показники"]
    assert first["B2"].value == "=SUMIFS('Факти'!B:B,'Факти'!A:A,A2)"
    assert first["C2"].number_format == "0%"
    assert first["D2"].value == '=HYPERLINK("https://example.org/?a=1&b=2","відкрити")'
    assert [cell.value for cell in made["Факти усі"]["B"]] == ["число", 5, 7.5]


def test_what_they_come_to_is_there_for_who_reckons_nothing():
    first = read(whole(), data_only=True)["Показники"]
    assert [cell.value for cell in first[2]] == ["P1", 12.5, 0.5, "відкрити"]
    assert first["B3"].value is None


def test_text_is_no_formula():
    cell = read(whole(), data_only=False)["Показники"]["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_sheets_give_the_same_bytes():
    assert whole() == whole()

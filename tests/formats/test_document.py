"""Documents for word processors: what is written reads back with another's library, and text stays text."""

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from PIL import Image

from viche.formats import document, xmltext
from viche.formats.document import About, Bar, Cell, Heading, Paragraph, Picture, Run, Table

AT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
ABOUT = About("Піврічний звіт", "Фонд", "uk-UA", "Прочитано сьогодні", AT)
FOOT = (Run("Фонд · "), Run("viche.example", href="https://viche.example/?a=1&b=2"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(*blocks):
    return document.written(blocks, ABOUT, foot=FOOT, page="с. # із #")


def read(*blocks):
    return Document(io.BytesIO(written(*blocks)))


def parts(*blocks):
    with zipfile.ZipFile(io.BytesIO(written(*blocks))) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def picture(kind="JPEG"):
    body = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(body, kind)
    return body.getvalue()


def test_it_says_what_it_is():
    said = read().core_properties
    assert (said.title, said.author, said.language, said.comments) == ABOUT[:4]
    assert said.created == AT


def test_headings_and_paragraphs_have_the_styles_of_word_processors():
    found = read(
        Heading("Звіт", 0), Heading("Показники", 1), Heading("Частини", 2),
        Paragraph((Run("Перший "), Run("жирний", is_bold=True), Run(" і похилий", is_italic=True))),
        Paragraph((Run("Примітка"),), style="Note"),
    ).paragraphs  # fmt: skip
    assert [(one.style.name, one.text) for one in found] == [
        ("Title", "Звіт"),
        ("Heading 1", "Показники"),
        ("Heading 2", "Частини"),
        ("Normal", "Перший жирний і похилий"),
        ("Viche Note", "Примітка"),
    ]
    assert [(run.bold, run.italic) for run in found[3].runs] == [(None, None), (True, None), (None, True)]


def test_lines_and_tabs_of_a_paragraph_stay():
    (one,) = read(Paragraph((Run("перший\nдругий\tдалі"),))).paragraphs
    assert one.text == "перший\nдругий\tдалі"
    (empty,) = read(Paragraph((Run(""),), keeps_next=True)).paragraphs
    assert (empty.text, empty.paragraph_format.keep_with_next) == ("", True)


def test_links_lead_where_they_say():
    (one,) = read(Paragraph((Run("Дивіться "), Run("сайт", href='https://a.example/?q="x"&y=<z>')))).paragraphs
    (link,) = one.hyperlinks
    assert (link.text, link.address) == ("сайт", 'https://a.example/?q="x"&y=<z>')


def test_a_table_has_a_head_that_repeats():
    head = [[Cell("", span=2), Cell("Період", span=2)], [Cell("Код"), Cell("Назва"), Cell("Є"), Cell("Мета")]]
    rows = [[Cell("P1"), Cell("Мешканці", href="https://a.example/"), Cell("72"), Cell("200")]]
    found = read(Table(head, rows, (2, 8, 3, 4), frozenset({2, 3}), "Показники"))
    (table,) = found.tables
    assert [cell.text for cell in table.rows[1].cells] == ["Код", "Назва", "Є", "Мета"]
    assert table.rows[0].cells[2].text == "Період"
    assert table.rows[0].cells[2]._tc is table.rows[0].cells[3]._tc
    assert table.rows[2].cells[1].paragraphs[0].hyperlinks[0].address == "https://a.example/"
    assert [cell.paragraphs[0].alignment for cell in table.rows[2].cells] == [None, None, 2, 2]
    assert [cell.width.cm for cell in table.rows[2].cells] == pytest.approx([2, 8, 3, 4], abs=0.01)
    xml = ET.tostring(found.element.body, encoding="unicode")
    assert xml.count("tblHeader") == 2
    assert "tblCaption" in xml


def test_two_tables_are_not_one():
    one = Table([[Cell("а")]], [[Cell("б")]], (5,))
    body = read(one, one).element.body
    assert [child.tag.removeprefix(W) for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


@pytest.mark.parametrize(
    ("percent", "widths"), [(0, [9639]), (25, [2410, 7229]), (100, [9639]), (140, [9639]), (-5, [9639])]
)
def test_a_bar_is_as_long_as_its_percent(percent, widths):
    root = ET.fromstring(parts(Bar(percent, "Чверть"))["word/document.xml"])  # noqa: S314 — our own
    assert [int(one.get(f"{W}w")) for one in root.iter(f"{W}tcW")] == widths
    assert root.find(f".//{W}tblCaption").get(f"{W}val") == "Чверть"


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_pictures_have_a_size_and_a_description(kind):
    found = read(Picture(picture(kind.upper()), 12, 8, 'Люди "на" <площі>', kind=kind))
    (shape,) = found.inline_shapes
    assert (shape.width.cm, shape.height.cm) == (12, 8)
    assert shape._inline.docPr.get("descr") == 'Люди "на" <площі>'
    assert parts(Picture(picture(), 1, 1, "а"))["word/media/picture1.jpeg"] == picture()


def test_every_page_has_its_number_and_the_foot():
    found = read()
    (foot,) = found.sections[0].footer.paragraphs
    assert foot.text == "Фонд · viche.example\tс.  із "  # the numbers are fields
    assert foot.hyperlinks[0].address == "https://viche.example/?a=1&b=2"
    assert b'w:instr="PAGE"' in parts()["word/footer1.xml"]
    assert b'w:instr="NUMPAGES"' in parts()["word/footer1.xml"]
    assert (round(found.sections[0].page_width.cm, 1), round(found.sections[0].page_height.cm, 1)) == (21.0, 29.7)


def test_every_part_is_well_formed_and_known():
    found = parts(Heading("а", 1), Picture(picture(), 1, 1, "б"), Table([[Cell("в")]], [], (3,)))
    for name, body in found.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(body)  # noqa: S314
    kinds = found["[Content_Types].xml"].decode()
    for name in found:
        assert f'PartName="/{name}"' in kinds or f'Extension="{name.rpartition(".")[2]}"' in kinds


def test_the_same_blocks_give_the_same_bytes():
    assert written(Heading("а", 1)) == written(Heading("а", 1))


@pytest.mark.parametrize(
    "typed",
    ["=CMD()", "<w:p/>", "]]>", "&amp;", "{{ x }}", '"><script>alert(1)</script>', "a\x00b\x0bc\x1fd\ufffe", "\ud83d"],
)
def test_whatever_is_typed_stays_text(typed):
    plain = xmltext.clean(typed)
    about = About(typed, typed, "uk-UA", typed, AT)
    blocks = [
        Heading(typed, 1),
        Paragraph((Run(typed, href="https://a.example/"),)),
        Table([[Cell(typed)]], [[Cell(typed)]], (5,), name=typed),
        Bar(5, typed),
        Picture(picture(), 1, 1, typed),
    ]
    found = Document(io.BytesIO(document.written(blocks, about, foot=(Run(typed),), page=typed.replace("#", ""))))
    assert [one.text for one in found.paragraphs[:2]] == [plain, plain]
    assert [cell.text for row in found.tables[0].rows for cell in row.cells] == [plain, plain]
    assert found.core_properties.title == plain
    assert found.sections[0].footer.paragraphs[0].text == f"{plain}\t{plain}"


def test_text_in_xml_loses_only_what_xml_cannot_hold():
    assert xmltext.clean("рядок\n\tдалі 👋") == "рядок\n\tдалі 👋"
    assert xmltext.clean("a\x00b\x0b\ud83dc\uffff") == "ab?c"
    assert xmltext.said("<a> & \x01") == "&lt;a&gt; &amp; "
    assert xmltext.named('"a"\n') == "&quot;a&quot;&#10;"


def test_no_worker_ever_loads_the_library():
    ours = Path(document.__file__).parents[1].rglob("*.py")
    assert [path.name for path in ours if re.search(r"^\s*(from|import) docx\b", path.read_text(), re.MULTILINE)] == []

"""Whatever people type comes out of a report as plain text: in the workbook, the document, the paper, the badge, the page."""

import io
import re
from datetime import UTC, date, datetime
from html import unescape
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from tests.factories import facts, places, programmes
from tests.factories import results as factory
from viche.formats import xmltext
from viche.results.exports import badge
from viche.results.operations import telling as operations

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
TYPED = [
    '=CMD|"/C calc"!A0',
    "+1+2",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '#read("/etc/passwd")',
    '#import "/etc/passwd": *',
    "$x^2$ *a* _b_ `c`",
    "@label <label>",
    "\\u{41} \\ #sys.inputs",
    "]]> &amp; <w:p/> </si>",
    "a\x0bb\x1fc\ufffed 👋 漢",
]


@pytest.fixture(params=TYPED)
def typed(request):
    """What somebody typed."""
    return request.param


@pytest.fixture
def report(typed):
    """A report in which everything that people name is called that."""
    programme = programmes.programme(code="FUND", name=typed)
    one = factory.counted(
        programme, "heads", code="H1", name=typed, unit=typed, is_headline=True,
        donor_codes=[{"donor": "Фонд", "code": typed}],
    )  # fmt: skip
    factory.target(one, 200)
    hromada = places.hromada(name=typed)
    facts.keep(facts.told(programme.pk, value=40, hromada=hromada, parts=[({"sex": "f"}, 30, 30)]))
    made = operations.begin(
        programme, title=f"Звіт {typed}", donor="Фонд", language="uk", since=date(2024, 4, 1), until=date(2024, 6, 30),
        by=programmes.officer(programme), at=MOMENT,
    )  # fmt: skip
    made.sections[0] |= {"title": typed, "body": typed}
    made.save()
    return made


@pytest.fixture
def taken(client, report):
    """Take the report as a file, or the page."""
    client.force_login(report.made_by)

    def take(ending=""):
        rest = f"report.{ending}" if ending else ""
        answer = client.get(f"/office/FUND/donor-reports/{report.pk}/{rest}")
        assert answer.status_code == 200
        return answer.content

    return take


def test_in_the_workbook_it_is_text_and_no_formula(taken, typed):
    book = openpyxl.load_workbook(io.BytesIO(taken("xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert xmltext.clean(typed) in [cell.value for cell in cells if cell.data_type == "s"]
    formulas = {cell.value.partition("(")[0] for cell in cells if cell.data_type == "f"}
    assert formulas <= {"=SUMIFS", "=IF", "=HYPERLINK"}


def test_in_the_document_it_is_text_and_no_field(taken, report, typed):
    found = Document(io.BytesIO(taken("docx")))
    said = [one.text for one in found.paragraphs]
    plain = xmltext.clean(typed)
    assert said[0] == xmltext.clean(report.title)
    assert plain in said
    assert plain in [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    assert found.core_properties.author == plain


def test_on_paper_it_is_text_and_no_source(taken, typed):
    pages = PdfReader(io.BytesIO(taken("pdf"))).pages
    text = re.sub(r"[\s\u200b]+", "", "".join(page.extract_text() for page in pages))
    assert "root:" not in text
    for sign in re.findall(r"[a-z#$@=<>&;]+", xmltext.clean(typed)):
        assert sign in text, sign


def test_on_the_page_it_is_text_and_no_tag(taken, typed):
    page = taken().decode()
    assert "<script>alert" not in page
    shown = re.sub(r"\s+", " ", unescape(page))
    assert re.sub(r"\s+", " ", typed) in shown


def test_in_the_badge_it_is_text(typed):
    root = ET.fromstring(badge.drawn(typed, typed))  # noqa: S314 — our own
    texts = ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [xmltext.clean(typed)] * 2
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {"svg", "title", "rect", "path", "g", "text"}

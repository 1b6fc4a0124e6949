"""A workbook of one sheet or several, written straight as its parts (ECMA-376): a table of a thousand rows takes a tenth of
what a library takes that could do everything. What it writes openpyxl reads back in the tests.

A cell is text, a number, a truth value, a date, a moment without a zone, a `Formula`, or None; anything else is written as its
text. Text is always text, never a formula. The same rows give the same bytes.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Final, NamedTuple
from xml.sax.saxutils import escape

from viche.formats import xmltext

LONGEST_TEXT: Final = 32_767
"""Characters that a cell holds; what is longer is cut there."""
PACKED: Final = 3
"""Of nine: how hard to pack; harder takes twice the time and saves a tenth."""
ROWS_A_PIECE: Final = 500

_HEAD, _MOMENT, _DAY, _SHARE, _LINK = 1, 2, 3, 4, 5  # of the styles below
_NARROWEST, _WIDEST = 12, 40
_TITLE_LENGTH = 31
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]+")
_DAY_ZERO = date(1899, 12, 30).toordinal()
_SECONDS = 86_400
_LETTERS = 26

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_KINDS = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETML}.sheet.main+xml"/>%s'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEETML}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEETML}.sharedStrings+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_KIND = f'<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="{_SHEETML}.worksheet+xml"/>'
_ROOT = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_BOOK = f'{_XML}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>%s</sheets></workbook>'
_SHEET = '<sheet name="%s" sheetId="%d" r:id="rId%d"/>'
_INSIDE = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">%s'
    f'<Relationship Id="rId%d" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId%d" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_INSIDE_SHEET = f'<Relationship Id="rId%d" Type="{_OFFICE}/worksheet" Target="worksheets/sheet%d.xml"/>'
_STYLES = (
    f'{_XML}<styleSheet {_MAIN}><numFmts count="2"><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="dd.mm.yyyy"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF16503C"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_MADE_BY = (
    f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>Viche</dc:creator></cp:coreProperties>"
)
_BEFORE_ROWS = (
    f'{_XML}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>%s</cols><sheetData>'
)


class Formula(NamedTuple):
    """What a cell reckons, and what it comes to: for whoever only looks and reckons nothing."""

    text: str
    """Without the sign "=", names of functions in English, arguments parted by commas."""
    value: Decimal | int | str | None = None
    is_share: bool = False
    """Whether it is shown as percent."""


class Sheet(NamedTuple):
    """One table of a workbook."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]


def written(head: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> bytes:
    """A workbook with a bold head that stays in sight, then the rows; `title` is cut and cleaned to what a sheet may be called."""
    return book([Sheet(title, head, rows)])


def book(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of several such sheets, whose titles differ; the rows of each are asked for once, in their order."""
    body = io.BytesIO()
    texts: dict[str, int] = {}
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKED) as pack:
        for name, text in _frame([sheet.title for sheet in sheets]).items():
            with _part(pack, name) as part:
                part.write(text.encode())
        for number, sheet in enumerate(sheets, 1):
            with _part(pack, f"xl/worksheets/sheet{number}.xml") as part:
                part.write((_BEFORE_ROWS % _widths(sheet.head)).encode())
                lines = _lines(sheet.head, sheet.rows, texts)
                while piece := "".join(islice(lines, ROWS_A_PIECE)):
                    part.write(piece.encode())
                part.write(b"</sheetData></worksheet>")
        with _part(pack, "xl/sharedStrings.xml") as part:
            said = "".join([f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts])
            part.write(f'{_XML}<sst {_MAIN} uniqueCount="{len(texts)}">{said}</sst>'.encode())
    return body.getvalue()


def _frame(titles: Sequence[str]) -> dict[str, str]:
    """The parts that say which sheets there are, and how cells look."""
    numbers = range(1, len(titles) + 1)
    named = (_SHEET % (escape(_sheet_title(title), {'"': "&quot;"}), at, at) for at, title in enumerate(titles, 1))
    inside = "".join(_INSIDE_SHEET % (at, at) for at in numbers)
    return {
        "[Content_Types].xml": _KINDS % "".join(_KIND % at for at in numbers),
        "_rels/.rels": _ROOT,
        "xl/_rels/workbook.xml.rels": _INSIDE % (inside, len(titles) + 1, len(titles) + 2),
        "xl/styles.xml": _STYLES,
        "docProps/core.xml": _MADE_BY,
        "xl/workbook.xml": _BOOK % "".join(named),
    }


def _part(pack: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A part of the pack, always of the same day, so that the same rows give the same bytes."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return pack.open(info, "w", force_zip64=False)


def _widths(head: Sequence[str]) -> str:
    sizes = [min(max(len(text) + 2, _NARROWEST), _WIDEST) for text in head]
    return "".join(f'<col min="{at}" max="{at}" width="{size}" customWidth="1"/>' for at, size in enumerate(sizes, 1))


def _lines(head: Sequence[str], rows: Iterable[Sequence[object]], texts: dict[str, int]) -> Iterator[str]:
    """The rows as the sheet writes them; what they say is gathered in `texts`, each text once."""
    begins = [f'<c r="{_letters(at)}' for at in range(1, len(head) + 1)]
    bold = [_text(f'{begin}1" s="{_HEAD}"', text, texts) for begin, text in zip(begins, head, strict=True)]
    yield f'<row r="1">{"".join(bold)}</row>'
    for number, row in enumerate(rows, 2):
        begins += [f'<c r="{_letters(at)}' for at in range(len(begins) + 1, len(row) + 1)]
        cells = [
            _cell(f'{begin}{number}"', cell, texts)
            for begin, cell in zip(begins, row, strict=False)
            if cell is not None
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def _letters(at: int) -> str:
    """What a column is called: A, B, … Z, AA, …"""
    name = ""
    while at:
        at, rest = divmod(at - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def _cell(begin: str, cell: object, texts: dict[str, int]) -> str:
    if isinstance(cell, str):
        return _text(begin, cell, texts)
    if isinstance(cell, bool):
        return f'{begin} t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, Formula):
        return _formula(begin, cell)
    if isinstance(cell, int) or (isinstance(cell, (float, Decimal)) and math.isfinite(cell)):
        return f"{begin}><v>{cell}</v></c>"
    if isinstance(cell, date):
        return _date(begin, cell)
    return _text(begin, str(cell), texts)


def _formula(begin: str, cell: Formula) -> str:
    """A formula with what it comes to: text, a number, or nothing yet."""
    said = "" if cell.value is None else f"<v>{escape(clean(str(cell.value)))}</v>"
    kind = ' t="str"' if isinstance(cell.value, str) else ""
    style = _SHARE if cell.is_share else _LINK if cell.text.startswith("HYPERLINK(") else 0
    return f'{begin} s="{style}"{kind}><f>{escape(clean(cell.text))}</f>{said}</c>'


def _date(begin: str, day: date) -> str:
    if isinstance(day, datetime):
        return f'{begin} s="{_MOMENT}"><v>{_serial(day)}</v></c>'
    return f'{begin} s="{_DAY}"><v>{day.toordinal() - _DAY_ZERO}</v></c>'


def _serial(wall: datetime) -> float:
    """Days since the end of 1899, as workbooks count them."""
    return wall.toordinal() - _DAY_ZERO + (wall.hour * 3600 + wall.minute * 60 + wall.second) / _SECONDS


def _text(begin: str, text: str, texts: dict[str, int]) -> str:
    """A text by its number among all texts: what stands in a hundred rows is written once."""
    return f'{begin} t="s"><v>{texts.setdefault(clean(text), len(texts))}</v></c>'


def clean(text: str) -> str:
    """Text that fits into a cell: what XML cannot hold is left out, half of a surrogate pair becomes "?"."""
    return xmltext.clean(text)[:LONGEST_TEXT]


def _sheet_title(title: str) -> str:
    """A lawful name of a sheet: at most 31 characters, no brackets : * ? or slashes, no apostrophe at an end."""
    name = " ".join(_NOT_IN_TITLE.sub(" ", clean(title)).split())
    return name[:_TITLE_LENGTH].strip("' ") or "Viche"

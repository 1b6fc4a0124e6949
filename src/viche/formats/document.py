"""A document for word processors, written straight as its parts (ECMA-376, WordprocessingML): headings, paragraphs, links,
tables whose heads repeat, bars, pictures with descriptions, a foot with the number of the page.

A library that could do everything keeps twenty megabytes in the process that wrote one document. What is written here python-docx
reads back in the tests. Everything that is given is text and stays text; the same blocks give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from viche.formats.styles import FIXED, STYLES
from viche.formats.xmltext import clean, named, said

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDE: Final = 17.0
"""Centimetres between the margins of A4."""
_TWIPS, _EMU = 567, 360_000  # in a centimetre
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACES = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'
_BAR_HIGH = 130  # twips


class Run(NamedTuple):
    """Words in a line; with an address, they lead there."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""


class Heading(NamedTuple):
    """A heading; level 0 is the title of the document."""

    text: str
    level: int


class Paragraph(NamedTuple):
    """A paragraph of one or several runs; a new line in one stays a new line."""

    runs: tuple[Run, ...]
    style: Literal["Normal", "Near", "Note"] = "Normal"
    keeps_next: bool = False


class Cell(NamedTuple):
    """A cell of a table: words, perhaps over several columns."""

    text: str
    href: str = ""
    span: int = 1


class Table(NamedTuple):
    """Rows below a head of one row or several; the columns in `numbers` stand to the right."""

    head: Sequence[Sequence[Cell]]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    """In centimetres, together `WIDE` at most."""
    numbers: frozenset[int] = frozenset()
    name: str = ""
    """What is read aloud of it."""


class Bar(NamedTuple):
    """A bar of so many percent of the line; `name` says the same in words."""

    percent: float
    name: str
    colour: str = "16503C"


class Picture(NamedTuple):
    """A JPEG or a PNG, so many centimetres wide and high, and what it shows."""

    body: bytes
    wide: float
    high: float
    name: str
    kind: Literal["jpeg", "png"] = "jpeg"


Block = Heading | Paragraph | Table | Bar | Picture


class About(NamedTuple):
    """What the document says of itself."""

    title: str
    author: str
    language: str
    """As word processors name it: "uk-UA"."""
    told: str
    at: datetime


def written(blocks: Iterable[Block], about: About, *, foot: Sequence[Run], page: str) -> bytes:
    """The document; `foot` stands on every page beside `page`, in which the first "#" is its number and the second how many there are."""
    body, foot_links = _Pen(), _Pen()
    text = "".join(body.block(block) for block in blocks)
    footer = foot_links.footer(foot, page)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": FIXED["kinds"],
        "_rels/.rels": FIXED["root"],
        "docProps/core.xml": _core(about),
        "word/document.xml": f'{_XML}<w:document {_SPACES} xmlns:wp="{_DRAWING}/wordprocessingDrawing"><w:body>{text}'
        f"{FIXED['page']}</w:body></w:document>",
        "word/styles.xml": f"{_XML}<w:styles {_SPACES}>{STYLES.replace('LANGUAGE', named(about.language))}</w:styles>",
        "word/settings.xml": FIXED["settings"],
        "word/footer1.xml": f"{_XML}<w:ftr {_SPACES}>{footer}</w:ftr>",
        "word/_rels/document.xml.rels": _links([*FIXED["inside"].splitlines(), *body.links]),
        "word/_rels/footer1.xml.rels": _links(foot_links.links),
        **body.media,
    }
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)  # always of the same day
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part)
    return pack.getvalue()


def _links(links: Sequence[str]) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'


def _core(about: About) -> str:
    moment = f"{about.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    when = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{said(about.title)}</dc:title><dc:creator>{said(about.author)}</dc:creator>"
        f"<dc:description>{said(about.told)}</dc:description><dc:language>{said(about.language)}</dc:language>{when}"
        "</cp:coreProperties>"
    )


class _Pen:
    """Writes blocks, and keeps the addresses and pictures that they lead to."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.media: dict[str, bytes] = {}

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                style = f"Heading{block.level}" if block.level else "Title"
                return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(Run(block.text))}</w:p>'
            case Paragraph():
                keeps = "<w:keepNext/>" if block.keeps_next else ""
                return self._paragraph(block.runs, f'<w:pStyle w:val="{block.style}"/>{keeps}')
            case Table():
                return self._table(block)
            case Bar():
                return _bar(block)
            case Picture():
                return self._picture(block)

    def footer(self, foot: Sequence[Run], page: str) -> str:
        """Words, and at the right edge the number of the page."""
        fields = {1: "PAGE", 2: "NUMPAGES"}
        numbers = ""
        for at, words in enumerate(page.split("#")):
            field = f'<w:fldSimple w:instr="{fields[at]}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' if at in fields else ""
            numbers += field + (_run(Run(words)) if words else "")
        runs = "".join(map(self._said, foot))
        return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}<w:r><w:tab/></w:r>{numbers}</w:p>'

    def _link(self, kind: str, target: str, *, is_outside: bool = False) -> str:
        key = f"L{len(self.links) + 1}"
        mode = ' TargetMode="External"' if is_outside else ""
        self.links.append(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{named(target)}"{mode}/>')
        return key

    def _said(self, run: Run) -> str:
        if not run.href:
            return _run(run)
        return f'<w:hyperlink r:id="{self._link("hyperlink", run.href, is_outside=True)}">{_run(run)}</w:hyperlink>'

    def _paragraph(self, runs: Sequence[Run], properties: str) -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(self._said, runs))}</w:p>"

    def _table(self, table: Table) -> str:
        columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
        name = f'<w:tblCaption w:val="{named(table.name)}"/>' if table.name else ""
        rows = [self._row(row, table, is_head=True) for row in table.head]
        rows += [self._row(row, table, is_head=False) for row in table.rows]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_twips(sum(table.widths))}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/>{name}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(rows)}</w:tbl>{FIXED['gap']}"
        )

    def _row(self, row: Sequence[Cell], table: Table, *, is_head: bool) -> str:
        at, cells = 0, []
        for cell in row:
            width = _twips(sum(table.widths[at : at + cell.span]))
            span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="F6E3B4"/>' if is_head else ""
            side = '<w:jc w:val="right"/>' if at in table.numbers and cell.span == 1 else ""
            words = self._paragraph(
                (Run(cell.text, is_bold=is_head, href=cell.href),), f'<w:pStyle w:val="Cell"/>{side}'
            )
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>{words}</w:tc>')
            at += cell.span
        repeats = "<w:tblHeader/>" if is_head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeats}</w:trPr>{''.join(cells)}</w:tr>"

    def _picture(self, picture: Picture) -> str:
        number = len(self.media) + 1
        file = f"media/picture{number}.{picture.kind}"
        self.media[f"word/{file}"] = picture.body
        key, name = self._link("image", file), named(picture.name)
        extent = f'cx="{round(picture.wide * _EMU)}" cy="{round(picture.high * _EMU)}"'
        kind = f"{_DRAWING}/picture"
        return (
            f'<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr id="{number}" name="{number}" descr="{name}"/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{kind}">'
            f'<pic:pic xmlns:pic="{kind}"><pic:nvPicPr><pic:cNvPr id="{number}" name="{number}" descr="{name}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )


def _twips(centimetres: float) -> int:
    return round(centimetres * _TWIPS)


def _run(run: Run) -> str:
    look = '<w:rStyle w:val="Hyperlink"/>' if run.href else ""
    look += ("<w:b/>" if run.is_bold else "") + ("<w:i/>" if run.is_italic else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{'<w:br/>'.join(_lines(run.text))}</w:r>"


def _lines(text: str) -> Iterator[str]:
    for line in clean(text).replace("\r\n", "\n").split("\n"):
        yield "<w:tab/>".join(f'<w:t xml:space="preserve">{said(piece)}</w:t>' for piece in line.split("\t"))


def _bar(bar: Bar) -> str:
    """Two cells of a low table: what there is, what is left."""
    filled = round(min(max(bar.percent, 0), 100) * _twips(WIDE) / 100)
    sides = [(filled, bar.colour), (_twips(WIDE) - filled, "F2EBDA")]
    sides = [(width, colour) for width, colour in sides if width]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width, _colour in sides)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="Thin"/></w:pPr></w:p></w:tc>'
        for width, colour in sides
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(WIDE)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="{named(bar.name)}"/>'
        f'</w:tblPr><w:tblGrid>{columns}</w:tblGrid><w:tr><w:trPr><w:trHeight w:val="{_BAR_HIGH}" w:hRule="exact"/></w:trPr>{cells}</w:tr>'
        f"</w:tbl>{FIXED['gap']}"
    )

"""A report to a donor for a word processor: headings, paragraphs, tables with heads that repeat, bars as shaded cells.

Everything is the word processor's own: nothing is a picture but photographs, so all of it can be edited, searched and read aloud.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from viche.files import operations as files
from viche.files import photographs
from viche.results.queries import contents, splits
from viche.results.queries.contents import Line
from viche.results.queries.telling import Section, Told
from viche.ui import wording

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GREEN, HONEY_SOFT, LINEN, BRICK = "16503C", "F6E3B4", "F4EDDC", "8F2416"
BAR = 20  # cells of a bar
LANGUAGES = {"uk": "uk-UA", "en": "en-GB"}
PHOTO = 960


def written(told: Told) -> bytes:
    """The document."""
    import docx  # it takes a tenth of a second, and most never need it
    from docx.document import Document

    document = docx.Document()
    _look(document, told)
    document.add_heading(told.report.title, 0)
    _lead(document, told)
    for section in told.sections:
        document.add_heading(section.title, 1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
        _section(document, section)
    _foot(document, told)
    body = io.BytesIO()
    Document.save(document, body)
    return body.getvalue()


def _look(document: Any, told: Told) -> None:
    """The page, faces, language and what the document says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 10.5), ("Title", 24), ("Heading 1", 16), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Roboto" if name == "Normal" else "Noto Serif"
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for kind in list(fonts.attrib):
            if "Theme" in kind:
                del fonts.attrib[kind]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), style.font.name)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(GREEN)
    language = document.styles["Normal"].element.get_or_add_rPr().makeelement(qn("w:lang"), {})
    language.set(qn("w:val"), LANGUAGES[told.report.language])
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    said = document.core_properties
    said.title, said.author = told.report.title, told.programme.called
    said.language, said.comments = LANGUAGES[told.report.language], told.read_said
    said.created = said.modified = told.at.replace(tzinfo=None)


def _lead(document: Any, told: Told) -> None:
    for label, words in (
        (_("Програма"), told.programme.called),
        (_("Донор"), told.report.donor),
        (_("Період"), told.months),
    ):
        if words:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(words)
            paragraph.paragraph_format.space_after = 0
    for words in filter(None, (told.note, f"{told.read_said} {told.masked_said}")):
        document.add_paragraph().add_run(words).italic = True


def _section(document: Any, section: Section) -> None:
    if section.nothing_said:
        document.add_paragraph(section.nothing_said)
    if section.lines:
        _figures(document, section.lines)
    for money in section.money:
        head = (_("Гроші"), money.currency)
        _table(document, head, [(label, words) for label, _value, words in money.rows], numbers=(1,))
    if section.places is not None:
        _places(document, section.places)
    for story in section.stories:
        _story(document, story)


def _figures(document: Any, lines: Sequence[Line]) -> None:
    """The table of indicators, then a bar of each that has a target, then the parts."""
    head = (
        _("Код"),
        _("Показник"),
        _("За період"),
        _("Мета періоду"),
        _("Від початку"),
        _("Мета програми"),
        _("Виконано"),
    )
    rows = [
        (
            line.code,
            (f"{line.indicator.called}, {line.indicator.unit_called}", line.href_of_months),
            *(line.said[name] for name in ("value", "aim", "total", "target")),
            line.percent_said or "—",
        )
        for line in lines
    ]
    _table(document, head, rows, numbers=range(2, 7), widths=(1.8, 5.6, 2, 2, 2, 2, 1.6))
    aimed = [line for line in lines if line.percent is not None]
    if aimed:
        document.add_heading(_("Скільки від мети програми вже є"), 2)
        for line in aimed:
            _bar(document, line)
    for line in lines:
        for dimension in line.dimensions:
            document.add_heading(f"{line.code} · {line.indicator.called}: {dimension.label}", 2)
            parts = [
                (share.label, splits.incomplete(contents.said(line.indicator, share.value), share.value, share.untold))
                for share in dimension.shares
            ]
            if dimension.untold:
                parts.append((_("не вказано або приховано"), contents.said(line.indicator, dimension.untold)))
            _table(document, (dimension.label.capitalize(), _("За період")), parts, numbers=(1,), widths=(11, 4))


def _bar(document: Any, line: Line) -> None:
    """A line of words and a row of twenty cells, of which as many are dark as there are twentieths of the target."""
    from docx.shared import Pt

    words = document.add_paragraph()
    words.paragraph_format.space_after, words.paragraph_format.keep_with_next = Pt(2), True
    words.add_run(f"{line.code} · {line.indicator.called}: ")
    said = {"percent": line.percent_said, "total": line.said["total"], "target": line.said["target"]}
    words.add_run(_("%(percent)s (%(total)s із %(target)s)") % said).bold = True
    filled = min(BAR, round((line.percent or 0) * BAR / 100))
    bar = document.add_table(rows=1, cols=BAR)
    for number, cell in enumerate(bar.rows[0].cells):
        _shade(cell, (BRICK if line.is_behind else GREEN) if number < filled else LINEN)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(9)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _places(document: Any, places: Any) -> None:
    said = {"name": places.indicator.called, "hromadas": places.count}
    document.add_paragraph(_("%(name)s: за областями й громадами (громад: %(hromadas)s).") % said)
    rows = [(row.oblast.label, contents.said(places.indicator, row.value), row.names) for row in places.rows]
    _table(
        document,
        (_("Область"), places.indicator.unit_called, _("Громади")),
        rows,
        numbers=(1,),
        widths=(4.2, 2.4, 10.4),
    )


def _story(document: Any, story: Any) -> None:
    from docx.shared import Cm

    document.add_heading(story.title, 2)
    document.add_paragraph(story.meta)
    if story.lead:
        document.add_paragraph().add_run(story.lead).bold = True
    if story.photo is not None:
        picture = _jpeg(story.photo)
        shape = document.add_picture(picture, width=Cm(12))
        shape._inline.docPr.set("descr", story.photo.caption or story.title)  # noqa: SLF001 — there is no other way to describe it
        credit = " · ".join(filter(None, (story.photo.caption, story.photo.credit)))
        if credit:
            document.add_paragraph(credit)
    for paragraph in filter(None, story.text.split("\n")):
        document.add_paragraph(paragraph)
    _link(document.add_paragraph(), story.href, story.href)


def _jpeg(photo: Any) -> io.BytesIO:
    """A photograph as word processors read it, in the measures of the page."""
    return io.BytesIO(photographs.cover(files.copy(photo.stored, PHOTO), PHOTO, PHOTO * 2 // 3))


def _foot(document: Any, told: Told) -> None:
    """On every page: of which programme, when read, where everybody reads the same."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(" · ".join(filter(None, (told.programme.called, wording.moment(told.at), told.note))) + " · ")
    _link(paragraph, told.address, told.address)


def _table(
    document: Any,
    head: Iterable[str],
    rows: Iterable[Sequence[Any]],
    *,
    numbers: Iterable[int] = (),
    widths: Sequence[float] = (),
) -> None:
    """A table whose head repeats on every page; a cell is text, or text with the address that it leads to."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    head, numbers = list(head), set(numbers)
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = not widths
    first = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 — python-docx has no other way to repeat a head
    first.append(first.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
        _shade(cell, HONEY_SOFT)
    for row in rows:
        cells = table.add_row().cells
        for number, (cell, said) in enumerate(zip(cells, row, strict=True)):
            words, href = said if isinstance(said, tuple) else (said, "")
            paragraph = cell.paragraphs[0]
            if href:
                _link(paragraph, words, href)
            else:
                paragraph.add_run(words)
            if number in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=False):
            cell.width = Cm(width)
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    document.add_paragraph()


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    fill = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): colour}
    properties.append(properties.makeelement(qn("w:shd"), fill))


def _link(paragraph: Any, words: str, href: str) -> None:
    """Words that lead to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    key = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = paragraph.add_run(words)
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(GREEN)
    link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): key})  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001

"""A report to a donor for a word processor: headings, paragraphs, tables with heads that repeat, bars, the map, photographs.

All that can be is the word processor's own, so it can be edited, searched and read aloud.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from viche.files import operations as files
from viche.files import photographs
from viche.formats import document
from viche.formats.document import WIDE, Bar, Block, Cell, Heading, Paragraph, Picture, Run, Table
from viche.results.exports import paper
from viche.results.queries import contents, splits
from viche.results.queries.contents import Line, Places
from viche.results.queries.telling import Section, Told
from viche.ui import paper as set_in_type
from viche.ui import wording

CONTENT_TYPE = document.CONTENT_TYPE
GREEN, BRICK = "16503C", "8F2416"
LANGUAGES = {"uk": "uk-UA", "en": "en-GB"}
PHOTO = 960
PHOTO_WIDE, MAP_WIDE = 12.0, 13.5  # centimetres
MAP_SHAPE = 488 / 720


def written(told: Told) -> bytes:
    """The document. Raises what setting the map raises: `BusyError`, `NotSetError`."""
    about = document.About(
        title=told.report.title,
        author=told.programme.called,
        language=LANGUAGES[told.report.language],
        told=told.read_said,
        at=told.at,
    )
    foot = [
        Run(" · ".join(filter(None, (told.programme.called, wording.moment(told.at), told.note))) + " · "),
        Run(told.address, href=told.address),
    ]
    return document.written(_blocks(told), about, foot=foot, page=_("с. # із #"))


def _blocks(told: Told) -> Iterator[Block]:
    yield Heading(told.report.title, 0)
    for label, words in (
        (_("Програма"), told.programme.called),
        (_("Донор"), told.report.donor),
        (_("Період"), told.months),
    ):
        if words:
            yield Paragraph((Run(f"{label}: ", is_bold=True), Run(words)), style="Near")
    yield _note(" ".join(filter(None, (told.note, told.read_said, told.masked_said))))
    for section in told.sections:
        yield Heading(section.title, 1)
        for words in section.paragraphs:
            yield Paragraph((Run(words),))
        yield from _section(section, told)


def _note(words: str) -> Paragraph:
    return Paragraph((Run(words),), style="Note")


def _section(section: Section, told: Told) -> Iterator[Block]:
    if section.lines:
        yield from _figures(section, told)
    for money in section.money:
        head = _head(_("Гроші"), money.currency)
        yield _table([head], [(label, words) for label, _value, words in money.rows], (11, 6), name=_("Гроші"))
    if section.places is not None and section.has_places:
        yield from _places(section.places)
    for story in section.stories:
        yield from _story(story)


def _figures(section: Section, told: Told) -> Iterator[Block]:
    """The table of indicators, then a bar of each that has a target, then the parts."""
    wide = 3 if section.has_aims else 1, 3 if section.has_targets else 1
    parts = (_("Є"), _("Мета"), _("Виконано"))
    above = [Cell("", span=2), Cell(_("За період звіту"), span=wide[0]), Cell(_("З початку програми"), span=wide[1])]
    below = _head(_("Код"), _("Показник"), *parts[: wide[0]], *parts[: wide[1]])
    rows = []
    for line in section.lines:
        months = (line.said["value"], line.said["aim"], line.percent_of_months_said or "—")
        whole = (line.said["total"], line.said["target"], line.percent_said or "—")
        named = (f"{line.indicator.called}, {line.indicator.unit_called}", line.href_of_months)
        rows.append((line.code, named, *months[: wide[0]], *whole[: wide[1]]))
    numbers = sum(wide)
    each = 1.75 if numbers > 4 else 2.4  # noqa: PLR2004 — six columns of numbers or fewer
    widths = (1.7, WIDE - 1.7 - each * numbers, *(each,) * numbers)
    yield _table([above, below], rows, widths, numbers=range(2, 2 + numbers), name=section.title)
    yield _note(told.whole_said)
    aimed = [line for line in section.lines if line.percent is not None]
    if aimed:
        yield Heading(_("Скільки від мети програми вже є"), 2)
        for line in aimed:
            yield from _bar(line)
    for line in section.lines:
        for dimension in line.dimensions:
            yield from _parts(line, dimension)


def _bar(line: Line) -> Iterator[Block]:
    said = {"percent": line.percent_said, "total": line.said["total"], "target": line.said["target"]}
    words = _("%(percent)s (%(total)s із %(target)s)") % said
    name = f"{line.code} · {line.indicator.called}: "
    yield Paragraph((Run(name), Run(words, is_bold=True)), style="Near", keeps_next=True)
    yield Bar(float(line.percent or 0), name + words, BRICK if line.is_behind else GREEN)


def _parts(line: Line, dimension: Any) -> Iterator[Block]:
    title = f"{line.code} · {line.indicator.called}: {dimension.label}"
    yield Heading(title, 2)
    rows = [
        (share.label, splits.incomplete(contents.said(line.indicator, share.value), share.value, share.untold))
        for share in dimension.shares
    ]
    if dimension.untold:
        rows.append((_("не вказано або приховано"), contents.said(line.indicator, dimension.untold)))
    yield _table([_head(dimension.label.capitalize(), _("За період звіту"))], rows, (11, 4), name=title)


def _places(places: Places) -> Iterator[Block]:
    body = set_in_type.made(paper.map_alone(places.drawing))
    yield Picture(body, MAP_WIDE, MAP_WIDE * MAP_SHAPE, places.shown, kind="png")
    yield _note(places.shown)
    rows = [(row.oblast.label, contents.said(places.indicator, row.value), row.names) for row in places.rows]
    head = _head(_("Область"), places.indicator.unit_called.capitalize(), f"{_('Громади')}: {places.count}")
    yield _table([head], rows, (4.4, 2.6, 10), numbers=(1,), name=places.shown)


def _story(story: Any) -> Iterator[Block]:
    yield Heading(story.title, 2)
    yield _note(story.meta)
    if story.lead:
        yield Paragraph((Run(story.lead, is_bold=True),))
    if story.photo is not None:
        photo = story.photo
        body = photographs.cover(files.copy(photo.stored, PHOTO), PHOTO, PHOTO * 2 // 3)
        yield Picture(body, PHOTO_WIDE, PHOTO_WIDE * 2 / 3, photo.caption or story.title)
        if credit := " · ".join(filter(None, (photo.caption, photo.credit))):
            yield _note(credit)
    for words in filter(None, story.text.split("\n")):
        yield Paragraph((Run(words),))
    yield Paragraph((Run(story.href, href=story.href),))


def _head(*words: str) -> list[Cell]:
    return [Cell(one) for one in words]


def _table(
    head: Sequence[Sequence[Cell]],
    rows: Iterable[Sequence[Any]],
    widths: Sequence[float],
    *,
    numbers: Iterable[int] = (1,),
    name: str,
) -> Table:
    """A table; a cell is text, or text with the address that it leads to."""
    cells = [[Cell(*one) if isinstance(one, tuple) else Cell(one) for one in row] for row in rows]
    return Table(head, cells, widths, frozenset(numbers), name)

"""A report to a donor as a workbook: what indicators came to are formulas over the sheet of facts, so that anybody can check.

Facts are those that everybody may know. What a fact adds stands in its last column: its number, or, where places are counted, 1 at
the first fact of each place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.facts.queries.figures import EVER, Asked
from viche.formats import tables, workbook
from viche.formats.workbook import Formula, Sheet
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board, records, splits
from viche.results.queries.contents import Line
from viche.results.queries.records import Listed
from viche.results.queries.telling import Told
from viche.ui import wording

CONTENT_TYPE = tables.CONTENT_TYPES["xlsx"]
MOST_FACTS = 100_000
HEAD_ROWS = 1
WHOLE = "whole"
ADDED = {"E": "L", "H": "M"}
"""Which column of the facts is added up in which column of the indicators."""


def written(told: Told) -> bytes:
    """The workbook: indicators, their parts, money, facts, how to read it."""
    rows, is_cut = _facts(told)
    names = [_("Показники"), _("Складові"), _("Гроші"), _("Факти"), _("Про файл")]
    row_of = {one.pk: number for number, (one, _line) in enumerate(_every(told), HEAD_ROWS + 1)}
    grid = Grid(f"'{names[3]}'", max(len(rows), 1) + HEAD_ROWS, row_of)
    return workbook.book(
        [
            Sheet(names[0], _indicator_head(), _indicators(told, grid)),
            Sheet(
                names[1],
                [_("код"), _("показник"), _("розріз"), _("складова"), _("частина"), _("за період")],
                _parts(told, grid),
            ),
            Sheet(names[2], [_("валюта"), _("гроші"), _("сума")], _money(told)),
            Sheet(names[3], _fact_head(), rows),
            Sheet(names[4], [_("Що"), _("Відповідь")], _about(told, is_cut=is_cut)),
        ]
    )


def _indicator_head() -> list[str]:
    return [
        _("код"), _("код донора"), _("показник"), _("одиниця"), _("за період"), _("мета періоду"), _("виконано за період"),
        _("з початку програми"), _("мета програми"), _("виконано з початку програми"), _("сторінка"),
    ]  # fmt: skip


def _fact_head() -> list[str]:
    return [
        _("дата"), _("код"), _("частина"), _("складова"), _("область"), _("громада"), _("вид запису"), _("запис"),
        _("сторінка запису"), _("у періоді"), _("число"), _("зараховано за період"), _("зараховано від початку"),
    ]  # fmt: skip


def _every(told: Told) -> list[tuple[Indicator, Line | None]]:
    """The indicators of the report, then those of which its ratios are made."""
    every: dict[int, tuple[Indicator, Line | None]] = {line.indicator.pk: (line.indicator, line) for line in told.lines}
    for line in told.lines:
        for one in (line.indicator.over, line.indicator.under):
            if one is not None:
                every.setdefault(one.pk, (one, None))
    return list(every.values())


@dataclass(frozen=True)
class Grid:
    """Where things stand: the name of the sheet of facts as formulas write it, its last row, the rows of indicators."""

    facts: str
    last: int
    row_of: Mapping[int, int]

    def total(self, column: str, *, code: str, part: str) -> str:
        """The formula that adds up what the facts of an indicator, or of a part of it, add."""
        within = {name: f"{self.facts}!${name}$2:${name}${self.last}" for name in ("B", "C", column)}
        return f"SUMIFS({within[column]},{within['B']},{code},{within['C']},{part})"

    def value(self, one: Indicator, column: str, value: Decimal | None) -> Formula:
        """What an indicator comes to in a column: a sum of facts, or a ratio of two cells above or below."""
        known = "" if value is None else value
        if one.kind == IndicatorKind.RATIO:
            over, under = f"{column}{self.row_of[one.over_id]}", f"{column}{self.row_of[one.under_id]}"
            return Formula(f'IF({under}=0,"",ROUND({one.times}*{over}/{under},2))', known)
        row = self.row_of[one.pk]
        return Formula(self.total(ADDED[column], code=f"$A{row}", part=f'"{WHOLE}"'), known)

    def share(self, one: Indicator, columns: str, percent: int | None) -> Formula:
        """How far one of two columns is on the way from where the indicator began to the target in the other, whole percent."""
        actual, target = (f"{column}{self.row_of[one.pk]}" for column in columns)
        gone, way = f"({actual}-{one.baseline})", f"({target}-{one.baseline})"
        formula = f'IF(OR({target}="",{actual}=""),"",IF({way}=0,"",MAX(0,ROUNDDOWN({gone}/{way},2))))'
        return Formula(formula, "" if percent is None else Decimal(percent) / 100, is_share=True)


def _indicators(told: Told, grid: Grid) -> Iterator[list[Any]]:
    every = _every(told)
    asked = Asked(told.programme.pk, told.report.since, told.report.until)
    helpers = [one for one, line in every if line is None]
    now = board.values(helpers, asked, is_office=False) if helpers else {}
    ever = board.values(helpers, asked.at(EVER[0], told.report.until), is_office=False) if helpers else {}
    for one, line in every:
        if line is None:
            yield [
                one.code,
                "",
                one.called,
                one.unit_called,
                grid.value(one, "E", now[one.pk][0]),
                None,
                None,
                grid.value(one, "H", ever[one.pk][0]),
            ]
        else:
            yield [
                one.code,
                line.code,
                one.called,
                one.unit_called,
                grid.value(one, "E", line.value),
                line.aim,
                grid.share(one, "EF", line.percent_of_months),
                grid.value(one, "H", line.total),
                line.target,
                grid.share(one, "HI", line.percent),
                Formula(f'HYPERLINK("{line.href_of_months}","{one.code}")', one.code) if line.href_of_months else None,
            ]


def _parts(told: Told, grid: Grid) -> Iterator[list[Any]]:
    row = HEAD_ROWS
    for line in told.lines:
        for dimension in line.dimensions:
            for share in dimension.shares:
                row += 1
                formula = Formula(grid.total("L", code=f"$A{row}", part=f"$E{row}"), share.value)
                yield [line.indicator.code, line.indicator.called, dimension.label, share.label, share.split, formula]


def _money(told: Told) -> Iterator[list[Any]]:
    seen = {money.currency: money for section in told.sections for money in section.money}
    for currency, money in seen.items():
        for label, value, _words in money.rows:
            yield [currency, label, value]


def _facts(told: Told) -> tuple[list[list[Any]], bool]:
    """The facts behind every number of the report, from the beginning to the end of its months; and whether some are left out."""
    rows: list[list[Any]] = []
    months = Asked(told.programme.pk, told.report.since, told.report.until)
    ever = months.at(EVER[0], told.report.until)
    for one, line in _every(told):
        if one.kind == IndicatorKind.RATIO:
            continue
        parts = [share.split for dimension in (line.dimensions if line else ()) for share in dimension.shares]
        for split in ("", *parts):
            for row in _of_part(told, one, split, months if split and not board.is_stock(one) else ever):
                if len(rows) >= MOST_FACTS:
                    return rows, True
                rows.append(row)
    return rows, False


def _of_part(told: Told, one: Indicator, split: str, asked: Asked) -> Iterator[list[Any]]:
    listed = records.of_indicator(one, split)
    if listed is None:
        return
    if one.how == How.ONCE:
        yield from _of_people(told, listed, asked)
        return
    words = splits.label(one, split) if split else ""
    seen: dict[str, set[int | None]] = {"now": set(), "ever": set()}
    for record in records.everything(listed, asked, is_office=False):
        is_now = record.on >= told.report.since
        place = record.hromada if one.how == How.HROMADAS else record.oblast
        added = []
        for name, counts in (("now", is_now or board.is_stock(one)), ("ever", True)):
            if one.how == How.SUM:
                added.append(record.value if counts else 0)
            else:
                is_first = counts and place is not None and place.pk not in seen[name]
                if is_first:
                    seen[name].add(place.pk)
                added.append(int(is_first))
        yield [
            record.on,
            one.code,
            split or WHOLE,
            words,
            record.oblast.label if record.oblast else "",
            record.hromada.label if record.hromada else "",
            record.what,
            record.described.code,
            _absolute(record.address),
            is_now,
            record.value if record.value is not None else _("приховано"),
            *added,
        ]


def _of_people(told: Told, listed: Listed, asked: Asked) -> Iterator[list[Any]]:
    """The months in which people came first: of those of the report, and of all until their end. They do not add up."""
    months = asked.at(told.report.since, told.report.until)
    for is_now, within in ((True, months), (False, asked)):
        for one in records.newcomers(listed, within, is_office=False):
            added = [one.value, 0] if is_now else [0, one.value]
            what = _("прийшли вперше за ці місяці")
            yield [one.month, listed.code, WHOLE, "", "", "", what, "", "", is_now, one.value, *added]


def _absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}" if path.startswith("/") else path


def _about(told: Told, *, is_cut: bool) -> Iterator[list[Any]]:
    yield [_("Звіт"), told.report.title]
    yield [_("Програма"), told.programme.called]
    yield [_("Донор"), told.report.donor]
    yield [_("Період"), told.months]
    yield [_("Два відліки"), told.whole_said]
    yield [_("Прочитано"), wording.moment(told.at, kyiv=True)]
    yield [_("Сторінка програми"), told.address]
    yield [
        _("Як перевірити"),
        _(
            "Числа на аркушах «Показники» й «Складові» – формули: вони додають рядки аркуша «Факти». Змініть факт, і зміниться показник."
        ),
    ]
    yield [_("Малі групи"), told.masked_said]
    if is_cut:
        said = {"most": wording.number(MOST_FACTS)}
        yield [
            _("Увага"),
            _("Фактів понад %(most)s: на аркуші лише перші, тому суми за формулами менші за справжні.") % said,
        ]
    if told.note:
        yield [_("Показова установка"), told.note]

"""Reports and the brief set in type: what their templates are told, all of it in words by then."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from viche.files import operations as files
from viche.formats.xmltext import said as in_xml
from viche.methods import units
from viche.places.queries import OblastMap
from viche.results.models import Indicator
from viche.results.queries import contents, splits
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted
from viche.results.queries.contents import Line
from viche.results.queries.dashboards import Dashboard
from viche.results.queries.splits import Dimension
from viche.results.queries.stories import Story
from viche.results.queries.telling import Section, Told
from viche.results.queries.trends import Step
from viche.ui import paper, wording
from viche.ui.paper import breakable
from viche.ui.templatetags.ui.charts import share

RAMP = ("#efe7d3", "#c2dabc", "#82b390", "#2f6f54", "#123f30")  # of tokens.css by day
PALE, DEEP = "#1b231f", "#ffffff"
DEEP_FROM = 3
HEADLINES, BARS, DIMENSIONS, SHARES, STEPS, PLACES, STORIES = 6, 9, 3, 7, 12, 8, 3
LONGEST_STORY = 620
PHOTO = 480


def report(told: Told) -> paper.Sheet:
    """A report to a donor on A4."""
    said = {
        "title": breakable(told.report.title),
        "programme": breakable(told.programme.called),
        "for": breakable(told.report.donor),
        "months": told.months,
        "read": f"{told.read_said} {told.masked_said}",
        "address": told.address,
        "address_said": breakable(told.address.partition("://")[2].rstrip("/")),
        "words": _report_words(),
        "sections": [_section(one, told) for one in told.sections],
    }
    return paper.Sheet("results/paper/report.typ", said)


def _report_words() -> dict[str, str]:
    return {
        "code": _("Код"),
        "indicator": _("Показник"),
        "months": _("За період звіту"),
        "whole": _("З початку програми"),
        "value": _("Є"),
        "aim": _("Мета"),
        "percent": _("Виконано"),
        "oblast": _("Область"),
        "hromadas": _("Громади"),
        "money": _("Гроші"),
        "page": _("с. # із #"),
        "aimed": _("Скільки від мети програми вже є"),
    }


def _section(section: Section, told: Told) -> dict[str, Any]:
    places = section.places if section.has_places else None
    return {
        "title": breakable(section.title),
        "paragraphs": [breakable(one) for one in section.paragraphs],
        "lines": [_line(one) for one in section.lines],
        "aims": section.has_aims,
        "targets": section.has_targets,
        "whole_said": told.whole_said,
        "money": [
            {"currency": one.currency, "rows": [(label, words) for label, _value, words in one.rows]}
            for one in section.money
        ],
        "map": drawn(places.drawing) if places else "",
        "mapped": breakable(places.shown) if places else "",
        "mapped_unit": breakable(places.indicator.unit_called.capitalize()) if places else "",
        "count": places.count if places else 0,
        "places": [
            (row.oblast.label, contents.said(places.indicator, row.value), breakable(row.names)) for row in places.rows
        ]
        if places
        else [],
        "stories": [_story(one) for one in section.stories],
    }


def map_alone(drawing: OblastMap) -> paper.Sheet:
    """The map as a picture, for documents that others set."""
    said = {"title": _("Карта України за областями"), "map": drawn(drawing)}
    return paper.Sheet("results/paper/map.typ", said, kind=paper.PNG)


def _line(line: Line) -> dict[str, Any]:
    one = line.indicator
    return {
        "code": breakable(line.code),
        "name": breakable(f"{one.called}, {one.unit_called}"),
        "href": line.href_of_months,
        **line.said,
        "percent_of_months": line.percent_of_months_said or "—",
        "percent": line.percent_said or "—",
        "share": _share(line.total, line.target) if line.percent is not None else None,
        "bar": _("%(percent)s (%(total)s із %(target)s)")
        % {"percent": line.percent_said, "total": line.said["total"], "target": line.said["target"]},
        "behind": line.is_behind,
        "dimensions": [_dimension(one, dimension) for dimension in line.dimensions],
    }


def _share(value: Decimal | None, most: Any) -> float:
    """The length of a bar on the scale of a hundred."""
    return float(share(value or 0, most or 0))


def _dimension(one: Any, dimension: Dimension, most: int | None = None) -> dict[str, Any]:
    """A figure split one way: its parts with their bars, the largest of many, and what stands in none of them."""
    rows = list(dimension.shares)
    if most is not None and len(rows) > most:
        rows = sorted(rows, key=lambda row: -row.value)[:most]
    longest = max((row.value for row in rows), default=Decimal(0))
    said = [splits.incomplete(contents.said(one, row.value), row.value, row.untold) for row in rows]
    told = [(row.label, words, _share(row.value, longest)) for row, words in zip(rows, said, strict=True)]
    rest = contents.said(one, dimension.untold) if dimension.untold else ""
    return {"label": dimension.label, "rows": told, "rest": rest, "rest_said": _("не вказано або приховано")}


def _story(story: Story, longest: int = 10**6) -> dict[str, Any]:
    text = story.text
    if len(text) > longest:
        text = text[:longest].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"
    photo = story.photo
    body = files.copy(photo.stored, PHOTO).read_bytes() if photo is not None else b""
    return {
        "title": breakable(story.title),
        "meta": story.meta,
        "lead": breakable(story.lead),
        "text": [breakable(one) for one in text.split("\n") if one.strip()],
        "href": story.href,
        "photo": list(body),
        "caption": " · ".join(filter(None, (photo.caption, photo.credit))) if photo else "",
        "alt": (photo.caption if photo else "") or story.title,
    }


def drawn(drawing: OblastMap) -> str:
    """The map of oblasts as a picture of its own, with the numbers in it."""
    parts = [
        f'<path d="{region["path"]}" fill="{RAMP[region["step"]]}" stroke="#8a8068" stroke-width="1"/>'
        for region in drawing.regions
    ]
    for region in drawing.regions:
        if region["value"] and region.get("label_x") is not None:
            colour = DEEP if region["step"] >= DEEP_FROM else PALE
            parts.append(
                f'<text x="{region["label_x"]}" y="{region["label_y"]}" fill="{colour}" font-family="Roboto" font-size="17" '
                f'font-weight="700" text-anchor="middle">{in_xml(wording.number(region["value"]))}</text>'
            )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.box}">{"".join(parts)}</svg>'


def brief(
    found: Dashboard,
    chosen: Chosen,
    *,
    drawing: OblastMap | None,
    trend: tuple[Indicator | None, list[Step]],
    stories: list[Story],
) -> paper.Sheet:
    """The dashboard on two pages of A4, to print and to send."""
    programme = chosen.programme
    path = reverse("results:dashboard", args=[programme.code])
    address = f"{settings.SITE_ADDRESS}{path}{chosen.query()}"
    aimed = [one for one in found.counted if one.percent is not None]
    said = {
        "title": breakable(programme.called),
        "lead": breakable(programme.told),
        "months": f"{chosen.when.label}{f' · {chosen.where.label}' if chosen.where.label else ''}",
        "headlines": [_headline(one) for one in found.headlines[:HEADLINES]],
        "aimed": [_aimed(one) for one in aimed[:BARS]],
        "map": drawn(drawing) if drawing else "",
        "mapped": f"{found.shown.called}, {found.shown.unit_called}" if found.shown else "",
        "places": _first_places(drawing, found.shown),
        "dimensions": _dimensions(found),
        "split_of": found.split_of.called if found.split_of else "",
        "trend": _trend(*trend),
        "trend_of": f"{trend[0].called}, {trend[0].unit_called}" if trend[0] else "",
        "money": [_money(currency, sums) for currency, sums in found.money.items()][:2],
        "stories": [_story(one, LONGEST_STORY) for one in stories[:STORIES]],
        "words": _brief_words(),
        "address": address,
        "address_said": breakable(address.partition("://")[2].rstrip("/")),
        "qr": paper.qr(address),
    }
    return paper.Sheet("results/paper/brief.typ", said, after=("results/paper/drawings.typ",))


def _brief_words() -> dict[str, str]:
    return {
        "results": _("Результати програми"),
        "aimed": _("Мета й виконано"),
        "map": _("Де це було"),
        "splits": _("Хто це"),
        "trend": _("Як ішло"),
        "money": _("Гроші"),
        "story": _("Історія"),
        "of": _("із"),
        "behind": _("відстає від плану"),
        "scan": _("Кожне число тут – посилання: наведіть телефон і відкрийте записи, з яких воно складене."),
        "masked": _("Людей, яких менш як 5, у числах немає."),
        "qr": _("QR-код сторінки результатів"),
        "page": _("с. # із #"),
    }


def _told(one: Counted) -> str:
    """A value as everybody is told it."""
    return splits.told(one, contents.said(one.indicator, one.value))


def _headline(one: Counted) -> dict[str, str]:
    return {
        "value": _told(one),
        "name": breakable(one.indicator.called),
        "unit": units.declined(one.indicator.unit_called, one.value),
        "href": f"{settings.SITE_ADDRESS}{one.indicator.get_absolute_url()}",
    }


def _aimed(one: Counted) -> dict[str, Any]:
    """Fact and target on one scale: the longer of them is a hundred."""
    most = max(one.value or Decimal(0), one.target or Decimal(0))
    return {
        "name": breakable(one.indicator.called),
        "value": _told(one),
        "target": contents.said(one.indicator, one.target),
        "percent": f"{wording.number(one.percent or 0)}{wording.NBSP}%",
        "length": _share(one.value, most),
        "mark": _share(one.target, most),
        "behind": one.is_behind,
    }


def _first_places(drawing: OblastMap | None, shown: Any) -> list[tuple[str, str]]:
    """The oblasts where most was counted, in words."""
    if drawing is None:
        return []
    some = sorted((region for region in drawing.regions if region["value"]), key=lambda region: -region["value"])
    return [(region["name"], contents.said(shown, region["value"])) for region in some[:PLACES]]


def _dimensions(found: Dashboard) -> list[dict[str, Any]]:
    return [_dimension(found.split_of, one, SHARES) for one in found.dimensions[:DIMENSIONS]] if found.split_of else []


def _trend(one: Indicator | None, trend: list[Step]) -> list[tuple[str, str, float]]:
    """The latest steps from the first to the last one in which anything was counted, with their columns."""
    told = [at for at, step in enumerate(trend) if step.value]
    if one is None or not told:
        return []
    steps = trend[told[0] : told[-1] + 1][-STEPS:]
    most = max((step.value or Decimal(0) for step in steps), default=Decimal(0))
    return [(step.short, contents.said(one, step.value), _share(step.value, most)) for step in steps]


def _money(currency: str, sums: list[Any]) -> dict[str, Any]:
    most = max((one.value for one in sums), default=Decimal(0))
    return {
        "currency": currency,
        "rows": [(one.label, wording.money(one.value, currency), _share(one.value, most)) for one in sums],
    }

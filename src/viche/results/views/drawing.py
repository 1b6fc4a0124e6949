"""What the templates of figures draw: numbers in words, shares of bars, and where each number leads."""

from decimal import Decimal
from functools import cache
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from viche.places import queries as places
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import records, splits
from viche.results.queries.dashboards import Dashboard
from viche.results.queries.saying import said
from viche.results.queries.sides import Side
from viche.ui import wording


def told(counted):
    """A value as everybody is told it."""
    return splits.told(counted, said(counted.indicator, counted.value))


def row(counted, side: Side, chosen):
    """An indicator beside its target: the bar, the words, the addresses."""
    one = counted.indicator
    most = max(filter(None, (counted.value, counted.target)), default=Decimal(0))
    return {
        "indicator": one,
        "counted": counted,
        "said": said(one, counted.value) if side.is_office else told(counted),
        "target": said(one, counted.target),
        "kept": said(one, counted.kept),
        "href": side.figure(one, chosen),
        "most": most,
        "kind": "miss" if counted.is_behind else "",
    }


def rows(groups, side, chosen):
    """The goals with their indicators; goals below which there is nothing are left out."""
    drawn = [(group.branch, [row(one, side, chosen) for one in group.counted]) for group in groups]
    kept = []
    for at, (branch, found) in enumerate(drawn):
        below = branch and any(
            later and theirs and later.number.startswith(f"{branch.number}.") for later, theirs in drawn[at + 1 :]
        )
        if found or below:
            kept.append((branch, found))
    return kept


def headlines(counted, side, chosen):
    """The big numbers of the head, each opening its page."""
    items = []
    for one in counted:
        drawn = row(one, side, chosen)
        note = ""
        if one.target is not None:
            note = _("мета %(target)s") % {"target": drawn["target"]}
            if one.percent is not None:
                note = f"{note} · {wording.number(one.percent)}{wording.NBSP}%"
        label = one.indicator.called
        items.append({"value": drawn["said"], "label": label, "note": note, "href": drawn["href"]})
    return items


def oblasts(found: Dashboard, side, chosen, known):
    """The map of one indicator, with a second as rhombs; nothing where a place is asked for or there is nothing to draw."""
    one, second = found.shown, found.second
    if one is None or one.pk not in found.by_oblast:
        return None
    values = found.by_oblast[one.pk]
    beside = found.by_oblast.get(second.pk, {}) if second else {}
    drawn = places.map_of(
        {oblast.code: values.get(oblast.pk) or 0 for oblast in known},
        known=known,
        href=lambda oblast: side.figure(one, chosen, oblast=oblast.slug),
        said=lambda value: said(one, value) if value else _("ще немає"),
    )
    by_code = {oblast.code: oblast for oblast in known}
    for region in drawn.regions:
        oblast = by_code.get(region["code"])
        value = beside.get(oblast.pk) if oblast else None
        if value:
            address = side.figure(second, chosen, oblast=oblast.slug)
            region |= {"second": value, "second_said": said(second, value), "second_href": address}
    second = second if any(beside.values()) else None
    return {
        "drawn": drawn,
        "one": one,
        "second": second,
        "whole": side.figure(one, chosen),
        "first": _("Колір і число: %(name)s") % {"name": one.called},
        "rhomb": _("Ромб: %(name)s") % {"name": second.called} if second else "",
    }


def trend(one, steps, side, chosen):
    """The bars of a trend, each opening the figure of its months."""
    own = {"period": ""}
    return [
        {
            "label": step.label,
            "short": step.short,
            "value": step.value,
            "said": said(one, step.value),
            "href": side.figure(one, chosen, **own, since=step.since, until=step.until),
        }
        for step in steps
    ]


def dimensions(one, found, side, chosen, aims=None):
    """The parts of a figure as bars with their numbers, each opening its records."""
    drawn = []
    for dimension in found:
        most = max((share.value for share in dimension.shares), default=0)
        lines = [
            {
                "label": share.label,
                "value": share.value,
                "said": splits.incomplete(said(one, share.value), share.value, share.untold),
                "aim": (aims or {}).get(share.split),
                "href": side.records(records.part_of(one, share.split), chosen),
            }
            for share in dimension.shares
        ]
        untold = said(one, dimension.untold) if dimension.untold else ""
        drawn.append(
            {
                "label": dimension.label,
                "lines": lines,
                "most": most,
                "untold": untold,
                "whole_href": side.records(records.part_of(one, one.split), chosen),
                "overlap": dimension.untold is None,
            }
        )
    return drawn


def money(found, side, chosen):
    """Sums by currency, each opening its records."""
    return [
        {
            "currency": currency,
            "most": max(line.value for line in lines),
            "lines": [
                {
                    "label": line.label,
                    "value": line.value,
                    "said": wording.money(line.value, currency),
                    "href": side.measure(line.measure, chosen),
                }
                for line in lines
            ],
        }
        for currency, lines in found.items()
    ]


def funnel(found, side, chosen):
    """How many applications came how far, each step opening its records."""
    return [{"label": name, "value": number, "href": side.measure(code, chosen)} for code, name, number in found]


def breakdown(one, found, chosen):
    """The places of a figure, each with its number in words and the query that leads into it; none for what lies in no place. There may be hundreds."""
    begun = cache(lambda *names: chosen.query(**dict.fromkeys(names, "")))

    def asking(asks):
        query = begun(*(name for name, _word in asks))
        return f"{query}{'&' if query else '?'}{urlencode([(name, word) for name, word in asks if word])}"

    return [(place, said(one, place.value), asking(place.asks) if place.asks else "") for place in found]


def listed_said(listed, value):
    """A number of a list in words."""
    if value is None:
        return None
    return wording.money(value, listed.currency) if listed.currency else wording.number(value)


def part_said(listed):
    """Which part a list is of, in words; empty for the whole."""
    one = listed.indicator or Indicator(kind=IndicatorKind.COUNTED, measure=listed.part[0])
    return splits.label(one, listed.part[1])


def signed(one, value):
    """A difference with its sign; None where there is none to tell."""
    if value is None:
        return None
    return f"+{said(one, value)}" if value > 0 else said(one, value)

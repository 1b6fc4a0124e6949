"""What a page has many of, a map's rhombs and a month's days, as text: a template would take ten times as long for them."""

from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from viche.places import queries as places
from viche.ui import wording


@lru_cache(maxsize=8)
def _land(known):
    del known  # for which it was drawn
    return render_to_string("events/public/_map_land.html", {"shapes": places.map_of({}).regions})


def land(oblasts):
    """The regions as drawn, with their names; drawn once per process, language and state of the codifier."""
    return _land(tuple((one.code, one.label) for one in oblasts))


def names(labels, sight):
    """Names on the map, for SVG; with a point where a hromada is named."""
    scale = f"scale({sight.scale})"
    told = []
    for one in labels:
        tick = f'<g transform="translate({one.tick}) {scale}"><circle r="2.2"/></g>' if one.tick else ""
        shape = f"{one.kind} roomy" if one.is_roomy else one.kind
        named = f'<text y=".35em">{escape(one.text)}</text>'
        told.append(f'{tick}<g class="{shape}" transform="translate({one.place}) {scale}">{named}</g>')
    return SafeString("\n".join(told))


def rhombs(clusters, sight):
    """Clusters with the addresses to which they lead, for SVG; what a finger meets is a circle around the rhomb."""
    return SafeString("\n".join([_rhomb(one, href, sight.scale) for one, href in clusters]))


def _rhomb(one, href, scale):
    leads = f' href="{escape(href)}"' if href else ""
    part = f' data-part="{escape(one.part)}"' if one.part else ""
    ring = f'<polygon class="ring" points="{one.ring}"/>' if one.places > 1 else ""
    return (
        f'<a class="{one.kind}"{leads}{part} transform="translate({one.place}) scale({scale})"'
        f' aria-label="{escape(one.said)}"><circle r="14"/>{ring}'
        f'<polygon points="{one.rhomb}"/><text y=".35em">{one.told}</text></a>'
    )


def table(rows):
    """Clusters as rows of a table."""
    return SafeString("".join([_row(one, href) for one, href in rows]))


def _row(one, href):
    beside = ""
    if one.places > 1:
        said = ngettext("%(n)s місце", "%(n)s місць поруч", one.places) % {"n": wording.number(one.places)}
        beside = f' <span class="note">{escape(said)}</span>'
    told = f'<a class="figure" href="{escape(href)}">{one.told}</a>' if href else one.told
    return f'<tr><th scope="row">{escape(one.name)}{beside}</th><td class="num">{told}</td></tr>'


def month(weeks):
    """The rows of a month's table: forty days, each with a few events."""
    more = {}  # the same few numbers again and again
    rows = ("".join([_day(cell, more) for cell in week]) for week in weeks)
    return SafeString("".join([f"<tr>{row}</tr>\n" for row in rows]))


def _day(cell, more):
    today = ' aria-current="date"' if cell.is_today else ""
    listed = "".join([_event(*one) for one in cell.told])
    if cell.more:
        if cell.over not in more:
            said = ngettext("і ще %(n)s захід", "і ще %(n)s заходів", cell.over) % {"n": wording.number(cell.over)}
            more[cell.over] = escape(said)
        listed += f'<li><a href="{escape(cell.more)}">{more[cell.over]}</a></li>'
    return (
        f'<td class="{cell.classes}"><time class="month-day" datetime="{cell.iso}"{today}>'
        f'<span class="month-number">{cell.number}</span><span class="month-said">{escape(cell.said)}</span></time>'
        f"{f'<ul>{listed}</ul>' if listed else ''}</td>"
    )


def _event(hour, href, title, off, _place):
    link = f'<a href="{escape(href)}">{escape(title)}</a>'
    said = f'<s>{link}</s> <span class="note">{escape(off)}</span>' if off else link
    return f"<li>{hour} {said}</li>"

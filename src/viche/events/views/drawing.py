"""The land under the map of events, and the many small things on it: a template would take ten times as long for them."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from viche.places import queries as places


@lru_cache(maxsize=8)
def _land(known):
    del known  # for which it was drawn
    return render_to_string("events/public/_map_land.html", {"shapes": places.map_of({}).regions})


def land(oblasts):
    """The regions as drawn, with their names; drawn once per process, language and state of the codifier."""
    return _land(tuple((one.code, one.label) for one in oblasts))


def names(labels, sight):
    """Names on the map, for SVG; with a point where a hromada is named."""
    tick = f'<g transform="translate({{}}) scale({sight.scale})"><circle r="2.2"/></g>'
    name = f'<g class="{{}}" transform="translate({{}}) scale({sight.scale})"><text y=".35em">{{}}</text></g>'
    return format_html_join(
        "\n",
        "{}{}",
        (
            (
                format_html(tick, one.tick) if one.tick else "",
                format_html(name, f"{one.kind} roomy" if one.is_roomy else one.kind, one.place, one.text),
            )
            for one in labels
        ),
    )


def rhombs(clusters, sight):
    """Clusters with the addresses to which they lead, for SVG; what a finger meets is a circle around the rhomb."""
    rhomb = (
        f'<a class="{{}}"{{}}{{}} transform="translate({{}}) scale({sight.scale})" aria-label="{{}}"><circle r="14"/>{{}}'
        '<polygon points="{}"/><text y=".35em">{}</text></a>'
    )
    return format_html_join(
        "\n",
        rhomb,
        (
            (
                one.kind,
                format_html(' href="{}"', href) if href else "",
                format_html(' data-part="{}"', one.part) if one.part else "",
                one.place,
                one.said,
                SafeString(f'<polygon class="ring" points="{one.ring}"/>') if one.places > 1 else "",
                one.rhomb,
                one.told,
            )
            for one, href in clusters
        ),
    )

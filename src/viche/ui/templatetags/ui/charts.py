"""Charts drawn by the server: lengths in attributes, colours by class, the numbers always beside."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from viche.ui import wording

from .library import draw, register
from .words import figure

METERS = ("", "second", "miss")


def share(value: Any, most: Any) -> str:
    """Give the length of a bar on the scale of a hundred."""
    length = 100 * float(value) / float(most) if most else 0
    return f"{min(100.0, max(0.0, length)):.2f}".rstrip("0").rstrip(".")


@register.simple_tag
def meter(value: Any, most: Any, target: Any = None, kind: str = "", label: str = "") -> SafeString:
    """Draw a bar from zero; `target` is a dark upright, `kind="miss"` says behind plan. With `label` it is read aloud."""
    if kind not in METERS:
        raise ValueError(f"no such meter: {kind}")
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    mark = ""
    if target is not None:
        mark = f'<rect class="mark" x="{min(99.0, float(share(target, most))):g}" y="0" width="1" height="14"/>'
    colour = f' class="{kind}"' if kind else ""
    return mark_safe(
        f'<svg class="meter" viewBox="0 0 100 14" preserveAspectRatio="none" {spoken}>'
        f'<rect class="rest" x="0" y="2" width="100" height="10"/>'
        f'<rect{colour} x="0" y="2" width="{share(value, most)}" height="10"/>{mark}</svg>'
    )


@register.simple_tag
def breakdown(rows: list[tuple], most: Any) -> SafeString:
    """Draw a table's rows with a bar and a number: each (place, said, href), hundreds of them, hence no template."""
    drawn = []
    for place, said, href in rows:
        inner = ' class="tree-1"' if place.is_inner else ""
        bar = meter(place.value, most) if place.value else ""
        number = figure(said, href, place.label) if href else escape(said)
        drawn.append(
            f'<tr><th scope="row"{inner}>{escape(place.label)}</th><td>{bar}</td><td class="num">{number}</td></tr>'
        )
    return mark_safe("".join(drawn))


@register.simple_tag
def funnel(rows: list[dict]) -> SafeString:
    """Draw how many are left at each step: each {label, value, href}; the first row is the whole."""
    most = max((row["value"] for row in rows), default=0)
    return draw("funnel", rows=rows, most=most)


WIDTH, BOTTOM, TOP = 720, 200, 36
"""The drawing of a trend: how wide, where its bars stand, how high the highest reaches."""
EDGE = 48
"""Half the room that a word takes."""
NAMED = 6
"""So many steps are named below the bars, and so many bars have their number above."""


def bars(steps: list[dict]) -> list[dict]:
    """Lay out a trend's bars: from zero, the highest to the top. Numbers stand on few bars, else on the highest alone."""
    values = [float(step["value"] or 0) for step in steps]
    most = max(values, default=0)
    room = WIDTH / len(steps)
    every = -(-len(steps) // NAMED)
    drawn = []
    for at, (step, value) in enumerate(zip(steps, values, strict=True)):
        height = (BOTTOM - TOP) * value / most if most else 0
        told = len(steps) <= NAMED or at == values.index(most)
        sizes = {"x": at * room + room * 0.12, "width": room * 0.76, "y": BOTTOM - height, "height": height}
        # Words at the edges stay within the drawing.
        middle = min(max((at + 0.5) * room, EDGE), WIDTH - EDGE)
        sizes |= {"middle": middle, "above": BOTTOM - height - 8}
        drawn.append(
            {**step, **{name: f"{size:.1f}" for name, size in sizes.items()}}
            | {"told": told and value > 0, "named": at % every == 0}
        )
    return drawn


@register.simple_tag
def trend(steps: list[dict], title: str, column: str, label: str = "") -> SafeString:
    """Draw how a number went: a bar for each month, quarter or year, with the same as a table.

    Each step: {label, short, value, said, href}; `said` is the value in words, `short` stands below the bar.
    """
    return draw("trend", steps=bars(steps), title=title, column=column, label=label or _("Коли"), width=WIDTH)


RHOMB = 12
"""Half the diagonal of the greatest rhomb on the map; area tells the value."""


def rhombs(regions: list[dict]) -> list[dict]:
    """Lay out the second measure of a map: a rhomb below each number, its area by the value, never too small to be seen."""
    most = max((float(region.get("second") or 0) for region in regions), default=0)
    for region in regions:
        if not region.get("second") or not region["label_x"]:
            continue
        half = max(3.0, RHOMB * (float(region["second"]) / most) ** 0.5)
        x, y = float(region["label_x"]), float(region["label_y"]) + 5 + half
        region["rhomb"] = (
            f"M{x:.1f} {y - half:.1f}l{half:.1f} {half:.1f}l-{half:.1f} {half:.1f}l-{half:.1f} -{half:.1f}z"
        )
    return regions


def worded(region: dict) -> dict:
    """Add what is printed on a region and what is said of it; coordinates go as text, whatever the language."""
    value = region["value"] or 0
    shown = wording.number(value)
    places = {name: str(region[name]) if region.get(name) is not None else "" for name in ("label_x", "label_y")}
    return {**region, **places, "value": value, "shown": shown, "said": region.get("text") or shown}


@register.simple_tag
def oblast_map(
    regions: list[dict],
    title: str,
    key: list[dict],
    column: str,
    *,
    label: str = "",
    caption: str = "",
    total: Any = None,
    box: str = "0 0 720 488",
    second: str = "",
    first: str = "",
    rhomb: str = "",
    total_href: str = "",
) -> SafeString:
    """Draw Ukraine by oblast with its key and the same as a table.

    Each region: {code, name, path, label_x, label_y, value, href, step, text}; `step` 0–4 is the shade, `text` what is said
    of it ("6 громад"), else the value. `key`: [{step, text}]. `column` heads the numbers of the table. With `second`, the words
    for another measure, regions that have it bring {second, second_said, second_href} too and get a rhomb by its size; then
    `first` says above the key whose the colours and the numbers are, `rhomb` whose the rhombs. `total_href` opens the total.
    """
    regions = [worded(region) for region in regions]
    regions = rhombs(regions) if second else regions
    return draw(
        "oblast_map",
        regions=regions,
        caption=caption,
        title=title,
        key=key,
        column=column,
        label=label or _("Область"),
        total=total,
        box=box,
        second=second,
        first=first,
        rhomb=rhomb or second,
        total_href=total_href,
        table=sorted(regions, key=lambda region: -region["value"]),
    )

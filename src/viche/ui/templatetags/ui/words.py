"""Single words of a page: a state, a counted number, a moment, a sum."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from viche.methods import deadlines
from viche.ui import wording

from .library import register

STATES = [
    "open",
    "held",
    "soon",
    "closed",
    "late",
    "told",
    "draft",
    "unverified",
    "verified",
    "saved",
    "offline",
    "failed",
]
STAR = (
    "M17.5 15.25L23.9 8.85L30.3 8.85L23.9 15.25zM17.5 16.75L23.9 23.15L30.3 23.15L23.9 16.75z"
    "M16.75 17.5L23.15 23.9L23.15 30.3L16.75 23.9zM15.25 17.5L8.85 23.9L8.85 30.3L15.25 23.9z"
    "M14.5 16.75L8.1 23.15L1.7 23.15L8.1 16.75zM14.5 15.25L8.1 8.85L1.7 8.85L8.1 15.25z"
    "M15.25 14.5L8.85 8.1L8.85 1.7L15.25 8.1z"
)
PETAL = "M16.75 14.5L23.15 8.1L23.15 1.7L16.75 8.1z"
DASH = mark_safe('<span aria-hidden="true">—</span>')


@register.simple_tag
def state(kind: str, text: str = "") -> SafeString:
    """Draw a rhomb whose shape tells the state, and its word."""
    if kind not in STATES:
        raise ValueError(f"no such state: {kind}")
    return mark_safe(f'<span class="state state--{kind}">{escape(text)}</span>')


@register.simple_tag
def figure(value: Any, href: str = "", label: str = "") -> SafeString:
    """Draw a number counted from records, stitched, opening them. `label` names the link where the number alone says little."""
    if value is None:
        return DASH
    text = escape(value if isinstance(value, str) else wording.number(value))
    if not href:
        return mark_safe(f'<span class="figure">{text}</span>')
    named = f' aria-label="{text}: {escape(label)}"' if label else ""
    return mark_safe(f'<a class="figure" href="{escape(href)}"{named}>{text}</a>')


def timed(value: date | datetime, text: str) -> SafeString:
    """Wrap words in <time> with the instant for programs."""
    stamp = wording.in_kyiv(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    return mark_safe(f'<time datetime="{stamp}">{text}</time>')


@register.simple_tag
def moment(value: datetime | None, kyiv: bool = False, short: bool = False) -> SafeString:
    """Write a moment; `kyiv` adds whose clock it is, `short` is for narrow columns."""
    if value is None:
        return DASH
    return timed(value, wording.short_moment(value) if short else wording.moment(value, kyiv=kyiv))


@register.simple_tag
def day(value: date | datetime | None, year: bool = True, stop: bool = False, weekday: bool = False) -> SafeString:
    """Write a day, and which of the week; `stop` ends the sentence after it: in Ukrainian the year brings its own full stop."""
    if not value:
        return DASH
    said = wording.day(value, year=year)
    if weekday:
        said = f"{said}, {wording.weekday(value)}"
    return timed(wording.as_date(value), wording.sentence(said) if stop else said)


@register.simple_tag
def period(start: date | None, end: date | None) -> SafeString | str:
    """Write a period of days."""
    return wording.period(start, end) if start else DASH


@register.simple_tag
def money(amount: Decimal | float | None, currency: str = "UAH") -> SafeString | str:
    """Write a sum with its currency."""
    return wording.money(amount, currency) if amount is not None else DASH


@register.simple_tag
def number(value: Decimal | float | None, digits: int | None = None) -> SafeString | str:
    """Write a number that a person typed; a counted one is a `figure`."""
    return wording.number(value, digits) if value is not None else DASH


@register.simple_tag
def size(count: int) -> str:
    """Write the size of a file."""
    return wording.size(count)


@register.simple_tag
def left(until: datetime, at: datetime) -> SafeString | str:
    """Say how long is left. The script keeps the last day's hours and minutes going."""
    if not deadlines.left(until, at).last_day:
        return wording.left(until, at)
    return format_html(
        '<span data-until="{}" data-at="{}" data-last="{}" data-left="{}" data-hours="{}" data-minutes="{}" data-over="{}">{}</span>',
        until.isoformat(timespec="seconds"),
        at.isoformat(timespec="seconds"),
        _("Лишилося менше хвилини"),
        _("Лишилося %(span)s") % {"span": "#"},
        _("год"),
        _("хв"),
        _("Час вийшов"),
        wording.left(until, at),
    )


@register.simple_tag
def star(size: int = 24) -> SafeString:
    """Draw the eight petals. They are paper and honey by CSS, or the colour around them."""
    return mark_safe(
        f'<svg class="star" viewBox="0 0 32 32" width="{size}" height="{size}" aria-hidden="true"><path d="{STAR}"/>'
        f'<path class="star-petal" d="{PETAL}"/></svg>'
    )


@register.simple_tag
def leaf(value: date | datetime) -> SafeString:
    """Draw a leaf of the calendar: month, day, weekday."""
    on, lang = wording.as_date(value), wording.language()
    return mark_safe(
        f'<time class="leaf" datetime="{on.isoformat()}"><span>{wording.SHORT_MONTHS[lang][on.month - 1]}</span> '
        f"<b>{on.day}</b> {wording.SHORT_WEEKDAYS[lang][on.weekday()]}</time>"
    )


@register.filter
def words(text: str) -> list[str]:
    """Split a text at its blanks."""
    return text.split()


@register.filter
def sentence(text: str) -> str:
    """End with one full stop what somebody typed with or without one."""
    return wording.sentence(str(text).rstrip())

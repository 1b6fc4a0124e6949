"""Components with a body: a card, a notice, an empty place."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .library import draw, register

NOTICES = ("told", "good", "soon", "wrong")


def attributes(**given: Any) -> str:
    """Write attributes, leaving out the empty ones."""
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)


@register.simple_block_tag
def card(content: str, hemmed: bool = False, near: bool = False, label: str = "", tag: str = "div") -> SafeString:
    """Draw a piece of cloth; `hemmed` is for the one card of a page to act on, `label` makes it a named region."""
    shape = f"card{' card--hemmed' if hemmed else ''} stack{' stack--near' if near else ''}"
    tag = "section" if label else tag
    return mark_safe(f'<{tag} class="{shape}"{attributes(**{"aria-label": label})}>{content}</{tag}>')


@register.simple_block_tag
def notice(content: str, kind: str = "told", title: str = "", level: int = 2, role: str = "") -> SafeString:
    """Say something in place: kind told (something to know), good (done), soon (hurry), wrong (failed)."""
    if kind not in NOTICES:
        raise ValueError(f"no such notice: {kind}")
    head = f"<h{level}>{escape(title)}</h{level}>" if title else ""
    shape = "notice" if kind == "told" else f"notice notice--{kind}"
    return mark_safe(f'<div class="{shape}"{attributes(role=role)}>{head}{content}</div>')


@register.simple_block_tag
def empty(content: str, title: str, level: int = 2) -> SafeString:
    """Say what would be here, and in the body the nearest thing and one act."""
    return draw("empty", title=title, content=content, level=level)


@register.simple_tag
def crumbs(trail: list[tuple[str, str]]) -> SafeString:
    """Draw the way back: (address, words) pairs, the last one may have no address: the page itself."""
    return draw("crumbs", trail=trail)


@register.simple_tag
def steps(items: list[dict]) -> SafeString:
    """Draw the sections of a long form: each {title, href, state, word, here}."""
    return draw("steps", items=items)


@register.simple_tag
def facts(pairs: list[tuple[str, Any]], columns: int = 1) -> SafeString:
    """Draw what is asked and what is so, as pairs; pairs without an answer are left out."""
    return draw("facts", pairs=[(name, said) for name, said in pairs if said not in (None, "")], columns=columns)


@register.simple_tag
def figures(items: list[dict], columns: int = 0) -> SafeString:
    """Draw big counted numbers: each {value, label, href, note, state, word}."""
    return draw("figures", items=items, columns=columns)


@register.simple_tag
def deadline(until: Any, at: Any, label: str = "") -> SafeString:
    """Draw the end of a term: the instant on Kyiv's clock and how long is left."""
    return draw("deadline", until=until, at=at, label=label, over=until <= at)


@register.simple_tag
def lines(text: str, label: str) -> SafeString:
    """Show lines to copy as they stand: a command, a program, a key. They are read with the keyboard where they are long."""
    return mark_safe(
        f'<pre class="lines" tabindex="0"{attributes(**{"aria-label": label})}><code>{escape(text)}</code></pre>'
    )

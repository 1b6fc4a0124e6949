"""Proof of an act: a digest that can be compared by eye, a code that a telephone reads."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .library import register

GROUP = 8  # characters that an eye takes in at once


@register.simple_tag
def digest(text: str) -> SafeString:
    """Write a digest in groups of eight."""
    groups = [text[at : at + GROUP] for at in range(0, len(text), GROUP)]
    return mark_safe(f'<span class="digest">{" ".join(f"<span>{escape(group)}</span>" for group in groups)}</span>')


@register.simple_tag
def qr(address: str, label: str) -> SafeString:
    """Draw an address as a QR code, black on white in every scheme, because readers need it so."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff")
    return mark_safe(drawn.replace("<svg ", f'<svg class="qr" role="img" aria-label="{escape(label)}" ', 1))

"""Every text can be read: contrast computed from the tokens themselves, in all four schemes (WCAG 2.2, relative luminance)."""

import re

import pytest

from viche.ui import assets

SCHEMES = ("light", "dark", "contrast light", "contrast dark")
TEXT, CONTROL, THREAD = 7.0, 4.0, 3.0
PAIRS = [
    *[
        ("ink", ground)
        for ground in ("paper", "surface", "sunk", "brand-soft", "honey-soft", "brick-soft", "slate-soft")
    ],
    *[("soft", ground) for ground in ("paper", "surface", "sunk")],
    *[("brand", ground) for ground in ("paper", "surface", "brand-soft")],
    *[("brand-press", ground) for ground in ("paper", "surface", "brand-soft")],
    ("on-brand", "brand"),
    ("on-brand", "brand-press"),
    ("on-band", "band"),
    ("honey-ink", "honey-soft"),
    ("honey-ink", "paper"),
    ("honey-ink", "surface"),
    *[("brick", ground) for ground in ("paper", "surface", "brick-soft")],
    *[("slate", ground) for ground in ("paper", "surface", "slate-soft")],
]
LABELS = [
    ("on-pale", "ramp-0"),
    ("on-pale", "ramp-1"),
    ("on-pale", "ramp-2"),
    ("on-deep", "ramp-3"),
    ("on-deep", "ramp-4"),
    ("on-honey", "honey"),
]
BORDERS = [("edge", "paper"), ("edge", "surface"), ("brick", "surface"), ("brand", "surface")]


def tokens():
    text = (assets.HOME / "css" / "tokens.css").read_text()
    rows = re.findall(r"--([\w-]+):\s*((?:var\(--[\w-]+, #[0-9a-f]{6}\)\s*){4});", text)
    return {name: re.findall(r"#[0-9a-f]{6}", values) for name, values in rows}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(pairs, least):
    known = tokens()
    return [
        f"{front} on {back}, {scheme}: {ratio:.2f}"
        for front, back in pairs
        for scheme, one, other in zip(SCHEMES, known[front], known[back], strict=True)
        if (ratio := contrast(one, other)) < least
    ]


def test_every_token_has_its_four_values():
    assert len(tokens()) == 30
    assert all(len(values) == 4 for values in tokens().values())


def test_black_on_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_texts_are_at_least_seven():
    assert too_weak(PAIRS, TEXT) == []


def test_numbers_on_the_map_can_be_read():
    assert too_weak(LABELS, 4.5) == []


def test_borders_of_controls_are_at_least_four():
    assert too_weak(BORDERS, CONTROL) == []


def test_the_thread_is_seen():
    assert too_weak([("thread", "paper"), ("thread", "surface")], THREAD) == []

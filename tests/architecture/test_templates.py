"""Pages carry no style and no script of their own: the content policy forbids them, and so do we."""

import re

import pytest

from tests.architecture import house

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}
# Letters are read by mail programs, which know no style sheets.
LETTERS = re.compile(r"/letters/|^mail/templates/")


def pages():
    return [path for path in house.templates() if path.suffix == ".html" and not LETTERS.search(house.short(path))]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_page_carries(what):
    assert [house.short(path) for path in pages() if FORBIDDEN[what].search(path.read_text())] == []


def test_nothing_is_marked_safe_by_hand():
    assert [
        house.short(path) for path in house.templates() if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ] == []

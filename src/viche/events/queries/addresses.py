"""Addresses of many things of one kind, worked out once and filled with their codes."""

from functools import cache

from django.urls import reverse

from viche.ui import wording

STAND_IN = "CODE"


def href(name: str, code: str) -> str:
    """The address of this name with this code, in the language of the page."""
    before, after = _around(name, wording.language())
    return f"{before}{code}{after}"


@cache
def _around(name: str, language: str) -> tuple[str, str]:
    """What stands before and after the code: working it out for every row takes long."""
    del language  # part of the key: reverse() reads it from the thread
    before, after = reverse(name, args=[STAND_IN]).split(STAND_IN)
    return before, after

"""Every page of the access table, with data on it, in a real browser: by telephone and at a desk, by day and by night.

A page is judged whole on the telephone; at the desk by night again what depends on colours and sizes.
"""

import pytest

from tests.access.asking import address_of
from tests.access.table import TABLE
from tests.browser.visits import BY_LOOK, DESK, PHONE
from tests.factories.scene import cast
from tests.factories.scene import whole as whole_scene

pytestmark = pytest.mark.browser
# Who is asked first, where a page opens for several.
FIRST = ("visitor", "applicant", "reviewer", "officer", "elsewhere", "administrator")
# Not pages: files, bytes, and what only programs read.
BYTES = ("asset", "_file", "file", "upload", "logo", "find", "photograph", "robots", "healthz", "letter_html")


def pages(role):
    """The lines of the table that this role is the first to open, each page once."""
    seen = set()
    for line in TABLE:
        mine = next((one for one in FIRST if line.answer(one) == "opens"), None)
        if mine == role and line.name not in seen and not line.name.rpartition(":")[2].endswith(BYTES):
            seen.add(line.name)
            yield line


@pytest.mark.parametrize("role", FIRST)
def test_page_by_page(visit, role):
    scene = whole_scene()
    walker = visit(cast(scene)[role], width=PHONE)
    wrong = {}
    for line in pages(role):
        here = address_of(line, scene)
        walker.looks_by("light", PHONE)
        walker.opens(here)
        found = walker.complaints()
        walker.looks_by("dark", DESK)
        found += walker.complaints(BY_LOOK)
        walker.faults.clear()
        if found:
            wrong[here] = found
    assert wrong == {}

"""Every address says who may open it; every list is watched for the number of its queries."""

import inspect
import re

from tests.architecture import house

# Pages of the sign-in library: open to everybody, or the library itself asks to sign in.
LIBRARY = "allauth."
COUNTED = re.compile(r"django_assert_(?:max_)?num_queries|CaptureQueriesContext|queries_of")


def unwrapped(view):
    return inspect.unwrap(view)


def test_every_view_declares_who_may_open_it():
    silent = [
        name
        for name, entry in house.addresses()
        if not entry.callback.__module__.startswith(LIBRARY) and not hasattr(entry.callback, "viche_access")
    ]
    assert silent == []


def test_every_address_of_ours_has_a_name():
    nameless = [str(entry.pattern) for name, entry in house.addresses() if not name or name.endswith(":")]
    assert nameless == []


def test_every_list_has_a_test_that_counts_its_queries():
    """A list is a view that cuts its rows into pages; the test that counts names its address."""
    lists = {
        name
        for name, entry in house.addresses()
        if not entry.callback.__module__.startswith(LIBRARY)
        and "paging.page(" in inspect.getsource(unwrapped(entry.callback))
    }
    counting = [text for path in (house.ROOT / "tests").rglob("*.py") if COUNTED.search(text := path.read_text())]
    assert {name for name in lists if not any(f'"{name}"' in text for text in counting)} == set()

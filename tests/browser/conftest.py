"""Visits to the running site; what goes wrong in the background of a visit fails its test."""

import pytest

from tests.browser.visits import Visit


@pytest.fixture
def visit(browser, live_server):
    """Begin a visit: `visit(user, width=360, scripts=False)`."""
    begun = []

    def begin(user=None, **more):
        begun.append(Visit(browser, live_server.url, user, **more))
        return begun[-1]

    yield begin
    for one in begun:
        one.context.close()
    assert [fault for one in begun for fault in one.faults] == []

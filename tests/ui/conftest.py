"""A browser for the tests that need one."""

import pytest


@pytest.fixture
def tab(browser, live_server):
    """A fresh tab that takes addresses of the live server and fails the test on an error of a script."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_default_timeout(10_000)
    yield page
    context.close()
    assert faults == []

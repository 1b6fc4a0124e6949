"""A browser for the tests that need one."""

import os

import pytest

ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run --disable-quic"


@pytest.fixture(scope="session")
def browser(chromium):
    """One Chromium for all tests of this folder."""
    from playwright.sync_api import sync_playwright

    # The driver keeps an event loop in this thread; Django would otherwise refuse to touch its database here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(chromium), args=ARGUMENTS.split())
        yield running
        running.close()


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

"""Two librarians share one telephone: whoever signs out leaves no page of theirs for the next."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Error

from tests.browser import stage
from tests.browser.visits import PHONE
from tests.factories import events as factory

pytestmark = pytest.mark.browser
BROKEN = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "ERR_CONNECTION", "ERR_NETWORK", "404", "403")


def test_nothing_of_who_signed_out_opens_without_a_signal(visit):
    now = stage.now()
    event = factory.published(
        title="Захід першої бібліотекарки", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1)
    )
    address = reverse("events:count", args=[event.code])
    first = visit(event.author, width=PHONE)
    first.forgiven = BROKEN
    first.opens(address)
    first.sees("Сторінка відкриється й без зв’язку")
    with first.page.expect_navigation():
        first.page.locator("button.menu-act").first.evaluate("button => button.click()")
    first.page.wait_for_load_state()
    assert first.page.locator("button.menu-act").count() == 0
    first.context.set_offline(True)
    with pytest.raises(Error, match="ERR_"):
        first.page.goto(address)

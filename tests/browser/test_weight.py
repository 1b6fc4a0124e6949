"""The first view of a public page is light: what comes over the wire is counted by the browser itself."""

import pytest
from django.urls import reverse

from tests.browser.visits import PHONE
from tests.factories.scene import whole as whole_scene

pytestmark = pytest.mark.browser
# In KB, everything included; of it scripts.
MOST, MOST_SCRIPTS = 150, 40


def weigh(visit, address):
    """KB that came for a page nobody has opened before: (all, scripts)."""
    fresh = visit(width=PHONE)
    wire, kinds, sizes = fresh.context.new_cdp_session(fresh.page), {}, {}
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    fresh.opens(address).page.wait_for_load_state("networkidle")
    scripts = sum(size for key, size in sizes.items() if kinds.get(key) == "Script")
    fresh.context.close()
    assert sizes
    return sum(sizes.values()) / 1024, scripts / 1024


def test_the_first_view_of_every_public_page(visit):
    scene = whole_scene()
    addresses = [
        "/",
        "/hromadas/",
        f"/hromadas/{scene.organisation.hromada.slug}/",
        "/programmes/",
        f"/programmes/{scene.programme.code}/",
        "/calls/",
        reverse("calls:call", args=[scene.open_call.code]),
        "/awards/",
        reverse("awards:award", args=[scene.award.code]),
        "/search/?q=Калинопіль",
        "/open/",
        "/help/",
        "/account/login/",
        "/en/",
    ]
    weights = {address: weigh(visit, address) for address in addresses}
    assert {one: both for one, both in weights.items() if both[0] > MOST or both[1] > MOST_SCRIPTS} == {}

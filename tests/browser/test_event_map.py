"""The map of events: by mouse, by keyboard, by finger, without a script, and where the browser tells where one is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.visits import DESK, PHONE
from tests.factories import events, people, places, programmes

pytestmark = pytest.mark.browser
LEAST = 24  # px: WCAG 2.2, 2.5.8
SPREAD = [
    (50.7, 25.3),
    (50.6, 25.5),
    (49.8, 24.0),
    (48.6, 22.3),
    (50.4, 30.5),
    (49.6, 34.5),
    (49.9, 36.2),
    (48.5, 35.0),
    (46.5, 30.7),
]
SIZES = """() => [...document.querySelectorAll(".clusters a")].map((one) => {
  const box = one.getBoundingClientRect(), text = one.querySelector("text").getBoundingClientRect();
  return [box.width, box.height, text.height];
})"""


@pytest.fixture
def held():
    """Events all over Ukraine, two of them close to each other."""
    programme = programmes.programme()
    starts = timezone.now() + timedelta(days=3)
    for number, (latitude, longitude) in enumerate(SPREAD):
        home = places.hromada(name=f"Громада-{number}", latitude=latitude, longitude=longitude)
        events.published(
            programme,
            organisation=people.organisation(hromada=home),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )


def test_a_telephone_shows_all_of_ukraine(visit, held):
    page = visit(width=PHONE).opens("/events/map/").page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    box = page.locator("svg.events-map").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE
    sizes = page.evaluate(SIZES)
    assert len(sizes) == len(SPREAD) - 1
    assert all(width >= LEAST and height >= LEAST and letters >= 10 for width, height, letters in sizes), sizes
    moves = page.locator(".map-moves a").all()
    assert all(min(one.bounding_box()["width"], one.bounding_box()["height"]) >= 40 for one in moves)


def test_at_a_desk_the_list_stands_beside_the_map(visit, held):
    page = visit(width=DESK).opens("/events/map/").page
    drawn, beside = page.locator("svg.events-map").bounding_box(), page.locator(".map-beside").bounding_box()
    assert drawn["width"] > 600
    assert beside["x"] >= drawn["x"] + drawn["width"]


def test_without_a_script_every_sign_is_a_link(visit, held):
    page = visit(width=DESK, scripts=False).opens("/events/map/").page
    group = page.locator(".clusters a.group")
    assert group.get_attribute("aria-label") == "Громада-0: 2 заходи, і ще 1 місце поруч"
    group.click()
    assert "part=" in page.url
    assert page.locator(".clusters a").count() == 2
    assert "У цій частині карти 2 заходи" in page.locator(".map-told").inner_text()
    page.get_by_role("link", name="Уся Україна").click()
    assert page.locator(".clusters a").count() == len(SPREAD) - 1
    page.locator(".clusters a.middle").first.click()
    assert "/events/?" in page.url


def test_by_keyboard_one_comes_nearer_and_goes_back(visit, held):
    visitor = visit(width=DESK).opens("/events/map/")
    page, keys = visitor.page, visitor.page.keyboard
    told = page.locator(".map-told")
    page.locator(".clusters a.group").focus()
    keys.press("Enter")
    told.get_by_text("У цій частині карти 2 заходи").wait_for()
    page.wait_for_function("document.activeElement.closest('.clusters a') !== null")
    assert "part=" in page.url
    assert page.locator(".map-beside li").count() == 2
    keys.press("0")
    told.get_by_text("На карті 9 заходів").wait_for()
    keys.press("+")
    page.wait_for_function("document.querySelector('svg.events-map').getAttribute('viewBox').includes(' 360 244')")
    page.get_by_role("link", name="На захід").focus()
    keys.press("Enter")
    page.wait_for_function("document.activeElement.dataset.move === 'west'")
    visitor.is_well()


def test_the_browser_tells_where_one_is(visit, held):
    visitor = visit(width=PHONE)
    visitor.context.grant_permissions(["geolocation"])
    visitor.context.set_geolocation({"latitude": 50.6512, "longitude": 25.4})
    page = visitor.opens("/events/map/").page
    page.get_by_text("Що поруч зі мною").click()
    page.get_by_role("button", name="Взяти моє місце з браузера").click()
    page.wait_for_url("**/events/map/?near=50.65%2C25.40&within=25#map")
    assert page.locator(".map-beside li").count() == 2
    assert "приблизно за 9 км" in page.locator(".map-beside").inner_text()
    assert page.locator(".events-map .reach").count() == 1

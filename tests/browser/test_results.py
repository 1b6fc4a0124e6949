"""From a headline down to a photograph and back, in a real browser, with the months and the place kept."""

import pytest
from django.urls import reverse

from tests.browser.visits import DESK, PHONE
from tests.factories import awards, events, programmes
from tests.factories import results as factory

pytestmark = pytest.mark.browser
ASKED = "since=2024-05&until=2024-05"


@pytest.fixture
def held():
    programme = programmes.programme(code="PULSE", name="Бібліотеки разом")
    factory.target(factory.counted(programme, "heads", code="PEOPLE", name="Людей прийшло", is_headline=True), 100)
    factory.counted(programme, code="HELD", name="Заходів проведено", is_headline=True)
    factory.period(programme)
    event = events.published(programme, title="Бюджет участі простими словами")
    consent = {"has_consent": True, "consent_note": "усно", "public_from": events.AFTER.date()}
    events.photo(event, caption="Мешканки рахують голоси", **consent)
    events.accepted(event, total=12, cells={"f:youth": 6, "m:adult": 6})
    programme.event = event
    return programme


@pytest.mark.parametrize(("width", "scripts"), [(DESK, True), (PHONE, False)])
def test_a_headline_opens_down_to_the_photograph_and_back(visit, held, width, scripts):
    hromada = held.event.hromada
    person = visit(None, width=width, scripts=scripts)
    page = person.opens(f"{reverse('results:dashboard', args=[held.code])}?{ASKED}").page
    person.is_well()
    page.locator(".figures a.figure").first.click()
    assert page.url.endswith(f"/figures/PEOPLE/?{ASKED}")
    page.locator("#places a.figure").first.click()
    assert f"{ASKED}&oblast={hromada.oblast.slug}" in page.url
    page.locator("#places .tree-1 ~ td a.figure").first.click()
    assert f"{ASKED}&oblast={hromada.oblast.slug}&hromada={hromada.slug}" in page.url
    person.sees("12").is_well()
    person.follows("Записи")
    assert f"hromada={hromada.slug}" in page.url
    records = page.url
    person.is_well()
    person.follows("Бюджет участі простими словами")
    picture = page.locator("#photos img")
    assert picture.get_attribute("alt") == "Мешканки рахують голоси"
    assert page.request.get(f"{page.url.partition('/events/')[0]}{picture.get_attribute('src')}").ok
    page.go_back()
    assert page.url == records
    person.follows("Назад до числа")
    assert f"{ASKED}&oblast={hromada.oblast.slug}&hromada={hromada.slug}" in page.url
    person.follows("Результати")
    assert f"{ASKED}&oblast={hromada.oblast.slug}&hromada={hromada.slug}" in page.url
    person.is_well()


def test_the_whole_dashboard_is_well_by_day_and_night_with_one_indicator_and_with_forty(visit, held):
    award = awards.closed()
    for number in range(40):
        factory.counted(award.programme, code=f"N{number}", name="Дуже довга назва показника, що не вміщається " * 3)
    for code in (held.code, award.programme.code, programmes.programme().code):
        for width in (PHONE, DESK):
            visit(None, width=width).opens(reverse("results:dashboard", args=[code])).is_well()

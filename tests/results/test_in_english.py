"""English pages of results call goals, indicators, units and periods by their English names, wherever they have them."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories import facts, programmes
from tests.factories import results as factory
from viche.results.operations import periods

pytestmark = pytest.mark.django_db
OURS = ("Спроможні громади", "Зустрічі з радою", "Частка зустрічей", "зустрічей", "Друга чверть", "Програма хабів")
THEIRS = ("Capable hromadas", "Meetings with the council", "Share of meetings", "meetings", "The second quarter")


@pytest.fixture
def scene(client):
    """A programme that has English names for everything; its officer has signed in."""
    made = programmes.programme(name="Програма хабів", name_en="The hubs", is_public=True)
    goal = programmes.goal(made, text=OURS[0], text_en=THEIRS[0])
    named = {"goal": goal, "unit": OURS[3], "unit_en": THEIRS[3]}
    made.one = factory.counted(made, code="M", name=OURS[1], name_en=THEIRS[1], is_headline=True, **named)
    other = factory.indicator(made, code="R", name=OURS[1], name_en=THEIRS[1], **named)
    factory.ratio(made.one, other, code="Q", name=OURS[2], name_en=THEIRS[2], **named)
    made.within = factory.period(made, name=OURS[4], name_en=THEIRS[4])
    factory.target(made.one, 100, period=made.within)
    facts.keep(programme=made.pk, measure="events", value=6, on=date(2024, 5, 2))
    made.value = factory.submitted(other, 3, period=made.within)
    client.force_login(programmes.officer(made))
    made.client = client
    return made


PAGES = {
    "dashboard": ((), {1, 4}),
    "office": ((), {1, 4}),
    "figure": (("one.code",), {0, 1, 4}),
    "office_figure": (("one.code",), {0, 1, 4}),
    "records": (("one.code",), {1}),
    "compare": ((), {1, 4}),
    "indicators": ((), {0, 1, 2, 3}),
    "indicator_change": (("one.code",), {0}),
    "targets": (("one.code",), {1, 3, 4}),
    "periods": ((), {4}),
    "period": (("within.pk",), {1, 3, 4}),
    "period_close": (("within.pk",), {1, 3, 4}),
    "values": ((), {1, 4}),
    "value_new": ((), {1, 4}),
    "value": (("value.pk",), {1, 3, 4}),
}


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_has_english_names(scene, name):
    parts, told = PAGES[name]
    read = [getattr(getattr(scene, thing), field) for thing, _dot, field in (part.partition(".") for part in parts)]
    with override("en"):
        address = reverse(f"results:{name}", args=[scene.code, *read])
    assert address.startswith("/en/")
    page = scene.client.get(address).content.decode()
    body = re.sub(r"<(input|textarea)[^>]*>", "", page)  # what is typed stands in its own language
    assert [words for words in OURS if words in body] == []
    for number in told:
        assert THEIRS[number] in body


def test_the_programme_tells_its_goals_in_english(scene):
    page = scene.client.get(f"/en/programmes/{scene.code}/").content.decode()
    assert THEIRS[0] in page
    assert OURS[0] not in page
    assert OURS[0] in scene.client.get(f"/programmes/{scene.code}/").content.decode()


def test_quarters_and_years_of_the_menu_are_english_too(scene):
    periods.make_all(scene, each="quarter", by=programmes.officer(scene), at=factory.MOMENT)
    page = scene.client.get(f"/en/programmes/{scene.code}/results/").content.decode()
    menu = page[page.index('name="period"') :].partition("</select>")[0]
    assert "Q1 2024" in menu
    assert not re.search("[А-Яа-яІіЇїЄєҐґ]", menu)

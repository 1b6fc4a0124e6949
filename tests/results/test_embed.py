"""A figure on other sites: framed, as JSON, as a picture; live, masked, light."""

import re
from datetime import date

import pytest

from tests.factories import facts, people, programmes
from tests.factories import results as factory

pytestmark = pytest.mark.django_db
PLACE = "/embed/figures/FUND/H1"
LIGHT = 10_000  # bytes, style included


@pytest.fixture
def indicator():
    made = programmes.programme(code="FUND", name="Фонд малих проєктів")
    heads = factory.counted(
        made, "heads", code="H1", name="Мешканці", name_en="Residents", unit="людей", unit_en="people"
    )
    factory.target(heads, 2000)
    facts.keep(facts.told(made.pk, value=1240))
    facts.keep(facts.told(made.pk, value=3, shown=None))
    return heads


def test_it_may_be_framed_by_anybody(client, indicator):
    answer = client.get(f"{PLACE}/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in client.get("/")["Content-Security-Policy"]
    assert "public" in answer["Cache-Control"]
    assert indicator.code in answer.context["figure"].address


def test_it_tells_the_number_its_unit_its_day_and_its_page(client, indicator):
    page = client.get(f"{PLACE}/").content.decode()
    for words in (
        "Мешканці",
        "1\xa0240",
        "людей",
        "Мета 2\xa0000, виконано 62",
        "Станом на",
        'target="_blank"',
        "/programmes/FUND/figures/H1/",
    ):
        assert words in page, words
    assert "1\xa0243" not in page
    assert "Residents" in client.get(f"/en{PLACE}/").content.decode()
    assert indicator.pk


@pytest.mark.parametrize(("asked", "scheme"), [("light", "day"), ("dark", "night"), ("pink", None)])
def test_it_is_light_or_dark_as_the_page_around_it(client, indicator, asked, scheme):
    page = client.get(f"{PLACE}/?scheme={asked}").content.decode()
    found = re.search(r'data-scheme="(\w+)"', page)
    assert (found and found[1]) == scheme
    assert indicator.pk


def test_it_weighs_next_to_nothing(client, indicator):
    page = client.get(f"{PLACE}/")
    styles = re.findall(r'href="([^"]+\.css)"', page.content.decode())
    (style,) = styles
    from django.contrib.staticfiles import finders

    path = finders.find(f"results/css/{re.sub(r'[.][0-9a-f]{12}[.]', '.', style.rsplit('/', 1)[1])}")
    with open(path, "rb") as file:  # noqa: PTH123
        assert len(page.content) + len(file.read()) <= LIGHT
    assert b"<script" not in page.content
    assert indicator.pk


def test_programs_read_it_from_everywhere(client, indicator):
    answer = client.get(f"{PLACE}.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert (told["code"], told["value"], told["target"], told["percent"]) == ("H1", 1240, 2000, 62)
    assert (told["unit"], told["text"]) == ("людей", "щонайменше 1\xa0240 людей")
    assert told["is_at_least"] is True
    assert date.fromisoformat(told["date"])
    assert told["url"].endswith(indicator.get_absolute_url())


def test_a_ratio_of_nothing_has_no_number(client, indicator):
    none = factory.counted(indicator.programme, "awards", code="N1")
    factory.ratio(indicator, none, code="R1")
    assert client.get("/embed/figures/FUND/R1.json").json()["value"] is None
    assert "—" in client.get("/embed/figures/FUND/R1/").content.decode()


def test_money_is_told_with_its_sign_alone(client, indicator):
    factory.counted(indicator.programme, "paid.UAH", code="M1", unit="гривень")
    facts.keep(facts.told(indicator.programme.pk, measure="paid.UAH", kind="tranche", value=150_000))
    page = client.get("/embed/figures/FUND/M1/").content.decode()
    assert "1\xa0500\xa0₴" in page
    assert "гривень" not in page


def test_the_picture_says_the_same(client, indicator):
    answer = client.get(f"{PLACE}.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "<title>Мешканці: щонайменше 1\xa0240 людей</title>" in answer.content.decode()
    indicator.name = "Дуже довга назва & ще довша, " * 6
    indicator.save()
    picture = client.get(f"{PLACE}.svg").content.decode()
    assert "…</text>" in picture
    assert "&amp;" in picture


def test_what_is_not_for_everybody_is_not_there(client, indicator):
    indicator.is_public = False
    indicator.save()
    for ending in ("/", ".json", ".svg"):
        assert client.get(PLACE + ending).status_code == 404
    client.force_login(people.user())
    assert client.get(f"{PLACE}/").status_code == 404
    client.force_login(programmes.officer(indicator.programme))
    assert "private" in client.get(f"{PLACE}/")["Cache-Control"]


def test_it_asks_little(client, indicator, django_assert_max_num_queries):
    for ending in ("/", ".json", ".svg"):
        with django_assert_max_num_queries(5):
            client.get(PLACE + ending)
    assert indicator.pk

"""The brief: two pages of A4 in both languages, whatever there is to say; nobody's small group in it."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from pypdf import PdfReader

from tests.factories import events, facts, people, places, programmes
from tests.factories import results as factory
from viche.results.models import Highlight

pytestmark = pytest.mark.django_db
PLACE = "/programmes/FUND/results.pdf"
MOMENT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["paper"].clear()


def read(client, address=PLACE):
    """The text of the brief, which is two pages of A4."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert [[round(float(one)) for one in page.mediabox[2:]] for page in pages] == [[595, 842], [595, 842]]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\u200b", ""))


def whole(letter="", many=1):
    """A programme with figures of every kind and a story."""
    made = programmes.programme(code="FUND", name=f"Фонд малих проєктів{letter * 20}", name_en="Small projects fund")
    for number in range(many):
        heads = factory.counted(
            made, "heads", code=f"H{number}", name=f"Мешканці на заходах{letter * 15}", name_en="Residents at events",
            unit="людей", unit_en="people", is_headline=True, position=number,
        )  # fmt: skip
        factory.target(heads, 2000)
    hromada = places.hromada(name="Калинопіль")
    split = [({"sex": "f"}, 830, 830), ({"sex": "m"}, 410, 410), ({"age": "youth"}, 3, None)]
    facts.keep(facts.told(made.pk, value=1240, hromada=hromada, parts=split))
    facts.keep(facts.told(made.pk, value=4, shown=None, hromada=hromada, on=date(2024, 3, 2)))
    facts.keep(facts.told(made.pk, measure="paid.UAH", kind="tranche", value=1_500_000, hromada=hromada))
    event = events.accepted(events.published(made, title=f"Зустріч у дворі{letter * 10}")).event
    event.report.happened = "Розмовляли про парк. " * 60
    event.report.save()
    Highlight.objects.create(programme=made, kind="event", record=event.pk, lead="Парк буде.", chosen_at=MOMENT)
    return made


def test_it_says_all_on_two_pages(client):
    whole()
    text = read(client)
    for words in (
        "Фонд малих проєктів", "1 240", "Мешканці на заходах", "Мета й виконано", "Де це було",
        "жінки", "830", "15 000 ₴", "Зустріч у дворі", "Парк буде.", "менш як 5", "programmes/FUND/results",
    ):  # fmt: skip
        assert words in text, words
    assert "1 244" not in text


def test_it_is_in_english_too(client):
    whole()
    text = read(client, f"/en{PLACE}")
    for words in ("Small projects fund", "Residents at events", "/en/programmes/FUND/results", "1,240"):
        assert words in text, words


@pytest.mark.parametrize("letter", [" слово", "Щ", " Верхньодубівсько-Заріченська"])
def test_much_to_say_makes_no_third_page(client, letter):
    whole(letter=letter[:6] if letter != "Щ" else letter, many=12)
    read(client)


def test_nothing_counted_yet_makes_two_pages(client):
    programmes.programme(code="FUND")
    assert "с. 2 із 2" in read(client)


def test_it_keeps_the_months_that_are_asked_for(client):
    whole()
    assert "1 240" in read(client, f"{PLACE}?since=2024-05&until=2024-05")
    assert "1 240" not in read(client, f"{PLACE}?since=2024-01&until=2024-01")


def test_what_lies_ready_is_not_sent_twice(client):
    whole()
    etag = client.get(PLACE)["ETag"]
    assert client.get(PLACE, headers={"if-none-match": etag}).status_code == 304


def test_it_is_found_by_those_who_may_see_the_programme(client):
    made = whole()
    made.is_public = False
    made.save()
    client.force_login(people.user())
    assert client.get(PLACE).status_code == 404
    client.force_login(programmes.observer(made))
    assert "private" in client.get(PLACE)["Cache-Control"]


@pytest.mark.parametrize("count", [1, 3, 300])
def test_it_asks_little(client, count, django_assert_max_num_queries):
    whole(many=count)
    with django_assert_max_num_queries(12):
        client.get(PLACE)

"""Pages that only say something, open data, and answers for machines."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from tests.factories import awards, calls, events, places, programmes, results
from tests.site.pages import queries_of, text_of
from viche.site.queries import open_data

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", ["about", "help", "accessibility", "privacy", "terms", "open_data"])
def test_they_open_in_both_languages(client, name, language, settings):
    settings.SITE_NAME = "Viche"
    answer = client.get(language + reverse(f"site:{name}"))
    assert answer.status_code == 200
    if language:
        own = answer.content.decode().split("<main")[1].split("</main")[0]
        assert [letter for letter in "іїєґ" if letter in own] == []


def test_terms_and_privacy_name_what_is_stored(client):
    terms, privacy = (text_of(client.get(f"/{name}/")) for name in ("terms", "privacy"))
    for word in ("рол", "заявки", "звіти", "оцінки", "файли", "листи", "журнал"):
        assert word in terms
        assert word in privacy.lower()
    assert "тримається 30 днів" in privacy


def test_the_demonstration_warns_of_real_data(client, settings):
    settings.DEMO = True
    assert "Не вписуйте сюди справжніх даних" in text_of(client.get("/privacy/"))


@pytest.mark.parametrize("one", [one for one in open_data.DATASETS if one.columns], ids=lambda one: one.name)
def test_columns_that_open_data_promises_are_those_of_the_files(client, one):
    places.hromada()
    awards.active()
    calls.announced()
    programmes.participant()
    now = timezone.now()
    events.published(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1))
    results.counted(events.accepted().event.programme)
    for file in one.taken():
        answer = client.get(file.path)
        assert answer.status_code == 200, file.path
        assert answer["Content-Type"].partition(";")[0] == file.media
        if file.name == "JSON":
            assert list(answer.json()[0]) == [column.key for column in one.columns if not column.is_beside]
            empty = {key for key, value in answer.json()[0].items() if value is None}
            assert empty <= {column.key for column in one.columns if column.is_null}
        if file.name == "GeoJSON":
            assert list(answer.json()["features"][0]["properties"]) == [column.key for column in one.columns]


def test_open_data_says_of_every_list_how_much_and_when(client):
    award = awards.active()
    answer = client.get("/open/")
    offers = {offer.dataset.name: offer for offer in answer.context["offers"]}
    assert offers["awards"].changed_at == awards.MOMENT
    assert offers["hromadas"].changed_at is None
    assert (offers["awards"].rows, offers["calls"].rows, offers["events-held"].rows) == (1, 1, 0)
    assert award.agreed_on
    page = answer.content.decode()
    assert 'href="/awards.xlsx"' in page
    assert 'href="/awards.geojson"' in page
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert queries_of(client, "/open/") <= 3
    assert client.get("/open/").status_code == 200


def test_open_data_tells_the_size_of_what_was_taken(client):
    awards.active()
    before = client.get("/open/").content.decode()
    size = len(client.get("/awards.csv").content)
    client.get("/awards.csv?state=closed")
    caches["pages"].clear()
    offers = {offer.dataset.name: dict(offer.files) for offer in client.get("/open/").context["offers"]}
    assert {file.name: kept for file, kept in offers["awards"].items()}["CSV"] == size
    assert before


def test_the_catalogue_knows_its_parts_by_the_same_names_in_both_languages(client):
    uk, en = (client.get(f"{start}/open/catalogue.jsonld") for start in ("", "/en"))
    assert uk.content == en.content
    told = uk.json()
    assert told["dct:license"]["@id"].endswith("/by/4.0/")
    assert {one["@language"] for one in told["dcat:dataset"][0]["dct:title"]} == {"uk", "en"}
    assert "dcat:Dataset" in client.get("/open/catalogue.ttl").content.decode()


def test_robots_keep_out_of_what_is_private_and_of_the_demonstration(client, settings):
    said = client.get("/robots.txt").content.decode()
    assert "Disallow: /office/" in said
    assert "Disallow: /\n" not in said
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_the_old_place_of_the_icon_leads_to_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.url.endswith("/favicon.svg")


def test_healthz_reaches_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.content, answer["Cache-Control"]) == (b"ok\n", "no-store")

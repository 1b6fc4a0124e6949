"""Pages that only say something, open data, and answers for machines."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import awards, calls, events, places
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


@pytest.mark.parametrize("one", open_data.LISTS, ids=lambda one: one.name)
def test_columns_that_open_data_promises_are_those_of_the_files(client, one):
    places.hromada()
    awards.active()
    calls.announced()
    now = timezone.now()
    events.published(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1))
    rows = client.get(f"{reverse(one.page).rstrip('/')}.json").json()
    assert list(rows[0]) == [column.key for column in one.columns]


def test_open_data_says_when_a_list_changed(client):
    award = awards.active()
    answer = client.get("/open/")
    changed = {offer.listed.name: offer.changed_at for offer in answer.context["offers"]}
    assert changed == {"calls": None, "awards": awards.MOMENT, "programmes": None, "hromadas": None, "events": None}
    assert award.agreed_on
    assert 'href="/awards.xlsx"' in answer.content.decode()
    assert queries_of(client, "/open/") <= 6


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

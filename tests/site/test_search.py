"""One search over everything that is public."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from tests.factories import awards, calls, events, people, places, programmes
from tests.site.pages import queries_of, text_of
from viche.site.queries import search

pytestmark = pytest.mark.django_db
ADDRESS = "/search/"


def groups(client, q):
    return {group.title: [hit.title for hit in group.hits] for group in client.get(ADDRESS, {"q": q}).context["groups"]}


def test_without_words_it_says_what_can_be_found(client):
    answer = client.get(reverse("site:search"))
    assert "Шукаємо в конкурсах" in text_of(answer)
    assert client.get(ADDRESS, {"q": " я "}).context["groups"] == []


def test_every_kind_is_found_in_its_group(client):
    hromada = places.hromada(name="Тарнавицька", centre_name="Тарнавиця")
    organisation = people.organisation(name="Тарнавицька сільська рада", hromada=hromada)
    programme = programmes.programme(name="Тарнавицькі читання")
    call = calls.announced(programme, title="Тарнавицький конкурс")
    award = awards.active(programme, organisation=organisation)
    found = groups(client, "ТАРНАВИЦ")
    assert found == {
        "Конкурси": [call.title],
        "Підтримка": [award.title],
        "Програми": [programme.name],
        "Громади": [hromada.label],
        "Організації": [organisation.name],
    }


def test_what_is_not_public_is_not_found(client):
    programme = programmes.programme(name="Прихована", is_public=False)
    awards.active(programme, title="Прихований дарунок")
    calls.draft(title="Прихований конкурс")
    assert groups(client, "прихован") == {}
    client.force_login(programmes.officer(programme))
    assert groups(client, "прихован") == {"Програми": ["Прихована"]}


def test_nothing_found_offers_lists(client):
    said = text_of(client.get(ADDRESS, {"q": "хмародряпщина\0"}))
    assert "нічого не знайшли" in said


def test_more_than_fit_lead_to_the_whole_list(client):
    programme = programmes.programme()
    for number in range(search.SHOWN + 1):
        calls.announced(programme, title=f"Читальні {number}")
    answer = client.get(ADDRESS, {"q": "читальні"})
    (group,) = answer.context["groups"]
    assert len(group.hits) == search.SHOWN
    assert group.more == "/calls/?q=%D1%87%D0%B8%D1%82%D0%B0%D0%BB%D1%8C%D0%BD%D1%96"
    for number in range(search.SHOWN + 1):
        programmes.programme(name=f"Абетка {number}")
    assert client.get(ADDRESS, {"q": "абетка"}).context["groups"][0].more == reverse("programmes:list")


def test_queries_do_not_grow(client):
    def more():
        organisation = people.organisation(name="Світла рада")
        awards.active(organisation=organisation, title="Світла читальня")
        calls.announced(title="Світлий конкурс")

    more()
    one = queries_of(client, f"{ADDRESS}?q=світл")
    more()
    more()
    assert queries_of(client, f"{ADDRESS}?q=світл") == one <= 12


def test_events_are_found_coming_before_past(client):
    now = timezone.now()
    soon = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=1)}
    events.published(title="Ярмарок ідей")
    assert "Відбулося" in text_of(client.get(f"{ADDRESS}?q=ярмарок"))
    coming = events.published(title="Ярмарок книжок", **soon)
    events.draft(title="Ярмарок чернеток", **soon)
    (group,) = search.found("ярмарок", AnonymousUser(), now)
    assert [(hit.title, hit.href) for hit in group.hits] == [("Ярмарок книжок", coming.get_absolute_url())]
    type(coming.programme).objects.update(is_public=False)
    assert search.found("ярмарок", AnonymousUser(), now) == []

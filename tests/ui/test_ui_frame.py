"""The frame of every page: menus, the other language, the person's own look, the sentence of the demonstration."""

import pytest
from django.contrib.auth import get_user_model

from viche.ui import menu
from viche.ui.context import Frame

pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db]


def page(client, address="/look/"):
    return client.get(address).content.decode()


def test_what_does_not_exist_is_left_out_of_the_menu():
    assert menu.links((("ui:look", "Вигляд"), ("ui:nowhere", "Ніщо"))) == [menu.Link("/look/", "Вигляд")]


def test_the_page_in_the_other_language(client):
    assert '<a href="/en/look/?a=1" lang="en" hreflang="en">English</a>' in page(client, "/look/?a=1")
    assert '<a href="/look/?a=1" lang="uk" hreflang="uk">Українською</a>' in page(client, "/en/look/?a=1")


def test_the_menu_shows_where_one_is(rf):
    frame = Frame(rf.get("/calls/one/"))
    frame.__dict__["menu"] = [menu.Link("/calls/", "Конкурси"), menu.Link("/", "Головна")]
    assert frame.here == "/calls/"


def test_the_foot_leads_to_the_source(client, settings):
    settings.SOURCE_URL = "https://source.example/viche"
    assert 'href="https://source.example/viche"' in page(client)


def test_the_demonstration_says_so(client, settings):
    assert "Показова установка" not in page(client)
    settings.DEMO = True
    assert page(client).count("Показова установка") == 2
    assert '<meta name="robots" content="noindex">' in page(client)


def test_a_visitor_is_offered_the_door_and_a_member_the_cabinet(client, monkeypatch):
    assert '<a href="/account/login/">Увійти</a>' in page(client)
    user = get_user_model()(pk=1, email="officer@example.org")
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda _request: user)
    signed = page(client)
    assert "Кабінет" in signed
    assert '<form method="post" action="/account/logout/">' in signed
    assert "Увійти" not in signed


def test_a_person_chooses_the_look(client):
    answer = client.post("/look/", {"scheme": "night", "contrast": "more", "next": "/look/?back"})
    assert answer["Location"] == "/look/?back"
    assert answer.cookies["look"].value == "night.more"
    assert '<html lang="uk" data-scheme="night" data-contrast="more">' in page(client)
    assert 'value="night" id="id_scheme_2" checked' in page(client)


@pytest.mark.parametrize("cookie", ["", "auto.auto", "x.y", '"><script>'])
def test_no_choice_and_nonsense_leave_it_to_the_device(client, cookie):
    client.cookies["look"] = cookie
    assert '<html lang="uk">' in page(client)


def test_the_choice_leads_to_no_other_site(client):
    answer = client.post("/look/", {"scheme": "day", "contrast": "auto", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/look/"


def test_a_wrong_choice_is_said(client):
    assert "Виберіть одне з запропонованого" in client.post("/look/", {"scheme": "rainbow"}).content.decode()

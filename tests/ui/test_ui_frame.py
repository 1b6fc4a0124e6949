"""The frame of every page: menus, the other language, the person's own look, the sentence of the demonstration."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

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
    assert '<a href="/account/login/" data-nobody>Увійти</a>' in page(client)
    user = get_user_model()(pk=1, email="officer@example.org")
    monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda _request: user)
    signed = page(client)
    assert "Кабінет" in signed
    assert '<form method="post" action="/account/logout/" data-leaving>' in signed
    assert "Увійти" not in signed


def test_a_word_is_no_address_to_come_back_to(client):
    answer = client.post("/look/", {"scheme": "night", "contrast": "auto", "next": "abc"})
    assert answer["Location"] == "/look/"


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


def drawn(rf, template, **context):
    request = rf.get("/office/FUND/calls/")
    request.user = AnonymousUser()
    return render_to_string(template, context, request)


class Roles(list):
    """The roles that somebody holds in a programme, as far as the menu asks."""

    def filter(self, **_user):
        return self

    def values_list(self, *_field, **_flat):
        return list(self)


OFFICE = (("programme", "Перша", {"officer", "observer"}), ("calls", "Друга", {"officer"}))


def with_office(monkeypatch):
    """An office of two entries, whatever addresses these tests have."""
    monkeypatch.setattr(menu, "OFFICE", OFFICE)
    monkeypatch.setattr(menu, "links", lambda names, *_parts: [menu.Link(f"/{name}/", text) for name, text in names])


@pytest.mark.parametrize(
    ("roles", "shown"),
    [(["officer"], ["Перша", "Друга"]), (["observer"], ["Перша"]), ([], []), (None, ["Перша", "Друга"])],
)
def test_a_page_of_the_office_has_what_the_reader_may_open(rf, monkeypatch, roles, shown):
    with_office(monkeypatch)
    menu.office_of.cache_clear()
    programme = (
        SimpleNamespace(code="FUND", called="Фонд")
        if roles is None
        else SimpleNamespace(code="FUND", called="Фонд", roles=Roles(roles))
    )
    page = drawn(rf, "ui/office.html", programme=programme)
    menu.office_of.cache_clear()
    assert '<body class="office"' in page
    assert ('<nav class="tabs"' in page) == bool(shown)
    assert [text for _name, text, _roles in OFFICE if f">{text}</a>" in page] == shown


def test_who_runs_the_installation_sees_the_whole_menu_and_a_page_may_name_its_entry(rf, monkeypatch):
    with_office(monkeypatch)
    menu.office_of.cache_clear()
    assert menu.roles_of(SimpleNamespace(is_administrator=True), SimpleNamespace(roles=Roles())) is None
    page = drawn(rf, "ui/office.html", programme=SimpleNamespace(code="FUND", called="Фонд"), office_tab="/programme/")
    menu.office_of.cache_clear()
    assert '<a href="/programme/" aria-current="true">Перша</a>' in page


def test_an_act_that_destroys_asks_first(rf):
    page = drawn(
        rf,
        "ui/confirm.html",
        title="Відкликати заявку?",
        lead="До 30 листопада її можна подати знову.",
        act="Відкликати",
        back="/me/",
        danger=True,
    )
    assert "<h1>Відкликати заявку?</h1>" in page
    assert '<button class="button button--danger" type="submit">Відкликати</button>' in page
    assert '<a class="button button--quiet" href="/me/">Не треба</a>' in page


def test_what_a_view_says_is_shown_on_the_next_page(rf):
    page = drawn(rf, "ui/page.html", messages=[SimpleNamespace(level_tag="success")])
    assert 'class="notice notice--good notice--said" role="status"' in page

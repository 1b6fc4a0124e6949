"""Who may open a view: everybody, whoever signed in, whoever a rule says; the rest hear 404 or are asked to sign in."""

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from tests.ui import urls
from viche.ui import access

pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db]


@pytest.fixture
def officer():
    return get_user_model()(pk=1, email="officer@example.org")


@pytest.fixture
def stranger():
    return get_user_model()(pk=2, email="stranger@example.org")


@pytest.fixture
def ask(client, monkeypatch):
    """Ask as somebody who needs no row in the database."""

    def asked(address, user=None, *, method="get", **given):
        if user is not None:
            monkeypatch.setattr("django.contrib.auth.middleware.get_user", lambda _request: user)
        return getattr(client, method)(address, **given)

    return asked


def test_a_view_says_who_may_open_it():
    assert urls.hello.viche_access == access.Access("anyone")
    assert urls.own.viche_access.kind == "signed_in"
    assert urls.seen.viche_access == access.Access("allowed", urls.may_see)
    assert urls.seen.__name__ == "seen"


def test_everybody_may_open_what_is_for_anyone(ask):
    assert ask("/hello/word/").content == b"word"


def test_a_visitor_is_asked_to_sign_in_and_comes_back(ask):
    answer = ask("/own/?a=1")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=%2Fown%2F%3Fa%3D1"


def test_whoever_signed_in_comes_in(ask, stranger):
    assert ask("/own/", stranger).content == b"own"


def test_a_rule_is_asked_about_the_thing(ask, officer):
    assert ask("/things/open/part-1/").content == b"True part-1"
    assert ask("/things/closed/part-1/", officer).content == b"False part-1"


def test_what_one_may_not_see_is_not_there(ask, stranger):
    assert ask("/things/closed/x/", stranger).status_code == 404


def test_what_is_missing_is_not_there(ask, officer):
    assert ask("/things/other/x/", officer).status_code == 404
    assert ask("/things/nothing/x/", officer).status_code == 404


def test_a_visitor_does_not_learn_what_is_there(ask):
    assert ask("/things/closed/x/").status_code == ask("/things/other/x/").status_code == 404
    for language in ("", "/en"):
        for name in ("open", "closed", "other"):
            assert ask(f"{language}/me/things/{name}/x/")["Location"].startswith(f"{language}/account/login/?next=")


def test_a_visitor_is_asked_to_sign_in_for_an_act_on_what_everybody_sees(ask, stranger):
    assert ask("/act/open/").status_code == 302
    assert ask("/act/open/", stranger).content == b"done"
    assert ask("/act/closed/").status_code == ask("/act/other/").status_code == 404


def test_a_rule_without_a_thing(ask, stranger):
    assert ask("/whoever/word/").status_code == 302
    assert ask("/whoever/word/", stranger).content == b"word"


def test_a_script_hears_401(ask):
    answer = ask("/own/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["sign_in"].startswith("/account/login/")


def test_after_an_empty_post_one_comes_back_to_the_page_that_sent_it(ask):
    answer = ask("/own/", method="post", headers={"referer": "http://testserver/form/"})
    assert answer["Location"].endswith("?next=http%3A%2F%2Ftestserver%2Fform%2F")


@pytest.mark.parametrize("referer", ["", "https://elsewhere.example/form/"])
def test_another_site_is_no_place_to_come_back_to(ask, referer):
    answer = ask("/own/", method="post", headers={"referer": referer})
    assert answer["Location"].endswith("?next=%2F")


def test_a_form_sent_after_signing_out_keeps_what_was_typed(ask):
    answer = ask("/own/", method="post", data={"story": "Три роки чекали на автобус", "password": "secret word"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'name="story" value="Три роки чекали на автобус"' in page
    assert "secret word" not in page
    assert "Увійти в новій вкладці" in page


def test_found_passes_404_on():
    request = RequestFactory().get("/")
    assert request is access.found(lambda: request, {})

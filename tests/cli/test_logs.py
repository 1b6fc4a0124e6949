"""The log names the page that was asked for, never the link that lets somebody in."""

import logging
import re

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from viche.config.logs import NoTokens

TOKEN = "r4nd0m_T0ken-of-thirty-two-signs"


def written(message, *given):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, given, None)
    assert NoTokens().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("people:invitation", {"token": TOKEN}),
        ("programmes:invitation", {"token": TOKEN}),
        ("account_confirm_email", {"key": f"MQ:{TOKEN}:x"}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": TOKEN}),
        ("mail:stop", {"token": f"{TOKEN}:{TOKEN}"}),
        ("demo:sign_in", {"token": f"head:{TOKEN}"}),
    ],
)
@pytest.mark.parametrize("front", ["", "/en"])
def test_a_token_is_left_out(name, parts, front):
    said = written("Forbidden: %s", front + reverse(name, kwargs=parts))
    assert said.startswith("Forbidden: /")
    assert said.endswith("/…/")
    assert TOKEN not in said


def patterns(resolver, before=""):
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one, route)
        else:
            yield route


def test_no_address_with_a_token_is_forgotten():
    found = [route for route in patterns(get_resolver()) if ":token>" in route]
    assert len(found) >= 8
    for route in found:
        asked = "/" + re.sub(r"<[^>]*>", "CODE", re.sub(r"<\w+:token>", TOKEN, route))
        assert TOKEN not in written("Not Found: %s", asked), route


def test_other_addresses_and_words_stay():
    for said in ("Not Found: /me/organisations/12/invitations/345/repeat/", "Broken pipe", "100 % done/"):
        assert written(said) == said
    assert written("%s of %s/", 1, 2) == "1 of 2/"


def test_every_handler_has_the_filter():
    assert all("no tokens" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
    assert settings.LOGGING["root"]["handlers"] == ["console"]


@pytest.mark.parametrize("said", ["/api/v1/office/{}/awards", "/api/v1/awards?key={}", "/?a=1&token={}", "/{}/{}/"])
def test_a_key_that_somebody_put_into_an_address_is_left_out(said):
    secret = f"viche_{TOKEN}-_aZ"
    told = written("Not Found: %s", said.format(secret, secret))
    assert secret not in told
    assert TOKEN not in told
    assert "viche_…" in told

"""The door of the demonstration: open at home alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.urls import reverse

from viche.demo import prepare, stage
from viche.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def paths():
    return [path for _role, path in prepare.links()]


def test_every_role_has_a_door(demo, client, paths):
    assert len(paths) == len(stage.PLAYERS)
    for player, path in zip(stage.PLAYERS, paths, strict=True):
        page = client.get(path)
        assert page.status_code == 200
        assert player.name in page.content.decode()
        assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_looking_signs_nobody_in_and_the_button_leads_to_the_cabinet(demo, client, paths):
    client.get(paths[0])
    assert "_auth_user_id" not in client.session
    answer = client.post(paths[0])
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert client.session["_auth_user_id"] == str(User.objects.get(email="officer@viche.example").pk)


def test_the_administrator_of_the_demonstration_is_one(demo, client, paths):
    client.post(paths[-1])
    assert User.objects.get(pk=client.session["_auth_user_id"]).is_administrator


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_real_installation_has_no_such_door(client, paths, method):
    assert getattr(client, method)(paths[0]).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "told",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "somewhere"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_who_comes_from_elsewhere_finds_nothing(demo, client, paths, method, told):
    assert getattr(client, method)(paths[0], **told).status_code == 404


def test_the_loopback_of_version_six_is_home_too(demo, client, paths):
    assert client.get(paths[0], REMOTE_ADDR="::1").status_code == 200


@pytest.mark.parametrize(
    "token",
    [
        "officer",
        "officer:1xUyVJ:forged",
        TimestampSigner(key="another", salt=prepare.SALT).sign("officer"),
        TimestampSigner(salt="another").sign("officer"),
        TimestampSigner(salt=prepare.SALT).sign("stranger"),
    ],
    ids=["unsigned", "forged", "another key", "another salt", "a stranger"],
)
def test_what_this_installation_did_not_sign_opens_nothing(demo, client, token):
    assert client.post(reverse("demo:sign_in", args=[token])).status_code == 404


def test_after_a_month_the_links_are_over(demo, client, paths):
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert client.get(paths[0]).status_code == 404

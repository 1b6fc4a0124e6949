"""Several processes serve one installation: whoever signs out is out in all of them, and they count tries together."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import people
from tests.factories.processes import database, environment
from viche.people.models import CacheRow

pytestmark = pytest.mark.django_db(transaction=True)
# Answers requests as one process of the server would, with the settings of an installation.
SERVER = """
import json, sys
import django
django.setup()
from django.test import Client
client = Client()
for line in sys.stdin:
    asked = json.loads(line)
    client.cookies.load(asked["cookies"])
    answer = getattr(client, asked["method"])(asked["path"], asked["data"])
    print(json.dumps({"status": answer.status_code, "text": answer.content.decode()}), flush=True)
"""


class Server:
    """One process of the installation on the database of this test."""

    def __init__(self, var):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            env=environment(var, database(), SECRET_KEY=settings.SECRET_KEY, ALLOWED_HOSTS="testserver"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, method, path, data=None, cookies=""):
        print(
            json.dumps({"method": method, "path": path, "data": data, "cookies": cookies}),
            file=self.process.stdin,
            flush=True,
        )
        return json.loads(self.process.stdout.readline())


@pytest.fixture
def servers(tmp_path, monkeypatch):
    """Two of them; both end with the test."""
    monkeypatch.delenv("REDIS_URL", raising=False)
    both = [Server(tmp_path), Server(tmp_path)]
    yield both
    for one in both:
        one.process.communicate(timeout=30)


def test_whoever_signs_out_is_out_everywhere(servers, client):
    one, other = servers
    client.force_login(people.user())
    cookies = client.cookies.output(header="", sep=";")
    profile = reverse("people:profile")
    assert [server.ask("get", profile, cookies=cookies)["status"] for server in servers] == [200, 200]
    one.ask("post", reverse("account_logout"), cookies=cookies)
    assert other.ask("get", profile, cookies=cookies)["status"] == 302


def test_tries_are_counted_together(servers):
    one, other = servers
    wrong = {"login": "nobody@example.org", "password": "не той пароль"}
    for server in (one, one, one, other, other):
        assert "Пошта або пароль не ті." in server.ask("post", reverse("account_login"), wrong)["text"]
    assert "Забагато спроб поспіль" in one.ask("post", reverse("account_login"), wrong)["text"]
    assert CacheRow.objects.exists()

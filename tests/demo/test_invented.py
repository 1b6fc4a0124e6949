"""Every page and every export of the demonstration says that it is invented, and wants to be in no search engine."""

import pytest

from tests.factories import places
from viche.demo import fund, prepare, stage

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/en/",
    "/programmes/",
    "/programmes/FUND/",
    "/calls/",
    "/calls/FUND-24/",
    "/awards/",
    "/awards/FUND-24-001/",
    "/hromadas/",
    "/search/?q=%D1%80%D0%B0%D0%B4%D0%B0",
    "/account/login/",
    "/nowhere/",
]
EXPORTS = ["awards.csv", "awards.json", "awards.xlsx", "calls.csv", "calls.json", "hromadas.json", "hromadas.csv"]
FOR_PEOPLE = ["/me/", "/office/", "/office/letters/", "/office/journal/", "/office/FUND/calls/FUND-24/"]


@pytest.fixture
def played(settings, db):
    settings.DEMO = True
    for oblast in {told[3] for told in stage.texts("hromadas")["hromadas"]}:
        places.oblast(name=oblast)
    prepare.play(fund.play)


def test_pages_and_exports_say_so(played, client):
    for path in PAGES:
        assert_said(client.get(path), path)
    for name in EXPORTS:
        answer = client.get(f"/{name}")
        assert answer.status_code == 200, name
        assert answer["X-Robots-Tag"] == "noindex", name
        assert f'filename="demo-{name}"' in answer["Content-Disposition"], name
    assert b"Disallow: /\n" in client.get("/robots.txt").content
    client.force_login(stage.player("administrator"))
    for path in FOR_PEOPLE:
        assert_said(client.get(path), path)


def assert_said(answer, path):
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex", path
    assert '<meta name="robots" content="noindex">' in page, path
    assert ("Показова установка" if not path.startswith("/en/") else "A demonstration.") in page, path


def test_a_real_installation_may_be_found(client):
    assert "X-Robots-Tag" not in client.get("/").headers

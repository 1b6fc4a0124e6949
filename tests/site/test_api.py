"""The API: pages that stand fast, what has not changed, who may read, what is wrong; its page with examples that run."""

import json
import subprocess
import sys

import pytest
import time_machine
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse

from tests.factories import awards, calls, events, people, places, programmes
from viche.people import operations
from viche.people.choices import Scope
from viche.site.queries.open_data.examples import every
from viche.ui import asking

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture(autouse=True)
def _uncounted():
    caches["asking"].clear()


@pytest.fixture
def programme():
    return programmes.programme(code="FUND")


def read(client, address, **head):
    answer = client.get(f"{API}{address}", headers=head)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def path_of(address):
    return address.partition("/api/v1/")[2]


def codes(client, address):
    """Every code of a list, page after page."""
    found = []
    while address:
        page = read(client, address)
        found += [one["code"] for one in page["items"]]
        address = page["next"] and path_of(page["next"])
    return found


# Pages


def test_a_list_is_read_page_by_page_and_stands_fast(client, programme):
    first = [events.published(programme).code for _number in range(4)]
    page = read(client, "events?limit=2")
    assert [one["code"] for one in page["items"]] == first[:2]
    late = events.published(programme).code
    assert codes(client, path_of(page["next"])) == [*first[2:], late]
    answer = client.get(f"{API}events?limit=2")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "limit=2" in answer.json()["next"]
    assert read(client, "events?limit=5")["next"] is None


@pytest.mark.parametrize("name", ["hromadas", "organisations", "participants", "awards", "calls", "programmes"])
def test_every_list_goes_on(client, name, programme):
    for _number in range(3):
        programmes.participant(programme)
    awards.active()
    awards.active()
    calls.announced()
    calls.announced()
    page = read(client, f"{name}?limit=1")
    assert len(page["items"]) == 1
    following = read(client, path_of(page["next"]))
    assert following["items"] != page["items"]


def test_filters_stay_in_the_address_of_the_next_page(client, programme):
    for _number in range(2):
        awards.active(programme)
    awards.active()
    page = read(client, "awards?programme=FUND&limit=1")
    assert "programme=FUND" in page["next"]
    assert len(codes(client, "awards?programme=FUND&limit=1")) == 2


# One record


def test_one_record_is_its_row(client, programme):
    award, event, call = awards.active(programme), events.published(programme), calls.announced(programme)
    organisation = programmes.participant(programme).organisation
    for address, code in {
        f"awards/{award.code}": award.code,
        f"events/{event.code}": event.code,
        f"calls/{call.code}": call.code,
        "programmes/FUND": "FUND",
        f"hromadas/{organisation.hromada.code}": organisation.hromada.code,
        f"oblasts/{organisation.hromada.oblast.code}": organisation.hromada.oblast.code,
    }.items():
        assert read(client, address)["code"] == code
    one = read(client, f"organisations/{organisation.pk}")
    assert one["edrpou"] == organisation.edrpou
    assert one == next(row for row in read(client, "organisations")["items"] if row["id"] == organisation.pk)


def test_what_is_not_for_everybody_is_not_there(client, programme):
    closed = programmes.programme()
    behind = awards.active(closed), events.published(closed), calls.announced(closed)
    type(closed).objects.filter(pk=closed.pk).update(is_public=False)
    hidden = [
        f"awards/{behind[0].code}",
        f"awards/{awards.prepared(programme).code}",
        f"events/{behind[1].code}",
        f"events/{events.draft(programme).code}",
        f"calls/{behind[2].code}",
        f"calls/{calls.draft(programme).code}",
        f"programmes/{closed.code}",
        f"organisations/{people.organisation(parent=people.organisation(), edrpou='').pk}",
        "organisations/0",
        "hromadas/UA00000000000000000",
        "nothing",
        "events/%00",
    ]
    for address in hidden:
        answer = client.get(f"{API}{address}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), address
    for name in ("awards", "events", "calls", "programmes", "participants"):
        programmes.participant(closed)
        assert closed.code not in client.get(f"{API}{name}").content.decode()


def test_a_private_place_is_absent(client, programme):
    event = events.published(
        programme,
        is_place_private=True,
        venue="Сховок 7",
        address="вул. Тиха, 9",
        latitude=48.123456,
        longitude=30.654321,
    )
    for address in ("events", f"events/{event.code}"):
        body = client.get(f"{API}{address}").content.decode()
        assert [word for word in ("Сховок", "Тиха", "48.123456", "30.654321") if word in body] == []


def test_filters_of_events(client, programme):
    event = events.published(programme)
    asked = {
        "oblast": event.oblast.slug,
        "hromada": event.hromada.code,
        "programme": "FUND",
        "since": "2024-05-20",
        "until": "2024-05-20",
    }
    for name, value in asked.items():
        assert codes(client, f"events?{name}={value}") == [event.code], name
    for nothing in (
        "oblast=nowhere",
        "campaign=X",
        "since=2024-05-21",
        "until=2024-05-19",
        "until=0001-01-01",
        "since=9999-12-31",
    ):
        assert codes(client, f"events?{nothing}") == [], nothing


# What has not changed, who asks from where, how often


def test_an_etag_spares_the_wire(client, programme):
    answer = client.get(f"{API}programmes")
    again = client.get(f"{API}programmes", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    programmes.programme()
    assert client.get(f"{API}programmes", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_page_that_goes_on_is_found_again_a_day_later(client, programme):
    programmes.programme()
    with time_machine.travel("2024-05-20", tick=False):
        etag = client.get(f"{API}programmes?limit=1")["ETag"]
    with time_machine.travel("2024-05-21", tick=False):
        assert client.get(f"{API}programmes?limit=1", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/open/catalogue.jsonld", "/open/catalogue.ttl"])
def test_documents_are_found_again_by_their_etag(client, address):
    answer = client.get(address)
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_any_page_may_read_and_none_may_write(client):
    asked = client.options(f"{API}calls", headers={"Origin": "https://map.example"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in asked
    assert "Authorization" not in asked["Access-Control-Allow-Headers"]
    assert client.head(f"{API}calls").status_code == 200
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"{API}calls")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer["Content-Type"] == "application/problem+json"


def test_an_office_is_read_from_no_strange_page(client):
    for answer in (client.options(f"{API}office/programmes"), client.get(f"{API}office/programmes")):
        assert "Access-Control-Allow-Origin" not in answer


def test_who_asks_too_often_waits(client, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # Whatever a machine writes before the proxy's own word counts for nothing.
    said = [
        client.get(f"{API}calls", headers={"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7"}) for number in range(3)
    ]
    assert [one.status_code for one in said] == [200, 200, 429]
    assert 0 < int(said[-1]["Retry-After"]) <= 60
    assert said[-1].json()["status"] == 429
    assert client.get(f"{API}calls", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 200


def test_a_household_is_one_machine_and_nobody_is_one_too(client, settings):
    settings.API_REQUESTS_A_MINUTE = 1
    assert client.get(f"{API}calls", REMOTE_ADDR="2001:db8::1").status_code == 200
    assert client.get(f"{API}calls", REMOTE_ADDR="2001:db8::2").status_code == 429
    assert client.get(f"{API}calls", REMOTE_ADDR="2001:db8:0:1::2").status_code == 200
    assert client.get(f"{API}calls", REMOTE_ADDR="").status_code == 200
    assert client.get(f"{API}calls", REMOTE_ADDR="").status_code == 429


# What is wrong


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("limit=0", 422, "від 1 до 200"),
        ("limit=201", 422, "від 1 до 200"),
        ("limit=x", 422, "ціле число"),
        ("limit=٣", 422, "ціле число"),
        ("limit=1&limit=2", 422, "двічі"),
        ("since=20.05.2024", 422, "2024-05-20"),
        ("since=2024-02-30", 422, "2024-05-20"),
        ("state=open", 422, "нічого не означає"),
        ("q=", 422, "нічого не означає"),
        (f"programme={'x' * 101}", 422, "100"),
        ("cursor=x", 400, "cursor"),
        ("cursor=", 400, "cursor"),
    ],
)
def test_a_wrong_question_is_told_in_a_sentence(client, asked, status, said):
    answer = client.get(f"{API}events?{asked}")
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_words_of_few_are_named(client):
    assert "grant, hub, support" in client.get(f"{API}calls?kind=money").json()["detail"]
    assert client.get(f"{API}programmes/FUND?x=1").status_code == 422


def test_a_place_of_another_list_is_none_of_this(client):
    place = asking.place_after(1, of=f"{API}awards")
    assert client.get(f"{API}awards?cursor={place}").status_code == 200
    assert client.get(f"{API}calls?cursor={place}").status_code == 400


def test_a_fault_of_ours_is_told_to_programs_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("viche.awards.exports.OPEN_COLUMNS", ["one"])
    awards.active()
    answer = client.get(f"{API}awards")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")


def test_a_strange_host_is_told_so(client):
    answer = client.get(f"{API}awards", headers={"host": "evil.example"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


# Keys


def bearer(key):
    return {"Authorization": f"Bearer {key.secret}"}


def test_an_office_is_read_by_a_key_and_not_by_signing_in(client, programme):
    officer = programmes.officer(programme)
    client.force_login(officer)
    for address in ("programmes", "FUND/applications", "FUND/awards", "FUND/events"):
        shut = client.get(f"{API}office/{address}")
        assert (shut.status_code, shut["WWW-Authenticate"]) == (401, 'Bearer realm="viche"')
    assert client.get(f"{API}office/programmes", headers={"Authorization": "Bearer x"}).status_code == 401
    assert client.get(f"{API}office/programmes", headers={"Authorization": "Basic x"}).status_code == 401


def test_a_key_reads_what_its_owner_may(client, programme):
    officer, closed = programmes.officer(programme), programmes.programme(is_public=False)
    programmes.role("officer", closed, user=officer)
    application = calls.submitted(calls.announced(programme))
    award, event = awards.prepared(programme), events.submitted(programme)
    key = people.key(officer)
    told = {
        address: read(client, f"office/{address}", **bearer(key))["items"]
        for address in (
            "programmes",
            "FUND/applications?call=" + application.call.code,
            "FUND/awards",
            "FUND/events?state=submitted",
        )
    }
    found = [[one["code"] for one in items] for items in told.values()]
    assert found == [["FUND", closed.code], [application.code], [award.code], [event.code]]
    assert [one["is_public"] for one in told["programmes"]] == [True, False]
    shut = {"FUND/applications?state=withdrawn", "FUND/events?state=declined", "FUND/awards?state=closed"}
    assert [read(client, f"office/{one}", **bearer(key))["items"] for one in shut] == [[], [], []]
    assert "private" in client.get(f"{API}office/FUND/awards", headers=bearer(key))["Cache-Control"]


def test_a_key_is_never_more_than_its_owner_now(client, programme):
    officer = programmes.officer(programme)
    key = people.key(officer)
    awards.prepared(programme)
    assert read(client, "office/FUND/awards", **bearer(key))["items"]
    officer.roles.all().delete()
    for address in ("FUND/awards", "FUND/events", "FUND/applications", "NOBODY/awards"):
        assert client.get(f"{API}office/{address}", headers=bearer(key)).status_code == 404
    assert read(client, "office/programmes", **bearer(key))["items"] == []
    operations.revoke_key(key, by=officer, at=people.LATER)
    assert client.get(f"{API}office/programmes", headers=bearer(key)).status_code == 401


def test_a_key_reads_only_what_it_is_for(client, programme):
    key = people.key(programmes.officer(programme), [Scope.EVENTS])
    assert client.get(f"{API}office/FUND/events", headers=bearer(key)).status_code == 200
    said = client.get(f"{API}office/FUND/awards", headers=bearer(key))
    assert (said.status_code, said["Content-Type"]) == (403, "application/problem+json")


def test_an_application_with_which_one_is_tied_is_not_there(client, programme):
    officer = programmes.officer(programme)
    call = calls.announced(programme)
    own, other = calls.submitted(call), calls.submitted(call)
    people.member(own.organisation, user=officer)
    rows = read(client, "office/FUND/applications", **bearer(people.key(officer)))["items"]
    assert [one["code"] for one in rows] == [other.code]


def test_a_consultant_reads_the_own_oblast(client, programme):
    far = people.organisation(hromada=places.hromada(oblast=places.oblast(name="Львівська")))
    mine, theirs = events.published(programme), events.published(programme, organisation=far)
    consultant = programmes.consultant(programme, oblast=mine.oblast)
    assert mine.oblast != theirs.oblast
    rows = read(client, "office/FUND/events", **bearer(people.key(consultant)))["items"]
    assert [one["code"] for one in rows] == [mine.code]


# Queries, the document and the page


@pytest.mark.parametrize(
    "page",
    [
        ("programmes", 1),
        ("calls", 1),
        ("awards", 1),
        ("events", 2),
        ("organisations", 1),
        ("participants", 1),
        ("hromadas", 1),
        ("oblasts", 1),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_much_for_three_rows_as_for_one(client, programme, django_assert_max_num_queries, page, count):
    for _number in range(count):
        programmes.participant(programme)
        awards.active()
        calls.announced()
        events.published()
    name, most = page
    with django_assert_max_num_queries(most):
        assert read(client, name)["items"]


@pytest.mark.parametrize("page", [("programmes", 3), ("FUND/applications", 6), ("FUND/awards", 7), ("FUND/events", 6)])
@pytest.mark.parametrize("count", [1, 3])
def test_so_does_a_page_of_an_office(client, programme, django_assert_max_num_queries, page, count):
    key = people.key(programmes.officer(programme))
    call = calls.announced(programme)
    for _number in range(count):
        calls.submitted(call)
        awards.prepared(programme)
        events.submitted(programme)
    address, most = page
    with django_assert_max_num_queries(most):
        assert read(client, f"office/{address}", **bearer(key))["items"]


def test_the_description_speaks_both_languages(client):
    for start, server, word in (("", "", "Громади"), ("/en", "/en", "Hromadas")):
        told = client.get(f"{start}{API}openapi.json").json()
        assert told["servers"][0]["url"].endswith(f"8000{server}")
        assert told["components"]["schemas"]["hromadas"]["title"] == word


def test_the_page_names_every_address(client):
    page = client.get(reverse("site:api")).content.decode()
    told = client.get(f"{API}openapi.json").json()
    assert [path for path in told["paths"] if f"<code>{path}</code>" not in page] == []


@pytest.mark.django_db(transaction=True)
def test_the_examples_run(live_server, settings, tmp_path, programme):
    settings.SITE_ADDRESS = live_server.url
    with transaction.atomic():
        events.published(programme)
        awards.active(programme)
        calls.announced(programme)
        key = people.key(programmes.officer(programme))
    page = live_server.url and every(live_server.url)
    for one in page:
        command = (
            ["bash", "-euo", "pipefail", "-c", one.lines]
            if one.language == "curl"
            else [sys.executable, "-c", one.lines]
        )
        ran = subprocess.run(
            command,
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "VICHE_KEY": key.secret},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, (one.lines, ran.stderr)
        if "304" in ran.stdout or one.language == "Python":
            assert ran.stdout.strip() in {"304", "1"}
    assert json.loads((tmp_path / "awards.geojson").read_text())["features"]


# Files with places


def test_lists_with_places_are_points_too(client, programme):
    hromada = places.hromada(latitude=49.5, longitude=34.5)
    organisation = people.organisation(hromada=hromada)
    awards.active(programme, organisation=organisation)
    programmes.participant(programme, organisation=organisation)
    for address in (
        "/awards.geojson",
        "/hromadas.geojson",
        "/open/participants.geojson",
        "/open/organisations.geojson",
    ):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/geo+json", address
        shapes = [one["geometry"] for one in answer.json()["features"]]
        assert {"type": "Point", "coordinates": [34.5, 49.5]} in shapes, address
    assert client.get("/calls.geojson").status_code == 404
    assert client.get("/oblasts.geojson").status_code == 404

"""The telephone's page without scripts, the addresses its outbox speaks to, and what opens without a network."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import files, people, programmes
from viche.events.models import Event, Photo, Tally

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def event():
    now = datetime.now(UTC)
    return factory.published(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


@pytest.fixture
def hub(client, event):
    client.force_login(event.author)
    return client


def at(name, event, *more):
    return reverse(f"events:{name}", args=[event.code, *more])


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


def post(client, event, **data):
    page = client.get(at("count", event))
    sent = {"key": hidden(page, "key"), "revision": "0", **data}
    return sent, client.post(at("count", event), sent)


def test_every_press_of_a_button_counts_without_scripts(hub, event):
    sent, answer = post(hub, event, step="cell-f-youth+1")
    assert answer.url == f"{at('count', event)}?tally={sent['key']}#id_cell-f-youth"
    page = hub.get(answer.url.partition("#")[0])
    assert hidden(page, "key") == sent["key"]
    again = {"key": sent["key"], "revision": hidden(page, "revision"), "cell-f-youth": "1", "group-older": "1"}
    hub.post(at("count", event), {**again, "step": "cell-f-youth+1"})
    row = Tally.objects.get()
    assert (row.cells, row.groups, row.revision) == ({"f:youth": 2}, {"older": 1}, 2)
    hub.post(at("count", event), {**again, "revision": "2", "step": "cell-f-youth-1", "group-older": ""})
    row.refresh_from_db()
    assert row.cells == {}
    assert "Уже полічено всіма: 0" in hub.get(at("count", event)).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"cell-f-youth": "-3"}, "Число не може бути від’ємним."),
        ({"cell-f-youth": "багато"}, "Напишіть число"),
        ({"cell-f-youth": "1", "group-older": "2"}, "Люди старшого віку: 2, а всього людей 1"),
        ({"cell-f-youth": "1000000"}, "Зменште"),
    ],
)
def test_what_cannot_be_stays_on_the_page_with_a_sentence(hub, event, data, words):
    _sent, answer = post(hub, event, **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{data["cell-f-youth"]}"' in page
    assert not Tally.objects.exists()


def test_a_part_above_the_whole_is_told_at_its_field(hub, event):
    """The sum stands beside the group, not only on top of the page; the same whether typed or pressed."""
    for data in (
        {"cell-f-youth": "1", "group-older": "2"},
        {"cell-f-youth": "1", "group-older": "1", "step": "group-older+1"},
    ):
        page = post(hub, event, **data)[1].content.decode()
        assert '<span class="fault" id="e-id_group-older">2, а всього людей 1.</span>' in page


def test_what_is_counted_already_stands_above_the_buttons(hub, event):
    colleague = people.preparer(event.organisation)
    factory.tally(event, by=colleague, at=datetime.now(UTC))
    page = hub.get(at("count", event)).content.decode()
    assert re.search(r"Уже полічено всіма: 3 \(\d+\s\w+, \d\d:\d\d\)", page)
    assert page.index("Уже полічено всіма") < page.index('class="count-more"')
    assert "Уже полічено всіма: 5 (" in send(hub, event).json()["so_far"]


def send(client, event, **changes):
    sent = {"key": str(uuid.uuid4()), "revision": 1, "cells": {"f:youth": 2}, "groups": {}, **changes}
    return client.post(at("tally", event), json.dumps(sent), content_type="application/json", **JSON)


def test_the_outbox_sends_a_count_once(hub, event):
    key = str(uuid.uuid4())
    when = datetime.now(UTC) - timedelta(minutes=5)
    first = send(hub, event, key=key, counted_at=when.isoformat(), user=str(event.author.pk))
    again = send(hub, event, key=key, cells={"f:youth": 50})
    later = send(hub, event, key=key, revision=3, cells={"f:youth": 5})
    assert [one.json()["total"] for one in (first, again, later)] == [2, 2, 5]
    assert Tally.objects.count() == 1
    assert (
        send(hub, event, counted_at="2024-05-20T10:00:00").status_code == 200
    )  # a clock without a zone is not believed


@pytest.mark.parametrize(
    "changes",
    [{"key": "x"}, {"revision": "багато"}, {"cells": None}, {"cells": {"f:youth": -1}}, {"groups": {"older": 9}}],
)
def test_nonsense_is_refused_with_a_sentence(hub, event, changes):
    answer = send(hub, event, **changes)
    assert answer.status_code == 422
    assert answer.json()["text"]


def test_no_json_and_too_much_of_it(hub, event):
    for body in ("[]", "{", "null", json.dumps({"key": "1" * 30_000})):
        assert hub.post(at("tally", event), body, content_type="application/json", **JSON).status_code == 422


def test_somebody_elses_count_waits_in_the_telephone(hub, event):
    answer = send(hub, event, user=str(people.user().pk))
    assert (answer.status_code, Tally.objects.exists()) == (401, False)
    assert "інша людина" in answer.json()["text"]


def test_the_signed_out_are_told_and_a_stale_token_is_renewed(event):
    from django.test import Client

    assert send(Client(), event).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(event.author)
    refused = strict.post(
        at("tally", event), "{}", content_type="application/json", HTTP_ORIGIN="http://testserver", **JSON
    )
    assert refused.status_code == 403
    renewed = {"HTTP_X_CSRFTOKEN": refused.json()["token"], "HTTP_ORIGIN": "http://testserver", **JSON}
    sent = {"key": str(uuid.uuid4()), "revision": 1, "cells": {"x:x": 4}}
    assert (
        strict.post(at("tally", event), json.dumps(sent), content_type="application/json", **renewed).status_code == 200
    )


def test_only_ones_own_tally_is_mended(client, event):
    theirs = factory.tally(event, at=datetime.now(UTC))
    client.force_login(programmes.officer(event.programme))
    page = client.get(f"{at('count', event)}?tally={theirs.key}")
    assert hidden(page, "key") != str(theirs.key)
    assert client.get(f"{at('count', event)}?tally=nonsense").status_code == 200


def test_before_the_day_the_page_is_there_to_be_laid_aside(hub, event):
    later = datetime.now(UTC) + timedelta(days=3)
    Event.objects.filter(pk=event.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert "Захід ще не настав" in hub.get(at("count", event)).content.decode()
    assert send(hub, event).status_code == 409


def test_the_page_is_light(hub, event):
    """Without what all pages share; the whole first view is weighed in the browser."""
    import gzip

    assert len(gzip.compress(hub.get(at("count", event)).content)) < 9_000


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_queries_of_the_list_and_of_the_page(hub, event, django_assert_max_num_queries, rows):
    now = datetime.now(UTC)
    for _ in range(rows):
        factory.published(
            event.programme,
            organisation=event.organisation,
            by=event.author,
            starts_at=now,
            ends_at=now + timedelta(hours=1),
        )
        factory.tally(event, at=now)
    with django_assert_max_num_queries(12):
        assert hub.get(reverse("events:counting")).status_code == 200
    with django_assert_max_num_queries(12):
        assert hub.get(at("count", event)).status_code == 200


def test_nothing_to_count(client):
    client.force_login(people.user())
    assert "Цими днями лічити нікого" in client.get(reverse("events:counting")).content.decode()


def test_what_opens_without_a_network(client):
    worker = client.get(reverse("events:service_worker"))
    assert worker["Service-Worker-Allowed"] == "/me/"
    assert worker["Content-Type"].startswith("text/javascript")
    told = json.loads(worker.content.decode().partition("\n")[0].removeprefix("const SAID = ").rstrip(";"))
    for address in told["kept"]:
        assert client.get(address).status_code == 200, address
    script = client.get(reverse("events:counting_script")).content.decode()
    for name in ("outbox", "parts", "unsent"):
        assert f"self.{name} = " in script
    assert "self.outbox = " in worker.content.decode()
    assert client.get("/en/counting/sw.js")["Service-Worker-Allowed"] == "/en/me/"
    manifest = client.get("/counting/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/me/counting/", "/me/", "standalone")


def shot(**changes):
    return {"key": str(uuid.uuid4()), "photo": files.upload(files.picture(), "photo.jpg"), **changes}


def test_a_photograph_is_taken_in_once(hub, event):
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = hub.post(at("photos", event), shot(key=key, caption="Люди за столом"), **JSON)
        assert answer.json() == {"key": key}
    assert Photo.objects.count() == 1
    assert hub.post(at("photos", event), shot()).url == at("photos", event)
    assert "Люди за столом" in hub.get(at("photos", event)).content.decode()


def test_a_photograph_that_cannot_be_taken_in(hub, event, settings):
    assert "потрібен інший файл" in hub.post(at("photos", event), shot(photo=files.upload()), **JSON).json()["text"]
    assert hub.post(at("photos", event), {}, **JSON).status_code == 422
    quarrel = hub.post(at("photos", event), shot(is_list="on", has_consent="on"), **JSON)
    assert "Паперовий список не показують" in quarrel.json()["text"]
    assert hub.post(at("photos", event), shot(user=str(people.user().pk)), **JSON).status_code == 401
    settings.UPLOAD_LIMIT = 100
    large = hub.post(at("photos", event), shot(), **JSON)
    assert (large.status_code, "завеликий" in large.json()["text"]) == (413, True)
    page = hub.post(at("photos", event), shot(caption="Що було"))
    assert (page.status_code, "Що було" in page.content.decode()) == (413, True)
    assert not Photo.objects.exists()


def test_words_consent_and_hiding(hub, client, event):
    photo = factory.photo(event, at=datetime.now(UTC))
    here = at("photograph", event, photo.key)
    today = datetime.now(UTC).astimezone().strftime("%d.%m.%Y")

    def said(**words):
        return {f"{photo.key}-{name}": value for name, value in words.items()}

    refused = hub.post(here, said(caption="Люди", public_from=today))
    assert (refused.status_code, "Без згоди людей" in refused.content.decode()) == (422, True)
    public = at("public_photograph", event, photo.key, 480)
    assert client.get(public).status_code == 404
    agreed = said(caption="Люди", public_from=today, has_consent="on")
    assert hub.post(here, agreed).status_code == 302
    client.logout()
    shown = client.get(public)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    assert client.get(here).status_code == 302  # the private address asks to sign in
    client.force_login(event.author)
    client.post(at("photo_hide", event, photo.key))
    assert client.get(public).status_code == 404
    assert client.get(here)["Content-Type"] == "image/webp"
    assert client.get(f"{here}?whole")["Content-Type"] == "image/jpeg"
    client.post(at("photo_remove", event, photo.key))
    assert not Photo.objects.exists()


def test_a_paper_list_is_nobodys_but_those_who_see_names(client, event):
    photo = factory.photo(event, at=datetime.now(UTC), is_list=True)
    answers = {}
    for role, person in {
        "consultant": factory.consultant(event),
        "observer": programmes.observer(event.programme),
        "officer": programmes.officer(event.programme),
        "stranger": people.user(),
    }.items():
        client.force_login(person)
        answers[role] = client.get(at("photograph", event, photo.key)).status_code
    assert answers == {"consultant": 200, "observer": 404, "officer": 200, "stranger": 404}


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_queries_of_photographs(hub, event, django_assert_max_num_queries, rows):
    for _ in range(rows):
        factory.photo(event, at=datetime.now(UTC))
    with django_assert_max_num_queries(12):
        assert hub.get(at("photos", event)).status_code == 200


def test_where_people_register_the_way_to_the_door_is_there(client):
    for event, is_there in ((factory.with_seats(), True), (factory.published(), False)):
        client.force_login(event.author)
        page = client.get(reverse("events:count", args=[event.code])).content.decode()
        assert (reverse("events:door", args=[event.code]) in page) is is_there

"""Keys in the hands of programs: how the header is written, what each scope opens, what ends a key, what its page keeps to itself."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.utils import translation

from tests.factories import awards, calls, events, people, programmes
from viche.journal.models import Entry
from viche.people import access, operations, queries
from viche.people.choices import Scope
from viche.people.models import AccessKey

pytestmark = pytest.mark.django_db
OFFICE = "/api/v1/office/"
NOW = people.LATER
DAY = timedelta(days=1)
OPENS = {
    Scope.PROGRAMMES: "programmes",
    Scope.APPLICATIONS: "FUND/applications",
    Scope.AWARDS: "FUND/awards",
    Scope.EVENTS: "FUND/events",
}


@pytest.fixture(autouse=True)
def _uncounted():
    caches["asking"].clear()


@pytest.fixture
def officer():
    return programmes.officer(programmes.programme(code="FUND"))


def asked(client, secret, address="programmes"):
    return client.get(f"{OFFICE}{address}", headers={"Authorization": f"Bearer {secret}"})


# The header


@pytest.mark.parametrize("start", ["Bearer ", "bearer ", "BEARER ", "Bearer   "])
def test_the_word_before_the_key_may_be_large_or_small(client, officer, start):
    secret = people.key(officer).secret
    answer = client.get(f"{OFFICE}programmes", headers={"Authorization": f"{start}{secret} "})
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json()["items"]] == ["FUND"]


@pytest.mark.parametrize(
    "head",
    ["", "Bearer", "Bearer ", "{secret}", "Basic {secret}", "Token {secret}", "Bearer:{secret}", "Bearer {secret}x", "Bearer {short}", "Bearer {upper}", "Bearer {secret}, Bearer {secret}"],
)  # fmt: skip
def test_any_other_header_is_told_how_to_be_written(client, officer, head):
    secret = people.key(officer).secret
    written = head.format(secret=secret, short=secret[:-1], upper=secret.upper())
    answer = client.get(f"{OFFICE}programmes", headers={"Authorization": written})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == 'Bearer realm="viche"'
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["status"], told["title"]) == (401, "Потрібен ключ")
    assert secret not in answer.content.decode()


@pytest.mark.parametrize("name", ["key", "token", "access_token"])
def test_a_key_in_the_address_is_no_key(client, officer, name):
    answer = client.get(f"{OFFICE}programmes?{name}={people.key(officer).secret}")
    assert answer.status_code == 401


def test_a_key_opens_no_page_for_people(client, officer):
    head = {"Authorization": f"Bearer {people.key(officer).secret}"}
    assert client.get("/me/keys/", headers=head).status_code == 302
    assert client.get("/office/FUND/", headers=head).status_code in {302, 404}


# Scopes


@pytest.mark.parametrize("scope", Scope)
def test_a_key_for_one_thing_opens_that_alone(client, officer, scope):
    secret = people.key(officer, [scope]).secret
    found = {one: asked(client, secret, address).status_code for one, address in OPENS.items()}
    assert found == {one: 200 if one == scope else 403 for one in Scope}


@pytest.mark.parametrize("scope", Scope)
def test_a_refused_scope_is_named_in_words(client, officer, scope):
    other = next(one for one in Scope if one != scope)
    told = asked(client, people.key(officer, [other]).secret, OPENS[scope]).json()
    assert str(scope.label) in told["detail"]
    assert told["status"] == 403


@pytest.mark.parametrize("scope", Scope)
def test_a_person_without_work_reads_nothing_by_any_key(client, officer, scope):
    awards.prepared(officer.roles.get().programme)
    answer = asked(client, people.key(people.user(), [scope]).secret, OPENS[scope])
    if scope == Scope.PROGRAMMES:
        assert answer.json()["items"] == []
    else:
        assert answer.status_code == 404


def test_scopes_are_kept_in_one_order_and_once(officer):
    key = people.key(officer, [Scope.EVENTS, Scope.PROGRAMMES, Scope.EVENTS, "people:write"])
    assert key.scopes == [Scope.PROGRAMMES, Scope.EVENTS]
    assert key.scope_labels == [str(Scope.PROGRAMMES.label), str(Scope.EVENTS.label)]


def test_a_scope_that_is_gone_is_not_named(officer):
    key = people.key(officer, [Scope.EVENTS])
    key.scopes = ["gone:read", *key.scopes]
    assert key.scope_labels == [str(Scope.EVENTS.label)]


def test_what_one_office_reads_another_does_not(client, officer):
    programme = officer.roles.get().programme
    calls.submitted(calls.announced(programme))
    events.submitted(programme)
    stranger = people.key(programmes.officer(programmes.programme(code="OTHER"))).secret
    assert [one["code"] for one in asked(client, stranger).json()["items"]] == ["OTHER"]
    for address in ("FUND/applications", "FUND/awards", "FUND/events"):
        assert asked(client, stranger, address).status_code == 404


# The end


@pytest.mark.parametrize(("after", "status"), [(0, 200), (29, 200), (30, 401), (400, 401)])
def test_it_ends_on_its_day(client, officer, after, status):
    key = people.key(officer, at=NOW, days=30)
    with time_machine.travel(NOW + after * DAY, tick=False):
        assert asked(client, key.secret).status_code == status


def test_a_second_before_its_end_it_still_opens(officer):
    key = people.key(officer, at=NOW, days=1)
    assert operations.opened(key.secret, scope=Scope.EVENTS, at=NOW + DAY - timedelta(seconds=1)) == officer
    assert not key.is_open(NOW + DAY)


@pytest.mark.parametrize("ending", ["revoked", "deactivated", "forgotten"])
def test_what_was_ended_opens_nothing_at_once(client, officer, ending):
    key = people.key(officer)
    assert asked(client, key.secret).status_code == 200
    if ending == "revoked":
        operations.revoke_key(key, by=people.administrator(), at=people.LATER)
    elif ending == "deactivated":
        operations.deactivate(officer, by=people.administrator(), at=people.LATER)
    else:
        officer.roles.all().delete()
        operations.forget(officer, by=officer, at=people.LATER)
    answer = asked(client, key.secret)
    assert answer.status_code == 401
    assert "ключ" in answer.json()["detail"]


def test_the_end_of_one_key_leaves_the_others(client, officer):
    first, second = people.key(officer), people.key(officer)
    assert first.secret != second.secret
    operations.revoke_key(first, by=officer, at=people.LATER)
    assert asked(client, first.secret).status_code == 401
    assert asked(client, second.secret).status_code == 200


def test_keys_that_have_ended_make_room_for_new_ones(officer):
    for _number in range(operations.keys.MOST):
        people.key(officer, at=NOW, days=1)
    people.key(officer, at=NOW + 2 * DAY)
    assert AccessKey.objects.count() == operations.keys.MOST + 1


# What is noted


def test_a_refused_key_is_not_noted_as_used(client, officer):
    key = people.key(officer, [Scope.EVENTS])
    asked(client, key.secret, "FUND/awards")
    key.refresh_from_db()
    assert key.used_at is None
    asked(client, key.secret, "FUND/events")
    key.refresh_from_db()
    assert key.used_at


def test_the_journal_tells_who_made_and_ended_it_and_never_the_secret(officer):
    key = people.key(officer, [Scope.AWARDS], at=NOW)
    administrator = people.administrator()
    operations.revoke_key(key, by=administrator, at=NOW + DAY)
    made, ended = Entry.objects.filter(verb__startswith="people.key_").order_by("number")
    assert [(one.verb, one.actor_id) for one in (made, ended)] == [
        ("people.key_made", officer.pk),
        ("people.key_revoked", administrator.pk),
    ]
    assert "awards:read" in made.values.body
    digest = AccessKey.objects.get().digest
    assert not [
        one for one in (made, ended) if one.values and (key.secret in one.values.body or digest in one.values.body)
    ]


# The page


def test_the_page_is_for_whoever_has_signed_in(client):
    answer = client.get("/me/keys/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
    assert client.post("/me/keys/", {"name": "x", "scopes": [Scope.AWARDS], "days": "30"}).status_code == 403
    assert not AccessKey.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"name": "я" * 101}, {"scopes": []}, {"scopes": ["people:write"]}, {"days": ""}, {"days": "0"}, {"days": "99999"}, {"days": "-1"}],
)  # fmt: skip
def test_a_wrong_form_makes_no_key_and_keeps_what_was_typed(client, officer, changes):
    client.force_login(officer)
    answer = client.post("/me/keys/", {"name": "Мій звіт", "scopes": [Scope.AWARDS], "days": "30", **changes})
    assert answer.status_code == 422
    assert answer.context["secret"] == ""
    assert not AccessKey.objects.exists()
    if "name" not in changes:
        assert "Мій звіт" in answer.content.decode()


def test_the_name_of_a_key_is_shown_as_text(client, officer):
    client.force_login(officer)
    answer = client.post(
        "/me/keys/", {"name": "<script>alert(1)</script> & «я»", "scopes": [Scope.AWARDS], "days": "30"}
    )
    page = answer.content.decode() + client.get("/me/keys/").content.decode()
    key = AccessKey.objects.get()
    page += client.get(f"/me/keys/{key.pk}/revoke/").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; «я»") >= 3


def test_one_sees_ones_own_keys_alone(client, officer):
    people.key(officer, name="Мій ключ")
    theirs = people.key(people.user(), name="Чужий ключ")
    client.force_login(officer)
    page = client.get("/me/keys/").content.decode()
    assert "Мій ключ" in page
    assert "Чужий ключ" not in page
    for method in (client.get, client.post):
        assert method(f"/me/keys/{theirs.pk}/revoke/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
    assert client.get("/me/keys/0/revoke/").status_code == 404
    assert list(queries.keys_of(officer).values_list("name", flat=True)) == ["Мій ключ"]


def test_looking_ends_nothing(client, officer):
    key = people.key(officer)
    client.force_login(officer)
    assert client.get(f"/me/keys/{key.pk}/revoke/").status_code == 200
    key.refresh_from_db()
    assert key.revoked_at is None
    assert asked(client, key.secret).status_code == 200


def test_a_key_made_on_the_page_opens_at_once_and_ends_there(client, officer):
    client.force_login(officer)
    secret = client.post("/me/keys/", {"name": "BI", "scopes": [Scope.PROGRAMMES], "days": "30"}).context["secret"]
    assert asked(client, secret).status_code == 200
    client.post(f"/me/keys/{AccessKey.objects.get().pk}/revoke/")
    assert asked(client, secret).status_code == 401


def test_the_page_speaks_english(client, officer):
    people.key(officer, name="BI", scopes=[Scope.EVENTS])
    client.force_login(officer)
    labels = {}
    for language in ("uk", "en"):
        with translation.override(language):
            labels[language] = str(Scope.EVENTS.label)
    page = client.get("/en/me/keys/").content.decode()
    assert 'lang="en"' in page
    assert labels["en"] in page
    assert labels["uk"] not in page


def test_nobody_holds_no_keys():
    assert not access.may_hold_keys(AnonymousUser())

"""Keys in wrong hands or at wrong addresses: scopes at every address, a role that ended, guesses, what the log keeps."""

import logging

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests.factories import awards, calls, events, people, programmes
from viche.people import operations
from viche.people.choices import Scope
from viche.people.models import AccessKey
from viche.ui import api

pytestmark = pytest.mark.django_db
OK, UNKNOWN, FORBIDDEN, MISSING, OFTEN = 200, 401, 403, 404, 429


@pytest.fixture(autouse=True)
def _uncounted():
    caches["asking"].clear()


@pytest.fixture
def office():
    """A programme with something in every list; its officer."""
    made = programmes.programme(code="FUND")
    made.officer = programmes.officer(made)
    calls.submitted(calls.announced(made))
    events.submitted(made)
    awards.prepared(made)
    return made


def keyed():
    """Every address that asks for a key, with the scope it is opened by: found in the resolver, so that none is left out."""
    return dict(walked(get_resolver()))


def walked(resolver, before=""):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from walked(one, f"{before}{one.namespace}:" if one.namespace else before)
        elif (told := getattr(one.callback, "viche_api", None)) is not None and told.scope:
            name = f"{before}{one.name}"
            yield name, (reverse(name, args=["FUND"] * len(one.pattern.converters)), told.scope)


def asked(client, address, secret, method="get", **query):
    return getattr(client, method)(address, query, headers={"Authorization": f"Bearer {secret}"})


def test_every_address_with_a_key_asks_for_a_scope_that_there_is():
    found = keyed()
    assert len(found) >= 4
    assert {scope for _address, scope in found.values()} == set(Scope)


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_opens_its_addresses_and_no_other(client, office, scope):
    secret = people.key(office.officer, [scope]).secret
    everything_else = people.key(office.officer, [one for one in Scope if one != scope]).secret
    for name, (address, wanted) in keyed().items():
        assert asked(client, address, secret).status_code == (OK if wanted == scope else FORBIDDEN), name
        assert asked(client, address, everything_else).status_code == (FORBIDDEN if wanted == scope else OK), name


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_key_writes(client, office, method):
    secret = people.key(office.officer).secret
    for name, (address, _scope) in keyed().items():
        assert asked(client, address, secret, method).status_code == 405, name


def test_a_key_of_somebody_whose_role_ended_opens_nothing_of_the_office(client, office):
    secret = people.key(office.officer).secret
    addresses = {name: address for name, (address, _scope) in keyed().items()}
    assert {asked(client, address, secret).status_code for address in addresses.values()} == {OK}
    office.officer.roles.all().delete()
    for name, address in addresses.items():
        answer = asked(client, address, secret)
        if name == "programmes:api_office":
            assert answer.json()["items"] == []
        else:
            assert answer.status_code == MISSING, name


def test_a_key_of_an_administrator_who_is_none_any_more_opens_nothing(client, office):
    administrator = people.administrator()
    people.administrator()
    secret = people.key(administrator).secret
    address = keyed()["awards:api_office"][0]
    assert asked(client, address, secret).status_code == OK
    operations.unmake_administrator(administrator, by=people.administrator(), at=people.LATER)
    assert asked(client, address, secret).status_code == MISSING


def test_a_role_in_one_programme_opens_no_other_whatever_is_asked(client, office):
    stranger = people.key(programmes.officer(programmes.programme(code="OTHER"))).secret
    for name, (address, _scope) in keyed().items():
        for query in ({}, {"programme": "FUND"}, {"cursor": "1"}, {"limit": "1000"}):
            answer = asked(client, address, stranger, **query)
            assert answer.status_code in {MISSING, 422, 400} or "FUND" not in answer.content.decode(), (name, query)


def test_a_refusal_tells_nothing_of_whether_there_is_such_a_programme(client, office):
    secret = people.key(people.user()).secret
    there = asked(client, keyed()["awards:api_office"][0], secret)
    nowhere = asked(client, reverse("awards:api_office", args=["NOWHERE"]), secret)
    assert (there.status_code, there.json()["detail"]) == (nowhere.status_code, nowhere.json()["detail"])


@pytest.mark.parametrize("place", ["key", "token", "access_token", "path"])
def test_a_key_in_the_address_opens_nothing_and_is_not_in_the_log(client, office, caplog, place):
    secret = people.key(office.officer).secret
    address = keyed()["awards:api_office"][0]
    said = []

    class Keeping(logging.Handler):
        def emit(self, record):
            said.append(record.getMessage())

    from viche.config.logs import NoTokens

    handler = Keeping()
    handler.addFilter(NoTokens())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        if place == "path":
            client.get(f"/api/v1/office/{secret}/awards")
            client.get(f"/nowhere/{secret}/")
        else:
            assert client.get(address, {place: secret}).status_code == UNKNOWN
    finally:
        logger.removeHandler(handler)
    assert said
    assert not [line for line in said if secret in line]


def test_guesses_are_counted_like_questions_and_soon_not_heard(client, office, settings):
    settings.API_REQUESTS_A_MINUTE = 5
    address, secret = keyed()["awards:api_office"][0], people.key(office.officer).secret
    statuses = [asked(client, address, f"viche_{number}").status_code for number in range(7)]
    assert statuses == [UNKNOWN] * 5 + [OFTEN] * 2
    # From there not even the right one is heard until the minute is over.
    answer = asked(client, address, secret)
    assert answer.status_code == OFTEN
    assert int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize("way", ["unknown", "revoked", "expired", "deactivated"])
def test_one_word_and_as_much_work_for_every_key_that_does_not_open(office, way):
    """Neither the answer nor the work behind it tells a guess from a key that was once good."""
    key = people.key(office.officer, at=people.MOMENT, days=1)
    if way == "revoked":
        operations.revoke_key(key, by=office.officer, at=people.MOMENT)
    elif way == "deactivated":
        operations.deactivate(office.officer, by=people.administrator(), at=people.MOMENT)
    elif way == "unknown":
        AccessKey.objects.all().delete()
    with CaptureQueriesContext(connection) as queries, pytest.raises(api.Refused) as no:
        operations.opened(
            key.secret, scope=Scope.AWARDS, at=people.MOMENT.replace(year=2100) if way == "expired" else people.MOMENT
        )
    assert len(queries) == 1
    assert (no.value.status, no.value.sentence) == (UNKNOWN, "Цей ключ не діє. Зробіть новий у своєму кабінеті.")


def test_a_digest_taken_from_a_stolen_table_opens_nothing(client, office):
    people.key(office.officer)
    digest = AccessKey.objects.get().digest
    for stolen in (digest, f"viche_{digest}"):
        assert asked(client, keyed()["awards:api_office"][0], stolen).status_code == UNKNOWN

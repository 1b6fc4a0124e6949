"""The number of queries of a list does not depend on how long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import people, programmes
from tests.factories import reviews as made

pytestmark = pytest.mark.django_db
MOST = 12


def queries_of(client, address):
    client.get(address)  # fill the caches of a first visit
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len([one for one in found.captured_queries if "SAVEPOINT" not in one["sql"]])


def counted(client, make, address):
    """Queries of the page with one row and with three."""
    found = []
    for rows in (1, 3):
        stage, user = make(rows)
        client.force_login(user)
        found.append(queries_of(client, address(stage)))
    return found


def flat(found, most=MOST):
    assert len(set(found)) == 1, found
    assert found[0] <= most, found


def of(name):
    return lambda stage: reverse(name, args=[stage.programme.code, stage.call.code])


def officer_of(make, **changes):
    def made_with(rows):
        stage = make(applications=rows, reviewers=2, **changes)
        return stage, stage.officer

    return made_with


def test_my_list(client):
    def make(rows):
        stage = made.assigned(applications=rows, reviewers=2)
        return stage, stage.reviewers[0]

    assert reverse("reviews:mine") == "/me/reviews/"
    flat(counted(client, make, lambda _stage: reverse("reviews:mine")))


def test_calls_in_assessment(client):
    def make(rows):
        stage = made.assigned(applications=1, reviewers=2)
        for _ in range(rows - 1):
            made.calls.announced(stage.programme, officer=stage.officer)
        return stage, stage.officer

    flat(counted(client, make, lambda stage: reverse("reviews:office_list", args=[stage.programme.code])))


def test_the_table_of_who_reads_what(client):
    flat(counted(client, officer_of(made.assigned), of("reviews:office")))


@pytest.mark.parametrize("name", ["reviews:office", "reviews:protocol"])
def test_a_page_with_conflicts_asks_as_few_as_one_without(client, name):
    stage = made.assessed(applications=3, reviewers=2)
    client.force_login(stage.officer)
    address = of(name)(stage)
    found = []
    for several in (0, 1, 3):
        for application in stage.applications[:several]:
            people.member(application.organisation, user=programmes.panellist(stage.programme))
        found.append(queries_of(client, address))
    assert len(client.get(address).context["conflicts"]) == 4
    flat(found)


@pytest.mark.parametrize("name", ["reviews:ranking", "reviews:panel", "reviews:protocol"])
def test_the_ranking_and_the_panel(client, name):
    flat(counted(client, officer_of(made.assessed), of(name)))


def test_a_ranking_of_fifty_asks_no_more_than_one_of_three(client):
    stage, fifty = made.reviewed(applications=3, reviewers=2), made.reviewed(applications=50, reviewers=2)
    found = []
    for one in (stage, fifty):
        client.force_login(one.officer)
        found.append(queries_of(client, of("reviews:ranking")(one)))
    flat(found)


def test_the_reading_page(client):
    stage = made.assigned(applications=1, reviewers=2)
    client.force_login(stage.places[0].reviewer)
    assert queries_of(client, reverse("reviews:review", args=[stage.places[0].pk])) <= MOST


def test_a_panel_member_reads_with_as_few(client):
    stage = made.assessed(applications=3, reviewers=2)
    client.force_login(programmes.panellist(stage.programme))
    assert queries_of(client, of("reviews:ranking")(stage)) <= MOST


def test_one_application_with_its_reviews(client):
    stage = made.assessed(applications=3, reviewers=2)
    client.force_login(stage.officer)
    code = stage.applications[0].code
    for name in ("reviews:application", "reviews:decision"):
        assert queries_of(client, reverse(name, args=[stage.programme.code, stage.call.code, code])) <= MOST

"""Indicators and facts as open data: what everybody may know, the same numbers as on the pages, nothing of what is not for all."""

import pytest

from tests.factories import awards, events, programmes, results
from tests.factories.facts import keep
from viche.facts.models import Fact

pytestmark = pytest.mark.django_db
API = "/api/v1/"
CELLS = {"f:adult": 20, "m:adult": 9, "m:youth": 3}


@pytest.fixture
def programme():
    made = programmes.programme(code="HUBS")
    events.accepted(events.published(made), total=32, cells=CELLS)
    return made


def items(client, address):
    answer = client.get(f"{API}{address}")
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["items"]


def test_an_indicator_says_what_it_aims_at_and_came_to(client, programme):
    goal = programmes.goal(programme, text="Люди беруть участь", text_en="People take part")
    people, meetings = results.counted(programme, "heads", goal=goal), results.counted(programme, "events")
    women = results.counted(programme, "heads", split="sex:f")
    places = results.counted(programme, "events", how="hromadas")
    oblasts = results.counted(programme, "events", how="oblasts", split="format:seminar")
    there = results.counted(programme, "events", how="hromadas", split="format:seminar")
    average = results.ratio(people, meetings)
    results.target(people, 6000)
    found = {one["code"]: one for one in items(client, "indicators")}
    actual = {code: one["actual"] for code, one in found.items()}
    expected = {people: 32, meetings: 1, women: 20, places: 1, oblasts: 1, there: 1, average: 32}
    assert actual == {one.code: number for one, number in expected.items()}
    one = found[people.code]
    assert (one["target"], one["goal"], one["goal_en"], one["measure"]) == (
        6000,
        goal.text,
        "People take part",
        "heads",
    )
    assert one["part"] is None
    assert client.get(f"{API}indicators/hubs/{people.code}").json() == one
    answer = client.get(one["records_url"].partition("testserver")[2] + ".json", follow=True)
    assert answer.status_code in {200, 404}


def test_what_is_not_for_everybody_is_in_no_list(client, programme):
    hidden = results.counted(programme, "heads", is_public=False)
    own = results.indicator(programme, is_public=False)
    keep(programme=programme.pk, measure=own.own_measure, kind="value")
    secret = programmes.programme(is_public=False)
    results.counted(secret, "heads")
    keep(programme=secret.pk)
    assert items(client, "indicators") == []
    assert client.get(f"{API}indicators/HUBS/{hidden.code}").status_code == 404
    assert {one["programme"] for one in items(client, "facts?limit=200")} == {"HUBS"}
    assert own.own_measure not in {one["measure"] for one in items(client, "facts?limit=200")}


def test_facts_tell_their_record_and_no_number_of_few(client, programme):
    found = {one["part"]: one for one in items(client, "facts?measure=heads&limit=200")}
    event = programme.events.get()
    assert found[None]["value"] == 32
    assert found[None]["url"].endswith(f"/events/{event.code}/#outcome")
    assert found[None]["hromada_code"] == event.hromada.code
    assert found["age:youth sex:m"]["value"] is None
    assert Fact.objects.get(split="age:youth sex:m").value == 3


def test_facts_of_a_programme_go_on_page_after_page(client, programme):
    keep(programme=programmes.programme(code="OTHER").pk)
    assert Fact.objects.filter(programme=programme.pk).count() > 4
    first = client.get(f"{API}facts?programme=hubs&limit=2").json()
    following = client.get(first["next"][first["next"].index(API) :]).json()
    assert len(first["items"]) == len(following["items"]) == 2
    assert first["items"] != following["items"]
    assert {one["programme"] for one in first["items"]} == {"HUBS"}


def test_money_is_told_in_whole_units(client):
    award = awards.active()
    awards.pay(award, 1)
    found = items(client, "facts?measure=paid.UAH")
    assert [one["value"] for one in found] == [int(award.tranches.get(position=1).amount)]


def test_the_file_of_indicators_is_the_same_list(client, programme):
    results.counted(programme, "heads")
    assert client.get("/open/indicators.json").json() == items(client, "indicators")
    assert client.get("/open/indicators.pdf").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "most"), [("indicators", 4), ("facts", 8)])
def test_a_page_asks_the_same_for_one_and_for_three(client, name, most, count, django_assert_max_num_queries):
    for _number in range(count):
        made = programmes.programme()
        events.accepted(events.published(made))
        results.counted(made, "heads")
    with django_assert_max_num_queries(most):
        assert items(client, name)

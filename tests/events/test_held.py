"""Events that were held and counted: the list to which every public figure leads adds up to it; few people are in no sum."""

import json

import pytest
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import people, places, programmes
from tests.site.pages import queries_of, text_of
from viche.events.models import Event
from viche.events.queries import held

pytestmark = pytest.mark.django_db
ADDRESS = "/events/held/"


def told(total, programme=None, **changes):
    """An event whose report of so many people was accepted."""
    event = factory.published(programme, **changes)
    factory.accepted(event, total=total, cells={})
    return event


def test_only_accepted_reports_are_there_and_add_up(client):
    programme = programmes.programme()
    two = [told(20, programme, title="Ярмарок"), told(12, programme, title="Гра")]
    factory.reported(factory.published(programme, title="Ще не прийнято"), total=50, cells={})
    factory.published(programme, title="Без звіту")
    answer = client.get(f"{ADDRESS}?programme={programme.code}")
    said = text_of(answer)
    assert "2 заходи · 2 громади · 32 людини" in said
    assert "Ще не прийнято" not in said
    assert "Без звіту" not in said
    assert sorted(line.heads for line in answer.context["page"]) == [12, 20]
    rows = json.loads(client.get(f"/events/held.json?programme={programme.code}").content)
    assert sum(row["heads"] for row in rows) == answer.context["sums"].people == 32
    assert {row["code"] for row in rows} == {event.code for event in two}


def test_few_people_are_told_by_nothing(client):
    programme = programmes.programme()
    told(20, programme)
    told(3, programme)
    told(4, programme)
    told(0, programme)
    answer = client.get(f"{ADDRESS}?programme={programme.code}")
    assert answer.context["sums"] == held.Sums(events=4, hromadas=4, people=20, few=2)
    assert "На 2 заходах було менш як 5 людей" in text_of(answer)
    rows = json.loads(client.get(f"/events/held.json?programme={programme.code}").content)
    assert sorted(str(row["heads"]) for row in rows) == ["0", "20", "None", "None"]


def test_few_people_stand_together_whatever_their_number(client):
    for total in (4, 1, 3, 9):
        told(total)
    first = [line.code for line in client.get(f"{ADDRESS}?sort=people").context["page"]]
    codes = list(Event.objects.order_by("pk").values_list("code", flat=True))
    assert first == codes


@pytest.mark.parametrize(
    "asked", ["q=ярмарок", "oblast={oblast}", "hromada={hromada}", "organisation={host}", "format=game"]
)
def test_found_by_what_is_asked(client, asked):
    event = told(
        20,
        title="Ярмарок ідей",
        format="game",
        organisation=people.organisation(hromada=places.hromada(oblast=places.oblast(slug="insha"))),
    )
    told(30)
    address = asked.format(oblast=event.oblast.slug, hromada=event.hromada.code, host=event.organisation_id)
    answer = client.get(f"{ADDRESS}?{address}")
    assert ([line.code for line in answer.context["page"]], answer.context["sums"].people) == ([event.code], 20)


def test_by_days_and_by_campaign(client):
    programme = programmes.programme()
    week = factory.campaign(programme)
    told(20, programme, campaign=week)
    told(30, programme)
    assert client.get(f"{ADDRESS}?campaign={week.code}").context["sums"].people == 20
    assert client.get(f"{ADDRESS}?since=20.05.2024&until=20.05.2024").context["sums"].people == 50
    assert client.get(f"{ADDRESS}?since=21.05.2024").context["sums"].people == 0


def test_nonsense_and_a_hromada_nobody_knows(client):
    told(20)
    assert client.get(f"{ADDRESS}?oblast=nowhere&organisation=x&programme=NO").context["sums"].people == 20
    answer = client.get(f"{ADDRESS}?hromada=Такої немає")
    assert "Таких заходів немає" in text_of(answer)
    assert client.get("/events/held.docx").status_code == 404


def test_a_programme_that_is_not_public_is_in_no_sum(client):
    event = told(20)
    type(event.programme).objects.update(is_public=False)
    assert client.get(ADDRESS).context["sums"].people == 0
    assert json.loads(client.get("/events/held.json").content) == []
    assert held.sums_of() == held.Sums()
    assert held.sums_of(programme=event.programme).people == 20


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client, rows):
    for _number in range(rows):
        told(20)
    assert queries_of(client, reverse("events:held")) <= 9


def test_filters_stand_in_one_row_and_the_rest_lies_folded(client):
    page = client.get(ADDRESS).content.decode()
    assert 'class="filters filters--folded"' in page
    beside, more = page.split('class="filters-more"')
    assert all(f'name="{name}"' in beside for name in ("q", "oblast", "since", "until"))
    assert all(f'name="{name}"' in more for name in ("programme", "campaign", "hromada", "format"))

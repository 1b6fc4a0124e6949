"""Who goes where: consultants and officers put events on their itineraries, and take them off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, places, programmes
from viche.events.choices import State
from viche.events.models import Event, Visit
from viche.events.operations import forgetting, visits
from viche.events.queries import visits as queries
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return programmes.programme(code="HUBS")


@pytest.fixture
def consultant(programme):
    return programmes.consultant(programme, oblast=places.oblast(), name="Консультантка області")


def soon(days=2):
    starts = timezone.now() + timedelta(days=days)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def going(event):
    return [str(user) for user in queries.who_goes([event.pk]).get(event.pk, [])]


def test_one_goes_once_and_may_change_ones_mind(programme, consultant):
    event, at = events.published(programme, **soon()), timezone.now()
    assert going(event) == []
    for _ in range(2):
        visits.plan(event, by=consultant, at=at)
    assert going(event) == ["Консультантка області"]
    officer = programmes.officer(programme, name="Керівниця")
    visits.plan(event, by=officer, at=at)
    assert going(event) == ["Керівниця", "Консультантка області"]
    for _ in range(2):
        visits.drop(event, by=consultant, at=at)
    assert going(event) == ["Керівниця"]
    said = Entry.objects.filter(verb__startswith="events.visit").order_by("pk").values_list("verb", flat=True)
    assert list(said) == ["events.visit_planned", "events.visit_planned", "events.visit_dropped"]


def test_to_another_oblast_or_programme_nobody_goes_on_their_own(programme, consultant):
    lviv = people.organisation(hromada=places.hromada(oblast=places.oblast(name="Львівська")))
    strange = [
        events.published(programme, organisation=lviv, **soon()),
        events.published(programmes.programme(), **soon()),
    ]
    for event in strange:
        with pytest.raises(NotAllowed):
            visits.plan(event, by=consultant, at=timezone.now())
    hub = events.hub(programme)
    with pytest.raises(NotAllowed):
        visits.plan(events.published(programme, **soon()), by=hub.user, at=timezone.now())
    assert not Visit.objects.exists()


@pytest.mark.parametrize(("state", "days"), [(State.CANCELLED, 2), (State.RETURNED, 2), (State.PUBLISHED, -2)])
def test_there_is_nothing_to_go_to_any_more(client, programme, consultant, state, days):
    event = events.published(programme, **soon(days))
    Event.objects.filter(pk=event.pk).update(state=state)
    event.refresh_from_db()
    with pytest.raises(Refused):
        visits.plan(event, by=consultant, at=timezone.now())
    client.force_login(consultant)
    answer = client.post(reverse("events:office_visit", args=["HUBS", event.code]), follow=True)
    assert "Цей захід уже минув або його скасовано." in answer.content.decode()


def test_one_press_on_the_page_which_stays_as_it_was(client, programme, consultant):
    event, other = events.published(programme, title="Їду сюди", **soon()), events.submitted(programme, **soon(3))
    client.force_login(consultant)
    address, page = (
        reverse("events:office_visit", args=["HUBS", event.code]),
        reverse("events:office_itinerary", args=["HUBS"]),
    )
    text = client.get(page, {"days": "31"}).content.decode()
    assert text.count("ще ніхто</span>") == 2
    assert 'aria-label="Поїду: Їду сюди"' in text
    assert 'name="query" value="days=31"' in text
    answer = client.post(address, {"go": "1", "query": "days=31"})
    assert answer["Location"] == f"{page}?days=31"
    text = client.get(page).content.decode()
    assert 'aria-label="Не поїду: Їду сюди"' in text
    found = {who: client.get(page, {"who": who}).context["page"] for who in ("", "mine", "nobody")}
    assert [found[who].count for who in ("", "mine", "nobody")] == [2, 1, 1]
    assert [one.pk for one in found["nobody"]] == [other.pk]
    rows = client.get(reverse("events:office_itinerary_file", args=["HUBS", "json"]), {"who": "mine"}).json()
    assert [(row["title"], row["goes"]) for row in rows] == [("Їду сюди", "Консультантка області")]
    assert client.post(address, {"stay": "1"})["Location"] == page
    assert going(event) == []
    assert client.get(address)["Location"] == page  # a link alone moves nobody


def test_the_observer_sees_who_goes_and_has_no_button(client, programme, consultant):
    event = events.published(programme, **soon())
    visits.plan(event, by=consultant, at=timezone.now())
    client.force_login(programmes.observer(programme))
    text = client.get(reverse("events:office_itinerary", args=["HUBS"])).content.decode()
    assert "Консультантка області" in text
    assert "Поїду" not in text
    assert client.post(reverse("events:office_visit", args=["HUBS", event.code])).status_code == 404


def test_whose_role_ended_or_whose_oblast_it_is_no_more_goes_nowhere(programme, consultant):
    left, moved = events.published(programme, **soon()), events.published(programme, **soon(3))
    officer, at = programmes.officer(programme, name="Керівниця"), timezone.now()
    for event in (left, moved):
        visits.plan(event, by=consultant, at=at)
    visits.plan(left, by=officer, at=at)
    Event.objects.filter(pk=moved.pk).update(oblast=places.oblast(name="Львівська"))
    officer.roles.all().delete()
    assert (going(left), going(moved)) == (["Консультантка області"], [])
    every = Event.objects.order_by("pk")
    assert list(queries.chosen(every, queries.NOBODY, consultant)) == [moved]
    assert list(queries.chosen(every, queries.MINE, consultant)) == [left]
    assert list(queries.chosen(every, queries.MINE, officer)) == []
    consultant.roles.all().delete()
    assert list(queries.chosen(every, queries.NOBODY, consultant)) == [left, moved]


def test_who_was_forgotten_goes_nowhere(programme, consultant):
    event = events.published(programme, **soon())
    visits.plan(event, by=consultant, at=timezone.now())
    forgetting.forget(consultant, addresses=[consultant.email], at=timezone.now())
    assert not Visit.objects.exists()

"""The public page of an organisation, a hub or a press club: its coming and past events, what they add up to, its calendar."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, programmes
from tests.site.pages import queries_of, text_of
from viche.programmes.choices import ParticipantKind
from viche.programmes.models import Programme

pytestmark = pytest.mark.django_db


def soon(hub, **changes):
    now = timezone.now()
    times = {"starts_at": now + timedelta(days=2), "ends_at": now + timedelta(days=2, hours=2)}
    return factory.published(hub.programme, organisation=hub.organisation, by=hub.user, **times, **changes)


def past(hub, total=None, **changes):
    event = factory.published(hub.programme, organisation=hub.organisation, by=hub.user, **changes)
    if total is not None:
        factory.accepted(event, total=total, cells={})
    return event


def test_a_hub_shows_what_comes_and_what_came_of_what_was(client):
    hub = factory.hub()
    soon(hub, title="Читання просто неба")
    past(hub, 31, title="Ярмарок ідей")
    past(hub, 3, title="Мала зустріч")
    past(hub, title="Ще без звіту")
    answer = client.get(hub.organisation.get_absolute_url())
    said = text_of(answer)
    for words in (
        hub.programme.called,
        "Читання просто неба",
        "Відбулося, прийшла 31 людина",
        "людей менш як 5",
        "Ще без звіту",
    ):
        assert words in said, words
    assert [item["value"] for item in answer.context["figures"]] == [2, 31]
    href = answer.context["figures"][0]["href"]
    listed = client.get(href)
    assert (listed.context["sums"].events, listed.context["sums"].people) == (2, 31)


def test_a_programme_is_named_once_whatever_its_ways(client):
    hub = factory.hub()
    programmes.participant(hub.programme, organisation=hub.organisation, kind=ParticipantKind.PRESS_CLUB)
    said = text_of(client.get(hub.organisation.get_absolute_url()))
    assert said.count(hub.programme.called) == 1
    assert f"{hub.programme.called} пілотна громада, пресклуб" in said


def test_its_calendar_has_its_events_alone(client):
    hub, other = factory.hub(), factory.hub()
    event = soon(hub)
    soon(other, title="Чужий захід")
    calendar = client.get(hub.organisation.get_absolute_url()).context["calendar"]
    body = client.get("/" + calendar.partition("//")[2].partition("/")[2]).content.decode()
    assert str(event.uid) in body.replace("\r\n ", "")
    assert "Чужий" not in body


def test_without_events_it_is_a_calm_page(client):
    said = text_of(client.get(people.organisation().get_absolute_url()))
    assert "Заходи попереду" not in said
    assert "Бере участь" not in said


def test_what_is_not_public_is_not_there(client):
    hub = factory.hub()
    soon(hub, title="Схований захід")
    past(hub, 31)
    factory.draft(hub.programme, organisation=hub.organisation, by=hub.user, title="Чернетка")
    Programme.objects.update(is_public=False)
    said = text_of(client.get(hub.organisation.get_absolute_url()))
    for words in ("Схований захід", "Чернетка", "прийшло", hub.programme.called):
        assert words not in said


def test_queries_do_not_grow(client):
    hub = factory.hub()
    soon(hub)
    past(hub, 31)
    one = queries_of(client, hub.organisation.get_absolute_url())
    for _number in range(3):
        soon(hub)
        past(hub, 31)
    assert queries_of(client, hub.organisation.get_absolute_url()) == one <= 12

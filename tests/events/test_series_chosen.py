"""Choosing a series while one writes: which are offered, that it stays, that others' are not taken."""

import pytest
from django.urls import reverse

from tests.events.test_writing import address, typed
from tests.events.under_way import NOW, running
from tests.factories import people, places
from viche.events.choices import SeriesKind
from viche.events.models import Event, Series
from viche.events.operations import drafts
from viche.events.queries import writing

pytestmark = pytest.mark.django_db


def series(programme, name, **changes):
    values = {"kind": SeriesKind.PRESS_CLUB, "created_at": NOW, **changes}
    return Series.objects.create(programme=programme, name=name, **values)


def offered(event):
    return [one.name for one in writing.series_for(event)]


def test_ones_own_those_one_is_a_member_of_and_open_ones_are_offered(hub, event):
    stranger, here = people.organisation(), hub.organisation.hromada.oblast
    series(hub.programme, "Своя", organisation=hub.organisation)
    joined = series(hub.programme, "Членство", organisation=stranger)
    joined.members.add(hub.organisation, stranger)
    series(hub.programme, "Відкрита тут", oblast=here)
    series(hub.programme, "Відкрита всюди")
    series(hub.programme, "Відкрита деінде", oblast=places.oblast(name="Львівська"))
    series(hub.programme, "Чужа", organisation=stranger).members.add(stranger)
    series(running(), "Іншої програми")
    assert offered(event) == ["Відкрита всюди", "Відкрита тут", "Своя", "Членство"]


def test_of_an_event_in_ones_own_name_ones_own_series_are_offered(hub, event):
    Event.objects.filter(pk=event.pk).update(organisation=None)
    series(hub.programme, "Своя", created_by=hub.user).members.add(people.organisation())
    series(hub.programme, "Чужа", organisation=people.organisation())
    assert offered(Event.objects.get(pk=event.pk)) == ["Своя"]


def test_it_is_chosen_kept_and_given_up(client, hub, event):
    client.force_login(hub.user)
    assert 'name="series"' not in client.get(address(event)).content.decode()
    club = series(hub.programme, "Пресклуб області", organisation=hub.organisation)
    assert "Пресклуб області" in client.get(address(event)).content.decode()
    client.post(address(event), typed(event, series=club.pk))
    kept = Event.objects.get(pk=event.pk)
    assert (kept.series, kept.unread) == (club, {})
    assert "Пресклуб області" in client.get(reverse("events:check", args=[event.code])).content.decode()
    copied = drafts.copy(kept, starts_at=None, by=hub.user, at=NOW)
    again = drafts.repeat(kept, every="weekly", until=None, count=2, by=hub.user, at=NOW)
    assert {one.series for one in (copied, *Event.objects.filter(pk__in=[e.pk for e in again]))} == {club}
    client.post(address(event), typed(event, series="", revision=kept.revision))
    assert Event.objects.get(pk=event.pk).series is None


def test_anothers_series_is_told_and_not_taken(client, hub, event):
    series(hub.programme, "Своя", organisation=hub.organisation)
    other = series(hub.programme, "Чужа", organisation=people.organisation())
    client.force_login(hub.user)
    client.post(address(event), typed(event, series=other.pk))
    kept = Event.objects.get(pk=event.pk)
    assert (kept.series, kept.unread) == (None, {"series": str(other.pk)})
    assert f"Цикл: виправте «{other.pk}»." in client.get(reverse("events:check", args=[event.code])).content.decode()

"""A place told to registered people alone: its organiser and who moderates it read it in the office, the donor's observer does not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, programmes
from viche.events.models import Event
from viche.events.operations import routes
from viche.events.queries import routes as queries

pytestmark = pytest.mark.django_db
SECRET = {
    "venue": "Підвал бібліотеки",
    "address": "вул. Прихована, 7",
    "online_link": "https://secret.example/room",
    "shelter": "Сховище під школою",
    "latitude": 49.123456,
    "longitude": 31.654321,
}
TOLD = ("Підвал бібліотеки", "Прихована", "secret.example", "Сховище під школою", "49.123456")


def hidden(programme=None, **changes):
    starts = timezone.now() + timedelta(days=3)
    told = {**SECRET, "is_place_private": True, "starts_at": starts, "ends_at": starts + timedelta(hours=2), **changes}
    return events.published(programme, **told)


def pages(event):
    """Where the office tells of an event."""
    code = event.programme.code
    own = [reverse("events:office", args=[code, event.code]), reverse("events:office_itinerary", args=[code])]
    return [*own, *(reverse("events:office_itinerary_file", args=[code, ending]) for ending in ("csv", "json"))]


def read(client, user, event):
    """All that the office tells this person, the calendar of an itinerary too."""
    client.force_login(user)
    feed = reverse(
        "events:route_calendar", args=[queries.word_of(routes.make(event.programme, by=user, at=timezone.now()))]
    )
    said = [client.get(address).content.decode() for address in (*pages(event), feed)]
    return "\n".join(said).replace("\r\n ", "")


def test_the_observer_reads_no_exact_place_of_a_private_event(client):
    event = hidden()
    Event.objects.filter(pk=event.pk).update(
        accepted={"venue": "Підвал бібліотеки, ліворуч", "title": "Стара назва"}, mended_at=timezone.now()
    )
    said = read(client, programmes.observer(event.programme), event)
    assert [one for one in TOLD if one in said] == []
    assert "Стара назва" in said
    assert "лише для зареєстрованих" in said
    assert event.title in said


@pytest.mark.parametrize("kind", ["officer", "consultant"])
def test_who_moderates_reads_it(client, kind):
    event = hidden()
    Event.objects.filter(pk=event.pk).update(accepted={"venue": "Читальня"}, mended_at=timezone.now())
    user = programmes.officer(event.programme) if kind == "officer" else events.consultant(event)
    said = read(client, user, event)
    assert [one for one in TOLD[:3] if one not in said] == []
    assert "Читальня" in said


def test_an_open_place_is_told_to_the_observer_too(client):
    event = hidden(is_place_private=False)
    said = read(client, programmes.observer(event.programme), event)
    assert [one for one in TOLD[:3] if one not in said] == []

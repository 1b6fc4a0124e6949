"""Feeds, the calendar, campaigns, widget and poster; and that a private place is in none of them."""

import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.factories import events, people, places, programmes
from viche.events.choices import Entry, Mode, State
from viche.events.models import Event
from viche.events.operations import moving, publishing
from viche.places import queries as places_queries

pytestmark = pytest.mark.django_db


def coming(days=5, programme=None, **changes):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    return events.published(programme, **{"starts_at": starts, "ends_at": starts + timedelta(hours=2), **changes})


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_feed_is_read_back_by_another_program(client):
    first = coming(2, latitude=49.58, longitude=34.55)
    coming(-10, first.programme, title="Нещодавно")
    coming(-60, first.programme, title="Давно")
    answer = client.get("/events.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(read) == {first.title, "Нещодавно"}
    one = read[first.title]
    assert str(one["UID"]) == f"{first.uid}@viche"
    assert one["SEQUENCE"] == first.sequence
    assert one.decoded("DTSTART") == first.starts_at
    assert str(one["STATUS"]) == "CONFIRMED"
    assert (one["GEO"].latitude, one["GEO"].longitude) == (49.58, 34.55)
    assert "Читальна зала" in str(one["LOCATION"])
    assert b"VTIMEZONE" not in client.get("/events.ics?tz=utc").content


def test_a_feed_of_one_organisation_bears_its_name(client):
    first = coming(2)
    coming(3)
    body = client.get(f"/events.ics?organisation={first.organisation_id}").content
    found = Calendar.from_ical(body)
    assert len(found.walk("VEVENT")) == 1
    assert str(found["NAME"]) == f"Віче: {first.organisation.name}"


@pytest.mark.parametrize("ending", ["ics", "jsonld"])
def test_who_has_it_already_is_told_so(client, ending):
    event = coming(2)
    for address in {f"/events/{event.code}.{ending}", "/events.ics"}:
        first = client.get(address)
        assert client.get(address).content == first.content
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    event.title = "Нова назва"
    publishing.told(event, at=timezone.now())
    address = f"/events/{event.code}.{ending}"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(("state", "status"), [(State.POSTPONED, "TENTATIVE"), (State.CANCELLED, "CANCELLED")])
def test_calendars_learn_that_an_event_is_put_off(client, state, status):
    event = coming(2)
    before = event.sequence
    event.state = state
    publishing.told(event, at=timezone.now())
    (one,) = Calendar.from_ical(client.get(f"/events/{event.code}.ics").content).walk("VEVENT")
    assert (str(one["STATUS"]), one["SEQUENCE"]) == (status, before + 1)


def test_search_engines_get_the_event(client):
    event = coming(2, mode=Mode.BOTH, online_link="https://meet.example/x")
    found = json.loads(client.get(f"/events/{event.code}.jsonld").content)
    assert found["name"] == event.title
    assert found["location"][0]["address"]["addressRegion"] == "Полтавська область"
    assert found["location"][1]["url"] == "https://meet.example/x"


SECRETS = {
    "venue": "Таємна зала",
    "address": "вул. Прихована, 7",
    "online_link": "https://secret.example/room",
    "shelter": "Укриття під сценою",
    "latitude": 49.123456,
    "longitude": 34.654321,
}


def everywhere(event):
    """Every public address that may tell of an event."""
    code = event.code
    for language in ("", "/en"):
        yield from (
            f"{language}/events/", f"{language}/events/?q=бюджет", f"{language}/events/calendar/",
            f"{language}/events/calendar/?view=agenda", f"{language}/events/map/", f"{language}/events/widget/",
            f"{language}/events/{code}/", f"{language}/events/{code}/poster/", f"{language}/events/{code}/poster.pdf",
            f"{language}/events/{code}/share.png", f"{language}/campaigns/{event.campaign.code}/",
            f"{language}/search/?q={code}", f"{language}/", f"{language}{event.hromada.get_absolute_url()}",
        )  # fmt: skip
    yield from (f"/events.{ending}" for ending in ("csv", "xlsx", "json", "ics", "geojson"))
    yield from (f"/events/{code}.ics", f"/events/{code}.jsonld", "/events/map.json")
    for zoom in range(10):  # the map around the hromada, from afar to nearest, as page, as data and in pieces
        x, y = places_queries.fit().at(34.5, 49.5)
        part = f"part={zoom},{x:.2f},{y:.2f}"
        yield from (f"/events/map/?{part}", f"/events/map.json?{part}", f"/events/map.json?{part}&pieces=1")
    yield from ("/events/map/?near=49.5,34.5&within=100", "/events/map.json?zoom=9&bbox=34,49,35,50")


def said(answer):
    """All the text of an answer, as a reader unpacks it."""
    body = answer.content
    if answer["Content-Type"].startswith("application/vnd"):
        sheet = load_workbook(io.BytesIO(body)).active
        return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    if answer["Content-Type"] == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if answer["Content-Type"] == "image/png":
        return body.decode("latin-1")  # what it is drawn from is looked at in test_papers
    return body.decode().replace("\r\n ", "").replace("\\", "").replace("\u00a0", " ")


def test_a_private_place_is_nowhere(client):
    home = places.hromada(latitude=49.5, longitude=34.5)
    event = coming(
        2, organisation=people.organisation(hromada=home), campaign=events.campaign(), entry=Entry.SEATS, mode=Mode.BOTH,
        is_place_private=True, **SECRETS,
    )  # fmt: skip
    seen = 0
    for address in everywhere(event):
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = said(answer)
        seen += event.title in text
        for secret in SECRETS.values():
            assert str(secret) not in text, (address, secret)
        assert "49.12" not in text, address
    assert seen >= 30
    for secret in ("Таємна", "Прихована", "сценою"):
        assert client.get(f"/events/?q={secret}").context["page"].count == 0
    point = json.loads(client.get("/events.geojson").content)["features"][0]
    assert point["geometry"]["coordinates"] == [34.5, 49.5]
    assert point["properties"]["point"] == "hromada"


def test_the_same_place_is_told_where_it_is_not_private(client):
    event = coming(2, campaign=events.campaign(), mode=Mode.BOTH, **SECRETS)
    page = said(client.get(event.get_absolute_url()))
    for secret in ("Таємна зала", "вул. Прихована, 7", "https://secret.example/room", "Укриття під сценою", "49.12346"):
        assert secret in page
    assert client.get("/events/?q=Таємна").context["page"].count == 1
    assert json.loads(client.get("/events.json").content)[0]["latitude"] == 49.123456


@pytest.mark.parametrize("view", ["month", "week", "agenda"])
def test_the_calendar_lays_events_out_by_days(client, view):
    event = events.published(title="Зустріч у травні")
    for number in range(30):
        events.published(
            event.programme, title=f"Ще {number}", organisation=event.organisation, by=event.author,
        )  # fmt: skip
    address = f"{reverse('events:calendar')}?view={view}&on=2024-05-20"
    page = client.get(address)
    text = page.content.decode()
    assert "Зустріч у травні" in text
    named = {"month": 3, "week": 12, "agenda": 10}[view]
    assert text.count(f"/events/{event.programme.code}-E24") == named
    assert "since=20.05.2024&amp;until=20.05.2024" in text
    assert page.context["count"] == 31
    assert queries_of(client, address) <= 8
    assert client.get(f"{address}&goal=5").context["count"] == 0


def test_the_calendar_leafs_on_and_back(client):
    page = client.get("/events/calendar/?on=2024-05-31&goal=4")
    span = page.context["span"]
    assert (span.before.isoformat(), span.after.isoformat()) == ("2024-04-01", "2024-06-01")
    assert (span.first.isoformat(), span.last.isoformat()) == ("2024-04-29", "2024-06-02")
    assert "Травень 2024" in page.content.decode()
    assert "?goal=4&amp;view=month&amp;on=2024-06-01" in page.content.decode()
    for nonsense in ("on=2024-02-31", "on=x", "view=year", "on=9999-12-31", "on=0001-01-01&view=week"):
        assert client.get(f"/events/calendar/?{nonsense}").status_code == 200


def test_what_begins_before_midnight_stands_on_its_day_in_kyiv(client):
    late = events.STARTS.replace(hour=22)
    events.published(title="Опівночі", starts_at=late, ends_at=late + timedelta(hours=1))
    days = {
        day.iso: len(day.told) + day.over
        for day in client.get("/events/calendar/?view=agenda&on=2024-05-20").context["days"]
    }
    assert days == {"2024-05-21": 1}


def test_a_month_names_three_events_of_a_day_and_leads_to_the_others(client):
    for hour in range(4):
        events.published(
            title=f"Розмова {hour}",
            starts_at=events.STARTS.replace(hour=10 + hour),
            ends_at=events.STARTS.replace(hour=16),
        )
    moving.cancel(
        Event.objects.get(title="Розмова 1"),
        why="Прорвало трубу.",
        by=Event.objects.get(title="Розмова 1").author,
        at=events.MOMENT,
    )
    answer = client.get("/events/calendar/?view=month&on=2024-05-01&format=seminar")
    (day,) = [day for week in answer.context["weeks"] for day in week if day.told]
    assert (day.iso, day.number, day.classes, day.is_today, day.over) == ("2024-05-20", "20", "", False, 1)
    assert [(hour, title, off) for hour, _href, title, off, _place in day.told] == [
        ("13:00", "Розмова 0", ""),
        ("14:00", "Розмова 1", "скасовано"),
        ("15:00", "Розмова 2", ""),
    ]
    shown = answer.content.decode()
    assert "/events/?format=seminar&amp;since=20.05.2024&amp;until=20.05.2024" in shown
    assert "і ще 1 захід" in shown
    assert '<s><a href="/events/' in shown


def test_what_begins_together_stands_in_the_order_in_which_it_was_entered(client):
    first = events.published(title="Дев’ята")
    for pk, title in ((99_998, "Передостання"), (99_999, "Остання"), (100_000, "Сота тисяча"), (100_001, "Ще одна")):
        first.pk, first.code, first.title = pk, f"{first.programme.code}-E24-{pk}", title
        first.uid = uuid4()
        first.save(force_insert=True)
    answer = client.get("/events/calendar/?view=month&on=2024-05-01")
    (day,) = [day for week in answer.context["weeks"] for day in week if day.told]
    titles = [title for _hour, _href, title, _off, _place in day.told]
    assert titles == ["Дев’ята", "Передостання", "Остання"]  # as texts, 100000 comes before 99998
    assert day.over == 2
    assert queries_of(client, "/events/calendar/?view=month&on=2024-05-01") <= 5


def test_signs_of_markup_in_a_title_are_shown_in_a_month_and_on_the_map_as_signs(client):
    title = '<script>"Чай & кава"</script>'
    events.published(title=title)
    for address in ("/events/calendar/?view=month&on=2024-05-01", "/events/map/?when=all"):
        shown = client.get(address).content.decode()
        assert "&lt;script&gt;&quot;Чай &amp; кава&quot;&lt;/script&gt;" in shown
        assert '<script>"' not in shown


def test_a_row_on_the_page_of_its_campaign_does_not_name_it_again(client):
    campaign, starts = events.campaign(), timezone.now() + timedelta(days=2)
    event = events.published(
        campaign.programme, campaign=campaign, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
    inside = client.get(campaign.get_absolute_url()).content.decode()
    assert f" · {event.organisation.called}</p>" in inside
    listed = client.get("/events/").content.decode()
    assert f" · {event.organisation.called} · {campaign.called}</p>" in listed


def test_a_campaign_tells_what_it_is_and_where(client):
    campaign = events.campaign(
        contact_email="ogw@example.org", about="Про що це",
        rules={"speakers": {"share": 40, "blocks": True}, "groups": {"least": 1}, "voices": {"least": 3}, "partners": {"least": 2}},
    )  # fmt: skip
    event = coming(2, campaign.programme, campaign=campaign)
    text = client.get(campaign.get_absolute_url()).content.decode()
    for words in (
        campaign.name, "#OpenGovWeek", "Мир, справедливість та сильні інститути", "не менше ніж 40 %", "обов’язково", "радимо",
        "Почують хоча б 3 різні голоси.", "Хоча б 2 партнери.", "ogw@example.org", "Про що це", event.title,
    ):  # fmt: skip
        assert words in text, words
    assert "Тиждень відкритого врядування" in client.get("/campaigns/").content.decode()


def test_campaigns_are_listed_with_few_queries(client):
    assert reverse("events:campaign_list") == "/campaigns/"
    assert "Кампаній поки немає" in client.get("/campaigns/").content.decode()
    events.campaign()
    one = queries_of(client, reverse("events:campaign_list"))
    for _number in range(3):
        events.campaign(is_public=True)
    events.campaign(is_public=False, name="Таємна")
    assert queries_of(client, reverse("events:campaign_list")) == one
    assert "Таємна" not in client.get("/campaigns/").content.decode()


def test_the_widget_alone_lets_itself_be_framed(client):
    event = coming(2)
    widget = client.get("/events/widget/")
    assert event.title in widget.content.decode()
    assert "frame-ancestors *" in widget["Content-Security-Policy"]
    assert "X-Frame-Options" not in widget
    page = client.get("/events/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "&lt;iframe" in page.content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_poster_leads_to_the_page(client, language):
    event = coming(2)
    text = client.get(f"{language}/events/{event.code}/poster/").content.decode()
    assert 'class="qr"' in text
    assert event.title in text
    assert f"/events/{event.code}/" in text


@pytest.mark.parametrize("name", ["event_ics", "jsonld"])
@pytest.mark.parametrize("is_public", [True, False])
def test_no_proxy_keeps_what_is_of_a_closed_programme(client, name, is_public):
    event = events.published(programmes.programme(is_public=is_public))
    client.force_login(event.author)
    answer = client.get(reverse(f"events:{name}", args=[event.code]))
    assert answer.status_code == 200
    assert ("public" in answer["Cache-Control"]) is is_public

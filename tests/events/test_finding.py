"""The list of events: what it shows, how it is found, what it costs, and the same list for programs."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import events, people, places, programmes
from viche.events.choices import Entry, Format, Mode, State
from viche.events.models import Event
from viche.events.operations import publishing

pytestmark = pytest.mark.django_db


def coming(days=5, programme=None, **changes):
    """An event that begins in so many days."""
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    return events.published(programme, **{"starts_at": starts, "ends_at": starts + timedelta(hours=2), **changes})


def titles(client, query=""):
    page = client.get(f"{reverse('events:list')}{query}")
    assert page.status_code == 200
    return [shown.title for shown, _said in page.context["rows"]]


def test_what_is_coming_stands_first_and_what_is_past_behind_a_filter(client):
    programme = programmes.programme()
    coming(9, programme, title="Пізніше")
    coming(2, programme, title="Скоро")
    coming(-0.04, programme, title="Триває")
    events.published(programme, title="Давно")
    coming(-9, programme, title="Нещодавно")
    assert titles(client) == ["Триває", "Скоро", "Пізніше"]
    assert titles(client, "?when=past") == ["Нещодавно", "Давно"]
    assert titles(client, "?when=all") == ["Давно", "Нещодавно", "Триває", "Скоро", "Пізніше"]


def test_only_what_is_shown_of_public_programmes_is_found(client):
    programme, hidden = programmes.programme(), programmes.programme(is_public=False)
    shown = coming(1, programme, title="Оголошений")
    coming(2, hidden, title="Чужий")
    for number, state in enumerate(State):
        if state not in {State.PUBLISHED, State.POSTPONED, State.CANCELLED}:
            events.draft(
                programme, title=state, state=state, decline_reason="paid" if state == State.DECLINED else "",
                starts_at=timezone.now() + timedelta(days=number + 1), ends_at=timezone.now() + timedelta(days=number + 2),
            )  # fmt: skip
    off = coming(3, programme, title="Скасований")
    off.state = State.CANCELLED
    publishing.told(off, at=events.MOMENT)
    assert titles(client) == ["Оголошений", "Скасований"]
    assert titles(client, "?mode=in_person") == ["Оголошений", "Скасований"]
    assert {row["code"] for row in json.loads(client.get("/events.json").content)} == {shown.code, off.code}


@pytest.fixture
def several():
    """Two events that differ in everything one can ask for."""
    programme, other = programmes.programme(), programmes.programme()
    campaign = events.campaign(programme)
    near = places.hromada(latitude=49.5, longitude=34.5)
    far = places.hromada(oblast=places.oblast(name="Львівська"), latitude=49.8, longitude=24.0)
    first = coming(
        3, programme, title="Перший", campaign=campaign, organisation=people.organisation(hromada=near), goals=[4],
        format=Format.GAME, languages=["uk", "crh"], access=["captions"], entry=Entry.FREE,
    )  # fmt: skip
    second = coming(
        20, other, title="Другий", organisation=people.organisation(hromada=far), goals=[5], format=Format.WEBINAR,
        mode=Mode.ONLINE, languages=["en"], access=[], entry=Entry.SEATS, capacity=3, seated=3,
        online_link="https://meet.example/x",
    )  # fmt: skip
    return first, second


def test_every_filter_finds_its_own(client, several):
    first, _second = several
    day = first.starts_at.astimezone(timezone.get_default_timezone()).strftime("%d.%m.%Y")
    only_first = [
        "q=перш", "q=Pershyi", f"q={first.code.lower()}", "oblast=poltavska", f"hromada={first.hromada.code}",
        "format=game", "mode=in_person", "language=crh", "access=captions", "goal=4", "entry=free",
        f"programme={first.programme.code}", f"campaign={first.campaign.code}",
        f"organisation={first.organisation_id}", f"until={day}", f"since={day}&until={day}",
        "goal=4&format=game&language=uk", "goal=4&oblast=poltavska", "goal=4&q=перший",
        f"hromada={first.hromada.code}&within=100",
    ]  # fmt: skip
    assert {query: titles(client, f"?{query}") for query in only_first} == {query: ["Перший"] for query in only_first}
    only_second = ["mode=online", "format=webinar", "language=en", "goal=5", "oblast=lvivska", "q=другий"]
    assert {query: titles(client, f"?{query}") for query in only_second} == {query: ["Другий"] for query in only_second}
    nothing = ["q=третій", "goal=4&language=en", "organisation=999999", "goal=4&mode=online", "q=перший другий"]
    assert {query: titles(client, f"?{query}") for query in nothing} == {query: [] for query in nothing}


def test_what_makes_no_sense_asks_nothing(client, several):
    for query in (
        "oblast=nowhere",
        "goal=99",
        "when=never",
        "organisation=x",
        "organisation=9999999999",
        "page=x",
        "entry=q",
    ):
        assert titles(client, f"?{query}") == ["Перший", "Другий"], query
    assert titles(client, "?since=31.02.2026") == ["Перший", "Другий"]
    text = client.get("/events/?since=31.02.2026").content.decode()
    assert "Перевірте пошук" in text


def test_a_hromada_nobody_knows_is_said_and_namesakes_are_offered(client, several):
    page = client.get("/events/?hromada=Неіснувальна").content.decode()
    assert "Такої громади не знаємо" in page
    places.hromada(name="Однакова")
    places.hromada(name="Однакова", slug="odnakova-2")
    page = client.get("/events/?hromada=Однакова").content.decode()
    assert page.count("Однакова міська громада") >= 2


def test_a_cell_of_the_map_is_a_filter(client, several):
    first, _second = several
    found = json.loads(client.get("/events/map.json?zoom=3").content)
    cells = {one["hromada"]: one["cell"] for one in found["clusters"]}
    assert titles(client, f"?cell={cells[first.hromada.code]}") == ["Перший"]
    assert titles(client, "?cell=abc") == []
    assert titles(client, "?cell=1.2") == []


def counted(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_much_for_many_as_for_one(client):
    address, programme = reverse("events:list"), programmes.programme()
    coming(1, programme)
    one = counted(client, address)
    coming(2, programme)
    coming(3)
    assert counted(client, address) == one <= 8
    for number in range(297):
        coming(
            4 + number / 100,
            programme,
            organisation=Event.objects.first().organisation,
            by=Event.objects.first().author,
        )
    assert counted(client, address) == one
    assert counted(client, f"{address}?goal=11&oblast=poltavska&q=бюджет&page=2") <= 12
    page = client.get(f"{address}?goal=11&page=2")
    assert page.context["page"].count == 300
    assert 'href="?goal=11&amp;page=3"' in page.content.decode()


def test_a_list_too_long_to_leaf_through_says_so(client, monkeypatch):
    from viche.events.queries import finding

    monkeypatch.setattr(finding, "MOST", 2)
    for day in range(3):
        coming(day + 1)
    page = client.get("/events/")
    assert "Заходів понад 2" in page.content.decode()
    assert page.context["page"].count == 2


def test_files_hold_the_same_list(client, several):
    first, _second = several
    rows = json.loads(client.get("/events.json?goal=4").content)
    assert [row["title"] for row in rows] == ["Перший"]
    assert rows[0]["url"].endswith(f"/events/{first.code}/")
    assert (rows[0]["latitude"], rows[0]["longitude"], rows[0]["point"]) == (49.5, 34.5, "hromada")
    head, row = csv.reader(io.StringIO(client.get("/events.csv?goal=4").content.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True))["goals"] == "4"
    sheet = load_workbook(io.BytesIO(client.get("/events.xlsx").content)).active
    assert sheet.max_row == 3
    points = json.loads(client.get("/events.geojson?goal=4").content)
    assert points["features"][0]["geometry"] == {"type": "Point", "coordinates": [34.5, 49.5]}
    assert client.get("/events.pdf").status_code == 404


def test_files_ask_as_much_for_three_as_for_one(client):
    coming(1)
    before = [counted(client, f"/events.{ending}") for ending in ("csv", "json", "geojson", "ics")]
    coming(2)
    coming(3)
    assert [counted(client, f"/events.{ending}") for ending in ("csv", "json", "geojson", "ics")] == before


def test_the_page_tells_what_one_needs(client):
    event = coming(2, entry=Entry.SEATS, capacity=10, seated=8, campaign=events.campaign())
    text = client.get(event.get_absolute_url()).content.decode()
    for words in (
        "Як працює бюджет участі", "за київським часом", "Читальна зала", "вул. Шкільна, 1", "У підвалі бібліотеки",
        "Є 2 вільні місця", "вхід без сходинок", "переклад жестовою мовою: немає", "Запросили через раду ветеранів",
        "Сталий розвиток міст і громад", "#OpenGovWeek", "2 жінки", "1 чоловік", "Громадська організація «Разом»",
        event.campaign.name, event.programme.name, f"{event.code}.ics", f"{event.code}.jsonld",
    ):  # fmt: skip
        assert words in text, words
    assert 'type="application/ld+json"' in text
    for tongue, prefix in (("uk", ""), ("en", "/en")):
        assert f'href="{prefix}/events/{event.code}/poster.pdf" hreflang="{tongue}"' in text


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        (State.POSTPONED, {"postponed_why": "alert", "postponed_note": "Чекаємо відбою"}, ["Захід відкладено", "повітряна тривога: Чекаємо відбою"]),
        (State.CANCELLED, {"cancelled_why": "Немає світла"}, ["Захід скасовано", "Немає світла"]),
    ],
)  # fmt: skip
def test_what_is_put_off_says_so_on_top(client, state, changes, words):
    event = coming(2)
    for name, value in {"state": state, **changes}.items():
        setattr(event, name, value)
    publishing.told(event, at=events.MOMENT)
    text = client.get(event.get_absolute_url()).content.decode()
    for said in words:
        assert said in text
        assert text.index(said) < text.index("Про захід")


def test_how_an_event_stands():
    from viche.events.queries import showing

    at = datetime(2024, 5, 1, tzinfo=UTC)
    during, after = events.STARTS + timedelta(hours=1), events.AFTER

    def said(moment=at, **changes):
        one = showing.shown(events.published(**changes)).standing(moment)
        return one.kind, one.words

    assert said(entry=Entry.FREE)[1] == "Приходьте без реєстрації"
    assert said(entry=Entry.INVITED)[0] == "told"
    assert said(entry=Entry.SEATS) == ("open", "Триває реєстрація")
    assert said(entry=Entry.SEATS, capacity=30) == ("open", "Є 30 вільних місць")
    assert said(entry=Entry.SEATS, capacity=30, seated=29) == ("soon", "Є 1 вільне місце")
    assert said(entry=Entry.SEATS, capacity=30, seated=30) == ("soon", "Місця закінчилися, є черга")
    assert said(entry=Entry.SEATS, capacity=3, registration_closes_at=at)[0] == "closed"
    assert said(during)[1] == "Триває зараз"
    assert said(after) == ("held", "Відбулося")
    assert said(after, heads=21) == ("held", "Відбулося, прийшла 21 людина")


def test_a_draft_without_a_time_has_a_page_for_its_author_alone(client):
    event = events.draft(starts_at=None, ends_at=None)
    assert client.get(event.get_absolute_url()).status_code == 404
    client.force_login(event.author)
    assert "ще пишуть" in client.get(event.get_absolute_url()).content.decode()
    assert client.get(f"/events/{event.code}.ics").status_code == 404


def test_over_midnight_the_end_has_its_day():
    from viche.events.queries import showing

    late = datetime(2024, 5, 20, 20, 0, tzinfo=UTC)
    one = showing.shown(events.published(starts_at=late, ends_at=late + timedelta(hours=3)))
    assert one.hours == "23:00 – 21\u00a0травня, 02:00"

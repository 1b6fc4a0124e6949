"""Plan against fact of every hub, each figure opening its events; and the consultant's itinerary."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, places, programmes
from viche.events import access
from viche.events.choices import State
from viche.events.models import Event, Report
from viche.events.operations import visits
from viche.events.queries import desk, hubs
from viche.programmes.choices import ParticipantKind
from viche.programmes.models import Participant

pytestmark = pytest.mark.django_db
MOMENT = factory.MOMENT


@pytest.fixture
def officer():
    return programmes.officer(programmes.programme(code="HUBS"))


@pytest.fixture
def programme(officer):
    return officer.roles.get().programme


def at(name, *args):
    return reverse(f"events:{name}", args=args)


def hub(programme, **changes):
    return factory.hub(programme, **changes).organisation


def report(event, state, **changes):
    values = {"happened": "Було людно.", "total": 20, "begun_at": MOMENT, "submitted_at": MOMENT, **changes}
    if state == "accepted":
        values["decided_at"] = MOMENT
    return Report.objects.create(event=event, state=state, **values)


def soon(**changes):
    begins = timezone.now() + timedelta(days=3)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=2), **changes}


def busy(programme, organisation):
    """An organisation with seven planned events, five of them held, two without a report; thirty-two people."""
    own = {"organisation": organisation}
    for heads in (20, 12):
        report(factory.published(programme, heads=heads, **own), "accepted")
    report(factory.published(programme, **own), "submitted")
    report(factory.published(programme, **own), "returned")
    factory.published(programme, **own)
    factory.published(programme, **own, **soon())
    factory.submitted(programme, **own, **soon())
    factory.draft(programme, **own)
    for state in (State.CANCELLED, State.DECLINED):
        event = factory.published(programme, **own)
        Event.objects.filter(pk=event.pk).update(state=state, decline_reason="paid")


def facts(answer):
    return {one.organisation.name: tuple(fact) for one, _ways, fact in answer.context["rows"]}


def test_every_figure_opens_exactly_its_events(client, programme, officer):
    library, club = hub(programme, name="Бібліотека"), hub(programme, name="Клуб")
    busy(programme, library)
    client.force_login(officer)
    answer = client.get(at("office_hubs", "HUBS"))
    assert facts(answer) == {"Бібліотека": (7, 5, 2, 32), "Клуб": (0, 0, 0, 0)}
    shown = answer.content.decode()
    for needs, figure in {"planned": 7, "held": 5, "no_report": 2, "counted": 2}.items():
        address = f"{at('office_list', 'HUBS')}?needs={needs}&amp;organisation={library.pk}"
        assert address in shown
        opened = client.get(address.replace("&amp;", "&"))
        assert opened.context["page"].count == figure, needs
        if needs == "counted":
            assert sum(event.heads for event, _said in opened.context["rows"]) == 32
    assert club.name in shown


def test_the_hubs_are_searched_sorted_and_written_to_files(client, programme, officer):
    lviv = places.hromada(oblast=places.oblast(name="Львівська"))
    quiet, loud = hub(programme, name="Азов", hromada=lviv), hub(programme, name="Бібліотека")
    busy(programme, loud)
    Participant.objects.filter(organisation=quiet).update(kind=ParticipantKind.PRESS_CLUB)
    client.force_login(officer)
    address = at("office_hubs", "HUBS")

    def names(**asked):
        return [one.organisation.name for one, _ways, _fact in client.get(address, asked).context["rows"]]

    assert names() == names(sort="people") == names(sort="late") == ["Азов", "Бібліотека"]
    assert names(sort="-people") == names(sort="-organisation") == ["Бібліотека", "Азов"]
    assert names(kind="press_club") == names(oblast="lvivska") == names(q="азов") == ["Азов"]
    assert "Таких учасників немає" in client.get(address, {"q": "нема"}).content.decode()
    rows = client.get(at("office_hubs_file", "HUBS", "json"), {"sort": "-held"}).json()
    assert [(row["organisation"], row["held"], row["no_report"], row["people"]) for row in rows] == [
        ("Бібліотека", 5, 2, 32),
        ("Азов", 0, 0, 0),
    ]
    assert client.get(at("office_hubs_file", "HUBS", "csv")).status_code == 200
    client.force_login(programmes.consultant(programme, oblast=lviv.oblast))
    assert names() == ["Азов"]
    assert [row["organisation"] for row in client.get(at("office_hubs_file", "HUBS", "json")).json()] == ["Азов"]


@pytest.mark.parametrize("sort", ["organisation", "-people"])
def test_a_hub_that_is_a_press_club_too_is_counted_once(client, programme, officer, sort):
    library = hub(programme, name="Бібліотека")
    programmes.participant(programme, organisation=library, kind=ParticipantKind.PRESS_CLUB)
    busy(programme, library)
    client.force_login(officer)
    for kind in ("", ParticipantKind.PRESS_CLUB):
        answer = client.get(at("office_hubs", "HUBS"), {"sort": sort, "kind": kind})
        assert (answer.context["page"].count, facts(answer)) == (1, {"Бібліотека": (7, 5, 2, 32)})
        assert "пілотна громада, пресклуб" in answer.content.decode()
        (row,) = client.get(at("office_hubs_file", "HUBS", "json"), {"sort": sort, "kind": kind}).json()
        assert (row["kind"], row["people"]) == ("pilot, press_club", 32)


@pytest.mark.parametrize("sort", ["organisation", "-people"])
def test_the_hubs_ask_as_much_for_three_and_for_three_hundred_as_for_one(client, programme, officer, sort):
    def asked():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("events:office_hubs", args=["HUBS"]), {"sort": sort}).status_code == 200
        return len(queries)

    def add(count):
        hromada = places.hromada()
        for __ in range(count):
            organisation = people.organisation(hromada=hromada)
            programmes.participant(programme, organisation=organisation)
            factory.published(programme, organisation=organisation, by=officer, heads=10)

    client.force_login(officer)
    add(1)
    one = asked()
    add(2)
    three = asked()
    add(297)
    assert one == three == asked() <= 12


def test_an_itinerary_says_where_when_and_who_goes(client, programme, officer):
    poltava = places.oblast()
    consultant = programmes.consultant(programme, oblast=poltava, name="Консультантка Полтавщини")
    lviv = people.organisation(hromada=places.hromada(oblast=places.oblast(name="Львівська")))
    first = factory.published(programme, title="Спершу сюди", **soon())
    later = timezone.now() + timedelta(days=5)
    second = factory.submitted(programme, title="Тоді сюди", starts_at=later, ends_at=later + timedelta(hours=1))
    factory.published(programme, title="У Львові", organisation=lviv, **soon())
    visits.plan(first, by=consultant, at=timezone.now())
    far = timezone.now() + timedelta(days=25)
    factory.published(programme, title="Ще далеко", starts_at=far, ends_at=far + timedelta(hours=1))
    factory.draft(programme, title="Чернетка", **soon())
    client.force_login(consultant)
    address = at("office_itinerary", "HUBS")
    answer = client.get(address)
    stops = answer.context["stops"]
    assert [[event.title for event, _going in events] for _day, events in stops] == [[first.title], [second.title]]
    shown = answer.content.decode()
    assert "Консультантка Полтавщини" in shown
    assert "вул. Шкільна, 1" in shown
    assert "ще на розгляді" in shown
    month = client.get(address, {"days": "31"})
    assert "Ще далеко" in month.content.decode()
    begun = timezone.localdate() + timedelta(days=4)
    assert "Спершу сюди" not in client.get(address, {"first": f"{begun:%d.%m.%Y}"}).content.decode()
    assert client.get(address, {"first": "31.02.2024", "days": "x"}).context["page"].count == 2
    assert "У ці дні заходів немає" in client.get(address, {"first": "01.01.2020"}).content.decode()
    rows = client.get(at("office_itinerary_file", "HUBS", "json")).json()
    assert [(row["title"], row["goes"]) for row in rows] == [
        ("Спершу сюди", "Консультантка Полтавщини"),
        ("Тоді сюди", ""),
    ]
    client.force_login(officer)
    assert "У Львові" in client.get(address).content.decode()
    assert client.get(address, {"oblast": "lvivska"}).context["page"].count == 1


def test_a_day_of_the_itinerary_is_a_day_in_kyiv(programme, officer):
    midnight = factory.STARTS.replace(hour=21, minute=30)  # half past midnight of the next day in Kyiv
    factory.published(programme, starts_at=midnight, ends_at=midnight + timedelta(hours=1))
    reach = access.reach(officer, programme)
    day = factory.STARTS.date()
    assert hubs.itinerary(reach, first=day, days=1).count() == 0
    found = hubs.itinerary(reach, first=day + timedelta(days=1), days=1)
    assert [stop.day for stop in hubs.by_day(found)] == [day + timedelta(days=1)]


def test_the_itinerary_asks_as_much_for_many_as_for_one(client, programme, officer):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("events:office_itinerary", args=["HUBS"])).status_code == 200
        return len(queries)

    client.force_login(officer)
    factory.published(programme, **soon())
    before = asked()
    for __ in range(3):
        factory.published(programme, **soon())
    assert asked() == before <= 12


def test_what_a_programme_without_rules_begins_with(programme):
    now = desk.now(desk.rules(programme), factory.AFTER)
    assert timezone.localtime(now.report_due).isoformat() == "2024-05-13T00:00:00+03:00"
    factory.policy(programme, report_days=3)
    assert desk.rules(desk.opened("hubs").programme).report_days == 3

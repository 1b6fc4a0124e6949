"""The office's list: its orders, its words, and where it ends."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, places, programmes
from viche.events import access
from viche.events.choices import State
from viche.events.models import Event, Series
from viche.events.queries import desk, office_list
from viche.events.queries.office_list import Order

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def programme():
    return programmes.programme(code="HUBS")


@pytest.fixture
def reach(programme):
    return access.reach(programmes.officer(programme), programme)


def listed(reach, order, *, most=office_list.MOST, **asked):
    found = office_list.listed(reach, desk.Now(timezone.now(), timezone.localdate(), timezone.now()), order, **asked)
    keys = office_list.keys(found, order, most=most)
    titles = [event.title for event in office_list.rows(keys)]
    assert titles[:most] == [event.title for event in office_list.every(found, order)][:most]
    return titles


def of(programme, title, *, host, oblast, heads, day, **changes):
    hromada = places.hromada(oblast=places.oblast(name=oblast))
    begins = factory.STARTS + day * DAY
    moments = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    organisation = people.organisation(name=host, hromada=hromada)
    return factory.published(programme, title=title, organisation=organisation, heads=heads, **moments, **changes)


@pytest.fixture
def three(programme):
    """Three events, one without an organisation, an oblast and heads; and one that lacks its time."""
    of(programme, "Вода", host="Бібліотека", oblast="Черкаська", heads=7, day=1)
    of(programme, "Їжа", host="Архів", oblast="Полтавська", heads=30, day=0)
    bare = of(programme, "Аптека", host="Клуб", oblast="Сумська", heads=None, day=2)
    Event.objects.filter(pk=bare.pk).update(organisation=None, oblast=None, hromada=None)
    factory.draft(programme, title="Без часу", state=State.RETURNED, starts_at=None, ends_at=None)
    Event.objects.filter(title="Без часу").update(organisation=None, oblast=None, hromada=None)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("starts_at", ["Їжа", "Вода", "Аптека"]),
        ("title", ["Аптека", "Без часу", "Вода", "Їжа"]),
        ("heads", ["Вода", "Їжа"]),
        ("organisation__sort_key", ["Їжа", "Вода"]),
        ("oblast__sort_key", ["Їжа", "Вода"]),
    ],
)
def test_it_stands_in_both_directions_and_what_lacks_the_field_at_the_end(reach, three, monkeypatch, field, expected):
    monkeypatch.setattr(office_list, "FEW_OWNERS", 1)
    titles = {"Вода", "Їжа", "Аптека", "Без часу"}
    if field == "title":  # each database has letters in an order of its own; the list has the same in both directions
        expected = listed(reach, Order(field, falls=False))
        assert set(expected) == titles
    rising, falling = (listed(reach, Order(field, falls)) for falls in (False, True))
    there = len(expected)
    assert rising[:there] == expected
    assert falling[:there] == expected[::-1]
    assert set(rising[there:]) == set(falling[there:]) == titles - set(expected)


def test_by_state_the_latest_of_each_stand_together(reach, three):
    assert listed(reach, Order("state", falls=False)) == ["Їжа", "Вода", "Аптека", "Без часу"]
    assert listed(reach, Order("state", falls=True)) == ["Без часу", "Аптека", "Вода", "Їжа"]


def test_who_owns_the_first_events_is_enough_for_the_first_rows(reach, three):
    assert listed(reach, Order("organisation__sort_key", falls=False), most=1) == ["Їжа", "Вода"]


@pytest.mark.parametrize("common", [0, 3000])
def test_words_are_found_in_what_is_shown_and_in_what_is_not(reach, programme, monkeypatch, common):
    monkeypatch.setattr("viche.events.queries.marking.COMMON", common - 1)
    order = Order("starts_at", falls=True)
    shown = factory.published(programme, title="Вода в громаді", organisation=people.organisation(name="Архів"))
    factory.submitted(programme, title="Вода для школи", organisation=people.organisation(name="Клуб «Мрія»"))
    factory.draft(programme, title="Вода, якої ще ніхто не бачить")
    assert set(listed(reach, order, q="вода")) == {"Вода в громаді", "Вода для школи"}
    assert listed(reach, order, q="ВОДА громад") == ["Вода в громаді"]
    assert listed(reach, order, q="voda hromadi") == ["Вода в громаді"]
    assert listed(reach, order, q="вода мрія") == ["Вода для школи"]
    assert listed(reach, order, q=shown.code.lower()) == ["Вода в громаді"]
    assert listed(reach, order, q=shown.code.rpartition("-")[2]) == ["Вода в громаді"]
    assert listed(reach, order, q="караван") == []


def test_a_consultant_finds_words_in_the_own_oblast_alone(programme):
    own = of(programme, "Вода", host="Бібліотека", oblast="Черкаська", heads=7, day=1)
    of(programme, "Вода деінде", host="Архів", oblast="Полтавська", heads=30, day=0)
    reach = access.reach(factory.consultant(own), programme)
    order = Order("starts_at", falls=True)
    assert listed(reach, order, q="вода") == listed(reach, order) == ["Вода"]
    assert listed(reach, Order("organisation__sort_key", falls=False)) == ["Вода"]
    assert listed(reach, order, oblast=own.oblast.slug) == ["Вода"]
    assert listed(reach, order, oblast="poltavska-nowhere") == []


def test_what_is_too_much_for_pages_says_so_and_the_file_has_all(client, programme, monkeypatch):
    monkeypatch.setattr(office_list, "MOST", 2)
    titles = ["Розмова перша", "Розмова друга", "Розмова третя"]
    for number, title in enumerate(titles):
        factory.published(programme, title=title, starts_at=factory.STARTS - number * DAY)
    client.force_login(programmes.officer(programme))
    address = reverse("events:office_list", args=["HUBS"])
    answer = client.get(address)
    assert [event.title for event, _said in answer.context["rows"]] == titles[:2]
    assert "Заходів понад 2: тут перші 2." in answer.content.decode()
    assert "понад" not in client.get(address, {"q": "третя"}).content.decode()
    rows = json.loads(client.get(reverse("events:office_file", args=["HUBS", "json"])).content)
    assert [row["title"] for row in rows] == titles


def test_who_asks_sees_as_many_as_the_figure_says(reach, programme):
    begins = timezone.now() - 3 * DAY
    held = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
    ahead = {"starts_at": timezone.now() + DAY, "ends_at": timezone.now() + 2 * DAY}
    going = {"starts_at": timezone.now() - DAY, "ends_at": timezone.now() + DAY}
    factory.published(programme, title="Був", **held)
    factory.published(programme, title="Триває", **going)
    factory.published(programme, title="Буде", **ahead)
    order = Order("starts_at", falls=False)
    assert listed(reach, order, needs="held") == ["Був"]
    assert listed(reach, order, needs="ahead") == ["Триває", "Буде"]
    assert listed(reach, order, needs="no_report") == ["Був"]
    assert listed(reach, order, needs="nonsense") == ["Був", "Триває", "Буде"]


def test_who_comes_from_a_series_is_told_so_and_led_back(client, programme):
    series = Series.objects.create(programme=programme, kind="press_club", name="Пресклуб", created_at=factory.MOMENT)
    factory.published(programme, title="Зустріч", series=series)
    factory.published(programme, title="Інше")
    client.force_login(programmes.officer(programme))
    address = reverse("events:office_list", args=["HUBS"])
    answer = client.get(address, {"series": series.pk, "needs": "held"})
    assert [event.title for event, _said in answer.context["rows"]] == ["Зустріч"]
    shown = answer.content.decode()
    assert "Лише зустрічі циклу <strong>Пресклуб</strong>" in shown
    assert 'href="?needs=held#list"' in shown
    assert client.get(address, {"series": series.pk + 1}).context["only"] == []

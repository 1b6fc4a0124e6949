"""Series and press clubs: begun and changed within reach, their meetings and who came to them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import people, programmes
from viche.events import access
from viche.events.choices import SeriesKind
from viche.events.models import Report, Series
from viche.events.operations import series
from viche.events.queries import series as queries
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
MOMENT = factory.MOMENT


@pytest.fixture
def officer():
    return programmes.officer(programmes.programme(code="HUBS"))


@pytest.fixture
def programme(officer):
    return officer.roles.get().programme


@pytest.fixture
def poltava():
    return factory.oblast()


def at(name, *args):
    return reverse(f"events:{name}", args=args)


def values(**changes):
    return {"kind": SeriesKind.PRESS_CLUB, "name": "Пресклуб", "oblast": None, "organisation": None, **changes}


def club(programme, oblast, **changes):
    given = {"kind": SeriesKind.PRESS_CLUB, "name": "Пресклуб області", "oblast": oblast, "created_at": MOMENT}
    return Series.objects.create(programme=programme, **{**given, **changes})


def test_an_officer_begins_and_changes_a_series(programme, officer, poltava):
    hosts = [people.organisation() for __ in range(2)]
    made = series.begin(
        programme, **values(oblast=poltava, organisation=hosts[0]), members=hosts, by=officer, at=MOMENT
    )
    assert set(made.members.all()) == set(hosts)
    assert made.created_by == officer
    changed = series.change(
        made, **values(kind=SeriesKind.RECURRING, name="Щоп’ятниці"), members=hosts[:1], by=officer, at=MOMENT
    )
    assert (changed.name, changed.oblast, list(changed.members.all())) == ("Щоп’ятниці", None, hosts[:1])
    entry = Entry.objects.get(verb="events.series_changed")
    assert entry.subject_id == str(made.pk)
    with pytest.raises(Refused) as no:
        series.begin(programme, **values(), by=officer, at=MOMENT)
    assert no.value.field == "oblast"


def test_a_consultant_keeps_the_series_of_the_own_oblast(programme, officer, poltava):
    consultant = programmes.consultant(programme, oblast=poltava)
    lviv = factory.oblast(name="Львівська")
    made = series.begin(programme, **values(oblast=poltava), by=consultant, at=MOMENT)
    with pytest.raises(Refused) as no:
        series.change(made, **values(oblast=lviv), members=[], by=consultant, at=MOMENT)
    assert (no.value.field, no.value.status) == ("oblast", 403)
    with pytest.raises(Refused):
        series.begin(programme, **values(kind=SeriesKind.TOUR), by=consultant, at=MOMENT)
    with pytest.raises(NotAllowed):
        series.change(club(programme, lviv), **values(oblast=poltava), members=[], by=consultant, at=MOMENT)
    for by in (programmes.observer(programme), people.user()):
        with pytest.raises(NotAllowed):
            series.begin(programme, **values(oblast=poltava), by=by, at=MOMENT)


def test_how_far_one_reads(programme, officer, poltava):
    lviv = factory.oblast(name="Львівська")
    consultant = programmes.consultant(programme, oblast=poltava)
    here, there = club(programme, poltava), club(programme, lviv)
    assert access.may_see_series(consultant, here)
    assert not access.may_see_series(consultant, there)
    assert access.may_see_series(programmes.observer(programme), there)
    reach = access.reach(consultant, programme)
    assert (reach.manages, reach.covers(poltava.pk), reach.covers(None)) == (False, True, False)
    assert access.reach(people.user(is_active=False), programme) is None
    assert access.reach(people.user(), programme) is None
    assert access.reach(officer, programme).covers(None)
    assert not access.may_moderate(people.user(is_active=False), factory.submitted(programme))


def test_a_series_is_typed_and_what_was_typed_stays(client, programme, officer, poltava):
    host = people.organisation(name="Обласна бібліотека")
    member = people.organisation(name="Газета «Вісник»")
    client.force_login(officer)
    assert client.get(at("office_series_new", "HUBS")).status_code == 200
    typed = {
        "kind": "press_club",
        "name": "Пресклуб",
        "oblast": "",
        "organisation": host.edrpou,
        "members": f"{member.edrpou}\nОбласна бібліотека",
    }
    wrong = client.post(at("office_series_new", "HUBS"), typed)
    assert wrong.status_code == 422
    assert "Пресклуб належить області" in wrong.content.decode()
    unknown = client.post(at("office_series_new", "HUBS"), {**typed, "members": "Немає такої"})
    assert "Організації «Немає такої» у Віче немає" in unknown.content.decode()
    typed["members"] = member.edrpou
    done = client.post(at("office_series_new", "HUBS"), {**typed, "oblast": poltava.pk})
    made = Series.objects.get()
    assert done.url == at("office_one_series", "HUBS", made.pk)
    assert (made.organisation, list(made.members.all())) == (host, [member])
    shown = client.get(at("office_series_change", "HUBS", made.pk)).content.decode()
    assert member.edrpou in shown
    changed = {**typed, "kind": "tour", "members": ""}
    assert client.post(at("office_series_change", "HUBS", made.pk), changed).status_code == 302
    made.refresh_from_db()
    assert (made.kind, made.members.count()) == ("tour", 0)
    client.force_login(programmes.consultant(programme, oblast=poltava))
    offered = client.get(at("office_series_new", "HUBS")).context["form"].fields["oblast"].queryset
    assert list(offered) == [poltava]


def met(series_, number, heads=None, **changes):
    day = timedelta(days=number)
    return factory.published(
        series_.programme,
        series=series_,
        title=f"Зустріч {number}",
        heads=heads,
        starts_at=factory.STARTS + day,
        ends_at=factory.ENDS + day,
        **changes,
    )


def test_the_page_of_a_series_shows_who_came(client, programme, officer, poltava):
    made = club(programme, poltava, organisation=people.organisation())
    made.members.add(people.organisation(name="Газета «Вісник»"))
    client.force_login(officer)
    address = at("office_one_series", "HUBS", made.pk)
    assert "Зустрічей ще не було" in client.get(address).content.decode()
    met(made, 3)
    assert "Жодного звіту ще не прийнято" in client.get(address).content.decode()
    met(made, 1, heads=30)
    met(made, 2, heads=15)
    answer = client.get(address)
    shown = answer.content.decode().replace("\u00a0", " ")
    assert [one.event.title for one in answer.context["meetings"]] == ["Зустріч 1", "Зустріч 2", "Зустріч 3"]
    assert "45</a> людей на 2 зустрічах, звіти яких прийнято; у середньому 22 на зустріч." in shown
    assert 'width="50" height="10"' in shown
    assert "Газета «Вісник»" in shown
    listed = client.get(at("office_list", "HUBS"), {"series": made.pk, "needs": "counted"})
    assert {event.title for event, _said in listed.context["rows"]} == {"Зустріч 1", "Зустріч 2"}


def test_people_of_all_meetings_are_told_though_only_the_latest_are_shown(
    client, programme, officer, poltava, monkeypatch
):
    monkeypatch.setattr(queries, "MOST_MEETINGS", 1)
    made = club(programme, poltava)
    for number, heads in enumerate((30, 14, 7)):
        met(made, number, heads=heads)
    client.force_login(officer)
    answer = client.get(at("office_one_series", "HUBS", made.pk))
    assert len(answer.context["meetings"]) == 1
    assert [answer.context[name] for name in ("people", "counted", "average")] == [51, 3, 17]


def test_the_list_counts_meetings_and_is_searched(client, programme, officer, poltava):
    lviv = factory.oblast(name="Львівська")
    one, other = club(programme, poltava), club(programme, lviv, kind="tour", name="Маршрут")
    met(one, 1, heads=20)
    factory.submitted(programme, series=one)
    factory.draft(programme, series=one)
    client.force_login(officer)
    address = at("office_series", "HUBS")
    assert "і 1 чернетка" in client.get(address).content.decode().replace("\u00a0", " ")
    answer = client.get(address)
    assert {row.name: tuple(held) for row, held in answer.context["rows"]} == {
        "Пресклуб області": (2, 1, 20, 1),
        "Маршрут": (0, 0, 0, 0),
    }
    for asked in ({"q": "маршр"}, {"kind": "tour"}, {"oblast": "lvivska"}):
        assert [row.name for row, _held in client.get(address, asked).context["rows"]] == [other.name]
    assert "Таких циклів немає" in client.get(address, {"q": "нема"}).content.decode()
    rows = client.get(at("office_series_file", "HUBS", "json")).json()
    assert {row["name"]: row["people"] for row in rows} == {"Пресклуб області": 20, "Маршрут": 0}
    client.force_login(programmes.consultant(programme, oblast=poltava))
    assert [row.name for row, _held in client.get(address).context["rows"]] == [one.name]
    client.force_login(programmes.observer(programme))
    assert "Новий цикл" not in client.get(address).content.decode()


def test_series_stand_as_in_a_ukrainian_dictionary(client, programme, officer, poltava):
    for name in ("Івано-Франківська", "Вінницька", "Ґоранська", "Яворівська", "Гадяцька"):
        club(programme, poltava, name=name)
    client.force_login(officer)
    address = at("office_series", "HUBS")
    names = [row.name for row, _held in client.get(address).context["rows"]]
    assert names == ["Вінницька", "Гадяцька", "Ґоранська", "Івано-Франківська", "Яворівська"]
    assert [row.name for row, _held in client.get(address, {"sort": "-name"}).context["rows"]] == names[::-1]
    assert len(client.get(address, {"sort": "oblast"}).context["rows"]) == len(names)


def test_series_ask_as_much_for_many_as_for_one(client, programme, officer, poltava):
    def add(count):
        for number in range(count):
            made = club(programme, poltava, organisation=people.organisation())
            made.members.add(people.organisation())
            event = met(made, number)
            Report.objects.create(event=event, begun_at=MOMENT)
        return made

    def asked(name, *args):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=["HUBS", *args])).status_code == 200
        return len(queries)

    made = add(1)
    client.force_login(programmes.consultant(programme, oblast=poltava))
    before = [asked("events:office_series"), asked("events:office_one_series", made.pk)]
    add(3)
    for number in range(5, 8):
        met(made, number, heads=3)
    assert [asked("events:office_series"), asked("events:office_one_series", made.pk)] == before
    assert max(before) <= 12

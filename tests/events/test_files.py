"""Lists of events as files: a thousand in each, the next one named; whoever has a file already is not sent it again."""

import gzip
import json
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from icalendar import Calendar

from tests.factories import events, places
from viche.events import exports
from viche.events.models import Event
from viche.events.operations import naming, publishing
from viche.events.queries import briefs, finding, marking, showing
from viche.events.views import feeds
from viche.people.models import Organisation
from viche.places.models import Hromada

pytestmark = pytest.mark.django_db

ENDINGS = ["ics", "json", "csv", "geojson", "xlsx"]


def coming(days=5, **changes):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    return events.published(**{"starts_at": starts, "ends_at": starts + timedelta(hours=2), **changes})


def test_a_file_holds_so_many_and_names_the_next(client, monkeypatch):
    monkeypatch.setattr(feeds, "PER_FILE", 2)
    codes = [coming(days).code for days in (2, 3, 4)]
    first, last = client.get("/events.json?when=all"), client.get("/events.json?when=all&page=2")
    assert [row["code"] for row in json.loads(first.content)] == codes[:2]
    assert first["Link"] == '<http://testserver/events.json?when=all&page=2>; rel="next"'
    assert [row["code"] for row in json.loads(last.content)] == codes[2:]
    assert last["Link"] == '<http://testserver/events.json?when=all&page=1>; rel="prev"'
    assert len(Calendar.from_ical(client.get("/events.ics").content).walk("VEVENT")) == 2
    assert client.get("/events.ics")["Link"] == '<http://testserver/events.ics?page=2>; rel="next"'


def test_a_file_of_all_that_there_is_names_no_other(client):
    coming()
    assert "Link" not in client.get("/events.ics")
    assert json.loads(client.get("/events.json?page=7").content) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_who_has_a_file_is_not_sent_it_again(client, ending):
    event = coming()
    first = client.get(f"/events.{ending}")
    again = client.get(f"/events.{ending}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    event.organisation.name = "Бібліотека на Набережній"
    event.organisation.save()
    naming.organisation_renamed(event.organisation, at=timezone.now())
    changed = client.get(f"/events.{ending}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("address", "change"),
    [
        ("/events.ics", {"centre_name": "Нове Містечко"}),
        ("/events.json", {"kind": "settlement"}),
        ("/en/events.json", {"name_en": "Nove"}),
    ],
)
def test_a_file_is_made_anew_when_its_hromada_is_called_otherwise(client, address, change):
    event = coming()
    before = client.get(address)
    Hromada.objects.filter(pk=event.hromada_id).update(**change)
    naming.places_changed([event.hromada_id], at=timezone.now())
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


@pytest.mark.parametrize("change", [{"seated": 3}, {"heads": 40}, {"state": "cancelled"}])
def test_a_table_is_made_anew_when_its_numbers_change(client, change):
    event = coming(capacity=10)
    before = client.get("/events.json")
    assert client.get("/events.json").content == before.content
    Event.objects.filter(pk=event.pk).update(**change)
    assert client.get("/events.json").content != before.content


def test_a_place_that_becomes_private_leaves_every_file(client):
    event = coming(venue="Зала на Садовій", address="вул. Садова, 2")
    for ending in ENDINGS[:4]:
        assert "Зала на Садовій" in client.get(f"/events.{ending}").content.decode()
    event.is_place_private = True
    publishing.told(event, at=timezone.now())
    for ending in ENDINGS[:4]:
        assert "Садов" not in client.get(f"/events.{ending}").content.decode()


def test_a_file_goes_packed_to_those_who_can_unpack_it(client):
    coming()
    plain, packed = client.get("/events.ics"), client.get("/events.ics", headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in plain["Vary"]
    assert "Content-Encoding" not in plain


def test_few_files_are_kept(client, monkeypatch):
    monkeypatch.setattr(exports, "MOST_KEPT", 2)
    exports.KEPT.clear()
    coming()
    for goal in range(1, 6):
        client.get(f"/events.ics?goal={goal}")
        client.get(f"/events.json?goal={goal}")
        assert len(exports.KEPT) <= 2


def test_no_such_file(client):
    assert client.get("/events.pdf").status_code == 404


@pytest.mark.parametrize("typed", ["щастя", "shchastia", "ЩАСТ", "Shchast", "щастя гарбуз", "harbuz"])
def test_a_word_is_found_in_either_alphabet(typed):
    event = coming(title="Щастя, гарбузи й каша")
    publishing.told(event, at=timezone.now())
    coming(title="Щаслива година")
    assert finding.keys(finding.Asked(q=typed), at=timezone.now()) == [event.pk]


@pytest.mark.parametrize("typed", ["щастязнайшлося", "shchastiaznaishlosia", "астя", "щастя буряк"])
def test_what_no_event_has_finds_none(typed):
    publishing.told(coming(title="Щастя, гарбузи й каша"), at=timezone.now())
    assert finding.keys(finding.Asked(q=typed), at=timezone.now()) == []


def test_namesakes_in_the_other_alphabet_are_told_apart():
    """Both are "halka" in Latin letters, of which the mark is made; the text decides."""
    found = coming(title="Галка")
    for event in (found, coming(title="Halka")):
        publishing.told(event, at=timezone.now())
    assert finding.keys(finding.Asked(q="галка"), at=timezone.now()) == [found.pk]


def test_a_common_word_is_read_in_the_order_of_time(monkeypatch):
    later, sooner = coming(9, title="Каша"), coming(3, title="Каша")
    for event in (later, sooner):
        publishing.told(event, at=timezone.now())
    for most in (5, 1):
        monkeypatch.setattr(marking, "COMMON", most)
        assert finding.keys(finding.Asked(q="каша"), at=timezone.now()) == [sooner.pk, later.pk]


def assorted():
    """Events of all kinds: private and open places, abroad, in a city that is its own region, few and many people."""
    whole = places.hromada(code="UA80000000000093317", name="Київ", name_en="Kyiv", centre_name="Київ")
    first = coming(2, latitude=49.58, longitude=34.55, online_link="https://example.org/x", shelter="Підвал школи")
    Hromada.objects.filter(pk=first.hromada_id).update(latitude=49.5, longitude=34.5)
    campaign = events.campaign(programme=first.programme)
    coming(
        3,
        is_place_private=True,
        latitude=49.59,
        longitude=34.56,
        online_link="https://example.org/y",
        campaign=campaign,
    )
    coming(
        4, hromada=None, oblast=None, country="Польща", venue="Дім культури", campaign=events.campaign(is_public=False)
    )
    coming(
        5, hromada=whole, oblast=whole.oblast, title="Зустріч, що\nтриває; довго", about="Ліворуч\r\nправоруч\u2028далі"
    )
    coming(6, organisation=None, hashtags=["віче", "a,b"], partners=["Спілка", "Рада"], languages=["uk", "en"])
    coming(7, mode="online", hromada=None, oblast=None, capacity=40, seated=50 - 12, heads=3, access=["step_free"])
    coming(8, capacity=2, seated=2, heads=40, state="cancelled", cancelled_why="Хвороба", goals=[4, 16])
    Organisation.objects.filter(pk=first.organisation_id).update(name_en="Library")
    return list(Event.objects.order_by("pk"))


@pytest.mark.parametrize("language", ["uk", "en"])
def test_many_events_are_told_as_one_is(language):
    every = assorted()
    with translation.override(language):
        told = [briefs.brief(row) for row in briefs.read([one.pk for one in every])]
        same = [showing.shown(one) for one in every]
        assert list(exports.rows(told)) == list(exports.rows(same))
        assert [exports.happening(one) for one in told] == [exports.happening(one) for one in same]
        assert exports.points(told) == exports.points(same)


def test_many_events_are_read_by_one_query(django_assert_num_queries):
    every = assorted()
    with django_assert_num_queries(1):
        assert [row.pk for row in briefs.read([one.pk for one in reversed(every)])] == [
            one.pk for one in reversed(every)
        ]

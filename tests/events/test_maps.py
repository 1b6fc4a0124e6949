"""The map of events: clusters from afar, own points from near, the list beside it, what is near, by the page and by its data."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import events, people, places, programmes
from viche.events.choices import Mode
from viche.events.models import Event
from viche.events.queries import finding, labels, maps, pins, showing, sights, spots, tiles
from viche.journal import operations as journal
from viche.places import queries as places_queries
from viche.places.models import Oblast

pytestmark = pytest.mark.django_db
POLTAVA, SUMY = "UA53000000000028050", "UA59000000000057109"


def coming(programme, home, days=3, **changes):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=days)
    host = people.organisation(hromada=home)
    return events.published(
        programme, **{"starts_at": starts, "ends_at": starts + timedelta(hours=2), "organisation": host, **changes}
    )


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def data(client, query=""):
    return json.loads(client.get(f"/events/map.json?{query}").content)["clusters"]


def part_of(zoom, latitude, longitude):
    x, y = places_queries.fit().at(longitude, latitude)
    return f"part={zoom},{x:.2f},{y:.2f}"


@pytest.fixture
def spread():
    """Events in two hromadas close together, in one far away, on line, and in a hromada without a point."""
    programme = programmes.programme()
    lviv = places.oblast(name="Львівська")
    homes = [
        places.hromada(name="Перша", latitude=49.50, longitude=34.50),
        places.hromada(name="Друга", latitude=49.55, longitude=34.60),
        places.hromada(name="Третя", oblast=lviv, latitude=49.84, longitude=24.03),
    ]
    for home in (homes[0], *homes):
        coming(programme, home)
    coming(programme, homes[0], hromada=None, oblast=None, mode=Mode.ONLINE)
    return homes


@pytest.fixture
def town():
    """A hromada with two events in its library, one in the school 3 km away, one whose place is private, one without a point."""
    programme = programmes.programme()
    home = places.hromada(name="Перша", latitude=49.5, longitude=34.5)
    library = {"latitude": 49.51, "longitude": 34.51, "venue": "Бібліотека"}
    coming(programme, home, 1, **library, title="Читання")
    coming(programme, home, 2, **library, title="Гра")
    coming(programme, home, 3, latitude=49.53, longitude=34.54, venue="Школа", title="Урок")
    coming(programme, home, 4, latitude=49.49, longitude=34.46, venue="Сховок", is_place_private=True, title="Зустріч")
    coming(programme, home, 5, title="Будь-де")
    return home


def test_the_map_gathers_what_stands_close(client, spread):
    page = client.get("/events/map/")
    text = page.content.decode()
    assert "На карті 4 заходи" in text
    assert "Ще 1 без місця" in text
    assert "Автономна Республіка Крим" in text
    assert 'aria-label="Перша: 3 заходи, і ще 1 місце поруч"' in text
    assert 'aria-label="Третя: 1 захід"' in text
    assert text.count("data-part=") == text.count('data-part=""') + 2  # the group, and the sign that leads nearer
    assert queries_of(client, "/events/map/") <= 9


def test_a_map_made_anew_asks_no_more_than_a_page_may(client, spread):
    client.get("/events/map/")
    journal.record(verb="events.published", subject=Event.objects.first(), by=None, at=timezone.now())
    assert queries_of(client, "/events/map/") <= 12
    campaign = events.campaign()
    Event.objects.update(campaign=campaign)
    assert queries_of(client, campaign.get_absolute_url()) <= 12


def test_every_cluster_leads_to_its_events(client, spread):
    for zoom in range(10):
        for one in data(client, f"zoom={zoom}"):
            assert client.get(one["url"]).context["page"].count == one["count"], (zoom, one)
    group = max(data(client), key=lambda one: one["count"])
    assert group["kind"] == "group"
    text = client.get(group["map"]).content.decode()
    assert "У цій частині карти 3 заходи" in text
    assert 'aria-label="Перша: 2 заходи"' in text
    assert 'aria-label="Друга: 1 захід"' in text
    assert "Третя" not in text


def test_map_data_comes_by_box_and_zoom(client, spread):
    assert sorted(one["count"] for one in data(client)) == [1, 3]
    assert sorted(one["count"] for one in data(client, "zoom=5")) == [1, 1, 2]
    (lviv,) = data(client, "bbox=23,49,25,50.5")
    assert (lviv["latitude"], lviv["longitude"], lviv["hromada"]) == (49.84, 24.03, spread[2].code)
    left, top = lviv["x"] - 5, lviv["y"] - 5
    assert data(client, f"box={left},{top},{left + 10},{top + 10}&zoom=2")[0]["count"] == 1
    for nonsense in (
        "bbox=1,2", "box=a,b,c,d", "bbox=nan,nan,nan,nan", "zoom=99", "zoom=-1", "bbox=1e9,0,0,0", "part=1", "part=9,9999,-9999",
        "part=1,nan,2", "near=999,1", "near=x", "stand=x;y", "stand=1,2", "cell=9.99999.1",
    ):  # fmt: skip
        for address in ("/events/map.json", "/events/map/", "/events/"):
            assert client.get(f"{address}?{nonsense}").status_code == 200, (address, nonsense)


@pytest.mark.parametrize(
    "filters", ["mode=in_person", "campaign=NONE", "oblast=poltavska", "q=бюджет", "when=all", "when=past"]
)
def test_the_map_counts_what_the_list_finds(client, spread, filters):
    whole = client.get(f"/events/?{filters}").context["page"].count
    elsewhere = client.get(f"/events/?{filters}&mode=online").context["page"].count if "mode" not in filters else 0
    assert sum(one["count"] for one in data(client, filters)) == whole - elsewhere


def test_from_near_events_stand_at_their_own_points(client, town):
    near = part_of(7, 49.51, 34.51)
    found = {(one["name"], one["kind"]): one["count"] for one in data(client, near)}
    assert found == {("Бібліотека", "own"): 2, ("Школа", "own"): 1, ("Перша", "middle"): 2}
    for one in data(client, near):
        page = client.get(one["url"]).context["page"]
        assert page.count == one["count"], one
    text = client.get(f"/events/map/?{near}").content.decode()
    assert "events-map--near" in text
    assert "Сховок" not in text


def test_from_afar_all_of_a_hromada_stand_together(client, town):
    (one,) = data(client, part_of(3, 49.5, 34.5))
    assert (one["count"], one["kind"], one["hromada"], one["latitude"]) == (5, "middle", town.code, 49.5)
    assert client.get(one["url"]).context["page"].count == 5


def test_what_stands_too_close_is_gathered_until_it_stands_apart(client, town):
    groups = [one for one in data(client, part_of(4, 49.5, 34.5)) if one["kind"] == "group"]
    assert sum(one["count"] for one in groups) == 5
    for group in groups:
        assert client.get(group["url"]).context["page"].count == group["count"]
        assert client.get(group["map"]).status_code == 200


def test_a_place_that_becomes_private_leaves_the_map_at_once(client, town):
    near = part_of(9, 49.51, 34.51)
    assert {"Бібліотека"} == {one["name"] for one in data(client, near)}
    Event.objects.filter(venue="Бібліотека").update(is_place_private=True)
    assert data(client, near) == []
    assert client.get("/events/?stand=49.51,34.51").context["page"].count == 0


@pytest.mark.parametrize(("private", "point"), list(product([True, False], [True, False])))
def test_the_rule_of_points_is_the_one_of_the_page(private, point):
    home = places.hromada(latitude=49.5, longitude=34.5)
    place = {"latitude": 49.6, "longitude": 34.6} if point else {}
    event = coming(programmes.programme(), home, is_place_private=private, **place)
    told = showing.shown(finding.by_keys([event.pk])[0])
    assert Event.objects.filter(pins.HAS_OWN_POINT).exists() is told.is_point_exact
    known = pins.seen(finding.Asked(), sights.WHOLE.box, at=timezone.now())
    assert [(round(spot.latitude, 6), round(spot.longitude, 6)) for spot, _count in known] == [told.point]


def test_the_list_beside_tells_of_the_part(client, town):
    far = places.hromada(name="Далека", latitude=50.9, longitude=34.8)
    coming(programmes.programme(), far, 1, title="Удалині")

    def beside(query):
        return [event.title for event, _said, _away in client.get(f"/events/map/?{query}").context["rows"]]

    assert "Удалині" in beside("")
    assert beside(part_of(6, 49.51, 34.51)) == ["Читання", "Гра", "Урок", "Зустріч", "Будь-де"]
    assert beside(part_of(9, 49.51, 34.51)) == ["Читання", "Гра"]
    assert beside(part_of(3, 49.5, 34.5)) == ["Читання", "Гра", "Урок", "Зустріч", "Будь-де"]
    assert beside(f"when=past&{part_of(8, 49.51, 34.51)}") == []
    assert "таких заходів немає" in client.get(f"/events/map/?{part_of(8, 47.0, 33.0)}").content.decode()


def test_many_hromadas_are_read_in_the_order_of_time(town, monkeypatch):
    part = sights.read(part_of(1, 49.5, 34.5).removeprefix("part="))
    few = pins.soonest(finding.Asked(), part, at=timezone.now(), limit=3)
    monkeypatch.setattr(pins, "FEW", 0)
    assert pins.soonest(finding.Asked(), part, at=timezone.now(), limit=3) == few
    assert len(few) == 3
    assert pins.soonest(finding.Asked(hromadas=()), part, at=timezone.now(), limit=3) == []


def test_a_place_that_is_asked_for_has_a_part_of_its_own(client, town):
    def part(query):
        return client.get(f"/events/map/?{query}").context["sight"]

    assert part("") == sights.WHOLE
    assert part("oblast=nowhere") == sights.WHOLE
    assert part(f"hromada={town.code}").zoom == 5
    Oblast.objects.filter(pk=town.oblast_id).update(code=POLTAVA, slug="poltavska")
    page = client.get("/events/map/?oblast=poltavska")
    assert page.context["sight"].zoom == 1
    assert 'class="chosen"' in page.content.decode()
    assert part("oblast=poltavska&part=0,0,0") == sights.WHOLE


def test_near_me_by_a_point_and_by_a_hromada(client, town):
    away = coming(
        programmes.programme(), places.hromada(name="Сусідня", latitude=49.9, longitude=34.5), 2, title="За лісом"
    )
    page = client.get("/events/map/?near=49.50,34.50&within=100")
    told = {event.title: words for event, _said, words in page.context["rows"]}
    assert told == {
        "Читання": "за 1 км", "Гра": "за 1 км", "Урок": "за 4 км", "Зустріч": "у вашій громаді", "Будь-де": "у вашій громаді",
        away.title: "приблизно за 44 км",
    }  # fmt: skip
    text = page.content.decode()
    assert 'class="reach"' in text
    assert "Поруч" in text
    near = client.get("/events/map/?near=49.50,34.50")
    assert len(near.context["rows"]) == 5
    assert client.get("/events/?near=49.50,34.50").context["page"].count == 5
    assert client.get("/events/?near=49.50,34.50&within=100").context["page"].count == 6
    chosen = client.get(f"/events/map/?hromada={town.code}&within=50")
    assert len(chosen.context["rows"]) == 6
    assert 'class="reach"' in chosen.content.decode()
    assert client.get(f"/events/map/?hromada={town.code}").context["here"] is None


def test_close_by_and_exact_is_said_so(client, town):
    page = client.get("/events/map/?near=49.51,34.51&within=25")
    told = {event.title: words for event, _said, words in page.context["rows"]}
    assert told["Читання"] == "менш ніж за кілометр"


def test_the_browser_may_tell_where_one_is_on_this_page_alone(client):
    assert "geolocation=(self)" in client.get("/events/map/")["Permissions-Policy"]
    assert "geolocation=()" in client.get("/events/")["Permissions-Policy"]


def test_the_script_gets_the_pieces_of_the_page(client, town):
    near = part_of(6, 49.51, 34.51)
    page = client.get(f"/events/map/?{near}").content.decode()
    answer = json.loads(client.get(f"/events/map.json?{near}&pieces=1").content)
    assert set(answer["pieces"]) == {"tiles", "drawn", "moves", "beside", "table", "told"}
    assert answer["frame"] in page
    for name in ("drawn", "moves", "table", "told"):
        assert answer["pieces"][name].strip() in page, name
    assert "Читання" in answer["pieces"]["beside"]
    assert "pieces=" not in answer["pieces"]["drawn"] + answer["pieces"]["moves"]


def test_a_place_reads_the_same_in_the_address_and_out_of_it():
    for text in ("3,320.50,201.25", "9,100.00,100.00"):
        assert sights.read(text).text == text
    assert sights.read("9,0,0").box[:2] == (0, 0)
    assert sights.read("0,5,5") == sights.WHOLE
    assert sights.read("") is None
    assert sights.sight(40, 0, 0).zoom == sights.DEEPEST


def test_the_bar_of_the_scale_is_round_and_true():
    for zoom in range(sights.DEEPEST + 1):
        one = sights.sight(zoom, 360, 244)
        km, length = one.bar
        assert km in sights.ROUND_KM
        assert length <= one.width / 4
    fit = places_queries.fit()
    (left, _), (right, _) = fit.at(31.0, 48.5), fit.at(32.0, 48.5)
    assert (right - left) * sights.unit_km() == pytest.approx(73.7, rel=0.015)  # a degree of longitude at 48.5° N


def test_regions_are_named_where_there_is_room():
    Oblast.objects.all().delete()
    for code, name in ((POLTAVA, "Полтавська"), (SUMY, "Сумська")):
        Oblast.objects.filter(pk=places.oblast(name=name).pk).update(code=code)
    free = {one.text: one for one in labels.placed(sights.WHOLE, [], places_queries.oblasts())}
    assert {"Полтавська", "Сумська", "Чорне море", "Азовське море"} == set(free)
    middle = places_queries.middles()[POLTAVA]
    beside = {one.text: one for one in labels.placed(sights.WHOLE, [(*middle, 20)], places_queries.oblasts())}
    assert (beside["Полтавська"].x, beside["Полтавська"].y) != (free["Полтавська"].x, free["Полтавська"].y)
    full = {one.text for one in labels.placed(sights.WHOLE, [(*middle, 90)], places_queries.oblasts())}
    assert "Полтавська" not in full
    oblasts = places_queries.oblasts()
    assert labels.whereabouts(sights.sight(4, *middle), oblasts) == "Полтавська область"
    assert labels.whereabouts(sights.sight(4, 10, 10), oblasts) == labels.whereabouts(sights.WHOLE, oblasts) == ""


def test_hromadas_are_named_from_near(client, town):
    for number in range(20):
        places.hromada(name=f"Сусідня-{number}", latitude=49.3 + number * 0.02, longitude=34.0 + number * 0.05)
    found = labels.placed(sights.sight(4, *places_queries.fit().at(34.5, 49.5)), [], [])
    assert "Перша" in {one.text for one in found}
    assert all(one.tick for one in found)
    assert 2 < len(found) <= labels.MOST
    frames = [(one.x, one.y, len(one.text) * labels.LETTER / 32) for one in found]
    for number, (x, y, half) in enumerate(frames):
        for other_x, other_y, other_half in frames[:number]:
            assert abs(x - other_x) >= half + other_half or abs(y - other_y) >= labels.LINE / 16
    assert [one.called for one in [spots.spots()[town.pk]]] == ["Перша"]


def test_a_hromada_without_a_point_stands_in_the_middle_of_its_oblast():
    home = places.hromada()
    Oblast.objects.filter(pk=home.oblast_id).update(code=POLTAVA)
    spot = spots.spots()[home.pk]
    assert not spot.is_exact
    assert 48.5 < spot.latitude < 51
    assert 32 < spot.longitude < 36
    assert spots.around(home, 100) == (home.pk,)


def test_a_hromada_nowhere_is_on_no_map(client):
    home = places.hromada(oblast=places.oblast(name="Ніяка"))
    coming(programmes.programme(), home)
    coming(programmes.programme(), home, latitude=49.51, longitude=34.51)
    assert data(client) == data(client, part_of(7, 49.51, 34.51)) == []


def test_pictures_of_the_ground_only_from_a_named_server(client, settings, town):
    near = part_of(7, 49.51, 34.51)
    assert "<image" not in client.get(f"/events/map/?{near}").content.decode()
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.MAP_TILES_CREDIT = "© Землеміри"
    text = client.get(f"/events/map/?{near}&when=all").content.decode()
    assert "© Землеміри" in text
    assert 2 <= text.count('<image href="https://tiles.example.org/13/') <= tiles.MOST
    whole = tiles.under(sights.WHOLE)
    assert len(whole) <= tiles.MOST


def test_a_tile_lies_where_its_corners_are(settings):
    settings.MAP_TILES = "{z}/{x}/{y}"
    one = next(tile for tile in tiles.under(sights.sight(6, *places_queries.fit().at(30.52, 50.45))))
    zoom, x, y = map(int, one.address.split("/"))
    assert (zoom, x // 8, y // 8) == (12, 299, 172)  # Kyiv: 30.52° E is at (180 + 30.52) / 360 of 4096
    across, rise, lean, down, left, top = map(float, one.matrix.removeprefix("matrix(").removesuffix(")").split())
    west, north = tiles._degrees(x, y, zoom)
    assert places_queries.fit().degrees(left, top) == pytest.approx((west, north), abs=1e-3)
    east, south = tiles._degrees(x + 1, y + 1, zoom)
    assert places_queries.fit().degrees(left + across + lean, top + rise + down) == pytest.approx(
        (east, south), abs=1e-3
    )


def test_what_is_counted_by_hromada_is_what_is_found(spread):
    at = timezone.now()
    plain = finding.Asked()
    other = replace(plain, in_person=True)
    assert maps.counts(plain, at=at) == {spread[0].pk: 2, spread[1].pk: 1, spread[2].pk: 1, None: 1}
    assert maps.counts(other, at=at) == {spread[0].pk: 2, spread[1].pk: 1, spread[2].pk: 1}

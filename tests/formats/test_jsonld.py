"""What search engines are told of an event."""

import json
from datetime import UTC, datetime, timedelta

from viche.formats import jsonld

AT = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


def told(**changes):
    values = {
        "url": "https://viche.example/events/X-1/",
        "title": "Бюджет участі",
        "state": "published",
        "mode": "in_person",
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=2),
        **changes,
    }
    return jsonld.event(jsonld.Told(**values))


def test_an_event_in_person_has_a_place():
    found = told(
        place="Читальна зала", address="вул. Шкільна, 1", locality="Калинопіль", region="Полтавська область",
        point=(49.5, 34.5), organiser="Бібліотека", organiser_url="https://b.example", seats=10, languages=["uk"],
    )  # fmt: skip
    assert found["@type"] == "Event"
    assert found["startDate"] == "2026-05-01T09:00:00+00:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    (place,) = found["location"]
    assert place["address"]["streetAddress"] == "вул. Шкільна, 1"
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 49.5, "longitude": 34.5}
    assert found["organizer"] == {"@type": "Organization", "name": "Бібліотека", "url": "https://b.example"}
    assert found["maximumAttendeeCapacity"] == 10


def test_empty_parts_are_left_out():
    found = told(locality="Калинопіль")
    assert {"organizer", "image", "description", "maximumAttendeeCapacity", "inLanguage"} & set(found) == set()
    assert found["location"][0]["name"] == "Калинопіль"
    assert "geo" not in found["location"][0]


def test_on_line_one_looks_on_at_an_address_known_or_at_the_page():
    assert told(mode="online")["location"] == [{"@type": "VirtualLocation", "url": "https://viche.example/events/X-1/"}]
    both = told(mode="both", place="Зала", online_link="https://meet.example/x")["location"]
    assert [one["@type"] for one in both] == ["Place", "VirtualLocation"]
    assert both[1]["url"] == "https://meet.example/x"


def test_what_is_put_off_says_so():
    assert told(state="postponed")["eventStatus"].endswith("EventPostponed")
    assert told(state="cancelled")["eventStatus"].endswith("EventCancelled")


def test_nothing_in_it_ends_a_script():
    body = jsonld.written(told(title="</script><b>&\u2028\ud83d"))
    assert b"<" not in body
    assert b"&" not in body
    assert json.loads(body)["name"].startswith("</script><b>&\u2028")

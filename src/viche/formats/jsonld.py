"""Events for search engines: schema.org Event as JSON-LD (schema.org/Event, JSON-LD 1.1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

CONTENT_TYPE: Final = "application/ld+json"
STATUSES: Final = {
    "published": "https://schema.org/EventScheduled",
    "postponed": "https://schema.org/EventPostponed",
    "cancelled": "https://schema.org/EventCancelled",
}
MODES: Final = {
    "in_person": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "both": "https://schema.org/MixedEventAttendanceMode",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one event. Moments are aware; `point` is latitude and longitude; empty parts are left out."""

    url: str
    title: str
    state: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    languages: Sequence[str] = ()
    place: str = ""
    address: str = ""
    locality: str = ""
    region: str = ""
    country: str = "UA"
    point: tuple[float, float] | None = None
    online_link: str = ""
    organiser: str = ""
    organiser_url: str = ""
    seats: int | None = None
    picture: str = ""


def event(told: Told) -> dict[str, Any]:
    """The event as an object; it costs nothing to come."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": told.url,
        "url": told.url,
        "name": told.title,
        "description": told.about,
        "startDate": told.starts_at.isoformat(timespec="seconds"),
        "endDate": told.ends_at.isoformat(timespec="seconds"),
        "eventStatus": STATUSES[told.state],
        "eventAttendanceMode": MODES[told.mode],
        "inLanguage": list(told.languages),
        "isAccessibleForFree": True,
        "location": _locations(told),
        "image": told.picture,
        "maximumAttendeeCapacity": told.seats,
    }
    if told.organiser:
        found["organizer"] = _filled({"@type": "Organization", "name": told.organiser, "url": told.organiser_url})
    return _filled(found)


def written(found: dict[str, Any]) -> bytes:
    """The object as bytes; signs that could end a script are written as escapes, wherever it may be put."""
    body = json.dumps(found, ensure_ascii=False, allow_nan=False)
    for sign in "<>&\u2028\u2029":
        body = body.replace(sign, f"\\u{ord(sign):04x}")
    return body.encode("utf-8", "replace")


def _locations(told: Told) -> list[dict[str, Any]]:
    """Where one can come, and where one can look on."""
    found = []
    if told.mode != "online":
        address = _filled(
            {
                "@type": "PostalAddress",
                "streetAddress": told.address,
                "addressLocality": told.locality,
                "addressRegion": told.region,
                "addressCountry": told.country,
            }
        )
        place: dict[str, Any] = {"@type": "Place", "name": told.place or told.locality, "address": address}
        if told.point:
            latitude, longitude = told.point
            place["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        found.append(_filled(place))
    if told.mode != "in_person":
        found.append({"@type": "VirtualLocation", "url": told.online_link or told.url})
    return found


def _filled(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in ("", None, [], {})}

"""Points on the Earth in degrees: distance, how people write them, where Ukraine roughly lies. Nothing is looked up."""

import re
from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

RADIUS_KM: Final = 6371.0088
"""Mean radius of the Earth (IUGG)."""
SOUTH, NORTH, WEST, EAST = 44.3, 52.4, 22.1, 40.3
"""A box around all of Ukraine: what lies outside is abroad or at sea; what lies inside may still be a neighbour's."""

_NUMBER = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})°?\s*(?:[;/]|,\s|\s)\s*({_NUMBER})°?\s*")
_TIGHT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?),([+-]?\d{1,3}(?:\.\d+)?)\s*")
DIGITS: Final = 6


class Point(NamedTuple):
    """Latitude and longitude in degrees, north and east positive."""

    latitude: float
    longitude: float


def point(text: str) -> Point | None:
    """Read "49.58, 34.55", "49,58 34,55", "49.58;34.55" as maps copy them; None where it is no point on the Earth."""
    found = _TIGHT.fullmatch(text) or _PAIR.fullmatch(text)
    if found is None:
        return None
    latitude, longitude = (round(float(part.replace(",", ".")), DIGITS) for part in found.groups())
    return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # noqa: PLR2004 — degrees


def written(place: Point) -> str:
    """A point as maps copy it, without needless zeros: "49.58, 34.55"."""
    return ", ".join(f"{part:.{DIGITS}f}".rstrip("0").rstrip(".") for part in place)


def is_abroad(place: Point) -> bool:
    """Whether a point lies outside the box around Ukraine, so surely not in it."""
    return not (SOUTH <= place.latitude <= NORTH and WEST <= place.longitude <= EAST)


def kilometres(one: Point, other: Point) -> float:
    """The distance of two points along the ground, by the haversine formula on a sphere (within 0.5 %)."""
    first, second = radians(one.latitude), radians(other.latitude)
    across, along = second - first, radians(other.longitude - one.longitude)
    half = sin(across / 2) ** 2 + cos(first) * cos(second) * sin(along / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))

"""Where hromadas stand on the drawing of Ukraine, and which lie near a place.

A place of the drawing is told in its own units, see `formats.geojson`. A hromada without a point stands in the middle of its
oblast.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Min, Sum
from django.utils.translation import get_language

from viche.methods import earth
from viche.places import queries as places
from viche.places.models import Hromada, Oblast

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where events stand: the place on the drawing and in degrees, and by which code and name it is known."""

    hromada: int
    code: str
    """The hromada's, or latitude and longitude where it is an event's own point."""
    home: str
    """The hromada's code."""
    name: str
    name_en: str
    x: float
    y: float
    latitude: float
    longitude: float
    is_exact: bool
    """Whether it is a point that somebody gave, and not the middle of an oblast."""
    is_own: bool = False
    """Whether it is an event's own point."""

    @property
    def called(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name

    def is_inside(self, box: Box) -> bool:
        """Whether it stands in a part of the drawing."""
        return is_inside((self.x, self.y), box)


Known = Callable[[], dict[int, Spot]]
"""How whoever asks several things at once reads the places: `cache(spots)` reads them once for all that it is handed to."""


def is_inside(place: tuple[float, float], box: Box) -> bool:
    """Whether a place of the drawing is in a part of it."""
    left, top, right, bottom = box
    return left <= place[0] <= right and top <= place[1] <= bottom


def spots() -> dict[int, Spot]:
    """Every hromada's place, by its key; kept by the process until a hromada comes, goes, moves or changes its code."""
    asked = (Count("pk"), Max("pk"), Min("code"), Max("code"), Count("latitude"), Sum("latitude"), Sum("longitude"))
    names = [f"a{number}" for number in range(len(asked))]
    found = Hromada.objects.aggregate(**dict(zip(names, asked, strict=True)))
    return _spots(tuple(found[name] for name in names))


@lru_cache(maxsize=2)
def _spots(state: tuple[Any, ...]) -> dict[int, Spot]:
    del state  # what they were when this was worked out
    fit, middles = places.fit(), places.middles()
    oblasts = {one.pk: one for one in Oblast.objects.all()}
    found = {}
    for row in Hromada.objects.only("code", "name", "name_en", "oblast_id", "latitude", "longitude"):
        oblast = oblasts[row.oblast_id]
        own = row.latitude is not None and row.longitude is not None
        if own:
            latitude, longitude = row.latitude, row.longitude
            x, y = fit.at(longitude, latitude)
        elif oblast.code in middles:
            x, y = middles[oblast.code]
            longitude, latitude = fit.degrees(x, y)
        else:
            continue
        found[row.pk] = Spot(row.pk, row.code, row.code, row.name, row.name_en, x, y, latitude, longitude, own)
    return found


def own(home: Spot, venue: str, latitude: float, longitude: float) -> Spot:
    """The place of events of a hromada that have a point of their own."""
    x, y = places.fit().at(longitude, latitude)
    names = (venue, venue) if venue else (home.name, home.name_en)
    code = f"{latitude!r},{longitude!r}"
    return Spot(home.hromada, code, home.code, *names, x, y, latitude, longitude, is_exact=True, is_own=True)


def around(hromada: Hromada, km: int) -> tuple[int, ...]:
    """The hromadas whose centres lie within so many kilometres of this one's; itself always."""
    here = spots().get(hromada.pk)
    if here is None or not here.is_exact:
        return (hromada.pk,)
    return tuple({hromada.pk, *near(earth.Point(here.latitude, here.longitude), km)})


def near(place: earth.Point, km: int) -> tuple[int, ...]:
    """The hromadas whose centres lie within so many kilometres of a place."""
    every = (one for one in spots().values() if one.is_exact)
    return tuple(one.hromada for one in every if earth.kilometres(place, _point(one)) <= km)


def nearest(place: earth.Point) -> tuple[Spot, float] | None:
    """The hromada whose centre is nearest to a place, and how many kilometres away; none where no hromada has a point."""
    every = [one for one in spots().values() if one.is_exact]
    if not every:
        return None
    found = min(every, key=lambda one: earth.kilometres(place, _point(one)))
    return found, earth.kilometres(place, _point(found))


def _point(one: Spot) -> earth.Point:
    return earth.Point(one.latitude, one.longitude)


def box_of(west: float, south: float, east: float, north: float) -> Box:
    """The part of the drawing that a box of degrees covers: its corners do not stand upright on the drawing."""
    fit = places.fit()
    middle = (west + east) / 2
    corners = [fit.at(lon, lat) for lon in (west, middle, east) for lat in (south, north)]
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def degrees_of(box: Box) -> Box:
    """West, south, east, north around a part of the drawing."""
    fit = places.fit()
    left, top, right, bottom = box
    middle = (left + right) / 2
    corners = [fit.degrees(x, y) for x in (left, middle, right) for y in (top, bottom)]
    lons, lats = [lon for lon, _lat in corners], [lat for _lon, lat in corners]
    return min(lons), min(lats), max(lons), max(lats)

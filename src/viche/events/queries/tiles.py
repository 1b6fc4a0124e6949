"""Pictures of the ground from a server that the operator names, laid under the map.

Tiles are squares of the web Mercator projection; each is put onto our drawing by the corners it has there. So narrow a piece
is straight within a pixel.
"""

import math
from dataclasses import dataclass

from django.conf import settings

from viche.events.queries.sights import Sight
from viche.events.queries.spots import degrees_of
from viche.places import queries as places

FIRST = 6  # the zoom of tiles whose pixels are as large as those of the whole drawing
LAST = 18
MOST = 60  # tiles under one part
STEEP = 85.0  # degrees of latitude: where web Mercator ends


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture and how it lies on the drawing: a matrix that takes a square of 1 by 1 there."""

    address: str
    matrix: str


def under(sight: Sight) -> list[Tile]:
    """The tiles under a part of the map; none where the operator names no server."""
    if not settings.MAP_TILES:
        return []
    west, south, east, north = degrees_of(sight.box)
    zoom = min(FIRST + sight.zoom, LAST)
    left, top = _place(west, north, zoom)
    right, bottom = _place(east, south, zoom)
    found = [(x, y) for y in range(int(top), int(bottom) + 1) for x in range(int(left), int(right) + 1)]
    return [_tile(x, y, zoom) for x, y in found[:MOST]]


def _place(longitude: float, latitude: float, zoom: int) -> tuple[float, float]:
    across = (longitude + 180) / 360
    angle = math.radians(max(-STEEP, min(latitude, STEEP)))
    down = (1 - math.asinh(math.tan(angle)) / math.pi) / 2
    return across * 2**zoom, down * 2**zoom


def _degrees(x: float, y: float, zoom: int) -> tuple[float, float]:
    return x / 2**zoom * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2**zoom))))


def _tile(x: int, y: int, zoom: int) -> Tile:
    fit = places.fit()
    (left, top), (right, rise), (lean, bottom) = (
        fit.at(*_degrees(x + across, y + down, zoom)) for across, down in ((0, 0), (1, 0), (0, 1))
    )
    numbers = (right - left, rise - top, lean - left, bottom - top, left, top)
    address = settings.MAP_TILES.format(z=zoom, x=x, y=y)
    return Tile(address, f"matrix({' '.join(f'{one:.5f}' for one in numbers)})")

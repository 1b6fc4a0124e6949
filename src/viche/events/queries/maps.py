"""Events on the map of Ukraine: points of hromadas, gathered into clusters on the server.

A place of the drawing is told in its own units, see `formats.geojson`; at zoom 0 one sees the whole drawing, each further
zoom shows a quarter of it. An event stands where its hromada is; where the hromada has no point, in the middle of its oblast.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum

from viche.events.models import Event
from viche.events.queries import finding
from viche.journal import queries as journal
from viche.methods import earth
from viche.places import queries as places
from viche.places.models import Hromada, Oblast

CELL = 44.0  # units of the drawing at zoom 0: two clusters of that size stand beside each other
DEEPEST = 5
LEAST_HALF, MOST_HALF = 13.0, 26.0  # half the diagonal of a rhomb, in units of the drawing
NEAR = 36.0  # two clusters closer than this at zoom 0 become one
DIGITS = 3

Box = tuple[float, float, float, float]
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the events of a hromada stand: its key, code and name, the place on the drawing and in degrees."""

    hromada: int
    code: str
    name: str
    x: float
    y: float
    latitude: float
    longitude: float
    is_exact: bool
    """Whether it is the hromada's own point, and not the middle of its oblast."""


Member = tuple[Spot, int]  # a hromada's place and how many events it has


@dataclass(frozen=True, slots=True)
class Cluster:
    """Events that stand close together."""

    x: float
    y: float
    latitude: float
    longitude: float
    count: int
    cell: str
    code: str
    """The hromada's code, where all are of one."""
    name: str
    hromadas: int

    @property
    def place(self) -> str:
        """Where it stands, for SVG: numbers as programs write them, whatever the language."""
        return f"translate({self.x} {self.y})"

    @property
    def rhomb(self) -> str:
        """Its rhomb around that place: the area grows with the number."""
        half = round(min(MOST_HALF, LEAST_HALF + math.sqrt(self.count) * 1.6), 1)
        return f"0,-{half} {half},0 0,{half} -{half},0"


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
    for row in Hromada.objects.only("code", "name", "oblast_id", "latitude", "longitude"):
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
        found[row.pk] = Spot(row.pk, row.code, row.name, x, y, latitude, longitude, own)
    return found


def counts(asked: finding.Asked, *, at: datetime) -> dict[int, int]:
    """How many of the events asked for each hromada has, by its key; kept for a minute, or until anybody writes anything."""
    key = hashlib.sha256(repr(asked).encode()).hexdigest()
    return journal.until_written(f"events.map:{key}", lambda: _counted(finding.chosen(asked, at=at)))


def _counted(found: QuerySet[Event]) -> dict[int, int]:
    """An addition, so that the rows are read from the index of time, which has the hromada, and not by hromadas."""
    rows = found.order_by().annotate(where=F("hromada") + 0).values_list("where")
    return {pk: count for pk, count in rows.annotate(Count("pk")) if pk is not None}


def clusters(counted: dict[int, int], *, zoom: int = 0, box: Box | None = None) -> list[Cluster]:
    """Events gathered by a grid whose cells halve with each zoom; the largest last, so that it is drawn on top.

    `box` is left, top, right, bottom in units of the drawing; what lies outside is left out.
    """
    grid: dict[Cell, list[Member]] = {}
    size = CELL / 2**zoom
    known = spots()
    for pk, count in counted.items():
        spot = known.get(pk)
        if spot and (box is None or _inside(spot, box)):
            grid.setdefault((int(spot.x // size), int(spot.y // size)), []).append((spot, count))
    found = [_cluster([cell], members, zoom) for cell, members in grid.items()]
    return sorted(_apart(found, grid, zoom), key=lambda one: (one.count, one.cell))


def _apart(found: list[Cluster], grid: dict[Cell, list[Member]], zoom: int) -> list[Cluster]:
    """Clusters that a finger could not tell apart become one with the larger, and stand where that one stood."""
    near = NEAR / 2**zoom
    kept: dict[Cell, list[list[Cluster]]] = {}
    for one in sorted(found, key=lambda one: (-one.count, one.cell)):
        column, row = int(one.x // near), int(one.y // near)
        around = (kept.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        larger = (gathered for place in around for gathered in place)
        for gathered in larger:
            if math.hypot(one.x - gathered[0].x, one.y - gathered[0].y) < near:
                gathered.append(one)
                break
        else:
            kept.setdefault((column, row), []).append([one])
    return [_joined(gathered, grid, zoom) for place in kept.values() for gathered in place]


def _joined(gathered: list[Cluster], grid: dict[Cell, list[Member]], zoom: int) -> Cluster:
    """Several clusters as one."""
    first = gathered[0]
    if len(gathered) == 1:
        return first
    cells = [cell for one in gathered for cell in _cells(one.cell)[1]]
    both = _cluster(cells, [member for cell in cells for member in grid[cell]], zoom)
    return replace(both, x=first.x, y=first.y)


def _inside(spot: Spot, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= spot.x <= right and top <= spot.y <= bottom


def _cluster(cells: list[Cell], members: list[Member], zoom: int) -> Cluster:
    """They stand where most of them are held."""
    x = y = latitude = longitude = 0.0
    count = sum(number for _spot, number in members)
    for spot, number in members:
        x, y = x + spot.x * number, y + spot.y * number
        latitude, longitude = latitude + spot.latitude * number, longitude + spot.longitude * number
    largest = max(members, key=lambda one: one[1])[0]
    return Cluster(
        x=round(x / count, 1),
        y=round(y / count, 1),
        latitude=round(latitude / count, 4),
        longitude=round(longitude / count, 4),
        count=count,
        cell=f"{zoom}.{'.'.join(f'{column}.{row}' for column, row in cells)}",
        code=largest.code if len(members) == 1 else "",
        name=largest.name,
        hromadas=len(members),
    )


def in_cell(text: str) -> tuple[int, ...]:
    """The hromadas that stand in cells of the grid ("2.17.9", "2.17.9.18.9"); none for what is no cell."""
    zoom, cells = _cells(text)
    size, wanted = CELL / 2**zoom, set(cells)
    return tuple(spot.hromada for spot in spots().values() if (int(spot.x // size), int(spot.y // size)) in wanted)


def _cells(text: str) -> tuple[int, list[Cell]]:
    """The zoom and the cells that a text names."""
    parts = text.split(".")
    if not all(part.isdecimal() and len(part) <= DIGITS for part in parts) or len(parts) % 2 == 0:
        return 0, []
    zoom, *numbers = map(int, parts)
    return min(zoom, DEEPEST), list(zip(numbers[::2], numbers[1::2], strict=True))


def around(hromada: Hromada, km: int) -> tuple[int, ...]:
    """The hromadas whose centres lie within so many kilometres of this one's; itself always."""
    known = spots()
    here = known.get(hromada.pk)
    if here is None or not here.is_exact:
        return (hromada.pk,)
    near = (
        one.hromada
        for one in known.values()
        if one.is_exact
        and earth.kilometres(earth.Point(here.latitude, here.longitude), earth.Point(one.latitude, one.longitude)) <= km
    )
    return tuple({hromada.pk, *near})


def box_of(west: float, south: float, east: float, north: float) -> Box:
    """The part of the drawing that a box of degrees covers: its corners do not stand upright on the drawing."""
    fit = places.fit()
    middle = (west + east) / 2
    corners = [fit.at(lon, lat) for lon in (west, middle, east) for lat in (south, north)]
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def shapes() -> list[dict[str, Any]]:
    """The regions as drawn, with their names."""
    return places.map_of({}).regions


def elsewhere(asked: finding.Asked, *, at: datetime) -> int:
    """How many of the events asked for have no place on the map: on line or abroad."""
    return finding.chosen(asked, at=at).filter(hromada__isnull=True).count()


def names(found: Iterable[Cluster]) -> list[Cluster]:
    """The clusters as a list beside the map: the largest first."""
    return sorted(found, key=lambda one: (-one.count, one.name))


def linked(found: Iterable[Cluster], *, address: str, query: str) -> list[tuple[Cluster, str]]:
    """Each cluster with the address of the list of its events; `query` is what else is asked, ending in & unless empty."""
    return [(one, f"{address}?{query}{f'hromada={one.code}' if one.code else f'cell={one.cell}'}") for one in found]

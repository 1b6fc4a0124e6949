"""Events on the map of Ukraine: what stands where, gathered into clusters on the server.

From afar an event stands where its hromada is. From near (zoom `pins.OWN`) it stands at its own point, if everybody may
know that point, and at its hromada's if not.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import quote

from django.utils.translation import ngettext

from viche.events.queries import finding, labels, pins, sights, spreads
from viche.events.queries.labels import Label
from viche.events.queries.pins import OWN, TOLD, Member
from viche.events.queries.sights import DEEPEST, Sight
from viche.events.queries.spots import Box, Known, Spot, spots
from viche.journal import queries as journal
from viche.places.models import Oblast
from viche.ui import wording

CELL = 52.0  # units of the drawing at zoom 0: two clusters of that size stand beside each other
LEAST_HALF, MOST_HALF = 12.5, 24.0  # half the diagonal of a rhomb, in units of the drawing
NEAR = 64.0  # two clusters closer than this at zoom 0 become one: on a telephone a finger could not tell them apart
TOUCHING = 1.75  # nor where they are closer than so many times half of both
RING = 4.0  # how far the line around a group stands from its rhomb
LEAP = 4  # zooms that one press leads nearer at most
DIGITS = 5
FINE = 4  # digits of a place seen from near

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Events that stand close together."""

    zoom: int
    x: float
    y: float
    latitude: float
    longitude: float
    count: int
    cell: str
    """The cells of the grid from which it was gathered, where hromadas stand in it."""
    kind: str
    """What stands here: events at one "own" point, at one hromada's "middle", or several places, a "group"."""
    name: str
    """The largest of its places."""
    places: int
    hromadas: int
    code: str
    """The hromada's code, where all are of one."""
    part: str
    """The part of the map in which its places stand apart, as addresses write it; nothing where they never do."""
    filter: str
    """By which the list finds exactly these events, as addresses write it; nothing where there are too many places."""

    @property
    def place(self) -> str:
        """Where it stands, for SVG: numbers as programs write them, whatever the language."""
        return f"{self.x} {self.y}"

    @property
    def half(self) -> float:
        """Half the diagonal of its rhomb: the area grows with the number."""
        return half(self.count)

    @property
    def rhomb(self) -> str:
        """Its rhomb around that place."""
        return rhomb(self.half)

    @property
    def ring(self) -> str:
        """The line around a group."""
        return rhomb(self.half + RING)

    @property
    def told(self) -> str:
        """The number as people write it."""
        return wording.number(self.count)

    @property
    def said(self) -> str:
        """What a screen reader reads."""
        names = {"name": self.name, "n": self.told}
        said = ngettext("%(name)s: %(n)s захід", "%(name)s: %(n)s заходів", self.count) % names
        more = self.places - 1
        if not more:
            return said
        beside = ngettext("і ще %(n)s місце поруч", "і ще %(n)s місць поруч", more) % {"n": wording.number(more)}
        return f"{said}, {beside}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a part of the map."""

    clusters: list[Cluster]
    """The largest last, so that it lies on top."""
    labels: list[Label]
    whereabouts: str
    """The region in whose midst one is, where its borders are hardly seen."""
    count: int
    elsewhere: int
    """Events on line or abroad, told beside the whole map alone."""


@dataclass(frozen=True, slots=True)
class Heap:
    """Places while they are gathered."""

    zoom: int
    x: float
    y: float
    count: int
    cells: tuple[Cell, ...]
    members: list[Member]


def half(count: int) -> float:
    """Half the diagonal of a rhomb for so many events."""
    return min(MOST_HALF, LEAST_HALF + math.sqrt(count))


def rhomb(size: float) -> str:
    """A rhomb around nothing, as SVG writes it."""
    size = round(size, 1)
    return f"0,-{size} {size},0 0,{size} -{size},0"


def counts(asked: finding.Asked, *, at: datetime, version: int | None = None) -> dict[int | None, int]:
    """How many of the events asked for each hromada has, by its key; None for those on line or abroad.

    Kept for a minute, or until anybody writes anything; `version` is the journal's, where it has been read already.
    """
    return journal.until_written(f"events.map:{asked!r}", lambda: spreads.by_hromada(asked, at=at), at=version)


def drawn(
    asked: finding.Asked,
    sight: Sight,
    oblasts: list[Oblast],
    *,
    at: datetime,
    version: int | None = None,
    read: Known | None = None,
) -> Drawn:
    """What a part of the map shows of the events asked for; whoever keeps what is made of it need not keep this."""
    read = read or cache(spots)
    found, elsewhere = _gathered(asked, sight.zoom, sight.box, at=at, version=version, read=read)
    marks = [(one.x, one.y, one.half + RING * (one.places > 1)) for one in found]
    names = labels.placed(sight, marks, oblasts, read)
    count = sum(one.count for one in found)
    return Drawn(found, names, labels.whereabouts(sight, oblasts), count, 0 if sight.zoom else elsewhere)


def clusters(
    asked: finding.Asked, *, at: datetime, zoom: int = 0, box: Box | None = None, version: int | None = None
) -> list[Cluster]:
    """The events asked for, gathered by a grid whose cells halve with each zoom; what lies outside the box is left out."""
    return _gathered(asked, min(zoom, DEEPEST), box, at=at, version=version, read=spots)[0]


def _gathered(
    asked: finding.Asked, zoom: int, box: Box | None, *, at: datetime, version: int | None, read: Known
) -> tuple[list[Cluster], int]:
    """The clusters, the largest last; and how many events stand nowhere, where that was counted."""
    elsewhere = 0
    if zoom >= OWN:
        members = pins.seen(asked, box or sights.WHOLE.box, at=at, read=read)
    else:
        counted = counts(asked, at=at, version=version)
        members, elsewhere = _afar(counted, box, read()), counted.get(None, 0)
    grid: dict[Cell, list[Member]] = {}
    size = CELL / 2**zoom
    for member in members:
        spot = member[0]
        grid.setdefault((int(spot.x // size), int(spot.y // size)), []).append(member)
    found = _apart([_heap(zoom, (cell,), there) for cell, there in grid.items()], zoom)
    return sorted(map(_cluster, found), key=lambda one: (one.count, one.x, one.y)), elsewhere


def _afar(counted: dict[int | None, int], box: Box | None, known: dict[int, Spot]) -> list[Member]:
    """Hromadas with the number of their events."""
    found = [(spot, count) for pk, count in counted.items() if (spot := known.get(pk))]
    return found if box is None or box == sights.WHOLE.box else [one for one in found if one[0].is_inside(box)]


def _apart(found: list[Heap], zoom: int) -> list[Heap]:
    """Heaps that a finger could not tell apart become one with the larger, and stand where that one stood."""
    kept: dict[Cell, list[list[Heap]]] = {}
    size = max(NEAR, 2 * MOST_HALF * TOUCHING) / 2**zoom
    for one in sorted(found, key=lambda one: (-one.count, one.cells)):
        column, row = int(one.x // size), int(one.y // size)
        around = (kept.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        larger = (gathered for place in around for gathered in place)
        for gathered in larger:
            if _touch(one, gathered[0]):
                gathered.append(one)
                break
        else:
            kept.setdefault((column, row), []).append([one])
    return [_joined(gathered) for place in kept.values() for gathered in place]


def _touch(one: Heap, other: Heap) -> bool:
    least = max(NEAR, (half(one.count) + half(other.count)) * TOUCHING) / 2**one.zoom
    return math.hypot(one.x - other.x, one.y - other.y) < least


def _joined(gathered: list[Heap]) -> Heap:
    """Several heaps as one, where the first stands."""
    first = gathered[0]
    cells = tuple(cell for one in gathered for cell in one.cells)
    members = [member for one in gathered for member in one.members]
    return Heap(first.zoom, first.x, first.y, sum(one.count for one in gathered), cells, members)


def _heap(zoom: int, cells: tuple[Cell, ...], members: list[Member]) -> Heap:
    """Places stand together where most of their events are held."""
    count = sum([number for _spot, number in members])
    x = sum([spot.x * number for spot, number in members]) / count
    y = sum([spot.y * number for spot, number in members]) / count
    return Heap(zoom, x, y, count, cells, members)


def _cluster(heap: Heap) -> Cluster:
    """A heap as it is drawn."""
    members = heap.members
    most = max([number for _spot, number in members])
    first = min([spot for spot, number in members if number == most], key=lambda spot: spot.code)
    homes = {spot.home for spot, _number in members}
    kind = "group" if len(members) > 1 else "own" if first.is_own else "middle"
    cell = f"{heap.zoom}.{'.'.join(f'{column}.{row}' for column, row in heap.cells)}" if heap.zoom < OWN else ""
    latitude = sum([spot.latitude * number for spot, number in members]) / heap.count
    longitude = sum([spot.longitude * number for spot, number in members]) / heap.count
    digits = FINE if heap.zoom >= OWN else 1
    return Cluster(
        zoom=heap.zoom,
        x=round(heap.x, digits),
        y=round(heap.y, digits),
        latitude=round(latitude, FINE),
        longitude=round(longitude, FINE),
        count=heap.count,
        cell=cell,
        kind=kind,
        name=first.called,
        places=len(members),
        hromadas=len(homes),
        code=first.home if len(homes) == 1 else "",
        part=_part(heap) if kind == "group" and heap.zoom < DEEPEST else "",
        filter=_filter(members, cell, kind),
    )


def _largest(member: Member) -> tuple[int, str]:
    """In this order the place with the most events comes first."""
    return -member[1], member[0].code


def _part(heap: Heap) -> str:
    """Where its places stand apart: at least one zoom nearer."""
    close = sights.fitted([(spot.x, spot.y) for spot, _number in heap.members], most=DEEPEST)
    return close.at(max(heap.zoom + 1, min(close.zoom, heap.zoom + LEAP))).text


def _filter(members: list[Member], cell: str, kind: str) -> str:
    if cell:
        return f"hromada={members[0][0].code}" if kind == "middle" else f"cell={cell}"
    if len(members) > TOLD:
        return ""
    return f"stand={quote(';'.join(spot.code for spot, _number in sorted(members, key=_largest)), safe=',')}"


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

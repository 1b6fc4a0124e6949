"""Names on the map: those that find room between the rhombs. From afar regions are named, from near hromadas."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy

from viche.events.queries import sights
from viche.events.queries.sights import Sight
from viche.events.queries.spots import Known, spots
from viche.formats.geojson import inside
from viche.places import queries as places
from viche.places.models import Oblast

LETTER, LINE = 6.6, 13.0  # of a name, in units of the drawing at zoom 0
ROOMY = 2.0  # how much larger all this is on a telephone
NEAR = 3  # from this zoom on hromadas are named
MOST = 14
HROMADA = "hromada"
SEAS = [(gettext_lazy("Чорне море"), 31.75, 45.25), (gettext_lazy("Азовське море"), 36.75, 46.05)]
ROUND = 0.95  # of a rhomb's half: its corners are empty
BESIDE = [(0, 0), (0, -15), (0, 15), (0, -26), (0, 26), (-16, -8), (16, 8), (16, -16), (-16, 16), (0, -36), (0, 36)]
BELOW = [(0, 17), (0, -13), (0, 34), (0, -30)]

Mark = tuple[float, float, float]
"""Where a rhomb stands and half its diagonal, as at zoom 0."""
Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name and where its middle stands."""

    text: str
    x: float
    y: float
    is_roomy: bool
    """Whether it has room on a telephone too."""
    kind: str
    """An "oblast", a "sea" or a "hromada"."""
    tick: str = ""
    """Where the point of the hromada is, if it is named by a point."""

    @property
    def place(self) -> str:
        """For SVG: numbers as programs write them, whatever the language."""
        return f"{self.x} {self.y}"


def placed(sight: Sight, marks: Iterable[Mark], oblasts: Iterable[Oblast], read: Known = spots) -> list[Label]:
    """The names that find room beside these rhombs, and beside each other."""
    size = 1 / 2**sight.zoom
    taken = [_around(x, y, half * ROUND, half * ROUND, size) for x, y, half in marks]
    roomy = [_around(x, y, half * ROOMY * ROUND, half * ROOMY * ROUND, size) for x, y, half in marks]
    found: list[Label] = []
    for text, x, y, kind, code in _names(sight, oblasts, read):
        wide, high = len(text) * LETTER / 2, LINE / 2
        for right, down in BELOW if kind == HROMADA else _within(code):
            at = x + right * size, y + down * size
            frame = _around(*at, wide, high, size)
            if not _holds(sight.box, frame) or _meets(frame, taken):
                continue
            taken.append(frame)
            large = _around(*at, wide * ROOMY, high * ROOMY, size)
            is_roomy = _holds(sight.box, large) and not _meets(large, roomy)
            if is_roomy:
                roomy.append(large)
            tick = f"{x:.4f} {y:.4f}" if kind == HROMADA else ""
            found.append(Label(text, round(at[0], 4), round(at[1], 4), is_roomy, kind, tick))
            break
        if len(found) == MOST and kind == HROMADA:
            break
    return found


def whereabouts(sight: Sight, oblasts: Iterable[Oblast]) -> str:
    """The region in whose midst one is, where its borders are hardly seen."""
    if sight.zoom < NEAR:
        return ""
    here = (sight.x, sight.y)
    return next((one.label for one in oblasts if _is_within(here, one.code)), "")


def _is_within(place: tuple[float, float], code: str) -> bool:
    return inside(place, _edges(code))


def _edges(code: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    rings = sights.outlines().get(code, ())
    return [edge for ring in rings for edge in itertools.pairwise([*ring, ring[0]])]


def _names(sight: Sight, oblasts: Iterable[Oblast], read: Known) -> Iterator[tuple[str, float, float, str, str]]:
    if sight.zoom < NEAR:
        for name, longitude, latitude in SEAS:
            yield str(name), *places.fit().at(longitude, latitude), "sea", ""
        middles = places.middles()
        for oblast in oblasts:
            if oblast.code in middles:
                yield oblast.short, *middles[oblast.code], "oblast", oblast.code
    else:
        for spot in read().values():
            if spot.is_exact and spot.is_inside(sight.box):
                yield spot.called, spot.x, spot.y, HROMADA, ""


@cache
def _within(code: str) -> list[tuple[int, int]]:
    """Ways from the middle of a region at whose end one is still in it; for a sea the middle alone."""
    if not code:
        return BESIDE[:1]
    x, y = places.middles()[code]
    return [way for way in BESIDE if way == (0, 0) or _is_within((x + way[0], y + way[1]), code)]


def _around(x: float, y: float, wide: float, high: float, size: float) -> Frame:
    return x - wide * size, y - high * size, x + wide * size, y + high * size


def _holds(box: Frame, frame: Frame) -> bool:
    return box[0] <= frame[0] and box[1] <= frame[1] and frame[2] <= box[2] and frame[3] <= box[3]


def _meets(frame: Frame, others: list[Frame]) -> bool:
    left, top, right, bottom = frame
    return any(left < one[2] and one[0] < right and top < one[3] and one[1] < bottom for one in others)

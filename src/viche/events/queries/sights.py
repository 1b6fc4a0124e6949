"""The part of the drawing of Ukraine that is looked at: how near, and what stands in its middle.

At zoom 0 one sees the whole drawing, each further zoom shows a quarter of it.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from viche.events.queries.spots import Box
from viche.formats.geojson import WIDTH
from viche.methods.earth import RADIUS_KM
from viche.places import queries as places

HEIGHT = 488.0
DEEPEST = 9
FITTING = 5  # the nearest zoom that is chosen by itself
ROOM = 1.25  # how much wider than what shall be seen a part is
STEP = 0.4  # of the width or height, for one move
TEXT = re.compile(r"(\d),(-?\d{1,4}(?:\.\d{1,4})?),(-?\d{1,4}(?:\.\d{1,4})?)")
ROUND_KM = (200, 100, 50, 20, 10, 5, 2, 1, 0.5, 0.2)
SCALE_WIDTH = 0.24  # of what is seen, at most, for the scale's bar


@dataclass(frozen=True, slots=True)
class Sight:
    """A part of the drawing; `x` and `y` are its middle, kept so that nothing beyond the drawing is seen."""

    zoom: int
    x: float
    y: float

    @property
    def width(self) -> float:
        """In units of the drawing."""
        return float(WIDTH) / 2**self.zoom

    @property
    def height(self) -> float:
        """In units of the drawing."""
        return HEIGHT / 2**self.zoom

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        left, top = self.x - self.width / 2, self.y - self.height / 2
        return left, top, left + self.width, top + self.height

    @property
    def frame(self) -> str:
        """As SVG writes the part that is seen."""
        left, top, _right, _bottom = self.box
        return f"{left:.4f} {top:.4f} {self.width:.4f} {self.height:.4f}"

    @property
    def text(self) -> str:
        """As addresses write it; nothing for the whole drawing."""
        return f"{self.zoom},{self.x:.2f},{self.y:.2f}" if self.zoom else ""

    @property
    def scale(self) -> str:
        """By how much what shall look the same at every zoom is drawn smaller."""
        return f"{1 / 2**self.zoom:.6g}"

    @property
    def corner(self) -> str:
        """Where the scale's bar stands, as SVG writes it."""
        left, _top, _right, bottom = self.box
        return f"{left + 14 / 2**self.zoom:.4f} {bottom - 14 / 2**self.zoom:.4f}"

    @property
    def top(self) -> str:
        """Where the name of the region stands, as SVG writes it."""
        left, top, _right, _bottom = self.box
        return f"{left + 14 / 2**self.zoom:.4f} {top + 14 / 2**self.zoom:.4f}"

    def at(self, zoom: int) -> "Sight":
        """The same middle from nearer or farther."""
        return sight(zoom, self.x, self.y)

    def moved(self, right: float, down: float) -> "Sight":
        """One step to a side."""
        return sight(self.zoom, self.x + right * self.width * STEP, self.y + down * self.height * STEP)

    @property
    def bar(self) -> tuple[float, float]:
        """A round number of kilometres and how long it is, in units of the drawing."""
        unit = unit_km()
        km = next((km for km in ROUND_KM if km / unit <= self.width * SCALE_WIDTH), ROUND_KM[-1])
        return km, km / unit


WHOLE = Sight(0, WIDTH / 2, HEIGHT / 2)


def sight(zoom: int, x: float, y: float) -> Sight:
    """A part of the drawing, moved so that nothing beyond the drawing is seen."""
    zoom = max(0, min(zoom, DEEPEST))
    across, down = WIDTH / 2 ** (zoom + 1), HEIGHT / 2 ** (zoom + 1)
    return Sight(zoom, max(across, min(x, WIDTH - across)), max(down, min(y, HEIGHT - down)))


def read(text: str) -> Sight | None:
    """The part that an address names; none where it names none."""
    found = TEXT.fullmatch(text)
    return sight(int(found[1]), float(found[2]), float(found[3])) if found else None


def fitted(points: Iterable[tuple[float, float]], *, most: int = FITTING) -> Sight:
    """The nearest sight in which all these places are; the whole where there are none."""
    every = list(points)
    if not every:
        return WHOLE
    xs, ys = [x for x, _y in every], [y for _x, y in every]
    wide, high = (max(xs) - min(xs)) * ROOM, (max(ys) - min(ys)) * ROOM
    zoom = most
    while zoom and (wide > WIDTH / 2**zoom or high > HEIGHT / 2**zoom):
        zoom -= 1
    return sight(zoom, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


@cache
def unit_km() -> float:
    """How many kilometres a unit of the drawing is, true along the standard parallels and within 1 % in all of Ukraine."""
    return RADIUS_KM / places.fit().scale


@cache
def paths() -> dict[str, str]:
    """The outline of each region as SVG writes it, by its code."""
    return {shape["code"]: shape["path"] for shape in places.map_of({}, known=()).regions}


@cache
def outlines() -> dict[str, list[list[tuple[int, int]]]]:
    """The corners of each ring of each region, by its code."""
    return {code: [_ring(ring) for ring in path.split("M")[1:]] for code, path in paths().items()}


def _ring(path: str) -> list[tuple[int, int]]:
    numbers = [int(one) for one in re.findall(r"-?\d+", path)]
    return list(zip(itertools.accumulate(numbers[::2]), itertools.accumulate(numbers[1::2]), strict=True))


def extent(code: str) -> list[tuple[int, int]]:
    """Two corners of a region on the drawing; none of what is no region."""
    every = [corner for ring in outlines().get(code, ()) for corner in ring]
    if not every:
        return []
    xs, ys = [x for x, _y in every], [y for _x, y in every]
    return [(min(xs), min(ys)), (max(xs), max(ys))]

"""Shapes of regions turned into drawings: GeoJSON in degrees becomes SVG paths in whole units; records become points.

The projection is the Albers equal-area conic on the sphere (Snyder, "Map Projections: A Working Manual", 1987, formulas 14-1
to 14-6) with standard parallels 45.5° and 51.5°, which suit Ukraine: areas compare honestly and north is up in the middle.
"""

import itertools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

CONTENT_TYPE: Final = "application/geo+json"
WIDTH = 720
MARGIN = 4
PARALLELS = (45.5, 51.5)
ORIGIN = (31.5, 48.5)  # longitude of the upright meridian, latitude of the middle
LABEL_STEP = 2.0  # how finely the place for a label is sought, in units of the drawing

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Shape:
    """One region as drawn: its properties from the file, the path, and the point where a number has most room."""

    properties: dict[str, Any]
    path: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How the plane of the projection is laid onto a drawing: units per radius, and the plane's upper left corner."""

    scale: float
    left: float
    top: float

    def at(self, longitude: float, latitude: float) -> Point:
        """Where a point of the earth stands on the drawing."""
        x, y = albers(longitude, latitude)
        return (x - self.left) * self.scale + MARGIN, (self.top - y) * self.scale + MARGIN

    def degrees(self, x: float, y: float) -> Point:
        """The longitude and latitude of a place on the drawing."""
        return unprojected((x - MARGIN) / self.scale + self.left, self.top - (y - MARGIN) / self.scale)


@dataclass(frozen=True, slots=True)
class Drawing:
    """All regions in one box of `width` by `height` whole units."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    fit: Fit


def draw(collection: dict[str, Any], width: int = WIDTH) -> Drawing:
    """Project a FeatureCollection of polygons and fit it into a box of `width`, keeping the order of the features."""
    outlines = [[_projected(ring) for ring in rings(feature["geometry"])] for feature in collection["features"]]
    xs = [x for outline in outlines for ring in outline for x, _ in ring]
    ys = [y for outline in outlines for ring in outline for _, y in ring]
    scale = (width - 2 * MARGIN) / (max(xs) - min(xs))
    height = math.ceil((max(ys) - min(ys)) * scale) + 2 * MARGIN

    def fitted(ring: Ring) -> list[tuple[int, int]]:
        return [(round((x - min_x) * scale) + MARGIN, round((max_y - y) * scale) + MARGIN) for x, y in ring]

    min_x, max_y = min(xs), max(ys)
    shapes = []
    for feature, outline in zip(collection["features"], outlines, strict=True):
        drawn = [ring for ring in (straightened(fitted(ring)) for ring in outline) if len(ring) > 2]  # noqa: PLR2004
        x, y = label_point(drawn)
        shapes.append(Shape(feature["properties"], "".join(path(ring) for ring in drawn), x, y))
    return Drawing(width, height, tuple(shapes), Fit(scale, min_x, max_y))


def redraw(source: Path, target: Path) -> None:
    """Draw a file of regions keyed by `katottg` into a JSON file: done once per change of the shapes, not per page."""
    drawing = draw(json.loads(source.read_text(encoding="utf-8")))
    regions = [
        {"code": shape.properties["katottg"], "name": shape.properties["name"], "path": shape.path}
        | {"label_x": shape.label_x, "label_y": shape.label_y}
        for shape in drawing.shapes
    ]
    lines = ",\n".join(json.dumps(region, ensure_ascii=False) for region in regions)
    fit = f'"scale": {drawing.fit.scale!r}, "left": {drawing.fit.left!r}, "top": {drawing.fit.top!r}'
    target.write_text(
        f'{{"width": {drawing.width}, "height": {drawing.height}, {fit}, "regions": [\n{lines}\n]}}\n',
        encoding="utf-8",
    )


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """All rings of a Polygon or MultiPolygon, outer ones and holes alike: the even-odd rule tells them apart."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(lon, lat) for lon, lat, *_ in ring] for polygon in polygons for ring in polygon]


def albers(longitude: float, latitude: float) -> Point:
    """Project degrees to the plane of the unit sphere, x to the east, y to the north."""
    south, north = (math.radians(parallel) for parallel in PARALLELS)
    n, c = _cone(south, north)

    def radius(at: float) -> float:
        return math.sqrt(c - 2 * n * math.sin(math.radians(at))) / n

    theta = n * math.radians(longitude - ORIGIN[0])
    return radius(latitude) * math.sin(theta), radius(ORIGIN[1]) - radius(latitude) * math.cos(theta)


def unprojected(x: float, y: float) -> Point:
    """Longitude and latitude of a point of the plane: `albers` the other way (Snyder, 14-8 to 14-11)."""
    n, c = _cone(*(math.radians(parallel) for parallel in PARALLELS))
    origin = math.sqrt(c - 2 * n * math.sin(math.radians(ORIGIN[1]))) / n
    latitude = math.asin((c - ((x * x + (origin - y) ** 2) * n * n)) / (2 * n))
    return ORIGIN[0] + math.degrees(math.atan2(x, origin - y) / n), math.degrees(latitude)


def _cone(south: float, north: float) -> tuple[float, float]:
    n = (math.sin(south) + math.sin(north)) / 2
    return n, math.cos(south) ** 2 + 2 * n * math.sin(south)


def features(records: Iterable[tuple[tuple[float, float] | None, Mapping[str, Any]]]) -> bytes:
    """A FeatureCollection (RFC 7946) of records with a point each: (latitude, longitude), or None where nobody knows."""
    lines = []
    for point, properties in records:
        geometry = {"type": "Point", "coordinates": [point[1], point[0]]} if point else None
        feature = {"type": "Feature", "geometry": geometry, "properties": dict(properties)}
        lines.append(json.dumps(feature, ensure_ascii=False, allow_nan=False, default=_told))
    listed = ",\n".join(lines)
    return f'{{"type": "FeatureCollection", "features": [\n{listed}\n]}}\n'.encode("utf-8", "replace")


def _told(value: object) -> str | float:
    """A moment or a day in its international form, a sum as a number, anything else as its text."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def straightened(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out repeated points and points on a straight line between their neighbours; the ring comes back open."""
    kept: list[tuple[int, int]] = []
    for point in ring:
        while kept and (point == kept[-1] or (len(kept) > 1 and _between(kept[-2], kept[-1], point))):
            kept.pop()
        kept.append(point)
    while len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    return kept


def path(ring: list[tuple[int, int]]) -> str:
    """Write a ring as a closed SVG subpath: absolute start, then relative steps."""
    steps = [(x - px, y - py) for (px, py), (x, y) in itertools.pairwise(ring)]
    told = "".join(
        f"{'' if dx < 0 or not at else ' '}{dx}{'' if dy < 0 else ' '}{dy}" for at, (dx, dy) in enumerate(steps)
    )
    return f"M{ring[0][0]} {ring[0][1]}l{told}z"


def label_point(outline: list[list[tuple[int, int]]]) -> tuple[int, int]:
    """The point inside that is farthest from every border, sought on a grid: there a number has most room."""
    points = [point for ring in outline for point in ring]
    edges = [(a, b) for ring in outline for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    step = max(LABEL_STEP, (right - left) / 24, (bottom - top) / 24)
    best, room = (points[0][0], points[0][1]), -1.0
    for column in range(1, math.ceil((right - left) / step)):
        for row in range(1, math.ceil((bottom - top) / step)):
            x, y = left + column * step, top + row * step
            if inside((x, y), edges):
                distance = min(_distance((x, y), a, b) for a, b in edges)
                if distance > room:
                    best, room = (round(x), round(y)), distance
    return best


def inside(point: Point, edges: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    """Whether a point lies within, by the even-odd rule."""
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in edges:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
    return odd


def _projected(ring: Ring) -> Ring:
    return [albers(lon, lat) for lon, lat in ring]


def _between(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    """Whether b lies on the straight way from a to c (or back on it)."""
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _distance(point: Point, a: Point, b: Point) -> float:
    """How far a point is from the stretch between a and b."""
    (px, py), (ax, ay), (bx, by) = point, a, b
    dx, dy = bx - ax, by - ay
    along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return math.hypot(px - ax - along * dx, py - ay - along * dy)

import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from viche.formats import geojson

DATA = Path(__file__).resolve().parents[2] / "src" / "viche" / "places" / "data"
SQUARE = [[30.0, 48.0], [33.0, 48.0], [33.0, 50.0], [30.0, 50.0], [30.0, 48.0]]
HOLE = [[31.0, 48.5], [32.0, 48.5], [32.0, 49.5], [31.0, 49.5], [31.0, 48.5]]


def collection(*geometries):
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"katottg": f"UA{at}", "name": f"{at}"}, "geometry": geometry}
            for at, geometry in enumerate(geometries)
        ],
    }


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def drawn_points(path):
    """Follow a path back to its points."""
    rings = []
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([-\d ]*)z", path):
        x, y = map(int, start.split())
        ring = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(ring)
    return rings


def test_the_projection_keeps_areas():
    """Two cells of one degree differ in area on the plane as they do on the globe."""

    def area(south):
        corners = [(30, south), (31, south), (31, south + 1), (30, south + 1)]
        points = [geojson.albers(*corner) for corner in corners]
        return (
            abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True))) / 2
        )

    def on_globe(south):
        return math.radians(1) * (math.sin(math.radians(south + 1)) - math.sin(math.radians(south)))

    assert area(45) / area(51) == pytest.approx(on_globe(45) / on_globe(51), rel=1e-3)
    assert area(48) == pytest.approx(on_globe(48), rel=1e-3)


def test_north_is_up_and_east_is_right_of_the_middle():
    assert geojson.albers(*geojson.ORIGIN) == pytest.approx((0, 0))
    assert geojson.albers(31.5, 50)[1] > 0
    assert geojson.albers(35, 48.5)[0] > 0


def test_a_drawing_fills_its_box_in_whole_units():
    drawing = geojson.draw(collection(polygon(SQUARE)), width=200)
    [ring] = drawn_points(drawing.shapes[0].path)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    assert (min(xs), max(xs)) == (geojson.MARGIN, 200 - geojson.MARGIN)
    assert min(ys) == geojson.MARGIN
    assert max(ys) in {drawing.height - geojson.MARGIN, drawing.height - geojson.MARGIN - 1}
    assert drawing.shapes[0].properties == {"katottg": "UA0", "name": "0"}


def test_islands_and_holes_are_drawn_and_the_label_keeps_out_of_the_hole():
    island = [[34.0, 48.0], [34.5, 48.0], [34.5, 48.5], [34.0, 48.0]]
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [island]]}
    shape = geojson.draw(collection(many)).shapes[0]
    rings = drawn_points(shape.path)
    assert len(rings) == 3
    edges = [(a, b) for ring in rings for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    assert geojson.inside((shape.label_x, shape.label_y), edges)
    hole = [(a, b) for a, b in zip(rings[1], rings[1][1:] + rings[1][:1], strict=True)]
    assert not geojson.inside((shape.label_x, shape.label_y), hole)


def test_an_island_smaller_than_a_unit_is_left_out():
    speck = [[31.0, 46.0], [31.0001, 46.0], [31.0001, 46.0001], [31.0, 46.0]]
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE], [speck]]}
    assert len(drawn_points(geojson.draw(collection(many)).shapes[0].path)) == 1


def test_neighbours_share_their_border():
    east = [[33.0, 48.0], [36.0, 48.0], [36.0, 50.0], [33.0, 50.0], [33.0, 48.0]]
    one, other = geojson.draw(collection(polygon(SQUARE), polygon(east))).shapes
    assert len(set(drawn_points(one.path)[0]) & set(drawn_points(other.path)[0])) == 2


@pytest.mark.parametrize(
    ("ring", "kept"),
    [
        ([(0, 0), (0, 0), (5, 0), (5, 5), (0, 0)], [(0, 0), (5, 0), (5, 5)]),
        ([(0, 0), (2, 0), (5, 0), (5, 5), (0, 0)], [(0, 0), (5, 0), (5, 5)]),
        ([(0, 0), (5, 0), (8, 0), (5, 0), (5, 5)], [(0, 0), (5, 0), (5, 5)]),
        ([(1, 1), (1, 1), (1, 1)], [(1, 1)]),
        ([], []),
    ],
)
def test_repeated_points_and_points_on_a_straight_line_are_left_out(ring, kept):
    assert geojson.straightened(ring) == kept


def test_a_path_is_written_shortly():
    assert geojson.path([(10, 20), (13, 20), (12, -5), (12, 0)]) == "M10 20l3 0-1-25 0 5z"
    assert geojson.path([(10, 20), (9, 21), (12, 22)]) == "M10 20l-1 1 3 1z"


def test_a_region_thinner_than_the_grid_has_its_label_on_its_border():
    assert geojson.label_point([[(0, 0), (2, 0), (1, 1)]]) == (0, 0)


def test_the_map_that_is_shipped_is_the_one_that_the_shapes_give(tmp_path):
    geojson.redraw(DATA / "ua_oblasts_light.geojson", tmp_path / "regions.json")
    assert (tmp_path / "regions.json").read_bytes() == (DATA / "regions.json").read_bytes()


def test_the_map_of_ukraine_is_light_and_whole():
    drawing = json.loads((DATA / "regions.json").read_text())
    regions = {region["code"]: region for region in drawing["regions"]}
    assert len(regions) == 27
    assert (drawing["width"], drawing["height"]) == (720, 488)
    assert sum(len(region["path"]) for region in regions.values()) <= 20_000
    for region in regions.values():
        rings = drawn_points(region["path"])
        edges = [(a, b) for ring in rings for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
        assert geojson.inside((region["label_x"], region["label_y"]), edges), region["name"]
        assert all(0 <= x <= 720 and 0 <= y <= 488 for ring in rings for x, y in ring)


def test_crimea_and_sevastopol_are_drawn_where_they_are():
    regions = {r["code"]: r for r in json.loads((DATA / "regions.json").read_text())["regions"]}
    crimea, sevastopol = regions["UA01000000000013043"], regions["UA85000000000065278"]
    kherson, luhansk = regions["UA65000000000030969"], regions["UA44000000000018893"]
    assert crimea["name"] == "Автономна Республіка Крим"
    assert sevastopol["name"] == "Севастополь"
    assert crimea["label_y"] > kherson["label_y"] > luhansk["label_y"]
    assert sevastopol["label_y"] > crimea["label_y"]
    assert sevastopol["label_x"] < crimea["label_x"]
    # They touch their neighbours: nothing is cut off from the mainland.
    assert points_of(crimea) & points_of(kherson)
    assert points_of(crimea) & points_of(sevastopol)


def points_of(region):
    return {point for ring in drawn_points(region["path"]) for point in ring}


def test_the_shapes_we_carry_are_those_of_the_shared_data(shared):
    carried = json.loads((DATA / "ua_oblasts_light.geojson").read_text())
    given = json.loads((shared / "data" / "ua_oblasts_light.geojson").read_text())
    assert len(carried["features"]) == 27
    assert carried == given


FIT = geojson.Fit(scale=3449.0, left=-0.108, top=0.0678)


@pytest.mark.parametrize("place", [(22.2, 48.4), (31.5, 48.5), (40.1, 49.3), (34.1, 44.5), (30.5, 52.3)])
def test_a_place_on_the_drawing_leads_back_to_its_degrees(place):
    assert FIT.degrees(*FIT.at(*place)) == pytest.approx(place, abs=1e-9)
    assert geojson.unprojected(*geojson.albers(*place)) == pytest.approx(place, abs=1e-9)


def test_the_drawing_tells_how_degrees_are_laid_onto_it():
    drawing = json.loads((DATA / "regions.json").read_text())
    fit = geojson.Fit(drawing["scale"], drawing["left"], drawing["top"])
    towns = {
        "UA80000000000093317": (30.52, 50.45),
        "UA01000000000013043": (34.1, 44.95),
        "UA46000000000026241": (24.03, 49.84),
    }
    for region in drawing["regions"]:
        if region["code"] in towns:
            edges = [
                (a, b) for ring in drawn_points(region["path"]) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
            ]
            assert geojson.inside(fit.at(*towns.pop(region["code"])), edges), region["name"]
    assert towns == {}


def test_records_become_points():
    moment = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
    body = geojson.features([((49.5, 34.5), {"at": moment, "other": Path("x")}), (None, {"title": "Онлайн"})])
    found = json.loads(body)
    assert found["type"] == "FeatureCollection"
    placed, placeless = found["features"]
    assert placed["geometry"] == {"type": "Point", "coordinates": [34.5, 49.5]}
    assert placed["properties"] == {"at": "2026-05-01T09:00:00+00:00", "other": "x"}
    assert placeless == {"type": "Feature", "geometry": None, "properties": {"title": "Онлайн"}}
    assert json.loads(geojson.features([]))["features"] == []

"""Points: read as maps copy them, and how far apart they lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import earth
from viche.methods.earth import Point

KYIV, LVIV = Point(50.4501, 30.5234), Point(49.8397, 24.0297)
points = st.builds(lambda a, b: Point(round(a, 6), round(b, 6)), st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    "text",
    [
        "50.4501, 30.5234",
        " 50.4501,30.5234 ",
        "50,4501 30,5234",
        "50,4501; 30,5234",
        "50.4501/30.5234",
        "50.4501° 30.5234°",
    ],
)
def test_a_point_is_read_as_people_write_it(text):
    assert earth.point(text) == KYIV


@pytest.mark.parametrize("text", ["", "Київ", "50.4501", "91, 30", "50, 181", "50,4501,30,5234", "1 2 3", "1e5, 3"])
def test_what_is_no_point(text):
    assert earth.point(text) is None


@given(points)
def test_what_is_written_is_read_again(place):
    assert earth.point(earth.written(place)) == place


def test_the_distance_is_that_of_an_atlas():
    assert earth.kilometres(KYIV, LVIV) == pytest.approx(468, abs=3)
    assert earth.kilometres(KYIV, KYIV) == 0


@given(points, points)
def test_a_distance_has_no_direction(one, other):
    there, back = earth.kilometres(one, other), earth.kilometres(other, one)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016


def test_abroad_is_what_lies_outside_the_box():
    assert not earth.is_abroad(KYIV)
    assert not earth.is_abroad(Point(44.6, 33.5))  # Sevastopol
    assert earth.is_abroad(Point(52.2297, 21.0122))  # Warsaw

"""Points of places are read line by line."""

import pytest

from viche.formats import points

CODE, OTHER = "UA05020010000053508", "UA05020030000031457"


def test_a_list_is_read_by_the_names_of_its_columns():
    body = f"\ufeffname,Code,latitude,longitude\nх,{CODE},49.19,28.37\n\nу,{OTHER}, 49.2 ,28.4\n".encode()
    assert points.read(body) == points.Points({CODE: (49.19, 28.37), OTHER: (49.2, 28.4)}, ())
    assert points.read(body.replace(b",", b";")).places[CODE] == (49.19, 28.37)


def test_lines_that_make_no_sense_are_told_by_number():
    body = f"code,latitude,longitude\n{CODE},49.1,28\nUA1,49,28\n{OTHER},91,28\n{OTHER},49,181\n{OTHER},x,1\n{OTHER}\n{OTHER},nan,1\n"
    assert points.read(body.encode()) == points.Points({CODE: (49.1, 28.0)}, (3, 4, 5, 6, 7, 8))


@pytest.mark.parametrize("body", [b"", b"code,lat,lon\n", b"\xff\xfe", b"<html>"])
def test_what_is_no_such_list_is_refused(body):
    with pytest.raises(points.NotPointsError):
        points.read(body)

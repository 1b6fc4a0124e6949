"""Many figures in one query: asked together they are what they are asked alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import facts, places
from viche.facts.choices import Level
from viche.facts.queries import figures, together
from viche.facts.queries.figures import Asked

pytestmark = pytest.mark.django_db
HEADS, WOMEN = ("heads", ""), ("heads", "sex:f")
SPANS = ["2024-05", "2024-06"]


@pytest.fixture
def asked():
    near, far = places.hromada(), places.hromada()
    for on, place, value in ((date(2024, 5, 20), near, 12), (date(2024, 6, 3), far, 30), (date(2024, 6, 4), None, 7)):
        facts.keep(facts.told(1, on=on, value=value, hromada=place, parts=[({"sex": "f"}, value - 5, value - 5)]))
    whole = Asked(1, date(2024, 1, 1), date(2024, 12, 31))
    return {
        "whole": whole,
        "oblast": Asked(1, whole.since, whole.until, near.oblast_id),
        "hromadas": Asked(1, whole.since, whole.until, near.oblast_id, (near.pk,)),
    }


def everything(asked):
    return {
        "of": figures.of(asked, [HEADS, WOMEN, ("events", "")]),
        "splits": figures.splits(asked, {"heads"}),
        "spans": figures.by_span(asked, [HEADS], SPANS),
        "oblasts": figures.by_oblast(asked, [HEADS, WOMEN]),
        "hromadas": figures.by_hromada(asked, [HEADS, WOMEN]),
        "reached": figures.reached(asked, [HEADS, WOMEN], Level.HROMADA),
        "reached oblasts": figures.reached(asked, [HEADS, WOMEN], Level.OBLAST),
        "reached by span": figures.reached_by_span(asked, HEADS, SPANS, Level.HROMADA),
        "inside": [figures.hromadas_of_oblasts(asked, part) for part in (HEADS, WOMEN)],
        "days": figures.by_day(asked, WOMEN),
        "oblasts by day": sorted(figures.oblasts_by_day(asked, HEADS)),
    }


@pytest.mark.parametrize("where", ["whole", "oblast", "hromadas"])
def test_one_query_answers_what_many_would(asked, where):
    alone = everything(asked[where])
    with CaptureQueriesContext(connection) as queries:
        found = together.at_once(lambda: everything(asked[where]))
    assert len(queries) == 1
    assert found == alone
    assert found["of"][HEADS].value == {"whole": 49, "oblast": 42 if _same(asked) else 12, "hromadas": 12}[where]


def _same(asked):
    return figures.of(asked["oblast"], [HEADS])[HEADS].facts > 1


def test_what_only_the_answer_makes_one_ask_is_asked_then(asked):
    def reckon():
        first = figures.of(asked["whole"], [HEADS])[HEADS]
        return figures.of(asked["hromadas"], [HEADS])[HEADS] if first.facts else None

    with CaptureQueriesContext(connection) as queries:
        assert together.at_once(reckon).value == 12
    assert len(queries) == 2


def test_who_asks_nothing_asks_no_query_and_one_inside_another_is_one(asked):
    with CaptureQueriesContext(connection) as queries:
        assert together.at_once(lambda: 7) == 7
    assert len(queries) == 0
    with CaptureQueriesContext(connection) as queries:
        inner = together.at_once(lambda: together.at_once(lambda: figures.of(asked["whole"], [HEADS])))
    assert (len(queries), inner[HEADS].value) == (1, 49)
    assert figures.of(asked["whole"], []) == {}


def test_a_fault_leaves_nothing_behind(asked):
    with pytest.raises(ZeroDivisionError):
        together.at_once(lambda: 1 / 0)
    assert figures.of(asked["whole"], [HEADS])[HEADS].value == 49

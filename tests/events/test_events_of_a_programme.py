"""What the API gives of a programme is read in the order of its keys, however many events the programme has."""

import pytest
from django.db import connection

from tests.factories import events, programmes
from viche.events.queries import harvest

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def programme():
    made = programmes.programme(code="BIG")
    made.keys = [events.published(made).pk for _ in range(4)]
    events.published()
    events.draft(made)
    return made


def test_a_page_goes_on_where_the_last_ended(programme):
    found = harvest.found(programme="BIG")
    assert harvest.keys(found, after=0, most=3) == programme.keys[:3]
    assert harvest.keys(found, after=programme.keys[2], most=3) == programme.keys[3:]


def test_only_the_page_is_read_and_nothing_is_sorted(programme):
    rows = harvest.found(programme="BIG").filter(pk__gt=programme.keys[0]).order_by("pk").values_list("pk", flat=True)
    statement, values = rows[:26].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "event_by_key" in plan
    assert "TEMP B-TREE" not in plan

"""Thousands of records in one call: written in portions, none lost at a seam, taken back as fast."""

from datetime import date

import pytest

from tests.factories import facts, places
from viche.facts import operations
from viche.facts.models import Fact, Total
from viche.facts.queries import figures, recounting
from viche.facts.queries.figures import Asked, Figure
from viche.methods.ledger import WHOLE, Told

pytestmark = pytest.mark.django_db
YEAR = Asked(1, date(2024, 1, 1), date(2024, 12, 31))
HEADS, WOMEN = ("heads", WHOLE), ("heads", "sex:f")
MANY = 2 * operations.BATCH + 250


def day(number):
    return date(2024, number % 12 + 1, number % 28 + 1)


def crowd(hromadas, count=MANY, more=0):
    """So many records in turn over the hromadas and the months, each fourth few people."""
    return [
        facts.told(
            record=number,
            value=number % 7 + 1 + more,
            shown=None if number % 4 == 0 else number % 7 + 1 + more,
            hromada=hromadas[number % len(hromadas)],
            on=day(number),
            parts=[({"sex": "f"}, number % 3, number % 3)] if number % 3 else None,
        )
        for number in range(1, count + 1)
    ]


def agree():
    columns = ("programme", "measure", "split", "level", "place", "span", "facts", "value", "shown", "untold")
    kept = {row[:6]: list(row[6:]) for row in Total.objects.values_list(*columns)}
    return kept == recounting.counted_anew(1, "heads")


@pytest.fixture
def hromadas():
    return [places.hromada() for _ in range(3)]


def test_thousands_of_records_add_up_in_every_month_and_place(hromadas):
    told = crowd(hromadas)
    operations.keep(told)
    values = [number % 7 + 1 for number in range(1, MANY + 1)]
    untold = MANY // 4
    shown = sum(value for number, value in enumerate(values, start=1) if number % 4)
    assert figures.of(YEAR, [HEADS])[HEADS] == Figure(MANY, sum(values), shown, untold)
    assert figures.of(YEAR, [WOMEN])[WOMEN].value == sum(number % 3 for number in range(1, MANY + 1))
    may = sum(value for number, value in enumerate(values, start=1) if day(number).month == 5)
    assert figures.of(YEAR.at(date(2024, 5, 1), date(2024, 5, 31)), [HEADS])[HEADS].value == may
    for place, hromada in enumerate(hromadas):
        here = sum(value for number, value in enumerate(values, start=1) if number % 3 == place)
        assert figures.by_hromada(YEAR, [HEADS])[hromada.pk][HEADS].value == here
    assert agree()


def test_the_same_thousands_again_change_no_row(hromadas):
    operations.keep(crowd(hromadas))
    before = set(Fact.objects.values_list("pk", flat=True)), set(Total.objects.values_list())
    operations.keep(reversed(crowd(hromadas)))
    assert (set(Fact.objects.values_list("pk", flat=True)), set(Total.objects.values_list())) == before


def test_thousands_told_otherwise_take_the_place_of_what_they_gave(hromadas):
    operations.keep(crowd(hromadas))
    before = figures.of(YEAR, [HEADS])[HEADS].value
    operations.keep(crowd(hromadas[:1], more=10))
    assert figures.of(YEAR, [HEADS])[HEADS].value == before + 10 * MANY
    assert set(figures.by_hromada(YEAR, [HEADS])) == {hromadas[0].pk}
    assert agree()


def test_thousands_taken_back_leave_no_trace_and_no_other_record_is_touched(hromadas):
    operations.keep(crowd(hromadas))
    facts.keep(record=MANY + 1, value=5, hromada=hromadas[0])
    facts.keep(record=1, value=3, kind="award")
    operations.keep(Told("event", number, 1, None, None) for number in range(1, MANY + 1))
    assert sorted(Fact.objects.values_list("value", flat=True)) == [3, 5]
    assert figures.of(YEAR, [HEADS])[HEADS] == Figure(2, 8, 8, 0)
    assert agree()


@pytest.mark.parametrize("count", [operations.BATCH - 1, operations.BATCH, operations.BATCH + 1])
def test_no_record_is_lost_at_the_seam_of_a_portion(hromadas, count):
    operations.keep(crowd(hromadas, count))
    assert set(Fact.objects.values_list("record", flat=True)) == set(range(1, count + 1))
    assert figures.of(YEAR, [HEADS])[HEADS].facts == count


def test_portions_ask_the_database_so_many_times_and_not_once_a_record(hromadas, django_assert_max_num_queries):
    told = crowd(hromadas)
    with django_assert_max_num_queries(40):
        operations.keep(told)


def test_nothing_told_writes_nothing():
    operations.keep([])
    assert not Fact.objects.exists()
    assert not Total.objects.exists()

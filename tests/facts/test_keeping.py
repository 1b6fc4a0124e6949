"""What records give is written once, taken back whole, and the sums follow."""

from datetime import date
from importlib import import_module

import pytest
from django.db import connection

from tests.factories import facts, places
from viche.facts import operations
from viche.facts.choices import Level
from viche.facts.models import Fact, Ledger, Total
from viche.facts.queries import figures
from viche.facts.queries.figures import Asked, Figure
from viche.methods.ledger import WHOLE, Told

pytestmark = pytest.mark.django_db
YEAR = Asked(1, date(2024, 1, 1), date(2024, 12, 31))
HEADS = ("heads", WHOLE)
WOMEN = ("heads", "sex:f")


def test_a_fact_is_in_the_figure_of_its_months_alone():
    facts.keep(value=12)
    assert figures.of(YEAR, [HEADS]) == {HEADS: Figure(1, 12, 12, 0)}
    assert figures.of(YEAR.at(date(2024, 5, 1), date(2024, 5, 1)), [HEADS])[HEADS].value == 12
    assert figures.of(YEAR.at(date(2024, 6, 1), date(2024, 12, 1)), [HEADS])[HEADS] == figures.NOTHING


def test_writing_the_same_again_changes_nothing():
    record = facts.keep(value=12)
    before = list(Fact.objects.values())
    facts.keep(record)
    assert list(Fact.objects.values()) == before
    assert figures.of(YEAR, [HEADS])[HEADS].value == 12


def test_what_a_record_gives_now_takes_the_place_of_what_it_gave():
    hromada = places.hromada()
    one = facts.keep(value=12, parts=[({"sex": "f"}, 7, 7)])
    facts.keep(facts.told(record=one.record, value=9, hromada=hromada, on=date(2024, 8, 1)))
    assert figures.of(YEAR, [HEADS, WOMEN]) == {HEADS: Figure(1, 9, 9, 0), WOMEN: figures.NOTHING}
    assert figures.by_oblast(YEAR, [HEADS]) == {hromada.oblast_id: {HEADS: Figure(1, 9, 9, 0)}}
    assert not Total.objects.filter(span="2024-05").exists()


def test_a_record_that_gives_nothing_leaves_no_trace_in_any_sum():
    one = facts.keep(value=12, hromada=places.hromada(), parts=[({"sex": "f"}, 7, None)])
    operations.keep([Told("event", one.record, 1, None, None)])
    assert not Fact.objects.exists()
    assert not Total.objects.exists()


def test_few_people_are_in_what_the_office_knows_and_not_in_what_everybody_does():
    facts.keep(value=30, parts=[({"sex": "f"}, 27, 27), ({"sex": "m"}, 3, None)])
    facts.keep(value=3, shown=None)
    assert figures.of(YEAR, [HEADS])[HEADS] == Figure(2, 33, 30, 1)
    assert figures.splits(YEAR, ["heads"])["heads", "sex:m"] == Figure(1, 3, 0, 1)


def test_figures_of_places_add_up_to_the_figure_of_the_whole():
    oblast = places.oblast()
    here, there = places.hromada(oblast=oblast), places.hromada(oblast=oblast)
    elsewhere = places.hromada(oblast=places.oblast(name="Сумська"))
    for number, hromada in enumerate((here, here, there, elsewhere, None), start=1):
        facts.keep(value=10 * number, hromada=hromada, parts=[({"sex": "f"}, number, number)])
    whole = figures.of(YEAR, [HEADS])[HEADS]
    assert whole.value == 150
    assert figures.of(Asked.ever(YEAR.programme), [HEADS])[HEADS] == whole
    by_oblast = figures.by_oblast(YEAR, [HEADS, WOMEN])
    assert by_oblast[oblast.pk][HEADS].value == 60
    assert by_oblast[oblast.pk][WOMEN].value == 6
    inside = Asked(YEAR.programme, YEAR.since, YEAR.until, oblast=oblast.pk)
    by_hromada = figures.by_hromada(inside, [HEADS, WOMEN])
    assert {place: found[HEADS].value for place, found in by_hromada.items()} == {here.pk: 30, there.pk: 30}
    assert {place: found[WOMEN].value for place, found in by_hromada.items()} == {here.pk: 3, there.pk: 3}
    assert figures.by_hromada(YEAR, [HEADS])[elsewhere.pk][HEADS].value == 40
    assert figures.of(inside, [HEADS])[HEADS].value == 60
    assert figures.reached(YEAR, [HEADS, WOMEN], Level.HROMADA) == {HEADS: 3, WOMEN: 3}
    assert figures.reached(YEAR, [HEADS], Level.OBLAST) == {HEADS: 2}
    assert figures.reached(inside, [HEADS, ("events", WHOLE)], Level.HROMADA) == {HEADS: 2, ("events", WHOLE): 0}
    assert figures.reached(inside, [HEADS], Level.OBLAST) == {HEADS: 1}


def test_a_raion_is_its_hromadas_and_its_parts_are_added_up_from_the_facts():
    raion = places.raion()
    here, elsewhere = places.hromada(oblast=raion.oblast, raion=raion), places.hromada(oblast=raion.oblast)
    facts.keep(value=20, hromada=here, parts=[({"sex": "f"}, 11, None)])
    facts.keep(value=40, hromada=elsewhere)
    asked = Asked(1, YEAR.since, YEAR.until, hromadas=figures.in_raion(raion.pk))
    assert asked.hromadas == (here.pk,)
    assert figures.of(asked, [HEADS, WOMEN]) == {HEADS: Figure(1, 20, 20, 0), WOMEN: Figure(1, 11, 0, 1)}
    assert figures.splits(asked, ["heads"])[WOMEN].value == 11
    assert [fact.value for fact in figures.behind(asked, HEADS)] == [20]
    assert figures.reached(asked, [HEADS], Level.HROMADA) == {HEADS: 1}
    assert figures.by_span(asked, [HEADS], ["2024Q2"])[HEADS, "2024Q2"].value == 20


def test_facts_behind_a_figure_add_up_to_it_the_latest_first():
    for number in range(1, 4):
        facts.keep(value=number * 10, on=date(2024, number, 1))
    rows = list(figures.behind(YEAR.at(date(2024, 2, 1), date(2024, 3, 1)), HEADS))
    assert [fact.value for fact in rows] == [30, 20]
    inside = Asked(1, YEAR.since, YEAR.until, oblast=places.oblast().pk)
    assert not figures.behind(inside, HEADS).exists()


def test_months_are_told_apart():
    facts.keep(value=10, on=date(2024, 1, 31))
    facts.keep(value=5, on=date(2024, 2, 1))
    found = figures.by_span(YEAR, [HEADS], ["2024-01", "2024-02", "2024Q1", "2025"])
    assert {span: one.value for (_part, span), one in found.items()} == {"2024-01": 10, "2024-02": 5, "2024Q1": 15}


def test_each_write_makes_the_ledger_of_its_programme_newer():
    assert figures.version(1) == 0
    facts.keep()
    first = figures.version(1)
    facts.keep(programme=2)
    assert figures.version(1) == first > 0
    facts.keep()
    assert figures.version(1) > first
    assert str(Ledger.objects.get(programme=2)) == "2"
    assert str(Fact.objects.first()).startswith("event:")
    assert str(Total.objects.order_by("pk").first()).startswith("heads")


def test_of_all_time_one_sum_is_kept():
    facts.keep(value=12)
    facts.keep(value=30, on=date(1987, 3, 1))
    ever = Asked.ever(1)
    assert ever.spans == ["ever"]
    assert figures.of(ever, [HEADS])[HEADS] == Figure(2, 42, 42, 0)
    assert Total.objects.get(measure="heads", split="", span="ever", level=Level.WHOLE).value == 42


def test_sums_of_all_time_that_a_migration_fills_in_are_those_that_are_kept():
    for value, hromada in ((12, places.hromada()), (30, None), (5, places.hromada())):
        facts.keep(value=value, hromada=hromada, parts=[({"sex": "f"}, value - 2, None)])
    columns = [field.name for field in Total._meta.fields if field.name != "id"]
    ever = Total.objects.filter(span="ever").order_by(*columns)
    kept = list(ever.values_list(*columns))
    ever.delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("viche.facts.migrations.0003_ever").FILL)
    assert list(ever.all().values_list(*columns)) == kept


def test_facts_of_a_few_hromadas_are_looked_up_by_their_measure():
    asked = Asked(1, YEAR.since, YEAR.until, None, (1, 2))
    plan = figures.facts(asked).filter(measure="heads", split__in=["sex:f", "sex:m"]).explain()
    # PostgreSQL counts before it chooses, and reads a table of nothing as it stands.
    by_measure = "fact_by_hromada (hromada_id=? AND measure=? AND split=? AND on>? AND on<?)"
    assert (by_measure if connection.vendor == "sqlite" else "facts_fact") in plan

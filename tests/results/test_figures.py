"""What approved values give to the ledger, and what everybody may know of it."""

import pytest

from tests.factories import places
from tests.factories import results as factory
from viche.facts import operations
from viche.facts.models import Fact
from viche.facts.queries import recounting
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db


def facts(of):
    rows = Fact.objects.filter(kind="value", record=of.pk).order_by("split")
    return {fact.split: (fact.value, fact.shown) for fact in rows}


def test_only_an_approved_value_is_a_fact_of_a_measure_of_its_own():
    value = factory.approved(number="12.50")
    factory.submitted(value.indicator)
    fact = Fact.objects.get()
    assert (fact.measure, fact.value, fact.shown, fact.on) == (f"own.{value.indicator_id}", 1250, 1250, value.on)
    assert recounting.compare(SOURCES).difference is None


def test_a_value_stands_in_its_hromada_and_the_oblast_of_that_else_in_its_oblast():
    hromada = places.hromada()
    of = factory.indicator()
    factory.approved(of, hromada=hromada)
    factory.approved(of, oblast=places.oblast(name="Сумська"), period=of.programme.periods.first())
    placed = Fact.objects.order_by("pk").values_list("oblast__slug", "hromada")
    assert list(placed) == [(hromada.oblast.slug, hromada.pk), ("sumska", None)]


def test_parts_are_facts_too_and_nothing_of_what_are_no_people_is_hidden():
    of = factory.indicator(parts=factory.PARTS)
    value = factory.approved(of, 10, parts={"women": "3", "men": "0"})
    assert facts(value) == {"": (1000, 1000), "part:women": (300, 300)}


@pytest.mark.parametrize(
    ("number", "parts", "told"),
    [
        (20, {"women": "12", "men": "8"}, {"": 20, "part:women": 12, "part:men": 8}),
        (20, {"women": "18", "men": "2"}, {"": 20, "part:women": None, "part:men": None}),
        (20, {"women": "18"}, {"": 20, "part:women": None}),
        (20, {"women": "20"}, {"": 20, "part:women": 20}),
        (3, {}, {"": None}),
        (5, {}, {"": 5}),
        (4, {"women": "4"}, {"": None, "part:women": None}),
    ],
)
def test_few_people_are_told_to_nobody_nor_can_they_be_reckoned(number, parts, told):
    of = factory.indicator(parts=factory.PARTS, are_people=True)
    value = factory.approved(of, number, parts=parts)
    seen = {part: None if shown is None else shown // 100 for part, (_value, shown) in facts(value).items()}
    assert seen == told


def test_counting_anew_agrees_and_mends():
    value = factory.approved(factory.indicator(parts=factory.PARTS, are_people=True), 20, parts={"women": "18"})
    assert recounting.compare(SOURCES).difference is None
    Fact.objects.filter(split="").update(value=1, shown=1)
    assert recounting.compare(SOURCES).difference.of == f"value:{value.pk} own.{value.indicator_id}"
    operations.mend(SOURCES)
    assert recounting.compare(SOURCES).difference is None

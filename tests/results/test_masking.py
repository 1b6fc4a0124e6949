"""Whatever is asked, a public figure is the sum of what its public rows tell, so no filter or difference gives a small group away."""

import random
from datetime import date

import pytest
from django.db.models import Sum

from tests.factories import facts, places, programmes
from tests.factories import results as factory
from viche.facts.models import Fact
from viche.facts.queries.figures import Asked
from viche.methods import headcounts
from viche.results.queries import board, records, splits, trends
from viche.results.queries import places as by_place
from viche.results.queries.asking import Chosen, When, Where

pytestmark = pytest.mark.django_db
YEAR = Asked.ever
CELLS = [cell for cell in headcounts.CELLS if "x" not in cell]


def drawn(chance):
    """Heads of one event as the package of events masks them."""
    cells = {cell: chance.randint(1, 9) for cell in chance.sample(CELLS, chance.randint(1, 4))}
    total = sum(cells.values())
    shown = headcounts.shown(cells, {})
    parts = [({"sex": sex}, n, shown.sexes[sex]) for sex, n in headcounts.by_sex(cells).items() if n]
    parts += [({"age": age}, n, shown.ages[age]) for age, n in headcounts.by_age(cells).items() if n]
    return total, shown.total, parts


@pytest.fixture(params=range(4))
def world(request):
    chance = random.Random(request.param)  # noqa: S311 — nothing secret
    programme = programmes.programme()
    hromadas = [places.hromada() for _one in range(3)] + [places.hromada(oblast=places.oblast(name="Волинська"))]
    for number in range(25):
        total, told, parts = drawn(chance)
        of = facts.told(
            programme.pk, on=date(2024, chance.randint(1, 12), 3), value=total, shown=told,
            hromada=chance.choice([*hromadas, None]), record=number + 1, parts=parts,
        )  # fmt: skip
        facts.keep(of)
    programme.hromadas = hromadas
    programme.people = factory.counted(programme, "heads", code="PEOPLE")
    return programme


def asked_of(world):
    oblasts = {hromada.oblast for hromada in world.hromadas}
    wheres = [
        Where(),
        *(Where(oblast) for oblast in oblasts),
        *(Where(one.oblast, one.raion, one) for one in world.hromadas),
    ]
    whens = [When(), When(date(2024, 1, 1), date(2024, 6, 30)), When(date(2024, 5, 1), date(2024, 5, 31))]
    return [Chosen(world, when, where) for when in whens for where in wheres]


def test_a_public_figure_is_the_sum_of_its_public_rows(world):
    one = world.people
    for chosen in asked_of(world):
        value = board.values([one], chosen.asked, is_office=False)[one.pk][0]
        listed = records.of_indicator(one)
        rows = records.told(records.behind(listed, chosen.asked), is_office=False)
        assert value == sum(row.value for row in rows if row.value is not None)
        assert all(row.value is None or row.value >= headcounts.SMALL for row in rows)


def test_parts_places_and_months_tell_nothing_that_no_record_tells(world):
    one = world.people
    told = Fact.objects.filter(programme=world.pk, shown__isnull=False)
    for chosen in asked_of(world):
        value = board.values([one], chosen.asked, is_office=False)[one.pk][0]
        for dimension in splits.of(one, chosen.asked, is_office=False):
            for share in dimension.shares:
                listed = records.of_indicator(one, share.split)
                rows = records.told(records.behind(listed, chosen.asked), is_office=False)
                assert share.value == sum(row.value for row in rows if row.value is not None)
        there = by_place.found(one, chosen, is_office=False)
        found = by_place.of(one, chosen, [where.oblast for where in _oblasts(world)], there, value=value)
        tops = [place for place in found if not place.is_inner]
        assert not found or sum(place.value for place in tops) == value
    steps = trends.of(one, Chosen(world, When(), Where()), on=date(2024, 12, 31), is_office=False)
    assert sum(step.value for step in steps) == told.filter(split="").aggregate(n=Sum("shown"))["n"]


def _oblasts(world):
    return {hromada.oblast_id: Where(hromada.oblast) for hromada in world.hromadas}.values()


def test_the_office_is_told_all_of_it(world):
    one = world.people
    whole = Fact.objects.filter(programme=world.pk, split="").aggregate(n=Sum("value"))["n"]
    asked = Chosen(world, When(), Where()).asked
    assert board.values([one], asked, is_office=True)[one.pk][0] == whole
    assert sum(row.value for row in records.everything(records.of_indicator(one), asked, is_office=True)) == whole

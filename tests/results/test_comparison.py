"""Two periods, oblasts or programmes side by side."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import facts, places, programmes
from tests.factories import results as factory

pytestmark = pytest.mark.django_db


def rows(client, programme, name="compare", **query):
    answer = client.get(reverse(f"results:{name}", args=[programme.code]), query)
    assert answer.status_code == 200
    return {row["indicator"].code: row for row in answer.context["rows"]}, answer.content.decode()


@pytest.fixture
def both():
    programme = programmes.programme(code="ONE", starts_on=date(2023, 1, 1))
    programme.other = programmes.programme(code="TWO")
    volyn = places.oblast(name="Волинська")
    for of, value, hromada, on in (
        (programme, 10, places.hromada(), date(2023, 5, 1)),
        (programme, 30, places.hromada(oblast=volyn), date(2024, 5, 1)),
        (programme.other, 100, places.hromada(), date(2024, 5, 1)),
    ):
        facts.keep(facts.told(of.pk, value=value, hromada=hromada, on=on))
    factory.counted(programme, "heads", code="PEOPLE")
    factory.counted(programme, "ideas", code="IDEAS")
    factory.counted(programme.other, "heads", code="VISITORS")
    return programme


def test_two_periods(client, both):
    found, said = rows(client, both, **{"left-period": "2023", "right-period": "2024"})
    row = found["PEOPLE"]
    assert (row["first"], row["second"], row["difference"], row["percent"]) == ("10", "30", "+20", 200)
    assert row["first_href"].endswith("/programmes/ONE/figures/PEOPLE/?period=2023")
    assert "2023 рік" in said


def test_two_oblasts(client, both):
    row = rows(client, both, **{"left-oblast": "poltavska", "right-oblast": "volynska"})[0]["PEOPLE"]
    assert (row["first"], row["second"]) == ("10", "30")
    assert row["second_href"].endswith("?oblast=volynska")


def test_two_programmes_pair_what_counts_the_same(client, both):
    found, said = rows(client, both, **{"right-programme": "TWO"})
    row = found["PEOPLE"]
    assert (row["second"], row["second_href"]) == ("100", "/programmes/TWO/figures/VISITORS/")
    assert (found["IDEAS"]["second"], found["IDEAS"]["difference"]) == (None, None)
    assert both.other.name in said


def test_ratios_and_reported_indicators_are_paired_too(client, both):
    for of in (both, both.other):
        over, under = factory.counted(of, "questions"), factory.counted(of, "heads", split="sex:f")
        factory.ratio(over, under, code="RATE")
        factory.indicator(of, code="OWN")
    found = rows(client, both, **{"right-programme": "TWO"})[0]
    assert found["OWN"]["second"] == "0"
    assert found["RATE"]["second"] is None


def test_nothing_is_compared_with_what_one_may_not_see(client, both):
    both.other.is_public = False
    both.other.save()
    found, said = rows(client, both, **{"right-programme": "TWO"})
    assert "Виберіть одне з запропонованого" in said
    assert found["PEOPLE"]["second"] == "40"
    client.force_login(programmes.officer(both))
    assert rows(client, both, "office_compare", **{"right-programme": "TWO"})[0]["PEOPLE"]["second"] == "40"
    both.other.is_public = True
    both.other.save()
    assert rows(client, both, "office_compare", **{"right-programme": "TWO"})[0]["PEOPLE"]["second"] == "40"


def test_the_form_keeps_what_was_asked_and_says_when_both_sides_are_the_same(client, both):
    _found, said = rows(client, both)
    assert "Поки що з обох боків те саме" in said
    _found, said = rows(client, both, **{"left-period": "nonsense", "right-oblast": "volynska"})
    assert '<option value="volynska" selected>' in said
    assert "Виберіть одне з запропонованого" in said

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tests.factories import places
from viche.places import queries
from viche.places.choices import HromadaKind, SettlementKind
from viche.places.models import Hromada

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)


def named(found):
    return [one.hromada.name for one in found]


@pytest.fixture
def tarnavytsia():
    """A hromada, one with a village of that name, one that has the letters inside its name."""
    hromada = places.hromada(name="Тарнавицька", centre_name="Тарнавиця", kind=HromadaKind.SETTLEMENT)
    other = places.hromada(name="Дубівська", centre_name="Дубова", oblast=hromada.oblast)
    places.settlement(hromada=other, name="Тарнава")
    places.hromada(name="Янтарненська", centre_name="Янтарне", oblast=places.oblast(name="Сумська"))
    return hromada


@pytest.mark.parametrize(
    "typed", ["Тарнавиця", "тарнавиця", "tarnavytsia", "Tarnavytska", "тарнавицька селищна громада", "ТАРНАВИЦЬКА ТГ"]
)
def test_a_hromada_is_found_by_its_name_and_centre_in_both_alphabets(tarnavytsia, typed):
    assert queries.find_hromadas(typed)[0].hromada == tarnavytsia


def test_the_best_come_first(tarnavytsia):
    found = queries.find_hromadas("тарн")
    assert named(found) == ["Тарнавицька", "Дубівська", "Янтарненська"]
    assert [str(one.through) if one.through else "" for one in found] == ["", "с. Тарнава", ""]
    assert found[1].note.startswith("с. Тарнава · Лубенський")


def test_a_whole_name_comes_before_a_beginning_and_that_before_a_later_word():
    oblast = places.oblast()
    for name in ("Новопільська", "Пільська", "Велика Пільненська", "Пільненська"):
        places.hromada(name=name, centre_name="Центр", oblast=oblast)
    assert named(queries.find_hromadas("пільська")) == ["Пільська", "Новопільська"]
    assert named(queries.find_hromadas("піль")) == ["Пільненська", "Пільська", "Велика Пільненська", "Новопільська"]


def test_names_go_by_the_ukrainian_alphabet():
    oblast = places.oblast()
    for name in ("Яр", "Ґрунь", "Іва", "Гай", "Єрки", "Їжа"):
        places.hromada(name=name, centre_name="", oblast=oblast)
    assert [one.name for one in queries.hromadas()] == ["Гай", "Ґрунь", "Єрки", "Іва", "Їжа", "Яр"]


@pytest.mark.parametrize("typed", ["п'ятихат", "П’ЯТИ", "пʼят", "piatykh", "пят"])
def test_apostrophes_of_any_form_are_the_same(typed):
    places.hromada(name="П’ятихатська", centre_name="П’ятихатки")
    assert named(queries.find_hromadas(typed)) == ["П’ятихатська"]


def test_two_letters_are_sought_at_the_beginnings_of_words_only():
    places.hromada(name="Калинопільська")
    assert named(queries.find_hromadas("ка")) == ["Калинопільська"]
    assert queries.find_hromadas("по") == []
    assert named(queries.find_hromadas("поль")) == []
    assert named(queries.find_hromadas("піль")) == ["Калинопільська"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "«»", "\x00", "а" * 5000])
def test_nothing_is_found_for_nothing(typed):
    places.hromada()
    assert queries.find_hromadas(typed) == []


def test_a_settlement_is_named_once_though_several_fit():
    hromada = places.hromada()
    places.settlement(hromada=hromada, name="Тарнавиця Мала")
    places.settlement(hromada=hromada, name="Тарнавиця", kind=SettlementKind.SETTLEMENT)
    [found] = queries.find_hromadas("тарнавиця")
    assert found.through.kind == SettlementKind.SETTLEMENT


def test_the_search_keeps_to_an_oblast_and_to_its_limit(tarnavytsia):
    assert named(queries.find_hromadas("тарн", oblast=places.oblast(name="Сумська"))) == ["Янтарненська"]
    assert named(queries.find_hromadas("тарн", limit=2)) == ["Тарнавицька", "Дубівська"]
    assert named(queries.find_hromadas("тарн", limit=1)) == ["Тарнавицька"]


def test_places_that_are_no_more_are_not_found(tarnavytsia):
    Hromada.objects.filter(pk=tarnavytsia.pk).update(gone_at=MOMENT)
    assert named(queries.find_hromadas("тарн")) == ["Дубівська", "Янтарненська"]
    assert not queries.hromadas("тарнавицька").exists()
    assert queries.hromada_by_slug("tarnavytska") == tarnavytsia


@pytest.mark.usefixtures("tarnavytsia")
def test_finding_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        [one.note for one in queries.find_hromadas("тарн")]
    with django_assert_num_queries(1):
        queries.find_hromadas("тарн", limit=1)


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_oblast_kind_and_words(tarnavytsia):
    assert list(queries.hromadas("тарнавиц")) == [tarnavytsia]
    assert {one.name for one in queries.hromadas(oblast="poltavska")} == {"Тарнавицька", "Дубівська"}
    assert list(queries.hromadas(kind=HromadaKind.SETTLEMENT)) == [tarnavytsia]
    assert [one.name for one in queries.hromadas("тарн", oblast="poltavska")] == ["Тарнавицька", "Дубівська"]


def test_the_list_says_by_which_village_it_found(tarnavytsia):
    rows = queries.explained("тарн", list(queries.hromadas("тарн")))
    assert {one.hromada.name: one.through and one.through.name for one in rows} == {
        "Тарнавицька": None,
        "Дубівська": "Тарнава",
        "Янтарненська": None,
    }
    assert [one.through for one in queries.explained("", [tarnavytsia])] == [None]


def test_settlements_of_a_hromada_begin_with_the_centre_and_go_by_size():
    hromada = places.hromada()
    for name, kind in (("Яри", "village"), ("Гай", "village"), ("Містечко", "city"), ("Селище", "settlement")):
        places.settlement(hromada=hromada, name=name, kind=kind)
    places.settlement(hromada=hromada, name="Ящірки", kind="village", is_centre=True)
    places.settlement(hromada=hromada, name="Зникле", gone_at=MOMENT)
    names = [one.name for one in queries.settlements_of(hromada)]
    assert names == ["Ящірки", "Містечко", "Селище", "Гай", "Яри"]


def test_a_hromada_is_found_by_its_code():
    hromada = places.hromada()
    assert queries.hromada_by_code(hromada.code) == hromada
    assert queries.hromada_by_code("UA00000000000000000") is None
    with pytest.raises(Hromada.DoesNotExist):
        queries.hromada_by_slug("nowhere")


def test_oblasts_go_by_the_alphabet():
    for name in ("Полтавська", "Івано-Франківська", "Житомирська"):
        places.oblast(name=name)
    places.oblast(name="Зникла", gone_at=MOMENT)
    assert [one.short for one in queries.oblasts()] == ["Житомирська", "Івано-Франківська", "Полтавська"]


# --- what is meant -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "tarnavytska",
        " Тарнавиця ",
        "Тарнавицька",
        "тарнавицька громада",
        "Тарнавицька селищна громада, Полтавська область",
        "Тарнавиц",
    ],
)
def test_one_hromada_is_meant(tarnavytsia, typed):
    assert [one.hromada for one in queries.meant(typed)] == [tarnavytsia]


def test_a_code_is_meant_in_any_case(tarnavytsia):
    assert [one.hromada for one in queries.meant(tarnavytsia.code.lower())] == [tarnavytsia]
    assert queries.meant("UA99999999999999999") == []


def test_namesakes_are_told_apart_by_what_follows_the_comma():
    here = places.hromada(name="Садівська", centre_name="Сад", slug="sadivska")
    there = places.hromada(
        name="Садівська", centre_name="Сади", slug="sadivska-sumska", oblast=places.oblast(name="Сумська")
    )
    assert {one.hromada for one in queries.meant("Садівська")} == {here, there}
    assert [one.hromada for one in queries.meant("Садівська, Сумська область")] == [there]
    assert [one.hromada for one in queries.meant("садівська, полтавська")] == [here]
    assert queries.meant("Садівська, Львівська") == []


def test_namesakes_of_one_raion_are_told_apart_by_their_kind():
    raion = places.raion(name="Синельниківський")
    city = places.hromada(name="Покровська", centre_name="Покровське", raion=raion, kind="settlement", slug="one")
    places.hromada(name="Покровська", centre_name="Покровка", raion=raion, kind="village", slug="two")
    typed = "Покровська селищна громада, Синельниківський район, Полтавська область"
    assert [one.hromada for one in queries.meant(typed)] == [city]


def test_a_village_that_several_hromadas_have_is_not_certain():
    for name in ("Дубівська", "Вербівська"):
        places.settlement(hromada=places.hromada(name=name, centre_name=name), name="Тарнава")
    assert sorted(named(queries.meant("Тарнава"))) == ["Вербівська", "Дубівська"]


# --- the map -------------------------------------------------------------------------------------------------------

CRIMEA, SEVASTOPOL, POLTAVA = "UA01000000000013043", "UA85000000000065278", "UA53000000000028050"
LVIV, SUMY, KYIV = "UA46000000000026241", "UA59000000000057109", "UA80000000000093317"


@pytest.mark.parametrize("values", [{}, {POLTAVA: 6}, {CRIMEA: 1, SEVASTOPOL: 2}])
def test_every_map_draws_the_27_regions_of_ukraine_crimea_and_sevastopol_among_them(values):
    drawn = queries.map_of(values)
    regions = {region["code"]: region for region in drawn.regions}
    assert len(regions) == len(drawn.regions) == 27
    assert regions[CRIMEA]["name"] == "Автономна Республіка Крим"
    assert regions[SEVASTOPOL]["name"] == "Севастополь"
    assert regions[KYIV]["name"] == "Київ"
    assert regions[LVIV]["name"] == "Львівська область"
    assert all(region["path"].startswith("M") for region in drawn.regions)
    assert drawn.box == "0 0 720 488"


def test_a_region_with_a_value_says_it_and_leads_somewhere():
    places.oblast(code=POLTAVA)
    places.oblast(name="Сумська", code=SUMY)
    drawn = queries.map_of({POLTAVA: 6, LVIV: 1}, href=lambda oblast: f"/hromadas/?oblast={oblast.slug}")
    regions = {region["code"]: region for region in drawn.regions}
    assert regions[POLTAVA]["text"] == "6 громад"
    assert regions[POLTAVA]["href"] == "/hromadas/?oblast=poltavska"
    assert regions[LVIV]["text"] == "1 громада"
    assert regions[SUMY]["text"] == "ще немає громад"
    assert regions[SUMY]["href"] == ""
    assert drawn.total == 7


def test_a_map_speaks_the_language_of_the_page():
    places.oblast(code=POLTAVA)
    with translation.override("en"):
        regions = {region["code"]: region for region in queries.map_of({POLTAVA: 6}).regions}
    assert regions[POLTAVA]["name"] == "Poltavska oblast"
    assert regions[POLTAVA]["text"] == "6 hromadas"


@pytest.mark.parametrize(
    ("values", "steps", "key"),
    [
        ([], [], [(0, "ще немає громад")]),
        ([3], [1], [(0, "ще немає громад"), (1, "3")]),
        ([2, 2, 2, 2], [1, 1, 1, 1], [(0, "ще немає громад"), (1, "2")]),
        ([1, 2], [1, 3], [(0, "ще немає громад"), (1, "1"), (3, "2")]),
        (
            [1, 2, 3, 4, 5, 6, 7, 1200],
            [1, 1, 2, 2, 3, 3, 4, 4],
            [(0, "ще немає громад"), (1, "1–2"), (2, "3–4"), (3, "5–6"), (4, "7–1\u00a0200")],
        ),
    ],
)
def test_shades_are_quarters_of_the_values_that_are_not_none(values, steps, key):
    codes = [shape["code"] for shape in queries._drawing()["regions"]]
    drawn = queries.map_of(dict(zip(codes, values, strict=False)))
    assert [region["step"] for region in drawn.regions] == steps + [0] * (27 - len(steps))
    assert [(line["step"], line["text"]) for line in drawn.key] == key


def test_hromadas_are_counted_by_oblast():
    places.hromada(oblast=places.oblast(code=POLTAVA))
    places.hromada(oblast=places.oblast())
    places.hromada(oblast=places.oblast(), gone_at=MOMENT)
    assert queries.hromadas_by_oblast() == {POLTAVA: 2}


def test_a_map_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.map_of({POLTAVA: 6})

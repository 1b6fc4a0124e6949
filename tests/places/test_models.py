import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from tests.factories import places
from viche.places.choices import HromadaKind, SettlementKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "ukrainian", "english"),
    [
        (HromadaKind.CITY, "Калинопільська міська громада", "Kalynopilska urban hromada"),
        (HromadaKind.SETTLEMENT, "Калинопільська селищна громада", "Kalynopilska settlement hromada"),
        (HromadaKind.VILLAGE, "Калинопільська сільська громада", "Kalynopilska rural hromada"),
    ],
)
def test_a_hromada_is_called_by_its_kind_in_both_languages(kind, ukrainian, english):
    hromada = places.hromada(kind=kind)
    assert str(hromada) == ukrainian
    with translation.override("en"):
        assert str(hromada) == english


def test_a_hromada_is_placed_in_its_oblast():
    hromada = places.hromada()
    assert hromada.placed == "Калинопільська міська громада, Полтавська область"
    assert hromada.placed_short == "Калинопільська, Полтавська"
    assert hromada.whereabouts == f"{hromada.raion.label}, Полтавська область"


def test_a_city_with_special_status_is_called_by_its_own_name():
    kyiv = places.whole_city()
    assert kyiv.is_whole_city
    assert (str(kyiv), kyiv.placed, kyiv.placed_short) == ("місто Київ", "місто Київ", "Київ")
    assert kyiv.whereabouts == "місто зі спеціальним статусом"
    with translation.override("en"):
        assert kyiv.placed == "City of Kyiv"


@pytest.mark.parametrize(
    ("kind", "ukrainian", "english"),
    [
        (SettlementKind.CITY, "м. Тарнавиця", "Tarnavytsia (city)"),
        (SettlementKind.SETTLEMENT, "с-ще Тарнавиця", "Tarnavytsia (settlement)"),
        (SettlementKind.VILLAGE, "с. Тарнавиця", "Tarnavytsia (village)"),
    ],
)
def test_a_settlement_has_its_short_word(kind, ukrainian, english):
    settlement = places.settlement(kind=kind)
    assert str(settlement) == ukrainian
    with translation.override("en"):
        assert str(settlement) == english


def test_raion_and_oblast_tell_namesakes_apart():
    hromada = places.hromada(raion=places.raion(name="Лубенський"))
    assert hromada.whereabouts == "Лубенський район, Полтавська область"
    assert hromada.oblast.short == "Полтавська"
    with translation.override("en"):
        assert hromada.whereabouts == "Lubenskyi raion, Poltavska oblast"
        assert hromada.oblast.short == "Poltavska"


def test_an_invented_hromada_may_lie_in_no_raion():
    hromada = places.hromada()
    hromada.raion = None
    assert hromada.whereabouts == "Полтавська область"


def test_the_page_of_a_hromada_is_named_by_its_slug():
    assert places.hromada().get_absolute_url() == "/hromadas/kalynopilska/"


def test_a_place_on_which_others_stand_is_not_deleted():
    settlement = places.settlement()
    for place in (settlement.hromada, settlement.raion, settlement.oblast):
        with pytest.raises(ProtectedError):
            place.delete()


def test_a_hromada_has_one_centre_at_a_time():
    hromada = places.hromada()
    places.settlement(hromada=hromada, name="Калинопіль", is_centre=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        places.settlement(hromada=hromada, is_centre=True)
    places.settlement(hromada=hromada, is_centre=False)


@pytest.mark.parametrize("make", [places.oblast, places.hromada, places.settlement])
def test_an_unknown_kind_is_refused_by_the_database(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(kind="uyezd")

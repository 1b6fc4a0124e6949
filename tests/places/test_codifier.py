"""Taking in the codifier: the whole one once, small ones for what changes between two releases."""

import json
import time
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db.models import Count, F

from tests.factories import places as factories
from tests.places import books
from viche.formats import katottg
from viche.methods.refusals import Refused
from viche.places import operations, queries
from viche.places.choices import HromadaKind, OblastKind, SettlementKind
from viche.places.models import Hromada, Oblast, Raion, Settlement

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2024, 3, 1, 10, 0, tzinfo=UTC)
UNCHANGED = operations.Loaded()


def test_the_whole_codifier_is_taken_in_and_a_second_time_changes_nothing():
    started = time.process_time()
    loaded = operations.load_codifier(katottg.bundled(), at=MOMENT)
    assert loaded == operations.Loaded(added=27 + 136 + 1772 + 2 + 29_701)
    assert time.process_time() - started < 24  # 6–7 s on two quiet cores

    kinds = Counter(Oblast.objects.values_list("kind", flat=True))
    assert kinds == {OblastKind.OBLAST: 24, OblastKind.REPUBLIC: 1, OblastKind.CITY: 2}
    assert Raion.objects.count() == 136
    crimea = Oblast.objects.get(name="Автономна Республіка Крим")
    assert Hromada.objects.filter(oblast=crimea).count() == 303
    cities = Hromada.objects.filter(code=F("oblast__code"))
    assert {one.slug: one.label for one in cities} == {"kyiv": "місто Київ", "sevastopol": "місто Севастополь"}
    assert all(one.is_whole_city for one in cities)
    real = Hromada.objects.exclude(code__in=cities.values("code"))
    assert real.exclude(oblast=crimea).count() == 1469
    assert not any(one.is_whole_city for one in real)
    sizes = Counter(Settlement.objects.values_list("kind", flat=True))
    assert sizes == {SettlementKind.CITY: 461, SettlementKind.SETTLEMENT: 1979, SettlementKind.VILLAGE: 27_261}

    assert queries.find_hromadas("Київ")[0].hromada.slug == "kyiv"
    assert [one.hromada.slug for one in queries.meant("Севастополь")] == ["sevastopol"]
    shared = Hromada.objects.exclude(oblast=crimea).values("name").annotate(n=Count("pk")).filter(n__gt=1)
    assert sum(row["n"] for row in shared) == 245
    assert Hromada.objects.values("slug").distinct().count() == 1774
    assert not Settlement.objects.filter(name__endswith=" ").exists()
    assert Settlement.objects.filter(is_centre=True, name=F("hromada__centre_name")).count() == 1772
    homeless = Settlement.objects.filter(hromada=None).order_by("sort_key")
    assert [one.name for one in homeless] == ["Прип’ять", "Чорнобиль"]

    assert operations.load_codifier(katottg.bundled(), at=LATER) == UNCHANGED
    drawn = queries.map_of(queries.hromadas_by_oblast())
    assert {region["code"]: region["name"] for region in drawn.regions} == dict(
        Oblast.objects.values_list("code", "name")
    )
    assert drawn.total == 1772
    fallback = {
        shape["code"]: queries._region_named(shape["name"])
        for shape in json.loads(queries.DRAWING.read_text())["regions"]
    }
    assert fallback == dict(Oblast.objects.values_list("code", "name"))


def test_names_kinds_and_addresses(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    poltava, kyiv = Oblast.objects.get(code=books.OBLAST), Oblast.objects.get(code=books.CITY)
    assert (poltava.name, poltava.short_name, poltava.name_en, poltava.slug) == (
        "Полтавська область",
        "Полтавська",
        "Poltavska oblast",
        "poltavska",
    )
    assert (kyiv.name, kyiv.name_en, kyiv.short_name_en, kyiv.slug) == ("Київ", "Kyiv", "Kyiv", "kyiv")
    hromada = Hromada.objects.get(code=books.FIRST)
    assert (hromada.name, hromada.name_en, hromada.centre_name) == ("Калинопільська", "Kalynopilska", "Калинопіль")
    assert (hromada.kind, hromada.slug, hromada.raion.name) == (HromadaKind.CITY, "kalynopilska", "Лубенський")
    assert Hromada.objects.get(code=books.SECOND).kind == HromadaKind.SETTLEMENT
    village = Settlement.objects.get(code=books.FIRST_VILLAGE)
    assert (village.name, village.kind, village.hromada, village.oblast) == (
        "Тарнавиця",
        SettlementKind.VILLAGE,
        hromada,
        poltava,
    )
    assert not Settlement.objects.filter(name="Голосіївський").exists()


def test_crimea_has_an_english_name_of_its_own(tmp_path):
    rows = [(["UA01000000000013043"], "O", "Автономна Республіка Крим")]
    operations.load_codifier(books.book(tmp_path, rows), at=MOMENT)
    crimea = Oblast.objects.get()
    assert (crimea.kind, crimea.name, crimea.short_name) == (OblastKind.REPUBLIC, "Автономна Республіка Крим", "Крим")
    assert (crimea.name_en, crimea.short_name_en, crimea.slug) == ("Autonomous Republic of Crimea", "Crimea", "krym")


def test_a_hromada_called_otherwise_is_corrected_and_keeps_its_address(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    book = books.book(tmp_path, books.renamed(books.FIRST, "Новопільська"))
    assert operations.load_codifier(book, at=LATER) == operations.Loaded(changed=1)
    hromada = Hromada.objects.get(code=books.FIRST)
    assert (hromada.name, hromada.name_en, hromada.slug) == ("Новопільська", "Novopilska", "kalynopilska")
    assert [one.hromada for one in queries.find_hromadas("novopil")] == [hromada]


def test_what_is_listed_no_more_is_marked_and_comes_back_unmarked(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    fewer = books.book(tmp_path, books.without(books.SECOND))
    assert operations.load_codifier(fewer, at=LATER) == operations.Loaded(gone=2)
    assert Hromada.objects.get(code=books.SECOND).gone_at == LATER
    assert Settlement.objects.get(code=books.SECOND_CENTRE).gone_at == LATER
    assert not queries.hromadas("Зарічненська").exists()
    assert operations.load_codifier(fewer, at=LATER) == UNCHANGED
    assert operations.load_codifier(books.book(tmp_path), at=LATER) == operations.Loaded(changed=2)
    assert Hromada.objects.get(code=books.SECOND).gone_at is None


def test_a_merged_hromada_hands_its_settlements_over(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    rows = [
        *books.without(books.SECOND),
        ([books.OBLAST, books.RAION, books.FIRST, books.SECOND_CENTRE], "X", "Зарічне"),
    ]
    # The moved settlement keeps the first number of its old hromada: only its old centre may still have it.
    rows = [row for row in rows if row[0][-1] != books.FIRST_CENTRE]
    assert operations.load_codifier(books.book(tmp_path, rows), at=LATER).gone == 2
    moved = Settlement.objects.get(code=books.SECOND_CENTRE)
    assert (moved.hromada.code, moved.is_centre, moved.gone_at) == (books.FIRST, True, None)
    hromada = Hromada.objects.get(code=books.FIRST)
    assert (hromada.kind, hromada.centre_name) == (HromadaKind.SETTLEMENT, "Зарічне")


def test_namesakes_get_addresses_that_differ(tmp_path):
    other_oblast, other_raion, third_raion = "UA46000000000026241", "UA46060000000000001", "UA46100000000000002"
    rows = [*books.PLAIN, ([other_oblast], "O", "Львівська")]
    for raion, name in ((other_raion, "Львівський"), (third_raion, "Стрийський")):
        rows.append(([other_oblast, raion], "P", name))
    wanted = {books.FIRST: "kalynopilska-poltavska"}
    for raion, number, slug in (
        (other_raion, 1, "kalynopilska-lvivska-lvivskyi"),
        (third_raion, 1, "kalynopilska-{code}"),
        (third_raion, 2, "kalynopilska-{code}"),
    ):
        code = f"{raion[:7]}{number:02d}0000{number:06d}"
        rows.append(([other_oblast, raion, code], "H", "Калинопільська"))
        rows.append(([other_oblast, raion, code, f"{code[:9]}0010{number:06d}"], "C", "Калинопілля"))
        wanted[code] = slug.format(code=code.lower())
    operations.load_codifier(books.book(tmp_path, rows), at=MOMENT)
    named = Hromada.objects.exclude(code__in=[books.SECOND, books.CITY])
    assert dict(named.values_list("code", "slug")) == wanted


def test_a_newcomer_does_not_take_an_address_that_is_in_use(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    code = "UA53060050000066666"
    more = [
        *books.PLAIN,
        ([books.OBLAST, books.RAION, code], "H", "Калинопільська"),
        ([books.OBLAST, books.RAION, code, "UA53060050010077777"], "C", "Калинопілля"),
    ]
    assert operations.load_codifier(books.book(tmp_path, more), at=LATER) == operations.Loaded(added=2)
    assert Hromada.objects.get(code=code).slug == "kalynopilska-poltavska"
    assert Hromada.objects.get(code=books.FIRST).slug == "kalynopilska"


def test_invented_places_are_left_alone(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)
    poltava = Oblast.objects.get(code=books.OBLAST)
    operations.invent("Тарнавицька", number=1, kind=HromadaKind.SETTLEMENT, centre="Тарнавиця", oblast=poltava)
    assert operations.load_codifier(books.book(tmp_path), at=LATER) == UNCHANGED


# --- what is refused -----------------------------------------------------------------------------------------------


def refused(path):
    """Load on top of good data; the sentence, when nothing of it was written."""
    before = {model: list(model.objects.order_by("pk").values()) for model in (Oblast, Raion, Hromada, Settlement)}
    with pytest.raises(Refused) as caught:
        operations.load_codifier(path, at=LATER)
    assert before == {model: list(model.objects.order_by("pk").values()) for model in before}
    return caught.value.sentence


@pytest.fixture
def loaded(tmp_path):
    operations.load_codifier(books.book(tmp_path), at=MOMENT)


@pytest.mark.usefixtures("loaded")
def test_a_file_with_a_missing_column_is_refused_by_the_columns_name(tmp_path):
    columns = [name for name in katottg.COLUMNS if name != "Категорія об’єкта"] + ["Категорія"]
    sentence = refused(books.book(tmp_path, columns=columns))
    assert "бракує стовпця «Категорія об’єкта»" in sentence
    assert "kodyfikator.xlsx" in sentence


@pytest.mark.usefixtures("loaded")
def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "codifier.pdf"
    path.write_bytes(b"MZ\x90")
    assert "«codifier.pdf» не відкривається як книга Excel" in refused(path)


@pytest.mark.usefixtures("loaded")
def test_a_broken_row_is_refused_by_its_number(tmp_path):
    rows = [*books.PLAIN, ([books.OBLAST, "UA5306"], "P", "Миргородський")]
    assert "Рядок 13 " in refused(books.book(tmp_path, rows))


@pytest.mark.usefixtures("loaded")
def test_a_file_of_headings_alone_does_not_empty_the_country(tmp_path):
    assert "немає жодного рядка" in refused(books.book(tmp_path, []))


@pytest.mark.usefixtures("loaded")
def test_a_place_that_lies_nowhere_is_refused(tmp_path):
    rows = [row for row in books.PLAIN if row[1] != "P"]
    assert refused(books.book(tmp_path, rows)) == (
        f"«Калинопільська» належить до {books.RAION}, а такого коду у файлі немає."
    )


@pytest.mark.usefixtures("loaded")
def test_a_hromada_without_centre_is_refused_and_nothing_is_half_written(tmp_path):
    rows = [row for row in books.renamed(books.OBLAST, "Полтавщинська") if row[0][-1] != books.SECOND_CENTRE]
    assert refused(books.book(tmp_path, rows)) == "У громади «Зарічненська» у файлі немає центру."


# --- invented hromadas ---------------------------------------------------------------------------------------------


def test_an_invented_hromada_has_a_code_of_its_own_and_a_centre():
    oblast = factories.oblast()
    hromada = operations.invent("Тарнавицька", number=7, kind=HromadaKind.SETTLEMENT, centre="Тарнавиця", oblast=oblast)
    assert hromada.is_invented
    assert hromada.code.startswith(operations.INVENTED)
    assert queries.is_code(hromada.code)
    centre = hromada.settlements.get()
    assert (centre.name, centre.kind, centre.is_centre) == ("Тарнавиця", SettlementKind.SETTLEMENT, True)
    assert [one.hromada for one in queries.find_hromadas("tarnavytsia")] == [hromada]


def test_inventing_again_gives_the_same_hromada():
    oblast = factories.oblast()
    made = [
        operations.invent("Тарнавицька", number=7, kind=HromadaKind.CITY, centre="Тарнавиця", oblast=oblast)
        for _time in range(2)
    ]
    assert made[0] == made[1]
    assert Settlement.objects.count() == 1


def test_an_invented_hromada_leaves_the_address_to_its_real_namesake():
    real = factories.hromada(name="Тарнавицька")
    invented = operations.invent(
        "Тарнавицька", number=7, kind=HromadaKind.CITY, centre="Тарнавиця", oblast=real.oblast, raion=real.raion
    )
    assert invented.slug == "tarnavytska-poltavska-xx7"
    assert invented.raion == real.raion

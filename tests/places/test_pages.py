import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import places
from viche.places import queries

pytestmark = pytest.mark.django_db
LIST = "places:hromadas"


def names(response):
    return [row.hromada.name for row in response.context["rows"]]


@pytest.fixture
def three():
    """Three hromadas in two oblasts, a village in one of them."""
    sumy = places.oblast(name="Сумська")
    made = [
        places.hromada(name="Ярова", centre_name="Ярове"),
        places.hromada(name="Ґанківська", centre_name="Ґанки", kind="village", oblast=sumy),
        places.hromada(name="Іванівська", centre_name="Іванівка", oblast=sumy),
    ]
    places.settlement(hromada=made[0], name="Тарнавиця")
    return made


def test_the_list_goes_by_the_alphabet_and_shows_where_each_lies(client, three):
    response = client.get(reverse(LIST))
    assert names(response) == ["Ґанківська", "Іванівська", "Ярова"]
    text = response.content.decode()
    assert "Ґанківська сільська громада" in text
    assert f'href="{three[1].get_absolute_url()}"' in text
    assert "3 громади" in text
    assert "Сумська" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=yarova", ["Ярова"]),
        ("q=Тарнавиця", ["Ярова"]),
        ("q=%D2%91анк", ["Ґанківська"]),
        ("oblast=sumska", ["Ґанківська", "Іванівська"]),
        ("oblast=sumska&kind=village", ["Ґанківська"]),
        ("sort=-name", ["Ярова", "Іванівська", "Ґанківська"]),
        ("sort=oblast", ["Ярова", "Ґанківська", "Іванівська"]),
        ("sort=nonsense", ["Ґанківська", "Іванівська", "Ярова"]),
        ("oblast=nowhere&kind=uyezd", ["Ґанківська", "Іванівська", "Ярова"]),
        ("q=%00&page=-4", ["Ґанківська", "Іванівська", "Ярова"]),
    ],
)
@pytest.mark.usefixtures("three")
def test_the_address_keeps_search_filters_and_order(client, query, found):
    assert names(client.get(f"{reverse(LIST)}?{query}")) == found


@pytest.mark.usefixtures("three")
def test_a_search_gives_the_best_first_and_says_by_which_village(client):
    places.hromada(name="Верхньотарнавська", centre_name="Верх")
    response = client.get(f"{reverse(LIST)}?q=тарна")
    assert "с. Тарнавиця" in response.content.decode()
    places.hromada(name="Тарнавська", centre_name="Яблунів")
    assert names(client.get(f"{reverse(LIST)}?q=тарна"))[0] == "Тарнавська"
    assert names(client.get(f"{reverse(LIST)}?q=тарна&sort=name")) == ["Верхньотарнавська", "Тарнавська", "Ярова"]


@pytest.mark.usefixtures("three")
def test_nothing_found_says_where_to_look_next(client):
    response = client.get(f"{reverse(LIST)}?q=немає-такої")
    assert response.status_code == 200
    text = response.content.decode()
    assert "Такої громади немає" in text
    assert f'href="{reverse(LIST)}">Показати всі громади' in text


def test_an_empty_installation_has_a_page_too(client):
    response = client.get(reverse(LIST))
    assert response.status_code == 200
    assert names(response) == []


@pytest.mark.usefixtures("three")
def test_the_map_stands_where_nothing_is_filtered(client):
    drawn = client.get(reverse(LIST)).context["map"]
    assert len(drawn.regions) == 27
    assert "map" not in client.get(f"{reverse(LIST)}?oblast=sumska").context


@pytest.mark.usefixtures("three")
def test_a_city_with_special_status_is_listed_but_not_counted_on_the_map(client):
    places.whole_city()
    response = client.get(reverse(LIST))
    text = response.content.decode()
    assert "місто Київ" in text
    assert "4 громади" in text
    assert "разом із 1 містом зі спеціальним статусом" in text
    assert response.context["map"].total == 3
    assert "спеціальним статусом</span>" not in client.get(f"{reverse(LIST)}?q=Київ").content.decode()


def test_the_picker_finds_kyiv(client):
    places.whole_city()
    assert client.get(reverse("places:find"), {"q": "Київ"}).json() == [
        {"code": "UA80000000000093317", "name": "місто Київ", "note": "місто зі спеціальним статусом"}
    ]


@pytest.mark.usefixtures("three")
def test_the_map_of_the_page_names_crimea_and_sevastopol(client):
    text = client.get(reverse(LIST)).content.decode()
    assert "Автономна Республіка Крим" in text
    assert "Севастополь" in text


def test_an_invented_hromada_says_so(client):
    places.hromada(is_invented=True)
    assert "вигадана" in client.get(reverse(LIST)).content.decode()


def test_pages_hold_25_rows(client):
    oblast = places.oblast()
    raion = places.raion(oblast=oblast)
    for number in range(26):
        places.hromada(name=f"Громадська-{number:02d}", raion=raion)
    assert len(names(client.get(reverse(LIST)))) == 25
    assert names(client.get(f"{reverse(LIST)}?page=2&sort=name")) == ["Громадська-25"]


@pytest.mark.parametrize("query", ["", "q=а", "oblast=poltavska", "page=1&sort=-oblast"])
def test_the_list_asks_as_often_for_three_rows_as_for_one(client, django_assert_max_num_queries, query):
    """The address "places:hromadas" takes five queries at most: count, rows, oblasts, and the map or the villages."""
    address = f"{reverse(LIST)}?{query}"
    first = places.hromada(name="Аполлонівська")
    places.settlement(hromada=first, name="Алея")
    client.get(address)
    with django_assert_max_num_queries(6) as one:
        client.get(address)
    for name in ("Абрикосівська", "Агрономічна"):
        places.settlement(hromada=places.hromada(name=name), name="Алея")
    with django_assert_max_num_queries(6) as three_rows:
        assert len(names(client.get(address))) == 3
    assert len(one) == len(three_rows)


# --- files ---------------------------------------------------------------------------------------------------------


def file_of(client, ending, query=""):
    response = client.get(f"{reverse('places:hromadas_file', args=[ending])}?{query}")
    assert response.status_code == 200
    return response.content


def test_the_list_as_json_has_what_programs_need(client, three, settings):
    settings.SITE_ADDRESS = "https://viche.example"
    rows = json.loads(file_of(client, "json"))
    assert [row["slug"] for row in rows] == ["gankivska", "ivanivska", "yarova"]
    assert rows[0] == {
        "code": three[1].code,
        "name": "Ґанківська сільська громада",
        "name_en": "Gankivska",
        "kind": "village",
        "centre": "Ґанки",
        "oblast": "Сумська область",
        "raion": three[1].raion.label,
        "slug": "gankivska",
        "latitude": None,
        "longitude": None,
        "url": "https://viche.example/hromadas/gankivska/",
    }


def test_a_hromada_without_raion_has_none_in_json(client):
    hromada = places.hromada()
    hromada.raion = None
    hromada.save()
    assert json.loads(file_of(client, "json"))[0]["raion"] is None


@pytest.mark.usefixtures("three")
def test_files_keep_search_filters_and_order(client):
    assert [row["slug"] for row in json.loads(file_of(client, "json", "q=тарнавиця"))] == ["yarova"]
    rows = list(csv.reader(io.StringIO(file_of(client, "csv", "oblast=sumska&sort=-name").decode("utf-8-sig"))))
    assert rows[0][:2] == ["Код", "Громада"]
    assert [row[1] for row in rows[1:]] == ["Іванівська міська громада", "Ґанківська сільська громада"]


@pytest.mark.usefixtures("three")
def test_the_list_as_a_workbook(client):
    sheet = openpyxl.load_workbook(io.BytesIO(file_of(client, "xlsx"))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][1] == "Громада"
    assert len(rows) == 4


@pytest.mark.parametrize("ending", ["pdf", "html", "xls"])
def test_other_endings_do_not_exist(client, ending):
    assert client.get(f"/hromadas.{ending}").status_code == 404


def test_a_file_asks_as_often_for_three_rows_as_for_one(client, django_assert_num_queries):
    for _time in range(2):
        with django_assert_num_queries(2):
            client.get("/hromadas.json")
        places.hromada()
        places.hromada()


# --- the picker ----------------------------------------------------------------------------------------------------


def offers(client, typed):
    return client.get(reverse("places:find"), {"q": typed}).json()


def test_the_picker_is_offered_ten_at_most_with_what_tells_them_apart(client):
    raion = places.raion(name="Лубенський")
    for number in range(12):
        places.hromada(name=f"Тарнавицька-{number:02d}", raion=raion)
    found = offers(client, "tarnavytska")
    assert len(found) == 10
    assert found[0] == {
        "code": queries.hromada_by_slug("tarnavytska-00").code,
        "name": "Тарнавицька-00 міська громада",
        "note": "Лубенський район, Полтавська область",
    }


@pytest.mark.parametrize("typed", ["", " ", "\x00", "немає"])
def test_the_picker_is_offered_nothing_for_nothing(client, typed):
    places.hromada()
    assert offers(client, typed) == []
    assert client.get(reverse("places:find")).json() == []


def test_the_page_of_the_list_speaks_english(client):
    places.hromada()
    text = client.get("/en/hromadas/").content.decode()
    assert "Kalynopilska urban hromada" in text
    assert "Poltavska" in text
    assert "1 hromada" in text

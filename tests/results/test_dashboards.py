"""The dashboard of a programme: what stands on it, where its numbers lead, what is told when something is amiss."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import awards, facts, people, places, programmes
from tests.factories import results as factory
from viche.places import queries as known
from viche.programmes.models import Goal, Participant
from viche.results.models import Kept

pytestmark = pytest.mark.django_db
MOST = 12
JUNE = date(2024, 6, 10)


@pytest.fixture
def board(client):
    """A programme with heads in two oblasts, counted by two indicators with targets."""
    programme = programmes.programme(code="PULSE", name="Бібліотеки разом")
    programme.client = client
    volyn = places.oblast(name="Волинська", code=next(code for code in known.middles() if code.startswith("UA07")))
    programme.near, programme.far = places.hromada(), places.hromada(oblast=volyn)
    parts = [({"sex": "f"}, 30, 30), ({"sex": "m"}, 3, None)]
    facts.keep(facts.told(programme.pk, value=33, hromada=programme.near, parts=parts))
    facts.keep(facts.told(programme.pk, value=20, hromada=programme.far, on=JUNE))
    facts.keep(facts.told(programme.pk, value=4, shown=None, hromada=programme.far, on=JUNE))
    for on, place in ((facts.DAY, programme.near), (JUNE, programme.far), (JUNE, programme.far)):
        facts.keep(facts.told(programme.pk, value=1, hromada=place, on=on, measure="events"))
    programme.people = factory.counted(programme, "heads", code="PEOPLE", name="Людей прийшло", is_headline=True)
    factory.counted(programme, code="EVENTS", name="Заходів", is_headline=True)
    factory.target(programme.people, 100)
    return programme


def get(programme, name="dashboard", *parts, status=200, **query):
    answer = programme.client.get(reverse(f"results:{name}", args=[programme.code, *parts]), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def page(programme, *parts, **query):
    return get(programme, *parts, **query).content.decode().replace("\u00a0", " ")


def counted(programme, *parts, **query):
    with CaptureQueriesContext(connection) as asked:
        get(programme, *parts, **query)
    return len(asked)


def by_code(answer):
    return {one.indicator.code: one for one in answer.context["board"].counted}


def test_everybody_is_told_the_public_sums_beside_their_targets(board):
    answer = get(board)
    people = by_code(answer)["PEOPLE"]
    assert (people.value, people.target, people.percent) == (53, 100, 53)
    said = page(board)
    assert "Людей прийшло" in said
    assert "відстає" in said
    assert f'href="/programmes/{board.code}/figures/PEOPLE/"' in said


def test_the_office_is_told_all(board):
    board.client.force_login(programmes.officer(board))
    assert by_code(get(board, "office"))["PEOPLE"].value == 57
    assert "з малими групами" in page(board, "office")


def test_the_address_chooses_months_and_a_place_and_every_link_keeps_them(board):
    answer = get(board, since="2024-06", until="2024-06", oblast=board.far.oblast.slug)
    assert by_code(answer)["PEOPLE"].value == 20
    said = answer.content.decode()
    kept = f"since=2024-06&amp;until=2024-06&amp;oblast={board.far.oblast.slug}"
    assert f"/figures/PEOPLE/?{kept}" in said
    # Targets are of the programme and of its periods, so here there are none.
    assert by_code(answer)["PEOPLE"].target is None


def test_a_period_brings_its_own_target_and_a_year_is_a_period_too(board):
    quarter = factory.period(board)
    factory.target(board.people, 40, period=quarter)
    answer = get(board, period="2024-04_2024-06")
    assert by_code(answer)["PEOPLE"].target == 40
    assert quarter.name in answer.content.decode()
    assert by_code(get(board, period="2024"))["PEOPLE"].value == 53
    assert "2024 рік" in page(board, period="2024")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "2025-13_x"}, "Період: Виберіть одне з запропонованого."),
        ({"since": "колись"}, "Напишіть рік і місяць, як-от 2025-01."),
        ({"since": "2024-06", "until": "2024-01"}, "Останній місяць раніше за перший."),
        ({"oblast": "nowhere"}, "Область: Виберіть одне з запропонованого."),
        ({"hromada": "nowhere\0"}, "Такого місця немає."),
        ({"raion": "UA0"}, "Такого місця немає."),
        ({"show": "NOTHING"}, "Виберіть одне з запропонованого."),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence_and_left_out(board, query, said):
    answer = get(board, **query)
    assert said in answer.content.decode()
    assert by_code(answer)["PEOPLE"].value in {53, 20, 0}


def test_who_chose_another_oblast_has_left_the_hromada_behind(board):
    answer = get(board, oblast=board.far.oblast.slug, hromada=board.near.slug)
    assert answer.context["chosen"].where.label == board.far.oblast.label
    answer = get(board, oblast=board.near.oblast.slug, hromada=board.near.slug)
    assert answer.context["chosen"].where.label == board.near.label


def test_the_map_shades_one_indicator_and_marks_another(board):
    drawn = get(board, show="EVENTS").context["map"]
    assert drawn["one"].code == "EVENTS"
    regions = {region["code"]: region for region in drawn["drawn"].regions}
    far = regions[board.far.oblast.code]
    assert (far["value"], far["second"]) == (2, 20)
    assert far["href"].endswith(f"/figures/EVENTS/?oblast={board.far.oblast.slug}")
    assert 'class="rhomb"' in page(board, show="EVENTS")


def test_goals_stand_as_a_tree_with_their_indicators(board):
    top = Goal.objects.create(programme=board, text="Громади вирішують разом")
    below = Goal.objects.create(programme=board, text="Мешканці приходять", parent=top)
    Goal.objects.create(programme=board, text="Тут показників немає", position=9)
    board.people.goal = below
    board.people.save()
    rows = get(board).context["rows"]
    assert [(branch and branch.number, [row["indicator"].code for row in found]) for branch, found in rows] == [
        ("1", []),
        ("1.1", ["PEOPLE"]),
        (None, ["EVENTS"]),
    ]
    assert "Інші показники" in page(board)


def test_what_was_corrected_after_a_close_is_told_so(board):
    period = factory.period(board, closed_at=factory.MOMENT)
    Kept.objects.create(period=period, indicator=board.people, value=Decimal(60), shown=Decimal(50))
    said = page(board, period="2024-04_2024-06")
    assert "було 50, виправлено після закриття періоду" in said
    said = page(board, "figure", "PEOPLE", period="2024-04_2024-06")
    assert "Коли період закрили, було 50; після виправлень – щонайменше 53." in said


def test_money_and_the_way_of_applications_open_their_records(board):
    award = awards.closed()
    board = award.programme
    board.client = Client()
    said = page(board)
    assert f'href="/programmes/{board.code}/results/of/granted.UAH/"' in said
    assert f'href="/programmes/{board.code}/results/of/applications/"' in said
    answer = get(board, "measure", "granted.UAH")
    assert [row.value for row, _said in answer.context["rows"]] == [award.amount]
    assert award.code in answer.content.decode()
    # Who applied is told to nobody here.
    listed = get(board, "measure", "applications")
    assert award.application.organisation.name not in listed.content.decode()
    assert get(board, "measure", "paid", status=404)
    assert get(board, "measure", "paid.XXX").context["page"].count == 0


def test_hromadas_that_had_nothing_are_counted_and_listed(board):
    without, with_some = people.organisation(), people.organisation(hromada=board.near)
    for one in (without, with_some):
        Participant.objects.create(programme=board, organisation=one, kind="hub", since=facts.DAY)
    covered = get(board).context["board"].coverage
    assert (covered.participants, covered.participants_without) == (2, 1)
    listed = get(board, "coverage")
    assert [one.pk for one in listed.context["page"]] == [without.hromada_id]
    rows = programmes_json(board, "coverage_file")
    assert [row["hromada_code"] for row in rows] == [without.hromada.code]
    assert get(board, "coverage", of="oblasts").context["page"].count == covered.oblasts_without
    # Where a place is asked for, only it counts.
    assert get(board, "coverage", hromada=board.near.slug).context["counted"].oblasts == 1
    assert get(board, "coverage", oblast=board.near.oblast.slug).context["counted"].oblasts_without >= 1


def programmes_json(programme, name, *parts, **query):
    return get(programme, name, *parts, "json", **query).json()


def test_the_file_says_what_the_dashboard_shows(board):
    rows = {row["code"]: row for row in programmes_json(board, "dashboard_file")}
    assert (rows["PEOPLE"]["actual"], rows["PEOPLE"]["target"], rows["PEOPLE"]["percent"]) == (53, 100, 53)
    path = rows["PEOPLE"]["records_url"].partition("/programmes/")[2]
    listed = board.client.get(f"/programmes/{path}").json()
    assert sum(row["value"] or 0 for row in listed) == 53
    board.client.force_login(programmes.officer(board))
    assert {row["code"]: row["actual"] for row in programmes_json(board, "office_file")}["PEOPLE"] == 57


def test_an_empty_programme_says_what_would_be_here(client):
    programme = programmes.programme()
    programme.client = client
    assert "Показників ще немає" in page(programme)
    client.force_login(programmes.officer(programme))
    assert "Назвати показники" in page(programme, "office")
    factory.counted(programme, "heads")
    assert "Показників ще немає" not in page(programme)


def test_indicators_for_the_team_alone_are_not_on_the_public_page(board):
    factory.counted(board, "ideas", code="SECRET", is_public=False)
    assert "SECRET" not in page(board)
    get(board, "figure", "SECRET", status=404)
    board.client.force_login(programmes.officer(board))
    assert "лише для команди" in page(board, "office")
    get(board, "office_figure", "SECRET")


def test_the_page_asks_as_much_with_one_indicator_as_with_forty(board):
    factory.counted(board, code="PLACES", how="hromadas")
    few = counted(board)
    for number in range(40):
        factory.counted(board, "heads", name=f"Дуже довга назва показника, яка не вміщається в рядок, {number}" * 2)
    assert counted(board) <= few <= MOST
    assert counted(board, oblast=board.far.oblast.slug) <= MOST
    assert counted(board, hromada=board.far.slug) <= MOST
    board.client.force_login(programmes.officer(board))
    counted(board, "office")
    assert counted(board, "office") <= MOST


def test_the_programme_leads_to_its_results(board):
    said = board.client.get(board.get_absolute_url()).content.decode()
    assert f'href="/programmes/{board.code}/results/"' in said


def test_the_english_page_is_english(board):
    said = board.client.get(f"/en/programmes/{board.code}/results/").content.decode()
    assert "Target and actual" in said

"""What people see on the dashboard: the numbers of what they asked, where each of them leads, and a sentence where nothing fits."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import boards, facts, programmes
from tests.factories import results as factory
from tests.factories.boards import file, get, inside, place, said, table, total
from viche.programmes.models import Goal
from viche.results.models import Kept

pytestmark = pytest.mark.django_db
CODES = ("PEOPLE", "EVENTS", "PLACES", "OBLASTS", "WOMEN", "MEAN")
BAD = [
    ({"period": "2025-13_x"}, "Виберіть одне з запропонованого"),
    ({"period": "1812"}, "Виберіть одне з запропонованого"),
    ({"oblast": "atlantyda"}, "Виберіть одне з запропонованого"),
    ({"since": "2024-13"}, "Напишіть рік і місяць"),
    ({"since": "2024-00"}, "Напишіть рік і місяць"),
    ({"until": "0000-01"}, "Напишіть рік і місяць"),
    ({"until": "９９９９-０１"}, "Напишіть рік і місяць"),
    ({"since": "2024-06", "until": "2024-05"}, "Останній місяць раніше за перший"),
    ({"raion": "UA00000000000000000"}, "Такого місця немає"),
    ({"hromada": "'; drop table"}, "Такого місця немає"),
    ({"hromada": "а" * 5000}, "Такого місця немає"),
]


@pytest.fixture
def board(client):
    return boards.board(client)


def counted(answer):
    return {one.indicator.code: one.value for one in answer.context["board"].counted}


def leads(answer, part):
    """The addresses on a page that go to a kind of page."""
    found = re.findall(r'href="([^"]*)"', answer.content.decode())
    return sorted({unescape(one) for one in found if part in one})


@pytest.mark.parametrize(
    ("where", "months", "public", "office"),
    [
        ("", {}, (71, 5, 3, 2, 49, "14.2"), (75, 5, 3, 2, 49, 15)),
        ("", {"period": "2024"}, (71, 5, 3, 2, 49, "14.2"), (75, 5, 3, 2, 49, 15)),
        ("", {"since": "2024-05", "until": "2024-05"}, (33, 1, 1, 1, 30, 33), (33, 1, 1, 1, 30, 33)),
        ("", {"since": "2024-06", "until": "2024-06"}, (32, 3, 2, 2, 19, "10.67"), (36, 3, 2, 2, 19, 12)),
        ("", {"since": "2024-06", "until": "2024-07"}, (38, 4, 2, 2, 19, "9.5"), (42, 4, 2, 2, 19, "10.5")),
        ("", {"until": "2024-05"}, (33, 1, 1, 1, 30, 33), (33, 1, 1, 1, 30, 33)),
        ("", {"since": "2024-07"}, (6, 1, 0, 0, 0, 6), (6, 1, 0, 0, 0, 6)),
        ("", {"since": "2020-01", "until": "2020-12"}, (0, 0, 0, 0, 0, None), (0, 0, 0, 0, 0, None)),
        ("poltava", {}, (45, 2, 2, 1, 37, "22.5"), (45, 2, 2, 1, 37, "22.5")),
        ("volyn", {}, (20, 2, 1, 1, 12, 10), (24, 2, 1, 1, 12, 12)),
        ("raion", {}, (45, 2, 2, 1, 37, "22.5"), (45, 2, 2, 1, 37, "22.5")),
        ("near", {}, (33, 1, 1, 1, 30, 33), (33, 1, 1, 1, 30, 33)),
        ("beside", {"since": "2024-05", "until": "2024-05"}, (0, 0, 0, 0, 0, None), (0, 0, 0, 0, 0, None)),
        ("far", {"period": "2024"}, (20, 2, 1, 1, 12, 10), (24, 2, 1, 1, 12, 12)),
        ("volyn", {"since": "2024-05", "until": "2024-05"}, (0, 0, 0, 0, 0, None), (0, 0, 0, 0, 0, None)),
    ],
)
def test_the_dashboard_counts_what_was_asked_on_both_sides(board, where, months, public, office):
    asked = {**place(board, where), **months}
    for is_office, expected in ((False, public), (True, office)):
        inside(board, is_office=is_office)
        wanted = {code: None if one is None else Decimal(one) for code, one in zip(CODES, expected, strict=True)}
        answer = get(board, "office" if is_office else "dashboard", **asked)
        assert counted(answer) == wanted
        # The file of the same address says the same.
        rows = file(board, "office_file" if is_office else "dashboard_file", **asked)
        assert {row["code"]: None if row["actual"] is None else Decimal(str(row["actual"])) for row in rows} == wanted


@pytest.mark.parametrize(("query", "sentence"), BAD)
@pytest.mark.parametrize(
    "page", [("dashboard",), ("figure", "PEOPLE"), ("records", "PEOPLE"), ("coverage",), ("measure", "heads")]
)
def test_what_cannot_be_read_is_told_on_every_page(board, page, query, sentence):
    answer = get(board, *page, **query)
    assert sentence in said(answer)
    # What could not be read is left out: the rest of the address goes along, the bad word does not.
    kept = answer.context["query"]
    assert not any(word in kept for word in ("atlantyda", "1812", "drop", "13_x", "9999", "UA0000"))


@pytest.mark.parametrize("page", [("dashboard",), ("figure", "MEAN"), ("records", "PLACES"), ("coverage",)])
@pytest.mark.parametrize("query", [{}, {"since": "колись"}, {"oblast": "poltavska"}, {"period": "2024"}])
def test_the_office_page_of_the_same_answers_the_same_way(board, page, query):
    inside(board, is_office=True)
    name = "office" if page == ("dashboard",) else f"office_{page[0]}"
    answer = get(board, name, *page[1:], **query)
    assert answer.context["side"].is_office
    assert ("Напишіть рік і місяць" in said(answer)) == ("since" in query)


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/nobody/results/",
        "/programmes/nobody/results.json",
        "/programmes/pulse/figures/NOTHING/",
        "/programmes/pulse/figures/NOTHING/records.csv",
        "/programmes/pulse/figures/PEOPLE/records/?split=sex:x9",
        "/programmes/pulse/figures/PEOPLE/records/?split=nonsense",
        "/programmes/pulse/figures/PEOPLE/records/?split=sex:f%00",
        "/programmes/pulse/figures/PEOPLE/records/?split=sex:f+sex:f",
        "/programmes/pulse/figures/PLACES/records/?split=sex:f",
        "/programmes/pulse/figures/PEOPLE/records.pdf",
        "/programmes/pulse/results/coverage.exe",
        "/programmes/pulse/results.geojson",
        "/programmes/pulse/results/of/nothing/",
        "/programmes/pulse/results/of/heads/?split=sex:nobody",
        "/programmes/pulse/results/of/paid/",
        "/programmes/pulse/results/of/heads.UAH/",
        "/programmes/pulse/results/of/own./",
        "/programmes/pulse/results/of/own.99999999999999999999/",
        "/programmes/pulse/results/of/heads.pdf",
    ],
)
def test_what_is_not_there_is_404_and_never_a_fault(board, address):
    assert board.client.get(address).status_code == 404
    # Nor has the office anything there.
    inside(board, is_office=True)
    assert board.client.get(address.replace("/programmes/", "/office/")).status_code == 404


@pytest.mark.parametrize("who", ["nobody", "stranger", "officer of another", "reviewer"])
@pytest.mark.parametrize("name", ["office", "office_compare", "office_coverage", "highlights"])
def test_the_office_is_open_to_those_of_the_office_alone(board, who, name):
    users = {
        "stranger": programmes.people.user,
        "officer of another": programmes.officer,
        "reviewer": lambda: programmes.reviewer(programmes.programme()),
    }
    if who in users:
        board.client.force_login(users[who]())
    answer = board.client.get(reverse(f"results:{name}", args=[board.code]))
    assert answer.status_code == (404 if who in users else 302)
    assert board.name not in answer.content.decode()
    board.client.force_login(programmes.observer(board))
    get(board, name)


def test_a_programme_that_is_not_public_shows_its_board_to_its_own_people(client):
    board = boards.board(client, is_public=False)
    for name, *parts in (("dashboard",), ("figure", "PEOPLE"), ("records", "PEOPLE"), ("coverage",), ("compare",)):
        get(board, name, *parts, status=404)
    get(board, "dashboard_file", "json", status=404)
    get(board, "records_file", "PEOPLE", "csv", status=404)
    inside(board, is_office=True)
    # Even signed in, the public page tells what everybody would be told.
    assert counted(get(board, "dashboard"))["PEOPLE"] == 71
    assert counted(get(board, "office"))["PEOPLE"] == 75


@pytest.mark.parametrize("is_office", [False, True])
def test_every_number_of_a_filtered_board_opens_a_page_of_the_same_filter(board, is_office):
    inside(board, is_office=is_office)
    answer = get(board, "office" if is_office else "dashboard", since="2024-06", until="2024-07", show="WOMEN")
    found = leads(answer, f"/{'office' if is_office else 'programmes'}/{board.code}/figures/")
    assert len(found) >= len(CODES)
    for address in found:
        assert "show=" not in address, address
        opened = board.client.get(address)
        assert opened.status_code == 200, address
        asked = dict(opened.context["chosen"].kept)
        # A step of the trend narrows the months; all else keeps them.
        assert "2024-06" <= asked["since"] <= asked["until"] <= "2024-07", address


@pytest.mark.parametrize(
    ("show", "drawn", "second"),
    [
        ("", "PEOPLE", "EVENTS"),
        ("EVENTS", "EVENTS", "PEOPLE"),
        ("WOMEN", "WOMEN", "PEOPLE"),
        ("PLACES", "PLACES", "PEOPLE"),
        ("OBLASTS", "OBLASTS", "PEOPLE"),
        ("MEAN", "MEAN", "PEOPLE"),
        ("NOTHING", "PEOPLE", "EVENTS"),
    ],
)
def test_the_map_draws_the_indicator_that_was_chosen(board, show, drawn, second):
    answer = get(board, "dashboard", **({"show": show} if show else {}))
    shown = answer.context["map"]
    assert (shown["one"].code, shown["second"].code) == (drawn, second)
    regions = {one["code"]: one for one in shown["drawn"].regions}
    expected = {"PEOPLE": 20, "EVENTS": 2, "WOMEN": 12, "PLACES": 1, "OBLASTS": 1, "MEAN": 10}[drawn]
    far = regions[board.far.oblast.code]
    assert far["value"] == expected
    assert f"/figures/{drawn}/?oblast=volynska" in far["href"]


@pytest.mark.parametrize("where", ["poltava", "raion", "near"])
def test_in_a_place_there_is_no_map_of_ukraine_but_a_way_back(board, where):
    answer = get(board, "dashboard", **place(board, where), period="2024")
    assert answer.context["map"] is None
    assert answer.context["everywhere"] == "?period=2024"
    steps = answer.context["trail"]
    assert len(steps) == {"poltava": 1, "raion": 2, "near": 3}[where]
    for query, label in steps:
        back = board.client.get(f"/programmes/{board.code}/results/{query}")
        assert back.context["chosen"].where.label == label
        assert back.context["chosen"].when.label == "2024 рік"


@pytest.mark.parametrize(
    ("show", "is_office", "value"), [("PEOPLE", False, 71), ("PEOPLE", True, 75), ("WOMEN", True, 49)]
)
def test_the_steps_of_the_trend_add_up_and_each_opens_its_month(board, show, is_office, value):
    inside(board, is_office=is_office)
    steps = get(board, "office" if is_office else "dashboard", show=show, period="2024").context["trend"]
    assert len(steps) == 12
    assert sum(step["value"] for step in steps) == value
    for step in steps:
        opened = board.client.get(step["href"])
        assert opened.context["found"].counted.value == step["value"], step["label"]
        assert opened.context["chosen"].when.label == step["label"]
        assert "period=" not in step["href"]


@pytest.mark.parametrize("where", ["", "volyn", "poltava", "far"])
@pytest.mark.parametrize("is_office", [False, True])
def test_bars_of_parts_open_lists_that_add_up_and_the_rest_is_told(board, where, is_office):
    inside(board, is_office=is_office)
    answer = get(board, "office" if is_office else "dashboard", **place(board, where))
    [sexes] = answer.context["dimensions"]
    whole = counted(answer)["PEOPLE"]
    listed = sum(line["value"] for line in sexes["lines"])
    assert listed + Decimal(sexes["untold"] or 0) == whole
    for line in sexes["lines"]:
        opened = board.client.get(line["href"])
        assert opened.context["value"] == line["said"]
        address = line["href"].replace("/records/?", "/records.json?")
        assert total(board.client.get(address).json()) == line["value"]


def funds(board):
    for kind, measure, value, on in (
        ("award", "granted.UAH", 18_000_050, boards.MAY),
        ("award", "granted.UAH", 2_000_000, boards.JUNE),
        ("award", "granted.EUR", 150_000, boards.JUNE),
        ("tranche", "paid.UAH", 9_000_000, boards.JUNE),
    ):
        facts.keep(facts.told(board.pk, kind=kind, measure=measure, value=value, on=on, hromada=board.near))


def test_money_stands_by_currency_and_each_sum_opens_records_that_add_up(board):
    funds(board)
    money = get(board, "dashboard").context["money"]
    assert [one["currency"] for one in money] == ["UAH", "EUR"]
    sums = {one["currency"]: [line["value"] for line in one["lines"]] for one in money}
    assert sums["UAH"][:2] == [Decimal("200000.50"), Decimal(90_000)]
    assert sums["EUR"] == [Decimal(1500), 0, 0, 0]
    for one in money:
        assert one["most"] == max(line["value"] for line in one["lines"])
        for line in one["lines"]:
            assert board.client.get(line["href"]).status_code == 200
            rows = board.client.get(f"{line['href'][:-1]}.json").json()
            assert Decimal(str(total(rows))) == line["value"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"since": "2024-05", "until": "2024-05"}, {"UAH": Decimal("180000.50")}),
        ({"since": "2024-06", "until": "2024-06"}, {"UAH": Decimal(20_000), "EUR": Decimal(1500)}),
        ({"oblast": "volynska"}, {}),
        ({"since": "2025-01", "until": "2025-01"}, {}),
    ],
)
def test_money_of_other_months_and_places_is_not_told_there(board, query, found):
    funds(board)
    money = get(board, "dashboard", **query).context["money"]
    assert {one["currency"]: one["lines"][0]["value"] for one in money} == found
    assert all(
        line["href"].endswith(get(board, "dashboard", **query).context["query"])
        for one in money
        for line in one["lines"]
    )


def test_steps_of_the_funnel_lead_to_as_many_records(board):
    assert get(board, "dashboard").context["funnel"] == []
    for measure, kind, number in (("applications", "application", 4), ("awards", "award", 2), ("closed", "award", 1)):
        for _time in range(number):
            facts.keep(facts.told(board.pk, kind=kind, measure=measure, value=1, hromada=board.near))
    answer = get(board, "dashboard", oblast="poltavska")
    assert [step["value"] for step in answer.context["funnel"]] == [4, 0, 2, 1]
    for step in answer.context["funnel"]:
        opened = board.client.get(step["href"])
        assert opened.context["page"].count == step["value"]
        assert opened.context["chosen"].where.oblast == board.near.oblast
        assert board.client.get(opened.context["back"]).context["funnel"] == answer.context["funnel"]


@pytest.mark.parametrize(
    ("target", "percent", "is_behind"),
    [
        (65, 100, False),
        (60, 108, False),
        (72, 90, False),
        (73, 89, True),
        (650, 10, True),
        (66000, 0, True),
        (None, None, False),
    ],
)
def test_who_has_less_than_nine_tenths_of_a_period_that_is_over_is_behind(board, target, percent, is_behind):
    quarter = factory.period(board)
    if target:
        factory.target(board.people, target, period=quarter)
    answer = get(board, "dashboard", period="2024-04_2024-06")
    people = next(one for one in answer.context["board"].counted if one.indicator.code == "PEOPLE")
    assert (people.value, people.percent, people.is_behind) == (65, percent, is_behind)
    marks = [row["kind"] for _goal, rows in answer.context["rows"] for row in rows]
    assert marks == ["miss" if is_behind else "", "", "", "", "", ""]
    [head] = answer.context["headlines"]
    if target and target < 1000:
        assert head["note"].replace("\u00a0", " ") == f"мета {target} · {percent} %"
    assert bool(head["note"]) == bool(target)


def test_a_target_of_a_period_is_not_that_of_a_place_nor_of_the_whole(board):
    quarter = factory.period(board)
    factory.target(board.people, 40, period=quarter)
    factory.target(board.people, 400)
    aims = {}
    for name, query in {
        "whole": {},
        "period": {"period": "2024-04_2024-06"},
        "its months": {"since": "2024-04", "until": "2024-06"},
        "other months": {"since": "2024-04", "until": "2024-05"},
        "year": {"period": "2024"},
        "place": {"period": "2024-04_2024-06", "oblast": "volynska"},
    }.items():
        found = get(board, "dashboard", **query).context["board"].counted
        aims[name] = next(one.target for one in found if one.indicator.code == "PEOPLE")
    assert aims == {"whole": 400, "period": 40, "its months": 40, "other months": None, "year": None, "place": None}


def test_without_a_choice_the_first_four_stand_in_the_head(board):
    board.people.is_headline = False
    board.people.save()
    assert [one["label"] for one in get(board, "dashboard").context["headlines"]] == [
        "Людей прийшло",
        "Заходів",
        "Громад",
        "Областей",
    ]


def test_goals_three_deep_keep_their_numbers_and_empty_branches_are_left_out(board):
    top = Goal.objects.create(programme=board, text="Люди вирішують", position=1)
    middle = Goal.objects.create(programme=board, text="Люди приходять", parent=top, position=1)
    low = Goal.objects.create(programme=board, text="Жінки приходять", parent=middle, position=1)
    Goal.objects.create(programme=board, text="Нічого не рахуємо", parent=top, position=2)
    Goal.objects.create(programme=board, text="І тут теж", position=2)
    board.people.goal = low
    board.people.save()
    board.held.goal = top
    board.held.save()
    answer = get(board, "dashboard")
    shown = [
        (branch and branch.number, [row["indicator"].code for row in found]) for branch, found in answer.context["rows"]
    ]
    assert shown[:3] == [("1", ["EVENTS"]), ("1.1", []), ("1.1.1", ["PEOPLE"])]
    assert [branch for branch, _found in shown[3:]] == [None]
    assert "Нічого не рахуємо" not in said(answer)
    assert "Жінки приходять" in said(answer)


@pytest.mark.parametrize(("is_office", "was"), [(False, 50), (True, 60)])
def test_a_correction_tells_each_side_what_it_had_been_told(board, is_office, was):
    period = factory.period(board, closed_at=factory.MOMENT)
    Kept.objects.create(period=period, indicator=board.people, value=Decimal(60), shown=Decimal(50))
    # What has not changed since the close is no correction.
    Kept.objects.create(period=period, indicator=board.held, value=Decimal(4), shown=Decimal(4))
    inside(board, is_office=is_office)
    answer = get(board, "office" if is_office else "dashboard", period="2024-04_2024-06")
    [corrected] = answer.context["board"].corrected
    assert (corrected.indicator.code, corrected.kept) == ("PEOPLE", was)
    assert f"було {was}" in said(answer)
    rows = file(board, "office_file" if is_office else "dashboard_file", period="2024-04_2024-06")
    assert {row["code"]: row["corrected_from"] for row in rows}["PEOPLE"] == was
    # Elsewhere nobody had been told anything.
    assert get(board, "dashboard", oblast="poltavska", period="2024-04_2024-06").context["board"].corrected == []


def test_a_period_that_is_open_has_no_corrections(board):
    period = factory.period(board)
    Kept.objects.create(period=period, indicator=board.people, value=Decimal(1), shown=Decimal(1))
    assert get(board, "dashboard", period="2024-04_2024-06").context["board"].corrected == []


@pytest.mark.parametrize("query", [{}, {"since": "2024-06", "until": "2024-06"}, {"oblast": "volynska"}])
def test_the_table_and_the_program_read_the_same_board(board, query):
    factory.target(board.people, 100)
    rows = file(board, "dashboard_file", **query)
    cells = table(get(board, "dashboard_file", "csv", **query))
    assert [row["code"] for row in rows] == [cell["code"] for cell in cells] == list(CODES)
    for row, cell in zip(rows, cells, strict=True):
        assert cell["records_url"] == row["records_url"]
        assert (Decimal(cell["actual"]) if cell["actual"] else None) == (
            None if row["actual"] is None else Decimal(str(row["actual"]))
        )
    assert get(board, "dashboard_file", "xlsx", **query).content.startswith(b"PK")


@pytest.mark.parametrize("code", ["PEOPLE", "EVENTS", "PLACES", "OBLASTS", "WOMEN"])
@pytest.mark.parametrize("query", [{}, {"since": "2024-06", "until": "2024-06"}, {"oblast": "volynska"}])
def test_records_behind_the_file_add_up_to_its_number(board, code, query):
    row = {one["code"]: one for one in file(board, "dashboard_file", **query)}[code]
    path = "/programmes/" + row["records_url"].partition("/programmes/")[2]
    assert total(board.client.get(path).json()) == row["actual"]


@pytest.mark.parametrize("lang", ["", "/en"])
def test_an_empty_programme_has_no_numbers_and_no_faults(client, lang):
    programme = programmes.programme(starts_on=date(2030, 1, 1), ends_on=date(2030, 12, 31))
    programme.client = client
    for page in ("results/", "results/coverage/", "results/compare/", "results/?period=2030", "results/?since=2099-12"):
        answer = client.get(f"{lang}/programmes/{programme.code}/{page}")
        assert answer.status_code == 200, page
    assert file(programme, "dashboard_file") == []
    answer = get(programme, "dashboard")
    for name in ("rows", "headlines", "trend", "dimensions", "money", "funnel"):
        assert not answer.context[name], name
    assert answer.context["map"] is None


def test_indicators_without_records_stand_with_noughts(client):
    programme = programmes.programme()
    programme.client = client
    factory.target(factory.counted(programme, "heads", code="PEOPLE"), 10)
    factory.indicator(programme, code="OWN")
    answer = get(programme, "dashboard")
    assert counted(answer) == {"PEOPLE": 0, "OWN": 0}
    assert "відстає" in said(answer)
    assert get(programme, "records", "PEOPLE").context["page"].count == 0
    assert "Записів ще немає" in said(get(programme, "records", "OWN"))

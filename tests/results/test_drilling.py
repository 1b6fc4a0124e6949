"""From a figure down to its records: places, parts, months and pages of a list all add up, and the filter goes along."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.factories import boards, events, facts, places
from tests.factories import results as factory
from tests.factories.boards import file, get, inside, place, said, table, total

pytestmark = pytest.mark.django_db
PER = 25
SHEET = {
    "what_counts": "Кожну людину, яка розписалася в аркуші",
    "who_counts": "Організаторка заходу",
    "doubles": "Одну людину на двох заходах рахуємо двічі",
    "source": "Аркуші реєстрації",
    "goals": [11, 16],
    "donor_codes": [{"donor": "Фонд солідарності", "code": "OUT-2.1"}],
    "baseline": Decimal(7),
}


@pytest.fixture
def board(client):
    return boards.board(client)


@pytest.fixture
def long(client):
    """A programme with thirty meetings of one to thirty people, a day each, the greatest first."""
    board = boards.board(client, code="LONG")
    board.hall = places.hromada()
    for number in range(1, 31):
        facts.keep(
            facts.told(
                board.pk, on=date(2024, 9, 31 - number), value=number, measure="ideas", hromada=board.hall,
                shown=None if number < 5 else number,
            )
        )  # fmt: skip
    factory.counted(board, "ideas", code="IDEAS", name="Ідей прозвучало")
    return board


@pytest.mark.parametrize(("name", "words"), SHEET.items())
def test_the_sheet_tells_each_thing_that_was_defined_and_nothing_that_was_not(board, name, words):
    told = {"goals": "11, 16", "donor_codes": "Фонд солідарності: OUT-2.1", "baseline": "Було на початку"}.get(
        name, words
    )
    sheet = said(get(board, "figure", "PEOPLE")).partition('id="sheet"')[2]
    assert str(told) not in sheet
    setattr(board.people, name, words)
    board.people.save()
    sheet = said(get(board, "figure", "PEOPLE")).partition('id="sheet"')[2]
    assert str(told) in sheet


@pytest.mark.parametrize("code", ["PEOPLE", "EVENTS", "PLACES", "OBLASTS", "WOMEN", "MEAN"])
@pytest.mark.parametrize("is_office", [False, True])
def test_what_stands_beside_a_place_is_what_its_own_page_says(board, code, is_office):
    side = inside(board, is_office=is_office)
    months = {"since": "2024-05", "until": "2024-06"}
    for where in ("", "poltava", "raion"):
        answer = get(board, f"{side}figure", code, **months, **place(board, where))
        rows = [row for row in answer.context["places"] if row[2]]
        assert rows, where
        for found, _words, asks in rows:
            assert "since=2024-05&until=2024-06" in asks
            opened = board.client.get(answer.wsgi_request.path + asks)
            assert opened.context["chosen"].where.label == found.label
            assert found.value in {opened.context["found"].counted.value, None}


@pytest.mark.parametrize("code", ["PEOPLE", "EVENTS", "WOMEN"])
@pytest.mark.parametrize(
    ("where", "is_office"), [("", False), ("", True), ("volyn", False), ("poltava", True), ("raion", True)]
)
def test_places_of_a_sum_add_up_to_it(board, code, where, is_office):
    side = inside(board, is_office=is_office)
    answer = get(board, f"{side}figure", code, **place(board, where))
    outer = [found.value for found, _words, _asks in answer.context["places"] if where == "raion" or not found.is_inner]
    assert sum(outer) == answer.context["found"].counted.value
    assert answer.context["most"] == max(found.value for found, _words, _asks in answer.context["places"])


def test_raions_of_a_ratio_are_not_reckoned_from_their_hromadas(board):
    rows = get(board, "figure", "MEAN", oblast="poltavska").context["places"]
    assert [(found.value, found.is_inner) for found, _words, _asks in rows] == [(None, False), (33, True), (12, True)]
    raion = get(board, "figure", "MEAN", **place(board, "raion"))
    assert [found.value for found, _words, _asks in raion.context["places"]] == [33, 12]
    assert raion.context["row"]["counted"].value == Decimal("22.5")


@pytest.mark.parametrize(("where", "steps"), [("", 0), ("poltava", 1), ("raion", 2), ("near", 3)])
def test_every_way_off_a_figure_keeps_months_and_place(board, where, steps):
    answer = get(board, "figure", "PEOPLE", **place(board, where), period="2024")
    assert len(answer.context["trail"]) == steps
    words = {"near": "hromada=", "raion": "raion=", "poltava": "oblast="}.get(where, "period=2024")
    for address in (
        answer.context["records"],
        answer.context["links"]["dashboard"],
        answer.context["links"]["coverage"],
    ):
        assert "period=2024" in address
        assert words in address
        assert board.client.get(address).status_code == 200
    listed = board.client.get(answer.context["records"])
    assert board.client.get(listed.context["back"]).context["query"] == answer.context["query"]
    for line in (line for dimension in answer.context["dimensions"] for line in dimension["lines"]):
        assert words in line["href"]
        assert "split=sex%3A" in line["href"]


def test_parts_stand_beside_what_they_are_to_come_to(board):
    factory.target(board.people, 60, split="sex:f")
    quarter = factory.period(board)
    factory.target(board.people, 10, split="sex:m", period=quarter)

    def aims(**query):
        [sexes] = get(board, "figure", "PEOPLE", **query).context["dimensions"]
        return {line["label"]: line["aim"] for line in sexes["lines"]}

    whole, within = aims(), aims(period="2024-04_2024-06")
    assert sorted(filter(None, whole.values())) == [60]
    assert sorted(filter(None, within.values())) == [10]
    # Neither is the target of one oblast.
    assert set(aims(oblast="volynska").values()) == {None}


def test_a_part_that_is_an_indicator_has_its_own_list(board):
    assert total(file(board, "records_file", "WOMEN")) == 49
    assert total(file(board, "records_file", "WOMEN", split="sex:f")) == 49
    get(board, "records", "WOMEN", split="sex:z", status=404)
    assert get(board, "records", "WOMEN").context["kept_split"] == ""
    assert get(board, "records", "PEOPLE", split="sex:f").context["kept_split"] == "sex:f"


def test_periods_stand_with_what_each_came_to_and_open_it(board):
    quarters = [factory.period(board, since=date(2024, first, 1)) for first in (1, 4, 7)]
    later = factory.period(board, since=date(2124, 1, 1))
    factory.target(board.people, 130, period=quarters[1])
    rows = get(board, "figure", "PEOPLE").context["periods"]
    assert [(period, row["counted"].value) for period, row, _asks in rows] == list(
        zip(quarters, (0, 65, 6), strict=True)
    )
    assert [row["counted"].percent for _period, row, _asks in rows] == [None, 50, None]
    for period, row, asks in rows:
        opened = board.client.get(f"/programmes/{board.code}/figures/PEOPLE/{asks}")
        assert opened.context["chosen"].when.period == period
        assert opened.context["found"].counted.value == row["counted"].value
    # One that lies ahead stands there once it is aimed at.
    factory.target(board.people, 10, period=later)
    assert get(board, "figure", "PEOPLE").context["periods"][-1][0] == later
    assert get(board, "figure", "PEOPLE", oblast="volynska").context["periods"] == []


@pytest.mark.parametrize(
    ("number", "first", "last", "rows"),
    [
        ("1", 1, 25, 25),
        ("2", 26, 30, 5),
        ("999", 26, 30, 5),
        ("0", 1, 25, 25),
        ("-1", 1, 25, 25),
        ("two", 1, 25, 25),
        ("9" * 50, 1, 25, 25),
        ("", 1, 25, 25),
    ],
)
def test_a_long_list_stands_on_pages_the_latest_first(long, number, first, last, rows):
    answer = get(long, "records", "IDEAS", page=number, since="2024-09")
    page = answer.context["page"]
    assert (page.count, page.pages, page.first, page.last, len(page)) == (30, 2, first, last, rows)
    days = [row.on for row, _words in answer.context["rows"]]
    assert days == sorted(days, reverse=True)
    assert page.query == "since=2024-09&"
    assert f"?{page.query}page=" in said(answer).replace("&amp;", "&")


def test_two_pages_hold_every_record_once_and_the_files_hold_them_all(long):
    rows = [row for number in (1, 2) for row, _words in get(long, "records", "IDEAS", page=number).context["rows"]]
    assert len({row.record for row in rows}) == len(rows) == 30
    listed = file(long, "records_file", "IDEAS", page="2")
    assert [row["date"] for row in listed] == [row.on.isoformat() for row in rows]
    assert [row["value"] for row in listed] == [None if row.value is None else int(row.value) for row in rows]


@pytest.mark.parametrize("is_office", [False, True])
@pytest.mark.parametrize(
    "query", [{}, {"since": "2024-09", "until": "2024-09"}, {"hromada": "near"}, {"oblast": "poltavska"}]
)
def test_three_files_say_the_same_as_the_page(long, is_office, query):
    side = inside(long, is_office=is_office)
    if "hromada" in query:
        query = {"hromada": long.hall.slug}
    listed = file(long, f"{side}records_file", "IDEAS", **query)
    cells = table(get(long, f"{side}records_file", "IDEAS", "csv", **query))
    sheet = openpyxl.load_workbook(
        io.BytesIO(get(long, f"{side}records_file", "IDEAS", "xlsx", **query).content)
    ).active
    head, *lines = sheet.iter_rows(values_only=True)
    assert list(head) == list(listed[0]) == list(cells[0])
    at = head.index("value")
    values = [row["value"] for row in listed]
    assert [None if cell["value"] == "" else int(cell["value"]) for cell in cells] == values
    assert [line[at] for line in lines] == values
    answer = get(long, f"{side}records", "IDEAS", **query)
    assert answer.context["page"].count == len(values) == 30
    assert Decimal(total(listed)) == (465 if is_office else 465 - 10)
    assert answer.context["untold"] == (0 if is_office else 4)
    assert values.count(None) == (0 if is_office else 4)


def test_few_people_are_a_row_without_a_number_and_the_office_reads_it(board):
    june = {"since": "2024-06", "until": "2024-06", "oblast": "volynska"}
    answer = get(board, "records", "PEOPLE", **june)
    assert [(row.value, words) for row, words in answer.context["rows"]] == [(None, None), (20, "20")]
    assert "менше 5" in said(answer)
    assert "людей так мало" in said(answer)
    part = get(board, "records", "PEOPLE", split="sex:m", hromada=board.near.slug)
    assert [(row.value, row.is_part) for row, _words in part.context["rows"]] == [(None, True)]
    assert "не показуємо" in said(part)
    inside(board, is_office=True)
    answer = get(board, "office_records", "PEOPLE", **june)
    assert [words for _row, words in answer.context["rows"]] == ["4", "20"]
    assert "людей так мало" not in said(answer)


@pytest.mark.parametrize(("code", "numbers"), [("PLACES", [1, 1, 2]), ("OBLASTS", [2, 2])])
@pytest.mark.parametrize("is_office", [False, True])
def test_each_place_that_counts_as_one_opens_what_happened_there(board, code, numbers, is_office):
    side = inside(board, is_office=is_office)
    answer = get(board, f"{side}records", code, period="2024")
    opened = [board.client.get(address).context for _place, address in answer.context["rows"]]
    assert sorted(context["page"].count for context in opened) == numbers
    for (where, address), context in zip(answer.context["rows"], opened, strict=True):
        assert context["chosen"].where.label == where.label
        assert context["chosen"].when.label == "2024 рік"
        assert ("/office/" in address) == is_office
    rows = file(board, f"{side}records_file", code, period="2024")
    assert [row["value"] for row in rows] == [1] * len(numbers)
    assert all(
        row["url"].endswith(address) for row, (_place, address) in zip(rows, answer.context["rows"], strict=True)
    )


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 3),
        ({"since": "2024-05", "until": "2024-05"}, 1),
        ({"since": "2024-06", "until": "2024-06"}, 2),
        ({"since": "2024-07", "until": "2024-07"}, 0),
        ({"oblast": "poltavska"}, 2),
        ({"oblast": "volynska"}, 1),
    ],
)
def test_lists_of_places_are_as_long_as_their_number(board, query, number):
    answer = get(board, "records", "PLACES", **query)
    assert answer.context["page"].count == number
    assert get(board, "figure", "PLACES", **query).context["found"].counted.value == number
    codes = [row["hromada_code"] for row in file(board, "records_file", "PLACES", **query)]
    assert len(set(codes)) == number


@pytest.mark.parametrize(("is_office", "over"), [(False, 71), (True, 75)])
def test_a_ratio_is_reckoned_from_the_two_it_leads_to(board, is_office, over):
    side = inside(board, is_office=is_office)
    answer = get(board, f"{side}records", "MEAN", period="2024")
    values = [row["counted"].value for row in answer.context["rows"]]
    assert values == [over, 5]
    assert answer.context["row"]["counted"].value == Decimal(over) / 5
    for row in answer.context["rows"]:
        assert board.client.get(row["href"]).context["found"].counted.value == row["counted"].value
        assert "period=2024" in row["href"]
    own, *parts = file(board, f"{side}records_file", "MEAN", period="2024")
    assert (own["code"], own["value"]) == ("MEAN", over / 5)
    assert [(row["code"], row["value"], row["reckoned_from"]) for row in parts] == [
        ("PEOPLE", None, over),
        ("EVENTS", None, 5),
    ]
    empty = get(board, f"{side}records", "MEAN", since="2020-01", until="2020-01")
    assert empty.context["row"]["said"] is None


@pytest.mark.parametrize("word", ["split", "sort", "page", "unknown"])
def test_words_that_a_figure_does_not_know_change_nothing(board, word):
    plain = get(board, "figure", "PEOPLE").context
    answer = get(board, "figure", "PEOPLE", **{word: "x"}).context
    assert answer["found"].counted == plain["found"].counted
    assert answer["query"] == ""


def test_records_of_true_reports_lead_to_the_pages_of_their_events(client):
    board = boards.board(client, code="TRUE")
    report = events.accepted(
        events.published(board, title="Бюджет участі"), total=12, cells={"f:youth": 6, "m:adult": 6}
    )
    hromada = report.event.hromada
    answer = get(board, "records", "PEOPLE", hromada=hromada.slug)
    [(row, words)] = answer.context["rows"]
    assert (words, row.hromada, row.described.title) == ("12", hromada, "Бюджет участі")
    assert board.client.get(row.address.partition("#")[0]).status_code == 200
    [listed] = file(board, "records_file", "PEOPLE", hromada=hromada.slug)
    assert (listed["hromada_code"], listed["title"]) == (hromada.code, "Бюджет участі")
    assert listed["url"].endswith(row.address)


@pytest.mark.parametrize("lang", ["/en", ""])
@pytest.mark.parametrize("page", ["", "records/"])
def test_both_languages_count_the_same(board, lang, page):
    answer = board.client.get(f"{lang}/programmes/{board.code}/figures/PEOPLE/{page}", {"period": "2024"})
    assert answer.status_code == 200
    assert "71" in answer.content.decode()
    assert answer.context["chosen"].when.label == ("year 2024" if lang else "2024 рік") or lang


@pytest.mark.parametrize(
    ("where", "months", "number"),
    [
        ("raion", {}, 1),
        ("near", {}, 1),
        ("far", {}, 1),
        ("far", {"since": "2024-06", "until": "2024-06"}, 1),
        ("far", {"since": "2024-05", "until": "2024-05"}, 0),
        ("beside", {"since": "2024-05", "until": "2024-05"}, 0),
    ],
)
def test_below_an_oblast_its_oblast_counts_as_one_where_something_was(board, where, months, number):
    asked = {**place(board, where), **months}
    answer = get(board, "figure", "OBLASTS", **asked)
    assert answer.context["found"].counted.value == number
    assert {step["value"] for step in answer.context["trend"]} <= {0, 1}
    listed = get(board, "records", "OBLASTS", **asked).context["rows"]
    assert [found.slug for found, _address in listed] == [
        getattr(board, "far" if where == "far" else "near").oblast.slug
    ] * number


def test_the_trend_of_oblasts_below_one_tells_its_own_months(board):
    factory.counted(board, "heads", code="SEEN", how="oblasts", split="sex:f")
    for code in ("OBLASTS", "SEEN"):
        steps = get(board, "figure", code, hromada=board.near.slug, period="2024").context["trend"]
        assert [step["label"] for step in steps if step["value"]] == ["травень 2024"]

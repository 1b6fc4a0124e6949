"""Two sides of a comparison, and where nobody has been yet: numbers agree with the figures they lead to, bad choices are told."""

from datetime import date

import pytest

from tests.factories import boards, facts, people, places, programmes
from tests.factories import results as factory
from tests.factories.boards import file, get, inside, place, said, table
from viche.programmes.models import Participant

pytestmark = pytest.mark.django_db
SIDES = ("left", "right")


@pytest.fixture
def board(client):
    return boards.board(client, starts_on=date(2023, 1, 1))


def compared(board, *, is_office=False, **query):
    name = f"{inside(board, is_office=is_office)}compare"
    answer = get(board, name, **{name.replace("_", "-"): word for name, word in query.items()})
    return {row["indicator"].code: row for row in answer.context["rows"]}, answer


@pytest.mark.parametrize(
    ("query", "code", "row"),
    [
        ({"left_period": "2023", "right_period": "2024"}, "PEOPLE", ("0", "щонайменше 71", "приблизно +71", None)),
        ({"left_period": "2024", "right_period": "2023"}, "PEOPLE", ("щонайменше 71", "0", "приблизно -71", -100)),
        (
            {"left_oblast": "poltavska", "right_oblast": "volynska"},
            "PEOPLE",
            ("45", "щонайменше 20", "приблизно -25", -56),
        ),
        (
            {"left_oblast": "volynska", "right_oblast": "poltavska"},
            "PEOPLE",
            ("щонайменше 20", "45", "приблизно +25", 125),
        ),
        ({"left_oblast": "poltavska", "right_oblast": "volynska"}, "EVENTS", ("2", "2", "0", 0)),
        ({"left_oblast": "poltavska", "right_oblast": "volynska"}, "PLACES", ("2", "1", "-1", -50)),
        ({"right_oblast": "volynska"}, "OBLASTS", ("2", "1", "-1", -50)),
        ({"left_period": "2023", "right_period": "2024"}, "MEAN", (None, "приблизно 14.20", None, None)),
        ({"left_period": "2024", "right_period": "2023"}, "MEAN", ("приблизно 14.20", None, None, None)),
    ],
)
def test_the_difference_is_by_how_much_the_right_is_more(board, query, code, row):
    found = compared(board, **query)[0][code]
    told = [
        one and one.replace(",", ".").replace("−", "-")
        for one in (found["first"], found["second"], found["difference"])
    ]
    assert (*told, found["percent"]) == row


@pytest.mark.parametrize("is_office", [False, True])
@pytest.mark.parametrize("query", [{}, {"left_period": "2024", "right_oblast": "volynska"}])
def test_both_numbers_lead_to_figures_that_say_the_same(board, is_office, query):
    rows, _answer = compared(board, is_office=is_office, **query)
    assert len(rows) == 6
    for row in rows.values():
        for number, address in (("first", "first_href"), ("second", "second_href")):
            assert ("/office/" in row[address]) == is_office
            assert board.client.get(row[address]).context["row"]["said"].endswith(row[number])


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("name", "word"),
    [("period", "1812"), ("period", "x_y"), ("oblast", "atlantyda"), ("programme", "NOBODY"), ("oblast", "\0")],
)
def test_a_choice_that_nobody_offers_is_told_and_the_other_side_stands(board, side, name, word):
    other = "right" if side == "left" else "left"
    rows, answer = compared(board, **{f"{side}_{name}": word, f"{other}_oblast": "volynska"})
    row = rows["PEOPLE"]
    assert (row["first"], row["second"]) == tuple(
        f"щонайменше {number}" for number in ((71, 20) if side == "left" else (20, 71))
    )
    assert answer.context[side].errors
    assert not answer.context[other].errors


def test_another_programme_brings_its_own_periods(board):
    other = programmes.programme(code="OTHER")
    factory.counted(other, "heads", code="VISITORS")
    quarter = factory.period(other, name="Квартал іншої")
    facts.keep(facts.told(other.pk, value=9, on=boards.MAY))
    rows, answer = compared(board, right_programme="OTHER", right_period="2024-04_2024-06")
    assert rows["PEOPLE"]["second"] == "9"
    assert quarter.name in answer.context["right_label"]
    assert other.name in answer.context["right_label"]
    # Of the left programme that is no period.
    assert compared(board, left_period="2024-04_2024-06")[1].context["left"].errors


def test_the_dashboard_leads_to_a_comparison_with_what_is_asked_on_the_left(board):
    link = get(board, "dashboard", period="2024", oblast="volynska").context["links"]["compare"]
    answer = board.client.get(link)
    assert answer.context["left_label"] == f"2024 рік, {board.far.oblast.label}"
    assert answer.context["right_label"] == "від початку програми"
    # Months that were typed are no choice of the comparison.
    assert get(board, "dashboard", since="2024-05").context["links"]["compare"].endswith("/compare/")


@pytest.fixture
def joined(board):
    """Participants of the board: one where something was, two where nothing was, one whose hromada is gone."""
    gone = places.hromada(gone_at=people.MOMENT)
    board.empty = [places.hromada(), places.hromada(oblast=board.far.oblast)]
    for hromada in (board.near, *board.empty, gone):
        organisation = people.organisation(hromada=hromada)
        Participant.objects.create(programme=board, organisation=organisation, kind="hub", since=facts.DAY)
    return board


@pytest.mark.parametrize(
    ("where", "months", "participants", "oblasts"),
    [
        ("", {}, (3, 2), (5, 2)),
        ("", {"since": "2024-06", "until": "2024-06"}, (3, 3), (5, 3)),
        ("", {"since": "2020-01", "until": "2020-01"}, (3, 3), (5, 5)),
        ("poltava", {}, (2, 1), (3, 1)),
        ("volyn", {}, (1, 1), (2, 1)),
        ("near", {}, (1, 0), (1, 0)),
        ("beside", {}, (0, 0), (1, 0)),
        ("beside", {"since": "2024-05", "until": "2024-05"}, (0, 0), (1, 1)),
        ("raion", {}, (1, 0), (2, 0)),
    ],
)
def test_places_without_anything_are_counted_and_listed_alike(joined, where, months, participants, oblasts):
    asked = {**place(joined, where), **months}
    for of, (_all, without) in (("participants", participants), ("oblasts", oblasts), ("nonsense", participants)):
        answer = get(joined, "coverage", of=of, **asked)
        counted = answer.context["counted"]
        assert (counted.participants, counted.participants_without) == participants
        assert (counted.oblasts, counted.oblasts_without) == oblasts
        assert answer.context["page"].count == len(answer.context["page"].items) == without
        codes = [one.code for one in answer.context["page"]]
        assert [row["hromada_code"] for row in file(joined, "coverage_file", of=of, **asked)] == codes
        cells = table(get(joined, "coverage_file", "csv", of=of, **asked))
        assert [cell["hromada_code"] for cell in cells] == codes
    for tab in ("participants_href", "oblasts_href"):
        opened = joined.client.get(answer.context[tab])
        assert opened.context["query"] == answer.context["query"]


def test_a_hromada_leaves_the_list_in_the_moment_something_counts_there(joined):
    assert joined.empty[0] in get(joined, "coverage").context["page"].items
    facts.keep(facts.told(joined.pk, value=1, hromada=joined.empty[0], measure="ideas"))
    assert joined.empty[0] in get(joined, "coverage").context["page"].items
    facts.keep(facts.told(joined.pk, value=1, hromada=joined.empty[0], measure="awards", kind="award"))
    assert joined.empty[0] not in get(joined, "coverage").context["page"].items
    inside(joined, is_office=True)
    assert joined.empty[0] not in get(joined, "office_coverage").context["page"].items
    assert len(file(joined, "office_coverage_file")) == 1


def test_where_everybody_was_reached_the_page_says_so(board):
    assert "Таких громад немає" in said(get(board, "coverage"))
    assert file(board, "coverage_file") == []

"""How much a page of figures asks the database: twelve times at most, whoever looks, with whatever on it."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import awards, boards, events, facts, people, places
from tests.factories import results as factory
from viche.programmes.models import Goal, Participant
from viche.results.models import Highlight, Kept

pytestmark = pytest.mark.django_db
MOST = 12
PLACES = ["", "poltava", "raion", "near"]
PAGES = [
    ("dashboard", ()),
    ("compare", ()),
    ("coverage", ()),
    ("figure", ("PEOPLE",)),
    ("figure", ("PLACES",)),
    ("figure", ("OBLASTS",)),
    ("figure", ("MEAN",)),
    ("figure", ("WOMEN",)),
    ("figure", ("TAKING",)),
    ("records", ("PEOPLE",)),
    ("records", ("PLACES",)),
    ("records", ("MEAN",)),
    ("records", ("TAKING",)),
    ("measure", ("granted.UAH",)),
    ("measure", ("applications",)),
]


@pytest.fixture
def board(client):
    """All that a dashboard can have: targets, a closed period, ratios, stories of both kinds, money, participants."""
    board = boards.board(client)
    quarter = factory.period(board, closed_at=factory.MOMENT)
    for one in (board.people, board.held):
        factory.target(one, 100)
        factory.target(one, 40, period=quarter)
        Kept.objects.create(period=quarter, indicator=one, value=9, shown=9)
    board.people.goal = Goal.objects.create(programme=board, text="Громади вирішують разом")
    board.people.save()
    factory.counted(board, "participants", code="TAKING", name="Учасників")
    factory.approved(factory.indicator(board, code="TOLD"), hromada=board.near, period=quarter)
    more(board)
    return board


def more(board):
    """Another story with its photograph, another award, another participant."""
    event = events.published(board, title="Бюджет участі", hromada=board.near)
    consent = {"has_consent": True, "consent_note": "усно", "public_from": events.AFTER.date()}
    events.photo(event, **consent)
    events.photo(event, **consent)
    events.accepted(event, total=12, cells={"f:youth": 6, "m:adult": 6})
    award = awards.closed()
    for kind, record in (("event", event.pk), ("award", award.pk)):
        Highlight.objects.create(programme=board, kind=kind, record=record, chosen_at=factory.MOMENT)
    Participant.objects.create(
        programme=board, organisation=people.organisation(hromada=places.hromada()), kind="hub", since=facts.DAY
    )


def counted(board, name, parts, **query):
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        boards.get(board, name, *parts, **query)
    return len(asked)


@pytest.mark.parametrize(("name", "parts"), PAGES)
@pytest.mark.parametrize("side", ["everybody", "officer reads the public page", "office"])
def test_a_page_asks_at_most_twelve_times_however_much_is_on_it(board, name, parts, side):
    if side != "everybody":
        board.client.force_login(board.officer)
    if side == "office":
        name = "office" if name == "dashboard" else f"office_{name}"
    asked = [{"period": "2024-04_2024-06"}, *({"period": "2024"} | boards.place(board, where) for where in PLACES)]
    few = [counted(board, name, parts, **query) for query in asked]
    assert max(few) <= MOST, few
    more(board)
    assert [counted(board, name, parts, **query) for query in asked] == few


@pytest.mark.parametrize("show", ["MEAN", "PLACES", "OBLASTS", "TAKING", "WOMEN"])
def test_whatever_is_drawn_the_office_asks_no_more(board, show):
    board.client.force_login(board.officer)
    for where in PLACES:
        assert counted(board, "office", (), show=show, **boards.place(board, where)) <= MOST


def test_two_programmes_side_by_side_are_asked_as_one(board):
    other = boards.board(board.client, code="OTHER")
    board.client.force_login(board.officer)
    query = {"left-period": "2024", "right-programme": other.code, "right-oblast": "volynska"}
    assert counted(board, "compare", (), **query) <= MOST


def test_what_people_report_has_a_page_with_and_without_its_words(board):
    told = board.indicators.get(code="TOLD")
    assert "Як рахуємо" in boards.said(boards.get(board, "figure", "TOLD"))
    told.what_counts = "Група, що зібралася двічі"
    told.save()
    assert "Група, що зібралася двічі" in boards.said(boards.get(board, "figure", "TOLD"))


def test_who_takes_part_stays_in_later_months(board):
    """A stock is counted from the beginning to the end of the months asked for, everywhere in the same way."""
    taking = board.indicators.get(code="TAKING")
    Participant.objects.all().delete()
    for number, since in enumerate((date(2024, 5, 2), date(2024, 5, 20), date(2024, 8, 1))):
        given = [({"kind": "hub"}, 1, 1)]
        facts.keep(
            facts.told(
                board.pk,
                on=since,
                value=1,
                measure="participants",
                hromada=board.near,
                parts=given,
                record=900 + number,
            )
        )
    later = factory.period(board, since=date(2024, 7, 1))
    for months, number in (("05", 2), ("06", 2), ("07", 2), ("08", 3), ("04", 0)):
        query = {"since": f"2024-{months}", "until": f"2024-{months}"}
        found = boards.get(board, "figure", "TAKING", **query).context
        assert found["found"].counted.value == number
        assert sum(place.value for place, _said, _asks in found["places"] if not place.is_inner) == number
        listed = boards.get(board, "records", "TAKING", **query).context
        assert listed["page"].count == number
        assert sum(row["value"] for row in boards.file(board, "records_file", "TAKING", **query)) == number
    steps = boards.get(board, "figure", "TAKING", period="2024").context["trend"]
    assert [step["value"] for step in steps][3:8] == [0, 2, 2, 2, 3]
    rows = {
        period: row["counted"].value
        for period, row, _asks in boards.get(board, "figure", taking.code).context["periods"]
    }
    assert rows[later] == 3
    assert rows[board.periods.get(starts_on=date(2024, 4, 1))] == 2
    assert "на кінець" in boards.said(boards.get(board, "figure", "TAKING"))


def test_stories_are_those_of_the_months_and_the_place_asked_for(board):
    [event, award] = boards.get(board, "dashboard").context["stories"]
    assert (event.photo.event.code, award.photo) == (event.path.rstrip("/").rpartition("/")[2], None)
    month = {"since": f"{event.on:%Y-%m}", "until": f"{event.on:%Y-%m}"}
    assert event in boards.get(board, "dashboard", **month).context["stories"]
    assert boards.get(board, "dashboard", since="2020-01", until="2020-02").context["stories"] == []
    for where in ("poltava", "raion", "near"):
        assert event in boards.get(board, "dashboard", **boards.place(board, where)).context["stories"]
    for where in ("beside", "volyn"):
        assert event not in boards.get(board, "dashboard", **boards.place(board, where)).context["stories"]


def test_a_part_that_is_not_of_the_figure_is_said_so_with_the_way_back(board):
    for split in ("sex:m", "sex:nobody", "age:x sex:m", "nonsense"):
        answer = boards.get(board, "records", "WOMEN", status=404, split=split)
        assert "Такої складової в цьому показнику немає" in boards.said(answer)
        assert f'href="/programmes/{board.code}/figures/WOMEN/records/"' in boards.said(answer)
        boards.get(board, "records_file", "WOMEN", "json", status=404, split=split)
    assert boards.get(board, "records", "WOMEN", split="sex:f").context["page"].count


def test_an_oblast_in_which_the_programme_does_not_work_is_none_of_its_own(board):
    other = places.oblast(name="Сумська")
    places.hromada(oblast=other)
    answer = boards.get(board, "coverage", oblast=other.slug, of="oblasts")
    assert (answer.context["counted"].oblasts, answer.context["page"].count) == (0, 0)
    assert "Тут програма не працює" in boards.said(answer)


def test_what_is_embedded_is_the_number_of_the_page(board):
    asked = {"period": "2024-04_2024-06", "oblast": board.far.oblast.slug}
    said = boards.said(boards.get(board, "figure", "EVENTS", **asked)).replace("&amp;", "&").replace("&amp;", "&")
    query = f"?period=2024-04_2024-06&oblast={board.far.oblast.slug}"
    for name in ("embed", "embed_badge", "embed_json"):
        assert f"{reverse(f'results:{name}', args=[board.code, 'EVENTS'])}{query}" in said
    plain = boards.get(board, "embed_json", "EVENTS", **asked).json()
    number = boards.get(board, "figure", "EVENTS", **asked).context["found"].counted.value
    assert (plain["value"], plain["place"]) == (number, board.far.oblast.label)
    assert plain["url"].endswith(f"/figures/EVENTS/{query}")
    framed = boards.said(boards.get(board, "embed", "EVENTS", **asked))
    assert board.far.oblast.label in framed
    assert (plain["text"], number) == ("2 ініціативи", 2)


def test_units_go_with_their_numbers(board):
    board.held.unit = "заходів"
    board.held.save()
    july = boards.get(board, "records", "EVENTS", since="2024-07", until="2024-07")
    assert july.context["unit"] == "захід"
    award = awards.closed()
    award.programme.client = board.client
    submitted = {"measure": "applications", "kind": "application", "record": award.application.pk}
    facts.keep(facts.told(award.programme.pk, value=1, **submitted))
    listed = boards.get(award.programme, "measure", "applications")
    call = award.application.call
    assert [row.address for row, _said in listed.context["rows"]] == [call.get_absolute_url()]
    assert call.called in boards.said(listed)
    assert award.application.organisation.name not in boards.said(listed)
    assert boards.get(board, "measure", "applications").context["unit"] in {"заявка", "заявки", "заявок"}

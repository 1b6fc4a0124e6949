"""Indicators that count people once: never added up over months and places, told to everybody in fives, opened down to events."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import events, places, programmes, seats
from tests.factories import results as factory
from viche.events.operations import registering, reporting
from viche.facts.queries.figures import Asked
from viche.methods.refusals import Refused
from viche.results.choices import How, IndicatorKind
from viche.results.operations import indicators, periods
from viche.results.queries import asking, board, harvest, opened, printing, records, trends
from viche.results.queries import places as by_place

pytestmark = pytest.mark.django_db
ON = date(2024, 7, 1)
# Who comes when and where: seven in March, the same seven with five others in April elsewhere, three of all in May.
COMING = ((-60, 0, range(7)), (-30, 1, range(12)), (0, 1, range(3)))


def meeting(programme, hromada, days, people):
    """An event to which these people came; its report is accepted."""
    starts = events.STARTS + timedelta(days=days)
    when = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    event = events.with_seats(99, programme=programme, hromada=hromada, oblast=hromada.oblast, **when)
    for number in people:
        one = seats.registered(event, email=f"p{number}@example.org")
        registering.come(one, came=True, by=event.author, at=starts)
    return events.accepted(event, total=40, cells={})


@pytest.fixture
def programme():
    made = programmes.programme(code="ONCE")
    made.towns = [places.hromada(oblast=places.oblast(name=name)) for name in ("Сумська", "Полтавська")]
    made.reports = [meeting(made, made.towns[town], days, who) for days, town, who in COMING]
    return made


@pytest.fixture
def once(programme):
    return factory.counted(programme, "attended", how=How.ONCE, code="PERSONS")


def value(one, *, is_office, **asked):
    when = {"since": date(2024, 1, 1), "until": date(2024, 12, 31), **asked}
    return board.values([one], Asked(one.programme_id, **when), is_office=is_office)[one.pk][0]


def chosen(programme):
    return asking.Chosen(asking.programme(programme.code), asking.When(), asking.Where())


def test_who_comes_often_is_counted_once_and_attendances_are_not_passed_off_as_people(programme, once):
    visits = factory.counted(programme, "attended", code="VISITS")
    assert (value(once, is_office=True), value(visits, is_office=True)) == (12, 22)
    assert value(once, is_office=False) == 10


@pytest.mark.parametrize(
    ("since", "until", "office", "everybody"),
    [(3, 3, 7, 5), (4, 4, 12, 10), (5, 5, 3, 0), (3, 4, 12, 10), (3, 5, 12, 10)],
)
def test_once_in_whatever_months_are_asked_for(once, since, until, office, everybody):
    months = {"since": date(2024, since, 1), "until": date(2024, until, 28)}
    assert (value(once, is_office=True, **months), value(once, is_office=False, **months)) == (office, everybody)


def test_once_in_each_place_and_no_sum_of_places(programme, once):
    asked = Asked.ever(programme.pk)
    first, second = programme.towns
    assert by_place.by_oblast(once, asked, is_office=True) == {first.oblast_id: 7, second.oblast_id: 12}
    assert by_place.by_hromada(once, asked, is_office=False) == {first.pk: 5, second.pk: 10}
    assert value(once, is_office=True, oblast=first.oblast_id) == 7
    assert value(once, is_office=True, hromadas=(first.pk, second.pk)) == 12
    oblasts, found = [first.oblast, second.oblast], by_place.by_oblast(once, asked, is_office=True)
    found = by_place.of(once, chosen(programme), oblasts, found, value=Decimal(12))
    assert [place.value for place in found] == [7, 12]  # and no "rest" that would be less than nothing


def test_a_raion_is_no_sum_of_its_hromadas(programme, once):
    oblast = programme.towns[0].oblast
    beside = places.hromada(oblast=oblast)
    meeting(programme, beside, -10, range(2))
    type(beside).objects.filter(oblast=oblast).update(raion=places.raion(oblast=oblast))
    asked = asking.Chosen(asking.programme(programme.code), asking.When(), asking.Where(oblast))
    found = by_place.found(once, asked, is_office=True)
    rows = by_place.of(once, asked, [oblast], found, value=Decimal(7))
    assert sorted(row.value or 0 for row in rows) == [0, 2, 7]  # and the raion has no number of its own


def test_trends_and_periods_are_counted_each_for_itself(programme, once):
    quarters = [factory.period(programme, since=date(2024, month, 1)) for month in (1, 4)]
    steps = trends.values(once, Asked.ever(programme.pk), ["2024-03", "2024-04", "2024Q2", "2024"], is_office=True)
    assert steps == {"2024-03": 7, "2024-04": 12, "2024Q2": 12, "2024": 12}
    figure = opened.figure(once, chosen(programme), quarters, is_office=True, on=ON)
    assert [counted.value for _period, counted in figure.by_period] == [7, 12]
    assert figure.counted.value == 12
    assert figure.dimensions == []


def test_a_report_that_is_taken_back_takes_only_who_came_to_nothing_else(programme, once):
    reporting.reopen(programme.reports[1], remark="Ще раз.", by=programmes.officer(programme), at=events.AFTER)
    assert value(once, is_office=True) == 7


def test_rows_of_records_add_up_to_the_figure_on_both_sides(programme, once, client):
    (told,) = printing.figures(programme, on=ON)
    assert (told["actual"], told["is_complete"], told["splits"]) == (10, False, {})
    rows = client.get("/programmes/ONCE/figures/PERSONS/records.json").json()
    assert [(row["code"], row["value"]) for row in rows] == [("2024-03", 5), ("2024-04", 5)]
    client.force_login(programmes.officer(programme))
    rows = client.get("/office/ONCE/figures/PERSONS/records.json").json()
    assert [(row["date"], row["value"]) for row in rows] == [("2024-03-01", 7), ("2024-04-01", 5)]
    rows = client.get("/office/ONCE/figures/PERSONS/records.json?since=2024-04&until=2024-05").json()
    assert [row["value"] for row in rows] == [12]


def test_a_month_opens_its_events_and_an_event_its_people_for_who_may_see_them(programme, once, client):
    page = client.get("/programmes/ONCE/figures/PERSONS/records/").content.decode()
    assert "щонайменше 10" in page
    assert "повними п’ятірками" in page
    address = "/programmes/ONCE/results/of/attended/?since=2024-04&amp;until=2024-04"
    assert address in page
    april = client.get(address.replace("&amp;", "&")).content.decode()
    assert programme.reports[1].event.code in april
    assert programme.reports[0].event.code not in april
    client.force_login(programmes.officer(programme))
    page = client.get("/office/ONCE/figures/PERSONS/records/").content.decode()
    assert "щонайменше" not in page
    assert "/office/ONCE/results/of/attended/" in page


def test_nobody_at_all_is_said_to_be_nobody(once, client):
    assert value(once, is_office=False, since=date(2023, 1, 1), until=date(2023, 12, 31)) == 0
    page = client.get("/programmes/ONCE/figures/PERSONS/records/?since=2023-01&until=2023-12").content.decode()
    assert "Записів ще немає" in page
    assert "щонайменше" not in page


def test_open_data_tell_the_same(programme, once):
    (found,) = harvest.came_to([once]).values()
    assert found == (10, False)


def test_few_people_are_told_to_nobody_whatever_two_answers_are_subtracted(programme, once):
    """Every answer that everybody gets is a whole number of fives: none says that there was one person more."""
    asked = Asked.ever(programme.pk)
    answers = [found.value for month in range(1, 8) for found in _answers(once, asked, month)]
    assert {answer % 5 for answer in answers} == {0}


def _answers(one, asked, month):
    months = asked.at(date(2024, 1, 1), date(2024, month, 1))
    return records.newcomers(records.of_indicator(one), months, is_office=False)


def test_ratios_use_it_as_any_number(programme, once):
    visits = factory.counted(programme, "attended", code="VISITS")
    often = factory.ratio(visits, once, code="OFTEN")
    assert value(often, is_office=True) == Decimal("1.83")


def test_a_closed_period_keeps_it(programme, once):
    period = factory.period(programme)
    periods.close(period, by=programmes.officer(programme), at=factory.MOMENT)
    kept = once.kept.get()
    assert (kept.value, kept.shown) == (12, 10)


@pytest.mark.parametrize(("measure", "split"), [("heads", ""), ("events", ""), ("heads", "sex:f")])
def test_heads_never_pretend_to_be_different_people(programme, measure, split):
    with pytest.raises(Refused) as no:
        indicators.define(
            programme,
            kind=IndicatorKind.COUNTED,
            code="NO",
            name="Різних людей",
            unit="людей",
            measure=measure,
            split=split,
            how=How.ONCE,
            by=programmes.officer(programme),
            at=factory.MOMENT,
        )
    assert no.value.field == "how"


def test_the_sheet_says_that_people_are_counted_once(programme, client):
    made = indicators.define(
        programme,
        kind=IndicatorKind.COUNTED,
        code="PERSONS",
        name="Різних людей прийшло",
        unit="людей",
        measure="attended",
        how=How.ONCE,
        by=programmes.officer(programme),
        at=factory.MOMENT,
    )
    page = client.get(made.get_absolute_url()).content.decode()
    assert "скільки різних людей" in page
    assert "Впізнаємо її за обліковим записом або поштою" in page
    assert "щонайменше 10" in page

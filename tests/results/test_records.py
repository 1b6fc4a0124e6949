"""Figures open down to their records, and the records add up to them: in pages and in files, by everybody and by the office."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import awards, events, facts, places, programmes
from tests.factories import results as factory
from viche.facts import operations as ledger
from viche.programmes.models import Participant
from viche.programmes.queries import figures as participants

pytestmark = pytest.mark.django_db
MOST = 12


def get(client, programme, name, *parts, status=200, **query):
    answer = client.get(reverse(f"results:{name}", args=[programme.code, *parts]), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def listed(client, programme, name, *parts, **query):
    return get(client, programme, name, *parts, "json", **query).json()


def total(rows):
    return sum(row["value"] or 0 for row in rows)


@pytest.fixture
def held():
    """A programme with two accepted reports: one of twelve people, one of three, which is too few to be told."""
    programme = programmes.programme(code="PULSE")
    programme.many = events.accepted(
        events.published(programme, title="Бюджет участі"), total=12, cells={"f:youth": 6, "m:adult": 6}
    ).event
    programme.few = events.accepted(events.published(programme, title="Мала зустріч")).event
    programme.people = factory.counted(programme, "heads", code="PEOPLE", name="Людей прийшло")
    factory.counted(programme, "heads", code="WOMEN", split="sex:f", name="Жінок")
    factory.counted(programme, code="PLACES", how="hromadas", name="Громад")
    factory.counted(programme, code="OBLASTS", how="oblasts", name="Областей")
    held = factory.counted(programme, code="HELD", name="Заходів")
    factory.ratio(programme.people, held, code="MEAN", name="Людей на захід", times=1)
    programme.officer = programmes.officer(programme)
    return programme


def test_each_record_stands_with_what_it_is_where_and_how_it_is_proved(client, held):
    events.photo(held.many)
    answer = get(client, held, "records", "PEOPLE")
    said = answer.content.decode()
    assert f"/events/{held.many.code}/#outcome" in said
    assert held.many.hromada.label in said
    assert "менше 5" in said
    rows = {row.described.code: row for row, _said in answer.context["rows"]}
    assert [rows[one.code].value for one in (held.many, held.few)] == [12, None]
    # A photograph that nobody has agreed to show is the office's alone.
    assert rows[held.many.code].evidence == 1
    client.force_login(held.officer)
    rows = {row.described.code: row for row, _said in get(client, held, "office_records", "PEOPLE").context["rows"]}
    assert [(rows[one.code].value, rows[one.code].evidence) for one in (held.many, held.few)] == [(12, 2), (3, 1)]


@pytest.mark.parametrize("code", ["PEOPLE", "WOMEN", "PLACES", "OBLASTS", "HELD"])
def test_the_rows_add_up_to_the_figure_on_both_sides(client, held, code):
    figure = {row["code"]: row for row in listed(client, held, "dashboard_file")}[code]
    assert total(listed(client, held, "records_file", code)) == figure["actual"]
    client.force_login(held.officer)
    figure = {row["code"]: row for row in listed(client, held, "office_file")}[code]
    assert total(listed(client, held, "office_records_file", code)) == figure["actual"]


def test_a_part_of_a_figure_opens_its_own_records(client, held):
    said = get(client, held, "figure", "PEOPLE").content.decode()
    assert "records/?split=sex%3Af" in said
    answer = get(client, held, "records", "PEOPLE", split="sex:f")
    assert answer.context["value"] == "щонайменше 6"
    assert "жінки" in answer.content.decode()
    assert "не показуємо" in answer.content.decode()
    assert total(listed(client, held, "records_file", "PEOPLE", split="sex:f")) == 6
    for wrong in ("sex:q", "mood:good", "sex", "sex:m sex:f"):
        get(client, held, "records", "PEOPLE", split=wrong, status=404)
    get(client, held, "records", "PLACES", split="format:seminar", status=404)


def test_places_are_rows_that_count_as_one_and_open_their_records(client, held):
    answer = get(client, held, "records", "PLACES")
    assert answer.context["page"].count == 2
    _place, address = answer.context["rows"][0]
    assert client.get(address).context["page"].count == 1
    oblasts = get(client, held, "records", "OBLASTS")
    assert [place.label for place, _address in oblasts.context["rows"]] == ["Полтавська область"]
    row = listed(client, held, "records_file", "OBLASTS")[0]
    assert (row["oblast"], row["hromada"], row["value"]) == ("Полтавська область", "", 1)


def test_a_ratio_opens_the_two_figures_it_is_reckoned_from(client, held):
    said = get(client, held, "figure", "MEAN").content.decode()
    assert "/figures/PEOPLE/" in said
    assert "/figures/HELD/" in said
    own, *parts = listed(client, held, "records_file", "MEAN")
    assert (own["code"], [row["code"] for row in parts]) == ("MEAN", ["PEOPLE", "HELD"])
    assert get(client, held, "records", "MEAN").context["row"]["said"] == "приблизно 6"
    nothing = get(client, held, "figure", "MEAN", since="2020-01", until="2020-01").content.decode()
    assert "Знаменник дорівнює нулю" in nothing


def test_the_files_are_tables_too_and_the_address_without_its_end_leads_there(client, held):
    rows = list(
        csv.DictReader(io.StringIO(get(client, held, "records_file", "PEOPLE", "csv").content.decode("utf-8-sig")))
    )
    assert {row["value"] for row in rows} == {"12", ""}
    assert get(client, held, "records_file", "PEOPLE", "xlsx").content.startswith(b"PK")
    get(client, held, "records_file", "PEOPLE", "pdf", status=404)
    assert client.get(f"/programmes/{held.code}/figures/PEOPLE/records").status_code == 301


def test_drilling_goes_from_the_oblast_to_the_hromada_and_keeps_the_months(client, held):
    asked = {"since": "2024-05", "until": "2024-05"}
    answer = get(client, held, "figure", "PEOPLE", **asked)
    [(place, said, asks)] = [row for row in answer.context["places"] if row[0].asks]
    assert (place.label, said) == ("Полтавська область", "12")
    assert "since=2024-05&until=2024-05&oblast=poltavska" in asks
    inside = get(client, held, "figure", "PEOPLE", **asked, oblast="poltavska").context["places"]
    assert [row[0].is_inner for row in inside] == [False, True, False, True]
    hromada = next(row for row in inside if row[0].label == held.many.hromada.label)
    assert f"hromada={held.many.hromada.slug}" in hromada[2]
    raion = get(client, held, "figure", "PEOPLE", **asked, raion=held.many.hromada.raion.code)
    assert [row[0].label for row in raion.context["places"]] == [held.many.hromada.label]
    last = get(client, held, "figure", "PEOPLE", **asked, hromada=held.many.hromada.slug)
    assert last.context["places"] == []
    assert last.context["records"].endswith(f"hromada={held.many.hromada.slug}")
    for code in ("WOMEN", "PLACES", "OBLASTS", "MEAN"):
        get(client, held, "figure", code, oblast="poltavska")
        get(client, held, "figure", code, hromada=held.many.hromada.slug)


def test_what_lies_in_no_place_is_told_so_that_places_add_up(client):
    programme = programmes.programme()
    factory.counted(programme, "heads", code="PEOPLE")
    facts.keep(facts.told(programme.pk, value=10, hromada=places.hromada()), facts.told(programme.pk, value=7))
    rows = get(client, programme, "figure", "PEOPLE").context["places"]
    assert [(place.label, place.value, bool(asks)) for place, _said, asks in rows] == [
        ("Полтавська область", 10, True),
        ("В жодній області: онлайн або за кордоном", 7, False),
    ]


def test_a_figure_goes_through_its_periods_and_months(client, held):
    period = factory.period(held)
    factory.target(held.people, 10, period=period)
    answer = get(client, held, "figure", "PEOPLE")
    [(shown, row, asks)] = answer.context["periods"]
    assert (shown, row["counted"].value, row["counted"].percent, asks) == (period, 12, 120, "?period=2024-04_2024-06")
    assert sum(step["value"] for step in answer.context["trend"]) == 12
    for code, value in (("PLACES", 2), ("OBLASTS", 1), ("MEAN", 6)):
        assert get(client, held, "figure", code).context["periods"][0][1]["counted"].value == value
    factory.period(held, since=date(2024, 2, 1), until=date(2024, 3, 31))
    assert get(client, held, "figure", "PLACES").context["periods"][1][1]["counted"].value == 2
    steps = get(client, held, "figure", "PEOPLE", since="2024-05", until="2024-06").context["trend"]
    assert [(step["label"], step["value"]) for step in steps] == [("травень 2024", 12), ("червень 2024", 0)]


def test_hromadas_of_a_part_are_counted_from_the_facts_themselves(client, held):
    factory.counted(held, "heads", code="WHERE", split="sex:f", how="hromadas")
    factory.period(held)
    answer = get(client, held, "figure", "WHERE")
    assert answer.context["row"]["said"] == "2"
    assert answer.context["periods"][0][1]["counted"].value == 2
    assert [place.value for place, _said, _asks in answer.context["places"]] == [2]
    assert answer.context["trend"] == []
    assert total(listed(client, held, "records_file", "WHERE", oblast="poltavska")) == 2


def test_a_long_programme_is_told_by_quarters_and_a_very_long_one_by_years(client):
    for years, labels in ((3, "1 кв. 2021"), (9, "2015")):
        programme = programmes.programme(starts_on=date(2024 - years, 1, 1))
        factory.counted(programme, "heads", code="PEOPLE")
        facts.keep(facts.told(programme.pk, value=10, hromada=places.hromada()))
        steps = get(client, programme, "figure", "PEOPLE").context["trend"]
        assert labels in {step["label"] for step in steps}
        assert sum(step["value"] for step in steps) == 10


def test_reported_values_are_records_of_their_own_with_the_evidence_counted_for_the_office(client):
    one = factory.indicator(code="OWN", parts=factory.PARTS)
    places_of_it = factory.indicator(one.programme, code="WHERE", how="hromadas")
    factory.approved(one, 10, parts={"women": "7"}, hromada=places.hromada())
    factory.approved(places_of_it, 3, hromada=places.hromada())
    programme = one.programme
    assert total(listed(client, programme, "records_file", "OWN")) == 10
    assert total(listed(client, programme, "records_file", "OWN", split="part:women")) == 7
    [(_place, address)] = get(client, programme, "records", "WHERE").context["rows"]
    assert client.get(address).context["page"].count == 1
    for wrong in ("own.x", f"own.{10**17}", "own.", f"own.{one.pk}"):
        get(client, programme, "measure", wrong, split="no:part", status=404)
    client.force_login(programmes.officer(programme))
    [(row, _said)] = get(client, programme, "office_records", "OWN").context["rows"]
    assert (row.evidence, row.what) == (1, "поданий показник")


def test_awards_payments_and_participants_name_their_organisations(client):
    award = awards.closed()
    programme = award.programme
    client.force_login(programmes.officer(programme))
    for measure in ("awards", "paid.UAH", "closed", "spent.UAH"):
        rows = get(client, programme, "measure", measure).context["rows"]
        assert {row.described.code for row, _said in rows} == {award.code}, measure
        assert get(client, programme, "office_measure", measure).context["rows"][0][0].address.startswith("/office/")
    one = Participant.objects.create(programme=programme, organisation=award.organisation, kind="hub", since=facts.DAY)
    ledger.keep(participants.SOURCE.of([one.pk], programme=programme.pk))
    rows = listed(client, programme, "measure_file", "participants")
    assert award.organisation.name in rows[0]["title"]
    assert listed(client, programme, "office_measure_file", "participants", split="kind:hub")
    get(client, programme, "measure", "participants", split="kind:nobody", status=404)
    get(client, programme, "measure_file", "nothing", "json", status=404)


def test_lists_ask_the_same_however_long_they_are(client, held):
    def asked(name, *parts, **query):
        with CaptureQueriesContext(connection) as queries:
            get(client, held, name, *parts, **query)
        return len(queries)

    pages = [
        ("records", "PEOPLE"),
        ("records", "PLACES"),
        ("figure", "PEOPLE"),
        ("figure", "MEAN"),
        ("measure", "heads"),
    ]
    pages += [("coverage",), ("compare",)]
    few = {page: asked(*page) for page in pages}
    for _time in range(3):
        events.accepted(events.published(held, title="Ще один"), total=12)
    assert {page: asked(*page) for page in pages if asked(*page) > few[page] or asked(*page) > MOST} == {}

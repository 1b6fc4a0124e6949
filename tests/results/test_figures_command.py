"""`viche figures` prints what the public dashboard shows, and the records behind add up to it."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tests.factories import awards, events, places, programmes
from tests.factories import results as factory
from viche.config.cli import figures
from viche.config.cli.speaking import Stop
from viche.facts import operations
from viche.results.queries import printing
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """A programme with something of everything that is counted, reported and reckoned."""
    made = programmes.programme(code="SHOWN")
    for total, cells in ((9, {"f:youth": 6, "m:x": 3}), (40, {"f:adult": 25, "m:adult": 15}), (3, {"f:x": 3})):
        events.accepted(events.published(made), total=total, cells=cells)
    award = awards.active(made)
    awards.pay(award, 1)
    operations.mend(SOURCES)
    heads, held = factory.counted(made, "heads", code="H1"), factory.counted(made, "events", code="E1")
    factory.counted(made, "heads", code="H2", split="sex:f")
    factory.counted(made, "paid.UAH", code="M1")
    factory.counted(made, "events", code="O1", how="oblasts")
    factory.counted(made, "events", code="G1", how="hromadas")
    own = factory.indicator(made, code="OWN", parts=factory.PARTS, are_people=True)
    factory.approved(own, 20, parts={"women": "12"}, hromada=places.hromada())
    factory.approved(own, 3)
    factory.ratio(heads, held, code="R1")
    factory.counted(made, "ideas", code="SECRET", is_public=False)
    factory.target(heads, 100)
    return made


def printed(capsys, *arguments):
    assert figures.run(list(arguments)) == 0
    return capsys.readouterr().out


def test_the_rows_at_every_address_add_up_to_the_figure(programme, client, capsys):
    found = json.loads(printed(capsys, "shown", "--json"))
    assert {one["code"] for one in found} == {"H1", "H2", "E1", "M1", "O1", "G1", "OWN", "R1"}
    for one in found:
        assert one["records_url"].startswith(f"{settings.SITE_ADDRESS}/programmes/SHOWN/figures/{one['code']}/records")
        path = one["records_url"].removeprefix(settings.SITE_ADDRESS)
        assert client.get(f"{path}/").status_code == 200
        rows = client.get(f"{path}.json").json()
        assert sum(Decimal(str(row["value"] or 0)) for row in rows) == Decimal(str(one["actual"])), one["code"]


def test_a_ratio_tells_the_two_numbers_that_it_is_made_of(programme, client):
    whole, over, under = client.get("/programmes/SHOWN/figures/R1/records.json").json()
    assert (whole["code"], over["code"], under["code"]) == ("R1", "H1", "E1")
    assert whole["value"] == pytest.approx(over["reckoned_from"] / under["reckoned_from"], abs=0.01)
    assert (over["value"], under["value"], whole["reckoned_from"]) == (None, None, None)


def test_a_number_says_whether_few_people_are_left_out_of_it(programme, client):
    found = {one["code"]: one for one in printing.figures(programme, on=date(2024, 7, 1))}
    told = {code: one["is_complete"] for code, one in found.items()}
    # Three people at an event and three in a reported value are told to nobody; places, events and money are whole.
    assert told == {
        "H1": False,
        "H2": False,
        "OWN": False,
        "R1": False,
        "E1": True,
        "M1": True,
        "O1": True,
        "G1": True,
    }
    assert "x" in found["H1"]["incomplete_splits"]["age"]
    assert found["E1"]["incomplete_splits"] == {}
    rows = {row["code"]: row["is_complete"] for row in client.get("/programmes/SHOWN/results.json").json()}
    assert rows == told
    rows = {row["code"]: row["is_complete"] for row in client.get("/open/indicators.json").json()}
    assert rows == told
    rows = {row["code"]: row["is_complete"] for row in client.get("/api/v1/indicators?programme=SHOWN").json()["items"]}
    assert rows == told
    assert ",false," in client.get("/programmes/SHOWN/results.csv").getvalue().decode()
    page = client.get("/programmes/SHOWN/figures/R1/").content.decode()
    assert "приблизно" in page


def test_the_office_misses_nothing(programme, client):
    client.force_login(programmes.officer(programme))
    rows = client.get("/office/SHOWN/results.json").json()
    assert {row["is_complete"] for row in rows} == {True}


def test_the_dashboard_shows_the_same(programme, client, capsys):
    found = {one["code"]: one for one in json.loads(printed(capsys, "SHOWN", "--json"))}
    rows = {row["code"]: row for row in client.get("/programmes/SHOWN/results.json").json()}
    assert set(rows) == set(found)
    for code, row in rows.items():
        assert (row["actual"], row["target"]) == (found[code]["actual"], found[code]["target"]), code


def test_few_people_are_told_to_nobody(programme):
    found = {one["code"]: one for one in printing.figures(programme, on=date(2024, 7, 1))}
    assert (found["H1"]["actual"], found["H1"]["target"], found["OWN"]["actual"]) == (49, 100, 20)
    assert found["OWN"]["splits"] == {"part": {"women": 12}}
    assert found["H1"]["splits"]["age"]["adult"] == 40
    assert found["O1"]["actual"]
    assert found["G1"]["actual"]


def test_people_read_a_table(programme, capsys):
    out = printed(capsys, "SHOWN")
    assert "H1" in out.splitlines()[1]
    assert "100" in out
    assert "SECRET" not in out
    # Groups too few to be told are left out of some numbers; a ratio of such is near the true one.
    lines = {line.split()[0]: line for line in out.splitlines() if line[0] != " "}
    assert "≥\u00a049" in lines["H1"]
    assert "≈\u00a0" in lines["R1"]
    assert not {"≥", "≈"} & set(lines["E1"])
    assert "adult 40" in out


def test_a_programme_without_figures_and_one_that_is_not_there_are_told_in_a_sentence(capsys):
    programmes.programme(code="EMPTY")
    assert "ще немає" in printed(capsys, "EMPTY")
    assert json.loads(printed(capsys, "EMPTY", "--json")) == []
    with pytest.raises(Stop) as no:
        figures.run(["NOWHERE"])
    assert (no.value.code, "NOWHERE" in str(no.value)) == (2, True)


def test_numbers_are_plain():
    assert printing.plain(None) is None
    assert figures._said(1200.5) == "1\u00a0200,5"

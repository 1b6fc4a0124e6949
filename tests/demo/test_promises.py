"""What the shipped demonstration promised and proves: its figures are those of the sources, and its ledger agrees with its records."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT
from viche.demo import shipped

pytestmark = pytest.mark.sqlite
# Read in a process of its own, which has the demonstration for its database.
READ = """
import json, sys
from datetime import date
from decimal import Decimal
from viche.config.cli.journal import choose_installation
from viche.config.cli.speaking import start_django
choose_installation()
start_django()
from django.conf import settings
from django.test import Client
from viche.facts.queries import recounting
from viche.facts.queries.figures import Asked
from viche.programmes.models import Programme
from viche.results.queries import board, harvest, printing
from viche.results.queries.sources import SOURCES

def plain(number):
    return None if number is None else float(number)

told = {"figures": {}, "periods": {}, "aims": {}}
for programme in Programme.objects.filter(code__in=["HUBS", "FUND"]):
    own = list(board.of_programme(programme, is_office=False))
    shown = board.counted(own, Asked.ever(programme.pk), is_office=False, on=date(2026, 11, 1))
    office = board.counted(own, Asked.ever(programme.pk), is_office=True, on=date(2026, 11, 1))
    told["figures"][programme.code] = {one.indicator.code: plain(one.value) for one in shown}
    told["aims"][programme.code] = {one.indicator.code: [plain(one.target), one.percent] for one in office}
    for period in board.periods(programme):
        asked = Asked(programme.pk, period.starts_on, period.ends_on)
        rows = board.counted(own, asked, is_office=True, on=date(2026, 11, 1), period=period)
        told["periods"][period.name] = [
            period.is_closed,
            {one.indicator.code: [plain(one.kept), plain(one.value)] for one in rows if one.is_corrected},
            {one.indicator.code: plain(one.value) for one in rows},
        ]
every = list(harvest.indicators())
reached = harvest.came_to(every)
told["together"] = {f"{one.programme.code} {one.code}": plain(reached[one.pk].value) for one in every}
client, told["rows"] = Client(SERVER_NAME="localhost"), {}
for programme in Programme.objects.filter(is_public=True):
    for one in printing.figures(programme, on=date(2026, 11, 1)):
        answer = client.get(one["records_url"].removeprefix(settings.SITE_ADDRESS) + ".json")
        rows = json.loads(answer.getvalue())
        told["rows"][f"{programme.code} {one['code']}"] = [one["actual"], sum(Decimal(str(row["value"] or 0)) for row in rows)]
verdict = recounting.compare(SOURCES)
told["recount"] = [verdict.facts, verdict.sums, str(verdict.difference)]
json.dump(told, sys.stdout, default=float)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    var = tmp_path_factory.mktemp("promises")
    shipped.unpack(var)
    (var / shipped.KEY).write_text(shipped.JOURNAL_KEY)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "VICHE_VAR": str(var)}
    read = subprocess.run(
        [sys.executable, "-P", "-c", READ], env=environment, capture_output=True, text=True, check=False
    )
    assert read.returncode == 0, read.stderr
    return json.loads(read.stdout)


@pytest.mark.parametrize(
    ("programme", "code", "number"),
    [
        ("HUBS", "HUBS", 70),
        ("HUBS", "CLUBS", 24),
        ("HUBS", "HROMADAS", 70),
        ("HUBS", "OBLASTS", 24),
        ("HUBS", "PRESS", 348),
        ("HUBS", "GROUPS", 60),
        ("FUND", "INTERNS", 25),
    ],
)
def test_it_comes_to_what_its_source_tells(told, programme, code, number):
    assert told["figures"][programme][code] == number


@pytest.mark.parametrize(("code", "least"), [("PEOPLE", 6000), ("EVENTS", 300), ("WOMEN", 3000), ("CLUBPEOPLE", 600)])
def test_it_comes_to_at_least_as_much_as_its_source_tells(told, code, least):
    assert told["figures"]["HUBS"][code] >= least


@pytest.mark.parametrize("number", [19, 5])
def test_the_fund_tells_its_applications_and_its_projects(told, number):
    assert number in told["figures"]["FUND"].values()


def test_an_average_is_reckoned_from_what_is_shown(told):
    hubs = told["figures"]["HUBS"]
    assert hubs["AVERAGE"] == pytest.approx(hubs["PEOPLE"] / hubs["EVENTS"], rel=0.01)


def test_the_rows_of_every_figure_add_up_to_it(told):
    assert len(told["rows"]) > 15
    assert {name: pair for name, pair in told["rows"].items() if pair[0] != pair[1]} == {}


def test_every_promise_is_measured(told):
    aims = {code: told["aims"][programme][code] for programme in ("HUBS", "FUND") for code in told["aims"][programme]}
    assert {code for code, (target, percent) in aims.items() if target and percent is None} == set()
    assert aims["HUBS"] == [70, 100]
    assert aims["PRESS"] == [340, 102]


def test_three_quarters_are_closed_and_the_fourth_goes_on(told):
    assert [is_closed for is_closed, _corrected, _rows in told["periods"].values()] == [True, True, True, False]


def test_what_was_corrected_after_its_quarter_had_closed_is_shown(told):
    corrected = {name: rows for name, (_closed, rows, _all) in told["periods"].items() if rows}
    assert list(corrected) == ["IV квартал 2025"]
    (rows,) = corrected.values()
    assert {"PEOPLE", "WOMEN"} <= set(rows)
    for code in ("PEOPLE", "WOMEN"):
        kept, now = rows[code]
        assert now - kept == 2
    assert "EVENTS" not in rows


def test_quarters_add_up_to_the_whole(told):
    for code in ("EVENTS", "PRESS", "GROUPS"):
        quarters = sum(rows.get(code) or 0 for _closed, _corrected, rows in told["periods"].values())
        assert quarters == told["figures"]["HUBS"][code], code


def test_open_data_tell_the_same_numbers(told):
    pages = {f"{programme} {code}": n for programme, rows in told["figures"].items() for code, n in rows.items()}
    assert {name: told["together"][name] for name in pages} == pages


def test_its_ledger_agrees_with_its_records(told):
    facts, sums, difference = told["recount"]
    assert difference == "None"
    assert facts > 300
    assert sums > facts / 10

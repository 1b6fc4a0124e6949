"""Lists ask the same number of questions however many rows they show; files say exactly what they promise."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import awards as factory
from tests.factories import people, programmes
from viche.calls.choices import CallKind

pytestmark = pytest.mark.django_db
KEYS = ["code", "programme", "organisation", "hromada", "amount", "currency", "awarded_on", "state", "url"]


def counted(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_register_takes_few_queries_and_counts_anew_after_any_act(client):
    address = reverse("awards:list")
    programme = programmes.programme()
    factory.active(programme)
    one = counted(client, address)
    factory.active(programme)
    factory.closed()
    assert counted(client, address) == one == 6
    assert client.get(address).context["sums"].count == 3
    assert counted(client, address) == 4
    assert counted(client, f"{address}?q=chytalnia&oblast=poltavska&sort=-amount") == 5
    factory.active(programme)
    assert client.get(address).context["sums"].count == 4


def test_the_award_page_takes_few_queries(client):
    few = factory.active()
    many = factory.closed()
    address = reverse("awards:award", args=[few.code])
    assert counted(client, address) == counted(client, reverse("awards:award", args=[many.code])) <= 5


def test_the_lists_of_the_cabinet_and_of_the_office(client):
    world = factory.world()
    lists = {
        world.preparer: reverse("awards:cabinet_list"),
        world.officer: reverse("awards:office_list", args=[world.programme.code]),
    }
    before = {}
    for user, address in lists.items():
        client.force_login(user)
        before[user] = counted(client, address)
    for __ in range(2):
        factory.submitted(factory.report(factory.active(world.programme, organisation=world.award.organisation)))
    for user, address in lists.items():
        client.force_login(user)
        assert counted(client, address) == before[user] <= 12


def test_files_take_as_many_queries_for_three_rows_as_for_one(client):
    world = factory.world()
    client.force_login(world.officer)
    addresses = ["/awards.json", reverse("awards:office_file", args=[world.programme.code, "csv"])]
    before = [counted(client, address) for address in addresses]
    for __ in range(2):
        factory.active(world.programme)
    assert [counted(client, address) for address in addresses] == before


def test_json_has_exactly_the_promised_keys(client):
    award = factory.active()
    factory.active(kind=CallKind.HUB, amount=None)
    rows = json.loads(client.get("/awards.json?kind=grant").content)
    assert rows == [
        {
            "code": award.code,
            "programme": award.programme.code,
            "organisation": award.organisation.name,
            "hromada": award.organisation.hromada.label,
            "amount": 180000,
            "currency": "UAH",
            "awarded_on": "2024-02-01",
            "state": "active",
            "url": f"{settings.SITE_ADDRESS}/awards/{award.code}/",
        }
    ]
    assert [list(row) for row in rows] == [KEYS]
    assert json.loads(client.get("/awards.json?kind=hub").content)[0]["amount"] is None
    assert json.loads(client.get("/awards.json?state=closed").content) == []


def test_csv_and_workbook_hold_the_same_list_and_no_formulas(client):
    nasty = people.organisation(name='=HYPERLINK("http://evil")')
    award = factory.active(organisation=nasty, amount=Decimal("1000.50"))
    head, row = csv.reader(io.StringIO(client.get("/awards.csv").content.decode("utf-8-sig")))
    assert head == KEYS
    assert (row[2], row[4]) == ("'" + nasty.name, "1000.50")
    sheet = load_workbook(io.BytesIO(client.get("/awards.xlsx").content)).active
    keys, cells = sheet.iter_rows()
    assert [cell.value for cell in keys] == KEYS
    assert (cells[2].value, cells[2].data_type) == (nasty.name, "s")
    assert cells[0].value == award.code


def test_the_offices_files(client):
    world = factory.world()
    factory.pay(world.award, 1, world.officer)
    factory.prepared(world.programme)
    client.force_login(world.officer)
    address = reverse("awards:office_file", args=[world.programme.code, "json"])
    rows = {row["code"]: row for row in json.loads(client.get(address).content)}
    row = rows.pop(world.award.code)
    assert (row["paid"], row["edrpou"], row["next_report_by"]) == (
        126000,
        world.award.organisation.edrpou,
        "2024-04-15",
    )
    (other,) = rows.values()
    assert (other["state"], other["next_report_by"], other["paid"]) == ("prepared", None, 0)
    assert len(json.loads(client.get(f"{address}?needs=prepared").content)) == 1


@pytest.mark.parametrize("column", ["awarded", "code", "organisation", "hromada", "amount"])
def test_the_register_is_ordered_both_ways(client, column):
    for amount in (3, 1, 2):
        factory.active(amount=Decimal(amount))
    up = [row["code"] for row in json.loads(client.get(f"/awards.json?sort={column}").content)]
    down = [row["code"] for row in json.loads(client.get(f"/awards.json?sort=-{column}").content)]
    assert len(up) == 3
    if column != "awarded":
        assert up == down[::-1]


def test_pages_keep_the_filters(client):
    for __ in range(26):
        factory.active(amount=Decimal(10))
    text = client.get("/awards/?kind=grant").content.decode()
    assert 'href="?kind=grant&amp;page=2"' in text
    assert client.get("/awards/?kind=grant&page=2").status_code == 200


def test_the_register_shows_whom_it_reached_and_what_was_paid(client):
    programme = programmes.programme()
    closed = factory.closed(factory.active(programme))
    factory.active()
    address = reverse("awards:list")
    assert client.get(address).context["reached"] == (2, [("UAH", Decimal(180_000))])
    page = client.get(address, {"programme": programme.code})
    assert page.context["reached"] == (1, [("UAH", Decimal(180_000))])
    assert [paid for _award, _said, paid in page.context["rows"]] == [Decimal(180_000)]
    assert "з них сплачено" in page.content.decode()
    assert client.get(address, {"state": "closed"}).context["reached"] is None
    other = next(one for one in client.get(address).context["rows"] if one[0].pk != closed.pk)
    assert other[2] is None

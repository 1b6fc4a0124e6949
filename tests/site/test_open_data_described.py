"""Open data are what their description says: rows have its columns, files are the same rows, counts and catalogue agree."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.cache import caches
from django.utils import timezone
from jsonschema import Draft202012Validator

from tests.factories import awards, calls, events, people, places, programmes, results
from viche.people.choices import OrganisationKind
from viche.programmes.choices import ParticipantKind
from viche.site import operations
from viche.site.queries import registers
from viche.site.queries.open_data import offers
from viche.site.queries.open_data.catalogue import told as catalogue

pytestmark = pytest.mark.django_db
API = "/api/v1/"
FOR_IATI = "/open/iati/"
OFFICE = {"programmes", "FUND/applications", "FUND/awards", "FUND/events"}


@pytest.fixture(autouse=True)
def _uncounted():
    caches["asking"].clear()


@pytest.fixture
def programme():
    made = programmes.programme(code="FUND")
    programmes.participant(made)
    calls.submitted(calls.announced(made))
    awards.active(made)
    events.accepted(events.published(made))
    events.submitted(made)
    results.target(results.counted(made, "heads"), 100)
    return made


@pytest.fixture
def document(client):
    return client.get(f"{API}openapi.json").json()


def schema_of(document, path):
    """What is given at an address, with its references at hand."""
    given = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**given, "components": document["components"]})


def test_every_name_that_is_referred_to_is_there(document):
    text = json.dumps(document)
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(document["components"]["schemas"])
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
        assert set(schema["required"]) <= set(schema["properties"])


def test_every_operation_has_a_name_of_its_own_and_says_what_it_takes(document):
    operations = {path: one["get"] for path, one in document["paths"].items()}
    names = [one["operationId"] for one in operations.values()]
    assert len(set(names)) == len(names)
    for path, one in operations.items():
        inside = {part["name"] for part in one["parameters"] if part["in"] == "path"}
        assert inside == {part[1:-1] for part in path.split("/") if part.startswith("{")}, path
        asked = [part["name"] for part in one["parameters"]]
        assert len(set(asked)) == len(asked)
        assert ("security" in one) == ("/office/" in path)


def test_every_public_list_has_the_columns_of_its_description(client, programme, document):
    paths = [path for path in document["paths"] if "{" not in path and "/office/" not in path]
    assert len(paths) >= 9
    for path in paths:
        answer = client.get(f"{path}?limit=3")
        assert answer.status_code == 200, path
        assert [error.message for error in schema_of(document, path).iter_errors(answer.json())] == [], path
        assert answer.json()["items"], path


def test_so_has_every_list_of_an_office(client, programme, document):
    head = {"Authorization": f"Bearer {people.key(programmes.officer(programme)).secret}"}
    paths = [path for path in document["paths"] if "/office/" in path]
    assert {path.partition("/office/")[2].replace("{programme}", "FUND") for path in paths} == OFFICE
    for path in paths:
        answer = client.get(path.replace("{programme}", "FUND"), headers=head)
        assert answer.status_code == 200, path
        assert [error.message for error in schema_of(document, path).iter_errors(answer.json())] == [], path


@pytest.mark.parametrize("name", ["organisations", "participants"])
def test_whole_files_are_the_rows_of_the_list(client, programme, name):
    rows = client.get(f"{API}{name}?limit=200").json()["items"]
    assert rows
    table = list(csv.DictReader(io.StringIO(client.get(f"/open/{name}.csv").content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"/open/{name}.xlsx")))).active
    plain = json.loads(b"".join(client.get(f"/open/{name}.json")))
    assert len(table) == sheet.max_row - 1 == len(plain) == len(rows)
    assert [cell.value for cell in sheet[1]] == list(table[0])
    assert len(table[0]) == len(plain[0])
    assert {one["name"] for one in rows if "name" in one} <= {cell for line in table for cell in line.values()}
    assert sorted(map(str, plain)) == sorted(str({key: one[key] for key in plain[0]}) for one in rows)


@pytest.mark.parametrize("ending", ["pdf", "exe", "CSV", "xml"])
@pytest.mark.parametrize("name", ["organisations", "participants"])
def test_there_is_no_other_file(client, name, ending):
    assert client.get(f"/open/{name}.{ending}").status_code == 404


def test_counts_of_the_page_are_those_of_the_lists(client, programme):
    offered = {one.dataset.name: one.rows for one in offers()}
    for name in ("programmes", "calls", "awards", "events", "organisations", "participants", "indicators"):
        assert offered[name] == len(client.get(f"{API}{name}?limit=200").json()["items"]), name


def test_the_page_offers_every_file_and_each_is_there(client, programme, settings, tmp_path):
    settings.VAR = tmp_path
    page = client.get("/open/").content.decode()
    for one in offers():
        assert f'id="{one.dataset.name}"' in page
        for file, _size in one.files:
            assert file.path in page, file.path
            assert client.get(file.path).status_code == 200, file.path


def test_where_nobody_is_named_who_publishes_nothing_is_offered_as_iati(client, programme, settings):
    page = client.get("/open/").content.decode()
    assert "PUBLISHER_ID" in page
    assert FOR_IATI not in page
    assert "#iati" not in client.get("/open/catalogue.ttl").content.decode()
    settings.PUBLISHER = {**settings.PUBLISHER, "id": "UA-EDR-00000000"}
    caches["pages"].clear()
    page = client.get("/open/").content.decode()
    assert "PUBLISHER_ID" not in page
    assert f"{FOR_IATI}activities.xml" in page
    assert "#iati" in client.get("/open/catalogue.ttl").content.decode()


def test_an_edition_in_which_there_is_nothing_is_not_offered(client, settings, tmp_path):
    settings.VAR = tmp_path
    operations.publish(at=timezone.now())
    offered = {one.dataset.name: one for one in offers()}
    assert offered["360giving"].files == []
    assert "жодного запису" in client.get("/open/").content.decode()
    assert "#360giving" not in client.get("/open/catalogue.ttl").content.decode()


def test_the_catalogue_names_the_same_datasets_and_files(client, programme):
    graph = json.loads(client.get("/open/catalogue.jsonld").content)
    offered = {f"#{one.dataset.name}": [file.path for file, _size in one.files] for one in offers() if not one.lacking}
    found = {
        f"#{one['@id'].partition('#')[2]}": [
            file["@id"].removeprefix(catalogue().page.removesuffix("/open/")) for file in one["dcat:distribution"]
        ]
        for one in graph["dcat:dataset"]
    }
    assert found == offered


def test_the_catalogue_is_the_same_in_both_languages(client, programme):
    assert client.get("/open/catalogue.ttl").content == client.get("/en/open/catalogue.ttl").content


# Registers


def test_participants_are_chosen_by_programme_kind_and_oblast():
    here, there = places.hromada(), places.hromada(oblast=places.oblast(name="Львівська"))
    one, other = programmes.programme(code="ONE"), programmes.programme(code="TWO")
    hub = programmes.participant(one, organisation=people.organisation(hromada=here), kind=ParticipantKind.HUB)
    intern = programmes.participant(other, organisation=people.organisation(hromada=there), kind=ParticipantKind.INTERN)
    assert list(registers.participants()) == [hub, intern]
    for asked, found in (
        ({"programme": "ONE"}, [hub]),
        ({"kind": "intern"}, [intern]),
        ({"oblast": there.oblast.slug}, [intern]),
        ({"programme": "ONE", "kind": "intern"}, []),
        ({"programme": "NOBODY"}, []),
    ):
        assert list(registers.participants(**asked)) == found, asked


def test_organisations_are_chosen_by_words_kind_and_oblast():
    there = places.hromada(oblast=places.oblast(name="Львівська"))
    library = people.organisation(name="Світла бібліотека", kind=OrganisationKind.LIBRARY)
    council = people.organisation(name="Міська рада", kind=OrganisationKind.COUNCIL, hromada=there)
    assert set(registers.organisations()) == {library, council}
    for asked, found in (
        ({"q": "бібліот"}, [library]),
        ({"kind": "library"}, [library]),
        ({"oblast": there.oblast.slug}, [council]),
        ({"kind": "library", "oblast": there.oblast.slug}, []),
    ):
        assert list(registers.organisations(**asked)) == found, asked
    assert registers.organisation(council.pk) == council

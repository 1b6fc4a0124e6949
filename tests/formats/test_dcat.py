"""The catalogue of datasets: the same graph as JSON-LD and as Turtle, with what DCAT-AP asks for."""

import json
import re
from datetime import UTC, datetime

import pytest

from viche.formats import dcat
from viche.formats.dcat import Catalogue, Dataset, Distribution

SITE = "https://viche.example"


@pytest.fixture
def told():
    awards = Dataset(
        url=f"{SITE}/open/#awards",
        page=f"{SITE}/awards/",
        title={"uk": "Підтримка", "en": "Awards"},
        about={"uk": 'Кого "підтримано"\nвід 2024', "en": ""},
        often=dcat.CONTINUOUSLY,
        files=[
            Distribution(f"{SITE}/awards.csv", "text/csv; charset=utf-8", "CSV", 1200),
            Distribution(f"{SITE}/awards.json?a b", "application/json", "JSON"),
        ],
        changed_at=datetime(2024, 5, 20, 9, 0, tzinfo=UTC),
        keywords=["ґранти"],
    )
    bare = Dataset(
        f"{SITE}/open/#bare", f"{SITE}/bare/", {"uk": "Пусто </script>"}, {"uk": "Нічого"}, dcat.IRREGULARLY, []
    )
    return Catalogue(
        url=f"{SITE}/open/#catalogue",
        page=f"{SITE}/open/",
        title={"uk": "Відкриті дані"},
        about={"uk": "Усе"},
        publisher="Віче",
        publisher_url=f"{SITE}/about/",
        licence="https://creativecommons.org/licenses/by/4.0/",
        api=f"{SITE}/api/",
        api_description=f"{SITE}/api/v1/openapi.json",
        api_title={"uk": "Дані для програм"},
        datasets=[awards, bare],
    )


def test_the_catalogue_has_what_the_profile_asks_for(told):
    graph = json.loads(dcat.json_ld(told))
    assert graph["@context"]["dcat"] == "http://www.w3.org/ns/dcat#"
    assert graph["@type"] == "dcat:Catalog"
    assert {"dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:license"} <= set(graph)
    assert graph["dcat:service"]["dcat:endpointDescription"] == {"@id": f"{SITE}/api/v1/openapi.json"}
    assert [one["@id"] for one in graph["dcat:service"]["dcat:servesDataset"]] == [one.url for one in told.datasets]


def test_a_dataset_tells_its_files_and_when_it_changed(told):
    awards, bare = json.loads(dcat.json_ld(told))["dcat:dataset"]
    assert awards["dct:title"] == [
        {"@language": "uk", "@value": "Підтримка"},
        {"@language": "en", "@value": "Awards"},
    ]
    assert [one["@language"] for one in awards["dct:description"]] == ["uk"]
    assert awards["dct:modified"] == {"@type": "xsd:dateTime", "@value": "2024-05-20T09:00:00+00:00"}
    csv, plain = awards["dcat:distribution"]
    assert csv["dcat:mediaType"] == {"@id": "https://www.iana.org/assignments/media-types/text/csv"}
    assert csv["dcat:byteSize"]["@value"] == "1200"
    assert "dcat:byteSize" not in plain
    assert csv["dct:license"] == {"@id": told.licence}
    assert {"dct:modified", "dcat:keyword"} & set(bare) == set()


def test_nothing_in_it_ends_a_script(told):
    assert b"<" not in dcat.json_ld(told)


def test_turtle_says_the_same(told):
    text = dcat.turtle(told).decode()
    assert "@prefix dcat: <http://www.w3.org/ns/dcat#> ." in text
    assert f"<{SITE}/open/#awards> a dcat:Dataset ;" in text
    assert '"Кого \\"підтримано\\"\\nвід 2024"@uk' in text
    assert '"2024-05-20T09:00:00+00:00"^^xsd:dateTime' in text
    assert f"<{SITE}/awards.json?a%20b>" in text
    assert text.count(" a dcat:Distribution") == 2
    # Each statement is closed, and a list of nothing is not told.
    assert len(re.findall(r" \.\n", text)) == len(dcat.PREFIXES) + 1 + 1 + 1 + 2 + 2
    assert "dcat:distribution \n" not in text

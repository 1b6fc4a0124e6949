"""The catalogue as triples: Turtle read by a small reader of the grammar says what JSON-LD says, whatever the words are."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as some

from viche.formats import dcat
from viche.formats.dcat import Catalogue, Dataset, Distribution

SITE = "https://viche.example"
EXAMPLES = 25
PREFIX = re.compile(r"@prefix (\w+): <([^>]*)> \.\n")
TOKEN = re.compile(
    r"""\s*(?:
    (?P<address><[^<>"{}|^`\\\x00-\x20]*>) |
    (?P<text>"(?:[^"\\\n\r]|\\["\\nrtbf]|\\u[0-9A-Fa-f]{4})*")(?:@(?P<language>[a-z]+)|\^\^(?P<type>\w+:\w+))? |
    (?P<name>\w+:\w+|a(?=\s)) |
    (?P<sign>[;,.])
    )""",
    re.VERBOSE,
)
words = some.text(alphabet=some.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def turtle(text):
    """The triples of Turtle as `dcat` writes it; what the grammar does not know is a failure."""
    prefixes = dict(PREFIX.findall(text))
    at, end, tokens = text.rindex("@prefix"), len(text.rstrip()), []
    at = text.index("\n", at)
    while at < end:
        found = TOKEN.match(text, at)
        assert found, text[at : at + 60]
        tokens.append(found)
        at = found.end()
    return set(_statements(iter(tokens), prefixes))


def _statements(tokens, prefixes):
    for token in tokens:
        subject, verb = token["address"][1:-1], None
        for part in tokens:
            if part["sign"] == ".":
                break
            if part["sign"] == ";":
                verb = None
            elif part["sign"] == ",":
                continue
            elif verb is None:
                verb = _named(part["name"], prefixes)
            else:
                yield subject, verb, _thing(part, prefixes)


def _named(name, prefixes):
    if name == "a":
        return "a"
    start, _sign, rest = name.partition(":")
    return prefixes[start] + rest


def _thing(token, prefixes):
    if token["address"]:
        return ("address", token["address"][1:-1])
    if token["name"]:
        return ("address", _named(token["name"], prefixes))
    kind = token["type"] and _named(token["type"], prefixes)
    return ("text", json.loads(token["text"], strict=False), token["language"], kind)


def linked(content):
    """The triples of JSON-LD that nests nodes and names all of them."""
    told = json.loads(content)
    prefixes = told.pop("@context")
    return set(_triples(told, prefixes))


def _triples(node, prefixes):
    for name, value in node.items():
        if name == "@id":
            continue
        for one in value if isinstance(value, list) else [value]:
            if name == "@type":
                yield _escaped(node["@id"]), "a", ("address", _named(one, prefixes))
                continue
            yield _escaped(node["@id"]), _named(name, prefixes), _linked(one, prefixes)
            if isinstance(one, dict) and "@id" in one and len(one) > 1:
                yield from _triples(one, prefixes)


def _linked(one, prefixes):
    if isinstance(one, str):
        return ("text", one, None, None)
    if "@id" in one:
        return ("address", _escaped(one["@id"]))
    kind = one.get("@type") and _named(one["@type"], prefixes)
    return ("text", one["@value"], one.get("@language"), kind)


def _escaped(address):
    return re.sub(r'[ <>"{}|^`\\]', lambda found: f"%{ord(found[0]):02X}", address)


def catalogue(*datasets, **changes):
    values = {
        "url": f"{SITE}/open/#catalogue",
        "page": f"{SITE}/open/",
        "title": {"uk": "Відкриті дані", "en": "Open data"},
        "about": {"uk": "Усе"},
        "publisher": "Віче",
        "publisher_url": f"{SITE}/about/",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "api": f"{SITE}/api/",
        "api_description": f"{SITE}/api/v1/openapi.json",
        "api_title": {"uk": "Дані для програм"},
        **changes,
    }
    return Catalogue(datasets=datasets, **values)


def dataset(name="awards", **changes):
    values = {
        "url": f"{SITE}/open/#{name}",
        "page": f"{SITE}/{name}/",
        "title": {"uk": "Підтримка", "en": "Awards"},
        "about": {"uk": "Кого підтримано"},
        "often": dcat.CONTINUOUSLY,
        "files": [
            Distribution(f"{SITE}/{name}.csv", "text/csv; charset=utf-8", "CSV", 0),
            Distribution(f"{SITE}/{name}.json", "application/json", "JSON"),
        ],
        "changed_at": datetime(2024, 5, 20, 9, 0, tzinfo=UTC),
        "keywords": ["ґранти", "громади"],
        **changes,
    }
    return Dataset(**values)


@pytest.mark.parametrize(
    "told",
    [
        catalogue(),
        catalogue(dataset()),
        catalogue(dataset("awards"), dataset("calls", keywords=[], changed_at=None), dataset("events", files=[])),
        catalogue(dataset(title={"uk": 'Лапки "так" \\ <b>&</b> \n рядок', "en": ""})),
        catalogue(dataset(page=f'{SITE}/a b/"<x>"/{{1}}|^`\\'), publisher="О'Коннор; та, інші."),
    ],
    ids=["empty", "one", "three", "signs", "addresses"],
)
def test_both_files_have_the_same_triples(told):
    assert turtle(dcat.turtle(told).decode()) == linked(dcat.json_ld(told))


@bounded(max_examples=EXAMPLES, deadline=None)
@given(words, words, words)
def test_both_say_the_same_whatever_the_words_are(title, about, publisher):
    told = catalogue(dataset(title={"uk": title}, about={"uk": about}, keywords=[title]), publisher=publisher)
    found = turtle(dcat.turtle(told).decode())
    assert found == linked(dcat.json_ld(told))
    assert (f"{SITE}/open/#awards", "http://purl.org/dc/terms/title", ("text", title, "uk", None)) in found


@bounded(max_examples=EXAMPLES, deadline=None)
@given(words)
def test_no_word_ends_a_script_or_breaks_a_line_of_one(word):
    content = dcat.json_ld(catalogue(dataset(title={"uk": word}), publisher=word)).decode()
    assert not set("<>&\u2028\u2029") & set(content)
    assert json.loads(content)["dct:publisher"]["foaf:name"] == word


def test_every_dataset_is_in_the_catalogue_and_served_by_its_api():
    found = turtle(dcat.turtle(catalogue(dataset("awards"), dataset("calls"))).decode())
    dcat_words = dcat.PREFIXES["dcat"]
    named = {f"{SITE}/open/#awards", f"{SITE}/open/#calls"}
    for verb in ("dataset", "servesDataset"):
        assert {thing[1] for _one, said, thing in found if said == dcat_words + verb} == named
    assert {one for one, said, thing in found if thing == ("address", f"{dcat_words}Dataset")} == named


def test_an_empty_file_has_a_size_and_an_unknown_one_has_none():
    found = turtle(dcat.turtle(catalogue(dataset())).decode())
    sizes = {one: thing for one, said, thing in found if said.endswith("byteSize")}
    kind = f"{dcat.PREFIXES['xsd']}nonNegativeInteger"
    assert sizes == {f"{SITE}/awards.csv": ("text", "0", None, kind)}


def test_every_file_has_a_licence_and_a_type_from_the_lists_of_the_union():
    found = turtle(dcat.turtle(catalogue(dataset())).decode())
    files = {f"{SITE}/awards.csv", f"{SITE}/awards.json"}
    said = {(one, verb.rpartition("/")[2]): thing[1] for one, verb, thing in found if one in files}
    for one in files:
        assert said[one, "license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert said[one, "format"].startswith(f"{dcat.AUTHORITY}file-type/")


def test_the_same_catalogue_gives_the_same_bytes():
    assert dcat.turtle(catalogue(dataset())) == dcat.turtle(catalogue(dataset()))
    assert dcat.json_ld(catalogue(dataset())) == dcat.json_ld(catalogue(dataset()))

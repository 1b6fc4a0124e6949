"""The stylesheet and the script: small, whole, kept by browsers, with no colour of their own."""

import gzip
import re

import pytest

from viche.ui import assets

CSS, JS = assets.HOME / "css", assets.HOME / "js"
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
KB = 1024


def test_the_stylesheet_is_at_most_ten_kilobytes():
    assert len(assets.build("viche.css").packed) <= 10 * KB


def test_the_script_is_at_most_twelve_kilobytes():
    assert len(assets.build("viche.js").packed) <= 12 * KB


def test_every_sheet_and_script_is_served():
    assert {path.stem for path in CSS.glob("*.css")} == {*assets.STYLES, "gallery"}
    assert {path.stem for path in JS.glob("*.js")} == set(assets.SCRIPTS)


def test_only_tokens_name_colours():
    guilty = [path.name for path in CSS.glob("*.css") if path.stem != "tokens" and COLOUR.search(path.read_text())]
    assert guilty == []


def test_only_known_tokens_are_used():
    text = "".join(path.read_text() for path in CSS.glob("*.css"))
    used = set(re.findall(r"var\(--([\w-]+)", text))
    made = set(re.findall(r"--([\w-]+):", text))
    assert used - made == set()


def test_sheets_name_classes_not_ids():
    others = [path for path in CSS.glob("*.css") if path.stem != "tokens"]
    assert [path.name for path in others if re.search(r"(?:^|[\s,}])#[a-z]", path.read_text())] == []


def test_the_layers_come_first_and_paper_last():
    text = assets.build("viche.css").plain.decode()
    assert text.startswith("@layer tokens, base, components;")
    assert "@media print{" in text.replace(" {", "{")
    assert "forced-colors: active" in text


def test_lean_styles_keep_what_stands_between_quotes():
    assert assets.lean_styles('/* no */ a::after {\n  content: " (";\n}\n') == 'a::after{content: " (";}'


def test_lean_scripts_lose_comments_and_indents():
    assert assets.lean_script("// no\n  a();\n\n  b(); // yes\n") == "a();\nb(); // yes"


def test_an_asset_of_another_name_is_not_there():
    with pytest.raises(KeyError):
        assets.build("other.css")


@pytest.mark.parametrize("name", ["viche.css", "gallery.css", "viche.js", "favicon.svg"])
def test_an_asset_may_be_kept_for_ever(client, name):
    answer = client.get(assets.address(name))
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer.content == assets.build(name).plain


def test_an_asset_comes_packed_to_those_who_can(client):
    answer = client.get(assets.address("viche.css"), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == assets.build("viche.css").plain


def test_an_old_address_gives_what_holds_today(client):
    answer = client.get("/look/0123456789ab/viche.css")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"


def test_an_unknown_asset_is_not_found(client):
    assert client.get("/look/0123456789ab/other.css").status_code == 404


def test_an_edit_shows_at_once_while_developing(settings):
    settings.DEBUG = True
    assert assets.asset("viche.css") is not assets.asset("viche.css")

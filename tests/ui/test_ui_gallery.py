"""The gallery shows every component; no page carries a style or a script of its own."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from viche.ui import assets
from viche.ui.templatetags.ui import register
from viche.ui.templatetags.ui.blocks import NOTICES
from viche.ui.templatetags.ui.charts import METERS
from viche.ui.templatetags.ui.words import STATES

TEMPLATES = Path(assets.__file__).parent / "templates" / "ui"
KB = 1024


@pytest.fixture
def page(client):
    return client.get("/gallery/").content.decode()


def gallery_text():
    return "".join(path.read_text() for path in (TEMPLATES / "gallery").glob("*.html"))


def test_every_tag_is_in_the_gallery():
    shown = gallery_text() + "".join(path.read_text() for path in (TEMPLATES / "components").glob("*.html"))
    missing = [name for name in register.tags if not re.search(rf"{{% {name}\b", shown)]
    assert missing == []


def test_every_component_template_is_drawn_by_the_gallery(page, client):
    signs = {
        "crumbs": 'class="crumbs"', "deadline": 'class="deadline"', "downloads": "downloads", "empty": 'class="empty"',
        "errors": "data-focus", "facts": 'class="facts', "figures": 'class="figures', "funnel": 'class="funnel"',
        "oblast_map": 'class="map"', "pages": 'class="pages"', "search_form": 'role="search"', "steps": 'class="steps"',
        "office_menu": 'class="tabs"', "trend": 'class="trend"',
    }  # fmt: skip
    assert {path.stem for path in (TEMPLATES / "components").glob("*.html")} == set(signs)
    assert [name for name, sign in signs.items() if sign not in page] == []


@pytest.mark.parametrize("kind", STATES)
def test_every_state_is_shown(page, kind):
    assert f"state--{kind}" in page


def test_every_notice_and_meter_is_shown(page):
    assert all(f"notice--{kind}" in page for kind in NOTICES if kind != "told")
    assert all(f'class="{kind}"' in page for kind in METERS if kind)


def test_every_class_of_the_page_has_a_sheet(page):
    """A class that no sheet knows is a slip of the pen."""
    known = set(re.findall(r"\.([a-z][\w-]*)", "".join(p.read_text() for p in (assets.HOME / "css").glob("*.css"))))
    bare = {"notice--told", "field", "downloads", "deadline", "choices", "typed", "state--closed", "tree-0"}
    used = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert used - known - bare == set()


def test_no_style_and_no_script_lies_in_the_page(page):
    assert " style=" not in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"\son[a-z]+=", page) == []


def test_nothing_comes_from_another_host(page):
    assert re.findall(r'(?:src|href)="https?://', page.replace('rel="external"', "")) == re.findall(
        r'href="https?://', page
    )
    assert re.findall(r'(?:src|srcset|action)="(?:https?:)?//', page) == []


def test_ids_are_unique(page):
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_what_describes_a_control_is_there(page):
    ids = set(re.findall(r'\sid="([^"]*)"', page))
    named = {one for names in re.findall(r'aria-describedby="([^"]*)"', page) for one in names.split()}
    assert named - ids == set()


def test_an_empty_page_with_its_sheet_and_script_is_light(client):
    page = client.get("/look/", headers={"accept-encoding": "gzip"}).content
    weight = len(page) + sum(len(assets.build(name).packed) for name in ("viche.css", "viche.js", "favicon.svg"))
    assert weight <= 30 * KB


def test_the_gallery_speaks_english(client):
    page = client.get("/en/gallery/").content.decode()
    assert '<html lang="en"' in page
    assert "Gallery of components" in page
    assert "8 days left" in page
    assert "148,500" in page


def test_words_of_the_gallery_are_in_both_word_lists():
    with translation.override("uk"):
        assert translation.ngettext("Виправте %(n)s місце", "Виправте %(n)s місця", 5) == "Виправте %(n)s місць"
    with translation.override("en"):
        assert translation.gettext("Надіслати ще раз") == "Send again"

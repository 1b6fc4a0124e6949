"""Documents set in type: in the house's colours, with people's words as words, kept, waited for, and given up in time."""

import io
import json
import re
import subprocess
import sys

import pytest
from django.core.cache import caches
from PIL import Image
from pypdf import PdfReader

from tests.architecture import house
from viche.ui import assets, paper

LINE = """#set document(title: d.title)
#set page(width: 80mm, height: 40mm)
#d.title"""


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """A sheet over a template that a test writes itself."""

    def order(source=LINE, kind=paper.PDF, **data):
        template = tmp_path / f"{abs(hash(source))}.typ"
        template.write_text(source)
        return paper.Sheet(str(template), {"title": "Назва", **data}, kind)

    caches["paper"].clear()
    yield order
    paper._read.cache_clear()


def words(body):
    (page,) = PdfReader(io.BytesIO(body)).pages
    return page.extract_text()


def sources():
    return list(house.SOURCE.rglob("*.typ"))


def test_every_colour_on_paper_is_one_of_the_pages():
    tokens = dict(
        re.findall(r"--([a-z0-9-]+):\s*var\(--day, (#[0-9a-f]{6})\)", (assets.HOME / "css/tokens.css").read_text())
    )
    look = next(path for path in sources() if path.name == "look.typ").read_text()
    named = dict(re.findall(r'#let ([a-z-]+) = rgb\("(#[0-9a-f]{6})"\)', look))
    named["line"] = named.pop("line-colour")
    assert len(named) >= 10
    assert {name: tokens.get(name) for name in named} == named
    rest = [path.read_text() for path in sources() if path.name != "look.typ"]
    assert len(rest) >= 2
    assert not any("rgb(" in text for text in rest)


def test_no_template_reaches_for_files_or_other_programs():
    reaching = re.compile(r"#import|#include|\b(?:read|plugin|eval|csv|yaml|toml|xml|cbor)\(|image\(\"|@preview")
    assert len(sources()) >= 3
    assert [path.name for path in sources() if reaching.search(path.read_text())] == []


def test_what_people_type_stays_what_they_typed(sheet):
    typed = '#read("/etc/passwd") #panic() $x^2$ *жирно* _так_ `код` @хтось <мітка> \\ // { ] \u0022'
    said = words(paper.made(sheet(title=typed))).replace("\n", " ")
    assert said.split() == typed.split()


def test_ukrainian_letters_are_all_there(sheet):
    letters = (
        "Ґанок її єдності, м’яч і п\u02bcять – №5 «щастя» 1\u00a0200 ₴ абвгґдеєжзиіїйклмнопрстуфхцчшщьюя АБВГҐДЕЄЖЗИІЇЙ"
    )
    source = '#set document(title: "x")\n#set page(width: 300mm)\n#for one in (serif, sans) { par(text(font: one, weight: 700, d.title)) }'
    body = paper.made(sheet(source, title=letters))
    fonts = {font["/BaseFont"].partition("+")[2] for font in fonts_of(body)}
    assert len(fonts) == 2
    assert all(name.startswith(("NotoSerif", "Roboto")) for name in fonts)
    assert words(body).replace("\u00a0", " ").count("п\u02bcять") == 2


def fonts_of(body):
    (page,) = PdfReader(io.BytesIO(body)).pages
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_paper_is_tagged_for_those_who_listen(sheet):
    read = PdfReader(io.BytesIO(paper.made(sheet())))
    root = read.trailer["/Root"]
    assert read.metadata.title == "Назва"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "uk"


def test_a_picture_has_the_pixels_it_was_ordered_in(sheet):
    body = paper.made(sheet("#set page(width: 120pt, height: 63pt)\n#d.title", paper.PNG))
    assert Image.open(io.BytesIO(body)).size == (120, 63)


def test_the_stamp_changes_with_what_is_said_and_how(sheet, settings):
    first = sheet().stamp
    assert sheet().stamp == first
    others = {sheet(title="Інша").stamp, sheet(LINE + " ").stamp, sheet(kind=paper.PNG).stamp}
    settings.DEMO = True
    others.add(sheet().stamp)
    assert len(others | {first}) == 5


def test_what_was_made_is_kept_and_the_same_each_time(sheet):
    order = sheet()
    assert not paper.is_kept(order)
    body = paper.made(order)
    assert paper.is_kept(order)
    caches["paper"].set(order.stamp, b"kept")
    assert paper.made(order) == b"kept"
    caches["paper"].clear()
    assert paper.made(order) == body


def test_who_has_it_is_told_so_and_nothing_is_made(sheet, rf):
    order = sheet()
    asked = rf.get("/", headers={"If-None-Match": f'"{order.stamp}"'})
    answer = paper.send(asked, order, name="x", public=True)
    assert (answer.status_code, answer["ETag"]) == (304, f'"{order.stamp}"')
    assert not paper.is_kept(order)


@pytest.mark.parametrize(("public", "said"), [(True, "max-age=900, public"), (False, "max-age=900, private")])
def test_the_answer_says_what_it_is(sheet, rf, public, said):
    answer = paper.send(rf.get("/"), sheet(), name="HUBS-1", public=public)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="HUBS-1.pdf"'
    assert answer["Cache-Control"] == said
    assert answer.content.startswith(b"%PDF")


def test_a_template_at_fault_is_told_with_its_name_and_the_turn_is_given_on(sheet):
    with pytest.raises(paper.NotSetError, match=r"(?s)\.typ: .*unknown variable"):
        paper.made(sheet("#nothing-of-the-kind"))
    assert paper.made(sheet()).startswith(b"%PDF")


def test_what_takes_too_long_is_given_up(sheet, monkeypatch):
    monkeypatch.setattr(paper, "PATIENCE", 0.3)
    with pytest.raises(paper.NotSetError, match="not done after"):
        paper.made(sheet("#for a in range(99999) { for b in range(99999) { let c = a * b } }"))
    monkeypatch.undo()
    assert paper.made(sheet()).startswith(b"%PDF")


def test_whoever_waits_too_long_is_asked_to_come_back(sheet, client, rf, monkeypatch):
    monkeypatch.setattr(paper, "TURN", 0.05)
    kept, order = sheet(title="Готова"), sheet()
    paper.made(kept)
    with paper.one_at_a_time:
        asked = rf.get("/")
        asked.user = None
        answer = paper.send(asked, order, name="x", public=True)
        assert paper.made(kept).startswith(b"%PDF")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Зачекайте хвилину" in answer.content.decode()
    assert paper.send(asked, order, name="x", public=True).status_code == 200


def test_the_setter_can_write_no_file_and_is_gentle(tmp_path):
    target = tmp_path / "written"
    said = (
        f"import os, sys; sys.path.insert(0, {str(paper.SETTER.parent)!r}); import typesetting; typesetting.bound()\n"
        f"print(os.nice(0), flush=True)\n__import__('pathlib').Path({str(target)!r}).write_text('x')"
    )
    done = subprocess.run([sys.executable, "-I", "-B", "-c", said], capture_output=True, text=True, check=False)
    assert int(done.stdout) >= 10
    assert "File too large" in done.stderr
    assert target.read_text() == ""


def test_the_setter_sees_nothing_of_the_environment(sheet, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "таємниця")
    source = '#set document(title: "x")\n#set page(width: 200mm, height: auto)\n#repr(sys.inputs.keys())'
    assert words(paper.made(sheet(source))).strip() == '("data",)'


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Верхньодубівсько-Заріченська громада", "Верхньодубівсько-Заріченська громада"),
        ("щ" * 30, "\u200b".join(["щ" * 5] * 6)),
        ("а " + "б" * 26 + " в", "а " + "\u200b".join(["ббббб"] * 5 + ["б"]) + " в"),
    ],
)
def test_only_what_is_endless_may_break_anywhere(text, broken):
    assert paper.breakable(text) == broken


def test_the_code_is_drawn_without_a_style_of_its_own():
    drawn = paper.qr("https://viche.example/events/HUBS-E26001/")
    assert drawn.startswith("<svg")
    assert json.dumps(drawn)

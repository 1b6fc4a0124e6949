"""Answers as they were handed in: canonical, provable, readable without the tables."""

import hashlib
import json

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.factories import files as uploads
from tests.factories import places
from tests.factories import questionnaires as made
from viche.questionnaires import operations, queries
from viche.questionnaires.models import Answers, Lost, Question, Section, Sheet, Version

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled():
    places.hromada(code=made.CODE)
    return made.filled()


def answer(sections, key):
    return next(one for section in sections for one in section.answers if one.key == key)


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_text_is_canonical_and_the_digest_is_of_its_bytes(filled):
    text, digest = queries.freeze_answers(filled)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == digest
    data = json.loads(text)
    assert json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    assert (data["questionnaire"], data["version"]) == ("Заявка на малий грант", 1)
    assert data["content_sha256"] == filled.sheet.version.sha256
    assert queries.freeze_answers(queries.filled(filled.sheet)) == (text, digest)


def test_another_answer_gives_another_digest(filled):
    _text, digest = queries.freeze_answers(filled)
    section = filled.outline.section(2)
    operations.save(filled.sheet, section, {**made.ANSWERS[1], "title": "Інша"}, revision=1, by_id=None, at=made.MOMENT)
    assert queries.freeze_answers(queries.filled(filled.sheet))[1] != digest


def test_frozen_answers_are_read_when_nothing_else_is_left(filled):
    text, _digest = queries.freeze_answers(filled)
    for model in (Lost, Answers, Sheet, Question, Section, Version):
        model.objects.all().delete()
    sections = queries.read_frozen(text)
    assert (sections[0].number, sections[0].title) == (1, "Організація")
    said = {one.key: plain(one.value) for section in sections for one in section.answers}
    assert said == {
        "hromada": "Калинопільська міська громада, " + said["hromada"].partition(", ")[2],
        "since": "1 вересня 2017 р.",
        "staff": "4",
        "experience": "Один або два",
        "title": "Світла читальня",
        "summary": made.ANSWERS[1]["summary"],
        "audience": "Молодь; Люди 60+",
        "after": "",
        "budget": "186 400 ₴",
        "amount": "180 000 ₴",
        "own": "6 400 ₴",
        "letter": "",
        "photos": "",
        "truth": "так",
    }
    assert dict(sections[1])["Назва проєкту"] == "Світла читальня"
    assert answer(sections, "audience").lines == ("Молодь", "Люди 60+")
    assert [plain(row.total) for row in answer(sections, "budget").rows] == ["62 000", "54 000", "70 400"]
    assert answer(sections, "truth").declared == "Усе, що тут написано, правда, і громада про проєкт знає."
    assert answer(sections, "after").is_empty


def test_the_same_is_frozen_whatever_the_language(filled):
    uk = queries.freeze_answers(filled)
    with translation.override("en"):
        assert queries.freeze_answers(filled) == uk
        assert answer(queries.read_frozen(uk[0]), "amount").value == "₴180,000"


def test_files_are_frozen_with_their_digests(filled):
    section = filled.outline.section(4)
    stored = operations.attach(filled.sheet, section.question("letter"), uploads.upload(), by_id=None, at=made.MOMENT)
    text, _digest = queries.freeze_answers(queries.filled(filled.sheet))
    (file,) = answer(queries.read_frozen(text), "letter").files
    assert (file.key, file.name, file.sha256) == (str(stored.key), stored.name, stored.sha256)
    assert queries.attached(queries.filled(filled.sheet)) == {str(stored.key): stored}


def test_what_cannot_be_read_is_shown_as_typed():
    wrong = [
        {"hromada": "Нетакаська", "since": "колись", "staff": "кілька", "experience": "x"},
        {"title": " Назва ", "audience": ["y"]},
        {"budget": [{}, {"item": "Стіл", "quantity": "два", "price": "4,500"}], "amount": "180.000", "own": "9" * 15},
        {},
    ]
    sections = queries.shown(queries.filled(made.fill(made.sheet(), wrong)))
    said = {one.key: plain(one.value) for section in sections for one in section.answers}
    assert (said["hromada"], said["since"], said["staff"], said["experience"]) == (
        "Нетакаська",
        "колись",
        "кілька",
        "x",
    )
    assert (said["title"], said["audience"], said["own"], said["amount"]) == ("Назва", "y", "9" * 15, "180.000")
    (row,) = answer(sections, "budget").rows
    assert (row.quantity, row.price, row.total) == ("два", "4,500", "")
    assert answer(sections, "truth").is_empty


def drawn(sections, **more):
    return render_to_string("questionnaires/answers.html", {"sections": sections, **more})


def test_answers_are_drawn_with_links_to_files_and_to_change(filled):
    section = filled.outline.section(4)
    stored = operations.attach(filled.sheet, section.question("letter"), uploads.upload(), by_id=None, at=made.MOMENT)
    sections = queries.shown(queries.filled(filled.sheet))
    page = drawn(sections, files_at="/me/files/", change_at="/me/sheet/")
    assert f'href="/me/files/{stored.key}/"' in page
    assert 'href="/me/sheet/3/"' in page
    assert "без відповіді" in page
    assert "Зарядна станція" in page
    page = drawn(sections)
    assert "href" not in page
    assert stored.name in page


def test_an_answer_is_never_markup(filled):
    section = filled.outline.section(2)
    values = {**made.ANSWERS[1], "title": "<script>x</script>", "summary": "а\n<b>б</b>"}
    operations.save(filled.sheet, section, values, revision=1, by_id=None, at=made.MOMENT)
    page = drawn(queries.shown(queries.filled(filled.sheet)))
    assert "<script>" not in page
    assert "а<br>&lt;b&gt;б" in page


def test_a_declaration_not_given_says_so():
    sections = queries.shown(queries.filled(made.sheet()))
    assert "не підтверджено" in drawn(sections)

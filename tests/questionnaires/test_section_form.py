"""The form of one section, as the pages of other packages draw and read it."""

import pytest
from django.http import QueryDict  # noqa: TID251 — what a page sends
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from tests.factories import files as uploads
from tests.factories import places
from tests.factories import questionnaires as made
from viche.questionnaires import fields, operations, queries
from viche.questionnaires.fields import sent
from viche.questionnaires.models import Answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return made.sheet()


def section(sheet, number):
    return queries.outline(sheet.version).section(number)


def drawn(form, **more):
    return render_to_string("questionnaires/section.html", {"form": form, **more})


def posted(given):
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def row(number, item="", quantity="", price=""):
    return {
        f"budget-{number}-{cell}": text
        for cell, text in zip(queries.reading.CELLS, (item, quantity, price), strict=True)
    }


# --- drawing ----------------------------------------------------------------------------------------------------------


def test_every_kind_is_drawn_with_a_name_for_its_control(sheet):
    for one in queries.outline(sheet.version):
        page = drawn(fields.section_form(one))
        assert 'name="revision" value="0"' in page
        for question in one.questions:
            assert question.label in page
            assert f'id="id_{question.key}"' in page
            assert f'name="{question.key}' in page


def test_the_first_button_is_not_the_one_that_removes(sheet):
    page = drawn(fields.section_form(section(sheet, 3)))
    assert page.index('<button class="unseen" type="submit"') < page.index('name="remove"')


def test_help_tells_bounds_and_limits(sheet):
    limits = {"amount": (40_000, 180_000)}
    page = drawn(fields.section_form(section(sheet, 3), limits=limits)).replace("\u00a0", " ")
    assert "Від 40 000 до 180 000 ₴." in page
    assert "До 120 знаків." in drawn(fields.section_form(section(sheet, 2)))
    said = fields.drawing.bounds_said
    question = section(sheet, 3).question("amount")
    assert said(question, {"amount": (None, 5)}) == ["Не більше як 5\u00a0₴."]
    assert said(question, {"amount": (5, None)}) == ["Не менше як 5\u00a0₴."]
    assert said(question, {}) == []


def test_what_was_saved_is_shown_and_not_judged(sheet):
    made.fill(sheet)
    answers = Answers.objects.get(section_id=section(sheet, 3).pk)
    form = fields.section_form(section(sheet, 3), answers=answers)
    page = drawn(form)
    assert 'value="Гонорар тренерки"' in page
    assert 'value="180 000"' in page
    assert "186\u00a0400" in page
    assert 'name="revision" value="1"' in page
    assert form.saved_at == made.MOMENT
    assert "fault" not in page
    empty = fields.section_form(section(sheet, 1))
    assert empty.faults == []
    assert empty.summary == []


def test_what_was_saved_can_be_judged(sheet):
    form = fields.section_form(section(sheet, 3), judged=True)
    assert form.summary[0] == ("id_budget", "На що витратите грант: Заповніть хоча б один рядок.")
    page = drawn(form)
    assert 'id="e-id_budget"' in page
    assert "Напишіть суму." in page


def test_a_choice_of_many_is_a_list_and_an_optional_one_can_be_taken_back():
    options = [f"Варіант {number}" for number in range(9)]
    form = [
        {
            "title": "А",
            "questions": [
                {"kind": "choice", "label": "Багато", "settings": {"options": options}},
                {"kind": "choice", "label": "Мало", "required": False, "settings": {"options": options[:2]}},
                {
                    "kind": "declaration",
                    "label": "Згода",
                    "required": False,
                    "settings": {"text": "Згодні на розсилку"},
                },
                {"kind": "budget", "label": "Кошти", "required": False},
                {"kind": "long", "label": "Довго", "settings": {"limit": 2000}},
                {"kind": "file", "label": "Файл", "settings": {"most": 1}},
            ],
        }
    ]
    page = drawn(fields.section_form(queries.outline(made.version(form)).section(1)))
    assert "<select" in page
    assert "Не відповім" in page
    assert page.count("(не обов’язково)") >= 3
    assert "multiple" not in page


# --- reading ----------------------------------------------------------------------------------------------------------


def test_everything_that_was_typed_is_read_as_typed(sheet):
    one = section(sheet, 1)
    data = posted(
        {"hromada": "Калинопіль", "since": "31.02", "staff": "чотири", "experience": "shche_ni", "revision": "3"}
    )
    form = fields.section_form(one, data=data)
    assert form.typed == {"hromada": "Калинопіль", "since": "31.02", "staff": "чотири", "experience": "shche_ni"}
    assert form.revision == 3
    two = fields.section_form(section(sheet, 2), data=posted({"title": "Назва", "audience": ["molod", "liudy_60"]}))
    assert two.typed == {"title": "Назва", "summary": "", "audience": ["molod", "liudy_60"], "after": ""}
    assert fields.section_form(section(sheet, 4), data=posted({"truth": "on"})).typed["truth"] is True
    assert fields.section_form(section(sheet, 4), data=posted({})).typed["truth"] is False


def test_what_was_typed_wrong_stays_in_its_place_with_its_sentence(sheet):
    data = posted({"hromada": "", "since": "31.02.2020", "staff": "чотири", "experience": ""})
    form = fields.section_form(section(sheet, 1), data=data)
    assert not form.is_valid()
    page = drawn(form)
    assert 'value="31.02.2020"' in page
    assert 'value="чотири"' in page
    assert "Такої дати немає" in page
    assert [anchor for anchor, _said in form.summary] == ["id_hromada", "id_since", "id_staff", "id_experience"]
    assert page.count('aria-invalid="true"') >= 4


def test_a_good_section_is_valid_and_gives_values(sheet):
    places.hromada(code=made.CODE)
    data = posted({"hromada-code": made.CODE, "since": "01.09.2017", "staff": "4", "experience": "shche_ni"})
    form = fields.section_form(section(sheet, 1), data=data)
    assert form.is_valid()
    assert form.cleaned_data["staff"] == 4


def test_a_revision_that_is_nonsense_is_none(sheet):
    for text in ("", "-1", "x", "9" * 10, "²"):
        assert sent.revision_of({"revision": text}) == 0


def test_the_picked_hromada_counts_while_its_name_stands_beside_it(sheet):
    one = places.hromada(code=made.CODE)
    assert sent.hromada(one.code, f"{one.label}, {one.whereabouts}") == one.code
    assert sent.hromada(one.code, "") == one.code
    assert sent.hromada(one.code, "Інша громада") == "Інша громада"
    assert sent.hromada("", "Тарнавиця") == "Тарнавиця"
    assert sent.hromada("UA0", "Тарнавиця") == "Тарнавиця"


def test_namesakes_are_offered_to_choose_from(sheet):
    one = places.hromada()
    twin = places.hromada(name=one.name, slug="kalynopilska-2")
    form = fields.section_form(section(sheet, 1), data=posted({"hromada": one.name}))
    page = drawn(form)
    assert f'value="{one.code}"' in page
    assert f'value="{twin.code}"' in page
    assert "кілька громад" in page


# --- the budget table -------------------------------------------------------------------------------------------------


def test_rows_come_in_their_order_and_gaps_close(sheet):
    data = posted({**row(10, "В", "3", "3"), **row(2, "Б", "2", "2"), **row(0, "А", "1", "1"), "budget-x-item": "ні"})
    typed = fields.section_form(section(sheet, 3), data=data).typed["budget"]
    assert [one["item"] for one in typed] == ["А", "Б", "В"]


def test_a_row_is_added_without_a_script(sheet):
    form = fields.section_form(section(sheet, 3), data=posted({**row(0, "А", "1", "1"), "add": "budget"}))
    assert form.stays
    assert [one["item"] for one in form.typed["budget"]] == ["А", ""]
    assert form.anchor == "id_budget-1-item"


def test_a_row_is_removed_without_a_script(sheet):
    data = posted({**row(0, "А", "1", "1"), **row(1, "Б", "2", "2"), "remove": "budget-0"})
    form = fields.section_form(section(sheet, 3), data=data)
    assert [one["item"] for one in form.typed["budget"]] == ["Б"]
    assert (form.stays, form.anchor) == (True, "id_budget")


def test_each_cell_shows_its_own_fault_and_the_good_rows_are_summed(sheet):
    data = posted(
        {**row(0, "Станція", "1", "62 000"), **row(1, "Афіші", "400", "−35"), **row(2, "", "2", "5"), "amount": "1"}
    )
    form = fields.section_form(section(sheet, 3), data=data)
    page = drawn(form)
    assert 'id="id_budget-1-price" name="budget-1-price"' in page
    assert '<span class="fault" id="e-id_budget-1-price">Ціна не може бути від’ємною.</span>' in page
    assert '<span class="fault" id="e-id_budget-2-item">Напишіть, що купуєте.</span>' in page
    assert ("id_budget-1-price", "Рядок 2: Ціна не може бути від’ємною.") in form.summary
    assert 'value="−35"' in page
    (asked,) = (one for one in form.asked if one.key == "budget")
    assert (asked.table.total, [one.total for one in asked.table.rows]) == ("62\u00a0010", [62_000, None, 10])


def test_a_cell_is_never_markup(sheet):
    page = drawn(fields.section_form(section(sheet, 3), data=posted(row(0, '"><script>x</script>', "<b>", "5"))))
    assert "<script>" not in page
    assert "<b>" not in page


def test_a_table_begins_with_three_rows_and_carries_a_mould_for_the_script(sheet):
    page = drawn(fields.section_form(section(sheet, 3)))
    assert page.count("data-product") == 4
    assert 'name="budget-__n__-price"' in page
    assert '<template data-row="budget">' in page


# --- files ------------------------------------------------------------------------------------------------------------


def test_added_files_are_listed_and_can_be_removed(sheet):
    one = section(sheet, 4)
    stored = operations.attach(sheet, one.question("letter"), uploads.upload(), by_id=None, at=made.MOMENT)
    answers = Answers.objects.get()
    form = fields.section_form(one, answers=answers)
    page = drawn(form, files_at="/files/")
    assert f'href="/files/{stored.key}/"' in page
    assert f'name="detach" value="letter:{stored.key}"' in page
    assert "Додати файл (ще 1)" in page
    assert stored.name in drawn(form)
    again = fields.section_form(one, data=posted({"detach": f"letter:{stored.key}"}), answers=answers)
    question, key = again.detached
    assert (question.key, key, again.anchor) == ("letter", str(stored.key), "id_letter")
    assert again.typed["letter"] == [str(stored.key)]
    assert fields.section_form(one, data=posted({"detach": "title:x"})).detached is None
    assert fields.section_form(one, data=posted({})).detached is None


def test_a_full_place_says_what_to_do(sheet):
    one = section(sheet, 4)
    for _twice in range(2):
        operations.attach(sheet, one.question("letter"), uploads.upload(), by_id=None, at=made.MOMENT)
    page = drawn(fields.section_form(one, answers=Answers.objects.get()))
    assert "Більше файлів не вміщується" in page
    assert 'name="letter"' not in page


def test_uploads_come_with_their_questions(sheet):
    one, upload = section(sheet, 4), uploads.upload()
    form = fields.section_form(
        one, data=posted({"attach": "letter"}), files=MultiValueDict({"letter": [upload], "x": [upload]})
    )
    assert [(question.key, file) for question, file in form.uploads] == [("letter", upload)]
    assert form.stays
    assert fields.section_form(one, data=posted({})).uploads == []
    assert form.is_multipart()


def test_a_refused_file_is_told_at_its_question_and_in_the_summary(sheet):
    form = fields.section_form(section(sheet, 4), answers=None, judged=False)
    form.add_error("letter", "Це не PDF.")
    form.add_error(None, "Спробуйте ще.")
    page = drawn(form)
    assert '<p class="fault" id="e-id_letter">Це не PDF.</p>' in page
    assert form.summary == [("id_letter", "Лист підтримки: Це не PDF."), ("", "Спробуйте ще.")]


# --- steps ------------------------------------------------------------------------------------------------------------


def test_the_steps_say_how_far_each_section_is(sheet):
    made.fill(sheet, [{"staff": "4"}])
    filled = queries.filled(sheet)
    here = filled.outline.section(2)
    steps = fields.steps(filled, lambda section: f"/{section.number}/", here)
    assert [(step["href"], step["here"], str(step["word"])) for step in steps] == [
        ("/1/", False, "почато"),
        ("/2/", True, "порожньо"),
        ("/3/", False, "порожньо"),
        ("/4/", False, "порожньо"),
    ]
    assert not any(step["here"] for step in fields.steps(filled, lambda _section: ""))


def test_a_question_may_be_keyed_like_a_part_of_the_form():
    outline = [
        {
            "title": "Проєкт",
            "questions": [{"key": key, "kind": "short", "label": key} for key in ("asked", "summary", "typed")],
        }
    ]
    place = queries.outline(made.version(outline, frozen=True)).section(1)
    page = drawn(fields.section_form(place, answers=None))
    assert [name for name in ("asked", "summary", "typed") if f'name="{name}"' in page] == ["asked", "summary", "typed"]
    judged = fields.section_form(place, data=QueryDict("asked=&summary=&typed="))
    assert sorted(judged.errors) == ["asked", "summary", "typed"]
    assert drawn(judged).count('class="fault"') == len(judged.summary) == 3

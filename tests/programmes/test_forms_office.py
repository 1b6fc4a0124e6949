"""The office makes forms without code."""

import pytest
from django.urls import reverse

from tests.factories import people as persons
from tests.factories import programmes as made
from tests.factories import questionnaires as forms
from viche.questionnaires import operations, queries
from viche.questionnaires.choices import QuestionKind
from viche.questionnaires.models import Question, Questionnaire, Section, Version

pytestmark = pytest.mark.django_db

PAGES = ["form", "form_rename", "form_delete", "form_section_new"]


@pytest.fixture
def programme():
    return made.programme()


@pytest.fixture
def office(client, programme):
    client.force_login(made.officer(programme))
    return client


@pytest.fixture
def version(programme):
    return forms.version(owner_key=f"programme:{programme.pk}")


def address(name, programme, version=None, **more):
    given = {"programme": programme.code, **({"version": version.pk} if version else {}), **more}
    return reverse(f"programmes:{name}", kwargs=given)


def content(version):
    return [(section.title, [q.label for q in section.questions]) for section in queries.outline(version)]


def first(version):
    return Section.objects.filter(version=version).earliest("position")


# --- the list and a new form ----------------------------------------------------------------------------------------


def test_the_list_names_forms_versions_and_how_many_fill_them(office, programme, version):
    forms.sheet(version)
    operations.new_version(version.questionnaire, at=forms.MOMENT)
    page = office.get(address("forms", programme)).content.decode()
    assert page.count("Заявка на малий грант") == 2
    assert "у роботі" in page
    assert "чернетка" in page


def test_an_empty_list_says_what_would_be_here(office, programme):
    page = office.get(address("forms", programme)).content.decode()
    assert "Тут будуть форми заявок і звітів" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    office, programme, django_assert_max_num_queries, rows
):
    for number in range(rows):
        forms.version(owner_key=f"programme:{programme.pk}", name=f"Форма {number}")
    with django_assert_max_num_queries(8):
        office.get(address("forms", programme))


@pytest.mark.parametrize("pattern", ["grant", "hub", "interim", "final"])
def test_a_form_begins_with_a_ready_one(office, programme, pattern):
    answer = office.post(address("form_new", programme), {"name": "Заявка 2024", "pattern": pattern})
    version = Version.objects.get()
    assert answer.status_code == 302
    assert answer.url == address("form", programme, version)
    assert version.questionnaire.owner_key == f"programme:{programme.pk}"
    assert len(queries.outline(version)) >= 3
    operations.freeze(version, at=forms.MOMENT)


def test_a_form_begins_with_nothing(office, programme):
    office.post(address("form_new", programme), {"name": "Своя", "pattern": "blank"})
    assert content(Version.objects.get()) == []
    page = office.get(address("form", programme, Version.objects.get())).content.decode()
    assert "У формі ще немає розділів" in page


def test_a_form_without_a_name_is_not_made(office, programme):
    answer = office.post(address("form_new", programme), {"name": " ", "pattern": "grant"})
    assert answer.status_code == 422
    assert not Questionnaire.objects.exists()


# --- the page of a form -----------------------------------------------------------------------------------------------


def test_the_page_shows_sections_questions_kinds_and_meanings(
    office, programme, version, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = office.get(address("form", programme, version)).content.decode()
    for words in ("Організація", "На що витратите грант", "таблиця бюджету", "скільки просять", "не обов’язково"):
        assert words in page


def test_a_form_is_renamed(office, programme, version):
    office.post(address("form_rename", programme, version), {"name": "Заявка з’їзду"})
    version.questionnaire.refresh_from_db()
    assert version.questionnaire.name == "Заявка з’їзду"
    assert office.post(address("form_rename", programme, version), {"name": ""}).status_code == 422


def test_a_form_is_deleted_after_asking(office, programme, version):
    assert "Вилучити форму" in office.get(address("form_delete", programme, version)).content.decode()
    assert Questionnaire.objects.exists()
    answer = office.post(address("form_delete", programme, version))
    assert answer.url == address("forms", programme)
    assert not Questionnaire.objects.exists()


def test_a_form_in_use_is_not_deleted(office, programme, version):
    forms.sheet(version)
    answer = office.post(address("form_delete", programme, version), follow=True)
    assert "вилучити її не можна" in answer.content.decode()
    assert Questionnaire.objects.exists()


def test_a_frozen_form_offers_a_new_version_and_nothing_to_change(office, programme, version):
    operations.freeze(version, at=forms.MOMENT)
    page = office.get(address("form", programme, version)).content.decode()
    assert "Зробити нову версію" in page
    assert "Додати розділ" not in page
    answer = office.get(address("form_section_new", programme, version), follow=True)
    assert "Створіть нову версію" in answer.content.decode()


def test_a_new_version_is_a_copy_to_change(office, programme, version):
    operations.freeze(version, at=forms.MOMENT)
    answer = office.post(address("form_version", programme, version))
    newer = Version.objects.get(number=2)
    assert answer.url == address("form", programme, newer)
    assert content(newer) == content(version)
    office.post(address("form_version", programme, version))
    assert Version.objects.count() == 2
    assert "Остання версія – 2" in office.get(address("form", programme, version)).content.decode()


# --- sections ---------------------------------------------------------------------------------------------------------


def test_a_section_is_added_and_changed(office, programme, version):
    answer = office.post(
        address("form_section_new", programme, version), {"title": "Ризики", "intro": "Що може завадити"}
    )
    section = Section.objects.get(title="Ризики")
    assert answer.url.endswith(f"#s-{section.pk}")
    at = address("form_section", programme, version, section=section.pk)
    assert "Що може завадити" in office.get(at).content.decode()
    office.post(at, {"title": "Ризики й захист", "intro": ""})
    assert content(version)[-1] == ("Ризики й захист", [])


def test_a_section_without_a_title_stays_on_the_page(office, programme, version):
    answer = office.post(address("form_section_new", programme, version), {"title": "", "intro": "Що може завадити"})
    assert answer.status_code == 422
    assert "Що може завадити" in answer.content.decode()


def test_a_section_moves(office, programme, version):
    at = address("form_section_move", programme, version, section=first(version).pk)
    office.post(at, {"down": ""})
    assert [title for title, _ in content(version)][:2] == ["Проєкт", "Організація"]
    office.post(at, {"up": ""})
    office.post(at, {"up": ""})
    assert content(version)[0][0] == "Організація"


def test_a_section_is_removed_after_asking(office, programme, version):
    at = address("form_section_remove", programme, version, section=first(version).pk)
    assert "Вилучити розділ «Організація»?" in office.get(at).content.decode()
    office.post(at)
    assert content(version)[0][0] == "Проєкт"


# --- questions --------------------------------------------------------------------------------------------------------

GIVEN = {
    "short": {"limit": "200", "meaning": ""},
    "long": {"limit": "", "meaning": ""},
    "number": {"least": "1", "most": "40", "whole": "on"},
    "money": {"least": "", "most": "90 000", "meaning": ""},
    "date": {"first": "01.02.2024", "last": ""},
    "choice": {"options": "Так\nНі\n\n"},
    "several": {"options": "Молодь\nЛюди 60+"},
    "file": {"most": "3"},
    "photos": {"most": ""},
    "hromada": {},
    "budget": {"rows": "20", "meaning": ""},
    "declaration": {"text": "Усе правда."},
}
KEPT = {
    "short": {"limit": 200},
    "long": {},
    "number": {"least": "1", "most": "40", "whole": True},
    "money": {"most": "90000"},
    "date": {"first": "2024-02-01"},
    "choice": {"options": [{"value": "tak", "label": "Так"}, {"value": "ni", "label": "Ні"}]},
    "several": {"options": [{"value": "molod", "label": "Молодь"}, {"value": "liudy_60", "label": "Люди 60+"}]},
    "file": {"most": 3},
    "photos": {},
    "hromada": {},
    "budget": {"rows": 20},
    "declaration": {"text": "Усе правда."},
}


def test_what_answer_is_awaited_is_chosen_first(office, programme, version):
    page = office.get(address("form_question_new", programme, version, section=first(version).pk)).content.decode()
    assert all(f"?kind={kind}" in page for kind in QuestionKind.values)


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_a_question_of_every_kind_is_added_and_opened_again(office, programme, version, kind):
    at = address("form_question_new", programme, version, section=first(version).pk) + f"?kind={kind}"
    assert office.get(at).status_code == 200
    answer = office.post(at, {"label": "Нове запитання", "help": "", "required": "on", **GIVEN[kind]})
    question = Question.objects.get(label="Нове запитання")
    assert answer.url.endswith(f"#q-{question.pk}")
    assert (question.kind, question.required, question.settings) == (kind, True, KEPT[kind])
    opened = address("form_question", programme, version, question=question.pk)
    page = office.get(opened).content.decode()
    assert "Нове запитання" in page
    office.post(opened, {"label": "Інакше", "help": "Пояснення", **GIVEN[kind]})
    question.refresh_from_db()
    assert (question.label, question.required, question.settings) == ("Інакше", False, KEPT[kind])


def test_a_question_with_wrong_settings_stays_on_the_page_with_the_sentence(office, programme, version):
    at = address("form_question_new", programme, version, section=first(version).pk)
    answer = office.post(f"{at}?kind=choice", {"label": "Чи так", "options": "Так"})
    assert answer.status_code == 422
    assert "щонайменше два варіанти" in answer.content.decode()
    answer = office.post(f"{at}?kind=money", {"label": "Ще раз, скільки", "meaning": "amount"})
    assert answer.status_code == 422
    assert "уже означає запитання «Скільки просите, ₴»" in answer.content.decode()
    answer = office.post(f"{at}?kind=number", {"label": "Скільки", "least": "9", "most": "3"})
    assert "Найбільше не може бути меншим за найменше" in answer.content.decode()


def test_a_question_changes_its_kind(office, programme, version):
    question = Question.objects.get(section__version=version, key="title")
    at = address("form_question", programme, version, question=question.pk) + "?kind=long"
    office.post(at, {"label": "Назва проєкту", "meaning": "", "limit": "500"})
    question.refresh_from_db()
    assert (question.kind, question.key, question.settings) == ("long", "title", {"limit": 500})
    at = address("form_question", programme, version, question=question.pk) + "?kind=poem"
    assert office.get(at).status_code == 404


def test_an_option_that_stays_keeps_its_value(office, programme, version):
    question = Question.objects.get(section__version=version, key="experience")
    question.settings["options"][0]["value"] = "never"
    question.save()
    at = address("form_question", programme, version, question=question.pk)
    office.post(at, {"label": question.label, "options": "Багато\nЩе ні"})
    question.refresh_from_db()
    assert [option["value"] for option in question.settings["options"]] == ["bahato", "never"]


def test_a_question_moves_within_its_section_and_into_the_next(office, programme, version):
    question = Question.objects.get(section__version=version, key="experience")
    at = address("form_question_move", programme, version, question=question.pk)
    office.post(at, {"up": ""})
    assert content(version)[0][1][2] == question.label
    office.post(at, {"down": ""})
    office.post(at, {"down": ""})
    assert content(version)[1][1][0] == question.label
    office.post(at, {"up": ""})
    assert content(version)[0][1][-1] == question.label


def test_a_question_is_removed_after_asking(office, programme, version):
    question = Question.objects.get(section__version=version, key="experience")
    at = address("form_question_remove", programme, version, question=question.pk)
    assert question.label in office.get(at).content.decode()
    assert Question.objects.filter(pk=question.pk).exists()
    office.post(at)
    assert not Question.objects.filter(pk=question.pk).exists()


def test_a_frozen_form_refuses_every_change_with_a_sentence(office, programme, version):
    operations.freeze(version, at=forms.MOMENT)
    section, question = first(version), Question.objects.filter(section__version=version).first()
    before = content(version)
    for name, more in (
        ("form_section_move", {"section": section.pk}),
        ("form_section_remove", {"section": section.pk}),
        ("form_question_move", {"question": question.pk}),
        ("form_question_remove", {"question": question.pk}),
    ):
        answer = office.post(address(name, programme, version, **more), {"down": ""}, follow=True)
        assert "Створіть нову версію форми" in answer.content.decode(), name
    answer = office.post(address("form_section", programme, version, section=section.pk), {"title": "Інша назва"})
    assert answer.status_code == 422
    assert "Інша назва" in answer.content.decode()
    assert content(version) == before


# --- preview ----------------------------------------------------------------------------------------------------------


def test_the_preview_shows_each_section_as_the_applicant_sees_it(office, programme, version):
    page = office.get(address("form_preview", programme, version, number=3)).content.decode()
    assert "Розділ 3 із 4" in page
    assert "Додати рядок" in page
    assert "Далі: Додатки і заява" in page
    assert office.get(address("form_preview", programme, version, number=5)).status_code == 404


def test_the_preview_can_be_tried_and_saves_nothing(office, programme, version):
    at = address("form_preview", programme, version, number=3)
    row = {"budget-0-item": "Друк афіш", "budget-0-quantity": "400", "budget-0-price": "−35"}
    answer = office.post(at, {**row, "amount": "1000", "revision": "0"})
    assert answer.status_code == 422
    assert "Ціна не може бути від’ємною." in answer.content.decode()
    answer = office.post(at, {**row, "budget-0-price": "5", "amount": "2 000"})
    assert "Тут усе гаразд" in answer.content.decode()
    answer = office.post(at, {**row, "add": "budget"})
    assert answer.status_code == 200
    assert 'id="id_budget-1-item"' in answer.content.decode()


# --- rights -----------------------------------------------------------------------------------------------------------


def addresses(programme, version):
    section, question = first(version), Question.objects.filter(section__version=version).first()
    yield from (address(name, programme) for name in ("forms", "form_new"))
    yield from (address(name, programme, version) for name in PAGES)
    yield address("form_preview", programme, version, number=1)
    yield address("form_section", programme, version, section=section.pk)
    yield address("form_section_remove", programme, version, section=section.pk)
    yield address("form_question_new", programme, version, section=section.pk)
    yield address("form_question", programme, version, question=question.pk)
    yield address("form_question_remove", programme, version, question=question.pk)


@pytest.mark.parametrize("role", ["other", "observer", "reviewer", "panellist", "nobody"])
def test_who_does_not_manage_the_programme_finds_nothing(client, programme, version, role):
    roles = {"other": made.officer, "nobody": persons.user}
    client.force_login(roles[role]() if role in roles else getattr(made, role)(programme))
    assert {client.get(at).status_code for at in addresses(programme, version)} == {404}


def test_a_visitor_is_asked_to_sign_in(client, programme, version):
    for at in addresses(programme, version):
        answer = client.get(at)
        assert answer.status_code == 302
        assert "next=" in answer.url


def test_an_officer_opens_everything_but_forms_of_another_programme(office, programme, version):
    assert {office.get(at).status_code for at in addresses(programme, version)} == {200}
    foreign = forms.version(owner_key="programme:999")
    assert office.get(address("form", programme, foreign)).status_code == 404
    section = first(foreign)
    assert office.get(address("form_section", programme, version, section=section.pk)).status_code == 404
    question = Question.objects.filter(section=section).first()
    assert office.get(address("form_question", programme, version, question=question.pk)).status_code == 404


def test_moves_and_new_versions_come_by_post_only(office, programme, version):
    at = address("form_section_move", programme, version, section=first(version).pk)
    assert office.get(at).status_code == 405
    assert office.get(address("form_version", programme, version)).status_code == 405

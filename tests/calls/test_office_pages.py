"""The office prepares, announces, extends and cancels a call, and reads applications, over HTTP."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import calls, people, places, programmes, questionnaires
from viche.calls.models import Call
from viche.calls.operations import applications as operations
from viche.questionnaires import operations as operations_of_forms
from viche.questionnaires import queries
from viche.questionnaires.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return programmes.programme()


@pytest.fixture
def officer(client, programme):
    user = programmes.officer(programme)
    client.force_login(user)
    return user


def test_a_call_is_prepared_and_announced_without_code(client, programme, officer):
    version = calls.version(programme)
    new = reverse("calls:office_new", args=[programme.code])
    basics = {
        "title": "Малі гранти",
        "kind": "grant",
        "code": "mini-1",
        "lead": "До 100 000 ₴.",
        "about": "Текст",
        "title_en": "",
    }
    assert client.get(new).status_code == 200
    assert client.post(new, basics | {"title": ""}).status_code == 422
    answer = client.post(new, basics)
    call = Call.objects.get()
    assert call.code == "MINI-1"
    assert answer.headers["Location"] == reverse("calls:office_terms", args=[programme.code, "MINI-1"])
    here = [programme.code, call.code]
    assert "Перш ніж оголосити" in client.get(reverse("calls:office", args=here)).content.decode()
    terms = {
        "opens_at": "2030-02-01T08:00",
        "closes_at": "30.01.2030 18:00",
        "budget": "500 000",
        "award_most": "100 000",
        "reviewers_wanted": "3",
    }
    wrong = client.post(reverse("calls:office_terms", args=here), terms)
    assert wrong.status_code == 422
    assert "раніше, ніж відкривається" in wrong.content.decode()
    assert (
        client.post(reverse("calls:office_terms", args=here), terms | {"closes_at": "28.02.2030 18:00"}).status_code
        == 302
    )
    assert client.post(reverse("calls:office_form", args=here), {"form": version.pk}).status_code == 302
    rows = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "0",
        "form-0-name": "Потреба",
        "form-0-weight": "0",
        "form-1-name": "Кроки",
        "form-1-weight": "100",
    }
    refused = client.post(reverse("calls:office_criteria", args=here), rows)
    assert refused.status_code == 422
    assert "більшою за нуль" in refused.content.decode()
    assert (
        client.post(
            reverse("calls:office_criteria", args=here), rows | {"form-0-weight": "60", "form-1-weight": "40"}
        ).status_code
        == 302
    )
    assert client.get(call.get_absolute_url()).status_code == 200
    announce = reverse("calls:office_announce", args=here)
    assert f'href="{announce}"' in client.get(reverse("calls:office", args=here)).content.decode()
    asked = client.get(announce).content.decode()
    assert all(words in asked for words in ("Оголосити конкурс?", call.title, "Потреба – 60 %", "100\u00a0000"))
    call.refresh_from_db()
    assert call.stage == "draft"
    client.post(announce)
    call.refresh_from_db()
    assert call.stage == "scheduled"


def test_a_day_that_does_not_exist_is_told(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    address = reverse("calls:office_terms", args=[programme.code, call.code])
    answer = client.post(address, {"opens_at": "31.02.2030 18:00", "reviewers_wanted": "3"})
    assert answer.status_code == 422
    assert "Такого дня в календарі може не бути" in answer.content.decode()


def test_the_circle_is_drawn_by_lines(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    hromada, organisation = places.hromada(), people.organisation()
    address = reverse("calls:office_circle", args=[programme.code, call.code])
    assert client.get(address).status_code == 200
    typed = {"who": "listed", "hromadas": hromada.code, "organisations": f"{organisation.edrpou}\n"}
    assert client.post(address, typed).status_code == 302
    assert list(call.who_hromadas.all()) == [hromada]
    assert list(call.who_organisations.all()) == [organisation]
    wrong = client.post(address, typed | {"hromadas": "Немаєтакоївська", "organisations": "12345678"})
    page = wrong.content.decode()
    assert "Громади «Немаєтакоївська» немає" in page
    assert "Організації «12345678» у Вічі немає" in page


def test_what_is_refused_is_said_and_what_was_typed_stays(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    Call.objects.filter(pk=call.pk).update(form=None)
    answer = client.post(reverse("calls:office_announce", args=[programme.code, call.code]))
    assert answer.status_code == 422
    assert "Виберіть форму заявки" in answer.content.decode()
    basics = reverse("calls:office_basics", args=[programme.code, call.code])
    answer = client.post(basics, {"title": "Нова назва", "kind": "", "code": call.code, "lead": "Л"})
    assert answer.status_code == 422
    assert "Нова назва" in answer.content.decode()


TERMS = {
    "opens_at": "2030-02-01T08:00",
    "closes_at": "2030-02-28T18:00",
    "budget": "1 200 000",
    "award_most": "300 000",
    "reviewers_wanted": "3",
}


@pytest.fixture
def to_come(programme, officer):
    """A call that is announced and has not opened."""
    return calls.announced(
        programme, officer=officer, opens_at=calls.OPENS.replace(year=2030), closes_at=calls.CLOSES.replace(year=2030)
    )


@pytest.mark.parametrize("field", ["opens_at", "closes_at", "budget", "award_most"])
def test_no_term_of_an_announced_call_can_be_cleared(client, to_come, field):
    address = reverse("calls:office_terms", args=[to_come.programme.code, to_come.code])
    assert client.post(address, TERMS).status_code == 302
    answer = client.post(address, TERMS | {field: ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_close_before_the_opening_is_told_beside_what_else_is_wrong(client, to_come):
    address = reverse("calls:office_terms", args=[to_come.programme.code, to_come.code])
    answer = client.post(address, TERMS | {"closes_at": "2030-01-28T18:00", "budget": "багато"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"closes_at", "budget"}


def test_all_that_was_cleared_at_once_is_told_each_at_its_place(client, to_come):
    address = reverse("calls:office_terms", args=[to_come.programme.code, to_come.code])
    answer = client.post(address, {"reviewers_wanted": "3"})
    assert set(answer.context["form"].errors) == {"opens_at", "closes_at", "budget", "award_most"}


def test_an_announced_call_is_not_for_nobody(client, to_come):
    address = reverse("calls:office_circle", args=[to_come.programme.code, to_come.code])
    listed = client.post(address, {"who": "listed", "hromadas": "", "organisations": ""})
    assert (listed.status_code, list(listed.context["form"].errors)) == (422, ["organisations"])
    outcome = client.post(address, {"who": "outcome", "hromadas": "", "organisations": ""})
    assert (outcome.status_code, list(outcome.context["form"].errors)) == (422, ["who_call"])
    to_come.refresh_from_db()
    assert to_come.who == "anyone"


def test_a_rolling_call_is_given_its_close(client, programme, officer):
    call = calls.announced(programme, officer=officer, kind="support", closes_at=None, budget=None, award_most=None)
    here = [programme.code, call.code]
    assert "Призначити закриття" in client.get(reverse("calls:office", args=here)).content.decode()
    assert "Призначити закриття" in client.get(reverse("calls:office_extend", args=here)).content.decode()
    later = f"{timezone.now() + timedelta(days=300):%Y-%m-%dT%H:%M}"
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": later}).status_code == 302


def test_extending_and_cancelling_ask_first(client, programme, officer):
    call = calls.announced(
        programme, officer=officer, opens_at=calls.OPENS.replace(year=2030), closes_at=calls.CLOSES.replace(year=2030)
    )
    here = [programme.code, call.code]
    assert client.get(reverse("calls:office_extend", args=here)).status_code == 200
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": "2029-01-01T10:00"}).status_code == 422
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": "2031-01-01T10:00"}).status_code == 302
    unsaid = client.post(reverse("calls:office_cancel", args=here), {"why": ""})
    assert unsaid.status_code == 422
    assert "Поясніть, чому конкурс скасовано" in unsaid.content.decode()
    assert client.post(reverse("calls:office_cancel", args=here), {"why": "Так сталося"}).status_code == 302
    call.refresh_from_db()
    assert call.stage == "cancelled"


def test_applications_are_listed_found_and_exported(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    first, _second = calls.submitted(call), calls.submitted(call)
    draft = calls.begun(call)
    address = reverse("calls:office_applications", args=[programme.code, call.code])
    page = client.get(address).content.decode()
    assert "2 заявки" in page
    assert draft.organisation.name not in page
    found = client.get(address, {"q": first.code.lower(), "sort": "-amount", "state": "submitted"}).content.decode()
    assert "1 заявка" in found
    assert "Таких заявок немає" in client.get(address, {"outcome": "supported"}).content.decode()
    oblast = first.organisation.hromada.oblast.slug
    assert "2 заявки" in client.get(address, {"oblast": oblast, "outcome": "none"}).content.decode()
    rows = json.loads(client.get(address.rstrip("/") + ".json").content)
    assert {row["code"] for row in rows} == {f"{call.code}-001", f"{call.code}-002"}
    assert client.get(address.rstrip("/") + ".csv").status_code == 200
    assert client.get(address.rstrip("/") + ".pdf").status_code == 404


def test_one_application_is_read_as_it_was_frozen(client, programme, officer):
    application = calls.submitted(calls.announced(programme, officer=officer))
    page = client.get(
        reverse("calls:office_application", args=[programme.code, application.call.code, application.code])
    )
    assert "Світла читальня" in page.content.decode()
    client.force_login(programmes.officer())
    again = client.get(
        reverse("calls:office_application", args=[programme.code, application.call.code, application.code])
    )
    assert again.status_code == 404


def test_an_observer_reads_but_has_no_buttons(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    client.force_login(programmes.observer(programme))
    page = client.get(reverse("calls:office", args=[programme.code, call.code])).content.decode()
    assert reverse("calls:office_basics", args=[programme.code, call.code]) not in page
    assert client.get(reverse("calls:office_basics", args=[programme.code, call.code])).status_code == 404
    assert "Новий конкурс" not in client.get(reverse("calls:office_list", args=[programme.code])).content.decode()


def test_a_criterion_without_weight_is_told_at_its_place(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "Потреба", "form-1-help": "Без назви"}
    answer = client.post(reverse("calls:office_criteria", args=[programme.code, call.code]), rows)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Критерій 1: Вкажіть вагу." in page
    assert 'href="#id_form-0-weight"' in page
    assert call.criteria.count() == 2


def test_what_is_typed_of_a_criterion_needs_a_name(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    rows = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "2",
        "form-0-name": "Потреба",
        "form-0-weight": "100",
        "form-1-help": "Назву стерто, тож рядок прибрано",
        "form-2-help": "Назву забуто",
    }
    address = reverse("calls:office_criteria", args=[programme.code, call.code])
    answer = client.post(address, rows)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Критерій 3: Назвіть критерій." in page
    assert 'href="#id_form-2-name"' in page
    assert call.criteria.count() == 2
    assert client.post(address, rows | {"form-2-help": ""}).status_code == 302
    assert [criterion.name for criterion in call.criteria.all()] == ["Потреба"]


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"form-0-name": "Потреба", "form-0-weight": "100"},
        {"form-TOTAL_FORMS": "99999999", "form-INITIAL_FORMS": "0"},
    ],
)
def test_criteria_that_did_not_arrive_whole_are_not_said_to_be_saved(client, programme, officer, posted):
    call = calls.draft(programme, officer=officer)
    answer = client.post(reverse("calls:office_criteria", args=[programme.code, call.code]), posted)
    assert answer.status_code == 422
    assert "нічого не змінено" in answer.content.decode()
    assert [row.initial["name"] for row in answer.context["rows"].initial_forms] == ["Потреба громади", "Здійсненність"]
    assert call.criteria.count() == 2


def test_what_comes_too_late_is_answered_with_its_own_code(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    here = [programme.code, call.code]
    assert client.post(reverse("calls:office_terms", args=here), TERMS).status_code == 409
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": "2031-01-01T10:00"}).status_code == 409
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Потреба", "form-0-weight": "100"}
    assert client.post(reverse("calls:office_criteria", args=here), rows).status_code == 409
    Call.objects.filter(pk=call.pk).update(stage="decided")
    assert client.post(reverse("calls:office_cancel", args=here), {"why": "Пізно"}).status_code == 409


def test_versions_of_a_form_are_named_in_the_language_of_the_page(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    address = reverse("calls:office_form", args=[programme.code, call.code])
    name = call.form.questionnaire.name
    assert f"{name}, версія 1" in client.get(address).content.decode()
    assert f"{name}, version 1" in client.get(f"/en{address}").content.decode()


def test_a_code_that_is_taken_is_told_and_what_was_typed_stays(client, programme, officer):
    taken = calls.draft(programme, officer=officer)
    typed = {"title": "Друга назва", "kind": "grant", "code": taken.code, "lead": "Л", "about": "", "title_en": ""}
    answer = client.post(reverse("calls:office_new", args=[programme.code]), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Друга назва" in page
    assert f"Код {taken.code} уже має інший конкурс. Придумайте інший, наприклад {taken.code}-2." in page
    assert Call.objects.count() == 1


@pytest.mark.parametrize("code", ["тест 1", "TEST 1", "-A", "a_b", "A\nB"])
def test_a_code_with_other_signs_is_told_in_our_words(client, programme, officer, code):
    typed = {"title": "Друга назва", "kind": "grant", "code": code, "lead": "Л", "about": "", "title_en": ""}
    page = client.post(reverse("calls:office_new", args=[programme.code]), typed)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["code"]
    assert "лишіть самі латинські літери" in page.content.decode()
    assert "slug" not in page.content.decode()


def test_nothing_chosen_is_no_row_of_dashes(client, programme, officer):
    page = client.get(reverse("calls:office_new", args=[programme.code])).content.decode()
    assert "---------" not in page
    told = client.post(reverse("calls:office_new", args=[programme.code]), {"title": ""}).context["form"].errors
    assert told["kind"] == ["Виберіть відповідь."]
    assert told["title"] == told["code"] == ["Заповніть це поле."]


def test_a_hromada_with_a_namesake_is_asked_for_by_its_code(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    for number in (1, 2):
        places.hromada(name="Озерянська", slug=f"ozerianska-{number}")
        people.organisation(name="Бібліотека «На Греблі»")
    address = reverse("calls:office_circle", args=[programme.code, call.code])
    typed = {"who": "anyone", "hromadas": "Озерянська громада", "organisations": "Бібліотека «На Греблі»"}
    impossible = client.post(address, {"who": "listed", "who_oblasts": "9" * 30})
    assert impossible.status_code == 422
    page = client.post(address, typed).content.decode()
    assert "Громад із назвою «Озерянська громада» кілька" in page
    assert "Організацій із назвою «Бібліотека «На Греблі»» кілька" in page


def test_a_file_of_a_submitted_application_is_read_by_its_office_alone(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    application = calls.complete(call)
    by = calls.writer(application)
    question = queries.outline(application.sheet.version).section(3).questions[0]
    letter = SimpleUploadedFile("лист.txt", "Підтримуємо".encode())
    stored = operations.attach(application, question=question, upload=letter, by=by, at=calls.WHILE_OPEN)
    operations.submit(application, by=by, clock=lambda: calls.WHILE_OPEN)
    address = reverse("calls:office_upload", args=[programme.code, call.code, f"{call.code}-001", stored.key])
    assert b"".join(client.get(address).streaming_content) == "Підтримуємо".encode()
    client.force_login(programmes.officer())
    assert client.get(address).status_code == 404


def test_what_a_receipt_names_is_kept_and_what_was_added_since_is_the_applicants_alone(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    application = calls.submitted(call)
    by = calls.writer(application)
    named = calls.letter(application)
    question = queries.outline(application.sheet.version).section(3).questions[0]
    operations.withdraw(application, by=by, clock=lambda: calls.WHILE_OPEN)
    operations.detach(application, question=question, key=str(named.key), by=by, at=calls.WHILE_OPEN)
    letter = SimpleUploadedFile("новий.txt", "Новий".encode())
    added = operations.attach(application, question=question, upload=letter, by=by, at=calls.WHILE_OPEN)
    place = [programme.code, call.code, f"{call.code}-001"]
    assert client.get(reverse("calls:office_upload", args=[*place, named.key])).status_code == 200
    assert client.get(reverse("calls:office_upload", args=[*place, added.key])).status_code == 404
    client.force_login(by)
    for stored in (named, added):
        assert client.get(reverse("calls:upload", args=[application.pk, stored.key])).status_code == 200
    # What no receipt names goes for good.
    operations.detach(application, question=question, key=str(added.key), by=by, at=calls.WHILE_OPEN)
    assert client.get(reverse("calls:upload", args=[application.pk, added.key])).status_code == 404
    named.refresh_from_db()
    assert named.removed_at is None


def test_the_way_of_applications_opens_them(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    calls.submitted(call)
    calls.begun(call)
    page = client.get(reverse("calls:office", args=[programme.code, call.code]))
    assert [step["value"] for step in page.context["steps"]] == [2, 1, 0]
    address = page.context["steps"][1]["href"]
    assert "1 заявка" in client.get(address).content.decode()


def test_an_extension_asks_for_the_days_that_have_to_move_along(client, programme, officer):
    terms = {"review_by": date(2030, 2, 25), "decision_by": date(2030, 3, 5), "work_starts_on": date(2030, 4, 1)}
    opening = {"opens_at": calls.OPENS.replace(year=2030), "closes_at": calls.CLOSES.replace(year=2030)}
    call = calls.announced(programme, officer=officer, **opening, **terms)
    address = reverse("calls:office_extend", args=[programme.code, call.code])
    page = client.get(address)
    assert list(page.context["form"].fields) == ["closes_at", "review_by", "decision_by", "work_starts_on"]
    answer = client.post(address, {"closes_at": "2030-03-10T18:00"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"review_by", "decision_by"}
    days = {"review_by": "20.03.2030", "decision_by": "30.03.2030"}
    assert client.post(address, {"closes_at": "2030-03-10T18:00"} | days).status_code == 302
    call.refresh_from_db()
    assert (call.review_by, call.decision_by) == (date(2030, 3, 20), date(2030, 3, 30))
    assert call.work_starts_on == date(2030, 4, 1)
    assert client.post(address, {"closes_at": "9999-03-10T18:00"}).status_code == 422
    assert client.post(address, {"closes_at": "2033-03-10T18:00"}).status_code == 422


def test_all_terms_that_do_not_go_together_are_told_at_once(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    typed = {
        "opens_at": "2030-02-01T08:00",
        "closes_at": "2030-01-28T18:00",
        "review_by": "01.01.2030",
        "decision_by": "01.12.2029",
        "work_starts_on": "01.11.2029",
        "work_ends_on": "01.10.2029",
        "award_least": "500",
        "award_most": "400",
        "budget": "300",
        "reviewers_wanted": "3",
    }
    answer = client.post(reverse("calls:office_terms", args=[programme.code, call.code]), typed)
    errors = answer.context["form"].errors
    assert set(errors) == {"closes_at", "review_by", "decision_by", "work_starts_on", "work_ends_on", "award_most"}
    assert len(errors["award_most"]) == 2


def test_what_a_form_does_not_ask_is_told_with_the_way_to_its_questions(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    Question.objects.filter(section__version=call.form, meaning="amount").update(meaning="")
    page = client.get(reverse("calls:office", args=[programme.code, call.code])).content.decode()
    assert "сума, яку просять" in page
    assert f'href="{reverse("programmes:form", args=[programme.code, call.form_id])}"' in page
    assert ">Оголосити<" not in page


def test_an_application_without_a_title_is_called_after_its_organisation(client, programme, officer):
    application = calls.submitted(calls.announced(programme, officer=officer))
    type(application).objects.filter(pk=application.pk).update(title="")
    here = [programme.code, application.call.code]
    page = client.get(reverse("calls:office_application", args=[*here, application.code])).content.decode()
    assert f"<h1>{application.organisation.name}</h1>" in page


def test_a_form_is_made_from_where_it_is_needed(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    here = reverse("calls:office_form", args=[programme.code, call.code])
    page = client.get(here)
    assert page.context["new_form"] in page.content.decode().replace("&amp;", "&")
    typed = {"name": "Заявка 2030", "pattern": "grant"}
    assert client.get(page.context["new_form"]).status_code == 200
    made = client.post(reverse("programmes:form_new", args=[programme.code]), typed)
    editor = client.get(made.headers["Location"]).content.decode()
    assert f'href="{here}"' in editor
    assert "Заявка 2030, версія 1" in client.get(here).content.decode()


def test_nobody_is_led_back_to_another_site(client, programme, officer):
    form = questionnaires.version(owner_key=f"programme:{programme.pk}")
    client.get(reverse("programmes:form_new", args=[programme.code]), {"next": "https://example.com/"})
    page = client.get(reverse("programmes:form", args=[programme.code, form.pk])).content.decode()
    assert "example.com" not in page


def test_forms_to_choose_from_say_what_they_ask_and_which_are_for_reports(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    owner = f"programme:{programme.pk}"
    report = operations_of_forms.draw_up("Звіт", pattern="final", owner_key=owner, at=calls.BEFORE)
    page = client.get(reverse("calls:office_form", args=[programme.code, call.code])).content.decode()
    assert "Форма звіту" in page
    assert "Питає: назва проєкту, короткий зміст, бюджет, скільки просять, власний внесок." in page
    for version in (report, call.form):
        assert f'href="{reverse("programmes:form", args=[programme.code, version.pk])}"' in page


def test_the_office_writes_english_beside_the_ukrainian_also_after_the_opening(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    address = reverse("calls:office_basics", args=[programme.code, call.code])
    page = client.get(address)
    assert "<summary>Англійською</summary>" in page.content.decode()
    typed = {name: getattr(call, name) for name in ("title", "kind", "code", "lead", "about")}
    english = {"title_en": "Small grants", "lead_en": "Up to three", "about_en": "We pay."}
    assert client.post(address, typed | english).status_code == 302
    call.refresh_from_db()
    assert (call.title_en, call.lead_en, call.about_en) == tuple(english.values())
    long = client.post(address, typed | {"lead_en": "a" * 401}).content.decode()
    assert "<details open><summary>Англійською" in long


def test_what_no_longer_changes_is_shown_but_not_offered(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    here = [programme.code, call.code]
    for name, free in [("terms", {"review_by", "decision_by"}), ("circle", set()), ("form", set())]:
        page = client.get(reverse(f"calls:office_{name}", args=here))
        fields = page.context["form"].fields
        assert {field for field in fields if not fields[field].disabled} == free
        assert "не змінюються з <time" in page.content.decode()
        assert (">Зберегти</button>" in page.content.decode()) == bool(free)
    criteria = client.get(reverse("calls:office_criteria", args=here)).content.decode()
    assert "не змінюються з <time" in criteria
    assert "Потреба громади" in criteria
    assert "<input" not in criteria.partition("<main")[2].partition("</main>")[0].replace('<input type="hidden"', "")
    # What is left out by the browser because it is locked is no change.
    days = {"review_by": "01.03.2024", "decision_by": "09.03.2024"}
    assert client.post(reverse("calls:office_terms", args=here), days).status_code == 302
    call.refresh_from_db()
    assert (call.review_by, call.budget) == (date(2024, 3, 1), 1_200_000)


def test_code_and_kind_of_an_announced_call_are_locked(client, to_come):
    address = reverse("calls:office_basics", args=[to_come.programme.code, to_come.code])
    fields = client.get(address).context["form"].fields
    assert {name for name in fields if fields[name].disabled} == {"code", "kind"}
    assert client.post(address, {"title": "Інша назва", "lead": "Л"}).status_code == 302
    to_come.refresh_from_db()
    assert to_come.title == "Інша назва"


def test_a_call_is_taken_back_while_it_has_not_opened(client, to_come, programme, officer):
    here = [to_come.programme.code, to_come.code]
    address = reverse("calls:office_take_back", args=here)
    assert f'href="{address}"' in client.get(reverse("calls:office", args=here)).content.decode()
    assert "Повернути конкурс у чернетки?" in client.get(address).content.decode()
    client.post(address)
    to_come.refresh_from_db()
    assert to_come.stage == "draft"
    opened = calls.announced(programme, officer=officer)
    answer = client.post(reverse("calls:office_take_back", args=[programme.code, opened.code]), follow=True)
    assert "чернеткою він більше не буде" in answer.content.decode()


def test_the_sum_of_typed_weights_is_the_one_that_is_told(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "А", "form-0-weight": "60"}
    rows |= {"form-1-name": "Б", "form-1-weight": "50"}
    page = client.post(reverse("calls:office_criteria", args=[programme.code, call.code]), rows)
    assert page.context["total"] == 110
    assert "110 %" in page.content.decode()


def test_another_call_may_be_of_any_programme_that_the_officer_sees(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    public, hidden = calls.announced(), calls.draft()
    own = calls.draft(programme, officer=officer)
    page = client.get(reverse("calls:office_circle", args=[programme.code, call.code]))
    offered = list(page.context["form"].fields["who_call"].queryset)
    assert offered[0] == own
    assert public in offered
    assert hidden not in offered
    assert call not in offered
    assert 'data-only="listed"' in page.content.decode()


def test_a_call_for_those_of_no_call_yet_does_not_name_one(client, programme, officer):
    call = calls.draft(programme, officer=officer, who="outcome")
    page = client.get(reverse("calls:office", args=[programme.code, call.code])).content.decode()
    assert "Лише ті, кого підтримали" not in page

"""The office prepares, announces, extends and cancels a call, and reads applications, over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import calls, people, places, programmes
from viche.calls.models import Call
from viche.calls.operations import applications as operations
from viche.questionnaires import queries

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
    client.post(reverse("calls:office_announce", args=here))
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
    answer = client.post(reverse("calls:office_announce", args=[programme.code, call.code]), follow=True)
    assert "Виберіть форму заявки" in answer.content.decode()
    basics = reverse("calls:office_basics", args=[programme.code, call.code])
    answer = client.post(basics, {"title": "Нова назва", "kind": "", "code": call.code, "lead": "Л"})
    assert answer.status_code == 422
    assert "Нова назва" in answer.content.decode()


def test_extending_and_cancelling_ask_first(client, programme, officer):
    call = calls.announced(
        programme, officer=officer, opens_at=calls.OPENS.replace(year=2030), closes_at=calls.CLOSES.replace(year=2030)
    )
    here = [programme.code, call.code]
    assert client.get(reverse("calls:office_extend", args=here)).status_code == 200
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": "2029-01-01T10:00"}).status_code == 422
    assert client.post(reverse("calls:office_extend", args=here), {"closes_at": "2031-01-01T10:00"}).status_code == 302
    assert client.post(reverse("calls:office_cancel", args=here), {"why": ""}).status_code == 422
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


def test_a_code_that_is_taken_is_told_and_what_was_typed_stays(client, programme, officer):
    taken = calls.draft(programme, officer=officer)
    typed = {"title": "Друга назва", "kind": "grant", "code": taken.code, "lead": "Л", "about": "", "title_en": ""}
    answer = client.post(reverse("calls:office_new", args=[programme.code]), typed)
    assert answer.status_code == 422
    assert "Друга назва" in answer.content.decode()


def test_a_hromada_with_a_namesake_is_asked_for_by_its_code(client, programme, officer):
    call = calls.draft(programme, officer=officer)
    for number in (1, 2):
        places.hromada(name="Озерянська", slug=f"ozerianska-{number}")
        people.organisation(name="Бібліотека «На Греблі»")
    address = reverse("calls:office_circle", args=[programme.code, call.code])
    typed = {"who": "anyone", "hromadas": "Озерянська громада", "organisations": "Бібліотека «На Греблі»"}
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


def test_the_way_of_applications_opens_them(client, programme, officer):
    call = calls.announced(programme, officer=officer)
    calls.submitted(call)
    calls.begun(call)
    page = client.get(reverse("calls:office", args=[programme.code, call.code]))
    assert [step["value"] for step in page.context["steps"]] == [2, 1, 0]
    address = page.context["steps"][1]["href"]
    assert "1 заявка" in client.get(address).content.decode()

"""The applicant's way through the pages, over HTTP: apply, fill, check, submit, receipt, withdraw; and bad input."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import calls, people, places, programmes
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import calls as office
from viche.questionnaires import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    """A call that is open at this very moment."""
    made = calls.announced()
    now = timezone.now()
    Call.objects.filter(pk=made.pk).update(opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=9))
    made.refresh_from_db()
    return made


@pytest.fixture
def head(client):
    """Somebody signed in who heads an organisation."""
    user = people.head()
    client.force_login(user)
    return user


def begin(client, call, user):
    organisation = user.memberships.get().organisation
    answer = client.post(reverse("calls:apply", args=[call.code]), {"organisation": organisation.pk})
    assert answer.status_code == 302
    return Application.objects.get(organisation=organisation)


PROJECT = {"title": "Світла читальня", "summary": "Бібліотека з власним світлом.", "audience": "molod", "revision": "0"}
BUDGET = {
    "budget-0-item": "Зарядна станція",
    "budget-0-quantity": "1",
    "budget-0-price": "62 000",
    "amount": "60 000",
    "own": "2 000",
    "revision": "0",
}


def address(application, number):
    return reverse("calls:section", args=[application.pk, number])


def test_the_whole_way_over_http(client, call, head):
    application = begin(client, call, head)
    assert client.post(address(application, 1), PROJECT).headers["Location"] == address(application, 2)
    assert client.post(address(application, 2), BUDGET).headers["Location"] == address(application, 3)
    answer = client.post(address(application, 3), {"truth": "on", "revision": "0"})
    assert answer.headers["Location"] == reverse("calls:check", args=[application.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Світла читальня" in page
    assert "Лишилося виправити" not in page
    answer = client.post(reverse("calls:submit", args=[application.pk]), follow=True)
    receipt = Receipt.objects.get()
    page = answer.content.decode()
    assert receipt.sha256[:8] in page
    assert receipt.application.code in page
    assert "<svg" in page
    again = client.post(reverse("calls:submit", args=[application.pk]))
    assert again.headers["Location"] == reverse("calls:receipt", args=[application.pk, 1])
    assert Receipt.objects.count() == 1
    client.post(reverse("calls:withdraw", args=[application.pk]))
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_what_does_not_add_up_is_said_with_the_difference(client, call, head):
    application = begin(client, call, head)
    client.post(address(application, 2), BUDGET | {"amount": "61 000"})
    page = client.get(f"{address(application, 2)}?check=1").content.decode()
    assert "різниця" in page
    assert "1\u00a0000\u00a0₴" in page


def test_a_negative_price_and_too_much_money_are_said_at_their_place(client, call, head):
    application = begin(client, call, head)
    client.post(address(application, 2), BUDGET | {"budget-0-price": "−35", "amount": "306 400"})
    page = client.get(f"{address(application, 2)}?check=1").content.decode()
    assert "Ціна не може бути від’ємною." in page
    assert "на 6\u00a0400\u00a0₴ більше, ніж дозволяє конкурс" in page


def test_an_autosave_answers_with_revision_and_moment(client, call, head):
    application = begin(client, call, head)
    answer = client.post(address(application, 1), PROJECT, headers={"Accept": "application/json"})
    assert json.loads(answer.content)["revision"] == 1


def test_two_tabs_both_texts_are_shown_and_kept(client, call, head):
    application = begin(client, call, head)
    client.post(address(application, 1), PROJECT)
    second = PROJECT | {"title": "Інша назва"}
    told = client.post(address(application, 1), second, headers={"Accept": "application/json"})
    assert told.status_code == 409
    answer = client.post(address(application, 1), second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Світла читальня" in page
    assert "Інша назва" in page
    assert queries.lost_of(application.sheet).get().values["title"] == "Інша назва"
    client.post(address(application, 1), second | {"revision": "1"})
    assert "Інша назва" in client.get(address(application, 1)).content.decode()


def test_a_deadline_that_passes_between_get_and_post(client, call, head):
    application = calls.fill(begin(client, call, head), at=timezone.now())
    assert client.get(reverse("calls:check", args=[application.pk])).status_code == 200
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(reverse("calls:submit", args=[application.pk]))
    assert answer.status_code == 409
    assert "збережено в чернетці" in answer.content.decode()
    assert not Receipt.objects.exists()
    late = client.post(address(application, 1), PROJECT | {"title": "Дописано пізніше", "revision": "1"})
    assert late.status_code == 302
    page = client.get(address(application, 1)).content.decode()
    assert "Дописано пізніше" in page
    assert "подати заявку вже не вийде" in page


def test_a_program_named_pdf_is_refused_and_the_rest_is_kept(client, call, head):
    application = begin(client, call, head)
    exe = SimpleUploadedFile("лист.pdf", b"MZ\x90\x00" + b"\0" * 300, content_type="application/pdf")
    answer = client.post(address(application, 3), {"truth": "on", "revision": "0", "letter": exe})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "програма" in page
    assert (
        queries.filled(application.sheet).values(queries.outline(application.sheet.version).section(3))["truth"] is True
    )


def test_an_oversize_file_is_refused_with_413_and_the_rest_is_kept(client, call, head, settings):
    settings.UPLOAD_LIMIT = 1000
    application = begin(client, call, head)
    large = SimpleUploadedFile("скан.txt", b"x" * 5000, content_type="text/plain")
    answer = client.post(address(application, 3), {"truth": "on", "revision": "0", "letter": large})
    assert answer.status_code == 413
    assert "завеликий" in answer.content.decode()
    assert (
        queries.filled(application.sheet).values(queries.outline(application.sheet.version).section(3))["truth"] is True
    )


def test_a_file_comes_back_only_to_its_own(client, call, head):
    application = begin(client, call, head)
    letter = SimpleUploadedFile("лист.txt", "Підтримуємо".encode(), content_type="text/plain")
    client.post(address(application, 3), {"truth": "on", "revision": "0", "letter": letter})
    key = queries.filled(application.sheet).values(queries.outline(application.sheet.version).section(3))["letter"][0]
    there = reverse("calls:upload", args=[application.pk, key])
    assert b"".join(client.get(there).streaming_content) == "Підтримуємо".encode()
    client.force_login(people.head())
    assert client.get(there).status_code == 404


def test_who_is_not_eligible_reads_why(client, call, head):
    Call.objects.filter(pk=call.pk).update(who_kinds=["library"])
    organisation = head.memberships.get().organisation
    answer = client.post(reverse("calls:apply", args=[call.code]), {"organisation": organisation.pk})
    assert answer.status_code == 422
    assert "бібліотека" in answer.content.decode()


def test_without_an_organisation_the_way_to_one_is_shown(client, call):
    client.force_login(people.user())
    assert reverse("people:register") in client.get(reverse("calls:apply", args=[call.code])).content.decode()


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, call):
    answer = client.get(reverse("calls:apply", args=[call.code]))
    assert answer.status_code == 302
    assert call.code in answer.headers["Location"]


def test_a_section_that_is_not_there(client, call, head):
    application = begin(client, call, head)
    assert client.get(address(application, 9)).status_code == 404


def test_a_submitted_section_sends_to_the_application(client, call, head):
    application = calls.submitted(call, by=head, organisation=head.memberships.get().organisation, at=timezone.now())
    assert client.get(address(application, 1)).headers["Location"] == application.get_absolute_url()
    assert client.get(reverse("calls:submit", args=[application.pk])).status_code == 302
    assert "Відкликати заявку?" in client.get(reverse("calls:withdraw", args=[application.pk])).content.decode()
    Call.objects.filter(pk=call.pk).update(stage="assessed")
    answer = client.post(reverse("calls:withdraw", args=[application.pk]), follow=True)
    assert "вже оцінено" in answer.content.decode()


def test_public_pages_show_every_state(client):
    for changes in (
        {},
        {"stage": "assessed"},
        {"stage": "decided"},
        {"stage": "cancelled", "cancelled_why": "Донор відмовився"},
    ):
        made = calls.announced()
        Call.objects.filter(pk=made.pk).update(**changes)
        page = client.get(made.get_absolute_url())
        assert page.status_code == 200
        assert ("Донор відмовився" in page.content.decode()) == bool(changes.get("cancelled_why"))
    for state in ("open", "scheduled", "closed", "decided", "cancelled", "нісенітниця"):
        assert client.get(reverse("calls:list"), {"state": state}).status_code == 200
    assert "Такого конкурсу немає" in client.get(reverse("calls:list"), {"q": "ююю"}).content.decode()
    rows = json.loads(client.get("/calls.json").content)
    assert len(rows) == 4
    assert {"code", "state", "url"} <= set(rows[0])


def test_a_draft_call_is_404_for_everybody_else(client):
    draft = calls.draft()
    client.force_login(programmes.officer())
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_what_has_been_begun_is_offered_to_go_on_with(client, call, head):
    application = begin(client, call, head)
    page = client.get(reverse("calls:apply", args=[call.code])).content.decode()
    assert "Заявку вже почато." in page
    assert f'href="{application.get_absolute_url()}"' in page
    calls.fill(application, at=timezone.now())
    client.post(reverse("calls:submit", args=[application.pk]))
    assert "Заявку вже подано." in client.get(reverse("calls:apply", args=[call.code])).content.decode()


def test_a_receipt_has_a_code_and_a_digest_in_groups_of_eight(client, call, head):
    application = calls.submitted(call, by=head, organisation=head.memberships.get().organisation, at=timezone.now())
    page = client.get(reverse("calls:receipt", args=[application.pk, 1])).content.decode()
    digest = application.receipts.get().sha256
    assert f"<span>{digest[8:16]}</span> <span>{digest[16:24]}</span>" in page
    assert '<svg class="qr" role="img" aria-label="QR-код з адресою квитанції"' in page


def test_whoever_keeps_a_receipt_can_check_its_digest(client, call, head):
    application = calls.submitted(call, by=head, organisation=head.memberships.get().organisation, at=timezone.now())
    receipt = application.receipts.get()
    address = reverse("calls:receipt_file", args=[application.pk, 1])
    assert f'href="{address}"' in client.get(reverse("calls:receipt", args=[application.pk, 1])).content.decode()
    answer = client.get(address)
    assert hashlib.sha256(answer.content).hexdigest() == receipt.sha256
    assert json.loads(answer.content)["format"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{application.code}-1.json"'
    client.force_login(programmes.officer(call.programme))
    assert client.get(address).content == answer.content
    page = reverse("calls:office_application", args=[call.programme.code, call.code, application.code])
    assert f'href="{address}"' in client.get(page).content.decode()
    client.force_login(people.head())
    assert client.get(address).status_code == 404


def test_long_lists_of_the_invited_and_the_supported_are_folded(client):
    named = [places.hromada() for _ in range(22)]
    made = calls.announced(who_hromadas=named)
    done = [calls.submitted(made, organisation=people.organisation(hromada=hromada)) for hromada in named[:21]]
    page = client.get(made.get_absolute_url()).content.decode()
    assert "<summary>і ще 2 громади</summary>" in page
    assert all(hromada.placed in page for hromada in named)
    Application.objects.filter(call=made).update(outcome="supported")
    Call.objects.filter(pk=made.pk).update(stage="decided")
    page = client.get(made.get_absolute_url()).content.decode()
    assert "<summary>і ще 1 підтримана заявка</summary>" in page
    assert all(page.count(application.code) == 1 for application in done)


def test_who_is_invited_is_named(client):
    invited = people.organisation(name="Бібліотека «На Греблі»")
    made = calls.announced(who="listed", who_organisations=[invited])
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Лише запрошені організації." in page
    assert "Бібліотека «На Греблі»" in page
    assert "Будь-яка організація" not in page


def test_a_call_speaks_english_where_it_was_translated(client):
    made = calls.announced(title_en="Small grants for hromadas")
    page = client.get(f"/en/calls/{made.code}/").content.decode()
    assert "Small grants for hromadas" in page
    assert "₴50,000 to ₴300,000" in page
    assert "Only" not in page
    assert calls.announced().title in client.get("/en/calls/").content.decode()


def test_lead_text_and_criteria_speak_english_where_they_were_translated(client):
    officer = programmes.officer()
    programme = officer.roles.get().programme
    made = calls.announced(programme, officer=officer, about="Платимо за станції.")
    translated = calls.draft(
        programme, officer=officer, lead_en="Up to ₴300,000.", about="Платимо.", about_en="We pay for power stations."
    )
    criteria = [{**calls.CRITERIA[0], "weight": 100, "name_en": "Need", "help_en": "Whose life will change"}]
    office.set_criteria(translated, criteria=criteria, by=officer, at=calls.BEFORE)
    office.announce(translated, by=officer, at=calls.BEFORE)
    page = client.get(f"/en/calls/{translated.code}/").content.decode()
    assert all(words in page for words in ("Up to ₴300,000.", "We pay for power stations.", "Need", "Whose life will"))
    assert calls.CRITERIA[0]["name"] not in page
    assert "Up to ₴300,000." in client.get("/en/calls/").content.decode()
    ours = client.get(f"/calls/{translated.code}/").content.decode()
    assert "Платимо." in ours
    assert calls.CRITERIA[0]["name"] in ours
    same = client.get(f"/en/calls/{made.code}/").content.decode()
    assert all(words in same for words in (made.lead, "Платимо за станції.", calls.CRITERIA[0]["help"]))


def test_calls_are_found_by_words_kind_and_programme(client):
    hub = calls.announced(kind="hub", title="Бібліотеки стануть хабами")
    calls.announced()
    for query in ({"q": "ХАБАМИ"}, {"kind": "hub"}, {"programme": hub.programme.code}):
        rows = json.loads(client.get("/calls.json", query).content)
        assert [row["code"] for row in rows] == [hub.code]


def test_a_file_that_is_not_there_is_404(client, call, head):
    application = begin(client, call, head)
    there = reverse("calls:upload", args=[application.pk, "00000000-0000-4000-8000-000000000000"])
    assert client.get(there).status_code == 404


def test_the_list_of_calls_says_how_many_applied(client):
    call = calls.announced(title="Світлі читальні")
    for _ in range(2):
        calls.submitted(call)
    calls.announced(title="Тихий конкурс")
    page = client.get(reverse("calls:list"), {"q": "читальні"}).content.decode()
    assert "подано 2 заявки" in page
    assert "подано" not in client.get(reverse("calls:list"), {"q": "тихий"}).content.decode()

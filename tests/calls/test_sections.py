"""Pressing «Далі»: files go along, what is wrong is shown once, two tabs are told what differs."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import calls, files, people

pytestmark = pytest.mark.django_db
BUDGET = {
    "budget-0-item": "Зарядна станція",
    "budget-0-quantity": "1",
    "budget-0-price": "62 000",
    "amount": "9 000 000",
    "own": "",
    "revision": "0",
}


@pytest.fixture
def application(client):
    now = timezone.now()
    call = calls.announced(opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=9))
    head = people.head()
    client.force_login(head)
    return calls.begun(call, by=head, organisation=head.memberships.get().organisation, at=now)


def address(application, number):
    return reverse("calls:section", args=[application.pk, number])


def letter():
    return SimpleUploadedFile("лист.txt", "Підтримуємо".encode(), content_type="text/plain")


def test_a_file_goes_along_with_the_button_that_leads_on(client, application):
    answer = client.post(address(application, 3), {"truth": "on", "revision": "0", "letter": letter()}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("calls:check", args=[application.pk])
    assert "Додано файл «лист.txt»." in answer.content.decode()
    stays = {"truth": "on", "revision": "1", "letter": letter(), "attach": "letter"}
    assert client.post(address(application, 3), stays).headers["Location"] == f"{address(application, 3)}#id_letter"


def test_a_bad_file_brings_no_complaint_about_what_is_not_answered_yet(client, application):
    whole = files.picture("PNG", size=(640, 480))
    bad = files.upload(whole[: len(whole) // 2], "лист.png")
    answer = client.post(address(application, 3), {"revision": "0", "letter": bad, "attach": "letter"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 1


def test_whoever_saved_in_another_tab_is_offered_to_compare(client, application):
    script = {"headers": {"Accept": "application/json"}}
    client.post(address(application, 3), {"truth": "on", "revision": "0"}, **script)
    answer = client.post(address(application, 3), {"revision": "0"}, **script)
    assert answer.status_code == 409
    assert answer.json()["compare"] == "Порівняти"
    assert "в іншій вкладці" in answer.json()["text"]
    compared = client.post(address(application, 3), {"revision": "0"})
    assert compared.status_code == 409
    assert "тут уже є новіший текст" in compared.content.decode()


def test_a_place_for_files_says_what_it_takes(client, application):
    page = client.get(address(application, 3)).content.decode()
    assert "PDF, DOCX" in page
    assert "кожен до" in page


def test_what_is_wrong_is_shown_once_and_the_next_press_goes_on(client, application):
    answer = client.post(address(application, 2), BUDGET)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "більше, ніж дозволяє конкурс" in page
    assert "Усе збережено, але дещо варто виправити" in page
    assert 'name="later"' in page
    assert 'name="revision" value="1"' in page
    later = re.search(r'name="later" value="([^"]+)"', page)[1]
    new = BUDGET | {"revision": "1", "later": later, "budget-0-quantity": "багато"}
    told = client.post(address(application, 2), new)
    assert told.status_code == 422
    assert re.search(r'name="later" value="([^"]+)"', told.content.decode())[1] != later
    again = client.post(address(application, 2), BUDGET | {"revision": "2", "later": later})
    assert again.headers["Location"] == address(application, 3)
    silent = client.post(address(application, 2), BUDGET | {"revision": "3"}, headers={"Accept": "application/json"})
    assert silent.json()["revision"] == 4


def test_a_figure_with_too_many_digits_is_told_at_its_cell_and_every_page_still_opens(client, application):
    typed = BUDGET | {"budget-0-quantity": "9" * 18, "budget-0-price": "9" * 15}
    silent = client.post(address(application, 2), typed, headers={"Accept": "application/json"})
    assert silent.status_code == 200
    page = client.get(address(application, 2)).content.decode()
    assert "9" * 18 in page
    answer = client.post(address(application, 2), typed | {"revision": "1"})
    assert answer.status_code == 422
    assert "Кількість завелика" in answer.content.decode()
    checked = client.get(reverse("calls:check", args=[application.pk]))
    assert checked.status_code == 200
    assert "Кількість завелика" in checked.content.decode()
    assert client.post(reverse("calls:submit", args=[application.pk])).status_code == 422


def test_what_is_only_missing_does_not_hold_anybody(client, application):
    answer = client.post(address(application, 1), {"title": "Світла читальня", "revision": "0"})
    assert answer.headers["Location"] == address(application, 2)


def test_two_tabs_are_told_what_differs_and_only_that(client, application):
    typed = {"title": "Світла читальня", "summary": "Те саме речення.", "audience": "molod", "revision": "0"}
    client.post(address(application, 1), typed)
    answer = client.post(address(application, 1), typed | {"title": "Інша назва"})
    assert answer.status_code == 409
    pairs = answer.context["compared"]
    assert [(stored.value, mine.value) for stored, mine in pairs] == [("Світла читальня", "Інша назва")]
    assert "Що відрізняється" in answer.content.decode()

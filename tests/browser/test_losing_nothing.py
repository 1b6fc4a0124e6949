"""The line breaks, the tab crashes: what was typed is still there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import PHONE
from tests.factories import calls
from viche.calls.models import Call
from viche.questionnaires.models import Answers
from viche.reviews.models import Assignment

pytestmark = pytest.mark.browser
STATUS = "[data-save-status]"
OFFLINE = "Без зв’язку"


@pytest.fixture
def writing(visit):
    """Somebody writes about the project, by telephone."""
    made = stage.applying()
    application = calls.begun(made.call, by=made.head, organisation=made.organisation, at=stage.now())
    head = visit(made.head, width=PHONE)
    head.forgiven = ("ERR_INTERNET_DISCONNECTED",)
    return head.opens(reverse("calls:section", args=[application.pk, 2]))


def stored():
    """What the server has of the summary."""
    return [row.values.get("summary", "") for row in Answers.objects.filter(values__has_key="summary")]


def test_the_line_breaks_and_comes_back(writing):
    writing.context.set_offline(True)
    writing.types(summary="Світло зникло посеред речення")
    writing.page.locator(STATUS).get_by_text(OFFLINE).wait_for()
    writing.is_well()
    assert "Світло зникло посеред речення" not in stored()
    writing.context.set_offline(False)
    writing.is_saved()
    assert "Світло зникло посеред речення" in stored()


def test_the_tab_crashes_without_a_line(writing):
    writing.context.set_offline(True)
    writing.types(summary="Телефон сів")
    writing.page.locator(STATUS).get_by_text(OFFLINE).wait_for()
    # The tab is gone without a word; another one of the same browser opens the page again.
    address, crashed = writing.page.url, writing.page
    writing.page = writing.context.new_page()
    crashed.close(run_before_unload=False)
    writing.context.set_offline(False)
    writing.page.goto(address)
    assert writing.page.locator("[name='summary']").input_value() == ""
    offer = writing.page.get_by_role("button", name="Повернути мій текст")
    offer.wait_for()
    writing.is_well()
    offer.click()
    assert writing.page.locator("[name='summary']").input_value() == "Телефон сів"
    writing.is_saved()
    assert "Телефон сів" in stored()


def test_two_tabs_lose_no_word(writing):
    """Another tab saved first: one button shows both texts, and the second press means it."""
    other = writing.context.new_page()
    other.goto(writing.page.url)
    writing.forgiven = ("409",)
    writing.types(summary="Написано вдома")
    writing.is_saved()
    other.locator("[name='summary']").fill("Написано на роботі")
    other.get_by_text("Не збережено: цей розділ уже зберегли").wait_for()
    other.get_by_role("button", name="Порівняти").click()
    other.get_by_text("Написано вдома").wait_for()
    assert other.locator("[name='summary']").input_value() == "Написано на роботі"
    other.get_by_role("button", name="Зберегти мій текст").click()
    other.wait_for_url("**/sections/3/")
    assert stored() == ["Написано на роботі"]


def slowly(visit):
    """The line of a village: every request takes a second more."""
    wire = visit.context.new_cdp_session(visit.page)
    wire.send("Network.enable")
    line = {"offline": False, "latency": 1000, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    wire.send("Network.emulateNetworkConditions", line)


def test_the_button_is_pressed_while_the_last_words_are_on_their_way(writing):
    """One does not meet one's own words as somebody else's."""
    slowly(writing)
    writing.types(title="Світла читальня")
    writing.types(summary="Бібліотека працюватиме й без світла.").presses("Далі")
    writing.page.wait_for_url("**/sections/3/")
    assert stored() == ["Бібліотека працюватиме й без світла."]


def test_a_review_is_handed_in_while_its_last_words_are_on_their_way(visit):
    made = stage.judging()
    reviewer = visit(made.reviewer, width=PHONE).opens(reverse("reviews:review", args=[made.place.pk]))
    slowly(reviewer)
    for criterion in made.call.criteria.all():
        reviewer.page.locator(f"[name='points-{criterion.pk}'][value='4']").check()
        reviewer.types(**{f"reason__{criterion.pk}": "Кроки, люди й строки названо."})
    reviewer.presses("Здати оцінку").sees("Оцінку здано")
    assert Assignment.objects.get().state == "done"


def test_the_page_says_at_once_that_the_call_has_closed_and_the_words_are_saved(writing):
    Call.objects.update(closes_at=stage.now() - timedelta(minutes=1))
    writing.types(summary="Дописано після закриття")
    writing.page.get_by_role("alert").get_by_text("Прийом закрито").wait_for()
    writing.page.locator(STATUS).get_by_text("подати заявку вже не можна").wait_for()
    assert "Дописано після закриття" in stored()

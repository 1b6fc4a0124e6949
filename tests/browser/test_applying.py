"""Somebody applies in a real browser: by telephone, at a desk, and without scripts."""

import pytest
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import DESK, PHONE
from tests.factories import files
from viche.calls.models import Application, Receipt

pytestmark = pytest.mark.browser
SUMMARY = "Бібліотека працюватиме й тоді, коли немає світла."


@pytest.fixture
def letter(tmp_path):
    paper = tmp_path / "лист.pdf"
    paper.write_bytes(files.PDF)
    return paper


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_call_to_the_receipt(visit, letter, width):
    made = stage.applying()
    head = visit(made.head, width=width)
    head.opens(reverse("calls:call", args=[made.call.code])).is_well().follows("Подати заявку")
    head.sees("Від чийого імені подаєте?").is_well().presses("Писати заявку")
    head.is_well().follows("Організація")

    tell_of_the_organisation(head)
    head.is_well().presses("Далі: Проєкт")
    tell_of_the_project(head)
    head.is_well().presses("Далі: Бюджет")
    count_the_costs(head)
    head.is_well().presses("Далі: Додатки і заява")
    attach_and_declare(head, letter)

    head.sees("Перевірте відповіді").is_well()
    head.presses("Подати заявку").sees("Контрольна сума").is_well()
    receipt = Receipt.objects.select_related("application").get()
    assert receipt.application.title == "Світла читальня"
    assert receipt.application.amount == 62_000 + 12 * 4_500


def tell_of_the_organisation(head):
    """The hromada is found by keyboard; what is typed is saved by itself."""
    page = head.page
    field = page.get_by_role("combobox", name="Громада")
    field.press_sequentially("тарн")
    page.get_by_role("option", name="Тарнавицька").wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    head.types(since="01.09.2017", staff="4")
    page.get_by_label("Один або два").check()
    head.is_saved()


def tell_of_the_project(head):
    head.types(title="Світла читальня", summary=SUMMARY)
    head.page.get_by_label("Молодь").check()
    head.is_saved()


def count_the_costs(head):
    """Rows are added by a button and add up at once."""
    page = head.page
    head.types(budget__0__item="Зарядна станція", budget__0__quantity="1", budget__0__price="62 000")
    row = page.locator("tbody tr").count()
    head.presses("Додати рядок")
    head.types(
        **{f"budget__{row}__item": "Тренерка", f"budget__{row}__quantity": "12", f"budget__{row}__price": "4500"}
    )
    assert page.locator("[data-total]").text_content().replace("\u00a0", " ").strip() == "116 000"
    head.types(amount="116 000")
    head.is_saved()


def attach_and_declare(head, letter):
    page = head.page
    page.set_input_files("[name='letter']", letter)
    page.locator("button[name='attach'][value='letter']").click()
    head.sees("лист.pdf").is_well()
    page.get_by_label("Усе, що тут написано, правда").check()
    if head.scripts:
        head.is_saved()
    head.presses("Перевірити й подати")


def test_without_scripts(visit, letter):
    made = stage.applying()
    head = visit(made.head, width=PHONE, scripts=False)
    head.opens(reverse("calls:call", args=[made.call.code])).follows("Подати заявку")
    head.presses("Писати заявку").follows("Організація")
    head.page.locator("[name='hromada']").fill("Тарнавицька")
    head.types(since="01.09.2017", staff="4")
    head.page.get_by_label("Один або два").check()
    head.presses("Далі: Проєкт").types(title="Світла читальня", summary=SUMMARY)
    head.page.get_by_label("Молодь").check()
    head.presses("Далі: Бюджет")
    count_the_costs_without_scripts(head)
    head.presses("Далі: Додатки і заява")
    attach_and_declare(head, letter)
    head.sees("Перевірте відповіді").presses("Подати заявку").sees("Контрольна сума")
    assert Receipt.objects.get().application.amount == 116_000


def count_the_costs_without_scripts(head):
    """The button for another row asks the server, which keeps what stands there."""
    head.types(budget__0__item="Зарядна станція", budget__0__quantity="1", budget__0__price="62 000")
    rows = head.page.locator("tbody tr").count()
    head.presses("Додати рядок")
    assert head.page.locator("tbody tr").count() == rows + 1
    assert head.page.locator("[name='budget-0-item']").input_value() == "Зарядна станція"
    head.types(
        **{f"budget__{rows}__item": "Тренерка", f"budget__{rows}__quantity": "12", f"budget__{rows}__price": "4500"}
    )
    head.types(amount="116 000")


def test_what_is_wrong_is_told_before_submitting_and_the_words_stay(visit):
    made = stage.applying()
    head = visit(made.head, width=PHONE)
    head.opens(reverse("calls:apply", args=[made.call.code])).presses("Писати заявку").follows("Організація")
    head.forgiven = ("422",)
    head.types(since="вчора", staff="-3").presses("Далі: Проєкт").sees("Виправте")
    assert head.page.locator("[name='since']").get_attribute("aria-invalid") == "true"
    head.is_well().presses("Далі: Проєкт").page.wait_for_url("**/sections/2/")
    head.opens(reverse("calls:check", args=[Application.objects.get().pk])).sees("Лишилося виправити").is_well()
    assert head.page.get_by_role("button", name="Подати заявку").is_disabled()
    head.follows("З якого дня працює організація").is_well()
    assert head.page.locator("[name='since']").input_value() == "вчора"
    assert head.page.locator("[name='since']").get_attribute("aria-invalid") == "true"
    assert head.page.locator("[name='staff']").input_value() == "-3"

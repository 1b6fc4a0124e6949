"""Everything can be done by keyboard, and one always sees where one is."""

import pytest
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import DESK
from tests.factories import calls
from tests.factories.scene import whole as whole_scene
from viche.questionnaires.models import Answers

pytestmark = pytest.mark.browser
WHERE = """() => {
  const one = document.activeElement;
  const look = getComputedStyle(one);
  const seen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  return { name: one.name || "", words: (one.textContent || "").trim().slice(0, 60), tag: one.tagName,
           seen: seen || look.boxShadow !== "none", on_page: box.width > 0 && box.height > 0 };
}"""


def steps(page, most=80):
    """Press Tab until the focus has left the page; what had it, one after another."""
    walked = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["tag"] == "BODY":
            break
        walked.append(here)
    return walked


def test_one_sees_where_one_is(visit):
    whole_scene()
    visitor = visit(width=DESK)
    for address in ("/", "/calls/", "/awards/"):
        walked = steps(visitor.opens(address).page)
        assert "змісту" in walked[0]["words"].lower()
        assert len(walked) > 10
        assert [one for one in walked if not one["seen"]] == [], address


def test_the_first_link_leads_past_the_menu(visit):
    visitor = visit(width=DESK).opens("/")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.closest('main') !== null")


def test_a_section_is_filled_without_a_mouse(visit):
    made = stage.applying()
    application = calls.begun(made.call, by=made.head, organisation=made.organisation, at=stage.now())
    head = visit(made.head, width=DESK).opens(reverse("calls:section", args=[application.pk, 1]))
    keys, page = head.page.keyboard, head.page
    page.locator("[name='hromada']").focus()
    keys.type("тар", delay=20)
    page.get_by_role("option", name="Тарнавицька").wait_for()
    keys.press("ArrowDown")
    while "Тарнавицька" not in page.locator("[role=option][aria-selected=true]").inner_text():
        keys.press("ArrowDown")
    keys.press("Enter")
    assert page.locator("[name='hromada']").input_value().startswith("Тарнавицька")
    keys.press("Tab")
    keys.type("01.09.2017")
    keys.press("Tab")
    keys.type("4")
    keys.press("Tab")
    keys.press("Space")
    keys.press("ArrowDown")
    assert page.locator("[name='experience']:checked").get_attribute("value") == "odyn_abo_dva"
    page.locator("[name='staff']").focus()
    keys.press("Enter")
    page.wait_for_url("**/sections/2/")
    values = Answers.objects.get(section__position=1, sheet=application.sheet).values
    assert (values["since"], values["staff"], values["experience"]) == ("01.09.2017", "4", "odyn_abo_dva")


def test_escape_closes_the_list_and_keeps_what_was_typed(visit):
    made = stage.applying()
    application = calls.begun(made.call, by=made.head, organisation=made.organisation, at=stage.now())
    head = visit(made.head, width=DESK).opens(reverse("calls:section", args=[application.pk, 1]))
    field = head.page.locator("[name='hromada']")
    field.press_sequentially("тар")
    head.page.get_by_role("option").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    head.is_well()
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "тар"

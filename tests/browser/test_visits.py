"""The eyes of these tests see: a page that is spoilt on purpose is found wanting."""

import pytest

from tests.browser.visits import BY_LOOK, PHONE

pytestmark = pytest.mark.browser
SPOILT = """() => {
  const main = document.querySelector("main");
  const box = document.createElement("div");
  const pale = document.createElement("p");
  pale.textContent = "Блідий напис";
  pale.style.color = "#ddd";
  box.append(pale, document.createElement("input"));
  box.style.width = "900px";
  main.prepend(box);
}"""


def test_a_spoilt_page_is_found_wanting(visit):
    visitor = visit(width=PHONE).opens("/about/").is_well()
    visitor.page.evaluate(SPOILT)
    said = " ".join(visitor.complaints())
    assert "wider than 360 px" in said
    assert "color-contrast" in said
    assert "label" in said
    assert any("color-contrast" in one for one in visitor.complaints(BY_LOOK))


def test_errors_of_scripts_and_other_hosts_are_noticed(visit):
    visitor = visit(width=PHONE).opens("/about/")
    visitor.page.evaluate("setTimeout(() => { throw new Error('upset') }, 0); console.error('cross')")
    visitor.page.evaluate("new Image().src = 'http://other.example/x.png'")
    visitor.page.wait_for_timeout(300)
    said = " ".join(visitor.faults)
    visitor.faults.clear()
    assert [word for word in ("upset", "cross", "another host") if word not in said] == []

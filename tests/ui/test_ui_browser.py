"""The frame in a real browser: nothing for axe to say, nothing wider than a phone, no typed word lost."""

import json
import re

import pytest

pytestmark = pytest.mark.browser
TEXT = "#filled_name"
STATUS = "[data-save-status]"


@pytest.mark.parametrize("address", ["/gallery/", "/en/gallery/", "/look/", "/nowhere/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_has_nothing_to_say(tab, address, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme)
    tab.goto(address)
    found = Axe().run(tab).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_nothing_is_wider_than_the_window(tab, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto("/gallery/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_asks_no_other_host(tab, live_server):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto("/gallery/", wait_until="networkidle")
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_the_policy_of_content_holds(tab):
    said = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto("/gallery/", wait_until="networkidle")
    assert [text for text in said if "Content Security Policy" in text] == []


def test_the_summary_of_errors_has_the_focus(tab):
    tab.goto("/gallery/")
    assert tab.evaluate("document.activeElement.getAttribute('role')") == "alert"


def answer_saves(tab, answer):
    """Answer every saving in the gallery with what `answer(number)` gives; collect what was sent."""
    sent = []

    def reply(route):
        if route.request.method != "POST":
            return route.fallback()
        sent.append(route.request.post_data)
        status, body = answer(len(sent))
        if not status:
            return route.abort()
        return route.fulfill(status=status, content_type="application/json", body=json.dumps(body))

    tab.route("**/gallery/", reply)
    return sent


def test_a_form_is_saved_as_one_types(tab):
    sent = answer_saves(tab, lambda number: (200, {"revision": number + 1, "text": f"Збережено 16:0{number}"}))
    tab.goto("/gallery/")
    tab.fill(TEXT, "Перше слово")
    tab.get_by_text("Збережено 16:01").wait_for()
    tab.fill(TEXT, "Перше слово і друге")
    tab.get_by_text("Збережено 16:02").wait_for()
    assert re.search(r'name="revision"\s+1\s', sent[0])
    assert re.search(r'name="revision"\s+2\s', sent[1])
    assert "Перше слово і друге" in sent[1]
    assert tab.evaluate("localStorage.length") == 0


def test_without_a_connection_the_text_stays_in_the_device_and_is_offered_again(tab):
    answer_saves(tab, lambda _number: (0, {}))
    tab.goto("/gallery/")
    tab.fill(TEXT, "Світло зникло")
    tab.locator(STATUS).first.get_by_text("Без зв’язку, збережено в телефоні").wait_for()
    tab.reload()
    assert tab.input_value(TEXT) == "Бібліотека «На Греблі»"
    tab.get_by_role("button", name="Повернути мій текст").click()
    assert tab.input_value(TEXT) == "Світло зникло"
    assert tab.get_by_role("button", name="Повернути мій текст").count() == 0


def test_what_is_offered_may_be_declined(tab):
    answer_saves(tab, lambda _number: (0, {}))
    tab.goto("/gallery/")
    tab.fill(TEXT, "Чернетка")
    tab.locator(STATUS).first.get_by_text("Без зв’язку").wait_for()
    tab.reload()
    tab.get_by_role("button", name="Лишити те, що на сторінці").click()
    tab.reload()
    assert tab.get_by_role("button", name="Повернути мій текст").count() == 0


def test_when_the_connection_is_back_it_is_saved(tab):
    answer_saves(tab, lambda number: (0, {}) if number == 1 else (200, {"revision": 2, "text": "Збережено 15:00"}))
    tab.goto("/gallery/")
    tab.fill(TEXT, "Світло є")
    tab.locator(STATUS).first.get_by_text("Без зв’язку").wait_for()
    tab.evaluate("dispatchEvent(new Event('online'))")
    tab.get_by_text("Збережено 15:00").wait_for()


def test_a_text_that_a_colleague_changed_is_not_overwritten(tab):
    sent = answer_saves(tab, lambda _number: (409, {"stale": True, "text": "Цей розділ щойно змінила колега"}))
    tab.goto("/gallery/")
    tab.fill(TEXT, "Моє")
    tab.get_by_text("Цей розділ щойно змінила колега").wait_for()
    tab.fill(TEXT, "Моє і ще")
    tab.wait_for_timeout(2000)
    assert len(sent) == 1
    assert "Моє і ще" in tab.evaluate("localStorage.getItem(localStorage.key(0))")


def test_an_old_token_is_renewed_by_itself(tab):
    sent = answer_saves(
        tab,
        lambda number: (403, {"token": "fresh"}) if number == 1 else (200, {"revision": 2, "text": "Збережено 15:01"}),
    )
    tab.goto("/gallery/")
    tab.evaluate(
        "document.querySelector('form[data-save]').insertAdjacentHTML('afterbegin','<input type=hidden name=csrfmiddlewaretoken value=old>')"
    )
    tab.fill(TEXT, "Слово")
    tab.get_by_text("Збережено 15:01").wait_for()
    assert len(sent) == 2


def test_two_presses_send_once(tab):
    sent = []

    def slow(route):
        if route.request.method == "POST":
            sent.append(1)
            return None
        return route.fallback()

    tab.route("**/look/", slow)
    tab.goto("/look/")
    words = tab.evaluate(
        """() => {
          const button = document.querySelector("main .button");
          button.click();
          button.click();
          return button.textContent;
        }"""
    )
    tab.wait_for_timeout(300)
    assert len(sent) == 1
    assert words == "Надсилаємо…"


def test_a_hromada_is_found_by_keyboard(tab):
    found = [
        {"code": "UA7", "name": "Тарнавицька громада", "note": "Львівська область"},
        {"code": "UA8", "name": "Тарасівська"},
    ]
    asked = []

    def reply(route):
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(found))

    tab.route("**/hromadas.json?q=*", reply)
    tab.goto("/gallery/")
    field = tab.locator("#blank_hromada")
    field.press_sequentially("тар")
    tab.get_by_role("option", name="Тарнавицька громада").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    field.press("Enter")
    assert field.input_value() == "Тарнавицька громада, Львівська область"
    hidden = tab.locator("#blank_hromada ~ [data-code]")
    assert hidden.input_value() == "UA7"
    assert field.get_attribute("aria-expanded") == "false"
    field.press("Backspace")
    assert hidden.input_value() == ""
    assert len(asked) >= 1


def test_rows_are_added_removed_and_counted(tab):
    tab.goto("/gallery/")
    table = tab.locator("table[data-rows=items]")
    tab.get_by_role("button", name="Додати рядок").last.click()
    assert tab.evaluate("document.activeElement.name") == "items-2-item"
    table.locator("[name='items-2-quantity']").fill("12")
    table.locator("[name='items-2-price']").fill("4 500,50")
    assert table.locator("[data-total]").text_content().replace("\u00a0", " ") == "178 006"
    assert table.locator("tr").nth(3).locator("[data-product]").text_content().replace("\u00a0", " ") == "54 006"
    table.get_by_role("button", name="Прибрати").first.click()
    assert table.locator("[data-total]").text_content().replace("\u00a0", " ") == "54 006"


def test_a_file_too_large_is_told_before_it_is_sent(tab, tmp_path):
    tab.goto("/gallery/")
    tab.evaluate("document.querySelector('#filled_letter').dataset.limit = 100")
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"x" * 300_000)
    tab.set_input_files("#filled_letter", file)
    assert "Файл завеликий: 0,3 МБ" in tab.locator(".file [data-fault]").first.text_content()
    assert tab.get_attribute("#filled_letter", "aria-invalid") == "true"
    small = tmp_path / "small.pdf"
    small.write_bytes(b"x")
    tab.set_input_files("#filled_letter", small)
    assert tab.locator(".file [data-fault]").count() == 0


def test_the_counter_runs_along(tab):
    tab.goto("/gallery/")
    tab.fill("#blank_why", "їжак")
    assert tab.text_content("#n-blank_why") == "До 150 знаків, лишилося 146"
    tab.fill("#blank_why", "я" * 151)
    assert tab.text_content("#n-blank_why") == "Забагато: скоротіть на 1"


def test_the_menu_of_a_phone_opens(tab):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto("/look/")
    assert not tab.get_by_role("link", name="English").is_visible()
    tab.get_by_role("button", name="Меню").click()
    tab.get_by_role("link", name="English").click()
    tab.wait_for_url("**/en/look/")

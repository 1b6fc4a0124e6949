"""A hub counts on a telephone without a signal: everything lies in the telephone, and arrives once when the signal is back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import stage
from tests.browser.test_weight import weigh
from tests.browser.visits import PHONE
from tests.factories import events as factory
from tests.factories import files
from viche.events.models import Photo, Report, Tally

pytestmark = pytest.mark.browser
BROKEN = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "ERR_CONNECTION", "ERR_NETWORK")
KEPT = "Збережено в телефоні"
SENT = "Надіслано"
# Most KB of the first view of the telephone's page, and of scripts.
MOST, MOST_SCRIPTS = 60, 40


@pytest.fixture
def event():
    now = stage.now()
    return factory.published(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))


@pytest.fixture
def hub(visit, event):
    """The librarian has opened the page once, with a signal."""
    hub = visit(event.author, width=PHONE)
    hub.forgiven = BROKEN
    hub.opens(reverse("events:count", args=[event.code]))
    hub.sees("Сторінка відкриється й без зв’язку")
    return hub


def adds(hub, words, times=1):
    for _ in range(times):
        hub.page.get_by_role("button", name=f"Додати: {words}", exact=True).click()


def reopened(hub):
    """The browser's tab is gone and another one opens the same address."""
    address, gone = hub.page.url, hub.page
    hub.page = hub.context.new_page()
    gone.close(run_before_unload=False)
    hub.page.goto(address)


def shoots(hub, colour="JPEG"):
    picture = {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": files.camera_picture()}
    hub.page.locator("form[data-shooting] input[type=file]").set_input_files(picture)
    hub.presses("Додати світлину")


def status(hub, words):
    hub.page.locator("[data-count-status]").get_by_text(words).wait_for()


def test_counted_without_a_signal_arrives_once(hub, event):
    hub.context.set_offline(True)
    adds(hub, "Жінки, молодь 14–35", 3)
    adds(hub, "Чоловіки, вік не вказано")
    adds(hub, "люди старшого віку")
    status(hub, KEPT)
    shoots(hub)
    hub.page.locator("[data-unsent]").get_by_text("Світлина").wait_for()
    hub.is_well()
    reopened(hub)
    expect(hub.page.locator("[name='cell-f-youth']")).to_have_value("3")
    expect(hub.page.locator("[data-total]")).to_have_text("4")
    hub.page.locator("[data-unsent]").get_by_text("Світлина").wait_for()
    adds(hub, "Жінки, молодь 14–35")
    assert (Tally.objects.count(), Photo.objects.count()) == (0, 0)
    hub.context.set_offline(False)
    status(hub, SENT)
    hub.page.locator("[data-unsent]").wait_for(state="hidden")
    row = Tally.objects.get()
    assert (row.cells, row.groups, row.total) == ({"f:youth": 4, "m:x": 1}, {"older": 1}, 5)
    assert Photo.objects.count() == 1
    # Opened again, it goes on with the same count.
    reopened(hub)
    adds(hub, "Жінки, молодь 14–35")
    status(hub, SENT)
    expect(hub.page.locator("[data-total]")).to_have_text("6")
    hub.page.wait_for_function(
        "async () => (await outbox.all()).every(one => one.total === 6 && one.sent === one.revision)"
    )
    assert (Tally.objects.count(), Tally.objects.get().total) == (1, 6)


def test_the_draft_of_the_report_waits_too(hub, event):
    """Written where there is no signal, sent from the page of counting when there is."""
    hub.context.set_offline(True)
    hub.follows("Звіт про захід").sees("Що відбулося")
    hub.types(happened="Говорили при свічках").page.get_by_text("Без зв’язку").wait_for()
    hub.page.goto(reverse("events:count", args=[event.code]))
    hub.page.locator("[data-unsent]").get_by_text("Текст звіту").wait_for()
    hub.context.set_offline(False)
    hub.page.locator("[data-unsent]").wait_for(state="hidden")
    assert Report.objects.get().happened == "Говорили при свічках"


def test_who_is_signed_out_is_told_and_loses_nothing(hub, event):
    kept = hub.context.cookies()
    hub.forgiven = (*BROKEN, "401")
    hub.context.clear_cookies(name="sessionid")
    adds(hub, "Не вказано, вік не вказано", 2)
    status(hub, "Ви вийшли з кабінету")
    hub.page.get_by_role("link", name="Увійти й надіслати").wait_for()
    assert not Tally.objects.exists()
    hub.context.add_cookies(kept)
    hub.presses("Спробувати зараз")
    status(hub, SENT)
    assert Tally.objects.get().total == 2


def test_a_token_that_grew_old_is_renewed_by_itself(hub, event):
    hub.forgiven = (*BROKEN, "403")
    hub.context.clear_cookies(name="csrftoken")
    adds(hub, "Чоловіки, дорослі 36–59")
    status(hub, SENT)
    assert Tally.objects.get().cells == {"m:adult": 1}


def test_what_the_server_does_not_take_says_why(hub, event):
    hub.forgiven = (*BROKEN, "422")
    adds(hub, "люди без роботи й без доходу")
    status(hub, "Люди без роботи й без доходу: 1, а всього людей 0")
    adds(hub, "Чоловіки, дорослі 36–59")
    status(hub, SENT)
    assert Tally.objects.get().groups == {"jobless": 1}


MANY = """async ([photos, tallies, address, user, event]) => {
  for (let n = 0; n < photos; n += 1) {
    const canvas = Object.assign(document.createElement("canvas"), {width: 8 + n, height: 8});
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg"));
    await outbox.put({kind: "photo", key: crypto.randomUUID(), user, event, title: "", url: `${address}photos/`,
      made: n, blob, name: `${n}.jpg`, fields: [["caption", `Світлина ${n}`]]});
  }
  for (let n = 0; n < tallies; n += 1)
    await outbox.put({kind: "tally", key: crypto.randomUUID(), user, event: "other", title: "", url: `${address}count/tally/`,
      made: 100 + n, revision: 1, sent: 0, cells: {"x:x": 1}, groups: {}, total: 1, counted_at: new Date().toISOString()});
}"""


def test_fifty_records_survive_ten_cuts(hub, event):
    """The line breaks ten times: before a request goes, and after the server took it but before it could say so."""
    photos, tallies, cuts = 42, 8, {3, 7, 8, 15, 21, 22, 30, 38, 44, 50}
    hub.forgiven = BROKEN
    asked = {"n": 0}

    def line(route):
        asked["n"] += 1
        if asked["n"] not in cuts:
            return route.continue_()
        if asked["n"] % 2:
            return route.abort("internetdisconnected")
        route.fetch()  # it arrived
        return route.abort("connectionreset")

    hub.context.route(lambda url: url.endswith(("/photos/", "/tally/")), line)
    address = reverse("events:write", args=[event.code])
    hub.page.evaluate(MANY, [photos, tallies, address, str(event.author.pk), event.code])
    hub.page.evaluate(
        """async user => {
      const keep = {token: document.querySelector("input[name=csrfmiddlewaretoken]").value};
      for (let n = 0; n < 20; n += 1)
        if ((await outbox.flush(one => one.user === user, keep)).state === "sent") return;
    }""",
        str(event.author.pk),
    )
    left = hub.page.evaluate("async () => (await outbox.all()).filter(outbox.waits).length")
    assert left == 0
    assert asked["n"] == photos + tallies + len(cuts)
    captions = list(Photo.objects.values_list("caption", flat=True))
    assert sorted(captions) == sorted(f"Світлина {n}" for n in range(photos))
    assert Tally.objects.count() == tallies


def test_the_page_works_with_a_keyboard_and_says_what_it_counts(hub):
    hub.page.locator("[name='cell-f-child']").focus()
    hub.page.keyboard.type("12")
    hub.page.keyboard.press("Tab")
    hub.page.keyboard.press("Enter")
    hub.page.locator("[data-count-said]").get_by_text("Чоловіки, діти до 14: 1. Разом 13").wait_for()
    status(hub, SENT)


def test_without_scripts_every_press_is_a_form(visit, event):
    plain = visit(event.author, width=PHONE, scripts=False)
    plain.opens(reverse("events:count", args=[event.code]))
    for _ in range(2):
        plain.page.get_by_role("button", name="Додати: Жінки, 60 і старші", exact=True).click()
    assert plain.page.locator("[name='cell-f-older']").input_value() == "2"
    assert Tally.objects.get().total == 2
    assert plain.too_wide() == []


def test_the_first_view_is_light(visit, event):
    client_of = visit(event.author, width=PHONE)
    everything, scripts = weigh(lambda **more: visit(event.author, **more), reverse("events:count", args=[event.code]))
    assert everything <= MOST, everything
    assert scripts <= MOST_SCRIPTS, scripts
    assert client_of

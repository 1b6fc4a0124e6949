"""What a count cannot be is told at once, what was refused is mended or dropped, what was sent says so, a closed page is only read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import stage
from tests.browser.test_counting_offline import BROKEN, KEPT, SENT, adds, reopened, shoots, status
from tests.browser.visits import PHONE
from tests.factories import events as factory
from tests.factories import people
from viche.events.models import Event, Photo, Tally

pytestmark = pytest.mark.browser
OLDER = "люди старшого віку"
LATE = "Не враховано: звіт уже прийнято"


@pytest.fixture
def event():
    now = stage.now()
    return factory.published(starts_at=now - timedelta(hours=1), ends_at=now - timedelta(minutes=1))


def opened(visit, event, **more):
    hub = visit(event.author, width=PHONE, **more)
    hub.forgiven = (*BROKEN, "409", "422")
    hub.opens(reverse("events:count", args=[event.code]))
    hub.sees("Сторінка відкриється й без зв’язку")
    return hub


@pytest.fixture
def hub(visit, event):
    """The librarian has opened the page once, with a signal."""
    return opened(visit, event)


def unsent(hub):
    return hub.page.locator("[data-unsent]")


def asks(hub, name):
    """Press a button of the list of what lies unsent."""
    unsent(hub).get_by_role("button", name=name, exact=True).click()


def group(hub, words=OLDER):
    return hub.page.locator(".count-group").filter(has_text=words)


def test_a_part_above_the_whole_is_told_at_once_without_a_signal(hub):
    hub.context.set_offline(True)
    adds(hub, "Жінки, молодь 14–35", 2)
    hub.types(group__older="12")
    group(hub).get_by_role("alert").get_by_text("12, а всього людей 2.").wait_for()
    status(hub, "люди старшого віку: 12, а всього людей 2.")
    field = hub.page.locator("[name='group-older']")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "above-group-older")
    hub.is_well()
    # Nothing of it is lost with the page, and it is said again there.
    reopened(hub)
    expect(hub.page.locator("[name='group-older']")).to_have_value("12")
    group(hub).get_by_text("12, а всього людей 2.").wait_for()
    hub.context.set_offline(False)
    hub.types(cell__f__youth="12")
    status(hub, SENT)
    expect(group(hub).get_by_role("alert")).to_have_count(0)
    assert (Tally.objects.get().cells, Tally.objects.get().groups) == ({"f:youth": 12}, {"older": 12})


def test_what_the_page_sees_to_be_wrong_does_not_even_go(hub):
    asked = []
    hub.page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/tally/") else None)
    adds(hub, OLDER)
    status(hub, "1, а всього людей 0")
    hub.page.get_by_role("button", name="Зберегти", exact=True).click()
    asks(hub, "Спробувати зараз")
    status(hub, "1, а всього людей 0")
    assert asked == []


def test_the_report_says_it_too(visit, event):
    hub = visit(event.author, width=PHONE)
    hub.forgiven = BROKEN
    hub.opens(reverse("events:report", args=[event.code]))
    hub.types(total="3", cell__f__youth="12")
    whole = hub.page.locator(".field", has=hub.page.locator("[name=total]"))
    whole.get_by_text("За статтю й віком разом 12, а всього названо 3.").wait_for()
    hub.types(total="12")
    expect(whole.get_by_role("alert")).to_have_count(0)
    hub.page.locator("summary", has_text="вразливих груп").click()
    hub.types(group__older="13")
    hub.sees("13, а всього людей 12.").is_well()


def test_a_refused_count_is_dropped_after_a_question(hub):
    adds(hub, OLDER, 3)
    unsent(hub).get_by_text("3, а всього людей 0").wait_for()
    asks(hub, "Прибрати")
    hub.sees("Прибрати з телефона назавжди?").is_well()
    expect(unsent(hub).get_by_role("button", name="Лишити", exact=True)).to_be_focused()
    asks(hub, "Лишити")
    expect(hub.page.locator("[name='group-older']")).to_have_value("3")
    asks(hub, "Прибрати")
    asks(hub, "Так, прибрати")
    unsent(hub).wait_for(state="hidden")
    status(hub, "Прибрано")
    expect(hub.page.locator("[name='group-older']")).to_have_value("")
    reopened(hub)
    expect(hub.page.locator("[name='group-older']")).to_have_value("")
    expect(unsent(hub)).to_be_hidden()
    # What is counted next is a count of its own.
    adds(hub, "Жінки, молодь 14–35")
    status(hub, SENT)
    assert Tally.objects.get().total == 1


PUT = """([user, event, address, key]) => outbox.put({kind: "tally", key, user, event, title: "Читання", made: 1,
  url: address, revision: 1, sent: 0, cells: {"x:x": 4}, groups: {older: 9}, total: 4, refused: "Числа не сходяться",
  counted_at: new Date().toISOString()})"""


def test_a_refused_count_of_another_time_is_mended_and_goes(hub, event):
    """It was refused by the server and is not the one in the fields: a link brings it there."""
    adds(hub, "Чоловіки, дорослі 36–59")
    status(hub, SENT)
    key = "6b1fbb6c-6b1c-4b0e-9d0e-0123456789ab"
    address = reverse("events:tally", args=[event.code])
    hub.page.evaluate(PUT, [str(event.author.pk), event.code, address, key])
    hub.page.reload()
    status(hub, "Не прийнято: подивіться нижче")
    unsent(hub).get_by_role("link", name="Виправити").click()
    expect(hub.page.locator("[name='group-older']")).to_have_value("9")
    hub.types(group__older="4")
    status(hub, SENT)
    unsent(hub).wait_for(state="hidden")
    assert Tally.objects.get(key=key).groups == {"older": 4}
    assert Tally.objects.count() == 2


def test_a_refusal_that_no_longer_holds_is_tried_again(hub, event):
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    adds(hub, "Чоловіки, дорослі 36–59")
    status(hub, "Лічать лише на оголошених заходах")
    Event.objects.filter(pk=event.pk).update(state="published")
    asks(hub, "Спробувати зараз")
    status(hub, SENT)
    assert Tally.objects.get().total == 1


def test_the_page_closes_when_the_report_was_accepted_meanwhile(hub, event):
    hub.context.set_offline(True)
    adds(hub, "Чоловіки, дорослі 36–59", 2)
    status(hub, KEPT)
    factory.accepted(event, at=stage.now())
    hub.context.set_offline(False)
    status(hub, LATE)
    hub.sees("Звіт прийнято, облік закрито")
    unsent(hub).get_by_text("враховано людей – 3").wait_for()
    expect(hub.page.get_by_role("button", name="Додати: Чоловіки, дорослі 36–59")).to_be_disabled()
    hub.is_well()
    # The page that was laid aside is the closed one now, and tells it without a signal too.
    hub.page.wait_for_function(
        "async () => (await (await caches.match(location.pathname)).text()).includes('data-closed=\"1\"')"
    )
    hub.context.set_offline(True)
    reopened(hub)
    hub.sees("Враховано 3 людини")
    assert hub.page.locator("button[name=step]").count() == 0
    hub.is_well()
    asks(hub, "Прибрати")
    asks(hub, "Так, прибрати")
    unsent(hub).wait_for(state="hidden")
    assert not Tally.objects.exists()


def test_what_waits_when_a_closed_page_opens_is_not_promised(visit, hub, event):
    """Never sent before: the page says it will not count, instead of "we shall send it"."""
    hub.context.set_offline(True)
    adds(hub, "Чоловіки, дорослі 36–59", 2)
    status(hub, KEPT)
    factory.accepted(event, at=stage.now())
    hub.page.close()
    hub.page = hub.context.new_page()
    hub.context.set_offline(False)
    hub.page.route("**/tally/", lambda route: route.abort("internetdisconnected"))
    hub.page.goto(reverse("events:count", args=[event.code]))
    status(hub, "Не прийнято: подивіться нижче")
    unsent(hub).get_by_text(LATE).wait_for()


def test_without_scripts_a_closed_page_is_read(visit, event):
    factory.accepted(event, at=stage.now())
    plain = visit(event.author, width=PHONE, scripts=False)
    plain.opens(reverse("events:count", args=[event.code])).sees("Враховано 3 людини")
    assert plain.page.locator("button[name=step]").count() == 0
    plain.follows("Звіт із числами, які враховано").sees("прийнято")
    assert plain.too_wide() == []


def wakes(hub):
    """Let the browser's background sync run, as it does when the signal is back and the page is not there to send."""
    wire = hub.context.new_cdp_session(hub.page)
    found = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    wire.send("ServiceWorker.enable")
    hub.page.wait_for_timeout(200)
    wire.send(
        "ServiceWorker.dispatchSyncEvent",
        {"origin": hub.host, "registrationId": found[-1]["registrationId"], "tag": "outbox", "lastChance": True},
    )


def test_what_the_worker_has_sent_is_told_by_the_page(hub, event):
    """A photograph alone, sent while the page itself could not: "we shall send it" does not stay."""
    hub.page.route("**/photos/", lambda route: route.abort("internetdisconnected"))
    shoots(hub)
    unsent(hub).get_by_text("Світлина").wait_for()
    status(hub, KEPT)
    wakes(hub)
    status(hub, SENT)
    unsent(hub).wait_for(state="hidden")
    assert Photo.objects.count() == 1


def test_what_was_sent_while_the_page_slept_is_told_when_it_is_looked_at(hub, event):
    """The message of the worker did not reach the page: it reads anew what lies in the telephone."""
    hub.context.set_offline(True)
    shoots(hub)
    status(hub, KEPT)
    hub.page.evaluate("async () => { for (const one of await outbox.all()) await outbox.drop(one.key); }")
    hub.page.locator("[data-count-status]").get_by_text(KEPT).wait_for()
    hub.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    status(hub, SENT)
    unsent(hub).wait_for(state="hidden")


SEEN = """() => {
  const bar = document.querySelector(".bar--count").getBoundingClientRect().top;
  const box = (one) => one.getBoundingClientRect();
  return {told: box(document.querySelector("[data-so-far]")).bottom,
    buttons: [...document.querySelectorAll(".count-more")].slice(0, 3).map(one => box(one).bottom), bar};
}"""


def test_what_is_counted_already_stands_on_the_first_screen_with_the_buttons(visit, event):
    Event.objects.filter(pk=event.pk).update(title="Як працює бюджет участі й хто вирішує, куди підуть гроші громади")
    factory.tally(event, by=people.preparer(event.organisation), at=stage.now())
    hub = visit(event.author, width=PHONE)
    hub.page.set_viewport_size({"width": 360, "height": 640})
    hub.opens(reverse("events:count", args=[event.code])).sees("Сторінка відкриється й без зв’язку")
    seen = hub.page.evaluate(SEEN)
    assert seen["told"] < min(seen["buttons"])
    assert max(seen["buttons"]) < seen["bar"], seen
    hub.sees("Уже полічено всіма: 3")
    adds(hub, "Чоловіки, дорослі 36–59", 2)
    status(hub, SENT)
    hub.sees("Уже полічено всіма: 5")
    hub.page.locator("[data-so-far]").click()
    hub.is_well()

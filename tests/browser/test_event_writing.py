"""A librarian writes and submits an event in a real browser: by telephone, with scripts and without."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.browser.visits import DESK, PHONE
from tests.factories import events, people, programmes
from viche.events.choices import State
from viche.events.models import Event

pytestmark = pytest.mark.browser
RULES = {"voices": {"least": 2, "blocks": True}, "groups": {"least": 1}}


@pytest.fixture
def librarian():
    """Who prepares the events of a library that takes part in the programme, and a campaign with rules."""
    today = datetime.now(UTC).date()
    programme = programmes.programme(code="HUBS", name="Хаби громад", ends_on=today + timedelta(days=300))
    events.campaign(programme, ends_on=today + timedelta(days=30), starts_on=today, rules=RULES)
    return events.hub(programme, name="Калинопільська бібліотека").user


def begins(person):
    person.opens(reverse("events:mine")).follows("Новий захід").sees("Писати далі")
    person.types(title="Вечір <b>читання</b>")
    person.page.get_by_label("Тиждень відкритого врядування").check()
    return person.presses("Писати далі")


def tells(person):
    """Fill in what is asked of everybody."""
    page = person.page
    starts = datetime.now(UTC) + timedelta(days=5)
    page.get_by_label("Формат", exact=True).select_option("seminar")
    person.types(starts_at=f"{starts:%Y-%m-%d}T18:00", ends_at=f"{starts:%Y-%m-%d}T19:30")
    return person.types(venue="Читальна зала", shelter="У підвалі", about="Читаємо вголос.")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_first_word_to_the_announcement(visit, librarian, width):
    person = begins(visit(librarian, width=width)).is_well()
    tells(person).is_saved()
    # The campaign's rules are judged beside the form, while one types.
    person.sees("названо 0, треба 2")
    person.page.get_by_label("місцева влада").check()
    person.page.get_by_label("мешканці без посад").check()
    person.sees("Названо 2, треба 2.").is_well()
    person.presses("Далі: перевірити").sees("Це порада: подати можна й так").is_well()
    person.presses("Оголосити захід").sees("Захід оголошено").is_well()
    event = Event.objects.get()
    assert (event.state, event.title) == (State.PUBLISHED, "Вечір <b>читання</b>")
    assert event.voices == ["council", "residents"]


def test_without_scripts_nothing_is_lost(visit, librarian):
    person = begins(visit(librarian, width=PHONE, scripts=False))
    person.forgiven = ("422",)
    person.page.get_by_text("Точніше про місце").click()
    tells(person).types(ends_at="2020-01-01T10:00", point="десь тут").presses("Далі: перевірити")
    person.sees("Усе збережено, але дещо варто виправити").is_well()
    assert person.page.locator("[name='point']").input_value() == "десь тут"
    assert person.page.locator("[name='ends_at']").input_value() == "2020-01-01T10:00"
    tells(person).types(point="")
    person.page.get_by_label("місцева влада").check()
    person.page.get_by_label("підприємці").check()
    person.presses("Далі: перевірити").presses("Оголосити захід").sees("Захід оголошено")
    assert Event.objects.get().is_shown


def test_a_telephone_at_the_place_gives_its_point(visit, librarian):
    person = begins(visit(librarian, width=PHONE))
    person.context.grant_permissions(["geolocation"])
    person.context.set_geolocation({"latitude": 49.588267, "longitude": 34.551417, "accuracy": 12})
    page = person.page
    page.get_by_text("Точніше про місце").click()
    page.get_by_role("button", name="Узяти точку, де я зараз").click()
    person.sees("Записано, з точністю до 12 м.").is_saved().is_well()
    assert page.locator("[name='point']").input_value() == "49.58827, 34.55142"
    event = Event.objects.get()
    assert (event.latitude, event.longitude) == (49.58827, 34.55142)


def test_two_tabs_lose_no_word(visit, librarian):
    person = begins(visit(librarian, width=PHONE))
    person.forgiven = ("409",)
    other = person.context.new_page()
    other.goto(person.page.url)
    person.types(venue="Написано вдома").is_saved()
    other.locator("[name='venue']").fill("Написано на роботі")
    other.get_by_text("Хтось зберіг захід раніше").wait_for()
    other.get_by_role("button", name="Далі: перевірити").click()
    other.get_by_role("cell", name="Написано вдома").wait_for()
    assert other.locator("[name='venue']").input_value() == "Написано на роботі"
    other.get_by_role("button", name="Зберегти мій текст").click()
    other.wait_for_url("**/check/")
    assert Event.objects.get().venue == "Написано на роботі"


def test_a_plan_is_looked_through_first(visit, librarian, tmp_path):
    plan = tmp_path / "план.csv"
    plan.write_text("Назва;День;Початок\nЗустріч;04.01.2030;18:00\nЗустріч;30.02.2030;18:00\n", encoding="utf-8")
    person = visit(librarian, width=PHONE).opens(reverse("events:plan")).is_well()
    person.page.get_by_label("Тиждень відкритого врядування").check()
    person.page.set_input_files("[name='file']", plan)
    person.presses("Показати, що вийде").sees("1 рядок стане чернеткою").is_well()
    person.presses("Створити 1 чернетку").sees("Створено 1 чернетку").is_well()
    assert Event.objects.get().title == "Зустріч"


def test_in_ones_own_name_it_waits_for_an_answer(visit, librarian):
    person = begins(visit(people.user(), width=PHONE))
    tells(person).types(venue="")
    person.page.get_by_label("онлайн", exact=True).check()
    person.page.get_by_label("місцева влада").check()
    person.page.get_by_label("підприємці").check()
    person.is_saved().presses("Далі: перевірити").is_well().presses("Подати захід").sees("Захід подано").is_well()
    assert Event.objects.get().answer_due_on


def drafted(hub, **changes):
    """A draft of the hub under a campaign with all rules."""
    rules = {**RULES, "speakers": {"share": 40}, "partners": {"least": 1}}
    campaign = events.campaign(hub.programme, ends_on=hub.programme.ends_on, rules=rules)
    return events.draft(hub.programme, organisation=hub.organisation, by=hub.user, campaign=campaign, **changes)


@pytest.fixture
def hub():
    """A library that takes part in a programme under way."""
    today = datetime.now(UTC).date()
    return events.hub(programmes.programme(code="HUBS", name="Хаби громад", ends_on=today + timedelta(days=300)))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_each_rule_is_told_at_its_field_while_one_types(visit, hub, width):
    event = drafted(hub, speakers_women=0, speakers_men=3, partners=[], voices=["civil"], groups=[])
    person = visit(hub.user, width=width).opens(reverse("events:write", args=[event.code])).is_well()
    mark = {rule: person.page.locator(f"#m-{rule}") for rule in ("speakers", "groups", "voices", "partners")}
    assert "Назвіть партнерів: названо 0, треба 1." in mark["partners"].inner_text()
    assert person.page.locator("#id_partners").get_attribute("aria-describedby").endswith("m-partners")
    assert person.page.locator("fieldset[aria-describedby='m-voices']").count() == 1
    person.types(speakers_women="3", partners="Рада молоді")
    mark["partners"].get_by_text("Названо 1, треба 1.").wait_for()
    mark["speakers"].locator(".state--verified").wait_for()
    assert "названо 0, треба 1" in mark["groups"].inner_text()
    # Who listens hears what has become true, once, and not what stood there before.
    aloud = person.page.locator("[data-aloud]").inner_text()
    assert "Названо 1, треба 1." in aloud
    assert "названо 0" not in aloud
    person.types(group_disability="Жестова мова")
    mark["groups"].get_by_text("Названо 1, треба 1.").wait_for()
    person.is_well()


def heard(person):
    """Gather everything that is said aloud from now on."""
    person.page.evaluate(
        """() => {
            window.heard = [];
            const tell = (rows) => rows.forEach(row => row.addedNodes.forEach(one => window.heard.push(one.textContent)));
            new MutationObserver(tell).observe(document.querySelector("[data-aloud]"), { childList: true });
        }"""
    )
    return lambda: person.page.evaluate("window.heard")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_what_cannot_be_is_told_at_its_field_while_one_types(visit, hub, width):
    event = drafted(hub, starts_at=datetime(2030, 5, 20, 9, tzinfo=UTC), ends_at=datetime(2030, 5, 20, 11, tzinfo=UTC))
    person = visit(hub.user, width=width).opens(reverse("events:write", args=[event.code]))
    said = heard(person)
    wrong = {
        "ends_at": ("2030-05-20T08:00", "Кінець раніше за початок"),
        "speakers_men": ("-3", "Число не може бути від’ємним"),
        "hromada": ("Нетакоїська", "Такої громади не знаємо"),
    }
    for name, (typed, sentence) in wrong.items():
        person.types(**{name: typed})
        person.page.locator(f"#e-id_{name}").get_by_text(sentence).wait_for()
        assert person.page.locator(f"#id_{name}").get_attribute("aria-invalid") == "true"
        assert f"e-id_{name}" in person.page.locator(f"#id_{name}").get_attribute("aria-describedby").split()
    person.types(venue="Інша зала").is_saved().is_well()
    person.types(venue="Ще інша зала").is_saved()
    for _typed, sentence in wrong.values():
        assert len([one for one in said() if sentence in one]) == 1, said()
    person.types(ends_at="2033-05-20T08:00").sees("Виходить 1095 днів")
    # Opened again every word stands there with its sentence; mended it goes.
    person.opens(reverse("events:write", args=[event.code])).is_well()
    assert person.page.locator("#id_hromada").input_value() == "Нетакоїська"
    assert person.page.locator("#id_ends_at").input_value() == "2033-05-20T08:00"
    said = heard(person)
    person.types(speakers_men="3")
    person.page.locator("#e-id_speakers_men").wait_for(state="detached")
    assert person.page.locator("#id_speakers_men").get_attribute("aria-invalid") is None
    assert person.page.locator("#e-id_hromada").count() == 1
    assert not [one for one in said() if "Такої громади" in one]


def test_a_day_that_does_not_exist_is_told_though_the_browser_hides_it(visit, hub):
    event = drafted(hub, starts_at=None, ends_at=None)
    person = visit(hub.user, width=PHONE).opens(reverse("events:write", args=[event.code]))
    said = heard(person)
    person.page.locator("#id_starts_at").focus()
    person.page.keyboard.type("310220301800")
    person.page.locator("#id_venue").focus()
    person.page.locator("#e-id_starts_at").get_by_text("Такого дня в календарі може не бути").wait_for()
    person.types(venue="Інша зала").is_saved().is_well()
    assert person.page.locator("#e-id_starts_at").count() == 1
    assert len([one for one in said() if "Такого дня" in one]) == 1
    person.types(starts_at="2030-05-20T18:00")
    person.page.locator("#e-id_starts_at").wait_for(state="detached")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_has_no_scripts_has_a_button_to_save_and_no_promise(visit, hub, scripts):
    event = drafted(hub)
    person = visit(hub.user, width=PHONE, scripts=scripts).opens(reverse("events:write", args=[event.code]))
    button = person.page.locator("[data-unscripted]")
    promise = person.page.get_by_text("Зберігаємо самі")
    assert (promise.count(), button.count()) == ((1, 0) if scripts else (0, 1))
    if not scripts:
        person.types(venue="Мала зала").presses("Зберегти", last=True).sees("Збережено.").is_well()
        assert person.page.locator("[name='venue']").input_value() == "Мала зала"
        assert Event.objects.get().venue == "Мала зала"

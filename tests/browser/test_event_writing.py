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

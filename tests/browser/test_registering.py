"""Somebody registers, comes and is checked in; the organiser puts the event off: by telephone, and without scripts."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import DESK, PHONE
from tests.factories import events, seats
from viche.events.models import Event, Registration
from viche.events.queries import coming

pytestmark = pytest.mark.browser


@pytest.fixture
def event(db):
    """An event with two seats, in two days."""
    cache.clear()
    starts = stage.now() + timedelta(days=2)
    with transaction.atomic():
        return events.with_seats(2, starts_at=starts, ends_at=starts + timedelta(hours=2), is_place_private=True)


def address(name, *parts):
    return reverse(f"events:{name}", args=parts)


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_form_to_the_ticket_and_away(visit, event, scripts):
    guest = visit(width=PHONE, scripts=scripts)
    guest.forgiven = ("422",)
    guest.opens(address("register", event.code)).sees("Лишилося 2 місця").is_well()
    guest.presses("Зареєструватися").sees("Виправте 2 місця").is_well()
    guest.types(name="Олена Така-то", email="olena@example.org", needs="Прийду з дитиною")
    guest.page.get_by_label("субтитри").check()
    guest.presses("Зареєструватися").sees("Чекаємо на вас").sees("Якщо листа немає").is_well()
    one = Registration.objects.get()
    guest.opens(address("seat", coming.word_of(one))).sees("вул. Шкільна, 1").is_well()
    guest.presses("Скасувати реєстрацію").sees("Дякуємо, що попередили").is_well()
    assert seats.again(one).state == "cancelled"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_queue_and_the_links_that_lead_nowhere(visit, event, width):
    for _ in range(2):
        seats.registered(event, at=stage.now())
    guest = visit(width=width)
    guest.forgiven = ("404",)
    guest.opens(address("register", event.code)).sees("Вільних місць зараз немає").is_well()
    guest.types(name="Олена Така-то", email="olena@example.org")
    guest.presses("Стати в чергу").sees("Відповідь – у вашій пошті").is_well()
    one = Registration.objects.get(state="waiting")
    guest.opens(address("seat", coming.word_of(one))).sees("Ви в черзі, номер 1").is_well()
    guest.opens(address("seat", "nobody"), status=404).sees("Це посилання не діє").is_well()


def test_the_door_by_telephone(visit, event):
    names = ("Олена Така-то", "Іван Інший")
    held = [seats.registered(event, name=name, at=stage.now()) for name in names]
    host = visit(event.author, width=PHONE)
    host.opens(address("door", event.code)).sees("Іван Інший").is_well()
    # The list follows what is typed.
    host.page.get_by_role("searchbox").press_sequentially("олен")
    host.page.get_by_text("Іван Інший").wait_for(state="detached")
    host.presses("Прийшли").sees("Прийшло 1 з 2").is_well()
    assert seats.again(held[0]).came_at
    host.opens(address("door_seat", event.code, coming.word_of(held[1]))).is_well()
    host.presses("Прийшли").sees("Прийшло 2 з 2").is_well()
    host.presses("Помилка: ще не прийшли").sees("Прийшло 1 з 2")


def test_the_door_without_scripts(visit, event):
    for name in ("Олена Така-то", "Іван Інший"):
        seats.registered(event, name=name, at=stage.now())
    host = visit(event.author, width=PHONE, scripts=False)
    host.opens(address("door", event.code)).types(q="іван").presses("Знайти")
    host.presses("Прийшли").sees("Прийшло 1 з 2").is_well()
    assert Registration.objects.get(name="Іван Інший").came_at


@pytest.mark.parametrize("scripts", [True, False])
def test_put_off_in_one_tap_and_brought_back(visit, event, scripts):
    seats.registered(event, at=stage.now())
    host = visit(event.author, width=PHONE, scripts=scripts)
    host.opens(address("move", event.code)).is_well()
    host.presses("Повітряна тривога").sees("Пишемо всім").is_well()
    assert Event.objects.get().postponed_why == "alert"
    host.presses("Захід усе-таки відбудеться").sees("Захід відбудеться").is_well()
    assert Event.objects.get().state == "published"
    host.opens(address("people", event.code)).sees("зайнято з 2 місць").is_well()

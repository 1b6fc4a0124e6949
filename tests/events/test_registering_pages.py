"""Pages of coming: asking for a seat, the personal link, one's own list, the organisers' list, the door."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import events, people, programmes, seats
from viche.events.choices import Entry, State
from viche.events.models import Event, Registration
from viche.events.queries import coming

pytestmark = pytest.mark.django_db
TYPED = {"name": "Олена Така-то", "email": "olena@example.org", "access": ["captions"], "needs": "Прийду з дитиною"}
MOST = 12


@pytest.fixture(autouse=True)
def _unhurried():
    cache.clear()


@pytest.fixture
def event():
    return hall(2)


def hall(capacity, **changes):
    """An event in two days by the real clock."""
    starts = timezone.now() + timedelta(days=2)
    return events.with_seats(capacity, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)


def register(client, event, **changes):
    return client.post(reverse("events:register", args=[event.code]), {**TYPED, **changes})


def seated(event, **changes):
    return seats.registered(event, at=timezone.now(), **changes)


def text(answer):
    return answer.content.decode()


def test_without_an_account(client, event):
    assert "Лишилося 2 місця" in text(client.get(reverse("events:register", args=[event.code])))
    answer = register(client, event)
    assert answer["Location"] == reverse("events:registered", args=[event.code])
    one = Registration.objects.get()
    assert (one.name, one.email, one.access, one.needs) == (
        "Олена Така-то",
        "olena@example.org",
        ["captions"],
        "Прийду з дитиною",
    )
    assert "Чекаємо на вас" in text(client.get(answer["Location"]))


def test_the_page_of_a_free_event_with_a_private_place_says_that_one_registers(client):
    event = hall(None, is_place_private=True)
    Event.objects.filter(pk=event.pk).update(entry=Entry.FREE)
    page = text(client.get(event.get_absolute_url()))
    assert reverse("events:register", args=[event.code]) in page
    assert "Реєстрація не потрібна" not in page
    assert "місце кажемо зареєстрованим" in page
    Event.objects.filter(pk=event.pk).update(is_place_private=False)
    assert "Реєстрація не потрібна" in text(client.get(event.get_absolute_url()))


def test_a_stranger_learns_nothing_of_a_mailbox_and_its_owner_what_to_do(client, event):
    type(event.programme).objects.update(contact_email="ask@example.org")
    first = register(client, event)
    page = text(client.get(first["Location"]))
    again = register(client, event)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert text(client.get(again["Location"])) == page
    for words in ("Лист прийде ще раз", "папки «Спам»", "Зареєструйтеся ще раз", "Підтвердьте в ньому"):
        assert words in page
    assert "знайдуть вас у списку: ask@example.org." in page
    queue = text(client.get(f"{again['Location']}?queue=1"))
    assert "Хто реєструється вперше, стає в чергу" in queue
    assert "Уже реєструвалися з цією поштою?" in queue
    assert "Ви в черзі" not in queue
    type(event.programme).objects.update(contact_email="")
    assert "сказано на сторінці заходу" in text(client.get(first["Location"]))
    register(client, event, email="other@example.org")
    queued, known = register(client, event, email="third@example.org"), register(client, event)
    assert queued["Location"] == known["Location"] == f"{reverse('events:registered', args=[event.code])}?queue=1"
    assert "Відповідь – у вашій пошті" in text(client.get(queued["Location"]))


def test_who_has_signed_in_finds_the_form_filled_and_comes_to_the_seat(client, event):
    person = people.user()
    client.force_login(person)
    assert f'value="{person.email}"' in text(client.get(reverse("events:register", args=[event.code])))
    answer = client.post(reverse("events:register", args=[event.code]), {"name": person.name, "email": person.email})
    one = Registration.objects.get()
    assert answer["Location"] == reverse("events:my_seat", args=[one.pk])
    again = client.post(
        reverse("events:register", args=[event.code]), {"name": "x", "email": person.email}, follow=True
    )
    assert "Ви вже зареєстровані" in text(again)
    assert Registration.objects.count() == 1


def test_a_delegation(client):
    event, hub = hall(10), events.hub()
    event.invited.add(hub.organisation)
    client.force_login(hub.user)
    address = reverse("events:register", args=[event.code])
    assert hub.organisation.name in text(client.get(address))
    typed = {"name": "Хтось", "email": hub.user.email, "organisation": hub.organisation.pk}
    assert client.post(address, {**typed, "organisation": "999999"}).status_code == 422
    answer = client.post(address, typed)
    assert (answer.status_code, "скільки людей прийде" in text(answer)) == (422, True)
    assert client.post(address, {**typed, "people": "4"}).status_code == 302
    one = Registration.objects.get()
    assert (one.organisation, one.people) == (hub.organisation, 4)
    Event.objects.filter(pk=event.pk).update(entry=Entry.INVITED)
    assert "лише я" not in text(client.get(address))


def test_faults_stand_at_their_fields(client, event):
    answer = register(client, event, name="", email="olena@")
    assert answer.status_code == 422
    assert "Перевірте адресу" in text(answer)
    assert "Прийду з дитиною" in text(answer)


def test_signs_made_of_several_fit(client, event):
    family = "👨‍👩‍👧‍👦" * 100
    assert register(client, event, name=family, needs=family).status_code == 302
    assert len(Registration.objects.get().name) == 150


def test_a_closed_event_says_why_and_keeps_what_was_typed(client, event):
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    assert "Реєстрацію закрито" in text(client.get(reverse("events:register", args=[event.code])))
    answer = register(client, event)
    assert (answer.status_code, "Олена Така-то" in text(answer)) == (409, True)


def test_to_what_has_not_been_announced_nobody_comes(client):
    draft = events.draft(starts_at=None, ends_at=None)
    client.force_login(draft.author)
    for name in ("register", "registered", "people", "move", "door"):
        assert client.get(reverse(f"events:{name}", args=[draft.code])).status_code == 404


def test_the_exact_place_stays_off_the_page(client):
    event = hall(2, is_place_private=True)
    for name in ("events:register", "events:registered"):
        page = text(client.get(reverse(name, args=[event.code])))
        assert "Шкільна" not in page


def test_one_machine_is_held_back_behind_a_proxy(client, event, settings):
    settings.ACCOUNT_RATE_LIMITS = {"seat": "2/10m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    address = reverse("events:register", args=[event.code])

    def tried(number, machine):
        typed = {**TYPED, "email": f"a{number}@example.org"}
        return client.post(address, typed, headers={"X-Forwarded-For": f"forged-{number}, {machine}"}).status_code

    assert [tried(number, "203.0.113.7") for number in range(3)] == [302, 302, 429]
    assert tried(9, "203.0.113.8") == 302


def test_one_mailbox_is_held_back(client, event, settings):
    settings.ACCOUNT_RATE_LIMITS = {"seat": "2/d/key"}
    assert [register(client, event).status_code for _ in range(3)] == [302, 302, 429]
    assert register(client, event, email="other@example.org").status_code == 302


def test_the_link_shows_a_button_and_the_button_cancels(client, event):
    one = seated(event)
    address = reverse("events:seat", args=[coming.word_of(one)])
    answer = client.get(address)
    assert "Скасувати реєстрацію" in text(answer)
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "same-origin")
    assert seats.again(one).state == "seated"
    assert "Реєстрацію скасовано" in text(client.post(address, follow=True))
    assert seats.again(one).state == "cancelled"
    assert "Зареєструватися знову" in text(client.get(address))


def test_too_late_to_cancel_is_a_sentence(client, event):
    one = seated(event)
    begun = timezone.now() - timedelta(minutes=1)
    Event.objects.filter(pk=event.pk).update(starts_at=begun)
    answer = client.post(reverse("events:seat", args=[coming.word_of(one)]))
    assert (answer.status_code, "уже почався" in text(answer)) == (409, True)


def test_unknown_and_expired_links_get_a_sentence(client, event):
    one = seated(event)
    addresses = [reverse(name, args=[coming.word_of(one)]) for name in ("events:seat", "events:seat_ics")]
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - timedelta(days=62), ends_at=timezone.now() - timedelta(days=61)
    )
    for address in (*addresses, reverse("events:seat", args=["nobody"])):
        answer = client.get(address)
        assert (answer.status_code, "Це посилання не діє" in text(answer)) == (404, True)


def test_the_calendar_file_tells_the_exact_place_to_who_has_a_seat(client):
    event = hall(1, is_place_private=True, online_link="https://meet.example/room", latitude=49.5, longitude=32.1)
    one, waiting = seated(event), seated(event)
    answer = client.get(reverse("events:seat_ics", args=[coming.word_of(one)]))
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (str(found["status"]), "вул. Шкільна, 1" in found["location"]) == ("CONFIRMED", True)
    assert coming.word_of(one) in found["url"]
    body = client.get(reverse("events:seat_ics", args=[coming.word_of(waiting)])).content
    assert "Шкільна".encode() not in body.replace(b"\r\n ", b"")
    assert b"meet.example" not in body.replace(b"\r\n ", b"")
    assert str(Calendar.from_ical(body).walk("VEVENT")[0]["status"]) == "TENTATIVE"


@pytest.mark.parametrize(("state", "said"), [(State.POSTPONED, "TENTATIVE"), (State.CANCELLED, "CANCELLED")])
def test_the_calendar_file_follows_the_event(client, event, state, said):
    one = seated(event)
    Event.objects.filter(pk=event.pk).update(state=state, cancelled_why="Дощ")
    address = reverse("events:seat_ics", args=[coming.word_of(one)])
    assert str(Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]["status"]) == said
    page = text(client.get(reverse("events:seat", args=[coming.word_of(one)])))
    assert ("Дощ" if state == State.CANCELLED else "Захід відкладено") in page
    client.post(reverse("events:seat", args=[coming.word_of(one)]))
    assert str(Calendar.from_ical(client.get(address).content).walk("VEVENT")[0]["status"]) == "CANCELLED"


def counted(client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(MOST) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_lists_cost_the_same_with_one_three_and_three_hundred(client, django_assert_max_num_queries):
    event = hall(400)
    client.force_login(event.author)
    names = ("events:people", "events:door")
    addresses = [reverse(name, args=[event.code]) for name in names]
    found = []
    for count in (1, 2, 297):
        for number in range(count):
            seated(event, access=["captions"], needs=f"Потреба {number}")
        found.append([counted(client, address, django_assert_max_num_queries) for address in addresses])
    assert found[0] == found[1] == found[2]
    assert Registration.objects.count() == 300


def test_ones_own_list(client, django_assert_max_num_queries):
    person, address = people.user(), reverse("events:my_seats")
    client.force_login(person)
    assert "Ви ще ніде не зареєструвалися" in text(client.get(address))
    found = []
    for count in (1, 2, 27):
        for _ in range(count):
            one = seated(hall(2), by=person)
        found.append(counted(client, address, django_assert_max_num_queries))
    assert found[0] == found[1] == found[2]
    assert reverse("events:my_seat", args=[one.pk]) in text(client.get(address))
    client.force_login(people.user())
    assert client.get(reverse("events:my_seat", args=[one.pk])).status_code == 404


def test_the_organisers_list_sums_up_and_is_searched(client, event):
    one = seated(event, name="Олена Така-то", access=["captions", "step_free"], needs="Дитина")
    seated(event, name="Іван Інший", access=["captions"])
    seated(event, name="Третя Людина")
    for person in (event.author, programmes.officer(event.programme), events.consultant(event)):
        client.force_login(person)
        page = text(client.get(reverse("events:people", args=[event.code])))
        assert "субтитри: <strong>2</strong>" in page
    address = reverse("events:people", args=[event.code])
    assert "Іван Інший" not in text(client.get(address, {"q": "оЛЕНА"}))
    assert "Третя Людина" in text(client.get(address, {"state": "waiting", "came": "no"}))
    assert one.email not in text(client.get(address, {"came": "yes"}))
    rows = client.get(reverse("events:people_file", args=[event.code, "json"]), {"q": "така-то"}).json()
    assert [(row["name"], row["needs"]) for row in rows] == [("Олена Така-то", "Дитина")]
    for stranger in (programmes.observer(event.programme), people.user()):
        client.force_login(stranger)
        assert client.get(address).status_code == 404


def test_the_door_by_name(client, event):
    one = seated(event, name="Олена Така-то")
    seated(event, name="Іван Інший")
    client.force_login(event.author)
    address = reverse("events:door", args=[event.code])
    assert "Іван Інший" not in text(client.get(address, {"q": "олена"}))
    answer = client.post(f"{address}?q=%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0", {"seat": one.pk}, follow=True)
    assert "Прийшло" in text(answer)
    assert answer.redirect_chain[-1][0].endswith("?q=%D0%BE%D0%BB%D0%B5%D0%BD%D0%B0")
    assert seats.again(one).came_at
    client.post(address, {"seat": one.pk, "gone": "1"})
    assert seats.again(one).came_at is None
    assert client.post(address, {"seat": "x"}).status_code == 404
    Registration.objects.filter(pk=one.pk).update(state="cancelled", cancelled_at=timezone.now())
    assert "скасовано" in text(client.post(address, {"seat": one.pk}, follow=True))


def test_the_door_by_code(client, event):
    one = seated(event, needs="Прийду з собакою-поводирем")
    client.force_login(event.author)
    address = reverse("events:door_seat", args=[event.code, coming.word_of(one)])
    assert "собакою-поводирем" in text(client.get(address))
    assert "Помилка: ще не прийшли" in text(client.post(address, follow=True))
    assert seats.again(one).came_at
    other = reverse("events:door_seat", args=[hall(1).code, coming.word_of(one)])
    client.force_login(people.administrator())
    assert "такого квитка немає" in text(client.get(other))


def test_the_code_of_the_ticket_leads_to_the_door(client, event):
    one = seated(event)
    answer = client.get(reverse("events:seat", args=[coming.word_of(one)]))
    assert answer.context["door"].endswith(reverse("events:door_seat", args=[event.code, coming.word_of(one)]))

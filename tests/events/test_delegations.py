"""Delegations: their people are named with what they need, each has a seat, capacity and queue hold, the writer mends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, seats
from viche.events.choices import SeatState, State
from viche.events.models import Event, Guest, Registration
from viche.events.operations import delegations, holding, registering
from viche.events.operations.delegations import Named
from viche.events.queries import attending, coming
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = people.MOMENT


@pytest.fixture
def hub():
    return events.hub()


def delegation(hub, number=3, capacity=5, at=AT, **changes):
    event = events.with_seats(capacity, **changes)
    event.invited.add(hub.organisation)
    return seats.registered(event, by=hub.user, organisation=hub.organisation, people=number, at=at)


def called(*names):
    return [Named(name) for name in names]


def name(one, hub, *, number, guests=(), at=AT):
    return written(one, people=number, guests=list(guests), by=hub.user, clock=lambda: at)


def written(one, **values):
    """By somebody who has seen the delegation as it is."""
    return delegations.name(one, known=coming.roll(seats.again(one)), **values)


def standing(one):
    event = Event.objects.get(pk=one.event_id)
    return seats.again(one).people, event.seated, event.waiting


def test_people_are_named_with_what_they_need(hub):
    one = delegation(hub)
    name(one, hub, number=3, guests=[Named("Перша Людина", ["step_free"], "Тихе місце"), Named("Друга Людина")])
    assert [(guest.name, guest.needed) for guest in one.guests.all()] == [
        ("Перша Людина", "вхід без сходинок, Тихе місце"),
        ("Друга Людина", ""),
    ]
    assert standing(one) == (3, 3, 0)
    sums = attending.sums(one.event)
    assert (sums.needs, sums.notes) == ([("вхід без сходинок", 1)], ["Тихе місце"])
    (row,) = attending.rows(attending.of_event(one.event, q="друга"))
    assert "Перша Людина (вхід без сходинок, Тихе місце); Друга Людина" in row
    assert not attending.of_event(one.event, q="третя").exists()
    told = Entry.objects.filter(verb="events.delegation_named").latest("pk").values
    assert told.after == {"people": 3, "named": 2}


def test_whoever_is_named_has_a_seat_and_what_is_given_back_goes_to_the_queue(hub):
    one = delegation(hub)
    name(one, hub, number=1, guests=called("А", "Б", "В", "Г"))
    assert standing(one) == (4, 4, 0)
    _fifth, sixth = seats.registered(one.event), seats.registered(one.event)
    assert sixth.state == SeatState.WAITING
    name(one, hub, number=2, guests=called("А", "Б"))
    assert standing(one) == (2, 4, 0)
    assert seats.again(sixth).state == SeatState.SEATED
    assert Guest.objects.count() == 2


def test_no_more_seats_than_are_free(hub):
    one = delegation(hub)
    seats.registered(one.event)
    with pytest.raises(Refused, match="Вільне лише 1 місце") as caught:
        name(one, hub, number=5)
    assert caught.value.field == "people"
    with pytest.raises(Refused, match="лише 5 місц"):
        name(one, hub, number=6)
    with pytest.raises(Refused, match="до 50 людей"):
        name(one, hub, number=51)
    assert standing(one) == (3, 4, 0)
    name(one, hub, number=4)
    assert standing(one) == (4, 5, 0)


def test_a_delegation_in_the_queue_stays_there_whole_and_moves_up_once_it_fits(hub):
    event = events.with_seats(5)
    for _ in range(3):
        seats.registered(event)
    event.invited.add(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=3)
    assert one.state == SeatState.WAITING
    name(one, hub, number=4)
    assert standing(one) == (4, 3, 4)
    name(one, hub, number=2, guests=called("А"))
    assert (standing(one), seats.again(one).state) == ((2, 5, 0), SeatState.SEATED)


def test_it_grows_only_while_one_may_register_and_is_mended_until_the_event_begins(hub):
    one = delegation(hub, registration_closes_at=AT + timedelta(hours=1))
    late = AT + timedelta(hours=2)
    with pytest.raises(Refused, match="закрито"):
        name(one, hub, number=4, at=late)
    name(one, hub, number=3, guests=called("А"), at=late)
    with pytest.raises(Refused, match="уже почався"):
        name(one, hub, number=3, at=events.STARTS)


def test_what_is_off_is_not_mended(hub):
    one = delegation(hub)
    Event.objects.filter(pk=one.event_id).update(state=State.CANCELLED)
    with pytest.raises(Refused, match="Захід скасовано"):
        name(one, hub, number=3)
    Registration.objects.filter(pk=one.pk).update(state=SeatState.CANCELLED, cancelled_at=AT)
    with pytest.raises(Refused, match="реєстрацію скасовано"):
        name(one, hub, number=3)


def test_who_names(hub):
    one = delegation(hub)
    colleague = people.preparer(hub.organisation)
    written(one, people=3, guests=called("А"), by=colleague, clock=lambda: AT)
    for stranger in (people.user(), one.event.author, seats.NOBODY):
        with pytest.raises(NotAllowed):
            written(one, people=3, guests=[], by=stranger, clock=lambda: AT)
    own = seats.registered(events.with_seats(2), by=hub.user)
    with pytest.raises(NotAllowed):
        written(own, people=1, guests=[], by=hub.user, clock=lambda: AT)


def ahead(hub, capacity=5):
    now = timezone.now()
    begins = now + timedelta(days=2)
    return delegation(hub, capacity=capacity, at=now, starts_at=begins, ends_at=begins + timedelta(hours=2))


def test_the_page_takes_rows_and_keeps_what_was_typed(client, hub):
    one = ahead(hub)
    client.force_login(hub.user)
    address = reverse("events:my_guests", args=[one.pk])
    assert client.get(address).context["form"].count == 3
    typed = {
        "known": coming.roll(one),
        "rows": "3",
        "people": "3",
        "name-0": "Перша Людина",
        "access-0": ["captions"],
        "needs-0": "Тиша",
    }
    more = client.post(address, {**typed, "more": "1"})
    assert (more.status_code, more.context["form"].count) == (200, 8)
    assert "Перша Людина" in more.content.decode()
    assert not Guest.objects.exists()
    wrong = client.post(address, {**typed, "needs-1": "Чиїсь"})
    assert (wrong.status_code, "Напишіть, чиї це потреби" in wrong.content.decode()) == (422, True)
    full = client.post(address, {**typed, "people": "6"})
    assert (full.status_code, "лише 5" in full.content.decode(), "Тиша" in full.content.decode()) == (422, True, True)
    done = client.post(address, typed, follow=True).content.decode()
    assert "Склад делегації збережено" in done
    assert "Перша Людина" in done
    again = client.get(address).content.decode()
    assert 'value="Перша Людина"' in again
    assert client.post(address, {**typed, "rows": "x"}).status_code == 302


def test_nobody_writes_over_what_a_colleague_has_written(client, hub):
    one = ahead(hub)
    client.force_login(hub.user)
    address = reverse("events:my_guests", args=[one.pk])
    typed = {"known": client.get(address).context["known"], "rows": "3", "people": "3", "name-0": "Моя Людина"}
    written(one, people=2, guests=called("Людина Колеги"), by=people.preparer(hub.organisation))
    more = client.post(address, {**typed, "more": "1"})
    assert more.context["known"] == typed["known"]
    answer = client.post(address, typed)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Тепер місць 2, названо: Людина Колеги." in said
    assert 'value="Моя Людина"' in said
    assert [guest.name for guest in Guest.objects.all()] == ["Людина Колеги"]
    typed["known"] = answer.context["known"]
    assert [client.post(address, typed).status_code for _press in range(2)] == [302, 302]
    assert [guest.name for guest in Guest.objects.all()] == ["Моя Людина"]
    assert standing(one) == (3, 3, 0)


def test_the_names_are_for_the_writer_and_the_organisers(client, hub):
    one = ahead(hub)
    written(one, people=3, guests=called("Перша Людина"), by=hub.user)
    client.force_login(one.event.author)
    for page in ("people", "door"):
        assert "Перша Людина" in client.get(reverse(f"events:{page}", args=[one.event.code])).content.decode()
    assert client.get(reverse("events:my_guests", args=[one.pk])).status_code == 404
    client.logout()
    assert "Перша Людина" not in client.get(reverse("events:seat", args=[coming.word_of(one)])).content.decode()


def test_registering_leads_to_the_names(client, hub):
    event = ahead(events.hub()).event
    event.invited.add(hub.organisation)
    client.force_login(hub.user)
    typed = {"name": "Хтось", "email": hub.user.email, "organisation": hub.organisation.pk, "people": "2"}
    answer = client.post(reverse("events:register", args=[event.code]), typed)
    one = Registration.objects.get(organisation=hub.organisation)
    assert answer["Location"] == reverse("events:my_guests", args=[one.pk])
    assert "Назвати людей делегації" in client.get(reverse("events:my_seat", args=[one.pk])).content.decode()


def test_a_large_delegation_asks_as_much_as_a_small_one(client, hub, django_assert_max_num_queries):
    one, counts = ahead(hub, capacity=60), []
    client.force_login(hub.user)
    for number in (1, 3, 50):
        written(one, people=3, guests=called(*(f"Людина {n}" for n in range(number))), by=hub.user)
        with django_assert_max_num_queries(12) as caught:
            client.get(reverse("events:my_guests", args=[one.pk]))
        counts.append(len(caught))
    assert counts[0] == counts[1] == counts[2]


def test_the_page_of_a_delegation_tells_how_many_are_not_named_yet(client, hub):
    one = delegation(
        hub, number=3, starts_at=timezone.now() + timedelta(days=3), ends_at=timezone.now() + timedelta(days=4)
    )
    client.force_login(hub.user)
    page = reverse("events:my_seat", args=[one.pk])
    assert client.get(page).context["unnamed"] == 3
    name(one, hub, number=3, guests=called("Олена", "Марта"))
    assert client.get(page).context["unnamed"] == 1
    assert "Ще не названо 1 людину." in client.get(page).content.decode()
    name(one, hub, number=3, guests=called("Олена", "Марта", "Ірина"))
    assert "Ще не названо" not in client.get(page).content.decode()


def test_the_link_of_who_left_the_organisation_opens_nothing(client, hub):
    starts = timezone.now() + timedelta(days=3)
    one = delegation(hub, starts_at=starts, ends_at=starts + timedelta(hours=2))
    Registration.objects.filter(pk=one.pk).update(user=hub.user)
    word = coming.word_of(seats.again(one))
    addresses = [reverse("events:seat", args=[word]), reverse("events:seat_ics", args=[word])]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    hub.user.memberships.all().delete()
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.post(addresses[0]).status_code == 404
    for act in (holding.confirm, registering.cancel):
        with pytest.raises(NotAllowed):
            act(seats.again(one), by=hub.user, word=word)
    assert seats.again(one).state == SeatState.SEATED
    client.force_login(people.preparer(hub.organisation))
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert registering.cancel(seats.again(one), by=people.preparer(hub.organisation)).state == SeatState.CANCELLED

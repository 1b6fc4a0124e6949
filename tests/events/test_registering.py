"""Asking for a seat: who gets one, who waits, what is refused, and in which order the queue moves up."""

from datetime import timedelta

import pytest

from tests.factories import events, people, seats
from viche.events import access
from viche.events.choices import Entry, SeatState, State
from viche.events.models import Event, Registration
from viche.events.operations import registering
from viche.events.queries import coming, showing
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def fresh(event):
    return Event.objects.get(pk=event.pk)


def refused(event, match, *, at=people.MOMENT, **asked):
    with pytest.raises(Refused, match=match) as caught:
        seats.registered(event, at=at, **asked)
    return caught.value


def test_the_last_seat_and_then_the_queue():
    event = events.with_seats(2)
    states = [seats.registered(event).state for _ in range(4)]
    assert states == ["seated", "seated", "waiting", "waiting"]
    assert (fresh(event).seated, fresh(event).waiting) == (2, 2)
    assert [coming.position(one) for one in Registration.objects.filter(state="waiting").order_by("pk")] == [1, 2]


def test_where_seats_are_not_counted_everybody_is_seated():
    event = events.published(entry=Entry.SEATS)
    assert {seats.registered(event).state for _ in range(3)} == {"seated"}
    assert fresh(event).seats_left is None


def test_the_same_mailbox_five_times_is_one():
    event = events.with_seats(5)
    found = {seats.registered(event, email=email).pk for email in ("a@example.org", "A@Example.org ") * 3}
    assert len(found) == 1
    assert fresh(event).seated == 1


def test_who_cancelled_may_register_again():
    event = events.with_seats(1)
    first = seats.registered(event, email="a@example.org")
    registering.cancel(first, by=seats.NOBODY, word=coming.word_of(first), clock=lambda: people.MOMENT)
    second = seats.registered(event, email="a@example.org", at=people.MOMENT + timedelta(minutes=1))
    assert (second.state, fresh(event).seated) == ("seated", 1)
    assert second.pk != first.pk


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"state": State.CANCELLED}, "скасовано"),
        ({"state": State.POSTPONED}, "відкладено"),
        ({"entry": Entry.FREE}, "реєструватися не треба"),
        ({"entry": Entry.INVITED}, "запрошені організації"),
        ({"registration_closes_at": people.MOMENT}, "закрито"),
        ({"starts_at": people.MOMENT, "ends_at": people.MOMENT + timedelta(hours=1)}, "почався"),
    ],
)
def test_a_closed_event_says_why(changes, match):
    event = events.with_seats(5)
    Event.objects.filter(pk=event.pk).update(**changes)
    assert refused(fresh(event), match).status == 409
    assert not Registration.objects.exists()


def test_what_is_not_shown_does_not_exist():
    event = events.draft(entry=Entry.SEATS)
    with pytest.raises(NotAllowed):
        seats.registered(event)
    assert coming.why_closed(event, people.MOMENT) == "Захід ще не оголошено."


def test_a_free_event_with_a_private_place_takes_registrations():
    event = events.published(is_place_private=True)
    assert seats.registered(event).state == "seated"


@pytest.mark.parametrize("is_place_private", [True, False])
@pytest.mark.parametrize("entry", Entry)
@pytest.mark.parametrize("at", [people.MOMENT, events.STARTS - timedelta(hours=1), events.STARTS])
@pytest.mark.parametrize("state", [State.PUBLISHED, State.POSTPONED, State.CANCELLED])
def test_the_page_and_the_door_of_registering_say_the_same(entry, is_place_private, at, state):
    closes = events.STARTS - timedelta(hours=2)
    event = events.published(entry=entry, is_place_private=is_place_private, registration_closes_at=closes)
    event.state = state
    assert showing.shown(event).takes_registrations(at) == (not coming.why_closed(event, at))


def test_a_delegation_of_an_invited_organisation():
    event = events.published(entry=Entry.INVITED, capacity=10)
    hub = events.hub()
    event.invited.add(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=7)
    assert (one.people, one.state, one.organisation, one.user) == (7, "seated", hub.organisation, hub.user)
    assert fresh(event).seats_left == 3
    colleague = people.preparer(hub.organisation)
    again = seats.registered(event, by=colleague, organisation=hub.organisation, people=2)
    assert (again.pk, again.people) == (one.pk, 7)


def test_a_delegation_greater_than_the_hall():
    event = events.with_seats(5)
    hub = events.hub()
    event.invited.add(hub.organisation)
    fault = refused(event, "лише 5 місць", by=hub.user, organisation=hub.organisation, people=6)
    assert fault.field == "people"


def test_nobody_registers_an_organisation_that_is_not_theirs_or_not_invited():
    event, hub = events.with_seats(5), events.hub()
    with pytest.raises(NotAllowed):
        seats.registered(event, by=people.user(), organisation=hub.organisation)
    assert refused(event, "не запрошували", by=hub.user, organisation=hub.organisation).field == "organisation"


def test_who_registered_alone_brings_no_delegation_by_the_same_mailbox():
    event, hub = events.with_seats(5), events.hub()
    event.invited.add(hub.organisation)
    seats.registered(event, by=hub.user)
    assert refused(event, "особиста", by=hub.user, organisation=hub.organisation, people=2).status == 409


def test_who_writes_for_two_organisations_brings_both():
    event, writer = events.with_seats(50), people.user()
    council, library = (people.member(people.organisation(), user=writer).organisation for _ in range(2))
    event.invited.set([council, library])
    for number, (organisation, count) in enumerate([(council, 3), (library, 4)]):
        at = people.MOMENT + timedelta(seconds=number)
        assert seats.registered(event, by=writer, organisation=organisation, people=count, at=at).people == count
    assert fresh(event).seated == 7
    alone = seats.registered(event, by=writer)
    assert alone.organisation in {council, library}


def test_what_the_owner_types_is_kept_and_what_the_owner_leaves_empty_stays():
    event, person = events.with_seats(5), people.user()
    seats.registered(event, name="Жартівник", email=person.email)
    one = seats.registered(event, by=person, access=["captions"], needs="Візок")
    assert (one.name, one.access, one.needs, one.held_until) == (person.name, ["captions"], "Візок", None)
    assert seats.registered(event, by=person).needs == "Візок"
    assert seats.registered(event, name="Жартівник", email=person.email).name == person.name


def test_a_mailbox_with_an_account_belongs_to_its_person():
    person = people.user()
    assert seats.registered(events.with_seats(5), email=person.email.upper()).user == person


def test_what_was_registered_before_the_account_belongs_to_its_person():
    event = events.with_seats(5)
    before = seats.registered(event, email="late@example.org")
    person = people.user(email="late@example.org")
    assert before.user is None
    assert seats.registered(event, email="late@example.org").user is None
    assert seats.registered(event, by=person).user == person
    assert list(coming.of_user(person)) == [before]


def test_the_first_of_the_queue_that_fits_gets_the_seat():
    event, hub = events.with_seats(3), events.hub()
    event.invited.add(hub.organisation)
    first = seats.registered(event)
    others = [seats.registered(event) for _ in range(2)]
    company = seats.registered(event, by=hub.user, organisation=hub.organisation, people=2)
    alone = seats.registered(event)
    assert (company.state, alone.state) == ("waiting", "waiting")
    at = people.MOMENT + timedelta(hours=1)
    registering.cancel(first, by=seats.NOBODY, word=coming.word_of(first), clock=lambda: at)
    assert [seats.again(one).state for one in (company, alone)] == ["waiting", "seated"]
    assert seats.again(alone).promoted_at == at
    for one in others:
        registering.cancel(one, by=seats.NOBODY, word=coming.word_of(one), clock=lambda: at)
    assert seats.again(company).state == "seated"
    assert (fresh(event).seated, fresh(event).waiting) == (3, 0)


def test_giving_up_a_place_in_the_queue_moves_the_others():
    event = events.with_seats(1)
    _seated, second, third = (seats.registered(event) for _ in range(3))
    registering.cancel(second, by=seats.NOBODY, word=coming.word_of(second), clock=lambda: people.MOMENT)
    assert coming.position(third) == 1
    assert fresh(event).waiting == 1


def test_cancelling_twice_counts_once():
    event = events.with_seats(2)
    one, _other = seats.registered(event), seats.registered(event)
    for _ in range(2):
        done = registering.cancel(one, by=seats.NOBODY, word=coming.word_of(one), clock=lambda: people.MOMENT)
    assert done.state == SeatState.CANCELLED
    assert fresh(event).seated == 1


def test_nobody_cancels_what_is_not_theirs():
    one = seats.registered(events.with_seats(2))
    for word in ("", "0" * 40):
        with pytest.raises(NotAllowed):
            registering.cancel(one, by=people.user(), word=word)


def test_nothing_is_cancelled_once_it_has_begun():
    event = events.with_seats(2)
    one = seats.registered(event)
    with pytest.raises(Refused, match="уже почався"):
        registering.cancel(one, by=seats.NOBODY, word=coming.word_of(one), clock=lambda: event.starts_at)
    assert not registering.promote(fresh(event), at=event.starts_at)


def test_of_a_cancelled_event_nobody_moves_up():
    event = events.with_seats(1)
    seated, waiting = seats.registered(event), seats.registered(event)
    Event.objects.filter(pk=event.pk).update(state=State.CANCELLED)
    registering.cancel(seated, by=seats.NOBODY, word=coming.word_of(seated), clock=lambda: people.MOMENT)
    assert seats.again(waiting).state == "waiting"


def test_more_seats_let_the_queue_in_by_its_order():
    event = events.with_seats(1)
    row = [seats.registered(event) for _ in range(4)]
    Event.objects.filter(pk=event.pk).update(capacity=3)
    assert registering.promote(fresh(event), at=people.MOMENT) == 2
    assert [seats.again(one).state for one in row] == ["seated", "seated", "seated", "waiting"]
    Event.objects.filter(pk=event.pk).update(capacity=None)
    assert registering.promote(fresh(event), at=people.MOMENT) == 1


def test_at_the_door():
    event = events.with_seats(2)
    one, by, at = seats.registered(event), event.author, event.starts_at
    assert registering.come(one, came=True, by=by, at=at).came_at == at
    assert registering.come(one, came=True, by=by, at=at + timedelta(hours=1)).came_at == at
    assert registering.come(one, came=False, by=by, at=at).came_at is None
    with pytest.raises(NotAllowed):
        registering.come(one, came=True, by=people.user(), at=at)
    registering.cancel(one, by=seats.NOBODY, word=coming.word_of(one), clock=lambda: people.MOMENT)
    with pytest.raises(Refused, match="скасовано"):
        registering.come(one, came=True, by=by, at=at)


def test_who_may_hold_a_registration():
    event, hub = events.with_seats(9), events.hub()
    event.invited.add(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=2)
    colleague = people.preparer(hub.organisation)
    mine = seats.registered(event, by=colleague)
    registering.cancel(one, by=colleague, clock=lambda: people.MOMENT)
    registering.cancel(mine, by=colleague, clock=lambda: people.MOMENT)
    assert {seats.again(one).state, seats.again(mine).state} == {"cancelled"}
    with pytest.raises(NotAllowed):
        registering.cancel(mine, by=seats.NOBODY)


def test_who_left_the_organisation_holds_its_delegation_no_more():
    event, hub = events.with_seats(9, is_place_private=True), events.hub()
    event.invited.add(hub.organisation)
    one = seats.registered(event, by=hub.user, organisation=hub.organisation, people=2)
    assert access.may_hold(hub.user, one)
    hub.user.memberships.all().delete()
    assert not access.may_hold(hub.user, seats.again(one))
    assert not coming.of_user(hub.user).exists()
    assert coming.heirs(one) == []
    colleague = people.preparer(hub.organisation)
    assert coming.heirs(one) == [colleague]
    assert coming.heirs(seats.registered(event)) == []

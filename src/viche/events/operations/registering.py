"""Coming to an event: a seat is asked for, kept, given up, passed on to the queue, and noted at the door.

Whatever decides is read while the event is locked, the clock too. Locks are taken in one order: the event, then registrations.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import Entry, SeatState, State
from viche.events.models import Event, Registration
from viche.events.operations import recognising
from viche.events.queries import coming, links
from viche.journal import operations as journal
from viche.mail import queries as mail
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access as people_access
from viche.people import queries as people
from viche.people.access import Visitor
from viche.people.models import Organisation, User
from viche.work import operations as work

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Asked:
    """What somebody typed to get a seat."""

    name: str
    email: str
    people: int = 1
    access: Sequence[str] = ()
    needs: str = ""
    language: str = "uk"


@dataclass(frozen=True)
class Registered:
    """A registration, and what a page may say of it to a stranger: what anybody new would have got at that moment."""

    registration: Registration
    outlook: SeatState
    is_new: bool


@transaction.atomic
def register(
    event: Event, *, asked: Asked, by: Visitor, organisation: Organisation | None = None, clock: Clock = timezone.now
) -> Registered:
    """Keep a seat, or a place in the queue. The same mailbox or organisation again has one, and is written to again.

    Raises `Refused`: closed, not invited, more people than seats.
    """
    if not access.may_register(by, event):
        raise NotAllowed
    if organisation is not None and not people_access.may_write_for(by, organisation):
        raise NotAllowed
    asked = replace(asked, email=mail.plain(asked.email))
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    at = clock()
    _require_open(event, asked, organisation, at)
    outlook = SeatState.SEATED if coming.fits(event, asked.people) else SeatState.WAITING
    before = coming.standing(event, email=asked.email, organisation=organisation)
    if before is not None:
        _require_same(before, organisation)
        _claim(before, asked, by)
        work.enqueue("viche.events.tasks.seats.tell", before.pk)
        return Registered(before, outlook, is_new=False)
    registration = _kept(event, asked, organisation, outlook, by=by, at=at)
    count(event, outlook, asked.people)
    work.enqueue("viche.events.tasks.seats.tell", registration.pk)
    told = {"state": outlook, "people": asked.people}
    journal.record(verb="events.registered", subject=registration, by=_actor(by), at=at, after=told)
    return Registered(registration, outlook, is_new=True)


def _actor(by: Visitor) -> User | None:
    return by if isinstance(by, User) else None


def _require_open(event: Event, asked: Asked, organisation: Organisation | None, at: datetime) -> None:
    closed = coming.why_closed(event, at)
    if closed:
        raise Refused(closed, status=409)
    invited = organisation is not None and event.invited.filter(pk=organisation.pk).exists()
    if organisation is not None and not invited:
        raise Refused(_("Цю організацію на захід не запрошували."), field="organisation")
    if event.entry == Entry.INVITED and not invited:
        raise Refused(
            _("На цей захід приходять лише запрошені організації. Увійдіть як людина, що пише від такої організації."),
            status=409,
        )
    require_capacity(event, asked.people)


def require_capacity(event: Event, people: int) -> None:
    """Nobody asks for more seats than the event has at all."""
    if event.capacity is not None and people > event.capacity:
        words = ngettext(
            "На цьому заході лише %(count)s місце.", "На цьому заході лише %(count)s місць.", event.capacity
        )
        raise Refused(words % {"count": event.capacity}, field="people")


def _require_same(before: Registration, organisation: Organisation | None) -> None:
    """Somebody who registered alone cannot bring a delegation by the same mailbox."""
    if organisation is not None and before.organisation_id is None:
        raise Refused(
            _("На вашу пошту вже є особиста реєстрація. Скасуйте її, а тоді зареєструйте делегацію."), status=409
        )


def _is_own(email: str, by: Visitor) -> bool:
    """Whether somebody has signed in with this mailbox: then it is confirmed."""
    return isinstance(by, User) and mail.plain(by.email) == email


def _claim(before: Registration, asked: Asked, by: Visitor) -> None:
    """What was registered by this mailbox belongs to the person who signs in with it, and says what that person says.

    Whoever typed the mailbox before may have been anybody. What the owner leaves empty stays.
    """
    if not _is_own(before.email, by):
        return
    before.user, before.held_until = _actor(by), None
    if before.organisation_id is None:
        before.name, before.language = asked.name, asked.language
        before.access, before.needs = list(asked.access) or before.access, asked.needs or before.needs
    before.save(update_fields=["user", "held_until", "name", "language", "access", "needs"])


def _kept(
    event: Event, asked: Asked, organisation: Organisation | None, state: SeatState, *, by: Visitor, at: datetime
) -> Registration:
    registration = Registration(
        event=event,
        user=people.user_by_email(asked.email),
        organisation=organisation,
        name=asked.name,
        email=asked.email,
        people=asked.people,
        access=list(asked.access),
        needs=asked.needs,
        language=asked.language,
        state=state,
        registered_at=at,
        held_until=None if _is_own(asked.email, by) else coming.held_until(event, at),
        told_of=event.sequence,
    )
    registration.token_digest = links.digest_of(coming.word_of(registration))
    registration.save()
    return registration


def count(event: Event, state: str, number: int) -> None:
    """Count people in, or out where the number is negative; the caller holds the event's lock."""
    if state == SeatState.SEATED:
        event.seated += number
    else:
        event.waiting += number
    event.save(update_fields=["seated", "waiting"])


@transaction.atomic
def cancel(registration: Registration, *, by: Visitor, word: str = "", clock: Clock = timezone.now) -> Registration:
    """Give a seat up: by the word in the letter, or by whoever holds it. The first of the queue that fits gets the seat."""
    by_word = links.digest_of(word) == registration.token_digest and access.may_use_link(by, registration)
    if not by_word and not access.may_hold(by, registration):
        raise NotAllowed
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    at = clock()
    if registration.state == SeatState.CANCELLED:
        return registration
    if event.state == State.PUBLISHED and event.starts_at <= at:
        raise Refused(_("Захід уже почався, тож скасовувати нічого."), status=409)
    registration.held_until = None
    leave(event, registration, at=at)
    work.enqueue("viche.events.tasks.seats.tell", registration.pk)
    journal.record(verb="events.seat_given_up", subject=registration, by=_actor(by), at=at)
    return registration


def leave(event: Event, registration: Registration, *, at: datetime) -> None:
    """Take a registration out of the count and let the queue move up; the caller has locked both."""
    count(event, registration.state, -registration.people)
    registration.state, registration.cancelled_at = SeatState.CANCELLED, at
    registration.save(update_fields=["state", "cancelled_at", "held_until"])
    promote(event, at=at)


def promote(event: Event, *, at: datetime) -> int:
    """Seat whoever of the queue fits, in its order, and have them told; how many registrations. The caller has locked the event."""
    moved = 0
    if event.state not in {State.PUBLISHED, State.POSTPONED}:
        return moved
    if event.state == State.PUBLISHED and event.starts_at <= at:
        return moved
    while (one := coming.first_that_fits(event)) is not None:
        one.state, one.promoted_at = SeatState.SEATED, at
        one.held_until = one.held_until and coming.held_until(event, at)
        one.save(update_fields=["state", "promoted_at", "held_until"])
        event.waiting -= one.people
        count(event, SeatState.SEATED, one.people)
        work.enqueue("viche.events.tasks.seats.tell", one.pk)
        moved += 1
    return moved


@transaction.atomic
def come(registration: Registration, *, came: bool, by: User, at: datetime) -> Registration:
    """Note at the door that somebody has come, or take that back."""
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    if not access.may_count(by, event):
        raise NotAllowed
    recognising.lock(registration)
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    registration.event = event
    if registration.state == SeatState.CANCELLED:
        raise Refused(_("Цю реєстрацію скасовано."), status=409)
    if came == (registration.came_at is not None):
        return registration
    before = {"came_at": registration.came_at}
    registration.came_at = at if came else None
    registration.save(update_fields=["came_at"])
    recognising.come(registration)
    after = {"came_at": registration.came_at}
    journal.record(verb="events.came", subject=registration, by=by, at=at, before=before, after=after)
    return registration

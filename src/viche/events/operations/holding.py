"""A seat waits a while for its mailbox to be confirmed; then it goes to whoever waits for it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from viche.events import access
from viche.events.choices import SeatState, State
from viche.events.models import Event, Registration
from viche.events.operations import registering
from viche.events.queries import coming, links
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.access import Visitor
from viche.people.models import User
from viche.work import operations as work


@transaction.atomic
def confirm(
    registration: Registration, *, by: Visitor, word: str = "", clock: Callable[[], datetime] = timezone.now
) -> Registration:
    """Say by the word in the letter, or from the cabinet, that the mailbox is one's own: the seat waits for nothing more."""
    by_word = links.digest_of(word) == registration.token_digest and access.may_use_link(by, registration)
    if not by_word and not access.may_hold(by, registration):
        raise NotAllowed
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    if registration.held_until is None or registration.state == SeatState.CANCELLED:
        return registration
    registration.held_until = None
    registration.save(update_fields=["held_until"])
    actor = by if isinstance(by, User) else None
    journal.record(verb="events.seat_confirmed", subject=registration, by=actor, at=clock())
    return registration


@transaction.atomic
def lapse(registration: Registration, *, at: datetime) -> bool:
    """Give the seat of a mailbox that nobody has confirmed in time to who waits for it; whether it was done now.

    Where nobody waits who would fit, nobody loses a seat.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    is_over = registration.held_until is not None and registration.held_until <= at
    if registration.state != SeatState.SEATED or not is_over:
        return False
    if event.state != State.PUBLISHED or event.starts_at <= at or not coming.is_waited_for(event, registration):
        return False
    registering.leave(event, registration, at=at)
    work.enqueue("viche.events.tasks.seats.tell", registration.pk)
    journal.record(verb="events.seat_lapsed", subject=registration, by=None, at=at)
    return True

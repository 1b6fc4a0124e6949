"""Forgetting a person in the lists of those who come; `people` calls this in its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from viche.events.choices import SeatState, State
from viche.events.models import Event, Feed, Guest, Photo, Registration, RouteFeed, Visit
from viche.events.operations import registering
from viche.events.queries import coming, links
from viche.journal import operations as journal
from viche.mail import operations as mail
from viche.people.models import User


def forget(user: User, *, addresses: Iterable[str], at: datetime) -> None:
    """Take name, mailbox and needs out of a person's registrations; that somebody came stays counted.

    A seat at what is still to come goes to the queue; that of a delegation stays with its organisation. No link in an old
    letter leads anywhere, nor does the address of the person's calendar.
    """
    Feed.objects.filter(user=user).delete()
    RouteFeed.objects.filter(user=user).delete()
    Visit.objects.filter(user=user).delete()
    Photo.objects.filter(plea_email__in=list(addresses)).update(plea_email="")
    theirs = Registration.objects.filter(Q(user=user) | Q(email__in=list(addresses)))
    keys = sorted(set(theirs.values_list("event", flat=True)))
    for event in Event.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"):
        for key in list(theirs.filter(event=event).order_by("pk").values_list("pk", flat=True)):
            # Read anew each: the seat that one gives up may just have gone to the next of the same person.
            _forget(event, Registration.objects.select_for_update(no_key=True).get(pk=key), at)


@transaction.atomic
def expire(event: int, *, at: datetime) -> int:
    """Take names, mailboxes and needs out of the registrations of an event whose term is over; how many registrations.

    So do the letters about them, and who came with a delegation. That so many had seats, waited and came stays counted.
    """
    found = Event.objects.select_for_update(no_key=True).get(pk=event)
    Guest.objects.filter(registration__event=found).delete()
    rows = list(found.registrations.select_for_update(no_key=True).filter(forgotten_at=None).order_by("pk"))
    for registration in rows:
        _empty(registration, at)
    mail.empty_about(rows)
    if rows:
        journal.record(verb="events.seats_erased", subject=found, by=None, at=at, after={"count": len(rows)})
    return len(rows)


def _forget(event: Event, registration: Registration, at: datetime) -> None:
    # What waits for its new time is ahead, whenever its old one was.
    is_ahead = event.state == State.POSTPONED or event.ends_at > at
    keeps = is_ahead and registration.state != SeatState.CANCELLED
    if keeps and registration.organisation_id is None:
        registering.leave(event, registration, at=at)
    _empty(registration, at)
    if keeps and registration.organisation_id is not None:
        _leave_to_organisation(registration)


def _leave_to_organisation(registration: Registration) -> None:
    """A delegation comes without whom it was registered by: its organisation goes on seeing it, by a ticket of its own."""
    registration.forgotten_at = None
    registration.token_digest = links.digest_of(coming.word_of(registration))
    registration.save(update_fields=["forgotten_at", "token_digest"])


def _empty(registration: Registration, at: datetime) -> None:
    """Leave nothing in a registration that says whose it is."""
    registration.name = registration.email = registration.needs = ""
    registration.access, registration.user = [], None
    registration.token_digest = links.digest_of(f"forgotten {registration.pk}")
    registration.forgotten_at = at
    registration.save()

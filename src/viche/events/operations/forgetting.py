"""Forgetting a person in the lists of those who come; `people` calls this in its own transaction."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from viche.events.choices import SeatState
from viche.events.models import Event, Feed, Registration
from viche.events.operations import registering
from viche.events.queries import coming
from viche.people.models import User


def forget(user: User, *, addresses: Iterable[str], at: datetime) -> None:
    """Take name, mailbox and needs out of a person's registrations; that somebody came stays counted.

    A seat at what is still to come goes to the queue; that of a delegation stays with its organisation. No link in an old
    letter leads anywhere, nor does the address of the person's calendar.
    """
    Feed.objects.filter(user=user).delete()
    theirs = Registration.objects.filter(Q(user=user) | Q(email__in=list(addresses)))
    keys = sorted(set(theirs.values_list("event", flat=True)))
    for event in Event.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"):
        for registration in theirs.filter(event=event).order_by("pk"):
            _forget(event, registration, at)


def _forget(event: Event, registration: Registration, at: datetime) -> None:
    is_ahead = event.ends_at > at and registration.state != SeatState.CANCELLED
    if is_ahead and registration.organisation_id is None:
        registering.leave(event, registration, at=at)
    registration.name = registration.email = registration.needs = ""
    registration.access, registration.user = [], None
    registration.token_digest = coming.digest_of(f"forgotten {registration.pk}")
    registration.forgotten_at = at
    registration.save()

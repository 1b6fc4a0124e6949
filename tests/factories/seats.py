"""Registrations for events, made by the operation that people use; before the start of the factories' events."""

from itertools import count

from django.contrib.auth.models import AnonymousUser

from tests.factories import people
from viche.events.models import Registration
from viche.events.operations import registering
from viche.events.operations.registering import Asked

numbers = count(1)
NOBODY = AnonymousUser()


def asked(**changes):
    """What somebody types."""
    number = next(numbers)
    return Asked(**{"name": f"Людина Така-то {number}", "email": f"guest{number}@example.org", **changes})


def registered(event, *, by=None, organisation=None, at=people.MOMENT, **changes):
    """A registration of a visitor; of `by` with their own mailbox."""
    if by is not None:
        changes = {"name": by.name, "email": by.email, **changes}
    kept = registering.register(
        event, asked=asked(**changes), by=by or NOBODY, organisation=organisation, clock=lambda: at
    )
    return Registration.objects.select_related("event").get(pk=kept.registration.pk)


def again(registration):
    """The same, as the database has it now."""
    return Registration.objects.select_related("event", "organisation").get(pk=registration.pk)

"""Events in a person's own calendar: with the exact place where the person may know it."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from viche.events.choices import SeatState, State
from viche.events.models import Registration
from viche.events.queries import coming
from viche.formats import icalendar

STATUSES = {State.POSTPONED: icalendar.TENTATIVE, State.CANCELLED: icalendar.CANCELLED}


def happening(registration: Registration) -> icalendar.Happening:
    """One registration as a calendar takes it; a place in the queue is not certain, one given up is cancelled."""
    told, event = coming.told(registration), registration.event
    status = STATUSES.get(State(event.state), icalendar.CONFIRMED)
    if registration.state == SeatState.CANCELLED:
        status = icalendar.CANCELLED
    elif registration.state == SeatState.WAITING and status == icalendar.CONFIRMED:
        status = icalendar.TENTATIVE
    changed = [event.changed_at, registration.registered_at, registration.promoted_at, registration.cancelled_at]
    return icalendar.Happening(
        uid=f"{event.uid}@viche",
        # Both the event and the seat may change: calendars take the greater number.
        sequence=event.sequence + bool(registration.promoted_at) + bool(registration.cancelled_at),
        changed_at=max(moment for moment in changed if moment is not None),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.title,
        status=status,
        about=event.about,
        place=told.place,
        url=settings.SITE_ADDRESS + reverse("events:seat", args=[coming.word_of(registration)]),
        conference=told.online_link,
        point=told.point if told.is_point_exact else None,
    )


def body(registrations: Iterable[Registration], *, name: str = "", source: str = "", language: str = "uk") -> bytes:
    """A calendar of these registrations."""
    found = (happening(one) for one in registrations)
    return icalendar.calendar(found, name=name, source=source, language=language)

"""Events in a person's own calendar: with the exact place where the person may know it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from viche.events.choices import SeatState, State
from viche.events.models import Feed, Registration
from viche.events.queries import coming, framing, links
from viche.formats import icalendar
from viche.people.models import User

SALT = "viche.events.feed"
KEPT_PAST = timedelta(days=92)  # how long a calendar tells of what is over
MOST = 500
RANK = {SeatState.SEATED: 0, SeatState.WAITING: 1, SeatState.CANCELLED: 2}


def word_of(feed: Feed) -> str:
    """The word in the address of a person's calendar: it lies nowhere, the row keeps its digest."""
    return links.word(SALT, feed.user_id, at=feed.made_at)


def feed_of(user: User) -> Feed | None:
    """The address of this person's calendar, if it has one."""
    return Feed.objects.filter(user=user).first()


def feed_by_word(token: str) -> Feed | None:
    """Whose calendar has this word in its address; None where nobody's, or where the person may not sign in."""
    return Feed.objects.filter(token_digest=links.digest_of(token), user__is_active=True).select_related("user").first()


def kept(user: User, at: datetime) -> list[Registration]:
    """What stands in a person's calendar: what is ahead and what was lately, the given-up too, so that calendars learn.

    Each event once: whoever gave up a seat and asked again, or comes with a delegation too, comes all the same.
    """
    found: dict[int, Registration] = {}
    for one in coming.of_user(user).filter(event__ends_at__gt=at - KEPT_PAST)[:MOST]:
        before = found.setdefault(one.event_id, one)
        if RANK[one.state] < RANK[before.state]:
            found[one.event_id] = one
    return list(found.values())


def happening(registration: Registration) -> icalendar.Happening:
    """One registration as a calendar takes it; a place in the queue is not certain, one given up is cancelled."""
    told, event = coming.told(registration), registration.event
    status = framing.STATUSES.get(State(event.state), icalendar.CONFIRMED)
    if registration.state == SeatState.CANCELLED:
        status = icalendar.CANCELLED
    elif registration.state == SeatState.WAITING and status == icalendar.CONFIRMED:
        status = icalendar.TENTATIVE
    changed = [event.changed_at, registration.registered_at, registration.promoted_at, registration.cancelled_at]
    return icalendar.Happening(
        uid=event.calendar_uid,
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

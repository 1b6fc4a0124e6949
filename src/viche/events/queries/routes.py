"""A person's itinerary in a programme as a calendar: what the office shows them that day, with the place as far as they may know it, and who goes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.access import Reach
from viche.events.choices import State
from viche.events.models import Event, RouteFeed
from viche.events.queries import links, showing, visits
from viche.events.queries.events import TOLD_WITH
from viche.events.queries.finding import LONGEST
from viche.events.queries.framing import STATUSES
from viche.events.queries.showing import Exact
from viche.formats import icalendar
from viche.people.models import User
from viche.programmes.models import Programme

SALT = "viche.events.route"
KEPT_PAST = timedelta(days=31)  # how long a calendar tells of what is over
MOST = 500


def word_of(feed: RouteFeed) -> str:
    """The word in the address: it lies nowhere, the row keeps its digest."""
    return links.word(SALT, feed.user_id, feed.programme_id, at=feed.made_at)


def feed_of(user: User, programme: Programme) -> RouteFeed | None:
    """The address of this person's itinerary in the programme, if it has one."""
    return RouteFeed.objects.filter(user=user, programme=programme).first()


def feed_by_word(token: str) -> RouteFeed | None:
    """Whose itinerary has this word in its address; None where nobody's, or where the person may not sign in."""
    found = RouteFeed.objects.filter(token_digest=links.digest_of(token), user__is_active=True)
    return found.select_related("user", "programme").first()


def reach_of(feed: RouteFeed) -> Reach | None:
    """How far the person's work in the programme goes today; None once there is none. One query."""
    return access.reach(feed.user, feed.programme)


def kept(reach: Reach, at: datetime) -> list[Event]:
    """What stands in the itinerary: what is ahead and what was lately, also called off, so that calendars learn. Two queries.

    Of very many, what is ahead goes first.
    """
    since = at - KEPT_PAST
    found = Event.objects.filter(reach.in_time, state__in=list(STATUSES), starts_at__gt=since - LONGEST)
    found = found.select_related(*TOLD_WITH)
    ahead = list(found.filter(ends_at__gt=at).order_by("starts_at", "pk")[:MOST])
    lately = found.filter(ends_at__gt=since, ends_at__lte=at).order_by("-starts_at", "-pk")[: MOST - len(ahead)]
    return [*lately, *ahead]


def body(events: Iterable[Event], reach: Reach, *, source: str, language: str) -> bytes:
    """The itinerary as a calendar."""
    name = _("Маршрут: %(programme)s") % {"programme": reach.programme.called}
    return icalendar.calendar(_happenings(events, reach), name=name, source=source, language=language)


def _happenings(events: Iterable[Event], reach: Reach) -> Iterator[icalendar.Happening]:
    events = list(events)
    going = visits.who_goes([event.pk for event in events])
    for event in events:
        told = _whole(event) if reach.knows_places else showing.exact_place(event)
        office = reverse("events:office", args=[reach.programme.code, event.code])
        yield icalendar.Happening(
            uid=event.calendar_uid,
            sequence=event.sequence,
            changed_at=event.changed_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            title=event.title,
            status=STATUSES[State(event.state)],
            about="\n".join(_told(event, going.get(event.pk, []))),
            place=_place(event, told),
            url=settings.SITE_ADDRESS + office,
            conference=told.online_link,
            point=told.point,
        )


def _told(event: Event, going: list[User]) -> Iterator[str]:
    if event.organisation:
        yield _("Приймає: %(host)s") % {"host": event.organisation.called}
    if going:
        yield _("Їде: %(people)s") % {"people": ", ".join(map(str, going))}
    if event.state == State.SUBMITTED:
        yield _("Ще на розгляді")


def _whole(event: Event) -> Exact:
    """The exact place, whoever it is told to."""
    point = None if event.latitude is None else (event.latitude, event.longitude)
    return Exact(event.venue, event.address, event.online_link, event.shelter, point)


def _place(event: Event, told: Exact) -> str:
    hromada = event.hromada.placed if event.hromada else event.country
    return ", ".join(part for part in (told.venue, told.address, hromada) if part)

"""Who comes to an event: registrations, the words in their links, the queue, and what people need."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from viche.events.choices import SHOWN, Entry, SeatState, State
from viche.events.models import Event, Policy, Registration
from viche.events.queries import links, showing
from viche.events.queries.events import TOLD_WITH
from viche.methods import typed
from viche.people import queries as people
from viche.people.access import Visitor, is_somebody
from viche.people.models import Organisation, User

SALT = "viche.events.seat"
# A link tells of an event this long after its end, and then of nothing.
LINK_LASTS = timedelta(days=60)
DAY = timedelta(days=1)
# How long a seat waits for its mailbox to be confirmed, where registration does not close before.
HELD_FOR = timedelta(hours=48)
PUT_OFF_FOR = timedelta(days=365)  # how long people may wait for a new time


def word_of(registration: Registration) -> str:
    """The word in the link of this registration, which lies nowhere but in letters."""
    whose = registration.email or registration.pk
    return links.word(SALT, registration.event_id, whose, at=registration.registered_at)


def _whole() -> QuerySet[Registration]:
    return Registration.objects.select_related(*(f"event__{name}" for name in TOLD_WITH), "organisation")


def event(code: str) -> Event:
    """One event that has been announced: only to such one comes. Raises `Event.DoesNotExist`."""
    return Event.objects.select_related(*TOLD_WITH).get(code=code, state__in=SHOWN)


def reached(token: str, at: datetime) -> Registration | None:
    """The registration to which a link leads; None where it leads to none, or tells of nothing any more."""
    found = _whole().filter(token_digest=links.digest_of(token)).first()
    return None if found is None or is_expired(found, at) else found


def event_of(token: str) -> Event | None:
    """The shown event to which a link once led; None where nobody knows it."""
    found = (
        _whole()
        .filter(token_digest=links.digest_of(token), event__state__in=SHOWN, event__programme__is_public=True)
        .first()
    )
    return found.event if found else None


def by_pk(pk: int) -> Registration:
    """One registration with its event. Raises `Registration.DoesNotExist`."""
    return _whole().get(pk=pk)


def at_door(event: Event, token: str) -> Registration | None:
    """The registration of this event that a code names; None where it names none of it."""
    found = Registration.objects.select_related("organisation", "event")
    return found.filter(event=event, token_digest=links.digest_of(token)).first()


def of_door(event: Event, pk: str) -> Registration:
    """One registration of this event, by what a button sends. Raises `Registration.DoesNotExist`."""
    return _whole().get(event=event, pk=typed.key(pk) or 0)


def standing(event: Event, *, email: str, organisation: Organisation | None) -> Registration | None:
    """What this mailbox, or this organisation, holds already."""
    held = Registration.objects.filter(event=event).exclude(state=SeatState.CANCELLED).order_by("pk")
    if organisation is None:
        return held.filter(email=email).order_by(F("organisation").asc(nulls_first=True), "pk").first()
    return held.filter(organisation=organisation).first() or held.filter(organisation=None, email=email).first()


def why_closed(event: Event, at: datetime) -> str:
    """Why nobody can register now, in a sentence; empty while one can."""
    if event.state != State.PUBLISHED:
        return _not_on(event)
    if not event.takes_registrations:
        return _("На цей захід реєструватися не треба: просто приходьте.")
    if event.starts_at <= at:
        return _("Захід уже почався, тож зареєструватися не можна.")
    if event.registration_closes_at and event.registration_closes_at <= at:
        return _("Реєстрацію закрито.")
    return ""


def why_not_invited(event: Event, user: Visitor, organisations: list[Organisation]) -> str:
    """Why this person cannot answer an invitation, in a sentence; empty where there is nothing to hinder."""
    if event.entry != Entry.INVITED or organisations:
        return ""
    if not is_somebody(user):
        return _("Захід лише для запрошених організацій. Увійдіть, і зареєструєте делегацію своєї.")
    return _("Захід лише для запрошених організацій, вашої серед них немає. Запитайте організатора.")


def _not_on(event: Event) -> str:
    if event.state == State.CANCELLED:
        return _("Захід скасовано.")
    if event.state == State.POSTPONED:
        return _("Захід відкладено, новий час ще не призначено. Коли призначать, реєстрація відкриється знову.")
    return _("Захід ще не оголошено.")


def fits(event: Event, number: int) -> bool:
    """Whether so many people find seats."""
    return event.seats_left is None or number <= event.seats_left


def first_that_fits(event: Event) -> Registration | None:
    """Who of the queue gets the seats that are free: the first one whose whole company fits."""
    queue = Registration.objects.filter(event=event, state=SeatState.WAITING).order_by("registered_at", "pk")
    if event.seats_left is not None:
        queue = queue.filter(people__lte=event.seats_left)
    return queue.first()


def held_until(event: Event, at: datetime) -> datetime | None:
    """Until when a seat taken now waits for its mailbox to be confirmed; None where seats are not counted."""
    if event.capacity is None:
        return None
    return min(at + HELD_FOR, event.registration_closes_at or event.starts_at)


def is_waited_for(event: Event, registration: Registration) -> bool:
    """Whether somebody in the queue would fit if this seat were free."""
    queue = Registration.objects.filter(event=event, state=SeatState.WAITING)
    return queue.filter(people__lte=(event.seats_left or 0) + registration.people).exists()


def to_lapse(at: datetime) -> QuerySet[Registration]:
    """Seats that nobody has confirmed in time, at events ahead for which others wait."""
    return Registration.objects.filter(
        state=SeatState.SEATED,
        held_until__lte=at,
        event__state=State.PUBLISHED,
        event__starts_at__gt=at,
        event__waiting__gt=0,
    ).order_by("pk")


def position(registration: Registration) -> int:
    """Which one in the queue it is, counted from one."""
    queue = Registration.objects.filter(event=registration.event_id, state=SeatState.WAITING)
    moment = registration.registered_at
    return queue.filter(Q(registered_at__lt=moment) | Q(registered_at=moment, pk__lt=registration.pk)).count() + 1


def delegations(user: Visitor, event: Event) -> list[Organisation]:
    """The invited organisations for which the person may register a delegation."""
    if not is_somebody(user):
        return []
    return list(people.written_for(user).filter(pk__in=event.invited.values("pk")))


def roll(registration: Registration) -> str:
    """A mark of who is named in a delegation and how many seats it takes: it changes when they do. One query."""
    return roll_of(registration.people, registration.guests.values_list("name", "access", "needs"))


def roll_of(people: int, named: Iterable[tuple[str, list[str], str]]) -> str:
    """The same of seats and people as somebody typed them."""
    return hashlib.sha256(repr((people, list(named))).encode()).hexdigest()[:16]


def is_expired(registration: Registration, at: datetime) -> bool:
    """Whether its link tells of nothing any more."""
    event = registration.event
    is_over = event.state != State.POSTPONED and event.ends_at + LINK_LASTS <= at
    return registration.forgotten_at is not None or is_over


def heirs(registration: Registration) -> list[User]:
    """To whom letters of a delegation go whose mailbox is gone, or whose person has left: to those who write for it now."""
    if registration.organisation is None:
        return []
    writers = list(people.writers_of(registration.organisation).order_by("pk"))
    keeps = registration.email and registration.user_id in {None, *(user.pk for user in writers)}
    return [] if keeps else writers


def knows_place(registration: Registration) -> bool:
    """Whether this person may know the exact place: everybody where it is public, else who has a seat."""
    return not registration.event.is_place_private or registration.state == SeatState.SEATED


def told(registration: Registration) -> showing.Shown:
    """The event as this person may know it: with the exact place where everybody else has only the hromada."""
    event = registration.event
    public = showing.shown(event)
    if not event.is_place_private or not knows_place(registration):
        return public
    point = (event.latitude, event.longitude) if event.latitude is not None else public.point
    return replace(
        public,
        venue=event.venue,
        address=event.address,
        online_link=event.online_link,
        shelter=event.shelter,
        point=point,
        is_point_exact=event.latitude is not None,
    )


def standing_of(event: Event) -> QuerySet[Registration]:
    """Everybody who is to be told when the event changes."""
    reached = ~Q(email="") | Q(organisation__isnull=False)
    return Registration.objects.filter(reached, event=event).exclude(state=SeatState.CANCELLED).order_by("pk")


def to_remind(at: datetime) -> QuerySet[Registration]:
    """Who is to be reminded: a seat at an event within a day, kept earlier than a day before it, not reminded of this start yet."""
    soon = Registration.objects.filter(
        state=SeatState.SEATED, event__state=State.PUBLISHED, event__starts_at__gt=at, event__starts_at__lte=at + DAY
    ).exclude(email="", organisation=None)
    found = soon.select_related("event").order_by("pk")
    early = [one.pk for one in found if _is_due(one)]
    return Registration.objects.filter(pk__in=early).order_by("pk")


def _is_due(one: Registration) -> bool:
    """Whoever got a letter with all of it within the last day before the start needs no other."""
    since = one.promoted_at or one.registered_at
    return one.reminded_for != one.event.starts_at and since <= one.event.starts_at - DAY


def kept_days(event: Event) -> int:
    """For how many days after the event its programme keeps who registered. One query."""
    return (Policy.objects.filter(programme=event.programme_id).first() or Policy()).seats_days


def to_erase(at: datetime) -> list[int]:
    """Keys of events of which the programme's term for names is over, and where some still stand. A query for each term.

    Who waits for the new time of an event that was put off waits for a year longer.
    """
    terms = dict(Policy.objects.values_list("programme", "seats_days"))
    usual = Policy().seats_days
    found: list[int] = []
    for days in {usual, *terms.values()}:
        own = [programme for programme, term in terms.items() if term == days]
        of_term = Q(event__programme__in=own)
        if days == usual:
            of_term |= ~Q(event__programme__in=list(terms))
        named = Q(forgotten_at=None) | Q(guests__isnull=False)
        before = at - timedelta(days=days)
        ended = Q(event__ends_at__lt=before) & ~Q(event__state=State.POSTPONED)
        over = Registration.objects.filter(of_term, named, ended | Q(event__ends_at__lt=before - PUT_OFF_FOR))
        found += over.order_by("event").values_list("event", flat=True).distinct()
    return sorted(found)


def of_user(user: User) -> QuerySet[Registration]:
    """A person's own registrations and the delegations of the organisations they write for, the nearest start first."""
    mine = Q(user=user, organisation=None) | Q(organisation__in=people.written_for(user).values("pk"))
    return _whole().filter(mine, forgotten_at=None).order_by("-event__starts_at", "-pk")

"""Who comes with a delegation: named, mended and taken out by those who write for its organisation. Each has a seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import SeatState, State
from viche.events.models import Event, Guest, Registration
from viche.events.operations import registering
from viche.events.operations.registering import Clock
from viche.events.queries import coming
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User

MOST = 50


@dataclass(frozen=True)
class Named:
    """One person as the writer typed them."""

    name: str
    access: Sequence[str] = ()
    needs: str = ""


class Stale(Refused):
    """A colleague has changed the delegation since the page was opened; nothing of it was touched."""


@transaction.atomic
def name(
    registration: Registration,
    *,
    people: int,
    guests: Sequence[Named],
    known: str,
    by: User,
    clock: Clock = timezone.now,
) -> Registration:
    """Write down who comes and how many seats the delegation takes: not fewer than are named.

    `known` is its `coming.roll` as the writer saw it. More seats come from those that are free; what is given back goes to
    the queue. Raises `Stale`, and `Refused`: no seats left, registration closed, the event has begun.
    """
    if not access.may_name(by, registration):
        raise NotAllowed
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    registration = Registration.objects.select_for_update(no_key=True).get(pk=registration.pk)
    at = clock()
    _require_changeable(event, registration, at)
    people = max(people, len(guests), 1)
    _require_known(
        registration, known, coming.roll_of(people, [(one.name, list(one.access), one.needs) for one in guests])
    )
    before = {"people": registration.people, "named": registration.guests.count()}
    if people != registration.people:
        _resize(event, registration, people, at)
    registration.guests.all().delete()
    Guest.objects.bulk_create(
        Guest(registration=registration, name=one.name, access=list(one.access), needs=one.needs) for one in guests
    )
    registering.promote(event, at=at)
    after = {"people": people, "named": len(guests)}
    journal.record(verb="events.delegation_named", subject=registration, by=by, at=at, before=before, after=after)
    return registration


def _require_known(registration: Registration, known: str, typed: str) -> None:
    """Nobody writes over what they have not seen; the same typed again, by a double press too, is no conflict."""
    if coming.roll(registration) not in {known, typed}:
        names = ", ".join(guest.name for guest in registration.guests.all()) or _("ще нікого")
        words = _(
            "Не збережено: поки ви писали, склад змінив хтось із колег. Тепер місць %(people)s, названо: %(names)s. "
            "Ваше нижче: звірте й збережіть ще раз."
        )
        raise Stale(words % {"people": registration.people, "names": names}, status=409)


def _require_changeable(event: Event, registration: Registration, at: datetime) -> None:
    if registration.state == SeatState.CANCELLED:
        raise Refused(_("Цю реєстрацію скасовано."), status=409)
    if event.state == State.CANCELLED:
        raise Refused(_("Захід скасовано."), status=409)
    if event.state == State.PUBLISHED and event.starts_at <= at:
        raise Refused(_("Захід уже почався, тож склад делегації не змінити."), status=409)


def _resize(event: Event, registration: Registration, people: int, at: datetime) -> None:
    """Give the delegation so many seats, or so many places in the queue; the caller has locked both."""
    more = people - registration.people
    if people > MOST:
        raise Refused(_("У делегації може бути до %(most)s людей.") % {"most": MOST}, field="people")
    if more > 0:
        closed = coming.why_closed(event, at)
        if closed:
            raise Refused(closed, field="people", status=409)
        _require_room(event, registration, people, more)
    registering.count(event, registration.state, more)
    registration.people = people
    registration.save(update_fields=["people"])


def _require_room(event: Event, registration: Registration, people: int, more: int) -> None:
    registering.require_capacity(event, people)
    if registration.state == SeatState.SEATED and not coming.fits(event, more):
        words = ngettext(
            "Вільне лише %(count)s місце, а ви додаєте більше.",
            "Вільних місць лише %(count)s, а ви додаєте більше.",
            event.seats_left or 0,
        )
        raise Refused(words % {"count": event.seats_left or 0}, field="people", status=409)

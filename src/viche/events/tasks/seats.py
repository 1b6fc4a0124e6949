"""Work behind registrations: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.events.operations import forgetting, holding, seat_letters
from viche.events.queries import coming, events
from viche.work import operations as work


def tell(pk: int) -> None:
    """Write to one person how their seat stands."""
    seat_letters.tell(coming.by_pk(pk), at=timezone.now())


def moved(code: str, sequence: int, *changed: str) -> None:
    """Have everybody registered for one event told that it has changed, and what of it."""
    seat_letters.tell_all_of_move(events.by_code(code), sequence=sequence, changed=changed)


def moved_one(pk: int, sequence: int, *changed: str) -> None:
    """Write to one person that the event has changed, and what of it."""
    seat_letters.tell_of_move(coming.by_pk(pk), sequence=sequence, changed=changed, at=timezone.now())


def remind() -> None:
    """Every hour: have people reminded of what begins within a day, each by a task of its own."""
    for registration in coming.to_remind(timezone.now()):
        work.enqueue("viche.events.tasks.seats.remind_one", registration.pk)


def lapse() -> None:
    """Every hour: have seats that nobody has confirmed in time passed on, each by a task of its own."""
    for registration in coming.to_lapse(timezone.now()):
        work.enqueue("viche.events.tasks.seats.lapse_one", registration.pk)


def lapse_one(pk: int) -> None:
    """Pass on one seat."""
    holding.lapse(coming.by_pk(pk), at=timezone.now())


def erase() -> None:
    """Every night: have names erased where the programme's term is over, each event by a task of its own."""
    for event in coming.to_erase(timezone.now()):
        work.enqueue("viche.events.tasks.seats.erase_one", event)


def erase_one(event: int) -> None:
    """Erase who registered for one event."""
    forgetting.expire(event, at=timezone.now())


def remind_one(pk: int) -> None:
    """Remind one person."""
    seat_letters.remind(coming.by_pk(pk), at=timezone.now())

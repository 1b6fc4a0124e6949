"""Work behind registrations: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.events.operations import seat_letters
from viche.events.queries import coming, events
from viche.work import operations as work


def tell(pk: int) -> None:
    """Write to one person how their seat stands."""
    seat_letters.tell(coming.by_pk(pk), at=timezone.now())


def moved(code: str) -> None:
    """Have everybody registered for one event told that it has changed."""
    seat_letters.tell_all_of_move(events.by_code(code))


def moved_one(pk: int) -> None:
    """Write to one person that the event has changed."""
    seat_letters.tell_of_move(coming.by_pk(pk), at=timezone.now())


def remind() -> None:
    """Every hour: have people reminded of what begins within a day, each by a task of its own."""
    for registration in coming.to_remind(timezone.now()):
        work.enqueue("viche.events.tasks.seats.remind_one", registration.pk)


def remind_one(pk: int) -> None:
    """Remind one person."""
    seat_letters.remind(coming.by_pk(pk), at=timezone.now())

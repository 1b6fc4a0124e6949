"""Work behind moderation: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.events.operations import office_letters
from viche.events.queries import events
from viche.people.models import User


def answered(event: int, user: int, state: str, reason: str, remark: str) -> None:
    """Write to one of those who wrote the event how it was answered."""
    found = events.by_pk(event)
    reader = User.objects.get(pk=user)
    office_letters.send_answer(found, reader, state=state, reason=reason, remark=remark, at=timezone.now())


def submitted(event: int) -> None:
    """Have those told who answer the event."""
    office_letters.tell_moderators(events.by_pk(event))


def tell_of_submitted(event: int, user: int) -> None:
    """Write to one of those who answer the event that it waits."""
    office_letters.send_submitted(events.by_pk(event), User.objects.get(pk=user), at=timezone.now())


def ask_for_answers() -> None:
    """Once a day: tell of what has waited for an answer too long."""
    office_letters.ask_for_answers(at=timezone.now())


def tell_of_overdue(user: int) -> None:
    """Write to one person about what waits for their answer too long."""
    office_letters.send_overdue(User.objects.get(pk=user), at=timezone.now())

"""Work behind the numbers on the map: thin."""

from django.utils import timezone

from viche.events.operations import spreading


def move_on() -> None:
    """Every night: count no more as ahead what has ended."""
    spreading.move_on(at=timezone.now())

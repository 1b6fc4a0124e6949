"""The background work of people."""

from django.utils import timezone

from viche.people import operations


def prune() -> None:
    """Throw sessions and counts away that are over; every night."""
    operations.prune(at=timezone.now())

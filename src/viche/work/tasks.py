"""The background work of background work."""

from django.utils import timezone

from viche.work import operations


def prune() -> None:
    """Throw old rows of the queue away."""
    operations.prune(at=timezone.now())

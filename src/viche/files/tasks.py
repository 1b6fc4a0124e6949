"""What the worker does with files."""

from django.utils import timezone

from viche.files import operations, queries
from viche.files.models import Stored


def make_copies(key: str) -> None:
    """Make the smaller copies of a photograph, unless it was removed meanwhile."""
    try:
        stored = queries.by_key(key)
    except Stored.DoesNotExist:
        return
    operations.make_copies(stored)


def sweep() -> None:
    """Delete bytes without a row; runs once a night."""
    operations.sweep(timezone.now())

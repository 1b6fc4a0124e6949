"""What the worker does with letters."""

from django.utils import timezone

from viche.mail import operations


def send_due() -> None:
    """Send what is due; after each letter written, and every minute for those to be tried again."""
    operations.send_due(timezone.now())


def send_digest() -> None:
    """Gather the daily digests; every morning at 08:00 Kyiv time."""
    operations.send_digest(timezone.now())

"""What the site does in the background: it writes the open data for donors."""

from django.utils import timezone

from viche.site import operations


def publish() -> None:
    """Check and write IATI and 360Giving again where anything has changed."""
    operations.publish(at=timezone.now())

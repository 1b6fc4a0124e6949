"""Work behind photographs: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.events.operations import report_letters
from viche.events.queries import photos


def pleaded(pk: int) -> None:
    """Tell those who answer for a photograph that somebody has asked to take it down."""
    report_letters.send_plea(photos.pleaded(pk), at=timezone.now())

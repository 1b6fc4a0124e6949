"""Work behind reports: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.events.models import Event, Report
from viche.events.operations import report_letters


def answered(pk: int, state: str) -> None:
    """Send the letters of one answer to a report."""
    related = ("event__programme", "event__organisation", "event__author")
    report_letters.send_answer(Report.objects.select_related(*related).get(pk=pk), state=state, at=timezone.now())


def chase() -> None:
    """Once a day: have those told whose reports are late."""
    report_letters.chase_all(at=timezone.now())


def chase_one(pk: int) -> None:
    """Send the letters about one late report."""
    report_letters.chase(Event.objects.get(pk=pk), at=timezone.now())

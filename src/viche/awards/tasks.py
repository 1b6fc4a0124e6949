"""Work behind awards: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.awards.models import Award, Submission, Tranche
from viche.awards.operations import letters


def _award(pk: int) -> Award:
    return Award.objects.select_related("programme", "organisation").get(pk=pk)


def _submission(pk: int) -> Submission:
    related = ("report__award__programme", "report__award__organisation", "report__award__application__organisation")
    return Submission.objects.select_related(*related).get(pk=pk)


def agreed(pk: int) -> None:
    """Send the letters of a signed agreement."""
    letters.send_agreed(_award(pk), at=timezone.now())


def _tranche(pk: int) -> Tranche:
    return Tranche.objects.select_related("award__programme", "award__organisation").get(pk=pk)


def paid(pk: int) -> None:
    """Send the letters of a payment."""
    letters.send_paid(_tranche(pk), at=timezone.now())


def payment_revoked(pk: int, why: str) -> None:
    """Send the letters of a note of payment that was taken back."""
    letters.send_payment_revoked(_tranche(pk), why=why, at=timezone.now())


def report_submitted(pk: int) -> None:
    """Send the letters of one submission: to its organisation and to the officers."""
    letters.send_report_submitted(_submission(pk), at=timezone.now())


def report_checked(pk: int) -> None:
    """Send the letters of the verdict on one submission."""
    letters.send_report_checked(_submission(pk), at=timezone.now())


def closed(pk: int) -> None:
    """Send the letters of a closed award."""
    letters.send_closed(_award(pk), at=timezone.now())


def ended(pk: int) -> None:
    """Send the letters of an award that ends before its time."""
    letters.send_ended(_award(pk), at=timezone.now())


def remind() -> None:
    """Once a day: remind of reports that are due soon, chase those that are late."""
    letters.remind_all(at=timezone.now())

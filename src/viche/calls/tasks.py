"""Work behind calls: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import letters
from viche.calls.queries import applications

REMINDER_DAYS = (1, 3)


def receipt(pk: int) -> None:
    """Send the letters of one receipt."""
    related = ("application__call__programme", "application__organisation")
    letters.send_receipt(Receipt.objects.select_related(*related).get(pk=pk), at=timezone.now())


def withdrawn(pk: int) -> None:
    """Send the letters of one withdrawal."""
    related = ("call__programme", "organisation")
    letters.send_withdrawn(Application.objects.select_related(*related).get(pk=pk), at=timezone.now())


def cancelled(pk: int) -> None:
    """Have everybody told of a cancelled call."""
    letters.send_cancelled(Call.objects.get(pk=pk))


def cancelled_one(pk: int) -> None:
    """Send the letters of one application to a cancelled call."""
    related = ("call__programme", "organisation")
    letters.send_cancelled_one(Application.objects.select_related(*related).get(pk=pk), at=timezone.now())


def remind() -> None:
    """Every hour: remind those who have not submitted, a day and three days before the close."""
    at = timezone.now()
    for days in REMINDER_DAYS:
        for application in applications.to_remind(at, days):
            letters.remind(application, days=days, at=at)

"""Work behind reviewing: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.calls.models import Call
from viche.people.models import User
from viche.reviews.models import Assignment
from viche.reviews.operations import letters


def invited(call: int, reviewer: int) -> None:
    """Tell a reviewer what waits for them."""
    letters.send_invited(
        Call.objects.select_related("programme").get(pk=call), User.objects.get(pk=reviewer), at=timezone.now()
    )


def conflict_declared(assignment: int) -> None:
    """Tell the officers that a place is free again."""
    related = ("application__call__programme", "reviewer")
    letters.send_conflict(Assignment.objects.select_related(*related).get(pk=assignment), at=timezone.now())


def outcomes(call: int) -> None:
    """Send everybody the decision with its reasons."""
    letters.send_outcomes(Call.objects.select_related("programme").get(pk=call), at=timezone.now())


def remind() -> None:
    """Once a day: remind reviewers of what is due within three days or late."""
    letters.remind_reviewers(at=timezone.now())

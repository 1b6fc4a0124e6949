"""Work behind reviewing: thin, from ids to objects to one operation."""

from django.utils import timezone

from viche.calls.models import Call
from viche.people.models import User
from viche.reviews.models import Assignment, Conflict, Decision, Panel
from viche.reviews.operations import letters


def _call(pk: int) -> Call:
    return Call.objects.select_related("programme").get(pk=pk)


def invited(call: int, reviewer: int) -> None:
    """Tell a reviewer what waits for them."""
    letters.send_invited(_call(call), User.objects.get(pk=reviewer), at=timezone.now())


def conflict_declared(conflict: int) -> None:
    """Tell the officers that somebody stepped aside."""
    related = ("application__call__programme", "application__organisation", "user")
    letters.send_conflict(Conflict.objects.select_related(*related).get(pk=conflict), at=timezone.now())


def reopened(assignment: int) -> None:
    """Tell a reviewer what to complete."""
    related = ("application__call__programme", "reviewer")
    letters.send_reopened(Assignment.objects.select_related(*related).get(pk=assignment), at=timezone.now())


def convened(panel: int) -> None:
    """Tell the panel when and where it meets."""
    letters.send_convened(Panel.objects.select_related("call__programme").get(pk=panel), at=timezone.now())


def outcomes(call: int) -> None:
    """Have everybody told the decision."""
    letters.send_outcomes(_call(call), at=timezone.now())


def outcome(decision: int) -> None:
    """Tell the writers of one application the decision with its reasons."""
    related = ("application__call__programme", "application__organisation")
    letters.send_outcome(Decision.objects.select_related(*related).get(pk=decision), at=timezone.now())


def remind() -> None:
    """Once a day: have reviewers reminded of what is due soon or late."""
    letters.remind_reviewers(at=timezone.now())


def reminded(call: int, reviewer: int) -> None:
    """Remind one reviewer of one call."""
    letters.send_reminder(_call(call), User.objects.get(pk=reviewer), at=timezone.now())

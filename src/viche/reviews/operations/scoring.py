"""Writing a review: saved as typed, handed in once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.calls.models import Call, Criterion
from viche.journal import operations as journal
from viche.methods import ranking
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Score

# What is typed for one criterion: {"points": whole number or None, "reason": text}.
Typed = Mapping[int, Mapping[str, Any]]


class Stale(Exception):  # noqa: N818 — read aloud: "raise Stale"
    """Somebody (the same reviewer in another tab) saved since this page was opened. Carries what is stored."""

    def __init__(self, stored: Assignment) -> None:
        """Keep the stored review."""
        super().__init__("stale")
        self.stored = stored


@transaction.atomic
def save(assignment: Assignment, *, scores: Typed, comment: str, revision: int, by: User, at: datetime) -> Assignment:
    """Keep what is typed, whole or not. `scores` by criterion's key. Raises `Stale` when `revision` is not the stored one."""
    if not access.may_score(by, assignment):
        raise NotAllowed
    kept = (
        Assignment.objects.filter(pk=assignment.pk, revision=revision)
        .exclude(state__in=[AssignmentState.DONE, AssignmentState.RELEASED])
        .update(revision=revision + 1, comment=comment, saved_at=at, state=AssignmentState.BEGUN)
    )
    if not kept:
        raise Stale(Assignment.objects.get(pk=assignment.pk))
    known = set(Criterion.objects.filter(call=assignment.application.call_id).values_list("pk", flat=True))
    Score.objects.bulk_create(
        (
            Score(
                assignment=assignment,
                criterion_id=criterion,
                points=typed.get("points"),
                reason=typed.get("reason", ""),
            )
            for criterion, typed in scores.items()
            if criterion in known
        ),
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "reason"],
    )
    assignment.refresh_from_db(fields=["revision", "saved_at", "state", "comment"])
    return assignment


def faults(criteria: list[Criterion], scores: Typed) -> dict[tuple[int, str], str]:
    """What keeps a review from being handed in: (criterion, "points" or "reason") → sentence."""
    found: dict[tuple[int, str], str] = {}
    for criterion in criteria:
        typed = scores.get(criterion.pk, {})
        points = typed.get("points")
        if points is None:
            found[criterion.pk, "points"] = _("Поставте бал за «%(name)s».") % {"name": criterion.name}
        elif not 0 <= points <= criterion.scale:
            found[criterion.pk, "points"] = _("Бал за «%(name)s» – від 0 до %(scale)s.") % {
                "name": criterion.name,
                "scale": criterion.scale,
            }
        if not str(typed.get("reason", "")).strip():
            found[criterion.pk, "reason"] = _("Поясніть бал за «%(name)s»: ці слова отримає заявник.") % {
                "name": criterion.name
            }
    return found


@transaction.atomic
def submit(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    """Hand in the stored review. A second click changes nothing. Raises `Refused` while a score or a reason is missing."""
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("application__call__programme", "application__organisation")
        .get(pk=assignment.pk)
    )
    if assignment.state == AssignmentState.DONE and assignment.reviewer_id == by.pk:
        return assignment
    if not access.may_score(by, assignment):
        raise NotAllowed
    criteria = list(Criterion.objects.filter(call=assignment.application.call_id))
    scores = {score.criterion_id: score for score in assignment.scores.all()}
    typed = {key: {"points": score.points, "reason": score.reason} for key, score in scores.items()}
    missing = faults(criteria, typed)
    if missing:
        raise Refused(" ".join(missing.values()))
    assignment.total = ranking.score(
        [ranking.Criterion(str(criterion.pk), criterion.weight, criterion.scale) for criterion in criteria],
        {str(key): score.points for key, score in scores.items()},
    )
    assignment.state = AssignmentState.DONE
    assignment.submitted_at = at
    assignment.save(update_fields=["total", "state", "submitted_at"])
    journal.record(
        verb="reviews.submitted", subject=assignment.application, by=by, at=at, after={"total": str(assignment.total)}
    )
    return assignment


@transaction.atomic
def reopen(assignment: Assignment, *, why: str, by: User, at: datetime) -> None:
    """Give a handed-in review back to its reviewer, with a reason, while the assessment goes on."""
    call = (
        Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=assignment.application.call_id)
    )
    if not access.may_assign(by, call):
        raise NotAllowed
    if call.stage != "scheduled":
        raise Refused(_("Оцінювання завершено, оцінки вже не змінюються."), status=409)
    if not why.strip():
        raise Refused(_("Напишіть рецензентці чи рецензенту, що треба доповнити."), field="why")
    Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.DONE).update(
        state=AssignmentState.BEGUN, submitted_at=None, total=None
    )
    journal.record(verb="reviews.reopened", subject=assignment.application, by=by, at=at, after={"why": why.strip()})

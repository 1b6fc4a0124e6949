"""Writing a review: saved as typed, handed in once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.calls.choices import Stage
from viche.calls.models import Criterion
from viche.journal import operations as journal
from viche.methods import typed
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Score
from viche.reviews.operations.locking import locked
from viche.reviews.queries import assignments, reasons
from viche.work import operations as work

# What is typed for one criterion: {"points": whole number or None, "reason": text}.
Typed = Mapping[int, Mapping[str, Any]]


class Stale(Exception):  # noqa: N818 — read aloud: "raise Stale"
    """Somebody (the same reviewer in another tab) saved since this page was opened. Carries what is stored."""

    def __init__(self, stored: Assignment) -> None:
        """Keep the stored review."""
        super().__init__("stale")
        self.stored = stored


class Unfinished(Refused):
    """A review cannot be handed in yet. `faults`: (criterion's key, "points" or "reason") → sentence."""

    def __init__(self, faults: dict[tuple[int, str], str]) -> None:
        """Keep the faults."""
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@transaction.atomic
def save(assignment: Assignment, *, scores: Typed, comment: str, revision: int, by: User, at: datetime) -> Assignment:
    """Keep what is typed, whole or not. `scores` by criterion's key.

    Raises `Stale` when `revision` is not the stored one, `Refused` when the review may no longer change.
    """
    if not access.may_read(by, assignment):
        raise NotAllowed
    _require_open(assignment)
    kept = Assignment.objects.filter(assignments.UNDONE, pk=assignment.pk, revision=revision).update(
        revision=revision + 1, comment=typed.clean(comment), saved_at=at, state=AssignmentState.BEGUN
    )
    if not kept:
        stored = assignments.by_pk(assignment.pk)
        _require_open(stored)
        raise Stale(stored)
    criteria = {criterion.pk: criterion for criterion in Criterion.objects.filter(call=assignment.application.call_id)}
    Score.objects.bulk_create(
        (
            Score(
                assignment=assignment,
                criterion_id=key,
                points=_within(criteria[key], said.get("points")),
                reason=typed.clean(said.get("reason", "")),
            )
            for key, said in scores.items()
            if key in criteria
        ),
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "reason"],
    )
    assignment.refresh_from_db(fields=["revision", "saved_at", "state", "comment"])
    return assignment


def _require_open(assignment: Assignment) -> None:
    if assignment.state == AssignmentState.DONE:
        raise Refused(_("Оцінку вже здано. Щоб її доповнити, попросіть програму повернути її вам."), status=409)
    if not access.is_open(assignment):
        raise Refused(_("Оцінювання завершено, оцінки вже не змінюються."), status=409)


def _within(criterion: Criterion, points: int | None) -> int | None:
    """Points of the scale; anything else counts as not given."""
    return points if points is not None and 0 <= points <= criterion.scale else None


def faults(criteria: list[Criterion], scores: Typed) -> dict[tuple[int, str], str]:
    """What keeps a review from being handed in: (criterion, "points" or "reason") → sentence."""
    found: dict[tuple[int, str], str] = {}
    for criterion in criteria:
        said = scores.get(criterion.pk, {})
        if said.get("points") is None:
            found[criterion.pk, "points"] = _("Поставте бал за «%(name)s».") % {"name": criterion.called}
        if not str(said.get("reason", "")).strip():
            found[criterion.pk, "reason"] = _("Поясніть бал за «%(name)s»: ці слова отримає заявник.") % {
                "name": criterion.called
            }
    return found


@transaction.atomic
def submit(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    """Hand in the stored review. A second click changes nothing. Raises `Unfinished` while a score or a reason is missing."""
    call = locked(assignment.application.call_id)
    assignment = (
        Assignment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("application__organisation")
        .get(pk=assignment.pk)
    )
    assignment.application.call = call
    if not access.may_read(by, assignment):
        raise NotAllowed
    if assignment.state == AssignmentState.DONE:
        return assignment
    _require_open(assignment)
    criteria = list(call.criteria.all())
    scores = reasons.written(assignment)
    missing = faults(criteria, {key: {"points": score.points, "reason": score.reason} for key, score in scores.items()})
    if missing:
        raise Unfinished(missing)
    assignment.total = reasons.running_total(criteria, {key: score.points for key, score in scores.items()})
    assignment.state = AssignmentState.DONE
    assignment.submitted_at = at
    assignment.reopened_why = ""
    assignment.save(update_fields=["total", "state", "submitted_at", "reopened_why"])
    after = {"total": str(assignment.total), "slot": assignment.slot}
    journal.record(verb="reviews.submitted", subject=assignment.application, by=by, at=at, after=after)
    return assignment


def hand_in(
    assignment: Assignment, *, scores: Typed, comment: str, revision: int, by: User, at: datetime
) -> Assignment:
    """Keep what is typed, then hand it in. Not one transaction on purpose: what is typed stays when a word is missing.

    A second click finds the review handed in already and changes nothing.
    """
    if access.may_read(by, assignment) and assignment.state == AssignmentState.DONE:
        return assignment
    save(assignment, scores=scores, comment=comment, revision=revision, by=by, at=at)
    return submit(assignment, by=by, at=at)


@transaction.atomic
def reopen(assignment: Assignment, *, why: str, by: User, at: datetime) -> None:
    """Give a handed-in review back to its reviewer, with a reason, while the assessment goes on."""
    call = locked(assignment.application.call_id)
    if not access.may_move(by, assignment):
        raise NotAllowed
    why = typed.clean(why).strip()
    if call.stage != Stage.SCHEDULED:
        raise Refused(_("Оцінювання завершено, оцінки вже не змінюються."), status=409)
    if not why:
        raise Refused(_("Напишіть рецензентці чи рецензенту, що треба доповнити."), field="why")
    changed = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.DONE).update(
        state=AssignmentState.BEGUN, submitted_at=None, total=None, reopened_why=why
    )
    if not changed:
        raise Refused(_("Цю оцінку ще не здано, повертати нічого."), status=409)
    work.enqueue("viche.reviews.tasks.reopened", assignment.pk)
    journal.record(verb="reviews.reopened", subject=assignment.application, by=by, at=at, after={"why": why})

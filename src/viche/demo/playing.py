"""Scenes that both stories share: an organisation applies, a reviewer writes a review."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from viche.calls.models import Application, Call
from viche.calls.operations import applications
from viche.calls.operations import letters as call_letters
from viche.demo.stage import texts
from viche.people.models import Organisation, User
from viche.questionnaires import queries as sheets
from viche.reviews.models import Assignment
from viche.reviews.operations import scoring

FAIR, STRONG = 1.3, 1.75
CRITERIA_KEYS = ("need", "transfer", "feasible", "budget")


def draw(*parts: Any, sides: int) -> int:
    """The same number below `sides` for the same parts, on every machine and every time."""
    return int.from_bytes(hashlib.blake2b("/".join(map(str, parts)).encode(), digest_size=4).digest(), "big") % sides


def fill(application: Application, values: list[dict[str, Any]], *, by: User, at: datetime) -> None:
    """Answer the sections one by one, as far as there are answers."""
    for section, typed in zip(sheets.outline(application.sheet.version), values, strict=False):
        applications.save(application, section=section, values=typed, revision=0, by=by, at=at)


def apply(call: Call, organisation: Organisation, values: list[dict[str, Any]], *, at: datetime) -> Application:
    """Begin, fill and submit an application, and post its receipt."""
    by = organisation.memberships.order_by("pk").first().user
    application = applications.begin(call, organisation=organisation, by=by, at=at)
    fill(application, values, by=by, at=at + timedelta(minutes=40))
    receipt = applications.submit(application, by=by, clock=lambda: at + timedelta(hours=2))
    call_letters.send_receipt(receipt, at=at + timedelta(hours=2, minutes=1))
    return Application.objects.select_related("call__programme", "organisation__hromada").get(pk=application.pk)


def judged(scale: int, level: float, *key: object) -> int:
    """The points that one reviewer gives: strong projects nearly all of them, others never the highest, each by habit."""
    habit = draw(*key, sides=3) - 1
    if level >= STRONG:
        return scale - (habit > 0)
    return max(0, min(scale - 1, round(level * scale / 2 - 0.5) + habit))


def review(assignment: Assignment, level: float, *, at: datetime) -> None:
    """Write and hand in a review."""
    scoring.submit(assess(assignment, level, at=at), by=assignment.reviewer, at=at + timedelta(minutes=25))


def assess(assignment: Assignment, level: float, *, at: datetime) -> Assignment:
    """Write a review. `level`: 0 weak, 2 strong; reviewers differ a little, each by their own habit."""
    reasons = texts("fund")["reasons"]
    scores = {}
    for position, criterion in enumerate(assignment.application.call.criteria.all()):
        points = judged(criterion.scale, level, assignment.slot, assignment.application_id, criterion.position)
        band = 2 if points >= criterion.scale - 1 else 1 if points >= criterion.scale - 2 else 0
        words = reasons[CRITERIA_KEYS[position % len(CRITERIA_KEYS)]][band]
        scores[criterion.pk] = {"points": points, "reason": words[draw(assignment.pk, position, sides=len(words))]}
    comment = (
        "Вартує підтримки." if level >= STRONG else "Добра думка, ще не доведена." if level >= FAIR else "Поки рано."
    )
    revision, by = assignment.revision, assignment.reviewer
    return scoring.save(assignment, scores=scores, comment=comment, revision=revision, by=by, at=at)

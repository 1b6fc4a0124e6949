"""How a review stands on a day, for the eye: which rhomb, which words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.choices import Outcome, Stage
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Decision
from viche.ui import wording


@dataclass(frozen=True)
class Described:
    """An assignment with its state on a day: `kind` of the rhomb, `words` beside it; `late` by how many days."""

    place: Assignment
    kind: str
    words: str
    late: int


def described(place: Assignment, on: date, *, gone: bool = False) -> Described:
    """Say how the review stands; `gone`: its reviewer has the role no more. No queries."""
    late = max(0, (on - place.due_on).days) if place.due_on else 0
    if place.state == AssignmentState.DONE:
        day = wording.day(place.submitted_at)
        return Described(place, "verified", _("Здано %(day)s") % {"day": day}, 0)
    if gone:
        return Described(place, "failed", _("Більше не оцінює в програмі"), 0)
    if late:
        words = ngettext("Прострочено на %(days)d день", "Прострочено на %(days)d днів", late) % {"days": late}
        return Described(place, "late", words, late)
    if place.state == AssignmentState.BEGUN:
        return Described(place, "told", _("Почато"), 0)
    return Described(place, "draft", _("Ще не почато"), 0)


def is_over(place: Assignment) -> bool:
    """Whether the assessment ended without this review."""
    return place.state != AssignmentState.DONE and place.application.call.stage != Stage.SCHEDULED


def said(decision: Decision | None) -> tuple[str, str]:
    """Say what the panel decided."""
    if decision is None:
        return "draft", _("Ще не вирішено")
    return {
        Outcome.SUPPORTED: ("held", _("Підтримано")),
        Outcome.RESERVE: ("told", _("У резерві")),
        Outcome.DECLINED: ("closed", _("Не підтримано")),
    }[Outcome(decision.outcome)]

"""What reviewers wrote: side by side for the office, without names for applicants."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from viche.calls.models import Application, Call, Criterion
from viche.methods import ranking
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Score

# Reviewers who differ by more than this many points of a hundred should talk.
DISAGREEMENT = 20


def disagree(spread: Decimal | None) -> bool:
    """Whether the reviewers differ so much that the panel should look."""
    return spread is not None and spread > DISAGREEMENT


@dataclass(frozen=True)
class Said:
    """What one reviewer said on one criterion; `number` tells the reviews of an application apart without naming anybody."""

    number: int
    points: int
    reason: str


@dataclass(frozen=True)
class Judged:
    """One criterion with all that was said on it."""

    criterion: Criterion
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Feedback:
    """All finished reviews of one application: by criterion, the totals and comments in the order of the numbers."""

    criteria: tuple[Judged, ...]
    totals: tuple[Decimal, ...]
    comments: tuple[str, ...]

    @property
    def score(self) -> Decimal | None:
        """The mean of the totals."""
        return ranking.mean(self.totals)

    @property
    def spread(self) -> Decimal | None:
        """How far the totals lie apart."""
        return ranking.spread(self.totals)

    @property
    def disagree(self) -> bool:
        """Whether they lie too far apart."""
        return disagree(self.spread)

    @property
    def has_comments(self) -> bool:
        """Whether anybody wrote beside the criteria."""
        return any(self.comments)


def feedback(
    call: Call, applications: Iterable[Application], done: Iterable[Assignment] | None = None
) -> dict[int, Feedback]:
    """By application: its finished reviews without names. Three queries however many applications, one less with `done`."""
    criteria = list(call.criteria.all())
    keys = [application.pk for application in applications]
    if done is None:
        done = list(
            Assignment.objects.filter(application__in=keys, state=AssignmentState.DONE).order_by("application", "slot")
        )
    scores = {
        (score.assignment_id, score.criterion_id): score
        for score in Score.objects.filter(assignment__in=[review.pk for review in done])
    }
    by_application: dict[int, list[Assignment]] = {key: [] for key in keys}
    for review in done:
        by_application[review.application_id].append(review)
    return {
        key: Feedback(
            tuple(_judged(criterion, reviews, scores) for criterion in criteria),
            tuple(review.total for review in reviews),
            tuple(review.comment for review in reviews),
        )
        for key, reviews in by_application.items()
    }


def _judged(criterion: Criterion, reviews: list[Assignment], scores: dict[tuple[int, int], Score]) -> Judged:
    found = [
        (number, scores[review.pk, criterion.pk])
        for number, review in enumerate(reviews, 1)
        if (review.pk, criterion.pk) in scores
    ]
    return Judged(criterion, tuple(Said(number, score.points, score.reason) for number, score in found))


def finished(application: Application) -> list[Assignment]:
    """The finished reviews of one application with their reviewers, in the order in which `feedback` numbers them."""
    return list(application.assignments.filter(state=AssignmentState.DONE).select_related("reviewer").order_by("slot"))


def written(assignment: Assignment) -> dict[int, Score]:
    """What stands in a review so far, by criterion."""
    return {score.criterion_id: score for score in assignment.scores.all()}


def running_total(criteria: list[Criterion], points: dict[int, int | None]) -> Decimal | None:
    """The weighted total of a review, once every criterion has points."""
    if not criteria or any(points.get(criterion.pk) is None for criterion in criteria):
        return None
    return ranking.score(
        [ranking.Criterion(str(criterion.pk), criterion.weight, criterion.scale) for criterion in criteria],
        {str(criterion.pk): points[criterion.pk] for criterion in criteria},
    )

"""The ranked list of a call, one projection for page, exports and letters, made for the one who looks."""

from dataclasses import dataclass
from decimal import Decimal

from viche.calls.models import Application, Call
from viche.calls.queries import applications
from viche.methods import ranking
from viche.people.models import User
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Decision
from viche.reviews.queries import conflicts


@dataclass(frozen=True)
class Row:
    """One application in the ranking. `hidden`: the viewer has a conflict, so only its existence is told."""

    place: int | None
    application: Application
    score: Decimal | None
    spread: Decimal | None
    reviews: int
    wanted: int
    decision: Decision | None
    fits: bool
    hidden: bool


def rows(call: Call, viewer: User) -> list[Row]:
    """All submitted applications, best first, unreviewed last. Six queries however many there are."""
    submitted = list(applications.submitted(call))
    totals: dict[int, list[Decimal]] = {application.pk: [] for application in submitted}
    done = Assignment.objects.filter(application__call=call, state=AssignmentState.DONE).values_list(
        "application_id", "total"
    )
    for application_id, total in done:
        if application_id in totals:
            totals[application_id].append(total)
    ranked = ranking.rank(totals.items())
    asked = {application.pk: application.amount for application in submitted if application.amount is not None}
    fitting = (
        set(ranking.within_budget(ranked, asked, call.budget, call.award_least, call.award_most))
        if call.budget is not None
        else set()
    )
    decisions = {decision.application_id: decision for decision in Decision.objects.filter(application__call=call)}
    secret = {key for key, _user in conflicts.ties(submitted, [viewer])} | {
        key for key, user in conflicts.recorded(submitted) if user == viewer.pk
    }
    by_key = {application.pk: application for application in submitted}
    return [
        Row(
            item.place,
            by_key[item.key],
            item.score,
            item.spread,
            item.reviews,
            call.reviewers_wanted,
            decisions.get(item.key),
            fits=item.key in fitting,
            hidden=item.key in secret,
        )
        for item in ranked
    ]

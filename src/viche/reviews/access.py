"""Who may review, see the ranking, and decide."""

from django.contrib.auth.models import AnonymousUser

from viche.calls.choices import ApplicationState, CallState
from viche.calls.models import Application, Call
from viche.people.models import User
from viche.programmes import access as programmes
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict

Visitor = User | AnonymousUser


def has_conflict(user: User, application: Application) -> bool:
    """The same organisation, its hromada, or a conflict on record: such a person neither reads nor judges."""
    organisation = application.organisation
    ties = user.memberships.filter(organisation=organisation) | user.memberships.filter(
        organisation__hromada=organisation.hromada_id
    )
    return ties.exists() or Conflict.objects.filter(application=application, user=user).exists()


def may_assign(user: Visitor, call: Call) -> bool:
    """Choose who reviews: the programme's officers."""
    return programmes.may_manage(user, call.programme)


def may_read(user: Visitor, assignment: Assignment) -> bool:
    """Read what is to be judged: its reviewer, while the assignment lives and no conflict is known."""
    if not user.is_authenticated or assignment.reviewer_id != user.pk:
        return False
    if assignment.state == AssignmentState.RELEASED or assignment.application.state != ApplicationState.SUBMITTED:
        return False
    return programmes.may_review(user, assignment.application.call.programme) and not has_conflict(
        user, assignment.application
    )


def may_score(user: Visitor, assignment: Assignment) -> bool:
    """Write points and reasons: as `may_read`, until the review is handed in or the assessment is over."""
    open_stage = assignment.application.call.stage == "scheduled"
    return open_stage and assignment.state != AssignmentState.DONE and may_read(user, assignment)


def may_see_ranking(user: Visitor, call: Call) -> bool:
    """Read scores side by side: officers, the panel, the donor's observer."""
    return programmes.may_see_office(user, call.programme)


def may_see_reviews(user: Visitor, application: Application) -> bool:
    """Read the reviews of one application in the office: as `may_see_ranking`, but never with a conflict."""
    if not may_see_ranking(user, application.call):
        return False
    return not has_conflict(user, application)


def may_decide(user: Visitor, call: Call) -> bool:
    """Write down what the panel decided: officers."""
    return programmes.may_manage(user, call.programme)


def may_read_outcome(user: Visitor, application: Application) -> bool:
    """Applicants read the reasons once the call is decided."""
    decided = application.call.stage == CallState.DECIDED
    return (
        decided and user.is_authenticated and user.memberships.filter(organisation=application.organisation_id).exists()
    )

"""Who may review, see the ranking, and decide."""

from django.contrib.auth.models import AnonymousUser

from viche.calls import access as calls
from viche.calls.choices import ApplicationState, Stage
from viche.calls.models import Application, Call
from viche.people import access as people
from viche.people.models import User
from viche.programmes import access as programmes
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment

Visitor = User | AnonymousUser


def may_review(user: Visitor) -> bool:
    """Open one's own list of what to read; it is empty for who reviews nowhere."""
    return people.is_somebody(user)


def may_assign(user: Visitor, call: Call) -> bool:
    """Choose who reviews: the programme's officers."""
    return programmes.may_manage(user, call.programme)


def may_place(user: Visitor, application: Application) -> bool:
    """Choose who reviews one application: officers without a conflict of their own."""
    return may_assign(user, application.call) and not calls.is_tied(user, application)


def may_move(user: Visitor, assignment: Assignment) -> bool:
    """Take a place back or give a review back: as `may_place`."""
    return may_place(user, assignment.application)


def may_read(user: Visitor, assignment: Assignment) -> bool:
    """Read what is to be judged: its reviewer, while the assignment lives and no conflict is known."""
    if not people.is_somebody(user) or assignment.reviewer_id != user.pk:
        return False
    if assignment.state == AssignmentState.RELEASED or assignment.application.state != ApplicationState.SUBMITTED:
        return False
    if not programmes.may_review(user, assignment.application.call.programme):
        return False
    return not calls.is_tied(user, assignment.application)


def is_open(assignment: Assignment) -> bool:
    """Whether points and reasons may still change: not handed in, and the assessment goes on."""
    return assignment.state != AssignmentState.DONE and assignment.application.call.stage == Stage.SCHEDULED


def may_see_ranking(user: Visitor, call: Call) -> bool:
    """Read scores side by side: officers, the panel, the donor's observer."""
    return programmes.may_see_office(user, call.programme)


def may_see_reviews(user: Visitor, application: Application) -> bool:
    """Read one application and its reviews in the office: as `may_see_ranking`, but never with a conflict."""
    if application.state != ApplicationState.SUBMITTED or not may_see_ranking(user, application.call):
        return False
    return not calls.is_tied(user, application)


def may_compare(user: User, application: Application) -> bool:
    """Read what others gave an application that one may see: not before one's own review of it is handed in.

    Else it would be no judgement of one's own. Once the assessment is over nothing can be copied any more.
    """
    if application.call.stage != Stage.SCHEDULED:
        return True
    own = Assignment.objects.filter(application=application, reviewer=user)
    return not own.filter(state__in=[AssignmentState.WAITING, AssignmentState.BEGUN]).exists()


def may_decide(user: Visitor, call: Call) -> bool:
    """Convene the panel, end the assessment, publish what was decided: officers."""
    return programmes.may_manage(user, call.programme)


def may_write(user: Visitor, application: Application) -> bool:
    """Write down what the panel decided of one application: officers without a conflict."""
    return may_decide(user, application.call) and may_see_reviews(user, application)


def may_read_outcome(user: Visitor, application: Application) -> bool:
    """Applicants read the reasons once the call is decided."""
    decided = application.call.stage == Stage.DECIDED and bool(application.outcome)
    return decided and people.is_member(user, application.organisation)

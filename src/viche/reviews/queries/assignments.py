"""Whose turn it is to read what."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from viche.calls.models import Application, Call
from viche.people.models import User
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment

LIVING = ~Q(state=AssignmentState.RELEASED)
WHOLE = (
    "application__call__programme",
    "application__organisation__hromada__oblast",
    "application__sheet__version",
    "reviewer",
)


def by_pk(pk: int) -> Assignment:
    """One assignment with its application and call. Raises `Assignment.DoesNotExist`."""
    return Assignment.objects.select_related(*WHOLE).get(pk=pk)


def waiting_for(user: User, *, state: str = "", call: str = "") -> QuerySet[Assignment]:
    """What this reviewer has to read, the nearest date first."""
    found = Assignment.objects.filter(LIVING, reviewer=user).select_related(
        "application__call__programme", "application__organisation__hromada"
    )
    if state == "todo":
        found = found.exclude(state=AssignmentState.DONE)
    elif state == "done":
        found = found.filter(state=AssignmentState.DONE)
    if call:
        found = found.filter(application__call__code=call)
    return found.order_by("due_on", "pk")


def of_call(call: Call) -> QuerySet[Assignment]:
    """Living assignments of a call."""
    return Assignment.objects.filter(LIVING, application__call=call).select_related(
        "reviewer", "application__organisation"
    )


def late(call: Call, on: date) -> QuerySet[Assignment]:
    """Living assignments whose date has passed."""
    return of_call(call).exclude(state=AssignmentState.DONE).filter(due_on__lt=on)


def reviewers(programme: Programme) -> QuerySet[User]:
    """Who reviews in a programme."""
    return (
        User.objects.filter(is_active=True, roles__programme=programme, roles__kind=RoleKind.REVIEWER)
        .distinct()
        .order_by("name", "pk")
    )


def load(call: Call) -> dict[int, int]:
    """How many living assignments each reviewer has in a call."""
    rows = of_call(call).order_by().values("reviewer_id").annotate(count=Count("pk"))
    return {row["reviewer_id"]: row["count"] for row in rows}


def progress(call: Call) -> dict[str, int]:
    """How many reviews are wanted, given out, done."""
    applications = Application.objects.filter(call=call, state="submitted").count()
    found = of_call(call).aggregate(given=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.DONE)))
    return {"wanted": applications * call.reviewers_wanted, **found}

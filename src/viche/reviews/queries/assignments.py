"""Whose turn it is to read what."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from viche.calls.choices import ApplicationState, Stage
from viche.calls.models import Application, Call
from viche.methods import words
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment

LIVING = ~Q(state=AssignmentState.RELEASED)
UNDONE = Q(state__in=[AssignmentState.WAITING, AssignmentState.BEGUN])
# The reviewer still holds the role and may sign in.
ABLE = Exists(
    programmes.held_roles(RoleKind.REVIEWER).filter(
        programme=OuterRef("application__call__programme"), user=OuterRef("reviewer")
    )
)
# What is written, or can still be: a place of somebody who reviews no more counts as free.
COUNTED = Q(state=AssignmentState.DONE) | (UNDONE & Q(ABLE))
GONE = UNDONE & ~Q(ABLE)
WHOLE = (
    "application__call__programme",
    "application__organisation__hromada__oblast",
    "application__sheet__version",
    "reviewer",
)
SORTS = {
    "due": "due_on",
    "organisation": "application__organisation__sort_key",
    "call": "application__call__title",
}
# Days before the due day on which a reviewer is reminded; afterwards every third day.
REMIND_BEFORE = (3, 1, 0)
REMIND_LATE_EVERY = 3


def by_pk(pk: int) -> Assignment:
    """One assignment with its application and call. Raises `Assignment.DoesNotExist`."""
    return Assignment.objects.select_related(*WHOLE).get(pk=pk)


def in_office(programme: str, code: str, pk: int) -> Assignment:
    """One living assignment of a call as the office addresses it. Raises `Assignment.DoesNotExist`."""
    return Assignment.objects.select_related(*WHOLE).get(
        LIVING, pk=pk, application__call__code=code, application__call__programme__code=programme
    )


def waiting_for(
    user: User, *, q: str = "", state: str = "", call: str = "", hromadas: Collection[int] | None = None
) -> QuerySet[Assignment]:
    """What this reviewer has to read or has read. Applications that were withdrawn or with which a tie appeared stay out.

    `hromadas`: those of all organisations of the reviewer, where the caller knows them already.
    """
    if hromadas is None:
        hromadas = list(user.memberships.values_list("organisation__hromada", flat=True))
    found = Assignment.objects.filter(
        LIVING,
        reviewer=user,
        application__state=ApplicationState.SUBMITTED,
        application__call__programme__in=programmes.roles_held(user)
        .filter(kind=RoleKind.REVIEWER)
        .order_by()
        .values("programme"),
    ).exclude(application__ties__user=user)
    if hromadas:
        found = found.exclude(application__organisation__hromada__in=hromadas)
        found = found.exclude(application__hromada__in=hromadas)
    for word in words.fold(q).split():
        found = found.filter(application__haystack__contains=word)
    if state == "todo":
        found = found.filter(UNDONE)
    elif state == "done":
        found = found.filter(state=AssignmentState.DONE)
    if call:
        found = found.filter(application__call__code=call)
    return found.select_related("application__call__programme", "application__organisation__hromada__oblast")


def in_turn(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those that wait first, the nearest day first; then the finished ones, the newest first."""
    due = Case(When(UNDONE, then="due_on"))
    return found.order_by(
        Case(When(UNDONE, then=0), default=1), due.asc(nulls_last=True), F("submitted_at").desc(nulls_last=True), "pk"
    )


def calls_of(user: User) -> QuerySet[Call]:
    """The calls in which this person has something to read."""
    mine = Assignment.objects.filter(LIVING, reviewer=user).values("application__call")
    return Call.objects.filter(pk__in=mine).order_by("-opens_at", "code")


def of_call(call: Call) -> QuerySet[Assignment]:
    """Living assignments of a call's submitted applications."""
    return Assignment.objects.filter(
        LIVING, application__call=call, application__state=ApplicationState.SUBMITTED
    ).select_related("reviewer", "application__organisation")


def owed(user: User, call: Call) -> frozenset[int]:
    """The keys of applications that this person has still to judge, while the assessment goes on. At most one query."""
    if call.stage != Stage.SCHEDULED:
        return frozenset()
    own = Assignment.objects.filter(UNDONE, reviewer=user, application__call=call).order_by()
    return frozenset(own.values_list("application_id", flat=True))


def places(applications: Iterable[Application]) -> dict[int, list[Assignment]]:
    """Living assignments by application, in the order of their slots; `gone`: the reviewer reviews no more. One query."""
    found: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(LIVING, application__in=[one.pk for one in applications]).annotate(gone=Q(GONE))
    for place in rows.select_related("reviewer").order_by("slot"):
        found.setdefault(place.application_id, []).append(place)
    return found


def reviewers(programme: Programme) -> QuerySet[User]:
    """Who reviews in a programme."""
    return programmes.people_with(programme, RoleKind.REVIEWER)


def loads(call: Call, on: date, secret: Collection[int] = ()) -> list[dict]:
    """Every reviewer of the programme, and who else handed a review in: how many were given, done, late. Two queries.

    Places at `secret` applications are not counted: who reads them could be worked out from what is left over.
    """
    counted = {
        row["reviewer"]: row
        for row in of_call(call)
        .filter(COUNTED)
        .exclude(application__in=secret)
        .order_by()
        .values("reviewer")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=Q(state=AssignmentState.DONE)),
            late=Count("pk", filter=UNDONE & Q(due_on__lt=on)),
        )
    }
    people = User.objects.filter(
        Q(pk__in=counted) | Q(pk__in=reviewers(call.programme).order_by().values("pk"))
    ).order_by("name", "pk")
    empty = {"given": 0, "done": 0, "late": 0}
    return [{"person": person, **counted.get(person.pk, empty)} for person in people]


def progress(calls: Iterable[Call], on: date, secret: Collection[int]) -> dict[int, dict[str, int]]:
    """By call: applications submitted, reviews wanted, given, done, late, without `secret` ones. Two queries in all."""
    calls = list(calls)
    keys = [call.pk for call in calls]
    submitted = dict(
        Application.objects.filter(call__in=keys, state=ApplicationState.SUBMITTED)
        .exclude(pk__in=secret)
        .order_by()
        .values_list("call")
        .annotate(Count("pk"))
    )
    counted = {
        row["application__call"]: row
        for row in Assignment.objects.filter(
            COUNTED, application__call__in=keys, application__state=ApplicationState.SUBMITTED
        )
        .exclude(application__in=secret)
        .order_by()
        .values("application__call")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=Q(state=AssignmentState.DONE)),
            late=Count("pk", filter=UNDONE & Q(due_on__lt=on)),
        )
    }
    return {
        call.pk: {
            "applications": submitted.get(call.pk, 0),
            "wanted": submitted.get(call.pk, 0) * call.reviewers_wanted,
            **{name: counted.get(call.pk, {}).get(name, 0) for name in ("given", "done", "late")},
        }
        for call in calls
    }


def to_remind(on: date, **only: Any) -> list[Assignment]:
    """What is due in three days, tomorrow, today, or late by 1, 4, 7… days, and was not reminded of today.

    `only` narrows it to a reviewer or a call, as a filter does.
    """
    found = (
        Assignment.objects.filter(
            UNDONE & Q(ABLE),
            due_on__lte=on + timedelta(days=max(REMIND_BEFORE)),
            application__state=ApplicationState.SUBMITTED,
            application__call__stage=Stage.SCHEDULED,
            reviewer__is_active=True,
            **only,
        )
        .exclude(reminded_on=on)
        .select_related("application__call__programme", "reviewer")
        .order_by("reviewer", "application__call", "due_on", "pk")
    )
    return [one for one in found if _is_reminded((one.due_on - on).days)]


def _is_reminded(left: int) -> bool:
    return left in REMIND_BEFORE if left >= 0 else -left % REMIND_LATE_EVERY == 1

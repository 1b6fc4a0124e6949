"""Who reads what: balanced assignment, single places, releases and declared conflicts."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viche.calls import access as rights
from viche.calls.choices import ApplicationState, CallState, TieWhy
from viche.calls.models import Application, Call
from viche.calls.operations import ties as keeping
from viche.calls.queries import applications as calls
from viche.calls.queries import ties
from viche.journal import operations as journal
from viche.methods import matching, typed
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict
from viche.reviews.operations.locking import locked
from viche.reviews.queries import assignments
from viche.work import operations as work

NOTE_LENGTH = 400


def _require_assessing(call: Call, at: datetime) -> None:
    if call.state(at) != CallState.CLOSED:
        raise Refused(_("Рецензентів призначають після закриття прийому й до завершення оцінювання."), status=409)


@transaction.atomic
def assign(call: Call, *, by: User, at: datetime) -> matching.Assignment:
    """Give every submitted application its reviewers, evenly, leaving out conflicts. Places already given stay.

    Unfinished places of people who review in the programme no more are taken back first, and given anew.
    Returns the plan; `short` in it names applications for which too few people are free of conflict.
    """
    if not access.may_assign(by, call):
        raise NotAllowed
    call = locked(call.pk)
    _require_assessing(call, at)
    submitted = list(calls.submitted(call))
    people = list(assignments.reviewers(call.programme))
    if not people:
        raise Refused(_("У програмі ще немає тих, хто оцінює: спершу запросіть їх."), status=409)
    known = ties.known(submitted, people)
    _record(known, at=at)
    released = _release_gone(assignments.of_call(call))
    existing = list(assignments.of_call(call))
    plan = matching.assign(
        items=[application.pk for application in submitted],
        reviewers=[user.pk for user in people],
        per_item=call.reviewers_wanted,
        conflicts=set(known),
        existing=[(place.application_id, place.reviewer_id) for place in existing],
    )
    given = _give(plan, existing, call, at)
    for reviewer_id in sorted({place.reviewer_id for place in given}):
        work.enqueue("viche.reviews.tasks.invited", call.pk, reviewer_id)
    pairs = [(place.application_id, place.reviewer_id) for place in given]
    after = {"given": pairs} | ({"released": released} if released else {})
    journal.record(verb="reviews.assigned", subject=call, by=by, at=at, after=after)
    return plan


def _record(known: dict[ties.Pair, TieWhy], *, at: datetime) -> None:
    """Keep what ties reviewers to applications, for the office to read, and so that no later change hides it."""
    keeping.keep(known)
    Conflict.objects.bulk_create(
        (
            Conflict(application_id=application, user_id=user, why=why, declared_at=at)
            for (application, user), why in known.items()
        ),
        ignore_conflicts=True,
    )


def _give(plan: matching.Assignment, existing: list[Assignment], call: Call, at: datetime) -> list[Assignment]:
    """Make the missing assignments, each in the lowest free slot."""
    taken: dict[int, set[int]] = {}
    for place in existing:
        taken.setdefault(place.application_id, set()).add(place.slot)
    new = []
    for application, reviewer in plan.added:
        slots = taken.setdefault(application, set())
        slot = next(number for number in range(1, call.reviewers_wanted + len(slots) + 1) if number not in slots)
        slots.add(slot)
        new.append(
            Assignment(
                application_id=application, reviewer_id=reviewer, slot=slot, due_on=call.review_by, assigned_at=at
            )
        )
    return Assignment.objects.bulk_create(new)


def _release_gone(places: QuerySet[Assignment]) -> list[tuple[int, int]]:
    """Free what lies with people who have the role no more; (application, reviewer) of each."""
    gone = list(places.filter(assignments.GONE).order_by("pk"))
    Assignment.objects.filter(assignments.UNDONE, pk__in=[place.pk for place in gone]).update(
        state=AssignmentState.RELEASED
    )
    return [(place.application_id, place.reviewer_id) for place in gone]


@transaction.atomic
def give(application: Application, *, reviewer: User, by: User, at: datetime) -> Assignment:
    """Give one free place to one reviewer by hand. Of many who take the last place at once, one gets it."""
    call = locked(application.call_id)
    application = Application.objects.select_related("organisation").get(pk=application.pk)
    application.call = call
    if not access.may_place(by, application):
        raise NotAllowed
    _require_assessing(call, at)
    if application.state != ApplicationState.SUBMITTED:
        raise Refused(_("Заявку відкликано, оцінювати її не треба."), status=409)
    if not assignments.reviewers(call.programme).filter(pk=reviewer.pk).exists():
        raise Refused(_("%(name)s не оцінює заявок у цій програмі.") % {"name": reviewer}, field="reviewer")
    if rights.is_tied(reviewer, application):
        raise Refused(_("%(name)s має конфлікт інтересів із цією заявкою.") % {"name": reviewer}, field="reviewer")
    released = _release_gone(assignments.of_call(call).filter(application=application))
    slots = set(Assignment.objects.filter(assignments.LIVING, application=application).values_list("slot", flat=True))
    free = [number for number in range(1, call.reviewers_wanted + 1) if number not in slots]
    if not free:
        raise Refused(_("Усі місця на цій заявці вже зайнято."), field="reviewer", status=409)
    try:
        with transaction.atomic():
            place = Assignment.objects.create(
                application=application, reviewer=reviewer, slot=free[0], due_on=call.review_by, assigned_at=at
            )
    except IntegrityError as error:
        raise Refused(_("%(name)s уже оцінює цю заявку.") % {"name": reviewer}, field="reviewer", status=409) from error
    work.enqueue("viche.reviews.tasks.invited", call.pk, reviewer.pk)
    after = {"reviewer": reviewer.pk, "slot": place.slot} | ({"released": released} if released else {})
    journal.record(verb="reviews.given", subject=application, by=by, at=at, after=after)
    return place


@transaction.atomic
def release(assignment: Assignment, *, by: User, at: datetime) -> None:
    """Take a place back; what was written in it stays on record, its slot is free again."""
    locked(assignment.application.call_id)
    if not access.may_move(by, assignment):
        raise NotAllowed
    if not _let_go(assignment):
        raise Refused(_("Оцінку вже здано, зняти її не можна."), status=409)
    before = {"reviewer": assignment.reviewer_id}
    journal.record(verb="reviews.released", subject=assignment.application, by=by, at=at, before=before)


def _let_go(assignment: Assignment) -> int:
    """Free the place, unless its review is finished."""
    return Assignment.objects.filter(assignments.UNDONE, pk=assignment.pk).update(state=AssignmentState.RELEASED)


@transaction.atomic
def declare_conflict(assignment: Assignment, *, note: str, by: User, at: datetime) -> None:
    """The reviewer says that they are not impartial here: they stop seeing the application, the office gives the place anew."""
    locked(assignment.application.call_id)
    if not access.may_read(by, assignment):
        raise NotAllowed
    if not _let_go(assignment):
        raise Refused(_("Оцінку вже здано. Про конфлікт, помічений пізніше, напишіть у програму."), status=409)
    _declare(assignment.application, note, by, at)


@transaction.atomic
def recuse(application: Application, *, note: str, by: User, at: datetime) -> None:
    """Somebody of the panel or the office steps aside from one application: they see neither it nor its reviews any more."""
    if not access.may_see_reviews(by, application):
        raise NotAllowed
    locked(application.call_id)
    Assignment.objects.filter(assignments.UNDONE, application=application, reviewer=by).update(
        state=AssignmentState.RELEASED
    )
    _declare(application, note, by, at)


def _declare(application: Application, note: str, by: User, at: datetime) -> None:
    note = typed.clean(note).strip()[:NOTE_LENGTH]
    conflict, fresh = Conflict.objects.get_or_create(
        application=application, user=by, defaults={"why": TieWhy.DECLARED, "note": note, "declared_at": at}
    )
    keeping.keep({(application.pk, by.pk): TieWhy.DECLARED})
    if fresh:
        work.enqueue("viche.reviews.tasks.conflict_declared", conflict.pk)
        journal.record(verb="reviews.conflict_declared", subject=application, by=by, at=at, after={"note": note})

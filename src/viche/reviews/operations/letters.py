"""Letters of reviewing: to reviewers, the panel and officers; and to all applicants the decision with everybody's reasons."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.calls import access as calls
from viche.calls.choices import Outcome, Stage
from viche.calls.models import Application, Call
from viche.calls.operations import applications as telling
from viche.people import queries as people
from viche.people.models import User
from viche.people.operations import letters as post
from viche.programmes import queries as programmes
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict, Decision, Panel
from viche.reviews.queries import assignments, reasons
from viche.work import operations as work

SUBJECTS = {
    Outcome.SUPPORTED: _("Заявку %(code)s підтримано"),
    Outcome.RESERVE: _("Заявка %(code)s у резерві"),
    Outcome.DECLINED: _("Комісія не підтримала заявку %(code)s. Ось чому"),
}


def _wording(call: Call, **parts: Any) -> post.Wording:
    """A letter in the name of the call's programme."""
    programme = call.programme
    parts["context"] = {"call": call, "programme": programme, **parts.get("context", {})}
    return post.Wording(programme_code=programme.code, signed_by=programme.name, **parts)


def _to_office(
    kind: str, call: Call, subject: Promise, template: str, about: Application, **context: Any
) -> post.Wording:
    """A letter about one application whose button opens the reviewing of the call in the office."""
    return _wording(
        call,
        kind=kind,
        about=about,
        subject=subject,
        template=f"reviews/letters/{template}",
        page="reviews:office",
        action=_("Відкрити оцінювання"),
        words={"title": call.title},
        context=context,
    )


def _to_reviewer(kind: str, call: Call, subject: Promise, template: str, **context: Any) -> post.Wording:
    """A letter whose button opens the reader's own list."""
    return _wording(
        call,
        kind=kind,
        subject=subject,
        template=f"reviews/letters/{template}",
        page="reviews:mine",
        action=_("Відкрити список"),
        words={"title": call.title},
        context=context,
    )


@transaction.atomic
def send_invited(call: Call, reviewer: User, *, at: datetime) -> None:
    """Tell a reviewer how much waits for them and until when; nothing if meanwhile it was taken back or read."""
    waiting = list(
        assignments.of_call(call)
        .filter(assignments.UNDONE, reviewer=reviewer)
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    if waiting:
        subject = _("Заявки чекають на вашу оцінку: «%(title)s»")
        letter = _to_reviewer("reviews.invited", call, subject, "invited", count=len(waiting), due_on=waiting[0].due_on)
        post.to_user(reviewer, letter, at=at)


@transaction.atomic
def send_conflict(conflict: Conflict, *, at: datetime) -> None:
    """Tell the officers, but for those who have a conflict there too, that somebody stepped aside."""
    application, call = conflict.application, conflict.application.call
    subject = _("Конфлікт інтересів: «%(title)s»")
    letter = _to_office(
        "reviews.conflict",
        call,
        subject,
        "conflict",
        about=application,
        conflict=conflict,
        application=application,
        who=str(conflict.user),
    )
    for officer in programmes.officers(call.programme):
        if not calls.is_tied(officer, application):
            post.to_user(officer, letter, args=[call.programme.code, call.code], at=at)


@transaction.atomic
def send_reopened(assignment: Assignment, *, at: datetime) -> None:
    """Tell the reviewer what to complete; nothing if it is handed in again already."""
    if assignment.state != AssignmentState.BEGUN or not assignment.reopened_why:
        return
    call = assignment.application.call
    letter = _wording(
        call,
        kind="reviews.reopened",
        about=assignment.application,
        subject=_("Доповніть оцінку: «%(title)s»"),
        template="reviews/letters/reopened",
        page="reviews:review",
        action=_("Відкрити оцінку"),
        words={"title": call.title},
        context={"why_reopened": assignment.reopened_why},
    )
    post.to_user(assignment.reviewer, letter, args=[assignment.pk], at=at)


@transaction.atomic
def send_convened(panel: Panel, *, at: datetime) -> None:
    """Tell the members when and where the panel meets."""
    call = panel.call
    letter = _wording(
        call,
        kind="reviews.panel",
        subject=_("Засідання комісії: «%(title)s»"),
        template="reviews/letters/convened",
        page="reviews:panel",
        action=_("Відкрити матеріали комісії"),
        words={"title": call.title},
        context={"panel": panel},
    )
    for member in panel.members.filter(is_active=True):
        post.to_user(member, letter, args=[call.programme.code, call.code], at=at)


def remind_reviewers(*, at: datetime) -> int:
    """Have everybody reminded who has something due in three days, tomorrow, today, or late; how many letters that makes.

    Each letter is a task of its own: no lock is held longer than it takes to write one.
    """
    due = {(one.application.call_id, one.reviewer_id) for one in assignments.to_remind(localdate(at))}
    for call, reviewer in sorted(due):
        work.enqueue("viche.reviews.tasks.reminded", call, reviewer)
    return len(due)


@transaction.atomic
def send_reminder(call: Call, reviewer: User, *, at: datetime) -> bool:
    """Remind a reviewer of one call, once a day; whether a letter went."""
    today = localdate(at)
    found = [
        one
        for one in assignments.to_remind(today, application__call=call, reviewer=reviewer)
        if Assignment.objects.filter(assignments.UNDONE, pk=one.pk).exclude(reminded_on=today).update(reminded_on=today)
    ]
    if not found:
        return False
    counted = Counter("late" if one.due_on < today else "soon" for one in found)
    letter = _to_reviewer(
        "reviews.reminder",
        call,
        _("Оцінки ще чекають на вас: «%(title)s»"),
        "reminder",
        late=counted["late"],
        soon=counted["soon"],
        due_on=max(one.due_on for one in found),
    )
    post.to_user(reviewer, letter, at=at)
    return True


@transaction.atomic
def send_outcomes(call: Call, *, at: datetime) -> int:
    """Have the writers of every application told what was decided, each by a task of its own; how many applications."""
    if call.stage != Stage.DECIDED or not Panel.objects.filter(call=call, told_at=None).update(told_at=at):
        return 0
    decisions = Decision.objects.filter(application__call=call).order_by("pk").values_list("pk", flat=True)
    return len([work.enqueue("viche.reviews.tasks.outcome", decision) for decision in decisions])


@transaction.atomic
def send_outcome(decision: Decision, *, at: datetime) -> int:
    """Tell the writers of one application what was decided, the panel's reason and all reviewers', once; how many letters.

    Reviewers are not named, only told apart by numbers.
    """
    application, call = decision.application, decision.application.call
    if call.stage != Stage.DECIDED or not telling.tell_once(application, at=at):
        return 0
    letter = _wording(
        call,
        kind="calls.outcome",
        about=application,
        subject=SUBJECTS[Outcome(decision.outcome)],
        template="reviews/letters/outcome",
        page="reviews:outcome",
        action=_("Відкрити рішення"),
        words={"code": application.code},
        context={
            "application": application,
            "decision": decision,
            "feedback": reasons.feedback(call, [application])[application.pk],
        },
    )
    writers = list(people.writers_of(application.organisation).order_by("pk"))
    for writer in writers:
        post.to_user(writer, letter, args=[application.pk], at=at)
    return len(writers)

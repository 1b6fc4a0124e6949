"""Letters of reviewing: to reviewers, the panel and officers; and to all applicants the decision with everybody's reasons."""

from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import Outcome, Stage
from viche.calls.models import Call
from viche.people import queries as people
from viche.people.models import User
from viche.people.operations import letters as post
from viche.programmes import queries as programmes
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict, Decision, Panel
from viche.reviews.queries import assignments, reasons

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


def _to_office(kind: str, call: Call, subject: Promise, template: str, **context: Any) -> post.Wording:
    """A letter whose button opens the reviewing of the call in the office."""
    return _wording(
        call,
        kind=kind,
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
    waiting = list(assignments.of_call(call).filter(assignments.UNDONE, reviewer=reviewer).order_by("due_on"))
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
        conflict=conflict,
        application=application,
        who=str(conflict.user),
    )
    for officer in programmes.officers(call.programme):
        if not access.has_conflict(officer, application):
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


@transaction.atomic
def remind_reviewers(*, at: datetime) -> int:
    """Remind reviewers of what is due in three days, tomorrow, today, or is late: one letter for each call; how many went."""
    today = localdate(at)
    due = [
        one
        for one in assignments.to_remind(today)
        if Assignment.objects.filter(assignments.UNDONE, pk=one.pk).exclude(reminded_on=today).update(reminded_on=today)
    ]
    sent = 0
    for _key, grouped in groupby(due, key=lambda one: (one.reviewer_id, one.application.call_id)):
        found = list(grouped)
        call = found[0].application.call
        counted = Counter("late" if one.due_on < today else "soon" for one in found)
        subject = _("Оцінки ще чекають на вас: «%(title)s»")
        letter = _to_reviewer(
            "reviews.reminder",
            call,
            subject,
            "reminder",
            late=counted["late"],
            soon=counted["soon"],
            due_on=max(one.due_on for one in found),
        )
        post.to_user(found[0].reviewer, letter, at=at)
        sent += 1
    return sent


@transaction.atomic
def send_outcomes(call: Call, *, at: datetime) -> int:
    """Tell the writers of every application what was decided, the panel's reason and all reviewers', once; how many letters.

    Reviewers are not named, only told apart by numbers.
    """
    if call.stage != Stage.DECIDED or not Panel.objects.filter(call=call, told_at=None).update(told_at=at):
        return 0
    decisions = list(
        Decision.objects.filter(application__call=call).select_related("application__organisation").order_by("pk")
    )
    said = reasons.feedback(call, [decision.application for decision in decisions])
    sent = 0
    for decision in decisions:
        application = decision.application
        letter = _wording(
            call,
            kind="calls.outcome",
            subject=SUBJECTS[Outcome(decision.outcome)],
            template="reviews/letters/outcome",
            page="reviews:outcome",
            action=_("Відкрити рішення"),
            words={"code": application.code},
            context={"application": application, "decision": decision, "feedback": said[application.pk]},
        )
        for writer in people.writers_of(application.organisation).order_by("pk"):
            post.to_user(writer, letter, args=[application.pk], at=at)
            sent += 1
    return sent

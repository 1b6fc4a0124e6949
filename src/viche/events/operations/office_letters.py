"""Letters of moderation: the answer to those who wrote an event, and once a day what is overdue to those who answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import DeclineReason, State
from viche.events.models import Event
from viche.events.queries import overdue
from viche.mail import operations as mail
from viche.mail import queries as letters
from viche.mail.models import Letter
from viche.methods import deadlines
from viche.people.models import User
from viche.work import operations as work

OVERDUE, SUBMITTED = "events.overdue", "events.submitted"


@transaction.atomic
def send_answer(event: Event, user: User, *, state: str, reason: str, remark: str, at: datetime) -> None:
    """Tell one writer how an event was answered."""
    subjects = {
        State.PUBLISHED: lambda: _("Захід оголошено: %(title)s"),
        State.RETURNED: lambda: _("Доповніть захід: %(title)s"),
        State.DECLINED: lambda: _("Захід не оголошено: %(title)s"),
    }
    accepted = state == State.PUBLISHED
    with translation.override(user.language):
        mail.post(
            kind="events.decision",
            to=user.email,
            user_id=user.pk,
            language=user.language,
            subject=subjects[State(state)]() % {"title": event.title},
            template="events/letters/decision",
            context={
                "event": event,
                "state": state,
                "reason": DeclineReason(reason).label if reason else "",
                "remark": remark,
                "salutation": user.vocative,
                "signed_by": event.programme.called,
                "action_address": settings.SITE_ADDRESS + _page(event, accepted=accepted),
                "action_label": _("Сторінка заходу") if accepted else _("Відкрити захід"),
            },
            about=event,
            programme_code=event.programme.code,
            at=at,
        )


def _page(event: Event, *, accepted: bool) -> str:
    return event.get_absolute_url() if accepted else reverse("events:write", args=[event.code])


@transaction.atomic
def tell_moderators(event: Event) -> int:
    """Have those told who answer a submitted event, each by a task of its own; how many people."""
    if event.state != State.SUBMITTED:
        return 0
    found = overdue.moderators(event)
    for user in found:
        work.enqueue("viche.events.tasks.moderation.tell_of_submitted", event.pk, user.pk)
    return len(found)


@transaction.atomic
def send_submitted(event: Event, user: User, *, at: datetime) -> bool:
    """Tell one person of an event that waits for their answer, once for each time it is submitted; whether it was done now."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    told = letters.about(event).filter(kind=SUBMITTED, user_id=user.pk, created_at__gte=event.submitted_at)
    if event.state != State.SUBMITTED or told.exists() or not access.may_moderate(user, event):
        return False
    with translation.override(user.language):
        mail.post(
            kind=SUBMITTED,
            to=user.email,
            user_id=user.pk,
            language=user.language,
            subject=_("Чекає на вашу відповідь: %(title)s") % {"title": event.title},
            template="events/letters/submitted",
            context={
                "event": event,
                "salutation": user.vocative,
                "signed_by": event.programme.called,
                "action_address": reverse("events:office", args=[event.programme.code, event.code]),
                "action_label": _("Відкрити захід"),
            },
            about=event,
            programme_code=event.programme.code,
            at=at,
        )
    return True


@transaction.atomic
def ask_for_answers(*, at: datetime) -> int:
    """On a working day, have everybody written to who lets an organiser wait too long; how many people."""
    today = localdate(at)
    if not deadlines.is_working_day(today):
        return 0
    people = overdue.people_to_tell(today)
    for user in people:
        work.enqueue("viche.events.tasks.moderation.tell_of_overdue", user)
    return len(people)


@transaction.atomic
def send_overdue(user: User, *, at: datetime) -> bool:
    """Tell one person of all events whose answer is overdue and which they may answer, once a day; whether it was sent now."""
    today = localdate(at)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    begins = deadlines.day_end(today - timedelta(days=1))
    if Letter.objects.filter(kind=OVERDUE, user_id=user.pk, created_at__gte=begins).exists():
        return False
    events = [one for one in overdue.events_for(user, today) if access.may_moderate(user, one)]
    if not events:
        return False
    with translation.override(user.language):
        _post_overdue(user, events, at=at)
    return True


def _post_overdue(user: User, events: list[Event], *, at: datetime) -> None:
    count, programme = len(events), events[0].programme
    subject = ngettext(
        "%(n)s захід давно чекає на вашу відповідь", "%(n)s заходів давно чекають на вашу відповідь", count
    )
    mail.post(
        kind=OVERDUE,
        to=user.email,
        user_id=user.pk,
        language=user.language,
        subject=subject % {"n": count},
        template="events/letters/decision_overdue",
        context={
            "lines": list(_lines(events)),
            "salutation": user.vocative,
            "signed_by": programme.called,
            "action_address": f"{settings.SITE_ADDRESS}{reverse('events:office_list', args=[programme.code])}?needs=overdue",
            "action_label": _("Відкрити чергу"),
        },
        about=events[0],
        programme_code=programme.code,
        at=at,
    )


def _lines(events: Iterable[Event]) -> Iterable[dict]:
    for event in events:
        address = reverse("events:office", args=[event.programme.code, event.code])
        yield {"event": event, "address": settings.SITE_ADDRESS + address}

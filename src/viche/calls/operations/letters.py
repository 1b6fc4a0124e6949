"""Letters about calls and applications, each to every member of the organisation in that person's language."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.models import Application, Call, Receipt, Reminder
from viche.calls.operations import applications
from viche.mail import operations as mail
from viche.people import queries as people
from viche.people.models import User
from viche.ui import wording
from viche.work import operations as work


def _members(application: Application) -> list[User]:
    return list(people.writers_of(application.organisation).order_by("pk"))


def _address(name: str, *args: Any) -> str:
    return settings.SITE_ADDRESS + reverse(name, args=args)


def _post(
    user: User, *, kind: str, template: str, application: Application, subject: str, at: datetime, **context: Any
) -> None:
    """Post one letter; the caller has switched to the language of the user."""
    call = application.call
    mail.post(
        kind=kind,
        to=user.email,
        user_id=user.pk,
        language=user.language,
        subject=subject,
        template=f"calls/letters/{template}",
        context={
            "user": user,
            "application": application,
            "call": call,
            "closes": wording.moment(call.closes_at, kyiv=True) if call.closes_at else "",
            "decision": wording.day(call.decision_by) if call.decision_by else "",
            "salutation": user.vocative,
            "signed_by": call.programme.called,
            "action_address": _address("calls:application", application.pk),
            "action_label": _("Відкрити заявку"),
            **context,
        },
        about=application,
        programme_code=call.programme.code,
        at=at,
    )


@transaction.atomic
def send_receipt(receipt: Receipt, *, at: datetime) -> None:
    """Tell every member that the application has arrived, with number, moment and digest."""
    application = receipt.application
    for user in _members(application):
        with translation.override(user.language):
            subject = _("Заявку %(code)s подано") % {"code": application.code}
            _post(
                user,
                kind="calls.receipt",
                template="receipt",
                application=application,
                subject=subject,
                at=at,
                receipt=receipt,
                submitted=wording.moment(receipt.submitted_at, kyiv=True),
                action_address=_address("calls:receipt", application.pk, receipt.number),
                action_label=_("Відкрити квитанцію"),
            )


@transaction.atomic
def send_withdrawn(application: Application, *, at: datetime) -> None:
    """Tell every member that the application was taken back, and until when it can be submitted again."""
    for user in _members(application):
        with translation.override(user.language):
            subject = _("Заявку %(code)s відкликано") % {"code": application.code}
            _post(user, kind="calls.receipt", template="withdrawn", application=application, subject=subject, at=at)


@transaction.atomic
def send_cancelled(call: Call) -> int:
    """Have everybody who began an application told that the call is cancelled, each by a task of its own; how many."""
    keys = Application.objects.filter(call=call).order_by("pk").values_list("pk", flat=True)
    return len([work.enqueue("viche.calls.tasks.cancelled_one", key) for key in keys])


@transaction.atomic
def send_cancelled_one(application: Application, *, at: datetime) -> None:
    """Tell every member that the call is cancelled, and why; once."""
    if not applications.tell_once(application, at=at):
        return
    for user in _members(application):
        with translation.override(user.language):
            subject = _("Конкурс «%(call)s» скасовано") % {"call": application.call.called}
            _post(user, kind="calls.outcome", template="cancelled", application=application, subject=subject, at=at)


@transaction.atomic
def remind(application: Application, *, days: int, at: datetime) -> bool:
    """Remind the members that the close is near. Once per application, close and number of days; says whether it was sent now."""
    closes_at = application.call.closes_at
    try:
        with transaction.atomic():
            Reminder.objects.create(application=application, closes_at=closes_at, days=days, sent_at=at)
    except IntegrityError:  # another worker was quicker
        return False
    for user in _members(application):
        with translation.override(user.language):
            subject = ngettext(
                "Лишився %(days)d день: заявку ще не подано",
                "Лишилося %(days)d днів: заявку ще не подано",
                days,
            ) % {"days": days}
            _post(
                user,
                kind="calls.reminder",
                template="reminder",
                application=application,
                subject=subject,
                at=at,
                days=days,
            )
    return True

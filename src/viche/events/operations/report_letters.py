"""Letters about what came of events: answers to reports, a word to those who are late, pleas about photographs."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import ReportState
from viche.events.models import Event, Photo, Report
from viche.events.queries import desk
from viche.events.queries import reports as queries
from viche.mail import operations as mail
from viche.people.models import User
from viche.programmes import queries as programmes
from viche.work import operations as work


def _post(user: User, event: Event, *, kind: str, template: str, subject: str, at: datetime, **context: Any) -> None:
    """Post one letter; the caller has switched to the language of the user."""
    mail.post(
        kind=kind,
        to=user.email,
        user_id=user.pk,
        language=user.language,
        subject=subject,
        template=f"events/letters/{template}",
        context={
            "event": event,
            "salutation": user.vocative,
            "signed_by": event.programme.called,
            "action_address": settings.SITE_ADDRESS + reverse("events:report", args=[event.code]),
            "action_label": _("Відкрити звіт"),
            **context,
        },
        about=event,
        programme_code=event.programme.code,
        at=at,
    )


@transaction.atomic
def send_answer(report: Report, *, state: str, at: datetime) -> None:
    """Tell the writers that the report was accepted or returned, unless another answer has come since."""
    event = report.event
    if report.state != state:
        return
    accepted = state == ReportState.ACCEPTED
    for user in desk.writers(event):
        with translation.override(user.language):
            title = {"title": event.title}
            subject = _("Звіт прийнято: %(title)s") if accepted else _("Питання до звіту: %(title)s")
            template = "report_accepted" if accepted else "report_returned"
            _post(user, event, kind="events.decision", template=template, subject=subject % title, at=at, report=report)


@transaction.atomic
def chase_all(*, at: datetime) -> int:
    """Have the writers of every late report told, each event by a task of its own; how many."""
    keys = [
        key
        for programme in queries.programmes_with_events()
        for key in queries.to_chase(programme, at).values_list("pk", flat=True)
    ]
    for key in keys:
        work.enqueue("viche.events.tasks.reports.chase_one", key)
    return len(keys)


@transaction.atomic
def chase(event: Event, *, at: datetime) -> bool:
    """Remind the writers of one event of its late report; says whether letters were sent now."""
    event = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=event.pk)
    if not queries.to_chase(event.programme, at).filter(pk=event.pk).exists():
        return False  # handed in, or told by another worker meanwhile
    report, _new = Report.objects.get_or_create(event=event, defaults={"begun_at": at})
    report.chased_at = at
    report.save(update_fields=["chased_at"])
    days = (localdate(at) - queries.due_on(event, report, days=queries.report_days(event.programme))).days
    for user in desk.writers(event):
        with translation.override(user.language):
            subject = ngettext("Звіт прострочено на %(n)s день", "Звіт прострочено на %(n)s днів", days) % {"n": days}
            _post(user, event, kind="events.report", template="report_late", subject=subject, at=at, days=days)
    return True


@transaction.atomic
def send_plea(photo: Photo, *, at: datetime) -> None:
    """Tell the event's writers and the programme's officers that somebody asks to take a photograph down."""
    event = photo.event
    told = {user.pk: user for user in (*desk.writers(event), *programmes.officers(event.programme))}
    for user in told.values():
        with translation.override(user.language):
            subject = _("Просять прибрати світлину: %(title)s") % {"title": event.title}
            page = {
                "action_address": settings.SITE_ADDRESS + reverse("events:photos", args=[event.code]),
                "action_label": _("Відкрити світлини"),
            }
            _post(user, event, kind="events.plea", template="photo_plea", subject=subject, at=at, photo=photo, **page)

"""Answers to submitted events: accept, return with a reason, decline. Nobody answers an event of their own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import DeclineReason, State
from viche.events.models import Event
from viche.events.operations import publishing
from viche.events.queries import desk
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.work import operations as work

LETTER = "viche.events.tasks.moderation.answered"
RELATED = ("programme", "organisation", "hromada", "author", "decided_by")


def _locked(event: Event, by: User) -> Event:
    """Lock the event for an answer; the second who answers hears who was first."""
    found = Event.objects.select_for_update(of=("self",), no_key=True).select_related(*RELATED).get(pk=event.pk)
    if not access.may_moderate(by, found):
        raise NotAllowed
    if found.state != State.SUBMITTED:
        raise Refused(_answered(found), status=409)
    return found


def _answered(event: Event) -> str:
    """Say that nothing waits for an answer any more, and why."""
    about = {"state": event.get_state_display(), "who": event.decided_by}
    if event.decided_by and event.state in {State.PUBLISHED, State.RETURNED, State.DECLINED}:
        return _("На цей захід уже відповіли: %(state)s (%(who)s).") % about
    return _("Цей захід зараз не чекає на відповідь: %(state)s.") % about


def _decided(event: Event, by: User, at: datetime) -> None:
    event.decided_by, event.decided_at = by, at


def _tell(event: Event) -> None:
    """Have every writer told; the answer travels with the task, for by then the event may have been submitted anew."""
    for user in desk.writers(event):
        work.enqueue(LETTER, event.pk, user.pk, event.state, event.decline_reason, event.remark)


def _require_read(event: Event, revision: int) -> None:
    """Nobody accepts what they have not seen."""
    if revision != event.revision:
        raise Refused(
            _(
                "Поки ви читали, організатор змінив захід. Тут він уже такий, як тепер: перечитайте й підтвердьте ще раз."
            ),
            status=409,
        )


@transaction.atomic
def accept(event: Event, *, revision: int, by: User, at: datetime) -> Event:
    """Announce a submitted event as it was read in this revision: everybody sees it from this moment on."""
    event = _locked(event, by)
    _require_read(event, revision)
    _decided(event, by, at)
    publishing.publish(event, at=at)
    _tell(event)
    journal.record(verb="events.accepted", subject=event, by=by, at=at, after={"state": event.state})
    return event


@transaction.atomic
def accept_mends(event: Event, *, revision: int, by: User, at: datetime) -> Event:
    """Say that what was changed in an accepted event has been read, in this revision, and may stay."""
    event = Event.objects.select_for_update(of=("self",), no_key=True).select_related(*RELATED).get(pk=event.pk)
    if not access.may_moderate(by, event):
        raise NotAllowed
    if event.mended_at is None:
        raise Refused(_("Зміни в цьому заході вже переглянуто."), status=409)
    _require_read(event, revision)
    _decided(event, by, at)
    before, event.accepted, event.mended_at = event.accepted, {}, None
    event.save(update_fields=["accepted", "mended_at", "decided_by", "decided_at"])
    after = {name: getattr(event, name) for name in before}
    journal.record(verb="events.mends_accepted", subject=event, by=by, at=at, before=before, after=after)
    return event


@transaction.atomic
def send_back(event: Event, *, remark: str, by: User, at: datetime) -> Event:
    """Return an event with a reason in words; its writers go on where they stopped, and submit anew."""
    event = _locked(event, by)
    if not remark.strip():
        raise Refused(_("Напишіть, що саме виправити: ці слова отримає організатор."), field="remark")
    _decided(event, by, at)
    event.state, event.remark = State.RETURNED, remark.strip()
    event.save(update_fields=["state", "remark", "decided_by", "decided_at"])
    _tell(event)
    told = {"state": event.state, "remark": event.remark}
    journal.record(verb="events.returned", subject=event, by=by, at=at, after=told)
    return event


@transaction.atomic
def decline(event: Event, *, reason: str, remark: str, by: User, at: datetime) -> Event:
    """Decline an event for a reason of the list, and further words if there are any. That is final."""
    event = _locked(event, by)
    if reason not in DeclineReason.values:
        raise Refused(_("Виберіть причину зі списку."), field="reason")
    _decided(event, by, at)
    event.state, event.decline_reason, event.remark = State.DECLINED, reason, remark.strip()
    event.save(update_fields=["state", "decline_reason", "remark", "decided_by", "decided_at"])
    _tell(event)
    told = {"state": event.state, "reason": reason, "remark": event.remark}
    journal.record(verb="events.declined", subject=event, by=by, at=at, after=told)
    return event

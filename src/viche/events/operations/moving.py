"""An event moves: put off at the last moment, given a new time, called off, or brought back. Everybody registered is told."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import SHOWN, State
from viche.events.models import Event
from viche.events.operations import publishing, registering
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.work import operations as work

FARTHEST = timedelta(days=3 * 365)


@transaction.atomic
def postpone(
    event: Event, *, why: str, note: str = "", starts_at: datetime | None = None, by: User, at: datetime
) -> Event:
    """Put a published event off: to a new time where there is one, else until one is set."""
    event = _locked(event, by)
    before = _told(event)
    if event.state != State.PUBLISHED:
        raise Refused(_("Відкласти можна лише оголошений захід."), status=409)
    if event.has_ended(at):
        raise Refused(_("Захід уже відбувся."), status=409)
    event.postponed_why, event.postponed_note = why, note
    if starts_at is None:
        event.state = State.POSTPONED
    else:
        _shift(event, starts_at, at)
    publishing.told(event, at=at)
    return _spread(event, "events.postponed", by=by, at=at, before=before)


@transaction.atomic
def set_time(event: Event, *, starts_at: datetime, by: User, at: datetime) -> Event:
    """Give a shown event a new time; one that was put off or called off takes place again. It lasts as long as before."""
    event = _locked(event, by)
    before = _told(event)
    _shift(event, starts_at, at)
    event.postponed_why = event.postponed_note = event.cancelled_why = ""
    publishing.publish(event, at=at)
    registering.promote(event, at=at)
    return _spread(event, "events.time_set", by=by, at=at, before=before)


@transaction.atomic
def cancel(event: Event, *, why: str, by: User, at: datetime) -> Event:
    """Call an event off, for a reason that everybody reads."""
    event = _locked(event, by)
    before = _told(event)
    if event.state == State.CANCELLED:
        raise Refused(_("Захід уже скасовано."), status=409)
    if event.was_held(at):
        raise Refused(_("Захід уже відбувся."), status=409)
    event.state, event.cancelled_why = State.CANCELLED, why
    publishing.told(event, at=at)
    return _spread(event, "events.cancelled", by=by, at=at, before=before)


@transaction.atomic
def restore(event: Event, *, by: User, at: datetime) -> Event:
    """Let an event that was put off or called off take place at its old time after all, unless that is over."""
    event = _locked(event, by)
    before = _told(event)
    if event.state == State.PUBLISHED:
        raise Refused(_("Захід і так оголошено."), status=409)
    if event.has_ended(at):
        raise Refused(_("Призначений час минув. Призначте новий."), status=409)
    event.postponed_why = event.postponed_note = event.cancelled_why = ""
    publishing.publish(event, at=at)
    registering.promote(event, at=at)
    return _spread(event, "events.restored", by=by, at=at, before=before)


def tell(event: Event) -> None:
    """Have everybody registered told that the event has changed; once for each SEQUENCE, whoever calls it."""
    work.enqueue("viche.events.tasks.seats.moved", event.code)


def _locked(event: Event, by: User) -> Event:
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not access.may_move(by, event):
        raise NotAllowed
    if event.state not in SHOWN:
        raise Refused(_("Захід ще не оголошено."), status=409)
    return event


def _shift(event: Event, starts_at: datetime, at: datetime) -> None:
    """Move start, end and the close of registration alike."""
    if starts_at <= at:
        raise Refused(_("Цей час уже минув. Виберіть пізніший."), field="starts_at")
    if starts_at > at + FARTHEST:
        raise Refused(_("Це більш ніж за три роки. Перевірте рік."), field="starts_at")
    by = starts_at - event.starts_at
    event.starts_at, event.ends_at = starts_at, event.ends_at + by
    if event.registration_closes_at is not None:
        event.registration_closes_at += by


def _told(event: Event) -> dict[str, Any]:
    return {"state": event.state, "starts_at": event.starts_at}


def _spread(event: Event, verb: str, *, by: User, at: datetime, before: dict[str, Any]) -> Event:
    tell(event)
    after = {**_told(event), "why": event.postponed_why or event.cancelled_why}
    journal.record(verb=verb, subject=event, by=by, at=at, before=before, after=after)
    return event

"""An event moves: put off at the last moment, given a new time, called off, or brought back. Everybody registered is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import SHOWN, State
from viche.events.models import Event
from viche.events.operations import publishing, registering
from viche.events.queries import writing
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.work import operations as work

FARTHEST = timedelta(days=3 * 365)


@transaction.atomic
def postpone(
    event: Event,
    *,
    why: str,
    note: str = "",
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: User,
    at: datetime,
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
        _shift(event, starts_at, ends_at, at)
    publishing.told(event, at=at)
    return _spread(event, "events.postponed", by=by, at=at, before=before)


@transaction.atomic
def set_time(event: Event, *, starts_at: datetime, ends_at: datetime | None = None, by: User, at: datetime) -> Event:
    """Give a shown event a new time; one that was put off or called off takes place again.

    It lasts as long as before where no new end is said.
    """
    event = _locked(event, by)
    before = _told(event)
    if event.was_held(at):
        raise Refused(_("Захід уже відбувся, тож інший час йому не призначити. Далі – звіт."), status=409)
    _require_side(event, by)
    _shift(event, starts_at, ends_at, at)
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
    event.is_cancelled_by_office = not access.may_write(by, event)
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
    _require_side(event, by)
    event.postponed_why = event.postponed_note = event.cancelled_why = ""
    publishing.publish(event, at=at)
    registering.promote(event, at=at)
    return _spread(event, "events.restored", by=by, at=at, before=before)


def tell(event: Event, *, changed: Sequence[str] = ()) -> None:
    """Have everybody registered told that the event has changed; once for each SEQUENCE, whoever calls it.

    `changed`: what of it, in words of `Change`; none where its time or its state has.
    """
    work.enqueue("viche.events.tasks.seats.moved", event.code, event.sequence, *changed)


def _locked(event: Event, by: User) -> Event:
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not access.may_move(by, event):
        raise NotAllowed
    if event.state not in SHOWN:
        raise Refused(_("Захід ще не оголошено."), status=409)
    return event


def _require_side(event: Event, by: User) -> None:
    """What the programme called off its organiser does not bring back, nor the programme what its organiser called off."""
    if event.state != State.CANCELLED or event.is_cancelled_by_office != access.may_write(by, event):
        return
    if event.is_cancelled_by_office:
        raise Refused(_("Захід скасувала програма, тож і повернути його може лише вона. Напишіть їй."), status=409)
    raise Refused(_("Захід скасував організатор, тож і повернути його може лише він. Напишіть йому."), status=409)


def _shift(event: Event, starts_at: datetime, ends_at: datetime | None, at: datetime) -> None:
    """Move start, end and the close of registration alike, and keep what holds of every event's moments."""
    if starts_at <= at:
        raise Refused(_("Цей час уже минув. Виберіть пізніший."), field="starts_at")
    if starts_at > at + FARTHEST:
        raise Refused(_("Це більш ніж за три роки. Перевірте рік."), field="starts_at")
    by = starts_at - event.starts_at
    event.starts_at, event.ends_at = starts_at, ends_at or event.ends_at + by
    if event.registration_closes_at is not None:
        event.registration_closes_at += by
    for fault in writing.impossible_time(event):
        raise Refused(fault.sentence, field=fault.field)


def _told(event: Event) -> dict[str, Any]:
    return {"state": event.state, "starts_at": event.starts_at, "ends_at": event.ends_at}


def _spread(event: Event, verb: str, *, by: User, at: datetime, before: dict[str, Any]) -> Event:
    tell(event)
    after = {**_told(event), "why": event.postponed_why or event.cancelled_why}
    journal.record(verb=verb, subject=event, by=by, at=at, before=before, after=after)
    return event

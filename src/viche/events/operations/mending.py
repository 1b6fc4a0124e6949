"""Changing the words of an event that others read already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events import access
from viche.events.choices import SHOWN, Change, State
from viche.events.models import Event
from viche.events.operations import drafts, moving, publishing, registering
from viche.events.queries import events, reports, writing
from viche.journal import operations as journal
from viche.methods import deadlines
from viche.methods.earth import Point
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User

ANNOUNCED = (State.PUBLISHED, State.POSTPONED)
MENDED = (*SHOWN, State.SUBMITTED)
# What people set out by, in the words of `Change`: whoever registered is written to when it changes. A time is moved.
TOLD = {
    Change.PLACE.value: ("hromada_id", "country", "venue", "address", "latitude", "longitude"),
    Change.LINK.value: ("online_link",),
}
# What a report tells of: it stays while the report is handed in. A time is moved.
REPORTED = ("title", *TOLD[Change.PLACE.value])
# What a moderator has read before the event was announced.
READ = (
    *REPORTED,
    "about",
    "online_link",
    "shelter",
    "organisers",
    "partners",
    "groups",
    "speakers_women",
    "speakers_men",
    "speakers_unknown",
)


@transaction.atomic
def mend(event: Event, *, values: Mapping[str, Any], revision: int, by: User, at: datetime) -> Event:
    """Change an event that is shown or waits for an answer; it stays whole, and more seats go to the queue at once.

    Where place or link change, everybody registered is told once, with what has changed; of other words nobody is. What a
    moderator has accepted and reads otherwise now, of an organiser whom the programme does not trust, waits to be read again.

    Raises `drafts.Stale`, and `Refused` where something would be lacking or seats be taken from people.
    """
    event = drafts.locked(event, by=by)
    if event.state not in MENDED:
        raise Refused(_("Цей захід уже не змінити."), status=409)
    if not drafts.differs(event, values, {}):
        return event
    if revision != event.revision:
        raise drafts.Stale(event)
    before = {name: getattr(event, name) for name in {*publishing.CALENDAR, *READ}}
    drafts.write_down(event, values)
    drafts.require_whole(event)
    _require_seats(event)
    _require_unreported(event, before)
    event.revision += 1
    _note_for_moderators(event, before, at)
    for_calendars = event.is_shown and any(getattr(event, name) != before[name] for name in publishing.CALENDAR)
    publishing.told(event, at=at, for_calendars=for_calendars)
    registering.promote(event, at=at)
    changed = _changed(event, before)
    if changed and event.state == State.PUBLISHED and not event.has_ended(at):
        moving.tell(event, changed=changed)
    told = {"revision": event.revision, "changed": changed}
    journal.record(verb="events.mended", subject=event, by=by, at=at, after=told)
    return event


@transaction.atomic
def set_place(
    event: Event, *, venue: str, address: str, point: Point | None, online_link: str, by: User, at: datetime
) -> Event:
    """Correct place and link of an announced event for its organiser; everybody registered is told what has changed.

    What the office has written itself waits for no moderator. Raises `Refused` where a place would be lacking.
    """
    event = (
        Event.objects.select_for_update(no_key=True, of=("self",)).select_related(*events.TOLD_WITH).get(pk=event.pk)
    )
    if not access.may_moderate(by, event):
        raise NotAllowed
    if event.state not in ANNOUNCED or event.was_held(at):
        raise Refused(_("Місце змінюють лише в оголошеного заходу, який ще не відбувся."), status=409)
    latitude, longitude = (point.latitude, point.longitude) if point else (None, None)
    values = {
        "venue": venue,
        "address": address,
        "latitude": latitude,
        "longitude": longitude,
        "online_link": online_link,
    }
    before = {name: getattr(event, name) for name in values}
    if before == values:
        return event
    drafts.write_down(event, values)
    for fault in writing.faults(event):
        if fault.field in values:
            raise Refused(fault.sentence, field=fault.field)
    event.revision += 1
    event.accepted = {name: kept for name, kept in event.accepted.items() if name not in values}
    event.mended_at = event.mended_at if event.accepted else None
    publishing.told(event, at=at)
    changed = _changed(event, before)
    moving.tell(event, changed=changed)
    journal.record(verb="events.place_set", subject=event, by=by, at=at, after={"changed": changed})
    return event


def _changed(event: Event, before: Mapping[str, Any]) -> list[str]:
    """What whoever registered is written to about, in the words of `Change`."""
    told = {word: [name for name in names if name in before] for word, names in TOLD.items()}
    return [word for word, names in told.items() if any(getattr(event, name) != before[name] for name in names)]


def _require_unreported(event: Event, before: Mapping[str, Any]) -> None:
    """What a report was handed in or accepted for stays what it was."""
    changed = any(getattr(event, name) != before[name] for name in REPORTED)
    if changed and reports.is_handed_in(event):
        raise Refused(
            _("Звіт про захід уже подано. Щоб виправити назву чи місце, попросіть програму повернути звіт."), status=409
        )


def _note_for_moderators(event: Event, before: Mapping[str, Any], at: datetime) -> None:
    """Remember what was accepted, where it reads otherwise now; text written back as it was waits for nobody."""
    policy = writing.policy_of(event.programme)
    if not event.is_shown or event.decided_at is None or writing.is_trusted(event, policy):
        return
    accepted = {**before, **event.accepted}
    event.accepted = {name: accepted[name] for name in READ if accepted[name] != getattr(event, name)}
    if not event.accepted:
        event.mended_at = None
    elif event.mended_at is None:
        event.mended_at = at
        event.answer_due_on = deadlines.add_working_days(localdate(at), policy.moderation_days)


def _require_seats(event: Event) -> None:
    """Nobody who has a seat loses it because the room became smaller."""
    if event.capacity is not None and event.capacity < event.seated:
        words = ngettext(
            "Місце вже має %(n)s людина, менше місць не поставити.",
            "Місця вже мають %(n)s людей, менше місць не поставити.",
            event.seated,
        )
        raise Refused(words % {"n": event.seated}, field="capacity")

"""Changing the words of an event that others read already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import SHOWN, State
from viche.events.models import Event
from viche.events.operations import drafts, publishing, registering
from viche.journal import operations as journal
from viche.methods.refusals import Refused
from viche.people.models import User

MENDED = (*SHOWN, State.SUBMITTED)


@transaction.atomic
def mend(event: Event, *, values: Mapping[str, Any], revision: int, by: User, at: datetime) -> Event:
    """Change an event that is shown or waits for an answer; it stays whole, and more seats go to the queue at once.

    Raises `drafts.Stale`, and `Refused` where something would be lacking or seats be taken from people.
    """
    event = drafts.locked(event, by=by)
    if event.state not in MENDED:
        raise Refused(_("Цей захід уже не змінити."), status=409)
    if not drafts.differs(event, values, {}):
        return event
    if revision != event.revision:
        raise drafts.Stale(event)
    before = {name: getattr(event, name) for name in publishing.CALENDAR}
    drafts.write_down(event, values)
    drafts.require_whole(event)
    _require_seats(event)
    event.revision += 1
    for_calendars = event.is_shown and any(getattr(event, name) != value for name, value in before.items())
    publishing.told(event, at=at, for_calendars=for_calendars)
    registering.promote(event, at=at)
    journal.record(verb="events.mended", subject=event, by=by, at=at, after={"revision": event.revision})
    return event


def _require_seats(event: Event) -> None:
    """Nobody who has a seat loses it because the room became smaller."""
    if event.capacity is not None and event.capacity < event.seated:
        words = ngettext(
            "Місце вже має %(n)s людина, менше місць не поставити.",
            "Місця вже мають %(n)s людей, менше місць не поставити.",
            event.seated,
        )
        raise Refused(words % {"n": event.seated}, field="capacity")

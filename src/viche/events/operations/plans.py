"""A plan of many events becomes drafts at one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from viche.events.models import Event
from viche.events.operations import drafts
from viche.events.queries import plans
from viche.events.queries.writing import Frame
from viche.journal import operations as journal
from viche.people.models import Organisation, User


class Made(NamedTuple):
    """What came of a plan: the new drafts, and how many rows were there already."""

    events: list[Event]
    doubles: int


@transaction.atomic
def take_over(
    frame: Frame, *, organisation: Organisation | None, rows: Sequence[Mapping[str, Any]], by: User, at: datetime
) -> Made:
    """Make a draft of each row that is not there yet, so that the same plan twice makes no doubles, also at once."""
    drafts.require_beginning(frame.programme, campaign=frame.campaign, organisation=organisation, by=by)
    if organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    else:
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
    seen = set(plans.known(frame, organisation=organisation, user=by))
    made, doubles = [], 0
    for values in rows:
        key = plans.key_of(values["title"], values["starts_at"])
        if key in seen:
            doubles += 1
            continue
        seen.add(key)
        event = Event(programme=frame.programme, campaign=frame.campaign, organisation=organisation, author=by)
        made.append(drafts.lay_out(event, values=values, at=at))
    if made:
        codes = [event.code for event in made]
        journal.record(verb="events.planned", subject=frame.programme, by=by, at=at, after={"codes": codes})
    return Made(made, doubles)

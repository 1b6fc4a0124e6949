"""A plan of many events becomes drafts at one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from viche.events import access
from viche.events.choices import State
from viche.events.models import Event, Plan
from viche.events.operations import drafts
from viche.events.queries import plans
from viche.events.queries.writing import Frame
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import Organisation, User

PORTION = 100  # events handed in at one press: about two seconds


class Made(NamedTuple):
    """What came of a table: the plan with its new drafts (None where there are none), and how many rows were there already."""

    plan: Plan | None
    events: list[Event]
    doubles: int


class Sent(NamedTuple):
    """What came of handing a plan in: what is announced, what waits for an answer, how many drafts are left.

    Of those left: how many are ready and wait for the next press, and how many the person may not hand in any more.
    """

    announced: int
    submitted: int
    left: int
    ready: int = 0
    forbidden: int = 0


@transaction.atomic
def take_over(
    frame: Frame,
    *,
    organisation: Organisation | None,
    rows: Sequence[Mapping[str, Any]],
    by: User,
    at: datetime,
    bad: Sequence[Mapping[str, Any]] = (),
) -> Made:
    """Make a draft of each row that is not there yet, so that the same plan twice makes no doubles, also at once.

    `bad` rows, as `Plan.bad_rows` holds them, stay with the plan to be read and mended.
    """
    drafts.require_beginning(frame.programme, campaign=frame.campaign, organisation=organisation, by=by)
    if organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    else:
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
    seen = set(plans.known(frame, organisation=organisation, user=by))
    plan = Plan(programme=frame.programme, organisation=organisation, author=by, made_at=at, bad_rows=list(bad))
    made: list[Event] = []
    doubles = 0
    for values in rows:
        key = plans.key_of(values["title"], values["starts_at"])
        if key in seen:
            doubles += 1
            continue
        seen.add(key)
        if not made:
            plan.save()
        event = Event(
            programme=frame.programme, campaign=frame.campaign, organisation=organisation, author=by, plan=plan
        )
        made.append(drafts.lay_out(event, values=values, at=at))
    if made:
        codes = [event.code for event in made]
        journal.record(verb="events.planned", subject=frame.programme, by=by, at=at, after={"codes": codes})
    return Made(plan if made else None, made, doubles)


def submit_all(plan: Plan, *, by: User, at: datetime, most: int = PORTION) -> Sent:
    """Submit the drafts of a plan that lack nothing, each by itself: what is wrong with one keeps no other back.

    At most so many at one press, so that nobody waits long before a white page. Pressing twice does nothing twice. What is
    left and why, `queries.plans.left` says.
    """
    if not access.may_write_plan(by, plan):
        raise NotAllowed
    announced = submitted = forbidden = 0
    every = plans.left(plan)
    ready = [one.event for one in every if not one.faults]
    for one in ready[:most]:
        try:
            done = drafts.submit(one, by=by, at=at)
        except Refused:
            continue
        except NotAllowed:
            forbidden += 1
        else:
            announced += done.is_shown
            submitted += done.state == State.SUBMITTED
    return Sent(announced, submitted, len(every) - announced - submitted, len(ready[most:]), forbidden)

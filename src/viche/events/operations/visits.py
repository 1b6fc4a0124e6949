"""Going to events: who of the programme goes where, said by whoever goes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import State
from viche.events.models import Event, Visit
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User

AHEAD = (State.SUBMITTED, State.PUBLISHED, State.POSTPONED)


@transaction.atomic
def plan(event: Event, *, by: User, at: datetime) -> None:
    """Put the event on one's itinerary. Twice comes to the same. Raises `Refused` where there is nothing to go to any more."""
    if not access.may_visit(by, event):
        raise NotAllowed
    if event.state not in AHEAD or event.ends_at <= at:
        raise Refused(_("Цей захід уже минув або його скасовано."), status=409)
    _visit, fresh = Visit.objects.get_or_create(event=event, user=by, defaults={"decided_at": at})
    if fresh:
        journal.record(verb="events.visit_planned", subject=event, by=by, at=at)


@transaction.atomic
def drop(event: Event, *, by: User, at: datetime) -> None:
    """Take the event off one's own itinerary."""
    if Visit.objects.filter(event=event, user=by.pk).delete()[0]:
        journal.record(verb="events.visit_dropped", subject=event, by=by, at=at)

"""Which events of a plan there are already."""

from datetime import datetime

from viche.events.choices import State
from viche.events.models import Event
from viche.events.queries.writing import Frame
from viche.methods import words
from viche.people.models import Organisation, User

Key = tuple[str, datetime | None]


def key_of(title: str, starts_at: datetime | None) -> Key:
    """By what two events of one organiser are the same: the name, however it is written, and the moment."""
    return words.fold(title), starts_at


def known(frame: Frame, *, organisation: Organisation | None, user: User) -> dict[Key, Event]:
    """The organiser's events in this programme or campaign that were not declined or called off. One query."""
    found = Event.objects.filter(programme=frame.programme, campaign=frame.campaign, organisation=organisation)
    if organisation is None:
        found = found.filter(author=user)
    found = found.exclude(state__in=[State.DECLINED, State.CANCELLED])
    return {key_of(event.title, event.starts_at): event for event in found.order_by("-pk")}

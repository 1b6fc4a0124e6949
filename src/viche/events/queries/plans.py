"""Which events of a plan there are already."""

from collections.abc import Iterable
from datetime import datetime

from viche.events.choices import State
from viche.events.models import Event
from viche.events.queries.writing import Frame
from viche.methods import words
from viche.people.models import Organisation, User
from viche.places.models import Hromada

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


def hromadas_named(typed: Iterable[str]) -> dict[str, Hromada]:
    """The hromadas that are meant beyond doubt, by what was typed: a code, a name, a full name. One query, or none."""
    wanted = {text: words.fold(text) for text in typed if text}
    named: dict[str, set[Hromada]] = {}
    rows = Hromada.objects.filter(gone_at=None).select_related("raion", "oblast") if wanted else []
    for one in rows:
        for name in {one.code, one.name, one.label, one.placed, f"{one.label}, {one.whereabouts}"}:
            named.setdefault(words.fold(name), set()).add(one)
    found = {text: named.get(key, set()) for text, key in wanted.items()}
    return {text: next(iter(some)) for text, some in found.items() if len(some) == 1}

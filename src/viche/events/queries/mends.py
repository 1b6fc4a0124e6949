"""What reads otherwise in an accepted event since a moderator has read it."""

from typing import Any, NamedTuple

from viche.events.choices import Group
from viche.events.models import Event
from viche.places.models import Hromada

PLACE = ("venue", "address", "latitude", "longitude", "online_link", "shelter")


class Mend(NamedTuple):
    """What of an event has changed, how it read when it was accepted, and how it reads now."""

    name: str
    before: str
    now: str


def rows(event: Event, *, exact: bool) -> list[Mend]:
    """Everything that has changed, in words; one query where the hromada is among it.

    `exact`: with a place that is told to registered people alone.
    """
    hidden = PLACE if event.is_place_private and not exact else ()
    return [
        Mend(_named(name), _words(name, before), _words(name, getattr(event, name)))
        for name, before in event.accepted.items()
        if name not in hidden
    ]


def _named(name: str) -> str:
    label = str(Event._meta.get_field(name.removesuffix("_id")).verbose_name)  # noqa: SLF001 — Django documents it
    return label[:1].upper() + label[1:]


def _words(name: str, value: Any) -> str:
    """A value as people read it."""
    if name == "hromada_id":
        found = Hromada.objects.filter(pk=value).first()
        return found.called if found else ""
    if name == "groups":
        return "; ".join(f"{Group(one['group']).label}: {one['how']}" for one in value)
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)

"""Who registers for meetings: people called by what they are, some of whom come again and again.

A number is always the same person: the same words for a name, the same mailbox.
"""

from collections.abc import Generator, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser

from viche.demo import stage
from viche.demo.playing import draw
from viche.events.models import Event, Registration
from viche.events.operations import registering
from viche.events.operations.registering import Asked
from viche.people.models import User

AHEAD = timedelta(days=8)  # before a meeting the first of its people registers
DOOR = timedelta(minutes=20)  # before it begins the first of them comes in
STAYS_AWAY = 7  # one of so many does not come
# Who registers for the meetings of which hub, by turn: the same people again, newcomers among them, some of whom stay.
REGISTERED: dict[tuple[int, int], Sequence[int]] = {
    (0, 0): range(13),
    (0, 1): range(3, 15),
    (0, 2): range(5, 18),
    (0, 3): (0, 2, *range(8, 20)),
    (1, 2): range(20, 31),
}


def asked(number: int) -> Asked:
    """What this guest types: what they are, a mailbox, what they need."""
    told = stage.texts("meetings")["guests"]
    one = told[number % len(told)]
    return Asked(one["name"], f"guest{number + 1}@viche.example", access=one["access"], needs=one["needs"])


def come(event: Event, numbers: Sequence[int], *, by: User) -> Generator[datetime, None, None]:
    """Let guests register during the week before a meeting and be marked at its door; a few stay away."""
    kept = []
    for turn, number in enumerate(numbers):
        yield (at := event.starts_at - AHEAD + timedelta(hours=11 * turn))
        kept.append((number, _register(event, number, at)))
    came = [one for number, one in kept if draw("away", event.title, number, sides=STAYS_AWAY)]
    for turn, registration in enumerate(came):
        yield (at := event.starts_at - DOOR + timedelta(minutes=turn))
        registering.come(registration, came=True, by=by, at=at)


def _register(event: Event, number: int, at: datetime) -> Registration:
    """No letter: what was written about meetings so long ago has been erased."""
    return registering.register(event, asked=asked(number), by=AnonymousUser(), clock=lambda: at).registration

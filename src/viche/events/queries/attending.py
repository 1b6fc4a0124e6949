"""The people of one event as its organisers see them: the list, the sums, the rows of the file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from viche.events.choices import Need, SeatState
from viche.events.models import Event, Guest, Registration
from viche.methods import words

ORDERS = {"name": "name", "registered": "registered_at", "state": "state", "came": "came_at", "people": "people"}
ORDER = "registered"
COLUMNS = [
    "state",
    "name",
    "email",
    "organisation",
    "people",
    "access",
    "needs",
    "guests",
    "registered_at",
    "promoted_at",
    "cancelled_at",
    "came_at",
]


@dataclass(frozen=True)
class Sums:
    """People of an event by where they stand, and what they need."""

    seated: int
    waiting: int
    cancelled: int
    came: int
    needs: list[tuple[str, int]]
    """What lets people take part and how many asked for it, the most wanted first."""
    notes: list[str]
    """What people need in their own words."""


def of_event(event: Event, *, q: str = "", state: str = "", came: str = "") -> QuerySet[Registration]:
    """Registrations of an event whose name, mailbox or organisation contains every word typed; forgotten ones nameless."""
    found = Registration.objects.filter(event=event).select_related("organisation").prefetch_related("guests")
    if state in SeatState.values:
        found = found.filter(state=state)
    if came in {"yes", "no"}:
        found = found.filter(came_at__isnull=came == "no")
    for word in words.fold(q).split():
        spelled = Q(email__contains=word) | Q(organisation__haystack__contains=word)
        # Folding knows Ukrainian capitals, SQLite does not: the word is asked for in each spelling people use.
        for spelling in {word, word.capitalize(), word.upper()}:
            named = Guest.objects.filter(registration__event=event, name__contains=spelling)
            spelled |= Q(name__contains=spelling) | Q(pk__in=named.values("registration"))
        found = found.filter(spelled)
    return found


def expected(event: Event, q: str = "") -> QuerySet[Registration]:
    """Who is looked for at the door: everybody who has not cancelled, by name."""
    return of_event(event, q=q).exclude(state=SeatState.CANCELLED).order_by("name", "pk")


def sums(event: Event) -> Sums:
    """Count an event's people and what they need. Three queries."""
    rows = Registration.objects.filter(event=event).order_by().values("state")
    by_state = dict(rows.annotate(total=Sum("people")).values_list("state", "total"))
    told = Registration.objects.filter(event=event).exclude(state=SeatState.CANCELLED).order_by("registered_at", "pk")
    asked: Counter[str] = Counter()
    notes, came = [], 0
    for access, note, people, came_at in told.values_list("access", "needs", "people", "came_at"):
        asked.update(access)
        notes += [note] if note else []
        came += people if came_at else 0
    for access, note in _of_guests(event):
        asked.update(access)
        notes += [note] if note else []
    return Sums(
        seated=by_state.get(SeatState.SEATED, 0),
        waiting=by_state.get(SeatState.WAITING, 0),
        cancelled=by_state.get(SeatState.CANCELLED, 0),
        came=came,
        needs=[(str(Need(code).label), count) for code, count in asked.most_common() if code in Need.values],
        notes=notes,
    )


def _of_guests(event: Event) -> Iterable[tuple[list[str], str]]:
    """What the named people of delegations need."""
    found = Guest.objects.filter(registration__event=event).exclude(registration__state=SeatState.CANCELLED)
    return found.order_by("registration__registered_at", "pk").values_list("access", "needs")


def arrived(event: Event) -> tuple[int, int]:
    """How many people have come of those who hold a seat or wait for one. One query."""
    held = Registration.objects.filter(event=event).exclude(state=SeatState.CANCELLED)
    found = held.aggregate(came=Sum("people", filter=Q(came_at__isnull=False)), whole=Sum("people"))
    return found["came"] or 0, found["whole"] or 0


def rows(registrations: Iterable[Registration]) -> Iterator[list[Any]]:
    """A row per registration, in the order of `COLUMNS`."""
    for one in registrations:
        yield [
            one.state,
            one.name,
            one.email,
            one.organisation.name if one.organisation else "",
            one.people,
            ", ".join(one.access_words),
            one.needs,
            "; ".join(f"{guest.name} ({guest.needed})" if guest.needed else guest.name for guest in one.guests.all()),
            one.registered_at,
            one.promoted_at,
            one.cancelled_at,
            one.came_at,
        ]

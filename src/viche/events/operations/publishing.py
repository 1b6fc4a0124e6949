"""What every package's act on an event shares: its number, its marks, and what becomes public when.

Called inside the caller's transaction, with the event locked by the caller; who may do it was asked there.
"""

from collections.abc import Iterator
from datetime import datetime

from viche.events.choices import SHOWN, State
from viche.events.models import Event, Mark, Numbering
from viche.events.operations import packing, spreading
from viche.events.queries import marking, spreads
from viche.methods import words
from viche.programmes.models import Programme

# What calendars must learn of: a change of these makes SEQUENCE grow (RFC 5545, 3.8.7.4).
CALENDAR = (
    "title",
    "about",
    "starts_at",
    "ends_at",
    "venue",
    "address",
    "online_link",
    "state",
    "latitude",
    "longitude",
    "hromada_id",
    "country",
    "is_place_private",
)


def next_code(programme: Programme, *, at: datetime) -> str:
    """Give the next number of the programme's year: "HUBS-E26-0017"."""
    Numbering.objects.get_or_create(programme=programme, year=at.year)
    row = Numbering.objects.select_for_update(no_key=True).get(programme=programme, year=at.year)
    number, row.next_number = row.next_number, row.next_number + 1
    row.save(update_fields=["next_number"])
    return f"{programme.code}-E{at:%y}-{number:04d}"


def publish(event: Event, *, at: datetime) -> Event:
    """Show an event to everybody, with its marks."""
    event.state = State.PUBLISHED
    event.published_at = event.published_at or at
    event.remark = ""
    return told(event, at=at)


def told(event: Event, *, at: datetime, for_calendars: bool = True) -> Event:
    """Save a change of what everybody sees: the text's moment, the calendars' SEQUENCE, the marks it is found by, the map."""
    before = spreads.of_event(event.pk)
    event.changed_at = at
    if for_calendars:
        event.sequence += 1
    event.haystack = haystack(event)
    event.save()
    mark(event)
    packing.write([event.pk])
    spreading.follow(before, spreads.of_shown(event), at=at)
    return event


def mark(event: Event) -> None:
    """Write the marks of a shown event anew; one that is not shown has none."""
    event.marks.all().delete()
    if event.state in SHOWN:
        Mark.objects.bulk_create(
            Mark(event=event, word=word, starts_at=event.starts_at) for word in sorted(marks(event))
        )


def marks(event: Event) -> set[str]:
    """The words that filters ask for: goals, access, languages, format, on line; and the words to search for."""
    return set(_marks(event))


def _marks(event: Event) -> Iterator[str]:
    yield f"format:{event.format}"
    if event.is_online:
        yield "online"
    for goal in event.goals:
        yield f"goal:{goal}"
    for access in event.access:
        yield f"access:{access}"
    for language in event.languages:
        yield f"language:{language}"
    for text in _sought(event):
        for word in words.fold(text).split():
            yield marking.of_word(word)


def haystack(event: Event) -> str:
    """The words to search in, each after a blank."""
    return f" {words.haystack(*_sought(event))}"


def _sought(event: Event) -> tuple[str, ...]:
    """The texts to search in; those of a private place are not among them."""
    hidden = () if event.is_place_private else (event.venue, event.address)
    host = event.organisation.name if event.organisation else ""
    hromada = event.hromada.name if event.hromada else ""
    return (event.title, event.code, host, hromada, event.organisers, *event.partners, *event.hashtags, *hidden)

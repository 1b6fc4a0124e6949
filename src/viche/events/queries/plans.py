"""Which events of a plan there are already."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from viche.events.choices import WRITTEN, State
from viche.events.models import Event, Plan
from viche.events.queries import inclusion, writing
from viche.events.queries.events import TOLD_WITH
from viche.events.queries.writing import Fault, Frame
from viche.methods import words
from viche.people import queries as people
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


class Left(NamedTuple):
    """A draft of a plan, and what keeps it from being submitted: nothing where it is ready."""

    event: Event
    faults: list[Fault]


def one(pk: int) -> Plan:
    """One plan. Raises `Plan.DoesNotExist`."""
    return Plan.objects.select_related("programme", "organisation").get(pk=pk)


def of_user(user: User) -> QuerySet[Plan]:
    """Plans whose drafts the person may submit, the latest first, each with `drafts`, how many are left. One query."""
    own = Q(organisation__in=people.written_for(user)) | Q(organisation=None, author=user)
    left = Count("events", filter=Q(events__state__in=WRITTEN))
    return Plan.objects.filter(own).select_related("programme", "organisation").annotate(drafts=left)


def drafts_of(plan: Plan) -> QuerySet[Event]:
    """What of a plan has not been submitted, in the order of its days."""
    found = Event.objects.filter(plan=plan, state__in=WRITTEN).select_related(*TOLD_WITH).prefetch_related("invited")
    return found.order_by("starts_at", "pk")


def left(plan: Plan) -> list[Left]:
    """What of a plan has not been submitted, with why it cannot be; what cannot stands first. Two queries."""
    found = [Left(event, _hindered(event)) for event in drafts_of(plan)]
    return sorted(found, key=lambda one: not one.faults)


def _hindered(event: Event) -> list[Fault]:
    refusing = [Fault(told.field, f"{told.name}. {told.sentence}") for told in inclusion.verdict(event) if told.refuses]
    return [*writing.faults(event), *refusing]


def submitted_of(plan: Plan) -> int:
    """How many events of a plan are more than drafts."""
    return Event.objects.filter(plan=plan).exclude(state__in=WRITTEN).count()


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

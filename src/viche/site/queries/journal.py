"""Who did what, as people read it: acts and things by their names, the actors by theirs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from viche.awards.models import Award, Report
from viche.calls.models import Application, Call
from viche.journal import queries as journal
from viche.journal.models import Entry
from viche.people import queries as people
from viche.people.models import Invitation, User
from viche.programmes.models import Programme
from viche.site.choices import ACTS, THINGS

# How what is told of leads to its programme.
WITHIN = {
    "calls.call": (Call, "programme"),
    "calls.application": (Application, "call__programme"),
    "awards.award": (Award, "programme"),
    "awards.report": (Report, "award__programme"),
}


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry as it is shown."""

    entry: Entry
    act: str
    thing: str
    actor: User | None
    changes: list[Change]
    is_erased: bool


def entries(*, actor: str = "", act: str = "", thing: str = "", programme: Programme | None = None) -> QuerySet[Entry]:
    """The journal, the latest first, by words of the actor's name or mailbox, by act, kind of thing, programme."""
    found = journal.latest(kind=thing, verb=act)
    if actor.strip():
        found = found.filter(actor_id__in=people.users(actor.strip()).order_by().values("pk"))
    return found.filter(_of(programme)) if programme else found


def _of(programme: Programme) -> Q:
    about = Q(subject_kind="programmes.programme", subject_id=str(programme.pk))
    for kind, (model, path) in WITHIN.items():
        own = model.objects.filter(**{path: programme}).order_by().values(key=Cast("pk", CharField()))
        about |= Q(subject_kind=kind, subject_id__in=own)
    sent = Invitation.objects.filter(about=f"programmes.programme:{programme.pk}")
    return about | Q(
        subject_kind="people.invitation", subject_id__in=sent.order_by().values(key=Cast("pk", CharField()))
    )


def lines(found: Iterable[Entry]) -> list[Line]:
    """Give each entry its words and its actor. One query."""
    found = list(found)
    actors = User.objects.in_bulk({one.actor_id for one in found if one.actor_id is not None})
    return [_line(one, actors) for one in found]


def _line(entry: Entry, actors: dict[int, User]) -> Line:
    values = entry.values
    return Line(
        entry=entry,
        act=str(ACTS.get(entry.verb, entry.verb)),
        thing=str(THINGS.get(entry.subject_kind, entry.subject_kind)),
        actor=actors.get(entry.actor_id),
        changes=list(_changes(values.before or {}, values.after or {})),
        is_erased=values.erased_by is not None,
    )


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in [*before, *(name for name in after if name not in before)]:
        yield Change(name, _said(before.get(name)), _said(after.get(name)))


def _said(value: Any) -> str:
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
        return ", ".join(_said(one) for one in inner)
    return str(value)

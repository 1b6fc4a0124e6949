"""Finding hromadas, organisations, programmes, calls, events and awards by the same words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from viche.awards.queries import awards
from viche.calls.queries import calls, states
from viche.events.queries import finding, held
from viche.methods import words
from viche.people import queries as people
from viche.people.models import User
from viche.places import queries as places
from viche.programmes import queries as programmes
from viche.ui import wording

SHOWN = 5
MOST_ORGANISATIONS = 30
LEAST = 2
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """Something found: its name, where it is, what tells it apart, and its state if it has one."""

    title: str
    href: str
    note: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more` leads to the whole list where there are more."""

    title: str
    hits: list[Hit]
    more: str = ""


def found(typed: str, user: User | AnonymousUser, at: datetime) -> list[Group]:
    """The best few of every kind; kinds without any are left out. Twelve queries at most."""
    typed = typed.replace("\0", "").strip()[:LONGEST]
    if len(words.fold(typed)) < LEAST:
        return []
    groups = [
        _calls(typed, at),
        _events(typed, at),
        _awards(typed),
        _programmes(typed, user),
        _hromadas(typed),
        _organisations(typed),
    ]
    return [group for group in groups if group.hits]


def _more(address: str, typed: str, rows: list[Any], **beside: str) -> str:
    asked = {"q": typed, **{name: value for name, value in beside.items() if value}}
    return f"{reverse(address)}?{urlencode(asked)}" if len(rows) > SHOWN else ""


def _calls(typed: str, at: datetime) -> Group:
    rows = list(calls.chosen(at, q=typed)[: SHOWN + 1])
    hits = []
    for call in rows[:SHOWN]:
        said = states.described(call, at)
        hits.append(Hit(call.called, call.get_absolute_url(), call.programme.called, said.kind, said.words))
    return Group(_("Конкурси"), hits, _more("calls:list", typed, rows))


def _events(typed: str, at: datetime) -> Group:
    """Those that come; where none comes, those that are over."""
    rows = held.sought(typed, at=at, most=SHOWN + 1)
    hits = []
    for line, said in rows[:SHOWN]:
        note = " · ".join(part for part in (wording.day(line.starts_at), line.place_short, line.host) if part)
        hits.append(Hit(line.title, line.href, note, said.kind, said.words))
    when = finding.PAST if rows and rows[0][0].is_over(at) else finding.COMING
    return Group(_("Заходи"), hits, _more("events:list", typed, rows, when=when))


def _awards(typed: str) -> Group:
    rows = list(awards.register(q=typed).order_by("-awarded_on", "pk")[: SHOWN + 1])
    hits = []
    for award in rows[:SHOWN]:
        amount = wording.money(award.amount, award.currency) if award.amount else ""
        note = " · ".join(part for part in (award.organisation.called, amount) if part)
        hits.append(Hit(award.title, award.get_absolute_url(), note))
    return Group(_("Підтримка"), hits, _more("awards:list", typed, rows))


def _programmes(typed: str, user: User | AnonymousUser) -> Group:
    """There are few programmes, so they are compared word by word here."""
    wanted = words.fold(typed).split()
    hits = [
        Hit(one.called, one.get_absolute_url(), one.told)
        for one in programmes.visible_to(user)
        if all(word in words.fold(f"{one.code} {one.name} {one.name_en} {one.lead}") for word in wanted)
    ]
    return Group(_("Програми"), hits[:SHOWN], reverse("programmes:list") if len(hits) > SHOWN else "")


def _hromadas(typed: str) -> Group:
    rows = places.find_hromadas(typed, limit=SHOWN + 1)
    hits = [Hit(one.hromada.label, one.hromada.get_absolute_url(), _whereabouts(one)) for one in rows[:SHOWN]]
    return Group(_("Громади"), hits, _more("places:hromadas", typed, rows))


def _whereabouts(one: places.Found) -> str:
    invented = _("вигадана, для показу")
    return f"{one.note} · {invented}" if one.hromada.is_invented else one.note


def _organisations(typed: str) -> Group:
    """Organisations have no public list of their own, so more of them are shown."""
    rows = people.organisations(typed)[:MOST_ORGANISATIONS]
    hits = [Hit(one.called, one.get_absolute_url(), one.hromada.label) for one in rows]
    return Group(_("Організації"), hits)

"""The records behind a figure, one row each: what everybody may know of them, or what the office knows. They add up to it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from viche.awards.queries import describing as awards
from viche.calls.queries import describing as calls
from viche.events.queries import describing as events
from viche.facts.models import Fact
from viche.facts.queries import figures, people
from viche.facts.queries.describing import Described
from viche.facts.queries.figures import Asked, Part
from viche.methods import ledger
from viche.places.models import Hromada, Oblast
from viche.programmes.models import Programme
from viche.programmes.queries import describing as participants
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board, sources, splits
from viche.results.queries import describing as values

CHUNK = 500
KEY_DIGITS = 18
OWN = "own."
WHAT: dict[str, str | Promise] = {
    "participant": _("учасник програми"),
    "application": _("заявка"),
    "decision": _("рішення комісії"),
    "award": _("підтримка"),
    "tranche": _("транш"),
    "event": _("захід"),
    "value": _("поданий показник"),
}
UNITS = {
    "participants": _("організацій"),
    "applications": _("заявок"),
    "supported": _("заявок"),
    "awards": _("угод"),
    "closed": _("проєктів"),
    "events": _("заходів"),
    "questions": _("запитань"),
    "ideas": _("ідей"),
    "mentions": _("згадок"),
}
"""In what a list of a measure counts that no indicator gives a unit of its own."""
# Applications are named by their calls alone, decisions on them not at all: who may read which is asked of each in its own office.
DESCRIBED: dict[str, Callable[[Collection[int]], dict[int, Described]]] = {
    "participant": participants.described,
    "application": calls.described,
    "award": awards.awards,
    "tranche": awards.tranches,
    "event": events.described,
    "value": values.described,
}
UNKNOWN = Described()


@dataclass(frozen=True)
class Listed:
    """What a list of records is of: an indicator, or a measure of the ledger as it stands."""

    name: str
    unit: str
    part: Part
    how: How = How.SUM
    indicator: Indicator | None = None

    @property
    def code(self) -> str:
        """Under which code the list is found: the indicator's, else the measure's."""
        return self.indicator.code if self.indicator else self.part[0]

    @property
    def currency(self) -> str:
        """The currency, where it is money."""
        return sources.currency_of(self.part[0])

    def months(self, asked: Asked) -> Asked:
        """In which months its records are looked for: of what stays until it changes, from the beginning to the end of those asked for."""
        return board.levelled(self.part[0], asked)


@dataclass(frozen=True)
class Row:
    """One record: what it is, when and where, and what it adds."""

    on: date
    kind: str
    record: int
    described: Described
    oblast: Oblast | None
    hromada: Hromada | None
    value: Decimal | None
    """None where the people are too few to be told to everybody."""
    is_part: bool
    is_office: bool

    @property
    def what(self) -> str:
        """The kind of record in a word."""
        return str(WHAT.get(self.kind, self.kind))

    @property
    def address(self) -> str:
        """Where the reader opens it."""
        return self.described.office_address if self.is_office else self.described.address

    @property
    def evidence(self) -> int:
        """How many pieces of evidence the reader finds there."""
        return self.described.office_evidence if self.is_office else self.described.evidence

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """By what it is proved, in words, each with where the reader finds it."""
        told = self.described
        photographs = told.office_photographs if self.is_office else told.photographs
        found, others = [], self.evidence - photographs
        if self.kind == "event" and others:
            found.append((str(_("звіт")), self.address))
        elif others:
            said = ngettext("%(n)s підтвердження", "%(n)s підтверджень", others)
            found.append((said % {"n": others}, self.address))
        elif self.kind == "value":
            found.append((str(_("підтвердила команда")), self.address))
        if photographs:
            said = ngettext("%(n)s світлина", "%(n)s світлин", photographs)
            found.append((said % {"n": photographs}, self.address if self.is_office else told.photographs_address))
        return found


def of_indicator(one: Indicator, split: str = "") -> Listed | None:
    """The list behind an indicator, or behind a part of it; None where there is no such part. A ratio has no records of its own."""
    base = one.split
    if split and split != base and (one.how != How.SUM or not splits.is_part(one, split) or not _within(base, split)):
        return None
    return part_of(one, split or base)


def _within(base: str, split: str) -> bool:
    """Whether a part is one of what the indicator itself counts: of women there are no men."""
    named = ledger.parts(split)
    return all(named.get(name) == code for name, code in ledger.parts(base).items())


def part_of(one: Indicator, split: str) -> Listed:
    """The list behind a part of an indicator that is known to be one."""
    return Listed(one.called, one.unit_called, (one.own_measure, split), How(one.how), one)


def of_measure(programme: Programme, code: str, split: str = "", *, is_office: bool) -> Listed | None:
    """The list behind a measure of the ledger; None where nobody offers it, or no such part. Money is asked for with its currency.

    One query where it is the own measure of an indicator that people report.
    """
    if code.startswith(OWN):
        return _of_own(programme, code.removeprefix(OWN), split, is_office=is_office)
    measure = sources.measure_of(code)
    currency = sources.currency_of(code)
    if measure is None or bool(currency) != (measure.unit == "money"):
        return None
    bare = Indicator(kind=IndicatorKind.COUNTED, measure=code, how=How.SUM)
    if split and not splits.is_part(bare, split):
        return None
    return Listed(str(measure.name), currency or str(UNITS.get(code, measure.unit.label)), (code, split))


def _of_own(programme: Programme, key: str, split: str, *, is_office: bool) -> Listed | None:
    if not (key.isascii() and key.isdecimal() and len(key) < KEY_DIGITS):
        return None
    found = board.of_programme(programme, is_office=is_office).filter(pk=int(key), kind=IndicatorKind.REPORTED).first()
    if found is None or (split and not splits.is_part(found, split)):
        return None
    return Listed(found.called, found.unit_called, (found.own_measure, split))


def behind(listed: Listed, asked: Asked) -> QuerySet[Fact]:
    """The facts of the list, the latest first."""
    return figures.behind(listed.months(asked), listed.part).select_related("hromada", "oblast")


def told(facts: Iterable[Fact], *, is_office: bool) -> list[Row]:
    """What the list says of these facts. Four queries at most."""
    facts = list(facts)
    by_kind: dict[str, list[int]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact.record)
    found = {kind: DESCRIBED[kind](keys) for kind, keys in by_kind.items() if kind in DESCRIBED}
    return [_row(fact, found.get(fact.kind, {}).get(fact.record, UNKNOWN), is_office=is_office) for fact in facts]


def everything(listed: Listed, asked: Asked, *, is_office: bool) -> Iterator[Row]:
    """The whole list for a file, five hundred rows at a time."""
    facts = behind(listed, asked).iterator(chunk_size=CHUNK)
    while portion := list(islice(facts, CHUNK)):
        yield from told(portion, is_office=is_office)


class Newcomers(NamedTuple):
    """How many people came in a month for the first time of those asked for; rows of months make up the different people."""

    month: date
    value: Decimal


def newcomers(listed: Listed, asked: Asked, *, is_office: bool) -> list[Newcomers]:
    """Months in which people came first. Everybody is told whole fives, each in the month that completes it. One query."""
    rows, seen = [], 0
    for month, number in people.first_seen(asked, listed.part[0]):
        before = board.people_told(seen, is_office=is_office)
        seen += number
        if value := board.people_told(seen, is_office=is_office) - before:
            rows.append(Newcomers(month, value))
    return rows


def places(listed: Listed, asked: Asked) -> QuerySet[Hromada] | QuerySet[Oblast]:
    """The hromadas or oblasts that a figure of places counts, by the alphabet. One query."""
    parts = [listed.part]
    if listed.how == How.OBLASTS:
        keys = [pk for pk, found in figures.by_oblast(listed.months(asked), parts).items() if found[listed.part].facts]
        return Oblast.objects.filter(pk__in=keys).order_by("sort_key", "pk")
    keys = reached(listed.months(asked), listed.part)
    return Hromada.objects.filter(pk__in=keys).select_related("oblast", "raion").order_by("sort_key", "pk")


def reached(asked: Asked, part: Part) -> list[int]:
    """The keys of the hromadas in which anything was counted. One query."""
    return [pk for pk, found in figures.by_hromada(asked, [part]).items() if found[part].facts]


def _row(fact: Fact, described: Described, *, is_office: bool) -> Row:
    number = fact.value if is_office else fact.shown
    value = None if number is None else board.scaled(fact.measure, number)
    what = {"is_part": bool(fact.split), "is_office": is_office}
    return Row(fact.on, fact.kind, fact.record, described, fact.oblast, fact.hromada, value, **what)

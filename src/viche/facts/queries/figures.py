"""Figures: sums of facts over a period of whole months, of everything or of a place, and the facts behind each.

Everything here is asked of one programme. What everybody may know stands beside what the office knows: `Figure.shown` and
`Figure.value`; who is told which is for the caller to say.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import Exact

from viche.facts.choices import Level
from viche.facts.models import Fact, Ledger, Total
from viche.facts.queries import together
from viche.facts.queries.together import Arm, Row
from viche.methods import ledger
from viche.places.models import Hromada

Part = tuple[str, str]
"""A measure and a part of it: ("heads", "sex:f"); the whole is ("heads", "")."""


class Figure(NamedTuple):
    """How many facts, what they add up to, what everybody may know of that, and how many facts are not told."""

    facts: int = 0
    value: int = 0
    shown: int = 0
    untold: int = 0


NOTHING = Figure()
EVER = (date(1991, 1, 1), date(2100, 12, 31))
"""All the time there is: one sum is kept of it."""
SUMS = {f"{name}_in": sum_of for name, sum_of in together.SUMS.items()}
"""The four numbers of a figure from sums that are kept."""
EACH = {f"{name}_in": sum_of for name, sum_of in together.ADDED.items()}
"""The same four numbers from facts themselves."""
_PARTS = {"measure": "measure", "split": "split"}
_kept = partial(Arm, numbers=together.SUMS)


@dataclass(frozen=True)
class Asked:
    """Which programme, which months (both ends belong to it), which place: an oblast, hromadas, or everything."""

    programme: int
    since: date
    until: date
    oblast: int | None = None
    hromadas: tuple[int, ...] | None = None

    def at(self, since: date, until: date) -> "Asked":
        """The same in other months."""
        return replace(self, since=since, until=until)

    @classmethod
    def ever(cls, programme: int) -> "Asked":
        """Everything that was ever counted in a programme."""
        return cls(programme, *EVER)

    @property
    def spans(self) -> list[str]:
        """What the sums of these months are kept under."""
        return [ledger.EVER] if self.is_ever else ledger.cover(self.since, self.until)

    @property
    def is_ever(self) -> bool:
        """Whether all the time there is."""
        return (self.since, self.until) == EVER


def in_raion(raion: int) -> tuple[int, ...]:
    """The hromadas of a raion, by their keys. One query."""
    return tuple(Hromada.objects.filter(raion=raion).order_by("pk").values_list("pk", flat=True))


def version(programme: int) -> int:
    """Grows with every write into the ledger of a programme; 0 where nothing was ever written. One query."""
    return Ledger.objects.filter(programme=programme).values_list("version", flat=True).first() or 0


def of(asked: Asked, parts: Iterable[Part]) -> dict[Part, Figure]:
    """What these measures and parts come to; nothing where nothing was counted. One query."""
    parts = tuple(dict.fromkeys(parts))
    kept = [part for part in parts if asked.hromadas is None or part[1] == ledger.WHOLE]
    rest = [part for part in parts if part not in kept]

    def arms() -> list[Arm]:
        found = [_kept(_at(asked).filter(span__in=asked.spans).filter(_any(kept)), **_PARTS)] if kept else []
        for measure in sorted({part[0] for part in rest}):  # each measure has parts of its own
            of_it = _any(part for part in rest if part[0] == measure)
            found.append(Arm(facts(asked).filter(of_it), together.ADDED, **_PARTS))
        return found

    return together.ask(("of", asked, parts), arms, lambda rows: dict.fromkeys(parts, NOTHING) | _of_parts(rows, parts))


def splits(asked: Asked, measures: Collection[str]) -> dict[Part, Figure]:
    """These measures and every part of them that was counted. One query."""
    measures = tuple(sorted(measures))

    def arms() -> list[Arm]:
        if asked.hromadas is None:
            return [_kept(_at(asked).filter(span__in=asked.spans).filter(measure__in=measures), **_PARTS)]
        return [Arm(facts(asked).filter(measure__in=measures), together.ADDED, **_PARTS)]

    return together.ask(("splits", asked, measures), arms, _of_parts)


def by_span(asked: Asked, parts: Collection[Part], spans: Collection[str]) -> dict[tuple[Part, str], Figure]:
    """What came of measures and parts in each of these years, quarters or months, whatever months are asked for. One query.

    Of hromadas wholes alone.
    """
    parts, spans = tuple(parts), tuple(spans)

    def arms() -> list[Arm]:
        return [_kept(_at(asked).filter(_any(parts), span__in=spans), **_PARTS, span="span")]

    def read(rows: list[Row]) -> dict[tuple[Part, str], Figure]:
        found = {((row.measure, row.split), row.span): _figure(row) for row in rows}
        return {key: figure for key, figure in found.items() if key[0] in parts}

    return together.ask(("by_span", asked, parts, spans), arms, read)


def by_oblast(asked: Asked, parts: Collection[Part]) -> dict[int, dict[Part, Figure]]:
    """What came of measures and parts in each oblast, by its key. One query."""
    parts = tuple(parts)

    def arms() -> list[Arm]:
        if asked.hromadas is None:
            return [_kept(_of_level(asked, parts, Level.OBLAST), **_PARTS, place="place")]
        return [_placed_facts(asked, parts, "oblast")]  # sums of whole oblasts say nothing of their hromadas

    return together.ask(("by_oblast", asked, parts), arms, lambda rows: _by_place(rows, parts))


def by_hromada(asked: Asked, parts: Collection[Part]) -> dict[int, dict[Part, Figure]]:
    """What came of measures in each hromada, by its key; of parts of them only in one oblast or some hromadas. One query."""
    parts = tuple(parts)
    wholes = [part for part in parts if part[1] == ledger.WHOLE]
    rest = [part for part in parts if part[1] != ledger.WHOLE]

    def arms() -> list[Arm]:
        found = [_kept(_of_level(asked, wholes, Level.HROMADA), **_PARTS, place="place")] if wholes else []
        return [*found, _placed_facts(asked, rest, "hromada")] if rest else found

    return together.ask(("by_hromada", asked, parts), arms, lambda rows: _by_place(rows, parts))


def reached(asked: Asked, parts: Iterable[Part], level: Level) -> dict[Part, int]:
    """In how many oblasts or hromadas anything was counted, by measure and part. One query."""
    parts = tuple(dict.fromkeys(parts))
    place, is_kept = ("hromada", True) if level == Level.HROMADA else ("oblast", asked.hromadas is None)
    rest = [part for part in parts if not is_kept or (level == Level.HROMADA and part[1] != ledger.WHOLE)]
    kept = [part for part in parts if part not in rest]

    def arms() -> list[Arm]:
        each = together.counts("place", distinct=len(asked.spans) > 1)  # of one span there is one sum a place
        found = [Arm(_of_level(asked, kept, level), each, **_PARTS)] if kept else []
        return [*found, Arm(facts(asked).filter(_any(rest)), together.counts(place), **_PARTS)] if rest else found

    def read(rows: list[Row]) -> dict[Part, int]:
        found = {(row.measure, row.split): row.facts for row in rows}
        return {part: found.get(part, 0) for part in parts}

    return together.ask(("reached", asked, parts, level), arms, read)


def reached_by_span(asked: Asked, part: Part, spans: Collection[str], level: Level) -> dict[str, int]:
    """In how many places something was counted in each of these years, quarters or months. One query. Of hromadas wholes alone."""
    spans = tuple(spans)

    def arms() -> list[Arm]:
        rows = Total.objects.filter(_any([part]), programme=asked.programme, level=level, span__in=spans)
        return [Arm(rows.filter(_inside(asked, level)), together.counts("place", distinct=False), span="span")]

    return together.ask(
        ("reached_by_span", asked, part, spans, level), arms, lambda rows: {row.span: row.facts for row in rows}
    )


def hromadas_of_oblasts(asked: Asked, part: Part) -> dict[int, int]:
    """In how many hromadas of each oblast anything was counted. One query."""

    def arms() -> list[Arm]:
        if part[1] != ledger.WHOLE:
            rows = facts(asked).filter(_any([part]), hromada__isnull=False)
            return [Arm(rows, together.counts("hromada"), place="oblast")]
        keys = Total.objects.filter(_any([part]), programme=asked.programme, level=Level.HROMADA, span__in=asked.spans)
        return [Arm(Hromada.objects.filter(pk__in=keys.values("place")), together.counts("pk"), place="oblast")]

    return together.ask(("hromadas_of_oblasts", asked, part), arms, lambda rows: {row.place: row.facts for row in rows})


def by_day(asked: Asked, part: Part) -> dict[date, Figure]:
    """What came on each day, from the facts themselves: for a few hromadas. One query."""

    def arms() -> list[Arm]:
        return [Arm(facts(asked).filter(_any([part])), together.ADDED, day="on")]

    return together.ask(
        ("by_day", asked, part), arms, lambda rows: {date.fromisoformat(row.span): _figure(row) for row in rows}
    )


def oblasts_by_day(asked: Asked, part: Part) -> list[tuple[date, int]]:
    """On which days something was counted in which oblast, from the facts themselves: for a few hromadas. One query."""

    def arms() -> list[Arm]:
        rows = facts(asked).filter(_any([part]), oblast__isnull=False)
        return [Arm(rows, {"facts": Count("pk")}, day="on", place="oblast")]

    return together.ask(
        ("oblasts_by_day", asked, part), arms, lambda rows: [(date.fromisoformat(row.span), row.place) for row in rows]
    )


def facts(asked: Asked) -> QuerySet[Fact]:
    """The facts of these months and this place, of every measure and part, in no order."""
    rows = Fact.objects.all()
    if not asked.is_ever:
        rows = rows.filter(on__gte=ledger.month(asked.since), on__lt=ledger.after(ledger.month(asked.until), 1))
    if asked.hromadas is not None:
        return rows.filter(_beside_hromadas(asked.programme), hromada__in=asked.hromadas)
    rows = rows.filter(programme=asked.programme)
    return rows if asked.oblast is None else rows.filter(oblast=asked.oblast)


def _beside_hromadas(programme: int) -> Q:
    """The programme, said so that SQLite, which does not count before it chooses, takes the index of the few hromadas."""
    return Q(Exact(F("programme") + 0, programme)) if connection.vendor == "sqlite" else Q(programme=programme)


def behind(asked: Asked, part: Part) -> QuerySet[Fact]:
    """The facts that a figure adds up, the latest first."""
    measure, split = part
    return facts(asked).filter(measure=measure, split=split).order_by("-on", "-pk")


def _at(asked: Asked) -> QuerySet[Total]:
    """The sums of a place in every span."""
    rows = Total.objects.filter(programme=asked.programme)
    if asked.hromadas is not None:
        return rows.filter(level=Level.HROMADA, place__in=asked.hromadas)
    if asked.oblast is not None:
        return rows.filter(level=Level.OBLAST, place=asked.oblast)
    return rows.filter(level=Level.WHOLE, place=0)


def _inside(asked: Asked, level: Level) -> Q:
    """The places of a level that lie in the place asked for."""
    if asked.hromadas is not None:
        return Q(place__in=asked.hromadas)
    if asked.oblast is None:
        return Q()
    if level == Level.OBLAST:
        return Q(place=asked.oblast)
    return Q(place__in=Hromada.objects.filter(oblast=asked.oblast).values("pk"))


def _any(parts: Iterable[Part]) -> Q:
    """These measures and parts, and with them every other pair of the same words: two lists are looked up in an index, a list of pairs is not."""
    parts = list(parts)
    return Q(measure__in={measure for measure, _split in parts}, split__in={split for _measure, split in parts})


def _figure(row: Row) -> Figure:
    return Figure(row.facts, row.value, row.shown, row.untold)


def _of_parts(rows: Iterable[Row], parts: Collection[Part] | None = None) -> dict[Part, Figure]:
    found = {(row.measure, row.split): _figure(row) for row in rows}
    return found if parts is None else {part: figure for part, figure in found.items() if part in parts}


def _by_place(rows: Iterable[Row], parts: Collection[Part]) -> dict[int, dict[Part, Figure]]:
    found: dict[int, dict[Part, Figure]] = {}
    for row in rows:
        if (row.measure, row.split) in parts:
            found.setdefault(row.place, {})[row.measure, row.split] = _figure(row)
    return found


def _of_level(asked: Asked, parts: Collection[Part], level: Level) -> QuerySet[Total]:
    rows = Total.objects.filter(programme=asked.programme, level=level, span__in=asked.spans)
    return rows.filter(_any(parts)).filter(_inside(asked, level))


def _placed_facts(asked: Asked, parts: Collection[Part], place: str) -> Arm:
    rows = facts(asked).filter(_any(parts), **{f"{place}__isnull": False})
    return Arm(rows, together.ADDED, **_PARTS, place=place)

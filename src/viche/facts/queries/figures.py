"""Figures: sums of facts over a period of whole months, of everything or of a place, and the facts behind each.

Everything here is asked of one programme. What everybody may know stands beside what the office knows: `Figure.shown` and
`Figure.value`; who is told which is for the caller to say.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from viche.facts.choices import Level
from viche.facts.models import Fact, Ledger, Total
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
"""All the time there is: whole years, so few sums."""
SUMS = {f"{name}_in": Sum(name) for name in Figure._fields}
"""The four numbers of a figure from sums that are kept."""
EACH = {
    "facts_in": Count("pk"),
    "value_in": Sum("value"),
    "shown_in": Coalesce(Sum("shown"), 0),
    "untold_in": Count("pk", filter=Q(shown__isnull=True)),
}
"""The same four numbers from facts themselves."""


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
        return ledger.cover(self.since, self.until)


def in_raion(raion: int) -> tuple[int, ...]:
    """The hromadas of a raion, by their keys. One query."""
    return tuple(Hromada.objects.filter(raion=raion).order_by("pk").values_list("pk", flat=True))


def version(programme: int) -> int:
    """Grows with every write into the ledger of a programme; 0 where nothing was ever written. One query."""
    return Ledger.objects.filter(programme=programme).values_list("version", flat=True).first() or 0


def of(asked: Asked, parts: Iterable[Part]) -> dict[Part, Figure]:
    """What these measures and parts come to; nothing where nothing was counted. One query, of hromadas' parts another."""
    parts = list(dict.fromkeys(parts))
    kept = [part for part in parts if asked.hromadas is None or part[1] == ledger.WHOLE]
    rest = [part for part in parts if part not in kept]
    found = _of_totals(asked, kept) | _of_facts(asked, rest)
    return {part: found.get(part, NOTHING) for part in parts}


def splits(asked: Asked, measures: Collection[str]) -> dict[Part, Figure]:
    """These measures and every part of them that was counted. One query."""
    if asked.hromadas is None:
        return _summed(_placed(asked).filter(measure__in=measures))
    return _added(facts(asked).filter(measure__in=measures))


def by_span(asked: Asked, parts: Collection[Part], spans: Collection[str]) -> dict[tuple[Part, str], Figure]:
    """What came of measures and parts in each of these years, quarters or months, whatever months are asked for. One query.

    Of hromadas wholes alone.
    """
    rows = _at(asked).filter(_any(parts), span__in=spans).values_list("measure", "split", "span")
    found = rows.annotate(**SUMS).order_by()
    figures = {((measure, split), span): Figure(*numbers) for measure, split, span, *numbers in found}
    return {key: figure for key, figure in figures.items() if key[0] in parts}


def by_oblast(asked: Asked, parts: Collection[Part]) -> dict[int, dict[Part, Figure]]:
    """What came of measures and parts in each oblast, by its key. One query."""
    if asked.hromadas is None:
        return _by_place(asked, parts, Level.OBLAST)
    return _in_facts(asked, parts, "oblast")  # sums of whole oblasts say nothing of their hromadas


def by_hromada(asked: Asked, parts: Collection[Part]) -> dict[int, dict[Part, Figure]]:
    """What came of measures in each hromada, by its key; of parts of them only in one oblast or some hromadas. Two queries at most."""
    wholes = [part for part in parts if part[1] == ledger.WHOLE]
    found = _by_place(asked, wholes, Level.HROMADA) if wholes else {}
    rest = [part for part in parts if part[1] != ledger.WHOLE]
    for hromada, figures in (_in_facts(asked, rest, "hromada") if rest else {}).items():
        found.setdefault(hromada, {}).update(figures)
    return found


def reached(asked: Asked, parts: Iterable[Part], level: Level) -> dict[Part, int]:
    """In how many oblasts or hromadas anything was counted, by measure and part. One query, of hromadas' parts another."""
    parts = list(dict.fromkeys(parts))
    place, is_kept = ("hromada", True) if level == Level.HROMADA else ("oblast", asked.hromadas is None)
    rest = [part for part in parts if not is_kept or (level == Level.HROMADA and part[1] != ledger.WHOLE)]
    found = dict.fromkeys(parts, 0)
    if kept := [part for part in parts if part not in rest]:
        rows = Total.objects.filter(_any(kept), programme=asked.programme, level=level, span__in=asked.spans)
        rows = rows.filter(_inside(asked, level)).values_list("measure", "split").order_by()
        found |= {(measure, split): n for measure, split, n in rows.annotate(n=Count("place", distinct=True))}
    if rest:
        rows = facts(asked).filter(_any(rest)).values_list("measure", "split").order_by()
        found |= {(measure, split): n for measure, split, n in rows.annotate(n=Count(place, distinct=True))}
    return {part: found[part] for part in parts}


def facts(asked: Asked) -> QuerySet[Fact]:
    """The facts of these months and this place, of every measure and part, in no order."""
    last = ledger.after(ledger.month(asked.until), 1)
    rows = Fact.objects.filter(on__gte=ledger.month(asked.since), on__lt=last)
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


def _placed(asked: Asked) -> QuerySet[Total]:
    return _at(asked).filter(span__in=asked.spans)


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


def _summed(rows: QuerySet[Total]) -> dict[Part, Figure]:
    found = rows.values_list("measure", "split").annotate(**SUMS).order_by()
    return {(measure, split): Figure(*numbers) for measure, split, *numbers in found}


def _added(rows: QuerySet[Fact]) -> dict[Part, Figure]:
    found = rows.values_list("measure", "split").annotate(**EACH).order_by()
    return {(measure, split): Figure(*numbers) for measure, split, *numbers in found}


def _of_totals(asked: Asked, parts: Collection[Part]) -> dict[Part, Figure]:
    return _summed(_placed(asked).filter(_any(parts))) if parts else {}


def _of_facts(asked: Asked, parts: Collection[Part]) -> dict[Part, Figure]:
    return _added(facts(asked).filter(_any(parts))) if parts else {}


def _in_facts(asked: Asked, parts: Collection[Part], place: str) -> dict[int, dict[Part, Figure]]:
    rows = facts(asked).filter(_any(parts), **{f"{place}__isnull": False}).values_list(place, "measure", "split")
    found: dict[int, dict[Part, Figure]] = {}
    for key, measure, split, *numbers in rows.annotate(**EACH).order_by():
        if (measure, split) in parts:
            found.setdefault(key, {})[measure, split] = Figure(*numbers)
    return found


def _by_place(asked: Asked, parts: Collection[Part], level: Level) -> dict[int, dict[Part, Figure]]:
    rows = Total.objects.filter(programme=asked.programme, level=level, span__in=asked.spans)
    rows = rows.filter(_any(parts)).filter(_inside(asked, level)).values_list("place", "measure", "split")
    found: dict[int, dict[Part, Figure]] = {}
    for place, measure, split, *numbers in rows.annotate(**SUMS).order_by():
        if (measure, split) in parts:
            found.setdefault(place, {})[measure, split] = Figure(*numbers)
    return found

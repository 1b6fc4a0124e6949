"""How many shown events each hromada has, read from what is kept (`Spread`), and whether that agrees with the events.

What is kept of the future holds for a moment, `since`, most often of last night. Between it and now few events end: they are read
one by one, so the answer is always exact.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import CharField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from viche.events.choices import SHOWN
from viche.events.models import Event, Spread
from viche.events.queries import finding
from viche.events.queries.joining import Joined
from viche.places.models import Hromada

PORTION = 200  # hromadas that are counted anew at once
NONE = (0, 0)
# What depends on the clock; all that is shown does not.
BY_NOW = {finding.COMING: F("ahead"), finding.PAST: F("shown") - F("ahead")}
HELD = ("programme_id", "campaign_id", "oblast_id", "hromada_id", "ends_at")
COLUMNS = ("programme", "campaign", "oblast", "hromada", "ends_at")

Key = tuple[int, int, int, int]
"""Campaign, programme, oblast, hromada; 0 for none. In this order rows are locked."""
Frame = tuple[int, int]
"""Campaign and programme of a row."""


class Told(NamedTuple):
    """What of an event is counted: where it stands and when it ends."""

    programme: int
    campaign: int
    oblast: int
    hromada: int
    ends: int
    """Seconds since 1970, a part of one for a whole: it ends after a whole second if this is more than that."""

    @property
    def keys(self) -> tuple[Key, Key, Key] | tuple[Key, Key]:
        """The rows in which it is counted, in the order in which they are locked."""
        place = (self.oblast, self.hromada)
        every = (0, 0, *place), (0, self.programme, *place)
        return (*every, (self.campaign, self.programme, *place)) if self.campaign else every


class Bundle(NamedTuple):
    """All rows of a frame that hold for the same moment, as one: their oblasts, hromadas and numbers, with commas between."""

    campaign: int
    programme: int
    since: int
    oblasts_text: str
    hromadas_text: str
    numbers_text: str

    @property
    def frame(self) -> Frame:
        """Whose rows these are."""
        return self.campaign, self.programme

    @property
    def oblasts(self) -> list[int]:
        """Their oblasts, in the order of the rows."""
        return list(map(int, self.oblasts_text.split(",")))

    @property
    def hromadas(self) -> list[int]:
        """Their hromadas, in the same order."""
        return list(map(int, self.hromadas_text.split(",")))

    @property
    def numbers(self) -> list[int]:
        """How many events each has."""
        return list(map(int, self.numbers_text.split(",")))


class Difference(NamedTuple):
    """The first row that does not agree: its key, and how many are shown and ahead as kept and as counted."""

    of: Key
    kept: tuple[int, int]
    counted: tuple[int, int]


class Verdict(NamedTuple):
    """How many rows were compared, and the first difference, if there is one."""

    rows: int
    difference: Difference | None = None


def told(programme: int, campaign: int | None, oblast: int | None, hromada: int | None, ends_at: datetime) -> Told:
    """What is counted of an event of these columns."""
    return Told(programme, campaign or 0, oblast or 0, hromada or 0, math.ceil(ends_at.timestamp()))


def of_event(pk: int | None) -> Told | None:
    """What is counted of an event as it stands in its row; None of one that nobody is shown."""
    row = Event.objects.filter(pk=pk, state__in=SHOWN).values_list(*COLUMNS).first()
    return told(*row) if row else None


def of_shown(event: Event) -> Told | None:
    """The same of an event at hand, as it is about to stand in its row."""
    return told(*(getattr(event, name) for name in HELD)) if event.is_shown else None


def answers(asked: finding.Asked) -> bool:
    """Whether what is kept answers this: nothing is asked but the time as such, the place, the programme and the campaign."""
    plain = finding.Asked(
        when=asked.when,
        oblast=asked.oblast,
        hromadas=asked.hromadas,
        programme=asked.programme,
        campaign=asked.campaign,
        private=asked.private,
    )
    return asked == plain and asked.when != finding.NEXT


def by_hromada(asked: finding.Asked, *, at: datetime) -> dict[int | None, int]:
    """How many of the events asked for each hromada has, by its key; None for those that are in none."""
    return counted(asked, at=at) if answers(asked) else _from_events(asked, at)


def _from_events(asked: finding.Asked, at: datetime) -> dict[int | None, int]:
    """SQLite counts hromada by hromada from an index, where nothing but days is asked for: PostgreSQL is slower so."""
    found = finding.chosen(asked, at=at).order_by()
    only_time = finding.Asked(when=asked.when, since=asked.since, until=asked.until, private=asked.private)
    if connection.vendor != "sqlite" or asked != only_time:
        rows = found.annotate(where=F("hromada") + 0).values_list("where")
        return dict(rows.annotate(Count("pk")))
    there = found.filter(hromada=OuterRef("pk")).values("hromada").annotate(n=Count("pk")).values("n")
    counts = dict(Hromada.objects.order_by().annotate(n=Subquery(there)).values_list("pk", "n"))
    elsewhere = found.filter(hromada__isnull=True).count()
    return {pk: count for pk, count in [*counts.items(), (None, elsewhere)] if count}


def counted(asked: finding.Asked, *, at: datetime) -> dict[int | None, int]:
    """The same, read from what is kept. Two queries at most."""
    signs = _frames(asked)
    if not signs:
        return {}
    bundles = _bundles(asked, signs)
    found: Counter[int] = Counter()
    for bundle in bundles:
        sign = signs.get(bundle.frame, 1)
        for hromada, number in zip(bundle.hromadas, bundle.numbers, strict=True):
            found[hromada] += sign * number
    if bundles and asked.when in BY_NOW:
        _bring_up(found, bundles, signs, at, sign=1 if asked.when == finding.COMING else -1)
    wanted = None if asked.hromadas is None else set(asked.hromadas)
    return {pk or None: n for pk, n in found.items() if n and (wanted is None or pk in wanted)}


def _frames(asked: finding.Asked) -> dict[Frame, int]:
    """The frames whose rows are added (1) and taken away (-1); of a campaign every programme's rows are meant."""
    if asked.programme in asked.private:
        return {}
    if asked.campaign is not None:
        return {(asked.campaign, asked.programme or 0): 1}
    if asked.programme is not None:
        return {(0, asked.programme): 1}
    return {(0, 0): 1} | {(0, programme): -1 for programme in asked.private}


def _bundles(asked: finding.Asked, signs: dict[Frame, int]) -> list[Bundle]:
    rows = Spread.objects.filter(campaign=asked.campaign or 0)
    if asked.campaign is None:
        rows = rows.filter(programme__in=[programme for _campaign, programme in signs])
    else:
        rows = rows.exclude(programme__in=asked.private) if asked.private else rows
        rows = rows.filter(programme=asked.programme) if asked.programme is not None else rows
    if asked.oblast is not None:
        rows = rows.filter(oblast=asked.oblast)
    number = BY_NOW.get(asked.when, F("shown"))
    columns = {"a": F("oblast"), "b": F("hromada"), "c": number}
    texts = {name: Joined(Cast(column, CharField())) for name, column in columns.items()}
    found = rows.order_by().values_list("campaign", "programme", "since").annotate(**texts)
    return [Bundle(*row) for row in found]


def _bring_up(found: Counter[int], bundles: list[Bundle], signs: dict[Frame, int], at: datetime, *, sign: int) -> None:
    """Take away what has ended since a row's moment, and add what ends only after `at` where that moment is later."""
    now = math.floor(at.timestamp())
    moments = {bundle.since for bundle in bundles}
    # What ends within the second of `at` is looked at too: whether it is over, its moment says.
    over = ended(min(now, *moments), max(now + 1, *moments))
    since = _moments(bundles) if over else {}
    for one, ends_at in over:
        is_over = ends_at <= at
        for key in one.keys:
            if key in since and is_over != (one.ends <= since[key]):
                found[one.hromada] += (-sign if is_over else sign) * signs.get(key[:2], 1)


def _moments(bundles: Iterable[Bundle]) -> dict[Key, int]:
    """For which moment each row holds."""
    return {
        (*bundle.frame, oblast, hromada): bundle.since
        for bundle in bundles
        for oblast, hromada in zip(bundle.oblasts, bundle.hromadas, strict=True)
    }


def ended(first: int, last: int) -> list[tuple[Told, datetime]]:
    """The shown events that end after one moment and not after another, and when each does. One query."""
    begin, end = (datetime.fromtimestamp(moment, UTC) for moment in (first, last))
    rows = Event.objects.exclude(state__in=finding.HIDDEN).filter(ends_at__gt=begin, ends_at__lte=end)
    return [(told(*row), row[-1]) for row in rows.order_by().values_list(*COLUMNS)]


def shown_in(hromadas: Iterable[int]) -> list[Told]:
    """What is counted of every shown event in these hromadas; 0 for those in none. One query."""
    wanted = set(hromadas)
    inside = Q(hromada__in=wanted - {0})
    if 0 in wanted:
        inside |= Q(hromada=None)
    rows = Event.objects.filter(inside, state__in=SHOWN).order_by()
    return [told(*row) for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000)]


def sums(events: Iterable[Told], since: dict[Key, int], otherwise: int) -> dict[Key, tuple[int, int]]:
    """How many of these events each row has, and how many are ahead of the row's moment."""
    shown: Counter[Key] = Counter()
    ahead: Counter[Key] = Counter()
    for one in events:
        for key in one.keys:
            shown[key] += 1
            ahead[key] += one.ends > since.get(key, otherwise)
    return {key: (number, ahead[key]) for key, number in shown.items()}


def portions() -> Iterator[list[int]]:
    """The keys of all hromadas of which something is kept or ought to be, in portions; 0 for none."""
    there = set(Spread.objects.order_by().values_list("hromada", flat=True).distinct())
    there |= {pk or 0 for pk in Event.objects.order_by().values_list("hromada", flat=True).distinct()}
    every = sorted(there)
    for first in range(0, len(every), PORTION):
        yield every[first : first + PORTION]


def compare() -> Verdict:
    """Count everything anew and compare; stops at the first difference. What differs is looked at once more: people may be writing."""
    rows = 0
    for hromadas in portions():
        number, difference = _unlike(hromadas)
        rows += number
        if difference and (difference := _unlike([difference.of[3]])[1]):
            return Verdict(rows, difference)
    return Verdict(rows)


def _unlike(hromadas: Collection[int]) -> tuple[int, Difference | None]:
    """How many rows these hromadas have, and the first that does not agree."""
    kept: dict[Key, tuple[int, int]] = {}
    since: dict[Key, int] = {}
    rows = Spread.objects.filter(hromada__in=hromadas).order_by()
    for shown, ahead, moment, *key in rows.values_list("shown", "ahead", "since", *Spread.KEY):
        kept[_key(key)], since[_key(key)] = (shown, ahead), moment
    ought = sums(shown_in(hromadas), since, 0)
    for key in sorted(kept.keys() | ought.keys()):
        pair = kept.get(key, NONE), ought.get(key, NONE)
        if pair[0] != pair[1]:
            return len(kept), Difference(key, *pair)
    return len(kept), None


def _key(columns: Iterable[int]) -> Key:
    campaign, programme, oblast, hromada = columns
    return campaign, programme, oblast, hromada

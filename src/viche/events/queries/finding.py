"""Events by what a visitor asks: coming or past, where, in which form, for whom.

Goals, access, languages, format and "on line" are asked of `Mark`, whose index is in the order of the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from viche.events.choices import SHOWN, Entry, Mode, State
from viche.events.models import Campaign, Event, Mark, asking
from viche.events.queries import marking
from viche.events.queries.events import TOLD_WITH
from viche.methods import deadlines
from viche.people.models import Organisation
from viche.programmes.models import Programme
from viche.ui.wording import spoken

# What is not shown, named so that a database reads the index of time and not that of states, see `_conditions`.
HIDDEN = tuple(state for state in State if state not in SHOWN)
# No event lasts longer: so far back begins what may still go on.
LONGEST = timedelta(days=31)
COMING, PAST, ALL = "", "past", "all"
NEXT = "next"  # what is coming without what goes on already
NOT_ON = tuple(state for state in State if state != State.PUBLISHED)
MOST = 500  # rows of a list that pages go through; who looks for more names a day or a place


class Framing(NamedTuple):
    """A programme or a campaign as the search offers it."""

    pk: int
    code: str
    name: str
    name_en: str

    called = spoken("name")


@dataclass(frozen=True)
class Frames:
    """Programmes and campaigns by which events are found, and what is not for everybody. Two queries."""

    programmes: list["Framing"]
    campaigns: list["Framing"]
    private: list[int]
    """Keys of programmes that only their people see."""


@dataclass(frozen=True)
class Asked:
    """What is asked for; an empty part asks nothing. Days are Kyiv's."""

    q: str = ""
    when: str = COMING
    since: date | None = None
    until: date | None = None
    oblast: int | None = None
    hromadas: tuple[int, ...] | None = None
    """Keys of hromadas; none of them is not the same as not asked."""
    events: tuple[int, ...] | None = None
    """Keys of the only events that are looked at, as the map names them."""
    marks: tuple[str, ...] = ()
    in_person: bool = False
    programme: int | None = None
    campaign: int | None = None
    organisation: int | None = None
    free: bool = False
    private: list[int] = field(default_factory=list)

    @property
    def is_placed(self) -> bool:
        """Whether a place, a campaign or an organisation is asked for: its own index is the narrowest."""
        return any(
            part is not None for part in (self.oblast, self.hromadas, self.events, self.campaign, self.organisation)
        )


def frames() -> Frames:
    """Programmes and campaigns that everybody may choose from, and the programmes that are not public."""
    every = list(Programme.objects.values_list("is_public", *Framing._fields))
    private = [pk for is_public, pk, *_named in every if not is_public]
    campaigns = Campaign.objects.filter(is_public=True).exclude(programme__in=private)
    return Frames(
        [Framing(*row) for is_public, *row in every if is_public],
        [Framing(*row) for row in campaigns.values_list(*Framing._fields)],
        private,
    )


def chosen(asked: Asked, *, at: datetime) -> QuerySet[Event]:
    """The events asked for, in no order yet, read from the index of time or of a place, or by a rare word."""
    rare = _rare(asked, at) if asked.events is None else None
    return _read(asked, at) if rare is None else _among(rare.values("event"), asked, at)


def _read(asked: Asked, at: datetime) -> QuerySet[Event]:
    found = Event.objects.filter(_conditions(asked, at))
    return _with_marks(found if asked.events is None else found.filter(pk__in=asked.events), asked.marks, "pk")


def ordered(found: QuerySet[Event], *, past: bool = False) -> QuerySet[Event]:
    """What is coming by its day, what is past with the latest first; with all that a row tells."""
    order = ("-starts_at", "-pk") if past else ("starts_at", "pk")
    return found.select_related(*TOLD_WITH).order_by(*order)


def keys(asked: Asked, *, at: datetime, most: int = MOST) -> list[int]:
    """The keys of the events asked for in the order of the list, one more than `most` where there are more.

    So a list of a hundred thousand is neither counted nor sorted whole. Of what is coming, the few that go on already are
    read apart, from the index of time alone; the others are then read from this moment on.
    """
    if asked.when != COMING or asked.since or asked.until:
        return _keys(asked, at, most)
    going = Event.objects.filter(_conditions(asked, at, plainly=True), starts_at__lt=at)
    first = _by_time(_with_marks(going, asked.marks, "pk"), "", most)
    return [*first, *_keys(replace(asked, when=NEXT), at, most)][: most + 1]


def _keys(asked: Asked, at: datetime, most: int) -> list[int]:
    """A rare word names its events; else, where a mark is the narrowest thing asked for, its index is read, in its order."""
    sign = "-" if asked.when == PAST and not (asked.since or asked.until) else ""
    if asked.events is None and (rare := _rare(asked, at)) is not None:
        return _by_time(_among(rare.values("event"), asked, at), sign, most)
    if not asked.marks or asked.is_placed or asked.q:
        return _by_time(_read(asked, at), sign, most)
    marks = _marked(asked, at)
    return list(marks.order_by(f"{sign}starts_at", f"{sign}event_id").values_list("event_id", flat=True)[: most + 1])


def _rare(asked: Asked, at: datetime) -> QuerySet[Mark] | None:
    """Marks that all events have which have the words; None where no word is asked for, or all are common."""
    begins, before = _begins(asked, at)
    return marking.rarest(asked.q, begins=begins, before=before) if asked.q else None


def beginning(asked: Asked, first: datetime, before: datetime) -> QuerySet[Any]:
    """What of the events asked for begins from a moment on and before another: rows with `starts_at` and `key`."""
    asked = replace(asked, when=ALL, since=None, until=None)
    inside = Q(starts_at__gte=first, starts_at__lt=before)
    if asked.marks and not asked.is_placed and not asked.q:
        return _marked(asked, first).filter(inside).annotate(key=F("event_id"))
    return chosen(asked, at=first).filter(inside).annotate(key=F("pk"))


def _among(pks: QuerySet[Any], asked: Asked, at: datetime) -> QuerySet[Event]:
    """Of the events of these keys those asked for: read by the keys, whatever other index there is."""
    found = Event.objects.filter(_conditions(asked, at, plainly=True), pk__in=pks)
    return _with_marks(found, asked.marks, "pk")


def _marked(asked: Asked, at: datetime) -> QuerySet[Mark]:
    """The first of the marks asked for, of the events asked for."""
    first, *others = asked.marks
    return _with_marks(Mark.objects.filter(_conditions(asked, at, "event__"), word=first), others, "event")


def _with_marks(found: QuerySet[Any], marks: Iterable[str], event: str) -> QuerySet[Any]:
    for mark in marks:
        found = found.filter(Exists(Mark.objects.filter(event=OuterRef(event), word=mark)))
    return found


def _by_time(found: QuerySet[Event], sign: str, most: int) -> list[int]:
    return list(found.order_by(f"{sign}starts_at", f"{sign}pk").values_list("pk", flat=True)[: most + 1])


def by_keys(wanted: list[int]) -> list[Event]:
    """The events of these keys, in their order, with all that is told."""
    rows = Event.objects.filter(pk__in=wanted).order_by().select_related(*TOLD_WITH)
    found = {event.pk: event for event in rows}
    return [found[pk] for pk in wanted if pk in found]


def _conditions(asked: Asked, at: datetime, to: str = "", *, plainly: bool = False) -> Q:
    """What is asked of the event itself; `to` leads from a mark to its event, whose start the mark has too.

    `plainly`: the index to read is known, by key or by time, so nothing is asked in a way that leads to another.
    """
    wanted = _in_time(asked, at, to) & ~Q(**{f"{to}state__in": HIDDEN})
    if asked.is_placed and not plainly:  # the same once more: indexes of a place have the state before the time
        wanted &= Q(**{f"{to}state__in": SHOWN})
    if asked.private:
        wanted &= ~Q(**{f"{to}programme__in": asked.private})
    wanted &= _placed(asked, to, plainly=plainly)
    if asked.in_person:
        wanted &= ~Q(**{f"{to}mode": Mode.ONLINE})
    if asked.programme is not None:  # a large programme is read in the order of time and not sorted
        wanted &= asking.beside(f"{to}programme", asked.programme)
    if asked.free:
        wanted &= _free(at, to)
    for word in marking.sought(asked.q):
        wanted &= Q(**{f"{to}haystack__contains": f" {word}"})
    return wanted


def _placed(asked: Asked, to: str, *, plainly: bool) -> Q:
    """Where, of which campaign and whose."""
    wanted = Q()
    plain = {"oblast": asked.oblast, "campaign": asked.campaign, "organisation": asked.organisation}
    for name, value in plain.items():
        if value is not None:
            wanted &= asking.beside(f"{to}{name}", value) if plainly else Q(**{f"{to}{name}": value})
    if asked.hromadas is not None:
        wanted &= asking.among(f"{to}hromada", asked.hromadas) if plainly else Q(**{f"{to}hromada__in": asked.hromadas})
    return wanted


def _in_time(asked: Asked, at: datetime, to: str) -> Q:
    """What is coming includes what goes on now; days that are asked for stand instead of "coming" and "past"."""
    begins, before = _begins(asked, at)
    wanted = Q(starts_at__gte=begins) if begins else Q(starts_at__isnull=False)
    if before:
        wanted &= Q(starts_at__lt=before)
    if asked.since:
        return wanted & Q(**{f"{to}ends_at__gt": midnight(asked.since)})
    if asked.until or asked.when in (ALL, NEXT):
        return wanted
    return wanted & Q(**{f"{to}ends_at__lte" if asked.when == PAST else f"{to}ends_at__gt": at})


def _begins(asked: Asked, at: datetime) -> tuple[datetime | None, datetime | None]:
    """From when on and before when the events asked for begin; None where nothing limits it."""
    if asked.since or asked.until:
        return (
            midnight(asked.since) - LONGEST if asked.since else None,
            midnight(asked.until + timedelta(days=1)) if asked.until else None,
        )
    if asked.when == PAST:
        return None, at
    if asked.when == ALL:
        return None, None
    return at if asked.when == NEXT else at - LONGEST, None


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Kyiv."""
    return datetime.combine(day, time(), deadlines.KYIV)


def _free(at: datetime, to: str) -> Q:
    """One may still come: no registration is asked, or there is a seat and the time to ask for it."""
    closes = f"{to}registration_closes_at"
    open_still = Q(**{f"{closes}__gt": at}) | Q(**{f"{closes}__isnull": True, "starts_at__gt": at})
    seats = Q(**{f"{to}capacity__isnull": True}) | Q(**{f"{to}seated__lt": F(f"{to}capacity")})
    free = Q(**{f"{to}entry": Entry.FREE, f"{to}ends_at__gt": at})
    # Not "published": the index of states would be read instead of the index of time.
    return ~Q(**{f"{to}state__in": NOT_ON}) & (free | Q(**{f"{to}entry": Entry.SEATS}) & open_still & seats)


def organisation_of(pk: int) -> Organisation | None:
    """The organisation whose events are asked for."""
    return Organisation.objects.filter(pk=pk).first()


def campaign(code: str) -> Campaign:
    """One campaign with its programme. Raises `Campaign.DoesNotExist`."""
    return Campaign.objects.select_related("programme").get(code=code)


def campaigns() -> QuerySet[Campaign]:
    """Every campaign that everybody may see, the latest first."""
    return Campaign.objects.filter(is_public=True, programme__is_public=True).select_related("programme")

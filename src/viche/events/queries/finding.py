"""Events by what a visitor asks: coming or past, where, in which form, for whom.

Goals, access, languages, format and "on line" are asked of `Mark`, whose index is in the order of the list.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from viche.events.choices import SHOWN, WORD_MARK, WORD_MARK_LENGTH, Entry, Mode, State
from viche.events.models import Campaign, Event, Mark
from viche.events.queries.events import TOLD_WITH
from viche.methods import deadlines, words
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes.models import Programme

# What is not shown, named so that a database reads the index of time and not that of states, see `_conditions`.
HIDDEN = tuple(state for state in State if state not in SHOWN)
# No event lasts longer: so far back begins what may still go on.
LONGEST = timedelta(days=31)
COMING, PAST, ALL = "", "past", "all"
SHARED = ("programme", "campaign", "organisation", "hromada", "oblast")
NEXT = "next"  # what is coming without what goes on already
MOST = 500  # rows of a list that pages go through; who looks for more names a day or a place
WORDS = 6  # of a search that are looked at
COMMON = 1500  # events that have a word: where there are more, reading in the order of time finds enough soon
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Frames:
    """Programmes and campaigns by which events are found, and what is not for everybody. Two queries."""

    programmes: list[Programme]
    campaigns: list[Campaign]
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
        return any(part is not None for part in (self.oblast, self.hromadas, self.campaign, self.organisation))


def frames() -> Frames:
    """Programmes and campaigns that everybody may choose from, and the programmes that are not public."""
    every = list(Programme.objects.all())
    private = [one.pk for one in every if not one.is_public]
    campaigns = list(Campaign.objects.filter(is_public=True).exclude(programme__in=private))
    return Frames([one for one in every if one.is_public], campaigns, private)


def chosen(asked: Asked, *, at: datetime) -> QuerySet[Event]:
    """The events asked for, in no order yet, read from the index of time or of a place."""
    found = Event.objects.filter(_conditions(asked, at))
    for mark in asked.marks:
        found = found.filter(Exists(Mark.objects.filter(event=OuterRef("pk"), word=mark)))
    if asked.q and (rare := _rare(asked.q)) is not None:
        found = found.filter(pk__in=rare)
    return found


def ordered(found: QuerySet[Event], *, past: bool = False) -> QuerySet[Event]:
    """What is coming by its day, what is past with the latest first; with all that a row tells."""
    order = ("-starts_at", "-pk") if past else ("starts_at", "pk")
    return found.select_related(*TOLD_WITH).order_by(*order)


def keys(asked: Asked, *, at: datetime) -> list[int]:
    """The keys of the events asked for in the order of the list, one more than `MOST` where there are more.

    So a list of a hundred thousand is neither counted nor sorted whole. Of what is coming, the few that go on already are
    read apart, from the index of time; the others are then read from this moment on.
    """
    if asked.when != COMING or asked.since or asked.until:
        return _keys(asked, at)
    going = Event.objects.filter(starts_at__gte=at - LONGEST, starts_at__lt=at, ends_at__gt=at)
    pks = list(going.order_by().values_list("pk", flat=True))
    first = _by_time(chosen(replace(asked, when=ALL), at=at).filter(pk__in=pks), "") if pks else []
    return [*first, *_keys(replace(asked, when=NEXT), at)][: MOST + 1]


def _keys(asked: Asked, at: datetime) -> list[int]:
    """Where a mark is the narrowest thing asked for, its own index is read: it lies in the order of the list."""
    sign = "-" if asked.when == PAST and not (asked.since or asked.until) else ""
    if not asked.marks or asked.is_placed or asked.q:
        return _by_time(chosen(asked, at=at), sign)
    first, *others = asked.marks
    marks = Mark.objects.filter(_conditions(asked, at, "event__"), word=first)
    for mark in others:
        marks = marks.filter(Exists(Mark.objects.filter(event=OuterRef("event"), word=mark)))
    return list(marks.order_by(f"{sign}starts_at", f"{sign}event_id").values_list("event_id", flat=True)[: MOST + 1])


def _by_time(found: QuerySet[Event], sign: str) -> list[int]:
    return list(found.order_by(f"{sign}starts_at", f"{sign}pk").values_list("pk", flat=True)[: MOST + 1])


def by_keys(wanted: list[int], *, many: bool = False) -> list[Event]:
    """The events of these keys, in their order, with all that a row tells; of `many` events what they share is read once."""
    rows = Event.objects.filter(pk__in=wanted)
    rows = rows.prefetch_related(*SHARED) if many else rows.select_related(*TOLD_WITH)
    found = {event.pk: event for event in rows}
    return [found[pk] for pk in wanted if pk in found]


def stamps(wanted: list[int]) -> dict[int, tuple[str, ...]]:
    """Of each event, in the order of the keys, all that changes when its public text does."""
    told = Cast("changed_at", CharField())
    rows = (
        Event.objects.filter(pk__in=wanted)
        .annotate(told=told)
        .values_list(
            "pk",
            "told",
            "sequence",
            "state",
            "organisation__name",
            "organisation__name_en",
            "hromada__name",
            "oblast__name",
        )
    )
    found = {pk: tuple(map(str, stamp)) for pk, *stamp in rows}
    return {pk: found[pk] for pk in wanted if pk in found}


def changed_at(wanted: list[int]) -> datetime | None:
    """When the last of these events was changed."""
    return Event.objects.filter(pk__in=wanted).aggregate(last=Max("changed_at"))["last"]


def _conditions(asked: Asked, at: datetime, to: str = "") -> Q:
    """What is asked of the event itself; `to` leads from a mark to its event, whose start the mark has too."""
    wanted = _in_time(asked, at, to) & ~Q(**{f"{to}state__in": HIDDEN})
    if asked.is_placed:  # the same once more: indexes of a place have the state before the time
        wanted &= Q(**{f"{to}state__in": SHOWN})
    if asked.private:
        wanted &= ~Q(**{f"{to}programme__in": asked.private})
    plain = {"oblast": asked.oblast, "campaign": asked.campaign, "organisation": asked.organisation}
    wanted &= Q(**{f"{to}{name}": value for name, value in plain.items() if value is not None})
    if asked.hromadas is not None:
        wanted &= Q(**{f"{to}hromada__in": asked.hromadas})
    if asked.in_person:
        wanted &= ~Q(**{f"{to}mode": Mode.ONLINE})
    if asked.programme is not None:
        # An addition, so that a large programme is read in the order of time and not sorted.
        wanted &= Exact(F(f"{to}programme") + 0, asked.programme)
    if asked.free:
        wanted &= _free(at, to)
    for word in _words(asked.q):
        wanted &= Q(**{f"{to}haystack__contains": f" {word}"})
    return wanted


def _in_time(asked: Asked, at: datetime, to: str) -> Q:
    """What is coming includes what goes on now; days that are asked for stand instead of "coming" and "past"."""
    if asked.since or asked.until:
        wanted = Q()
        if asked.since:
            begins = midnight(asked.since)
            wanted &= Q(starts_at__gte=begins - LONGEST, **{f"{to}ends_at__gt": begins})
        return wanted & Q(starts_at__lt=midnight(asked.until + timedelta(days=1))) if asked.until else wanted
    if asked.when == PAST:
        return Q(starts_at__lt=at, **{f"{to}ends_at__lte": at})
    if asked.when == NEXT:
        return Q(starts_at__gte=at)
    if asked.when == ALL:
        return Q(starts_at__isnull=False)
    return Q(starts_at__gte=at - LONGEST, **{f"{to}ends_at__gt": at})


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Kyiv."""
    return datetime.combine(day, time(), deadlines.KYIV)


def _free(at: datetime, to: str) -> Q:
    """One may still come: no registration is asked, or there is a seat and the time to ask for it."""
    closes = f"{to}registration_closes_at"
    open_still = Q(**{f"{closes}__gt": at}) | Q(**{f"{closes}__isnull": True, "starts_at__gt": at})
    seats = Q(**{f"{to}capacity__isnull": True}) | Q(**{f"{to}seated__lt": F(f"{to}capacity")})
    free = Q(**{f"{to}entry": Entry.FREE, f"{to}ends_at__gt": at})
    return Q(**{f"{to}state": State.PUBLISHED}) & (free | Q(**{f"{to}entry": Entry.SEATS}) & open_still & seats)


def _words(typed: str) -> list[str]:
    return [word[:WORD_MARK_LENGTH] for word in words.fold(typed).split()[:WORDS]]


def _rare(typed: str) -> list[int] | None:
    """The keys of the events that have the rarest of the words; None where each is so common that the list soon has enough."""
    best: list[int] | None = None
    for word in _words(typed):
        within = Mark.objects.filter(word__gte=f"{WORD_MARK}{word}", word__lt=f"{WORD_MARK}{word}{LAST}")
        found = list(within.values_list("event_id", flat=True)[: COMMON + 1])
        if not found and word.isascii():
            continue  # perhaps a Ukrainian word in Latin letters: the text has it, the marks do not
        if len(found) <= COMMON and (best is None or len(found) < len(best)):
            best = found
    return best


def organisation_of(pk: int) -> Organisation | None:
    """The organisation whose events are asked for."""
    return Organisation.objects.filter(pk=pk).first()


def of_hromada(hromada: Hromada, *, at: datetime, limit: int = 5) -> list[Event]:
    """What is coming in a hromada, for its page."""
    return list(ordered(chosen(Asked(hromadas=(hromada.pk,), private=_private()), at=at))[:limit])


def soonest(*, at: datetime, limit: int = 3) -> list[Event]:
    """What is coming next, for the home page."""
    return list(ordered(chosen(Asked(private=_private()), at=at))[:limit])


def _private() -> list[int]:
    return list(Programme.objects.filter(is_public=False).values_list("pk", flat=True))


def campaign(code: str) -> Campaign:
    """One campaign with its programme. Raises `Campaign.DoesNotExist`."""
    return Campaign.objects.select_related("programme").get(code=code)


def campaigns() -> QuerySet[Campaign]:
    """Every campaign that everybody may see, the latest first."""
    return Campaign.objects.filter(is_public=True, programme__is_public=True).select_related("programme")

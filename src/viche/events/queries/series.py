"""Campaigns and series as the office sees them: how many events each has, who came to a press club's meetings."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum

from viche.events.access import Reach
from viche.events.choices import State
from viche.events.models import Campaign, Event, Series
from viche.events.queries import standing
from viche.events.queries.desk import NEEDS, Now
from viche.events.queries.standing import Said
from viche.methods import words
from viche.people.models import Organisation
from viche.places import queries as places
from viche.places.models import Oblast
from viche.programmes.models import Programme

MOST_MEETINGS = 60


class Held(NamedTuple):
    """Of something that has events: how many are planned, how many were held, how many people came; drafts nobody reads yet."""

    planned: int = 0
    held: int = 0
    people: int = 0
    drafts: int = 0


class Came(NamedTuple):
    """How many people came to the meetings of a series, and to how many meetings they were counted."""

    people: int
    meetings: int

    @property
    def average(self) -> int | None:
        """People of a meeting; None where none was counted."""
        return round(self.people / self.meetings) if self.meetings else None


class Meeting(NamedTuple):
    """A meeting of a series and how it stands."""

    event: Event
    said: Said


def campaign(programme: str, code: str) -> Campaign:
    """One campaign of the programme. Raises `Campaign.DoesNotExist`."""
    return Campaign.objects.select_related("programme", "picture").get(code=code, programme__code=programme)


def campaign_with_picture(programme: str, code: str) -> Campaign:
    """One that has a picture. Raises `Campaign.DoesNotExist`."""
    having = Campaign.objects.filter(picture__isnull=False, picture__removed_at=None)
    return having.select_related("programme", "picture").get(code=code, programme__code=programme)


def listed(reach: Reach, *, q: str = "", kind: str = "", oblast: str = "") -> QuerySet[Series]:
    """The series within reach, narrowed as asked; `oblast` is a slug."""
    found = Series.objects.filter(programme=reach.programme).select_related("oblast", "organisation")
    if reach.oblasts is not None:
        found = found.filter(oblast__in=reach.oblasts)
    for word in words.fold(q).split():
        spelled = Q(organisation__haystack__contains=word)
        for spelling in {word, word.capitalize(), word.upper()}:
            spelled |= Q(name__contains=spelling)
        found = found.filter(spelled)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(oblast__slug=oblast) if oblast else found


def by_alphabet(found: Iterable[Series], *, falls: bool) -> list[Series]:
    """Series by their names as Ukrainian dictionaries stand; a programme has some hundreds at most."""
    return sorted(found, key=lambda one: (words.collation_key(one.name), one.pk), reverse=falls)


def one(programme: str, pk: int) -> Series:
    """One series of the programme. Raises `Series.DoesNotExist`."""
    found = Series.objects.select_related("programme", "oblast", "organisation__hromada")
    return found.get(pk=pk, programme__code=programme)


def named(programme: Programme, pk: int) -> Series | None:
    """One series of the programme, for its name; None where there is none."""
    return Series.objects.filter(programme=programme, pk=pk).first()


def held(of: str, keys: Iterable[int], reach: Reach, now: Now) -> dict[int, Held]:
    """Planned, held and people of several campaigns or series (`of`), by key. One query."""
    rows = (
        Event.objects.filter(reach.few_events, **{f"{of}__in": list(keys)})
        .order_by()
        .values_list(of)
        .annotate(
            planned=Count("pk", filter=NEEDS["planned"](now)),
            held=Count("pk", filter=NEEDS["held"](now)),
            people=Sum("heads"),
            drafts=Count("pk", filter=Q(state=State.DRAFT)),
        )
    )
    return {key: Held(planned, was, people or 0, drafts) for key, planned, was, people, drafts in rows}


def meetings(series: Series, reach: Reach, now: Now) -> list[Meeting]:
    """The latest meetings of a series, in their order. One query."""
    found = (
        Event.objects.filter(reach.few_events, series=series)
        .exclude(state=State.DRAFT)
        .select_related("report", "hromada__oblast")
    )
    latest = list(found.order_by(F("starts_at").desc(nulls_last=True), "-pk")[:MOST_MEETINGS])
    return [Meeting(event, standing.of(event, now)) for event in reversed(latest)]


def came(series: Series, reach: Reach) -> Came:
    """Who came to all its meetings, however many there are. One query."""
    found = Event.objects.filter(reach.few_events, series=series, heads__isnull=False)
    sums = found.aggregate(people=Sum("heads"), meetings=Count("pk"))
    return Came(sums["people"] or 0, sums["meetings"])


def members(series: Series) -> list[Organisation]:
    """Who belongs to the series, in the order of the alphabet."""
    return list(series.members.select_related("hromada__oblast"))


def oblasts_within(reach: Reach, every: Iterable[Oblast]) -> list[Oblast]:
    """Of all oblasts, those within reach."""
    return [oblast for oblast in every if reach.covers(oblast.pk)]


def oblasts_of_work(reach: Reach) -> QuerySet[Oblast]:
    """The oblasts in which the person may keep series."""
    every = places.oblasts()
    return every if reach.oblasts is None else every.filter(pk__in=reach.oblasts)

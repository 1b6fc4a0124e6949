"""What the hubs do: a year of meetings counted and reported, and the press clubs.

The year that is over does not depend on the day and is shipped; `season` adds what lies around today.
"""

import heapq
import uuid
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from viche.demo import guests, stage
from viche.demo.playing import draw
from viche.events.models import Campaign, Event, Series
from viche.events.operations import counting, drafts, policies, reporting
from viche.events.operations import series as clubs
from viche.methods.deadlines import KYIV
from viche.people.models import Organisation, User
from viche.places.models import Oblast
from viche.programmes import operations as programmes
from viche.programmes.models import Programme

BEGAN = datetime(2025, 9, 8, 9, 0, tzinfo=UTC)
FIRST_DAY = date(2025, 10, 6)
WEEKS = 38  # of meetings, to the end of June 2026
HUBS = 70
MEETINGS_OF_HUB = 4
MEETINGS_OF_CLUB = 2
AGES = ("child", "youth", "adult", "older", "x")
YOUNG = ("game", "quest", "brain_ring")
STEP, STEPS = 0.002, 12  # of the points of libraries: degrees between neighbours, and how many of them each way

Story = Generator[datetime, None, None]


def lay(programme: Programme) -> None:
    """Play the year that is over: seventy hubs, twenty-four press clubs, all reported and accepted."""
    officer = stage.player("officer")
    policies.set_rules(
        programme,
        trusts_participants=True,
        moderation_days=3,
        report_days=7,
        far_km=60,
        seats_days=180,
        by=officer,
        at=BEGAN,
    )
    hubs = [stage.library(hromada, number, BEGAN) for number, hromada in enumerate(stage.hromadas()[:HUBS], start=1)]
    for hub in hubs:
        programmes.admit(programme, hub, kind="hub", by=officer, at=BEGAN)
    clubs_of = [(club(programme, oblast, members), members[0]) for oblast, members in by_oblast(hubs).items()]
    year = [story for number, hub in enumerate(hubs) for story in year_of_hub(programme, hub, number)]
    year += [story for number, (one, host) in enumerate(clubs_of) for story in year_of_club(one, host, number)]
    in_order(year)


def in_order(stories: Iterable[Story]) -> None:
    """Play many stories at once, each step at its moment: the journal tells them as they would have happened."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        _moment, number, story = heapq.heappop(waiting)
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, story))


def year_of_hub(programme: Programme, hub: Organisation, number: int) -> Iterator[Story]:
    """The meetings of a hub, spread over the year."""
    for turn in range(MEETINGS_OF_HUB):
        week = (draw("week", number, sides=9) + turn * 9 + number) % WEEKS
        registered = guests.REGISTERED.get((number, turn), ())
        starts_at = moment(FIRST_DAY, week, number)
        yield held(programme, hub, chosen(number, turn), starts_at=starts_at, registered=registered)


def year_of_club(series: Series, host: Organisation, number: int) -> Iterator[Story]:
    """The meetings of a press club."""
    told = stage.texts("meetings")["club"]
    for turn in range(MEETINGS_OF_CLUB):
        topic = told["topics"][(number + turn) % len(told["topics"])]
        meeting = {**told, "format": "press_club", "title": told["title"].format(topic=topic)}
        starts_at = moment(FIRST_DAY, 6 + turn * 16 + number % 5, 100 + number)
        yield held(series.programme, host, meeting, starts_at=starts_at, series=series)


def chosen(number: int, turn: int) -> dict[str, str]:
    """The meeting that a hub holds at its turn: never the same twice."""
    meetings = stage.texts("meetings")["meetings"]
    return meetings[(number * 3 + turn * 7) % len(meetings)]


def moment(first: date, week: int, number: int) -> datetime:
    """A working day of the week and an hour of the day at which people come."""
    day = first + timedelta(days=7 * week + draw("day", number, week, sides=5))
    return datetime.combine(day, time(11 + draw("hour", number, week, sides=7)), KYIV)


def librarian(hub: Organisation) -> User:
    """Who works in the hub."""
    return hub.memberships.select_related("user").order_by("pk")[0].user


def by_oblast(hubs: Sequence[Organisation]) -> dict[Oblast, list[Organisation]]:
    """The hubs of each oblast, in the order in which they came."""
    found: dict[Oblast, list[Organisation]] = {}
    for hub in hubs:
        found.setdefault(hub.hromada.oblast, []).append(hub)
    return found


def club(programme: Programme, oblast: Oblast, members: Sequence[Organisation]) -> Series:
    """The press club of an oblast; it sits in the first library of it."""
    told, officer = stage.texts("meetings")["club"], stage.player("officer")
    programmes.admit(programme, members[0], kind="press_club", by=officer, at=BEGAN)
    return clubs.begin(
        programme,
        kind="press_club",
        name=told["name"].format(oblast=oblast.name),
        oblast=oblast,
        organisation=members[0],
        members=members,
        by=officer,
        at=BEGAN,
    )


def announced(
    programme: Programme,
    host: Organisation,
    told: Mapping[str, str],
    *,
    starts_at: datetime,
    at: datetime,
    campaign: Campaign | None = None,
    invited: Sequence[Organisation] = (),
    **more: Any,
) -> Event:
    """Write an event and submit it: of a hub it appears at once, anybody else's waits for an answer."""
    by, values = librarian(host), words(told, host, starts_at) | more
    event = drafts.begin(programme, campaign=campaign, organisation=host, by=by, at=at, values=values)
    if invited:
        event = drafts.save(event, values={"invited": invited}, unread={}, revision=0, by=by, at=at)
    return drafts.submit(event, by=by, at=at + timedelta(minutes=20))


def words(told: Mapping[str, str], host: Organisation, starts_at: datetime) -> dict[str, Any]:
    """What an organiser types."""
    texts, title = stage.texts("meetings"), told["title"].format(place=host.hromada.centre_name)
    spoken = draw(title, host.pk, sides=3)
    return {
        "title": title,
        "about": told["about"],
        "format": told["format"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "languages": ["uk"],
        "venue": texts["rooms"][spoken],
        "address": "вул. Бібліотечна, 1",
        "shelter": texts["shelters"][spoken],
        "access": ["step_free"] + (["transport"] if spoken else []),
        "partners": [texts["partners"][(host.pk + spoken) % len(texts["partners"])]],
        "speakers_women": 1 + spoken % 2,
        "speakers_men": 1,
        "groups": [{"group": "older", "how": "Запрошуємо через раду ветеранів, із двох сіл привозимо."}],
        "voices": ["council", "residents", "civil"],
        "goals": [11, 16],
        **point(host),
    }


def point(host: Organisation) -> dict[str, float]:
    """Where the invented library stands: within some three kilometres of the middle of its hromada."""
    north, east = (draw(host.name, side, sides=2 * STEPS + 1) - STEPS for side in ("north", "east"))
    return {
        "latitude": round(host.hromada.latitude + north * STEP, 5),
        "longitude": round(host.hromada.longitude + east * STEP, 5),
    }


def held(
    programme: Programme,
    host: Organisation,
    told: Mapping[str, str],
    *,
    starts_at: datetime,
    series: Series | None = None,
    registered: Sequence[int] = (),
) -> Story:
    """An event from its announcement to its accepted report; before each step comes the moment at which it happens."""
    by, at = librarian(host), starts_at - timedelta(days=12)
    yield at
    values = words(told, host, starts_at) | {"series": series} | ({"entry": "seats"} if registered else {})
    event = drafts.begin(programme, campaign=None, organisation=host, by=by, at=at, values=values)
    yield (at := at + timedelta(minutes=20))
    event = drafts.submit(event, by=by, at=at)
    yield from guests.come(event, registered, by=by)
    yield (at := event.ends_at + timedelta(minutes=10))
    cells = heads(event)
    groups = {"older": sum(number for cell, number in cells.items() if cell.endswith("older"))}
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"viche.demo/{event.code}")
    counting.tally(event, key=key, cells=cells, groups=groups, revision=1, counted_at=at, by=by, at=at)
    yield (at := at + timedelta(days=1 + draw(event.code, "late", sides=4)))
    told_of_it = {"happened": told["happened"], "questions": [told["question"]], "ideas": [told["idea"]]}
    counted = {"total": sum(cells.values()), "cells": cells, "groups": groups}
    values = {"media": [], "followups": [], **told_of_it, **counted}
    reporting.save(event, values=values, revision=0, by=by, at=at)
    report = reporting.submit(event, by=by, at=at)
    yield (at := at + timedelta(days=1))
    reporting.accept(report, revision=report.revision, remark="", by=stage.player("officer"), at=at)


def heads(event: Event) -> dict[str, int]:
    """How many came, by sex and age: more women than men, children where there is a game, some whom nobody asked."""
    children = 5 if event.format in YOUNG else 1
    weights = {"child": children, "youth": 3, "adult": 4, "older": 4, "x": 1}
    found = {}
    for sex, habit in (("f", 2), ("m", 1)):
        for age in AGES:
            number = draw(event.code, sex, age, sides=1 + weights[age] * habit)
            if number:
                found[f"{sex}:{age}"] = number
    found["f:adult"] = found.get("f:adult", 0) + 3
    return found


def participants(programme: Programme) -> Sequence[Any]:
    """The hubs, in the order in which they were admitted."""
    found = programme.participants.filter(kind="hub").select_related("organisation__hromada__oblast")
    return list(found.order_by("pk"))

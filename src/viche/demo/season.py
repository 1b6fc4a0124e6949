"""What lies around today in the hubs: a campaign that is near, meetings announced, reports late and waiting, guests.

Guests are called by what they are, never by a name; photographs are drawn.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from viche.demo import guests, pictures, stage
from viche.demo.meetings import BEGAN, announced, chosen, librarian, moment, participants
from viche.events.models import Campaign, Event, Registration
from viche.events.operations import campaigns, counting, moving, photos, registering, reporting, seat_letters, visits
from viche.events.operations.registering import Asked
from viche.methods.deadlines import KYIV
from viche.people.models import Organisation
from viche.programmes.models import Programme

RULES = {
    "speakers": {"share": 40, "blocks": False},
    "groups": {"least": 1, "blocks": True},
    "voices": {"least": 2, "blocks": False},
    "partners": {"least": 1, "blocks": False},
}
# Nothing of a room stays in what is held on line alone.
NOWHERE = {"venue": "", "address": "", "shelter": "", "latitude": None, "longitude": None}
ONLINE = {"mode": "online", "online_link": "https://meet.viche.example/week", "access": ["captions"], **NOWHERE}
LATE, WAITING, YESTERDAY = (
    -20,
    -4,
    -1,
)  # days from today of what was held: without a report, with one to be read, just now
GUESTS, SEATS, HALL = 12, 30, 8
CELLS = {"f:adult": 6, "f:older": 5, "m:adult": 3, "m:older": 2, "f:youth": 2, "m:x": 1}
GROUPS = {"older": 7, "displaced": 3}
MINUTE = timedelta(minutes=1)


def afternoon(today: date, days: int) -> datetime:
    """Three in the afternoon in Kyiv, so many days from today."""
    return datetime.combine(today + timedelta(days=days), time(15), KYIV)


def picture(title: str) -> SimpleUploadedFile:
    """A drawn photograph, as somebody would send it."""
    content = BytesIO()
    pictures.scene(title).save(content, "PNG")
    return SimpleUploadedFile("photo.png", content.getvalue(), content_type="image/png")


def open_season(programme: Programme, at: datetime) -> Campaign:
    """Announce, weeks before `at`, the campaign, and the meetings that will have been held by then."""
    today = at.astimezone(KYIV).date()
    campaign = week(programme, today, at - timedelta(days=46))
    hubs = [participant.organisation for participant in participants(programme)]
    for number, days in enumerate((YESTERDAY, LATE, WAITING)):
        written = at - timedelta(days=45) + timedelta(hours=number)
        announced(programme, hubs[number], chosen(number, 5), starts_at=afternoon(today, days), at=written)
    return campaign


def play(programme: Programme, campaign: Campaign, at: datetime) -> None:
    """Announce, during the day before `at`, what is coming; then let people register, report and take photographs."""
    hubs = [participant.organisation for participant in participants(programme)]
    today = at.astimezone(KYIV).date()
    moments = iter(at - timedelta(hours=20) + timedelta(minutes=24 * number) for number in range(46))
    coming = announce_meetings(programme, hubs[:18], today, moments)
    announce_week(campaign, hubs[18:42], moments)
    live(programme, hubs, coming, at)


def announce_meetings(
    programme: Programme, hubs: Sequence[Organisation], today: date, moments: Iterator[datetime]
) -> list[Event]:
    """The meetings of the hubs in the third week from now: with seats, with a place that is told to guests, by invitation."""
    special = {
        1: {"entry": "seats", "capacity": HALL},
        4: {"is_place_private": True},
        5: {"entry": "invited", "capacity": SEATS, "invited": hubs[1:4]},
    }
    made = []
    for number, hub in enumerate(hubs):
        starts_at = moment(today + timedelta(days=2), number % 5, 200 + number)
        more = special.get(number) or ({"entry": "seats", "capacity": SEATS} if number % 3 == 0 else {})
        made.append(announced(programme, hub, chosen(number, 9), starts_at=starts_at, at=next(moments), **more))
    put_off = {"starts_at": afternoon(today, 6), "entry": "seats", "capacity": SEATS}
    return [*made, announced(programme, hubs[6], chosen(6, 12), at=next(moments), **put_off)]


def announce_week(campaign: Campaign, hubs: Iterable[Organisation], moments: Iterator[datetime]) -> None:
    """The events of the campaign: of hubs, which appear at once, and of three councils, which wait for an answer."""
    for number, host in enumerate(hubs):
        starts_at = datetime.combine(campaign.starts_on + timedelta(days=number % 5), time(10 + number % 8), KYIV)
        more = ONLINE if number % 6 == 0 else {}
        told, at = chosen(number, 11), next(moments)
        announced(campaign.programme, host, told, starts_at=starts_at, at=at, campaign=campaign, **more)
    for number, hromada in enumerate(stage.hromadas()[:3], start=1):
        council = stage.council(hromada, number, BEGAN)
        starts_at = datetime.combine(campaign.starts_on + timedelta(days=number), time(14), KYIV)
        told, at = chosen(number, 13), next(moments)
        announced(campaign.programme, council, told, starts_at=starts_at, at=at, campaign=campaign)


def live(programme: Programme, hubs: Sequence[Organisation], coming: Sequence[Event], at: datetime) -> None:
    """Play the last hour before `at`: a report handed in, photographs, guests of three meetings, one of them put off."""
    moments = iter(at - 70 * MINUTE + number * MINUTE for number in range(70))
    report(held(programme, hubs[2], at), moments)
    photograph(held(programme, hubs[0], at), ("Подвір’я бібліотеки перед зустріччю",), moments)
    counted = Event.objects.filter(organisation=hubs[0], heads__isnull=False).order_by("starts_at").last()
    photograph(counted, ("Читальна зала", "Після розмови, надворі"), moments)
    *_meetings, put_off = coming
    for event, count in ((coming[0], GUESTS), (coming[1], HALL + 2), (coming[4], 3), (put_off, 4)):
        come(event, count, moments)
    delegation = {"organisation": hubs[2], "by": librarian(hubs[2])}
    guest(coming[5], Asked("Делегація бібліотеки", librarian(hubs[2]).email, people=4), next(moments), **delegation)
    visits.plan(coming[0], by=stage.player("consultant"), at=next(moments))
    why = stage.texts("meetings")["put_off"]
    moving.postpone(put_off, why="power", note=why, by=librarian(hubs[6]), at=next(moments))


def held(programme: Programme, hub: Organisation, at: datetime) -> Event:
    """The latest meeting that the hub has held."""
    return Event.objects.filter(programme=programme, organisation=hub, ends_at__lt=at).order_by("starts_at").last()


def report(event: Event, moments: Iterator[datetime]) -> None:
    """Count, take photographs and hand the report in: it waits to be read."""
    by, told = librarian(event.organisation), stage.texts("meetings")["waiting"]
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"viche.demo/{event.code}")
    kept = {"key": key, "cells": CELLS, "groups": GROUPS, "revision": 1}
    counting.tally(event, **kept, counted_at=event.ends_at, by=by, at=next(moments))
    photograph(event, ("Зала на початку", "За столом із картками"), moments)
    values = {"media": [], "followups": told["followups"], "questions": told["questions"], "ideas": told["ideas"]}
    values |= {"happened": told["happened"], "total": sum(CELLS.values()), "cells": CELLS, "groups": GROUPS}
    reporting.save(event, values=values, revision=0, by=by, at=next(moments))
    reporting.submit(event, by=by, at=next(moments))


def photograph(event: Event, captions: Iterable[str], moments: Iterator[datetime]) -> None:
    """Add drawn photographs that everybody may see."""
    for caption in captions:
        at = next(moments)
        shown = {
            "credit": "малюнок показової установки",
            "has_consent": True,
            "public_from": at.astimezone(KYIV).date(),
        }
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"viche.demo/{event.code}/{caption}")
        said = photos.Words(caption=caption, **shown)
        photos.add(event, key=key, upload=picture(caption), words=said, by=librarian(event.organisation), at=at)


def come(event: Event, count: int, moments: Iterator[datetime]) -> None:
    """Let so many guests register, each called by what they are; who comes too late for a seat stands in the queue."""
    for number in range(count):
        guest(event, guests.asked(number), next(moments))


def guest(
    event: Event, asked: Asked, at: datetime, *, by: object = AnonymousUser(), organisation: Organisation | None = None
) -> Registration:
    """Register somebody and send the letter with the seat."""
    kept = registering.register(event, asked=asked, by=by, organisation=organisation, clock=lambda: at)
    seat_letters.tell(kept.registration, at=at)
    return kept.registration


def week(programme: Programme, today: date, at: datetime) -> Campaign:
    """The campaign: a week that begins on the Monday after next."""
    told = stage.texts("meetings")["week"]
    starts_on = today + timedelta(days=14 - today.weekday())
    return campaigns.make(
        programme,
        code=f"{told['code']}-{starts_on:%y}",
        by=stage.player("officer"),
        at=at,
        picture=picture(told["name"]),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=4),
        hashtags=["OpenGovWeek", "ТижденьВідкритості"],
        goals=[16, 11],
        rules=RULES,
        contact_email="week@viche.example",
        is_public=True,
        **{name: told[name] for name in ("name", "name_en", "lead", "lead_en", "about", "about_en")},
    )

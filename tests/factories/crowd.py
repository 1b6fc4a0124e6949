"""A hundred thousand events for measuring: written straight into the tables, spread over two years and all oblasts."""

import random
from datetime import timedelta
from typing import NamedTuple

from django.db.models import F

from viche.events.choices import Access, Entry, Format, Mode, ReportState, State
from viche.events.models import Campaign, Event, Mark, Report, Series
from viche.events.operations import packing, publishing, spreading
from viche.methods import words
from viche.people.models import Membership, Organisation, User
from viche.places.models import Hromada, Oblast
from viche.programmes.models import Participant, Programme, Role

TITLES = ("Бюджет участі", "Розмова про школу", "Вода в громаді", "Години відкритих дверей", "Як читати бюджет")
BATCH = 5000
NOT_READ_FOR = timedelta(days=60)  # the longest that a report waits for its reader


def fill(size, *, at, seed=7):
    """So many events of one programme and one campaign around a moment; half of them are coming."""
    chance = random.Random(seed)  # noqa: S311 — nothing secret
    programme = Programme.objects.create(
        code="CROWD", name="Заходи", lead="…", starts_on=at.date(), ends_on=at.date(), is_public=True, created_at=at
    )
    Programme.objects.create(
        code="HIDDEN", name="Не для всіх", lead="…", starts_on=at.date(), ends_on=at.date(), created_at=at
    )
    campaign = Campaign.objects.create(
        programme=programme, code="WEEK", name="Тиждень", lead="…", starts_on=at.date(), ends_on=at.date(),
        is_public=True, created_at=at,
    )  # fmt: skip
    hromadas = list(Hromada.objects.filter(gone_at=None).select_related("oblast"))
    for place in hromadas:
        place.latitude, place.longitude = 46 + chance.random() * 5, 23 + chance.random() * 16
    Hromada.objects.bulk_update(hromadas, ["latitude", "longitude"], batch_size=BATCH)
    hosts = _hosts(hromadas, at)
    for begin in range(0, size, BATCH):
        rows = [
            _event(number, (programme, campaign), chance.choice(hosts), chance=chance, at=at)
            for number in range(begin, min(size, begin + BATCH))
        ]
        Event.objects.bulk_create(rows)
        Mark.objects.bulk_create(
            [Mark(event=row, word=word, starts_at=row.starts_at) for row in rows for word in publishing.marks(row)],
            batch_size=BATCH,
        )
        packing.write([row.pk for row in rows])
    spreading.mend(at=at)


def _hosts(hromadas, at):
    rows = [
        Organisation(
            name=f"Бібліотека громади {place.name}", kind="library", edrpou=f"{number:08d}", hromada=place,
            created_at=at, haystack=f" {words.haystack(place.name)}",
        )
        for number, place in enumerate(hromadas)
    ]  # fmt: skip
    return Organisation.objects.bulk_create(rows)


def _point(number, hromada):
    """Four of five events have a point of their own, within some seven kilometres of the hromada's."""
    if number % 5 == 0:
        return None, None
    north, east = number * 7919 % 1201 - 600, number * 6007 % 1301 - 650
    return hromada.latitude + north / 9000, hromada.longitude + east / 6500


def _event(number, frames, host, *, chance, at):
    programme, campaign = frames
    latitude, longitude = _point(number, host.hromada)
    starts = at + timedelta(minutes=chance.randrange(-525_600, 525_600))
    row = Event(
        programme=programme, organisation=host, hromada=host.hromada, oblast=host.hromada.oblast,
        campaign=campaign if number % 10 == 0 else None, code=f"CROWD-E26-{number:06d}",
        title=f"{chance.choice(TITLES)} {number}", about="Розкажемо, покажемо, вислухаємо. " * 20,
        format=chance.choice(Format.values), mode=chance.choice(Mode.values), starts_at=starts,
        ends_at=starts + timedelta(hours=2), languages=["uk"], venue="Читальна зала", address="вул. Шкільна, 1",
        latitude=latitude, longitude=longitude,
        state=State.CANCELLED if number % 50 == 0 else State.PUBLISHED, entry=chance.choice(Entry.values), capacity=40,
        seated=chance.randrange(41), access=chance.sample(Access.values, 2), goals=chance.sample(range(1, 18), 2),
        changed_at=at - timedelta(days=1), created_at=at - timedelta(days=9), is_place_private=number % 7 == 0,
    )  # fmt: skip
    row.haystack = publishing.haystack(row)
    return row


class Staff(NamedTuple):
    """Who opens the office of the crowd's events, and whose own events they are."""

    officer: User
    consultant: User
    organiser: User
    series: Series


def staff(*, at):
    """An office for the crowd: who works in it, who takes part, press clubs, a queue, reports; a host with many events."""
    programme = Programme.objects.get(code="CROWD")
    oblasts = list(Oblast.objects.filter(gone_at=None).order_by("pk"))
    hosts = list(Organisation.objects.filter(kind="library").order_by("pk")[:300])
    busy, people = hosts[0], [_person(name) for name in ("Офіцерка", "Консультантка", "Організаторка")]
    Role.objects.create(user=people[0], programme=programme, kind="officer", given_at=at)
    Role.objects.create(user=people[1], programme=programme, kind="consultant", oblast=busy.hromada.oblast, given_at=at)
    Membership.objects.create(user=people[2], organisation=busy, role="head", since=at)
    Participant.objects.bulk_create(
        [Participant(programme=programme, organisation=one, kind="hub", since=at.date()) for one in hosts]
    )
    clubs = Series.objects.bulk_create(
        [
            Series(programme=programme, kind="press_club", name=f"Пресклуб {one}", oblast=one, created_at=at)
            for one in oblasts
        ]
    )
    for club in clubs:
        _every(20, 3).filter(oblast=club.oblast).update(series=club)
    theirs = _every(100, 7)
    theirs.update(organisation=busy, hromada=busy.hromada, oblast=busy.hromada.oblast)
    waiting = _every(50, 9).filter(starts_at__gt=at)
    waiting_keys = list(waiting.values_list("pk", flat=True))
    Mark.objects.filter(event__in=waiting.values("pk")).delete()
    waiting.update(state=State.SUBMITTED, submitted_at=at, answer_due_on=at.date() - timedelta(days=1))
    packing.write([*theirs.values_list("pk", flat=True), *waiting_keys])
    spreading.mend(at=at)
    _reports(at)
    return Staff(*people, clubs[0])


def _every(step, rest):
    return Event.objects.annotate(at=F("pk") % step).filter(at=rest)


def _reports(at):
    """Of each ten events held six have an accepted report, three none; one waits to be read, if it is two months old at most."""
    held = Event.objects.filter(state=State.PUBLISHED, ends_at__lt=at).annotate(at=F("pk") % 10).filter(at__lt=7)
    states = {True: ReportState.ACCEPTED, False: ReportState.SUBMITTED}
    reports = [
        Report(
            event_id=pk, state=states[rest < 6], happened="…", total=30, begun_at=at, submitted_at=at,
            decided_at=at if rest < 6 else None,
        )
        for pk, rest, starts_at in held.values_list("pk", "at", "starts_at")
        if rest < 6 or starts_at > at - NOT_READ_FOR
    ]  # fmt: skip
    Report.objects.bulk_create(reports, batch_size=BATCH)
    held.filter(at__lt=6).update(heads=30)


def _person(name):
    return User.objects.create(email=f"crowd{User.objects.count()}@example.org", name=name)

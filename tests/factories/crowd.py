"""A hundred thousand events for measuring: written straight into the tables, spread over two years and all oblasts."""

import random
from datetime import timedelta

from viche.events.choices import Access, Entry, Format, Mode, State
from viche.events.models import Campaign, Event, Mark
from viche.events.operations import publishing
from viche.methods import words
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes.models import Programme

TITLES = ("Бюджет участі", "Розмова про школу", "Вода в громаді", "Години відкритих дверей", "Як читати бюджет")
BATCH = 5000


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


def _hosts(hromadas, at):
    rows = [
        Organisation(
            name=f"Бібліотека громади {place.name}", kind="library", edrpou=f"{number:08d}", hromada=place,
            created_at=at, haystack=f" {words.haystack(place.name)}",
        )
        for number, place in enumerate(hromadas)
    ]  # fmt: skip
    return Organisation.objects.bulk_create(rows)


def _event(number, frames, host, *, chance, at):
    programme, campaign = frames
    starts = at + timedelta(minutes=chance.randrange(-525_600, 525_600))
    row = Event(
        programme=programme, organisation=host, hromada=host.hromada, oblast=host.hromada.oblast,
        campaign=campaign if number % 10 == 0 else None, code=f"CROWD-E26-{number:06d}",
        title=f"{chance.choice(TITLES)} {number}", about="Розкажемо, покажемо, вислухаємо. " * 20,
        format=chance.choice(Format.values), mode=chance.choice(Mode.values), starts_at=starts,
        ends_at=starts + timedelta(hours=2), languages=["uk"], venue="Читальна зала", address="вул. Шкільна, 1",
        state=State.CANCELLED if number % 50 == 0 else State.PUBLISHED, entry=chance.choice(Entry.values), capacity=40,
        seated=chance.randrange(41), access=chance.sample(Access.values, 2), goals=chance.sample(range(1, 18), 2),
        changed_at=at - timedelta(days=1), created_at=at - timedelta(days=9), is_place_private=number % 7 == 0,
    )  # fmt: skip
    row.haystack = publishing.haystack(row)
    return row

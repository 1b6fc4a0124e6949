"""Events for tests, at every step of their way; the moments lie around 2024, as everywhere in the factories."""

import uuid
from datetime import UTC, datetime, timedelta

from tests.factories import files, people, places, programmes
from viche.events.choices import Entry, Format, Mode, State
from viche.events.models import Campaign, Event, Policy
from viche.events.operations import counting, photos, publishing, reporting

MOMENT = people.MOMENT
STARTS = datetime(2024, 5, 20, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
AFTER = ENDS + timedelta(hours=1)

WHOLE = {
    "title": "Як працює бюджет участі",
    "about": "Розкажемо, як подати проєкт і хто його відбирає.",
    "format": Format.SEMINAR,
    "mode": Mode.IN_PERSON,
    "starts_at": STARTS,
    "ends_at": ENDS,
    "languages": ["uk"],
    "venue": "Читальна зала",
    "address": "вул. Шкільна, 1",
    "access": ["step_free"],
    "shelter": "У підвалі бібліотеки",
    "partners": ["Громадська організація «Разом»"],
    "speakers_women": 2,
    "speakers_men": 1,
    "groups": [{"group": "older", "how": "Запросили через раду ветеранів, довеземо тих, хто живе далеко."}],
    "voices": ["council", "civil"],
    "goals": [11, 16],
    "hashtags": ["OpenGovWeek"],
}


def policy(programme, **changes):
    """The programme's rules for events."""
    return Policy.objects.update_or_create(programme=programme, defaults=changes)[0]


def campaign(programme=None, **changes):
    """A public campaign of a week in May 2024."""
    values = {
        "code": f"OGW{Campaign.objects.count() + 1}",
        "name": "Тиждень відкритого врядування",
        "lead": "Громади показують, як вирішують разом із людьми.",
        "starts_on": STARTS.date(),
        "ends_on": STARTS.date() + timedelta(days=6),
        "hashtags": ["OpenGovWeek"],
        "goals": [16],
        "is_public": True,
        "created_at": MOMENT,
        **changes,
    }
    return Campaign.objects.create(programme=programme or programmes.programme(), **values)


def draft(programme=None, *, organisation=None, by=None, **changes):
    """An event somebody has begun to write, whole unless told otherwise."""
    programme = programme or programmes.programme()
    organisation = organisation or people.organisation()
    values = {**WHOLE, "hromada": organisation.hromada, "oblast": organisation.hromada.oblast, **changes}
    return Event.objects.create(
        programme=programme,
        organisation=organisation,
        author=by or people.preparer(organisation),
        code=publishing.next_code(programme, at=MOMENT),
        created_at=MOMENT,
        changed_at=MOMENT,
        **values,
    )


def published(programme=None, **changes):
    """An event that everybody sees."""
    return publishing.publish(draft(programme, **changes), at=MOMENT)


def with_seats(capacity=10, **changes):
    """A published event with so many seats."""
    return published(entry=Entry.SEATS, capacity=capacity, **changes)


def submitted(programme=None, **changes):
    """An event that waits for an answer."""
    return draft(programme, state=State.SUBMITTED, submitted_at=MOMENT, **changes)


def hub(programme=None, **changes):
    """An organisation that takes part in the programme as a hub, with a preparer: `.programme`, `.organisation`, `.user`."""
    participant = programmes.participant(programme, organisation=people.organisation(**changes))
    participant.user = people.preparer(participant.organisation)
    return participant


def consultant(event):
    """The consultant of the event's oblast."""
    return programmes.consultant(event.programme, oblast=event.oblast)


def oblast(**changes):
    """An oblast with a name of its own."""
    return places.oblast(**changes)


def tally(event, *, by=None, at=AFTER, **changes):
    """What one telephone counted: two young women and a man of unknown age, unless told otherwise."""
    values = {
        "key": uuid.uuid4(),
        "cells": {"f:youth": 2, "m:x": 1},
        "groups": {},
        "revision": 1,
        "counted_at": None,
        **changes,
    }
    return counting.tally(event, by=by or event.author, at=at, **values)


def report_values(**changes):
    """What a whole report says."""
    return {
        "happened": "Розібрали три проєкти бюджету участі й разом заповнили заявку.",
        "total": 3,
        "cells": {"f:youth": 2, "m:x": 1},
        "groups": {},
        "media": [{"title": "Районна газета", "link": "https://paper.example/story"}],
        "questions": ["Хто рахує голоси?"],
        "followups": ["Зустріч щовівторка"],
        "ideas": ["Парк над річкою"],
        **changes,
    }


def reported(event=None, *, at=AFTER, **changes):
    """A report that its author has handed in."""
    event = event or published()
    reporting.save(event, values=report_values(**changes), revision=0, by=event.author, at=at)
    return reporting.submit(event, by=event.author, at=at)


def accepted(event=None, *, by=None, **changes):
    """A report that the programme has accepted."""
    report = reported(event, **changes)
    officer = by or programmes.officer(report.event.programme)
    return reporting.accept(report, revision=report.revision, remark="", by=officer, at=AFTER)


def photo(event, *, by=None, at=AFTER, content=None, **words):
    """A photograph of the event, of the paper list where `is_list`."""
    given = files.upload(content or files.picture(), "photo.jpg")
    said = photos.Words(**{"caption": "Люди за столом", **words})
    return photos.add(event, key=uuid.uuid4(), upload=given, words=said, by=by or event.author, at=at)

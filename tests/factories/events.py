"""Events for tests, at every step of their way; the moments lie around 2024, as everywhere in the factories."""

from datetime import UTC, datetime, timedelta

from tests.factories import people, places, programmes
from viche.events.choices import Entry, Format, Mode, State
from viche.events.models import Campaign, Event, Policy
from viche.events.operations import publishing

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

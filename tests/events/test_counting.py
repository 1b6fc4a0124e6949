"""Counting on the spot: a tally arrives once under its key, parts fit the whole, and what there is to count today."""

import uuid
from datetime import timedelta

import pytest

from tests.factories import events as factory
from tests.factories import people, programmes
from tests.factories.events import AFTER, STARTS
from viche.events.choices import State
from viche.events.models import Event, Registration, Tally
from viche.events.queries import counting as queries
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factory.published()


def refusal(*args, **kwargs):
    with pytest.raises(Refused) as caught:
        factory.tally(*args, **kwargs)
    return caught.value


def test_the_same_key_arrives_once(event):
    key = uuid.uuid4()
    first = factory.tally(event, key=key)
    again = factory.tally(event, key=key, cells={"f:youth": 99})
    assert (again.pk, again.total, Tally.objects.count()) == (first.pk, 3, 1)
    assert Entry.objects.filter(verb="events.counted").count() == 1


def test_a_later_count_of_the_same_telephone_replaces(event):
    key = uuid.uuid4()
    factory.tally(event, key=key, revision=4)
    factory.tally(event, key=key, revision=7, cells={"f:youth": 5}, groups={"older": 2})
    factory.tally(event, key=key, revision=6, cells={"f:youth": 1})
    row = Tally.objects.get()
    assert (row.total, row.revision, row.cells, row.groups) == (5, 7, {"f:youth": 5}, {"older": 2})


def test_two_telephones_add_up(event):
    factory.tally(event)
    factory.tally(event, cells={"f:youth": 1, "m:older": 4}, groups={"older": 4})
    counted = queries.counted(event)
    assert (counted.total, counted.cells, counted.groups) == (8, {"f:youth": 3, "m:older": 4, "m:x": 1}, {"older": 4})
    assert len(counted.tallies) == 2
    assert queries.everybody(event) == 8
    assert queries.everybody(factory.published(event.programme)) == 0


def test_people_let_in_at_the_door_are_told_beside(event):
    came = {"state": "seated", "came_at": AFTER, "registered_at": factory.MOMENT}
    Registration.objects.create(event=event, email="a@example.org", people=3, token_digest="1", **came)
    assert queries.counted(event).checked_in == 3


@pytest.mark.parametrize(
    ("cells", "groups", "words"),
    [
        ({"f:youth": -3}, {}, "менше нуля: прийшло -3"),
        ({"f:youth": 100_001}, {}, "не буває: 100 001"),
        ({"f:youth": 60_000, "m:x": 60_000}, {}, "не буває: 120 000"),
        ({"f:youth": 2}, {"older": 3}, "Люди старшого віку: 3, а всього людей 2"),
        ({"f:youth": "2"}, {}, "Не вдалося прочитати"),
        ({"f:youth": 2}, {"martians": 1}, "Не вдалося прочитати"),
        ([], {}, "Не вдалося прочитати"),
    ],
)
def test_what_cannot_be_is_refused_with_the_number(event, cells, groups, words):
    no = refusal(event, cells=cells, groups=groups)
    assert words in no.sentence.replace("\u00a0", " ").replace("−", "-")
    assert Tally.objects.count() == 0


def test_a_key_belongs_to_one_event_and_one_person(event):
    key = uuid.uuid4()
    factory.tally(event, key=key)
    colleague = people.preparer(event.organisation)
    assert refusal(event, key=key, revision=2, by=colleague).status == 409
    other = factory.published(event.programme, organisation=event.organisation, by=event.author)
    assert refusal(other, key=key, revision=2).status == 409


def test_the_telephones_clock_is_kept_unless_it_runs_ahead(event):
    before = AFTER - timedelta(minutes=40)
    assert factory.tally(event, counted_at=before).counted_at == before
    assert factory.tally(event, counted_at=AFTER + timedelta(days=900)).counted_at == AFTER


def test_who_may_count(event):
    consultant = factory.consultant(event)
    officer = programmes.officer(event.programme)
    for person in (consultant, officer):
        factory.tally(event, by=person)
    for person in (people.user(), programmes.observer(event.programme)):
        with pytest.raises(NotAllowed):
            factory.tally(event, by=person)


def test_counting_begins_on_the_day(event):
    assert "ще не настав" in refusal(event, at=STARTS - timedelta(days=1)).sentence
    factory.tally(event, at=STARTS - timedelta(hours=1))


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CANCELLED])
def test_only_announced_events_are_counted_at(event, state):
    Event.objects.filter(pk=event.pk).update(state=state)
    assert refusal(event).status == 409


def test_a_postponed_event_is_counted_at_too(event):
    """Some came all the same, and the telephone learns later that it was put off."""
    Event.objects.filter(pk=event.pk).update(state=State.POSTPONED)
    assert factory.tally(event).total == 3


def test_nothing_is_counted_once_the_report_is_accepted(event):
    key = uuid.uuid4()
    factory.tally(event, key=key)
    factory.accepted(event)
    assert "облік закрито: враховано людей – 3." in refusal(event).sentence
    # What was taken already is answered as before: the telephone lays it aside.
    assert factory.tally(event, key=key).total == 3


def test_own_tally(event):
    mine = factory.tally(event)
    assert queries.own(event, mine.key, event.author) == mine
    assert queries.own(event, mine.key, people.user()) is None
    assert queries.own(event, None, event.author) is None


def test_what_there_is_to_count_today(event):
    own = {"organisation": event.organisation, "by": event.author}
    factory.draft(event.programme, **own)
    stranger = people.user()
    personal = factory.published(event.programme, oblast=factory.oblast(name="Волинська"))
    Event.objects.filter(pk=personal.pk).update(organisation=None, author=stranger)

    def listed(person, at=STARTS):
        return [one.pk for one in queries.to_count(person, at=at)]

    assert listed(event.author) == [event.pk]
    assert listed(stranger) == [personal.pk]
    assert listed(factory.consultant(event)) == [event.pk]
    assert sorted(listed(programmes.officer(event.programme))) == sorted([event.pk, personal.pk])
    assert listed(programmes.observer(event.programme)) == []
    assert listed(event.author, at=STARTS + timedelta(days=30)) == []

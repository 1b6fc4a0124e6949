"""How many events each hromada has, as the map reads it, is what their rows give: whatever happens, in whatever order, at once too."""

import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.events.test_races import together
from tests.factories import events, people, places, programmes
from viche.config.cli import recount
from viche.events.choices import State
from viche.events.models import Event, Spread
from viche.events.operations import mending, moderation, moving, naming, publishing, spreading
from viche.events.queries import finding, spreads
from viche.events.tasks import spreading as tasks
from viche.journal import operations as journal
from viche.methods.refusals import Refused
from viche.places.models import Hromada

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def plainly(asked, at):
    """The same counted row by row."""
    return Counter(finding.chosen(asked, at=at).order_by().values_list("hromada", flat=True))


def agrees(*asked, at):
    for one in asked:
        assert spreads.answers(one)
        assert spreads.counted(one, at=at) == plainly(one, at), (one, at)
    assert spreads.compare().difference is None


class History:
    """Two programmes, one of them hidden, and a campaign in each; things happen to their events as the clock runs on."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311 — chance in a test, no secret
        self.at = events.MOMENT
        self.programmes = [programmes.programme(), programmes.programme(is_public=False)]
        self.campaigns = [events.campaign(one) for one in self.programmes]
        self.officers = {one.pk: programmes.officer(one) for one in self.programmes}
        self.oblasts = [places.oblast(), places.oblast()]
        self.homes = [places.hromada(oblast=oblast) for oblast in (*self.oblasts, self.oblasts[0])]
        self.host = people.organisation(hromada=self.homes[0])
        self.author = people.preparer(self.host)
        self.acts = (self.announce, self.move, self.call_off, self.bring_back, self.put_off, self.mend, self.wait)
        self.acts += (self.announce, self.submit, self.nightly, self.correct, self.rewrite)

    def happen(self, number):
        with suppress(Refused):  # an act that cannot be at this moment changes nothing
            self.acts[number % len(self.acts)]()

    def values(self):
        home = self.chance.choice([*self.homes, None])
        which = self.chance.randrange(2)
        starts = self.at + self.chance.choice([-30, -1, 0.5, 2, 49]) * HOUR
        return {
            "campaign": self.chance.choice([self.campaigns[which], None]),
            "hromada": home,
            "oblast": home.oblast if home else None,
            "mode": "in_person" if home else "online",
            "online_link": "https://meet.example/1",
            "starts_at": starts,
            "ends_at": starts
            + self.chance.choice([0.5, 3, 700]) * HOUR
            + timedelta(microseconds=self.chance.choice([0, 7])),
        }, self.programmes[which]

    def announce(self):
        values, programme = self.values()
        draft = events.draft(programme, organisation=self.host, by=self.author, **values)
        publishing.publish(draft, at=self.at)

    def submit(self):
        values, programme = self.values()
        event = events.submitted(programme, organisation=self.host, by=self.author, **values)
        moderation.accept(event, revision=event.revision, by=self.officers[programme.pk], at=self.at)

    def any(self):
        found = list(Event.objects.order_by("pk"))
        if not found:
            raise Refused("нічого ще немає")
        event = self.chance.choice(found)
        return event, self.officers[event.programme_id]

    def move(self):
        event, by = self.any()
        moving.set_time(event, starts_at=self.at + self.chance.choice([1, 30]) * HOUR, by=by, at=self.at)

    def call_off(self):
        event, by = self.any()
        moving.cancel(event, why="Дощ", by=by, at=self.at)

    def bring_back(self):
        event, by = self.any()
        moving.restore(event, by=by, at=self.at)

    def put_off(self):
        event, by = self.any()
        starts = self.chance.choice([None, self.at + DAY])
        moving.postpone(event, why="alert", starts_at=starts, by=by, at=self.at)

    def mend(self):
        event, _by = self.any()
        country = self.chance.choice(["", "Польща"])
        values = {"hromada": self.chance.choice(self.homes), "country": country}
        mending.mend(event, values=values, revision=event.revision, by=self.author, at=self.at)

    def wait(self):
        self.at += self.chance.choice([timedelta(microseconds=7), HOUR, DAY, 40 * DAY])

    def nightly(self):
        spreading.move_on(at=self.at + self.chance.choice([-1, 0, 0, 5]) * HOUR)

    def correct(self):
        home = self.chance.choice(self.homes)
        Hromada.objects.filter(pk=home.pk).update(oblast=self.chance.choice(self.oblasts))
        home.refresh_from_db()
        naming.places_changed([home.pk], at=self.at)

    def rewrite(self):
        spreading.mend(at=self.at)

    def asked(self):
        hidden = self.programmes[1].pk
        yield from (
            finding.Asked(when=when, oblast=oblast, programme=programme, private=private)
            for when, oblast, programme, private in product(
                ("", "past", "all"),
                (None, self.oblasts[0].pk),
                (None, *(one.pk for one in self.programmes)),
                ([], [hidden]),
            )
        )
        for when, campaign in product(("", "past", "all"), self.campaigns):
            yield finding.Asked(when=when, campaign=campaign.pk)
            yield finding.Asked(when=when, campaign=campaign.pk, programme=hidden)
            yield finding.Asked(when=when, campaign=campaign.pk, private=[hidden])
        yield finding.Asked(hromadas=(self.homes[0].pk, self.homes[2].pk), private=[hidden])
        yield finding.Asked(hromadas=())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), numbers=st.lists(st.integers(0, 11), min_size=1, max_size=14))
def test_after_any_history_what_is_kept_is_what_is_there(seed, numbers):
    with transaction.atomic():
        history = History(seed)
        for number in numbers:
            history.happen(number)
        for moment in (history.at, history.at - 3 * DAY, history.at + 40 * DAY):
            agrees(*history.asked(), at=moment)
        transaction.set_rollback(True)


def test_a_history_of_all_acts_leaves_none_out():
    history = History(1)
    for number in [*range(len(history.acts))] * 4:
        history.happen(number)
        agrees(finding.Asked(), finding.Asked(when="past"), at=history.at)
    assert Spread.objects.filter(shown__gt=0).count() > len(history.homes)
    assert len(set(Event.objects.values_list("state", flat=True))) > 1


def test_an_event_that_is_over_at_this_very_moment_is_past():
    ends = events.ENDS.replace(microsecond=500_000)
    event = events.published(ends_at=ends)
    for kept in (ends - DAY, ends, ends + HOUR):
        spreading.mend(at=kept)
        for at, is_over in (
            (ends, True),
            (ends - timedelta(microseconds=1), False),
            (ends + timedelta(microseconds=1), True),
        ):
            coming, past = (spreads.counted(finding.Asked(when=when), at=at) for when in ("", "past"))
            assert (coming, past) == (({}, {event.hromada_id: 1})[:: 1 if is_over else -1])


def test_a_draft_is_on_no_map_and_a_called_off_event_stays():
    draft = events.draft()
    assert not Spread.objects.exists()
    event = publishing.publish(draft, at=events.MOMENT)
    moving.cancel(event, why="Дощ", by=event.author, at=events.MOMENT)
    assert spreads.counted(finding.Asked(), at=events.MOMENT) == {event.hromada_id: 1}


def test_what_has_ended_is_counted_as_ahead_no_more_after_the_night():
    event, other = events.published(), events.published(starts_at=events.STARTS + DAY, ends_at=events.ENDS + DAY)
    ahead = Spread.objects.filter(programme=0, hromada=event.hromada_id)
    assert ahead.get().ahead == 1
    spreading.move_on(at=events.AFTER)
    assert (ahead.get().ahead, ahead.get().shown) == (0, 1)
    assert set(Spread.objects.values_list("since", flat=True)) == {int(events.AFTER.timestamp())}
    agrees(finding.Asked(), finding.Asked(when="past"), at=events.MOMENT)
    agrees(finding.Asked(), finding.Asked(when="past"), at=other.ends_at)


def test_every_night_all_rows_are_moved_on_in_portions(monkeypatch):
    monkeypatch.setattr(spreading, "PORTION", 2)
    for _number in range(3):
        events.published()
    tasks.move_on()
    assert not Spread.objects.exclude(ahead=0).exists()
    now = timezone.now().timestamp()
    assert all(now - 60 < since <= now for since in Spread.objects.values_list("since", flat=True))
    with CaptureQueriesContext(connection) as asked:
        spreading.move_on(at=timezone.now() - HOUR)  # of two nights at once the later counts
    assert len(asked) == 1


def test_what_two_nights_at_once_have_moved_on_is_left_alone():
    events.published()
    keys = list(Spread.objects.values_list("pk", flat=True))
    spreading.move_on(at=events.AFTER)
    spreading._move_on(keys, int(events.ENDS.timestamp()))
    assert set(Spread.objects.values_list("since", flat=True)) == {int(events.AFTER.timestamp())}


@pytest.mark.parametrize(
    "harm",
    [
        lambda: Spread.objects.all().delete(),
        lambda: Spread.objects.filter(campaign=0, programme=0).delete(),
        lambda: Spread.objects.update(shown=7),
        lambda: Spread.objects.update(ahead=0),
        lambda: Spread.objects.create(hromada=99, shown=3, since=0),
        lambda: Event.objects.update(state=State.DRAFT),
        lambda: Event.objects.update(hromada=None),
    ],
)
def test_what_was_changed_by_hand_is_found_and_written_right(harm):
    for _number in range(2):
        events.published(campaign=events.campaign())
    assert spreads.compare() == (6, None)
    harm()
    found = spreads.compare().difference
    assert found.kept != found.counted
    spreading.mend(at=events.AFTER)
    assert spreads.compare().difference is None
    agrees(finding.Asked(), finding.Asked(when="all"), at=events.MOMENT)


def test_recounting_names_the_place_on_the_map_that_differs_and_mends_it(capsys):
    event = events.published()
    Spread.objects.filter(campaign=0, programme=0).update(ahead=5)
    assert recount.run([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"Не сходиться: карта заходів oblast:{event.oblast_id} hromada:{event.hromada_id}" in lines
    assert "  у книзі: заходів 1, з них попереду 5" in lines
    assert recount.run(["--mend"]) == 0
    assert "Звірено чисел на карті заходів: 2" in capsys.readouterr().out


def test_what_else_is_asked_is_counted_from_the_events():
    plain = finding.Asked()
    for change in (
        {"q": "бюджет"}, {"since": events.STARTS.date()}, {"until": events.STARTS.date()}, {"events": (1,)},
        {"marks": ("goal:4",)}, {"in_person": True}, {"organisation": 1}, {"free": True}, {"when": finding.NEXT},
    ):  # fmt: skip
        assert not spreads.answers(finding.Asked(**change)), change
    assert spreads.answers(plain)


def test_of_a_programme_that_is_not_public_nothing_is_told():
    event = events.published()
    asked = finding.Asked(programme=event.programme_id, private=[event.programme_id])
    assert spreads.counted(asked, at=events.MOMENT) == {}
    assert spreads.counted(finding.Asked(private=[event.programme_id]), at=events.MOMENT) == {}


def many(number, programme, campaign):
    """So many events, in as many hromadas up to thirty."""
    homes = [places.hromada(latitude=48 + place / 10, longitude=30 + place / 10) for place in range(min(number, 30))]
    host, starts = people.organisation(), timezone.now() + DAY
    author = people.preparer(host)
    for place in range(number):
        home = homes[place % len(homes)]
        events.published(
            programme, campaign=campaign, organisation=host, by=author, hromada=home, oblast=home.oblast,
            starts_at=starts, ends_at=starts + HOUR,
        )  # fmt: skip


@pytest.mark.parametrize("when", ["", "past", "all"])
def test_one_three_or_three_hundred_events_are_two_queries_at_most(when):
    programme, spent = programmes.programme(), []
    for number in (1, 2, 297):
        many(number, programme, None)
        with CaptureQueriesContext(connection) as asked:
            found = spreads.counted(finding.Asked(when=when), at=timezone.now())
        spent.append(len(asked))
    assert sum(found.values()) == (0 if when == "past" else 300)
    assert spent == [1 if when == "all" else 2] * 3


@pytest.mark.parametrize(
    "address", ["/events/map/", "/events/map.json?zoom=3", "/events/map/?oblast={oblast}", "/campaigns/OGW1/"]
)
def test_pages_with_a_map_ask_the_same_of_one_three_and_three_hundred(client, address):
    programme, spent = programmes.programme(), []
    campaign = events.campaign(programme)
    for number in (1, 2, 297):
        many(number, programme, campaign)
        asked = address.format(oblast=Event.objects.order_by("pk").first().oblast.slug)
        for _again in range(2):  # the first reads anew where hromadas lie
            journal.record(verb="events.published", subject=campaign, by=None, at=timezone.now())  # nothing is kept
            with CaptureQueriesContext(connection) as queries:
                assert client.get(asked).status_code == 200
        spent.append(len(queries))
    assert len(set(spent)) == 1, spent
    assert spent[0] <= 12


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_events_of_one_hromada_accepted_at_once_while_all_is_written_anew_are_all_counted():
    with transaction.atomic():
        programme, home = programmes.programme(), places.hromada()
        officer, campaign = programmes.officer(programme), events.campaign(programme)
        there = {"hromada": home, "oblast": home.oblast, "campaign": campaign}
        waiting = [events.submitted(programme, **there) for _number in range(8)]
        shown = [events.published(programme, **there) for _number in range(4)]
    away = places.hromada(oblast=places.oblast())
    later = events.STARTS.astimezone(UTC) + 3 * DAY

    def accept(event):
        return moderation.accept(event, revision=event.revision, by=officer, at=events.MOMENT)

    acts = [lambda one=one: accept(one) for one in waiting]
    acts += [lambda one=one: moving.set_time(one, starts_at=later, by=officer, at=events.MOMENT) for one in shown[:2]]
    acts += [lambda one=one: elsewhere(one, away) for one in shown[2:]]
    acts += [lambda: spreading.move_on(at=events.AFTER), lambda: spreading.mend(at=events.MOMENT)]
    acts += [lambda: spreading.write_anew([home.pk, away.pk], at=events.ENDS)]
    assert [one for one in together(lambda act: act(), acts) if isinstance(one, Exception)] == []
    agrees(finding.Asked(), finding.Asked(campaign=campaign.pk), finding.Asked(when="past"), at=events.AFTER)
    assert spreads.counted(finding.Asked(when="all"), at=events.MOMENT) == {home.pk: 10, away.pk: 2}


@transaction.atomic
def elsewhere(event, home):
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    event.hromada, event.oblast = home, home.oblast
    publishing.told(event, at=events.MOMENT)

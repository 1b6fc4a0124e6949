"""Submitting, mending, copying, repeating, removing an event of one's own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from tests.events.test_writing import address, typed
from tests.events.under_way import NOW, running
from tests.factories import events, people, places
from viche.events.choices import Entry, Mode, State
from viche.events.models import Event, Series
from viche.events.operations import drafts, mending, registering
from viche.events.operations.registering import Asked
from viche.events.queries import writing
from viche.journal.models import Entry as Act
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2024, 5, 17, 12, 0, tzinfo=UTC)


@pytest.fixture
def others():
    """A draft of an organisation that takes part in nothing."""
    return events.draft(running())


@pytest.fixture
def writer(client, event):
    client.force_login(event.author)
    return client


class TestSubmitting:
    def test_a_participants_event_appears_at_once(self, writer, event):
        page = writer.get(address(event, "check")).content.decode()
        assert "з’явиться одразу" in page
        assert writer.post(address(event, "submit"))["Location"] == address(event, "check")
        event.refresh_from_db()
        assert (event.state, event.answer_due_on, event.sequence) == (State.PUBLISHED, None, 1)
        assert event.marks.filter(word="format:seminar").exists()
        assert Act.objects.filter(verb="events.published").count() == 1
        assert "Захід бачать усі" in writer.get(address(event, "check")).content.decode()

    def test_anybody_elses_waits_for_an_answer_in_working_days(self, client, others):
        event = drafts.submit(others, by=others.author, at=FRIDAY)
        assert (event.state, event.answer_due_on, event.submitted_at) == (State.SUBMITTED, date(2024, 5, 22), FRIDAY)
        assert not event.marks.exists()
        client.force_login(event.author)
        page = client.get(address(event, "check")).content.decode()
        assert "22 травня" in page.replace("\u00a0", " ")

    def test_the_programme_may_trust_nobody_and_answer_later(self, event):
        events.policy(event.programme, trusts_participants=False, moderation_days=1)
        event = drafts.submit(event, by=event.author, at=FRIDAY)
        assert (event.state, event.answer_due_on) == (State.SUBMITTED, date(2024, 5, 20))

    def test_ones_own_name_is_never_trusted(self, event):
        Event.objects.filter(pk=event.pk).update(organisation=None)
        assert drafts.submit(event, by=event.author, at=NOW).state == State.SUBMITTED

    def test_pressing_twice_does_it_once(self, event):
        for _ in range(2):
            drafts.submit(event, by=event.author, at=NOW)
        event.refresh_from_db()
        assert event.sequence == 1

    def test_a_condition_of_inclusion_refuses_with_its_sentence(self, writer, event):
        rules = {
            "voices": {"least": 3, "blocks": True},
            "partners": {"least": 5, "blocks": True},
            "groups": {"least": 3},
        }
        Event.objects.filter(pk=event.pk).update(campaign=events.campaign(event.programme, rules=rules))
        page = writer.get(address(event, "check")).content.decode()
        assert "Кампанія має умови" in page
        answer = writer.post(address(event, "submit"))
        assert answer.status_code == 422
        words = answer.context["refused"].sentence
        assert "чиї голоси" in words
        assert "партнерів" in words
        assert "вразливих груп" not in words
        event.refresh_from_db()
        assert event.state == State.DRAFT

    def test_a_returned_event_is_mended_and_submitted_again(self, client, others):
        Event.objects.filter(pk=others.pk).update(state=State.RETURNED, remark="Де саме?", submitted_at=FRIDAY)
        client.force_login(others.author)
        assert "Де саме?" in client.get(address(others)).content.decode()
        assert "Де саме?" in client.get(address(others, "check")).content.decode()
        others.refresh_from_db()
        assert client.post(address(others), typed(others, venue="Велика зала")).status_code == 302
        assert client.post(address(others, "submit")).status_code == 302
        others.refresh_from_db()
        assert (others.state, others.venue) == (State.SUBMITTED, "Велика зала")
        assert others.submitted_at > FRIDAY

    def test_nobody_else_does_any_of_it(self, client, event):
        stranger = people.user()
        acts = [
            lambda: drafts.save(event, values={}, unread={}, revision=0, by=stranger, at=NOW),
            lambda: mending.mend(event, values={}, revision=0, by=stranger, at=NOW),
            lambda: drafts.submit(event, by=stranger, at=NOW),
            lambda: drafts.copy(event, starts_at=None, by=stranger, at=NOW),
            lambda: drafts.repeat(event, every="weekly", until=None, count=1, by=stranger, at=NOW),
            lambda: drafts.remove(event, by=stranger, at=NOW),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
        client.force_login(stranger)
        assert client.get(address(event)).status_code == 404


class TestFaultsAndWarnings:
    def told(self, event, **changes):
        for name, value in changes.items():
            setattr(event, name, value)
        return {fault.field: fault.sentence for fault in writing.faults(event)}

    def test_a_whole_event_lacks_nothing(self, event):
        assert self.told(event) == {}

    def test_a_place_is_asked_of_who_comes_in_person(self, event):
        nowhere = {"hromada_id": None, "venue": "", "address": ""}
        assert set(self.told(event, **nowhere)) == {"hromada", "venue"}
        assert set(self.told(event, country="Польща")) == {"venue"}
        assert self.told(event, country="", mode=Mode.ONLINE) == {}

    def test_an_invitation_needs_guests(self, event):
        assert set(self.told(event, entry=Entry.INVITED)) == {"invited"}
        event.invited.add(people.organisation())
        assert self.told(event) == {}

    def warned(self, event, at=FRIDAY, **changes):
        for name, value in changes.items():
            setattr(event, name, value)
        return {fault.field: fault.sentence for fault in writing.warnings(event, at=at)}

    def test_what_is_well_warns_of_nothing(self, event):
        assert self.warned(event) == {}

    def test_a_point_far_from_its_hromada_is_warned_of_and_not_refused(self, event):
        event.hromada.latitude, event.hromada.longitude = 49.59, 34.55
        near = {"latitude": 49.6, "longitude": 34.5}
        assert self.warned(event, **near) == {}
        said = self.warned(event, latitude=50.45, longitude=30.52)
        assert "Точка на мапі за 303 км від громади" in said["point"]
        assert writing.faults(event) == []
        events.policy(event.programme, far_km=400)
        assert self.warned(event) == {}
        event.hromada.latitude = None
        events.policy(event.programme, far_km=10)
        assert self.warned(event) == {}

    def test_free_entry_to_a_private_place_is_said_to_take_registrations(self, event):
        assert self.told(event, is_place_private=True) == {}
        assert "реєструватимуться" in self.warned(event)["is_place_private"]
        assert self.warned(event, entry=Entry.SEATS) == {}

    def test_what_would_help_people(self, event):
        said = self.warned(event, at=NOW, shelter="", about="", mode=Mode.BOTH, online_link="")
        assert set(said) == {"starts_at", "shelter", "online_link", "about"}

    def test_another_day_than_the_campaigns(self, event):
        event.campaign = events.campaign(event.programme, starts_on=date(2024, 6, 1), ends_on=date(2024, 6, 7))
        assert "Кампанія триває" in self.warned(event)["starts_at"]


class TestMending:
    @pytest.fixture
    def shown(self, event):
        return drafts.submit(event, by=event.author, at=FRIDAY)

    def test_texts_of_a_shown_event(self, writer, shown):
        page = writer.get(address(shown))
        assert "starts_at" not in page.context["form"].fields
        assert "data-save=" not in page.content.decode()
        assert writer.post(address(shown), typed(shown, title="Нова назва")).status_code == 302
        shown.refresh_from_db()
        assert (shown.title, shown.state, shown.sequence, shown.revision) == ("Нова назва", State.PUBLISHED, 2, 1)
        assert shown.starts_at == events.STARTS
        assert "нова назва" in shown.haystack

    def test_what_calendars_need_not_know(self, writer, shown):
        writer.post(address(shown), typed(shown, goals=["5"]))
        shown.refresh_from_db()
        assert shown.sequence == 1
        assert list(shown.marks.filter(word__startswith="goal")) != []
        assert shown.marks.filter(word="goal:5").exists()

    def test_the_same_words_again(self, writer, shown):
        assert writer.post(address(shown), typed(shown)).status_code == 302
        shown.refresh_from_db()
        assert (shown.revision, shown.sequence) == (0, 1)

    def test_it_stays_whole(self, writer, shown):
        answer = writer.post(address(shown), typed(shown, venue="", address=""))
        assert answer.status_code == 422
        assert "де збираємося" in answer.content.decode()
        assert writer.post(address(shown), typed(shown, title="")).status_code == 422
        shown.refresh_from_db()
        assert (shown.venue, shown.title) == ("Читальна зала", events.WHOLE["title"])

    def test_a_condition_holds_afterwards_too(self, event):
        event.campaign = events.campaign(event.programme, rules={"voices": {"least": 2, "blocks": True}})
        event.save()
        shown = drafts.submit(event, by=event.author, at=FRIDAY)
        with pytest.raises(Refused, match="чиї голоси"):
            mending.mend(shown, values={"voices": []}, revision=0, by=event.author, at=NOW)

    def test_more_seats_go_to_the_queue_and_fewer_take_nobodys(self, writer, event):
        Event.objects.filter(pk=event.pk).update(entry=Entry.SEATS, capacity=1)
        shown = drafts.submit(event, by=event.author, at=FRIDAY)
        for n in (1, 2):
            asked = Asked(name=f"Гостя {n}", email=f"guest{n}@example.org")
            registering.register(shown, asked=asked, by=AnonymousUser(), clock=lambda: FRIDAY)
        shown.refresh_from_db()
        assert (shown.seated, shown.waiting) == (1, 1)
        mending.mend(shown, values={"capacity": 5}, revision=0, by=event.author, at=FRIDAY)
        shown.refresh_from_db()
        assert (shown.seated, shown.waiting) == (2, 0)
        answer = writer.post(address(shown), typed(shown, capacity="1"))
        assert answer.status_code == 422
        assert "Місця вже мають 2" in " ".join(answer.context["form"].errors["capacity"])

    def test_two_tabs(self, writer, shown):
        old = typed(shown)
        writer.post(address(shown), {**old, "title": "Перша"})
        answer = writer.post(address(shown), {**old, "title": "Друга"})
        assert answer.status_code == 409
        assert answer.context["differing"] == [("Назва", "Перша", "Друга")]

    def test_while_it_waits_everything_may_be_mended(self, client, others):
        drafts.submit(others, by=others.author, at=FRIDAY)
        client.force_login(others.author)
        others.refresh_from_db()
        assert client.post(address(others), typed(others, ends_at="2024-05-20T15:00")).status_code == 302
        others.refresh_from_db()
        assert (others.ends_at.hour, others.state, others.sequence) == (12, State.SUBMITTED, 0)

    @pytest.mark.parametrize("state", [State.DECLINED])
    def test_a_declined_one_is_read_only(self, writer, event, state):
        Event.objects.filter(pk=event.pk).update(state=state, decline_reason="paid", remark="Квитки по сто гривень.")
        page = writer.get(address(event)).content.decode()
        assert "Квитки по сто гривень" in page
        assert 'name="title"' not in page
        assert writer.get(address(event, "check")).status_code == 200
        with pytest.raises(Refused) as refused:
            mending.mend(event, values={"title": "Ні"}, revision=0, by=event.author, at=NOW)
        assert refused.value.status == 409

    def test_a_refusal_that_comes_between_is_told(self, writer, event):
        old = typed(event)
        Event.objects.filter(pk=event.pk).update(state=State.DECLINED, decline_reason="paid")
        assert writer.post(address(event), old).status_code == 200


class TestCopying:
    def test_a_copy_has_the_words_and_not_the_past(self, writer, event):
        guest = people.organisation()
        event.invited.add(guest)
        drafts.submit(event, by=event.author, at=FRIDAY)
        assert "Зробити копію" in writer.get(address(event, "copy")).content.decode()
        answer = writer.post(address(event, "copy"), {"starts_at": "2027-03-01T18:00"})
        made = Event.objects.latest("pk")
        assert answer["Location"] == address(made)
        assert (made.title, made.groups, made.state, made.sequence) == (event.title, event.groups, State.DRAFT, 0)
        assert made.starts_at == datetime(2027, 3, 1, 16, 0, tzinfo=UTC)
        assert made.ends_at - made.starts_at == timedelta(hours=2)
        assert list(made.invited.all()) == [guest]
        assert made.uid != event.uid
        assert made.code != event.code

    def test_the_day_may_wait_and_a_campaign_that_is_over_is_left(self, event):
        event.campaign = events.campaign(event.programme)
        event.ends_at = None
        made = drafts.copy(event, starts_at=None, by=event.author, at=NOW)
        assert (made.starts_at, made.ends_at, made.campaign) == (None, None, None)
        made = drafts.copy(event, starts_at=FRIDAY, by=event.author, at=FRIDAY)
        assert (made.ends_at - made.starts_at, made.campaign) == (timedelta(hours=1), event.campaign)

    def test_a_day_that_does_not_exist(self, writer, event):
        assert writer.post(address(event, "copy"), {"starts_at": "31.02.2027 10:00"}).status_code == 422
        assert writer.post(address(event, "copy"), {"starts_at": ""}).status_code == 302


class TestRepeating:
    def test_drafts_in_one_series_by_the_wall_clock(self, writer, event):
        Event.objects.filter(pk=event.pk).update(
            starts_at=datetime(2024, 10, 22, 15, 0, tzinfo=UTC), ends_at=datetime(2024, 10, 22, 16, 0, tzinfo=UTC)
        )
        answer = writer.post(address(event, "repeat"), {"every": "weekly", "until": "05.11.2024", "count": ""})
        assert answer.status_code == 302
        series = Series.objects.get()
        assert (series.kind, series.name, series.organisation) == ("recurring", event.title, event.organisation)
        starts = list(series.events.order_by("starts_at").values_list("starts_at", flat=True))
        assert [one.hour for one in starts] == [15, 16, 16]  # six in the evening before and after the clocks change
        assert list(series.events.exclude(pk=event.pk).values_list("state", flat=True)) == ["draft", "draft"]
        assert "Інші зустрічі циклу" in writer.get(address(event)).content.decode()

    def test_again_adds_only_what_is_not_there(self, writer, event):
        for count in (3, 5):
            writer.post(address(event, "repeat"), {"every": "monthly", "count": count})
        assert Series.objects.count() == 1
        assert Event.objects.filter(series__isnull=False).count() == 6
        page = writer.post(address(event, "repeat"), {"every": "monthly", "count": "5"}, follow=True)
        assert "Усі ці дні в циклі вже є" in page.content.decode()

    @pytest.mark.parametrize(
        ("sent", "sentence"),
        [
            ({"every": "weekly"}, "скільки ще разів"),
            ({"every": "weekly", "count": "53"}, "Щонайбільше 52"),
            ({"every": "weekly", "count": "-1"}, "Щонайменше 1"),
            ({"every": "daily", "count": "2"}, "Виберіть"),
            ({"every": "weekly", "until": "30.02.2025"}, "чи є такий день"),
            ({"every": "weekly", "until": "01.01.2020"}, "більше не повториться"),
        ],
    )
    def test_what_cannot_be_repeated(self, writer, event, sent, sentence):
        answer = writer.post(address(event, "repeat"), sent)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert Event.objects.count() == 1

    def test_an_event_without_a_time(self, event):
        Event.objects.filter(pk=event.pk).update(starts_at=None)
        with pytest.raises(Refused, match="коли захід починається"):
            drafts.repeat(event, every="weekly", until=None, count=2, by=event.author, at=NOW)


class TestRemoving:
    def test_asks_first(self, writer, event):
        assert "Прибрати чернетку" in writer.get(address(event, "remove")).content.decode()
        assert Event.objects.count() == 1
        assert writer.post(address(event, "remove"))["Location"] == reverse("events:mine")
        assert Event.objects.count() == 0
        assert Act.objects.filter(verb="events.removed").exists()

    def test_what_others_saw_stays(self, writer, event):
        drafts.submit(event, by=event.author, at=NOW)
        assert writer.get(address(event, "remove"))["Location"] == address(event)
        answer = writer.post(address(event, "remove"), follow=True)
        assert "Прибрати можна лише чернетку" in answer.content.decode()
        assert Event.objects.count() == 1


def test_a_hromada_of_another_oblast_moves_the_event(event):
    other = places.hromada(oblast=places.oblast(name="Одеська"))
    saved = drafts.save(event, values={"hromada": other}, unread={}, revision=0, by=event.author, at=NOW)
    assert saved.oblast == other.oblast
    abroad = drafts.save(saved, values={"country": "Польща"}, unread={}, revision=1, by=event.author, at=NOW)
    assert abroad.oblast is None

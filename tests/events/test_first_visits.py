"""What somebody meets who opens the pages of events for the first time: nothing unknown is told as known, nothing past as coming."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import events, people, places, programmes, seats
from viche.events.choices import Entry, State
from viche.events.models import Campaign, Event
from viche.events.operations import drafts
from viche.events.queries import coming, writing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def days(number):
    starts = timezone.now() + number * DAY
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def page(client, address, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_what_the_organiser_has_not_written_is_not_told_as_missing(client):
    event = events.published(access=[], **days(3))
    said = page(client, event.get_absolute_url())
    assert "Організатор про це не написав." in said
    assert "Запитайте організатора" in said
    assert "вхід без сходинок" not in said
    said = page(client, events.published(access=["step_free"], **days(3)).get_absolute_url())
    assert "переклад жестовою мовою: немає" in said
    assert "Запитайте" not in page(client, events.published(access=[], **days(-3)).get_absolute_url())


def test_what_was_held_is_told_in_the_past(client):
    said = page(client, events.published(**days(-3)).get_absolute_url())
    for words in ("Говорили", "Чиї голоси почули", "Хто брав участь", "без реєстрації, безплатно"):
        assert words in said
    for words in ("Говоритимуть", "приходьте", "Якщо буде тривога"):
        assert words not in said
    assert "була реєстрація" in page(client, events.with_seats(5, **days(-3)).get_absolute_url())
    assert "лише запрошені" in page(client, events.published(entry=Entry.INVITED, **days(-3)).get_absolute_url())


def test_an_event_put_off_has_no_time_and_tells_the_old_one_as_old(client):
    event = events.published(state=State.POSTPONED, **days(3))
    Event.objects.filter(pk=event.pk).update(state=State.POSTPONED)
    said = page(client, event.get_absolute_url())
    assert "новий час ще не призначено" in said
    assert "мав бути:" in said
    assert 'class="leaf"' not in said
    assert "Відкладено. Новий час повідомимо" in said


def test_a_point_opens_in_the_map_of_a_telephone(client):
    event = events.published(latitude=49.58831, longitude=34.5, **days(3))
    assert 'href="geo:49.58831,34.50000"' in page(client, event.get_absolute_url())
    Event.objects.filter(pk=event.pk).update(is_place_private=True)
    assert "geo:" not in page(client, event.get_absolute_url())


def test_an_invitation_is_answered_after_signing_in(client):
    event, hub = events.published(entry=Entry.INVITED, **days(3)), events.hub()
    event.invited.add(hub.organisation)
    address = reverse("events:register", args=[event.code])
    said = page(client, address)
    assert "Увійдіть, і зареєструєте делегацію своєї." in said
    assert f"?next={address}" in said
    assert 'name="email"' not in said
    client.force_login(people.user())
    said = page(client, address)
    assert "вашої серед них немає" in said
    assert "?next=" not in said
    client.force_login(hub.user)
    assert 'name="email"' in page(client, address)


def test_a_link_that_leads_nowhere_says_so_and_where_to_go(client):
    answer = client.get("/events/seats/abcdef/")
    said = answer.content.decode()
    assert (answer.status_code, "Це посилання не діє" in said, "напишіть організаторові" in said) == (404, True, True)
    assert reverse("events:my_seats") in said
    event = events.with_seats(5, **days(3))
    token = coming.word_of(seats.registered(event, at=timezone.now()))
    Event.objects.filter(pk=event.pk).update(**days(-90))
    answer = client.get(f"/events/seats/{token}/")
    assert (answer.status_code, event.get_absolute_url() in answer.content.decode()) == (404, True)
    Event.objects.update(state=State.DRAFT)
    assert event.get_absolute_url() not in client.get(f"/events/seats/{token}/").content.decode()


def test_what_looks_the_same_stands_above_the_answer_and_filters_know_whose_desk_it_is(client):
    programme = programmes.programme(code="HUBS")
    event = events.submitted(programme)
    twin = events.published(programme, organisation=event.organisation)
    places.oblast(name="Львівська")
    consultant = events.consultant(event)
    client.force_login(consultant)
    said = page(client, reverse("events:office", args=["HUBS", event.code]))
    assert said.index("Чи не те саме вже подано?") < said.index("Оголосити захід")
    said = page(client, reverse("events:office", args=["HUBS", twin.code]))
    assert said.count("Чи не те саме вже подано?") == 1
    search = client.get(reverse("events:office_list", args=["HUBS"])).context["search"]
    assert [key for key, _words in search.fields["oblast"].choices] == ["", event.oblast.slug]


def test_a_day_outside_its_campaign_is_looked_at_first(client):
    hub = events.hub()
    campaign = events.campaign(hub.programme)
    event = events.draft(hub.programme, campaign=campaign, organisation=hub.organisation, by=hub.user)
    policy = writing.policy_of(hub.programme)
    assert writing.is_trusted(event, policy)
    event.starts_at = event.ends_at = None
    assert not writing.is_outside_campaign(event)
    Event.objects.filter(pk=event.pk).update(starts_at=events.STARTS + 30 * DAY, ends_at=events.ENDS + 30 * DAY)
    event = drafts.submit(event, by=hub.user, at=events.MOMENT)
    assert event.state == State.SUBMITTED
    client.force_login(programmes.officer(hub.programme))
    said = page(client, reverse("events:office", args=[hub.programme.code, event.code]))
    assert "День не з кампанії" in said
    assert "а захід в інший день" in said


def test_a_copy_that_leaves_its_campaign_says_so(client):
    event = events.published(events.campaign().programme, campaign=Campaign.objects.get())
    client.force_login(event.author)
    copy = reverse("events:copy", args=[event.code])
    said = client.post(copy, {"starts_at": "2029-12-10T10:00"}, follow=True).content.decode()
    assert f"Кампанія «{event.campaign.name}» до того дня скінчиться, тож копія до неї не належить." in said


def test_an_announced_event_offers_its_page_its_poster_and_its_address_first(client):
    event = events.published(**days(3))
    client.force_login(event.author)
    said = page(client, reverse("events:check", args=[event.code]))
    first = said.index("Сторінка заходу")
    assert first < said.index(reverse("events:poster_pdf", args=[event.code])) < said.index("Повернутися до тексту")
    assert f"http://testserver{event.get_absolute_url()}" in said


def test_an_english_page_names_goals_and_distances_in_english(client):
    event = events.draft(**days(3))
    client.force_login(event.author)
    said = page(client, f"/en/me/events/{event.code}/")
    assert "1. No poverty" in said.replace("No Poverty", "No poverty")
    assert "Подолання" not in said
    said = page(client, "/en/events/")
    assert "км навколо" not in said
    client.force_login(programmes.officer(event.programme))
    said = page(client, f"/en/office/{event.programme.code}/campaigns/new/")
    assert "Подолання" not in said


def test_only_words_oblast_and_days_stand_before_the_fold(client):
    said = page(client, reverse("events:list"))
    folded = said.index('<details class="filters-more"')
    for name in ("q", "oblast", "since", "until"):
        assert said.index(f'name="{name}"') < folded, name
    for name in ("format", "goal", "campaign", "when"):
        assert said.index(f'name="{name}"') > folded, name
    assert '<details class="filters-more" open' in page(client, reverse("events:list"), format="quest")
    assert '<details class="filters-more" open' not in page(client, reverse("events:list"), oblast="x")

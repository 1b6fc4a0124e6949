"""The desk: the programmes of a person with what needs somebody there."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tests.factories import awards, calls, events, mail, people, places, programmes, reviews
from tests.site.pages import queries_of, text_of
from viche.calls.models import Call
from viche.events.models import Event, Report
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.site.queries import desk

pytestmark = pytest.mark.django_db
ADDRESS = "/office/"


def needs(user, at):
    return [(need.kind, need.words) for place in desk.of(user, at) for need in place.needs]


def test_rights(client):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(people.head())
    assert client.get(ADDRESS).status_code == 404
    for user in (people.administrator(), programmes.reviewer(), programmes.consultant(), programmes.observer()):
        client.force_login(user)
        assert client.get(ADDRESS).status_code == 200


def test_an_administrator_of_an_empty_installation_is_led_to_the_first_programme(client):
    client.force_login(people.administrator())
    said = text_of(client.get(ADDRESS))
    assert "Програм ще немає" in said
    assert "Журнал" in said


def test_a_draft_waits_to_be_announced_and_an_open_call_is_told_when_it_closes_soon():
    call = calls.draft()
    officer = programmes.officer(call.programme)
    assert needs(officer, calls.BEFORE) == [("draft", f"Дописати й оголосити: {call.title}")]
    call = calls.announced(call.programme)
    Call.objects.exclude(pk=call.pk).delete()
    assert needs(officer, calls.WHILE_OPEN) == []
    ((kind, words),) = needs(officer, calls.CLOSES - timedelta(hours=2))
    assert (kind, words.startswith(call.title)) == ("soon", True)


def test_after_the_close_applications_wait_for_reviewers_and_then_for_their_scores():
    made = reviews.closed(applications=2)
    title = made.call.title
    assert needs(made.officer, reviews.AFTER) == [("soon", f"Призначити ще 4 оцінки: {title}")]
    made = reviews.assigned(applications=2)
    assert needs(made.officer, reviews.AFTER) == [("told", f"Здано 0 із 4 оцінок: {made.call.title}")]
    assert needs(made.officer, reviews.LATER) == [("late", f"4 оцінки прострочено: {made.call.title}")]
    made = reviews.reviewed()
    assert needs(made.officer, reviews.AFTER) == [("soon", f"Усе оцінено, завершіть оцінювання: {made.call.title}")]


def test_then_the_panel_and_then_agreements():
    made = reviews.assessed()
    assert needs(made.officer, reviews.AFTER) == [("soon", f"Записати рішення комісії: {made.call.title}")]
    made = reviews.decided()
    (need,) = [one for place in desk.of(made.officer, reviews.LATER) for one in place.needs]
    assert (need.kind, need.words) == ("soon", f"Підготувати 1 угоду: {made.call.title}")
    assert need.href == f"/office/{made.programme.code}/awards/prepare/{made.call.code}/"
    type(made.call).objects.filter(pk=made.call.pk).update(title_en="Small projects")
    with translation.override("en"):
        (need,) = [one for place in desk.of(made.officer, reviews.LATER) for one in place.needs]
    assert need.words == "Prepare 1 agreement: Small projects"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (awards.prepared, "1 угоду готують"),
        (awards.submitted, "1 звіт чекає на перевірку"),
        (awards.active, "1 підтримка чекає на транш"),
        (awards.finished, "1 підтримку можна завершити"),
    ],
)
def test_awards_wait(make, said):
    found = make()
    award = getattr(found, "award", found)
    officer = programmes.officer(award.programme)
    assert said in [words for _kind, words in needs(officer, awards.MOMENT)]


def test_a_late_report_is_told():
    award = awards.active()
    assert ("late", "1 звіт прострочено") in needs(programmes.officer(award.programme), awards.LATER)


def test_letters_that_did_not_arrive_are_told():
    programme = programmes.programme()
    mail.letter(programme_code=programme.code)
    Letter.objects.update(state=State.BOUNCED)
    (place,) = desk.of(programmes.officer(programme), awards.MOMENT)
    (need,) = place.needs
    assert (need.kind, need.words) == ("failed", "1 лист не дійшов")
    assert need.href == f"/office/{programme.code}/letters/?state=lost"


def test_an_observer_reads_and_is_not_asked_for_anything(client):
    call = calls.draft()
    observer = programmes.observer(call.programme)
    (place,) = desk.of(observer, calls.BEFORE)
    assert (place.needs, [one.call for one in place.calls], place.manages) == ([], [call], False)
    client.force_login(observer)
    said = text_of(client.get(ADDRESS))
    assert "спостерігач донора" in said
    assert "Потребує вас" not in said


def test_a_reviewer_sees_the_way_to_the_own_reviews_and_no_calls(client):
    call = calls.draft()
    reviewer = programmes.reviewer(call.programme)
    client.force_login(reviewer)
    said = text_of(client.get(ADDRESS))
    assert "Мої оцінювання" in said
    assert call.title not in said


def test_programmes_under_way_come_before_those_that_are_over():
    user = programmes.officer(programmes.programme(code="OLD"))
    on = timezone.localdate()
    programmes.officer(programmes.programme(code="NEW", starts_on=on.replace(year=2023), ends_on=on), user=user)
    assert [place.programme.code for place in desk.of(user, timezone.now())] == ["NEW", "OLD"]


def test_a_call_is_done_with_once_everybody_was_told():
    made = reviews.decided()
    call = made.call
    (place,) = desk.of(made.officer, reviews.LATER)
    assert [row.call for row in place.calls] == []
    assert Call.objects.filter(pk=call.pk, panel__told_at__isnull=True).exists()
    call.panel.told_at = reviews.LATER
    call.panel.save()
    (place,) = desk.of(made.officer, reviews.LATER)
    assert len(place.needs) == 1, "agreements still wait"


def test_queries_do_not_grow(client):
    made = reviews.assigned()
    client.force_login(made.officer)
    awards.active(made.programme)
    one = queries_of(client, ADDRESS)
    for _ in range(2):
        programme = programmes.programme()
        programmes.officer(programme, user=made.officer)
        awards.active(programme)
        calls.draft(programme)
        reviews.decided()
    assert queries_of(client, ADDRESS) == one <= 12


def test_a_shortened_address_of_an_office_leads_to_its_calls(client):
    programme = programmes.programme()
    client.force_login(programmes.officer(programme))
    assert client.get(f"/office/{programme.code}/").headers["Location"] == f"/office/{programme.code}/calls/"
    client.force_login(programmes.officer())
    assert client.get(f"/office/{programme.code}/").status_code == 404


def test_the_events_office_opens_for_officers_observers_and_consultants(client):
    programme = programmes.programme()
    link = f'href="/office/{programme.code}/events/"'
    for user in (programmes.officer(programme), programmes.observer(programme), programmes.consultant(programme)):
        client.force_login(user)
        assert link in client.get(ADDRESS).content.decode()
    client.force_login(programmes.panellist(programme))
    assert link not in client.get(ADDRESS).content.decode()


def test_events_that_wait_are_counted_for_whoever_answers_them(client):
    programme = programmes.programme()
    here, there = places.oblast(), places.oblast(name="Львівська")
    homes = [people.organisation(hromada=places.hromada(oblast=oblast)) for oblast in (here, there)]
    for home in homes:
        events.submitted(programme, organisation=home, answer_due_on=events.STARTS.date())
        events.reported(events.published(programme, organisation=home))
    events.draft(programme, organisation=homes[0])
    officer, consultant = programmes.officer(programme), programmes.consultant(programme, oblast=here)
    said = [("late", "1 захід чекає довше, ніж обіцяно"), ("soon", "1 захід чекає на відповідь")]
    said += [("soon", "1 звіт про захід чекає на перевірку")]
    assert needs(consultant, events.AFTER + timedelta(days=1)) == said
    assert [words[:2] for _kind, words in needs(officer, events.AFTER + timedelta(days=1))] == ["2 "] * 3
    assert needs(programmes.observer(programme), events.AFTER) == []
    client.force_login(consultant)
    assert queries_of(client, ADDRESS) <= 12
    page = client.get(ADDRESS).content.decode()
    assert f'href="/office/{programme.code}/events/?needs=answer#list"' in page
    rows = client.get(f"/office/{programme.code}/events/?needs=answer").context["page"].count
    assert rows == 1
    Event.objects.all().update(state="draft")
    Report.objects.all().delete()
    assert "Усе зроблено, нічого не чекає" in client.get(ADDRESS).content.decode()


def test_the_nearest_event_stands_on_the_desk_of_who_answers_there():
    programme = programmes.programme()
    later = {"starts_at": events.STARTS + timedelta(days=30), "ends_at": events.ENDS + timedelta(days=30)}
    far, near = events.published(programme, **later), events.published(programme, title="Дебати")
    at = events.STARTS - timedelta(days=2)
    for user in (programmes.officer(programme), people.administrator(), events.consultant(near)):
        ((kind, words),) = needs(user, at)
        assert (kind, words) == ("told", "Найближчий захід: Дебати. Лишилося 2 дні")
    (need,) = [one for place in desk.of(events.consultant(far), at + timedelta(days=9)) for one in place.needs][:1]
    assert need.href == f"/office/{programme.code}/events/{far.code}/"

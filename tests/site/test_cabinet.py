"""The cabinet: everything that waits for a person, the nearest first."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import awards, calls, events, people, places, programmes, reviews
from tests.site.pages import queries_of, text_of
from viche.awards.models import Report
from viche.calls.models import Call
from viche.calls.operations import applications
from viche.events.models import Event
from viche.events.models import Report as EventReport
from viche.events.operations import reporting
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role
from viche.reviews.models import Assignment, Panel
from viche.site.queries import agenda as agenda_of
from viche.site.queries import cabinet

pytestmark = pytest.mark.django_db
ADDRESS = "/me/"
MOMENT = calls.WHILE_OPEN


def agenda(user, at=MOMENT):
    return [(one.what, one.kind) for one in cabinet.of(user, at).agenda]


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 302
    assert answer.url.endswith("?next=%2Fme%2F")


def test_a_newcomer_is_shown_where_to_begin(client):
    client.force_login(people.user())
    answer = client.get(ADDRESS)
    assert "Почніть зі своєї організації" in text_of(answer)
    assert reverse("people:register") in answer.content.decode()


def test_drafts_wait_with_the_close_of_their_call():
    application = calls.begun()
    user = calls.writer(application)
    assert agenda(user) == [("Дописати й подати заявку", "told")]
    assert agenda(user, calls.CLOSES - timedelta(hours=5)) == [("Дописати й подати заявку", "soon")]
    assert agenda(user, calls.AFTER) == []


def test_a_submitted_application_waits_for_nobody_a_withdrawn_one_may_go_again():
    application = calls.submitted()
    user = calls.writer(application)
    assert agenda(user) == []
    applications.withdraw(application, by=user, clock=lambda: MOMENT)
    assert agenda(user) == [("Подати відкликану заявку знову", "told")]


def test_a_call_without_end_is_said_to_be_open():
    application = calls.begun()
    Call.objects.update(kind="support", closes_at=None)
    (one,) = cabinet.of(calls.writer(application), MOMENT).agenda
    assert (one.until, one.words) == (None, "Приймаємо постійно")


def test_reports_wait_by_their_day():
    award = awards.active()
    user = people.preparer(award.organisation)
    first, second = cabinet.of(user, awards.MOMENT).agenda
    assert (first.what, first.about.split(" · ")[0]) == ("Подати звіт", "Проміжний звіт")
    assert first.until < second.until
    late = cabinet.of(user, awards.LATER).agenda[0]
    assert (late.kind, late.words) == ("late", "Прострочено на 35 днів")
    Report.objects.filter(position=1).update(again_by=date(2024, 6, 1))
    assert cabinet.of(user, awards.LATER).agenda[0].kind == "told"


def test_a_report_of_today_that_was_due_before_this_minute_is_late_without_days():
    at = agenda_of.end_of(date(2024, 4, 15))
    assert agenda_of.left(at, at) == {"kind": "late", "words": "Прострочено"}


def test_reviews_wait_together_by_call_and_day():
    made = reviews.assigned(applications=3, reviewers=2)
    reviewer = made.reviewers[0]
    count = Assignment.objects.filter(reviewer=reviewer).count()
    (one,) = cabinet.of(reviewer, reviews.AFTER).agenda
    assert one.what == f"Оцінити {count} заявки"
    assert one.href == f"/me/reviews/?call={made.call.code}"
    Assignment.objects.filter(reviewer=reviewer).update(due_on=None)
    assert cabinet.of(reviewer, reviews.AFTER).agenda[0].until is None


def test_who_asks_to_be_let_in_waits_for_the_head():
    organisation = people.organisation()
    head, preparer, asking = people.head(organisation), people.preparer(organisation), people.user(name="Новенька")
    people.join_request(organisation=organisation, user=asking)
    assert agenda(head) == [("Відповісти: Новенька хоче до вашої організації", "told")]
    assert agenda(preparer) == []
    found = cabinet.of(asking, MOMENT)
    assert (found.agenda, [one.organisation for one in found.asked]) == ([], [organisation])


def test_an_invitation_is_told_but_opened_by_its_letter_alone(client):
    user = people.user()
    invitation = people.invitation(email=user.email.upper(), expires_at=timezone.now() + timedelta(days=3))
    people.invitation(email=user.email, about="programmes.programme:7", expires_at=timezone.now() + timedelta(days=3))
    people.invitation(email=user.email)  # of long ago
    client.force_login(user)
    said = text_of(client.get(ADDRESS))
    assert f"Вас запрошують до організації «{invitation.organisation.name}»" in said
    assert said.count("На вас чекає запрошення") == 2


def test_the_page_shows_the_nearest_and_all_that_goes_on(client):
    application = calls.begun()
    user = calls.writer(application)
    Call.objects.update(closes_at=timezone.now() + timedelta(days=2))
    award = awards.active(organisation=application.organisation)
    people.join_request(user=user)
    programmes.officer(award.programme, user=user)
    client.force_login(user)
    answer = client.get(ADDRESS)
    said = text_of(answer)
    assert answer.context["first"].kind == "late"  # a report of 2024
    for words in (
        "Найближче",
        "Далі",
        "Дописати й подати заявку",
        award.title,
        "Чекаємо на відповідь голови",
        "Робочий стіл",
    ):
        assert words in said
    assert reverse("reviews:outcome", args=[award.application_id]) in answer.content.decode()


def test_with_nothing_to_do_open_calls_are_offered(client):
    call = calls.announced()
    Call.objects.update(closes_at=timezone.now() + timedelta(days=2))
    client.force_login(people.preparer())
    said = text_of(client.get(ADDRESS))
    assert "Зараз від вас нічого не треба" in said
    assert call.title in said


def test_an_administrator_has_a_desk(client):
    client.force_login(people.administrator())
    assert "Робочий стіл" in text_of(client.get(ADDRESS))


def test_queries_do_not_grow(client):
    made = reviews.assigned(applications=1, reviewers=2)
    user = made.reviewers[0]
    client.force_login(user)

    def more():
        organisation = people.organisation()
        people.member(organisation, "head", user=user)
        calls.begun(organisation=organisation, by=user)
        awards.active(organisation=organisation)
        people.join_request(organisation=organisation)
        people.join_request(user=user)
        programme = programmes.programme()
        for kind in (RoleKind.OFFICER, RoleKind.PANEL):
            Role.objects.create(user=user, kind=kind, programme=programme, given_at=MOMENT)
        events.published(programme, organisation=organisation)
        events.submitted(programme)

    more()
    one = queries_of(client, ADDRESS)
    more()
    more()
    assert queries_of(client, ADDRESS) == one <= 12


def test_what_was_handed_in_says_what_happens_next_and_when(client):
    application = calls.submitted()
    call, user = application.call, calls.writer(application)
    Call.objects.update(decision_by=date(2031, 5, 20), closes_at=timezone.now() + timedelta(days=9))
    client.force_login(user)
    assert "Подано. Прийом триває до" in text_of(client.get(ADDRESS))
    assert "Рішення до 20 травня" in text_of(client.get(ADDRESS))
    Call.objects.update(opens_at=timezone.now() - timedelta(days=9), closes_at=timezone.now() - timedelta(days=1))
    assert "Заявку оцінюють. Рішення до" in text_of(client.get(ADDRESS))
    Call.objects.filter(pk=call.pk).update(stage="cancelled", cancelled_why="Немає коштів")
    assert "Конкурс скасовано" in text_of(client.get(ADDRESS))


def test_who_sits_in_a_panel_sees_when_it_meets(client):
    stage = reviews.assessed(applications=1)
    client.force_login(stage.members[0])
    said = text_of(client.get(ADDRESS))
    assert "Засідання комісії" in said
    assert (
        reverse("reviews:panel", args=[stage.programme.code, stage.call.code]) in client.get(ADDRESS).content.decode()
    )
    Panel.objects.update(closed_at=timezone.now())
    assert "Засідання комісії" not in text_of(client.get(ADDRESS))


def of_events(user, at):
    return [(one.what, one.kind, one.words) for one in cabinet.of(user, at).agenda]


def test_an_organiser_sees_what_was_returned_put_off_owed_and_what_comes_next():
    event = events.published()
    organisation, user = event.organisation, event.author
    later = {"starts_at": events.STARTS + timedelta(days=9), "ends_at": events.ENDS + timedelta(days=9)}
    events.published(event.programme, organisation=organisation, **later)
    events.draft(event.programme, organisation=organisation)
    (one,) = cabinet.of(user, events.STARTS - timedelta(days=1)).agenda
    assert (one.what, one.about, one.until) == (
        "Провести захід",
        f"{event.title} · {organisation.called}",
        event.starts_at,
    )
    assert (one.kind, one.words) == ("soon", "Лишився 1 день")
    assert of_events(user, events.STARTS) == [("Провести захід", "open", "Триває зараз")]
    owed = cabinet.of(user, events.AFTER).agenda[0]
    assert (owed.what, owed.href) == ("Написати звіт про захід", f"/me/events/{event.code}/report/")
    assert owed.until == agenda_of.end_of((events.ENDS + timedelta(days=7)).date())
    assert ("Написати звіт про захід", "late", "Прострочено на 3 дні") in of_events(
        user, events.AFTER + timedelta(days=10)
    )
    reporting.send_back(
        events.reported(event), remark="Скільки було молоді?", by=programmes.officer(event.programme), at=events.AFTER
    )
    assert of_events(user, events.AFTER)[0][0] == "Відповісти на питання до звіту про захід"
    events.draft(event.programme, organisation=organisation, state="returned", remark="Де саме?")
    put_off = events.published(event.programme, organisation=organisation)
    Event.objects.filter(pk=put_off.pk).update(state="postponed")
    said = {(what, words) for what, _kind, words in of_events(user, events.AFTER)}
    assert ("Виправити захід і подати знову", "Повернуто з питаннями") in said
    assert ("Призначити новий час або скасувати", "Захід відкладено") in said


def test_a_report_handed_in_and_the_events_of_others_wait_for_no_organiser():
    event = events.published()
    events.reported(event)
    events.published(event.programme)
    assert agenda(event.author, events.AFTER) == []
    alone = people.user()
    Event.objects.filter(pk=event.pk).update(organisation=None, author=alone)
    EventReport.objects.all().delete()
    assert agenda(alone, events.AFTER) == [("Написати звіт про захід", "told")]


def test_who_answers_events_sees_them_with_the_day_promised_the_reports_and_the_nearest_event():
    due = (events.MOMENT + timedelta(days=3)).date()
    lviv = places.hromada(oblast=places.oblast(name="Львівська"))
    event = events.submitted(answer_due_on=due, organisation=people.organisation(hromada=lviv))
    programme = event.programme
    events.submitted(programme, answer_due_on=due + timedelta(days=1))
    events.reported(events.published(programme))
    nearest = events.published(
        programme, starts_at=events.STARTS + timedelta(days=40), ends_at=events.ENDS + timedelta(days=40)
    )
    user = programmes.officer(programme)
    programmes.consultant(programme, user=user, oblast=event.oblast)
    answers, ahead, read = cabinet.of(user, events.AFTER).agenda
    assert (answers.what, answers.kind, answers.until) == ("Відповісти на 2 заходи", "late", agenda_of.end_of(due))
    assert answers.href == f"/office/{programme.code}/events/?needs=answer#list"
    assert (ahead.what, ahead.about) == ("Найближчий захід", f"{nearest.title} · {programme.called}")
    assert (read.what, read.until) == ("Прочитати 1 звіт про захід", None)
    consultant = cabinet.of(events.consultant(event), events.AFTER).agenda
    assert [one.what for one in consultant] == ["Відповісти на 1 захід"]
    assert agenda(programmes.observer(programme), events.AFTER) == []
    assert cabinet.of(events.consultant(event), events.MOMENT).agenda[0].kind == "told"

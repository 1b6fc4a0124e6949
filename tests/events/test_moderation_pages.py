"""The moderator's pages: the queue, the list and its files, one event, the answers by their buttons, the rules."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, places, programmes
from viche.events.choices import State
from viche.events.models import Event, Report
from viche.events.queries import desk, standing, writing

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"events:{name}", args=args)


def page(client, user, address, *, status=200, **data):
    client.force_login(user)
    answer = client.get(address, data)
    assert answer.status_code == status, address
    return answer


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def titles(answer):
    return [event.title for event, _said in answer.context["rows"]]


def report(event, **changes):
    values = {
        "state": "submitted",
        "happened": "Було людно.",
        "total": 40,
        "begun_at": factory.AFTER,
        "submitted_at": factory.AFTER,
        **changes,
    }
    return Report.objects.create(event=event, **values)


def ahead(days=5):
    begins = timezone.now() + timedelta(days=days)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}


@pytest.fixture
def programme():
    return programmes.programme(code="HUBS")


@pytest.fixture
def officer(programme):
    return programmes.officer(programme)


def test_the_queue_has_the_longest_waiting_on_top_and_counts_what_is_late(client, programme, officer):
    today = timezone.localdate()
    waiting = {
        "Пізніше": today + timedelta(days=3),
        "Прострочено": today - timedelta(days=2),
        "Сьогодні": today,
    }
    for title, due in waiting.items():
        factory.submitted(programme, title=title, answer_due_on=due, **ahead())
    factory.submitted(programme, title="Без строку", **ahead())
    factory.draft(programme, title="Чернетка")
    answer = page(client, officer, at("office_list", "HUBS"))
    queue = [event.title for event, _said in answer.context["queue"]]
    assert [title for title in queue if title != "Без строку"] == ["Прострочено", "Сьогодні", "Пізніше"]
    shown = text(answer)
    assert "Відповідь запізнилася на 2 дні" in shown
    assert "Відповісти сьогодні" in shown
    assert "Чернетка" not in titles(answer)
    assert {one["label"]: one["value"] for one in answer.context["needs"]} == {
        "відповідь запізнилася": 1,
        "заходи чекають на відповідь": 4,
    }
    late = page(client, officer, at("office_list", "HUBS"), needs="overdue")
    assert titles(late) == ["Прострочено"]
    assert late.context["queue"] == []
    assert titles(page(client, officer, at("office_list", "HUBS"), needs="answer"))[0] == "Прострочено"


def test_a_consultant_sees_the_own_oblast_and_an_observer_everything(client, programme):
    lviv = places.hromada(oblast=places.oblast(name="Львівська"))
    own = factory.submitted(programme, title="У Полтаві", **ahead())
    factory.submitted(programme, title="У Львові", organisation=people.organisation(hromada=lviv), **ahead())
    consultant = factory.consultant(own)
    address = at("office_list", "HUBS")
    assert titles(page(client, consultant, address)) == ["У Полтаві"]
    assert set(titles(page(client, programmes.observer(programme), address))) == {"У Полтаві", "У Львові"}
    assert set(titles(page(client, people.administrator(), address))) == {"У Полтаві", "У Львові"}
    rows = json.loads(page(client, consultant, at("office_file", "HUBS", "json")).content)
    assert [row["title"] for row in rows] == ["У Полтаві"]
    elsewhere = Event.objects.get(title="У Львові")
    page(client, consultant, at("office", "HUBS", elsewhere.code), status=404)
    page(client, programmes.panellist(programme), address, status=404)


def test_the_list_is_found_filtered_and_sorted_by_the_address(client, programme, officer):
    week = factory.campaign(programme, code="OGW-24")
    host = people.organisation(name="Бібліотека імені Лесі")
    one = factory.published(programme, title="Їжа і клімат", campaign=week, organisation=host)
    two = factory.published(programme, title="Ярмарок ідей", format="game", heads=25)
    address = at("office_list", "HUBS")
    asked = {
        "q": "їжа клімат",
        "campaign": "OGW-24",
        "format": "seminar",
        "organisation": str(host.pk),
        "needs": "no_report",
        "state": "published",
    }
    for name, value in asked.items():
        if name in {"needs", "state"}:
            continue
        assert titles(page(client, officer, address, **{name: value})) == [one.title], name
    assert titles(page(client, officer, address, q=two.code)) == [two.title]
    assert titles(page(client, officer, address, q="лесі")) == [one.title]
    assert titles(page(client, officer, address, needs="counted")) == [two.title]
    assert set(titles(page(client, officer, address, state="published"))) == {one.title, two.title}
    assert set(titles(page(client, officer, address, needs="чого нема", state="чого нема"))) == {one.title, two.title}
    assert titles(page(client, officer, address, oblast="poltavska", sort="title")) == [one.title, two.title]
    only = page(client, officer, address, organisation=str(host.pk))
    assert host.name in text(only)
    assert 'href="?#list"' in text(only)
    assert "Таких заходів немає" in text(page(client, officer, address, q="немає такого"))
    assert page(client, officer, address, organisation="999999").context["only"] == []


def test_every_way_in_which_an_event_stands_has_its_words(programme):
    moment = factory.AFTER
    now = desk.now(writing.policy_of(programme), moment)

    def said(event):
        return tuple(standing.of(event, now))

    held, coming = factory.published(programme), factory.published(programme)
    coming.starts_at, coming.ends_at = moment + timedelta(days=1), moment + timedelta(days=2)
    assert said(coming) == ("open", "Оголошено")
    coming.starts_at = moment
    assert said(coming) == ("open", "Триває")
    assert said(held) == ("held", "Відбувся, звіту ще немає")
    later = desk.now(writing.policy_of(programme), moment + timedelta(days=30))
    assert tuple(standing.of(held, later)) == ("late", "Звіт прострочено")
    kept = report(held)
    assert tuple(standing.of(held, later)) == ("soon", "Звіт чекає на перевірку")
    kept.state = "accepted"
    held.report = kept
    assert said(held) == ("verified", "Відбувся, звіт прийнято")
    states = {
        State.DRAFT: "Чернетка",
        State.RETURNED: "Повернуто з питаннями",
        State.POSTPONED: "Відкладено",
        State.CANCELLED: "Скасовано",
        State.SUBMITTED: "Чекає на відповідь",
    }
    for state, words in states.items():
        held.state = state
        assert said(held)[1] == words
    held.state, held.decline_reason = State.DECLINED, "paid"
    assert said(held)[1] == "Відхилено: платний або комерційний"
    held.state, held.answer_due_on = State.SUBMITTED, now.today + timedelta(days=2)
    assert said(held)[1].startswith("Відповісти до 22")


def test_the_event_page_tells_the_moderator_everything(client, programme, officer):
    rules = {"speakers": {"share": 50, "blocks": True}, "voices": {"least": 1, "blocks": False}}
    week = factory.campaign(programme, rules=rules)
    event = factory.submitted(
        programme, campaign=week, is_place_private=True, online_link="https://meet.example/1", capacity=30
    )
    shown = text(page(client, officer, at("office", "HUBS", event.code)))
    for words in (
        event.about,
        "вул. Шкільна, 1 (лише для зареєстрованих)",
        "https://meet.example/1",
        "20 травня 2024 р., 12:00–14:00",
        "жінок: 2, чоловіків: 1",
        "Запросили через раду ветеранів",
        "Мир, справедливість та сильні інститути",
        "#OpenGovWeek",
        "Інклюзія за правилами кампанії",
        "за правилами кампанії це умова",
        "Оголосити захід",
    ):
        assert words in shown, words
    observer = text(page(client, programmes.observer(programme), at("office", "HUBS", event.code)))
    assert "Оголосити захід" not in observer
    own = programmes.officer(programme, user=event.author)
    assert "На цей захід відповість хтось інший" in text(page(client, own, at("office", "HUBS", event.code)))


def test_what_may_be_the_same_event_is_suggested(client, programme, officer):
    host = people.organisation()
    event = factory.submitted(programme, organisation=host, title="Бюджет участі для всіх")
    same = factory.published(programme, organisation=host, title="Для всіх: бюджет участі")
    neighbour = people.organisation(hromada=host.hromada)
    near = factory.published(programmes.programme(), organisation=neighbour, title="Бюджет участі для всіх охочих")
    later = {"starts_at": factory.STARTS + timedelta(days=2), "ends_at": factory.ENDS + timedelta(days=2)}
    for changes in (
        {"title": "Зовсім інший захід", "organisation": host},
        {"title": event.title, "organisation": host, **later},
        {"title": event.title},
        {"title": event.title, "organisation": host, "state": State.CANCELLED},
    ):
        factory.draft(programme, **{"state": State.SUBMITTED, **changes})
    found = desk.duplicates(event, within=Q(programme=programme))
    assert [(one.event.pk, one.percent) for one in found] == [(same.pk, 100), (near.pk, 80)]
    shown = text(page(client, officer, at("office", "HUBS", event.code)))
    assert "Чи не те саме вже подано?" in shown
    assert "назва схожа на 80 %" in shown
    nowhere = factory.draft(programme, starts_at=None, ends_at=None)
    assert desk.duplicates(nowhere, within=Q(programme=programme)) == []
    assert "Чернетка" in text(page(client, officer, at("office", "HUBS", nowhere.code)))


def test_unannounced_events_of_other_programmes_are_suggested_to_nobody(client, programme):
    host, title = people.organisation(), "Закрита зустріч про злиття шкіл"
    secret = factory.submitted(programmes.programme(is_public=False), organisation=host, title=title)
    waiting = factory.submitted(programmes.programme(), organisation=host, title=title)
    event = factory.submitted(programme, organisation=host, title=title)
    shown = text(page(client, factory.consultant(event), at("office", "HUBS", event.code)))
    assert secret.code not in shown
    assert waiting.code not in shown


def test_answers_by_their_buttons(client, programme, officer):
    codes = [factory.submitted(programme).code for __ in range(3)]
    client.force_login(officer)
    assert client.get(at("office_accept", "HUBS", codes[0])).status_code == 302
    assert (
        client.post(at("office_accept", "HUBS", codes[0]), {"revision": 0}).url
        == f"{at('office_list', 'HUBS')}?needs=answer"
    )
    wrong = client.post(at("office_return", "HUBS", codes[1]), {"remark": " "})
    assert wrong.status_code == 422
    assert 'id="e-return_remark"' in text(wrong)
    assert client.post(at("office_return", "HUBS", codes[1]), {"remark": "Додайте укриття."}).status_code == 302
    wrong = client.post(at("office_decline", "HUBS", codes[2]), {"remark": "Бо ні"})
    assert wrong.status_code == 422
    assert "Бо ні" in text(wrong)
    done = client.post(at("office_decline", "HUBS", codes[2]), {"reason": "paid", "remark": ""})
    assert done.status_code == 302
    states = [Event.objects.get(code=code).state for code in codes]
    assert states == [State.PUBLISHED, State.RETURNED, State.DECLINED]
    shown = text(page(client, officer, at("office", "HUBS", codes[1])))
    assert "Додайте укриття." in shown
    assert "Остання відповідь" in shown
    late = client.post(at("office_accept", "HUBS", codes[2]))
    assert late.status_code == 409
    assert "На цей захід уже відповіли: відхилено" in text(late)


def test_what_came_of_an_event_leads_to_its_report(client, programme, officer):
    event = factory.published(programme, heads=40)
    report(event, state="accepted", decided_at=factory.AFTER)
    shown = text(page(client, officer, at("office", "HUBS", event.code)))
    assert at("office_report", "HUBS", event.code) in shown
    assert "40</a> людей" in shown


def test_rules_are_typed_by_officers(client, programme, officer):
    address = at("office_policy", "HUBS")
    assert 'value="3"' in text(page(client, officer, address))
    typed = {"moderation_days": "0", "report_days": "10", "far_km": "50", "seats_days": "365"}
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    assert "Щонайменше 1." in text(wrong)
    assert client.post(address, {**typed, "moderation_days": "5"}).status_code == 302
    policy = writing.policy_of(programme)
    assert (policy.moderation_days, policy.report_days, policy.trusts_participants) == (5, 10, False)
    page(client, programmes.consultant(programme), address, status=404)


def test_files_hold_the_same_list_without_people_and_exact_places(client, programme, officer):
    event = factory.published(programme, heads=12, title="=1+1", is_place_private=True)
    report(event)
    plain = page(client, officer, at("office_file", "HUBS", "csv")).content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(plain))
    cells = dict(zip(head, row, strict=True))
    assert (cells["title"], cells["heads"], cells["report"]) == ("'=1+1", "12", "submitted")
    assert event.address not in plain
    assert event.author.name not in plain
    assert page(client, officer, at("office_file", "HUBS", "xlsx")).content[:2] == b"PK"
    assert json.loads(page(client, officer, at("office_file", "HUBS", "json"), q="нема").content) == []


@pytest.mark.parametrize("who", ["officer", "consultant"])
def test_the_office_list_asks_as_much_for_many_as_for_one(client, programme, who):
    def add(count):
        week = factory.campaign(programme)
        for __ in range(count):
            factory.submitted(programme, campaign=week, answer_due_on=timezone.localdate(), **ahead())
            report(factory.published(programme))

    def asked(name, *args, **data):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name, args=["HUBS", *args]), data).status_code == 200
        return len(queries)

    add(1)
    user = programmes.officer(programme) if who == "officer" else factory.consultant(Event.objects.first())
    client.force_login(user)
    pages = [("events:office_list",), ("events:office_file", "csv"), ("events:office", Event.objects.first().code)]
    before = [asked(*one) for one in pages]
    add(3)
    assert [asked(*one) for one in pages] == before
    assert max(before) <= 12
    host = Event.objects.first().organisation_id
    assert asked("events:office_list", organisation=host, needs="answer") <= 12


def test_the_answer_stands_before_the_long_facts_and_these_before_the_rest(client):
    event = factory.submitted()
    said = text(page(client, programmes.officer(event.programme), at("office", event.programme.code, event.code)))
    assert said.index("Оголосити захід") < said.index("Про захід</h2>")
    assert "split--answer" in said
    event = factory.published()
    assert "split--answer" not in text(
        page(client, programmes.officer(event.programme), at("office", event.programme.code, event.code))
    )

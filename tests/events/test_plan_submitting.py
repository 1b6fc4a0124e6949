"""Handing in a plan: one press submits every draft that is ready; what is left is told with why and where."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse

from tests.events.test_plans import HEAD, NOW, hub, shown, sixty, taken
from tests.factories import events, people, programmes
from viche.events import access
from viche.events.models import Event, Plan
from viche.events.operations import plans
from viche.events.queries import plans as queries
from viche.events.queries.writing import Frame
from viche.journal.models import Entry as Act
from viche.methods.refusals import NotAllowed

pytestmark = pytest.mark.django_db
__all__ = ["hub"]


def at(plan, name="plan_made"):
    return reverse(f"events:{name}", args=[plan.pk])


def test_an_import_leads_to_its_plan_and_one_press_submits_what_is_ready(client, hub):
    answer = taken(client, hub, shown(client, hub, sixty()))
    plan = Plan.objects.get()
    assert answer.redirect_chain[-1][0] == at(plan)
    assert (answer.context["ready"], answer.context["left"]) == (57, 57)
    Event.objects.filter(title__in=["Зустріч 0", "Зустріч 1"]).update(venue="", format="")
    page = client.get(at(plan))
    first = page.context["page"].items[0]
    assert [fault.field for fault in first.faults] == ["format", "venue"]
    here = reverse("events:write", args=[first.event.code])
    assert f'href="{here}?check=1#id_format">Виберіть формат.' in page.content.decode()
    assert client.get(at(plan, "plan_submit"))["Location"] == at(plan)
    done = client.post(at(plan, "plan_submit"), follow=True)
    said = done.content.decode()
    assert "Оголошено 55 заходів." in said
    assert "2 заходи ще не подано." in said
    assert "Жоден захід ще не готовий." in said
    assert "Подати все, що готове" not in said
    assert (done.context["left"], done.context["ready"], done.context["submitted"]) == (2, 0, 55)
    assert Event.objects.filter(state="published").count() == 55
    assert Act.objects.filter(verb="events.published").count() == 55
    client.post(at(plan, "plan_submit"))
    assert Act.objects.filter(verb="events.published").count() == 55
    assert at(plan) in client.get(here).content.decode()
    assert "2 чернетки" in client.get(reverse("events:plan")).content.decode()


def test_what_nobody_trusts_waits_for_an_answer(client, hub):
    events.policy(hub.programme, trusts_participants=False)
    taken(client, hub, shown(client, hub, f"{HEAD}\nЗустріч;04.01.2027;18:00;19:00;семінар;Зала"))
    plan = Plan.objects.get()
    assert "спершу подивиться програма" in client.get(at(plan)).content.decode()
    done = client.post(at(plan, "plan_submit"), follow=True).content.decode()
    assert "Подано 1 захід. Відповіді прийдуть листами." in done
    assert "Усе з цього плану подано" in done
    assert "усе подано" in client.get(reverse("events:plan")).content.decode()


def test_the_rules_of_a_campaign_keep_a_draft_back_and_say_why(client, hub):
    days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=30)}
    week = events.campaign(hub.programme, **days, rules={"partners": {"least": 1, "blocks": True}})
    Event.objects.all().delete()
    row = {
        "title": "Зустріч",
        "format": "seminar",
        "venue": "Зала",
        "starts_at": NOW + timedelta(days=20),
        "ends_at": NOW + timedelta(days=20, hours=1),
    }
    host, frame = hub.organisation, Frame(hub.programme, week)
    rows = [row, {**row, "title": "Друга", "partners": ["Разом"]}]
    made = plans.take_over(frame, organisation=host, rows=rows, by=hub.user, at=NOW)
    assert plans.submit_all(made.plan, by=hub.user, at=NOW) == (1, 0, 1, 0, 0)
    (left,) = queries.left(made.plan)
    assert left.faults[0].sentence.startswith("Партнерство. Назвіть партнерів")
    assert "Партнерство" in client.get(at(made.plan)).content.decode()


def test_a_long_plan_is_handed_in_by_portions_and_tells_how_far_it_is(client, hub, monkeypatch):
    taken(client, hub, shown(client, hub, sixty()))
    plan = Plan.objects.get()
    monkeypatch.setattr(plans, "PORTION", 40)
    assert "Подати перші 40" in client.get(at(plan)).content.decode()
    assert plans.submit_all(plan, by=hub.user, at=NOW, most=40) == (40, 0, 17, 17, 0)
    page = client.get(at(plan)).content.decode()
    assert "Подано 40 із 57." in page
    assert "Подати все, що готове" in page
    assert plans.submit_all(plan, by=hub.user, at=NOW, most=40) == (17, 0, 0, 0, 0)


def test_a_press_tells_what_waits_for_the_next_one(client, hub):
    rows = [f"Зустріч {n};{4 + n % 20:02}.01.2027;18:00;19:00;семінар;Зала" for n in range(plans.PORTION + 2)]
    taken(client, hub, shown(client, hub, "\n".join([HEAD, *rows])))
    said = client.post(at(Plan.objects.get(), "plan_submit"), follow=True).content.decode()
    assert "Ще 2 заходи готові. Натисніть ще раз, щоб подати." in said
    assert "Подано 100 із 102." in said


def test_what_the_person_may_not_hand_in_any_more_is_told(client, hub):
    taken(client, hub, shown(client, hub, f"{HEAD}\nЗустріч;04.01.2027;18:00;19:00;семінар;Зала"))
    plan = Plan.objects.get()
    Event.objects.filter(plan=plan).update(organisation=people.organisation())
    said = client.post(at(plan, "plan_submit"), follow=True).content.decode()
    assert "1 захід подати не можете: він уже не вашої організації." in said
    assert "1 захід ще не подано." in said


def test_what_a_colleague_changes_in_that_moment_keeps_no_other_back(client, hub):
    rows = [f"Зустріч {n};0{4 + n}.01.2027;18:00;19:00;семінар;Зала" for n in range(3)]
    taken(client, hub, shown(client, hub, "\n".join([HEAD, *rows])))
    plan = Plan.objects.get()
    waiting = ["Зустріч 1"]

    def meanwhile(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and waiting:
            Event.objects.filter(title=waiting.pop()).update(venue="", format="")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        said = client.post(at(plan, "plan_submit"), follow=True).content.decode()
    assert "Оголошено 2 заходи." in said
    assert "1 захід ще не подано." in said
    assert set(Event.objects.filter(state="published").values_list("title", flat=True)) == {"Зустріч 0", "Зустріч 2"}


def test_a_plan_with_nothing_new_is_no_plan(client, hub):
    page = shown(client, hub, sixty())
    taken(client, hub, page)
    assert taken(client, hub, page).redirect_chain[-1][0] == reverse("events:mine")
    assert Plan.objects.count() == 1


def test_who_hands_a_plan_in(client, hub):
    row = {"title": "Моя", "starts_at": NOW}
    theirs = plans.take_over(Frame(hub.programme), organisation=hub.organisation, rows=[row], by=hub.user, at=NOW).plan
    own = plans.take_over(Frame(hub.programme), organisation=None, rows=[row], by=hub.user, at=NOW).plan
    colleague, officer = people.preparer(hub.organisation), programmes.officer(hub.programme)
    may = {
        who: (access.may_write_plan(who, theirs), access.may_write_plan(who, own))
        for who in (hub.user, colleague, officer)
    }
    assert list(may.values()) == [(True, True), (True, False), (False, False)]
    assert not access.may_write_plan(AnonymousUser(), own)
    assert [list(queries.of_user(who)) for who in (colleague, officer)] == [[theirs], []]
    with pytest.raises(NotAllowed):
        plans.submit_all(own, by=colleague, at=NOW)
    client.force_login(officer)
    assert client.get(at(own)).status_code == client.get("/me/events/plans/999999/").status_code == 404


def test_a_long_plan_asks_as_much_as_a_short_one(client, hub, django_assert_max_num_queries):
    counts = []
    for many in (1, 3, 300):
        rows = [{"title": f"Зустріч {many} {n}", "starts_at": NOW, "entry": "invited"} for n in range(many)]
        plan = plans.take_over(Frame(hub.programme), organisation=hub.organisation, rows=rows, by=hub.user, at=NOW).plan
        with django_assert_max_num_queries(12) as caught:
            assert client.get(at(plan)).context["left"] == many
        counts.append(len(caught))
    assert counts[0] == counts[1] == counts[2]


def test_a_plan_asks_as_much_with_one_draft_as_with_fifty(client, hub, django_assert_max_num_queries):
    found = []
    for number in (1, 3, 50):
        rows = [f"Зустріч {number}-{n};04.01.2027;18:00;19:00;семінар;Зала" for n in range(number)]
        taken(client, hub, shown(client, hub, "\n".join([HEAD, *rows])))
        address = reverse("events:plan_made", args=[Plan.objects.latest("pk").pk])
        client.get(address)
        with django_assert_max_num_queries(12) as caught:
            assert len(client.get(address).context["page"].items) == min(number, 25)
        found.append(len(caught))
    assert len(set(found)) == 1, found

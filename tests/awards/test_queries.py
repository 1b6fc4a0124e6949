from datetime import date
from decimal import Decimal

import pytest

from tests.factories import awards as factory
from tests.factories import people, places, programmes
from viche.awards.choices import AwardState, TrancheState
from viche.awards.operations import granting
from viche.awards.queries import awards, planning, reading, states, waiting
from viche.calls.choices import CallKind
from viche.places import queries as regions

pytestmark = pytest.mark.django_db
TODAY = date(2024, 5, 20)


def codes(found):
    return {award.code for award in found}


def test_of_ones_own_awards_those_under_way_come_first_then_those_ended_then_those_closed():
    head = people.head()
    organisation = head.memberships.get().organisation
    closed = factory.closed(factory.active(organisation=organisation))
    ended = factory.active(organisation=organisation)
    granting.end(ended, why="Не змогли", by=programmes.officer(ended.programme), at=factory.LATER)
    under_way = factory.active(organisation=organisation)
    assert [award.code for award in awards.of_user(head)] == [under_way.code, ended.code, closed.code]


def test_the_register_takes_what_makes_sense():
    one = factory.active()
    assert codes(awards.register(q="  Світла   ЧИТАЛЬНЯ ")) == {one.code}
    assert codes(awards.register(q=one.organisation.edrpou)) == {one.code}
    assert codes(awards.register(year="2024")) == {one.code}
    assert codes(awards.register(year="2023")) == set()
    assert codes(awards.register(year="9999")) == {one.code}
    assert codes(awards.register(kind="hub")) == set()


def test_sums_by_currency_and_oblast():
    north = people.organisation(hromada=places.hromada(oblast=places.oblast(name="Сумська")))
    factory.active(organisation=north, amount=Decimal(1000))
    factory.active(amount=Decimal(500))
    factory.active(kind=CallKind.HUB, amount=None)
    award = factory.active(amount=Decimal(70))
    awards.Award.objects.filter(pk=award.pk).update(currency="EUR")
    whole = awards.sums(awards.groups(awards.register()))
    assert (whole.count, whole.amounts) == (4, [("UAH", Decimal(1500)), ("EUR", Decimal(70))])
    assert sorted(whole.oblasts.values()) == [1, 3]
    part = awards.sums(awards.groups(awards.register()), oblast=north.hromada.oblast_id)
    assert (part.count, part.amounts) == (1, [("UAH", Decimal(1000))])
    assert part.oblasts == whole.oblasts


def test_facets_are_what_occurs():
    award = factory.active()
    oblasts = list(regions.oblasts())
    found = awards.facets(awards.public_register().groups, oblasts)
    assert found.programmes == [(award.programme.code, award.programme.name)]
    assert found.oblasts == [("poltavska", "Полтавська область")]
    assert found.years == [("2024", "2024")]
    assert awards.facets([], oblasts) == awards.Facets([], [], [])


def test_the_latest():
    award = factory.active()
    factory.prepared()
    assert [one.code for one in awards.latest()] == [award.code]


def test_calls_wait_for_their_awards():
    call = factory.call()
    factory.application(call)
    factory.application(call)
    (found,) = awards.undecided_calls(call.programme)
    assert found.lacking == 2
    granting.prepare_all(call, by=programmes.officer(call.programme), at=factory.MOMENT)
    assert list(awards.undecided_calls(call.programme)) == []


def test_what_an_organisation_owes():
    world = factory.world()
    assert [report.title for report in waiting.for_organisations_of(world.preparer)] == [
        "Проміжний звіт",
        "Підсумковий звіт",
    ]
    factory.submitted(factory.report(world.award), by=world.preparer)
    assert [report.title for report in waiting.for_organisations_of(world.preparer)] == ["Підсумковий звіт"]
    assert list(waiting.for_organisations_of(world.stranger)) == []


def test_what_the_office_has_to_do():
    programme = programmes.programme()
    assert waiting.for_office(programme, TODAY) == dict.fromkeys(waiting.NEEDS, 0)
    factory.prepared(programme)
    factory.active(programme)
    factory.submitted(factory.report(factory.active(programme)))
    factory.finished(factory.active(programme))
    factory.closed(factory.active(programme))
    assert waiting.for_office(programme, TODAY) == {"check": 1, "pay": 2, "late": 1, "prepared": 1, "close": 1}
    assert waiting.for_office(programme, date(2024, 3, 1))["late"] == 0
    assert waiting.next_of([]) is None


def test_the_proposed_plan_is_seventy_and_thirty():
    award = factory.prepared(amount=Decimal(100_001))
    version = factory.form(award.programme)
    plan = planning.proposed(award)
    assert [tranche["amount"] for tranche in plan["tranches"]] == [Decimal(70_001), Decimal(30_000)]
    assert [report["due_on"] for report in plan["reports"]] == [date(2024, 4, 16), date(2024, 7, 14)]
    assert {report["form"] for report in plan["reports"]} == {version}
    assert planning.planned(award) == {"reports": [], "tranches": []}
    factory.plan(award, **plan)
    assert [one["after"] for one in planning.planned(award)["tranches"]] == [None, 1]
    assert planning.forms(award).keys() >= {version.pk}


def test_the_plan_of_short_work_of_little_money_and_of_none():
    award = factory.prepared(amount=Decimal("0.40"))
    award.ends_on = date(2024, 2, 20)
    plan = planning.proposed(award)
    assert [report["title"] for report in plan["reports"]] == ["Підсумковий звіт"]
    assert [tranche["amount"] for tranche in plan["tranches"]] == [Decimal("0.40")]
    assert planning.only_form(award) is None
    assert planning.proposed(factory.prepared(kind=CallKind.HUB, amount=None))["tranches"] == []


def test_a_form_is_proposed_only_where_there_is_no_other_and_only_forms_of_reports_are_listed():
    award = factory.prepared()
    assert planning.forms(award) == {}
    only = factory.form(award.programme)
    assert planning.forms(award).keys() == {only.pk}
    assert planning.only_form(award) == only
    factory.plan(award, reports=factory.reports_of_plan(award, award.application.call.form))
    assert planning.forms(award).keys() >= {only.pk, award.application.call.form_id}
    other = factory.prepared(award.programme)
    factory.form(award.programme)
    assert planning.only_form(other) is None
    assert {report["form"] for report in planning.proposed(other)["reports"]} == {None}


def test_steps_of_one_day_stand_in_their_natural_order():
    award = factory.finished()
    day = date(2024, 5, 20)
    award.tranches.update(paid_on=day)
    awards.Award.objects.filter(pk=award.pk).update(awarded_on=day, agreed_on=day)
    factory.granting.close(
        award, done="Усе.", left_why="Комісія.", by=programmes.officer(award.programme), at=factory.LATER
    )
    award.refresh_from_db()
    said = [step.words.replace("\u00a0", " ") for step in states.steps(award, *awards.parts(award))]
    assert said == [
        "Комісія підтримала",
        "Угоду підписано",
        "Сплачено 126 000 ₴",
        "Прийнято звіт: Проміжний звіт",
        "Сплачено 54 000 ₴",
        "Прийнято звіт: Підсумковий звіт",
        "Підтримку завершено",
    ]


def test_that_a_tranche_may_be_paid_is_said_to_the_office_alone():
    tranche = awards.parts(factory.active())[1][0]
    assert states.of_tranche(tranche).words == "Чекає на виплату"
    assert states.of_tranche(tranche, office=True).words == "Можна платити"


def test_how_awards_reports_and_tranches_stand():
    world = factory.world()
    reports, tranches = awards.parts(world.award)
    assert states.of_award(world.award).kind == "told"
    assert states.of_report(reports[0], date(2024, 4, 15)).kind == "draft"
    assert states.of_report(reports[0], date(2024, 4, 17)).words == "Прострочено на 2 дні"
    assert [states.of_tranche(one).kind for one in tranches] == ["soon", "draft"]
    factory.submitted(factory.report(world.award), by=world.preparer)
    reports, tranches = awards.parts(world.award)
    assert states.of_report(reports[0], TODAY).kind == "told"
    assert states.next_for_office(world.award, reports, tranches, TODAY).words == "Перевірити: Проміжний звіт"
    ended = granting.end(world.award, why="Так.", by=world.officer, at=factory.LATER)
    reports, tranches = awards.parts(ended)
    assert states.of_award(ended).kind == "closed"
    assert states.of_tranche(tranches[0]).words == "Не платитимуть"
    assert states.of_report(reports[1], date(2025, 1, 1)).kind == "draft"
    assert states.steps(ended, reports, tranches)[-1].note == "Так."
    assert states.next_for_office(ended, reports, tranches, TODAY).kind == ""


def test_what_is_next_for_the_office_step_by_step():
    def said(award):
        return states.next_for_office(award, award.reports.all(), award.tranches.all(), TODAY).words

    prepared = factory.prepared()
    assert said(prepared) == "Скласти план"
    factory.plan(prepared)
    assert said(prepared) == "Підписати угоду"
    assert states.of_tranche(awards.parts(prepared)[1][0]).words == "Після підписання угоди"
    award = factory.active()
    assert said(award).startswith("Сплатити 126")
    factory.pay(award, 1)
    assert said(award) == "Прострочено на 35 днів"
    factory.accepted(factory.report(award, 1))
    factory.pay(award, 2)
    factory.accepted(factory.report(award, 2))
    assert said(award) == "Завершити"
    award = factory.closed()
    reports, tranches = awards.parts(award)
    assert award.state == AwardState.CLOSED
    assert awards.paid(tranches) == award.amount
    assert {tranche.state for tranche in tranches} == {TrancheState.PAID}
    assert all(step.done for step in states.steps(award, reports, tranches))
    assert not awards.is_ready_to_close(award, reports, tranches)


def test_words_of_the_tables():
    world = factory.world()
    report = factory.submitted(factory.report(world.award), by=world.preparer, photograph=True)
    photographs = reading.photographs_of(report)
    assert str(report) == f"{world.award.code}: Проміжний звіт"
    assert str(report.submissions.get()) == f"{report} 1"
    assert str(world.award.tranches.first()) == f"{world.award.code}/1"
    assert photographs.count() == 1
    assert [one.report for one in reading.told([report])] == []

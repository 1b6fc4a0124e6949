"""Two people at the same moment: exactly one of them does it, and nothing is done twice."""

import threading
from datetime import date

import pytest
from django.db import connections

from tests.factories import awards as factory
from tests.factories import people, programmes
from tests.factories.awards import LATER, MOMENT
from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award, Report, Submission, Tranche
from viche.awards.operations import granting, reporting
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.questionnaires import operations as questionnaires

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run the acts at one moment in threads of their own; what came of each: its result, or the refusal."""
    ready, outcomes = threading.Barrier(len(acts), timeout=60), [None] * len(acts)

    def run(place, act):
        try:
            ready.wait()
            outcomes[place] = act()
        except Refused as refused:
            outcomes[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def refused(outcomes):
    return [one for one in outcomes if isinstance(one, Refused)]


def times(verb):
    return Entry.objects.filter(verb=verb).count()


def test_two_officers_accept_the_same_report():
    report = factory.submitted()
    officers = [programmes.officer(report.award.programme) for __ in range(8)]
    outcomes = at_once(*(lambda by=by: reporting.accept(report, remark="", by=by, at=LATER) for by in officers))
    assert [no.status for no in refused(outcomes)] == [409] * 7
    assert Report.objects.get(pk=report.pk).state == ReportState.ACCEPTED
    assert report.award.tranches.get(position=2).state == TrancheState.UNLOCKED
    assert times("awards.report_accepted") == 1


def test_one_accepts_while_another_returns():
    report = factory.submitted()
    one, other = (programmes.officer(report.award.programme) for __ in range(2))
    outcomes = at_once(
        lambda: reporting.accept(report, remark="", by=one, at=LATER),
        lambda: reporting.send_back(report, remark="Чеки?", by=other, at=LATER),
    )
    (no,) = refused(outcomes)
    assert no.status == 409
    report.refresh_from_db()
    unlocked = report.award.tranches.get(position=2).state == TrancheState.UNLOCKED
    assert unlocked is (report.state == ReportState.ACCEPTED)
    assert times("awards.report_accepted") + times("awards.report_returned") == 1


def test_a_tranche_is_paid_once():
    award = factory.active()
    tranche = award.tranches.get(position=1)
    by = programmes.officer(award.programme)
    outcomes = at_once(
        *(
            lambda day=day: granting.pay(tranche, paid_on=date(2024, 5, day), note=str(day), by=by, at=LATER)
            for day in range(1, 9)
        )
    )
    assert refused(outcomes) == []
    assert len({one.payment_note for one in outcomes}) == 1
    assert times("awards.paid") == 1
    assert Tranche.objects.filter(state=TrancheState.PAID).count() == 1


def test_a_report_is_submitted_once():
    report = factory.report()
    writers = [people.preparer(report.award.organisation) for __ in range(8)]
    factory.fill(report, by=writers[0])
    outcomes = at_once(*(lambda by=by: reporting.submit(report, by=by, at=LATER) for by in writers))
    assert refused(outcomes) == []
    assert {one.pk for one in outcomes} == {Submission.objects.get().pk}
    assert times("awards.report_submitted") == 1


def test_closing_while_the_last_report_is_being_returned():
    award = factory.active()
    factory.pay(award, 1)
    factory.accepted(factory.report(award, 1))
    factory.pay(award, 2)
    last = factory.submitted(factory.report(award, 2))
    one, other = (programmes.officer(award.programme) for __ in range(2))
    outcomes = at_once(
        lambda: granting.close(award, done="Усе.", left_why="Комісія.", by=one, at=LATER),
        lambda: reporting.send_back(last, remark="Чеки?", by=other, at=LATER),
    )
    assert [type(one) for one in outcomes] == [Refused, Report]
    assert Award.objects.get(pk=award.pk).state == AwardState.ACTIVE
    assert Report.objects.get(pk=last.pk).state == ReportState.RETURNED


def test_closing_while_the_last_report_is_being_accepted_leaves_nothing_half_done():
    award = factory.active()
    factory.pay(award, 1)
    factory.accepted(factory.report(award, 1))
    factory.pay(award, 2)
    last = factory.submitted(factory.report(award, 2))
    one, other = (programmes.officer(award.programme) for __ in range(2))
    outcomes = at_once(
        lambda: granting.close(award, done="Усе.", left_why="Комісія.", by=one, at=LATER),
        lambda: reporting.accept(last, remark="", by=other, at=LATER),
    )
    assert Report.objects.get(pk=last.pk).state == ReportState.ACCEPTED
    expected = AwardState.ACTIVE if refused(outcomes) else AwardState.CLOSED
    assert Award.objects.get(pk=award.pk).state == expected


def test_paying_while_the_award_ends():
    award = factory.active()
    tranche = award.tranches.get(position=1)
    one, other = (programmes.officer(award.programme) for __ in range(2))
    outcomes = at_once(
        lambda: granting.pay(tranche, paid_on=date(2024, 5, 2), note="", by=one, at=LATER),
        lambda: granting.end(award, why="Так.", by=other, at=LATER),
    )
    paid = Tranche.objects.get(pk=tranche.pk).state == TrancheState.PAID
    assert paid is not bool(refused(outcomes))
    assert Award.objects.get(pk=award.pk).state == AwardState.ENDED


def test_a_calls_awards_are_prepared_once():
    call = factory.call()
    for __ in range(3):
        factory.application(call)
    officers = [programmes.officer(call.programme) for __ in range(4)]
    outcomes = at_once(*(lambda by=by: granting.prepare_all(call, by=by, at=LATER) for by in officers))
    assert sorted(len(made) for made in outcomes) == [0, 0, 0, 3]
    assert Award.objects.count() == 3


def test_signing_while_a_form_of_the_plan_is_being_changed():
    """Neither waits for the other with what the other needs: no deadlock, however often they meet."""
    for _round in range(6):
        award = factory.prepared()
        first, second = factory.form(award.programme), factory.form(award.programme)
        planned = factory.reports_of_plan(award)
        planned[0]["form"], planned[1]["form"] = second, first
        factory.plan(award, reports=planned)
        officer = programmes.officer(award.programme)
        section = second.sections.first()

        def edit(section=section):
            for number in range(8):
                questionnaires.change_section(section, {"title": f"Розділ {number}"}, at=LATER)

        def agree(award=award, officer=officer):
            return granting.agree(award, number="7", agreed_on=MOMENT.date(), by=officer, at=MOMENT)

        outcomes = at_once(edit, agree, edit)
        assert isinstance(outcomes[1], Award)
        assert {type(one) for one in (outcomes[0], outcomes[2])} <= {type(None), Refused}

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import awards as factory
from tests.factories import people, programmes, questionnaires
from tests.factories.awards import LATER, MOMENT
from viche.awards.choices import AwardKind, AwardState, ReportState, TrancheState
from viche.awards.models import Award
from viche.awards.operations import granting
from viche.calls.choices import CallKind, Outcome, Stage
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.reviews.models import Panel

pytestmark = pytest.mark.django_db


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


def verbs():
    return list(Entry.objects.filter(verb__startswith="awards.").order_by("number").values_list("verb", flat=True))


def test_supported_applications_become_awards():
    call = factory.call()
    officer = programmes.officer(call.programme)
    yes = factory.application(call, amount=Decimal(50_000))
    factory.application(call, outcome=Outcome.DECLINED)
    factory.application(call, outcome=Outcome.RESERVE)
    (award,) = granting.prepare_all(call, by=officer, at=MOMENT)
    assert (award.code, award.organisation, award.amount) == (yes.code, yes.organisation, Decimal(50_000))
    assert (award.state, award.kind, award.awarded_on) == (AwardState.PREPARED, AwardKind.GRANT, date(2024, 2, 1))
    assert (award.starts_on, award.ends_on) == (date(2024, 2, 1), date(2024, 6, 30))
    assert award.promised == yes.summary
    assert verbs() == ["awards.prepared"]


def test_preparing_twice_makes_no_second_award():
    award = factory.prepared()
    call = award.application.call
    assert granting.prepare_all(call, by=programmes.officer(call.programme), at=MOMENT) == []
    assert Award.objects.count() == 1


def test_awards_wait_for_the_decision():
    call = factory.call(stage=Stage.ASSESSED)
    refused = refusal(granting.prepare_all, call, by=programmes.officer(call.programme), at=MOMENT)
    assert refused.status == 409


@pytest.mark.parametrize("kind", [CallKind.HUB, CallKind.SUPPORT, CallKind.PLACEMENT, CallKind.TRAINING])
def test_what_is_no_money_becomes_an_award_too(kind):
    award = factory.prepared(kind=kind, amount=None)
    assert (award.kind, award.amount) == (kind, None)


def test_without_days_of_work_in_the_call_it_begins_when_prepared():
    call = factory.call(work_starts_on=None, work_ends_on=date(2023, 12, 31))
    factory.application(call)
    (award,) = granting.prepare_all(call, by=programmes.officer(call.programme), at=MOMENT)
    assert (award.starts_on, award.ends_on) == (date(2024, 2, 1), date(2024, 2, 1))


def test_an_untitled_application_goes_by_its_organisation():
    call = factory.call()
    one = factory.application(call, title="")
    (award,) = granting.prepare_all(call, by=programmes.officer(call.programme), at=MOMENT)
    assert award.title == one.organisation.name


def test_the_plan_is_written_and_replaced():
    award = factory.planned()
    version = factory.form(award.programme)
    one = [{"title": " Звіт ", "due_on": date(2024, 7, 1), "form": version}]
    whole = [{"amount": award.amount, "planned_on": date(2024, 7, 10), "after": 1}]
    days = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 5, 1)}
    factory.plan(award, reports=one, tranches=whole, **days)
    award.refresh_from_db()
    report, tranche = award.reports.get(), award.tranches.get()
    assert (report.title, report.is_final, report.position, report.sheet) == ("Звіт", True, 1, None)
    assert (tranche.after, tranche.state) == (report, TrancheState.LOCKED)
    assert (award.starts_on, award.ends_on) == (date(2024, 3, 1), date(2024, 5, 1))
    assert verbs() == ["awards.prepared", "awards.planned", "awards.planned"]


def test_tranches_must_make_exactly_the_award():
    award = factory.prepared()
    short = [{"amount": Decimal("179000.50"), "planned_on": date(2024, 2, 1), "after": None}]
    refused = refusal(factory.plan, award, tranches=short)
    assert refused.sentence.replace("\u00a0", " ") == (
        "Транші разом дають 179 000,50 ₴, а грант – 180 000 ₴: бракує 999,50 ₴."
    )
    over = [{"amount": Decimal(200_000), "planned_on": date(2024, 2, 1), "after": None}]
    assert "зменште їх на 20" in refusal(factory.plan, award, tranches=over).sentence
    assert refused.field == "tranches"
    assert not award.reports.exists()


def change(plan, at, **changes):
    plan[at] = {**plan[at], **changes}
    return plan


PLANS = {
    "нуль": lambda r, t: (r, change(t, 0, amount=Decimal(0))),
    "від’ємна": lambda r, t: (r, change(t, 0, amount=Decimal(-5))),
    "звіт, якого немає": lambda r, t: (r, change(t, 1, after=7)),
    "раніше за звіт": lambda r, t: (r, change(t, 1, planned_on=date(2024, 4, 14))),
    "без звітів": lambda _r, t: ([], t),
    "без назви": lambda r, t: (change(r, 0, title="  "), t),
    "довга назва": lambda r, t: (change(r, 0, title="х" * 201), t),
    "не за днями": lambda r, t: (change(r, 0, due_on=date(2024, 7, 14)), t),
    "до початку": lambda r, t: (change(r, 0, due_on=date(2024, 1, 31)), t),
    "підсумковий не останній": lambda r, t: (change(r, 0, is_final=True), t),
}


@pytest.mark.parametrize("why", PLANS)
def test_a_plan_that_cannot_be_kept_is_refused(why):
    award = factory.prepared()
    reports, tranches = PLANS[why](factory.reports_of_plan(award), factory.tranches_of_plan(award))
    refused = refusal(factory.plan, award, reports=reports, tranches=tranches)
    assert refused.field in {"reports", "tranches"}
    assert not award.tranches.exists()


def test_work_does_not_end_before_it_begins():
    award = factory.prepared()
    assert refusal(factory.plan, award, ends_on=date(2024, 1, 1)).field == "ends_on"


def test_a_plan_takes_only_forms_of_its_programme_with_questions():
    award = factory.prepared()
    foreign = questionnaires.version(factory.REPORT, owner_key="programme:0")
    assert "іншій програмі" in refusal(factory.plan, award, reports=factory.reports_of_plan(award, foreign)).sentence
    empty = factory.form(award.programme, outline=[{"title": "Порожній", "questions": []}])
    assert "запитань" in refusal(factory.plan, award, reports=factory.reports_of_plan(award, empty)).sentence


def test_what_is_no_money_has_no_tranches():
    award = factory.prepared(kind=CallKind.HUB, amount=None)
    tranche = [{"amount": Decimal(1), "planned_on": date(2024, 5, 1), "after": None}]
    assert refusal(factory.plan, award, tranches=tranche).field == "tranches"
    factory.plan(award)
    assert award.reports.count() == 2


def test_an_agreed_plan_stays():
    award = factory.active()
    assert refusal(factory.plan, award).status == 409


def test_agreement_opens_reports_and_first_tranche():
    award = factory.active()
    first, second = award.tranches.all()
    assert (award.state, award.is_agreed) == (AwardState.ACTIVE, True)
    assert (first.state, second.state) == (TrancheState.UNLOCKED, TrancheState.LOCKED)
    assert all(report.sheet and report.form.is_frozen for report in award.reports.select_related("sheet", "form"))
    assert verbs()[-1] == "awards.agreed"


def test_signing_twice_changes_nothing():
    award = factory.active()
    by = programmes.officer(award.programme)
    again = granting.agree(award, number="Інший", agreed_on=date(2024, 2, 2), by=by, at=LATER)
    assert again.agreement_number == award.agreement_number
    assert verbs().count("awards.agreed") == 1


@pytest.mark.parametrize(
    ("number", "agreed_on", "field"),
    [
        (" ", date(2024, 2, 1), "number"),
        ("9" * 41, date(2024, 2, 1), "number"),
        ("1", date(2024, 2, 2), "agreed_on"),
    ],
)
def test_an_agreement_has_a_number_and_a_day_that_has_come(number, agreed_on, field):
    award = factory.planned()
    by = programmes.officer(award.programme)
    assert refusal(granting.agree, award, number=number, agreed_on=agreed_on, by=by, at=MOMENT).field == field


def test_no_agreement_without_a_plan_nor_after_the_end():
    award = factory.prepared()
    by = programmes.officer(award.programme)
    values = {"number": "1", "agreed_on": date(2024, 2, 1), "by": by, "at": MOMENT}
    assert refusal(granting.agree, award, **values).status == 409
    granting.end(award, why="Відмовилися.", by=by, at=MOMENT)
    assert refusal(granting.agree, award, **values).status == 409


def paying(award, position=1, **changes):
    by = changes.pop("by", None) or programmes.officer(award.programme)
    tranche = award.tranches.get(position=position)
    values = {"paid_on": date(2024, 5, 2), "note": " № 5 ", "by": by, "at": LATER, **changes}
    return granting.pay(tranche, **values)


def test_a_payment_is_noted_once():
    award = factory.active()
    tranche = paying(award)
    assert (tranche.state, tranche.paid_on, tranche.payment_note) == (TrancheState.PAID, date(2024, 5, 2), "№ 5")
    assert paying(award, paid_on=date(2024, 5, 3)).paid_on == date(2024, 5, 2)
    assert verbs().count("awards.paid") == 1


def test_a_locked_tranche_waits_for_its_report():
    award = factory.active()
    assert refusal(paying, award, 2).status == 409
    factory.accepted(factory.report(award))
    assert paying(award, 2).state == TrancheState.PAID


def test_a_payment_lies_between_the_agreement_and_today():
    award = factory.active()
    tomorrow = LATER.date() + timedelta(days=1)
    assert refusal(paying, award, paid_on=tomorrow).field == "paid_on"
    assert refusal(paying, award, paid_on=date(2024, 1, 31)).field == "paid_on"


def test_nothing_is_paid_once_the_award_has_ended():
    award = factory.active()
    granting.end(award, why="Громада відмовилася.", by=programmes.officer(award.programme), at=LATER)
    assert refusal(paying, award).status == 409


def closing(award, **changes):
    by = programmes.officer(award.programme)
    return granting.close(
        award, **{"done": " Читальня працює. ", "left_why": "Комісія.", "by": by, "at": LATER, **changes}
    )


def test_an_award_closes_when_all_is_accepted_and_paid():
    award = closing(factory.finished())
    assert (award.state, award.done, award.closed_at) == (AwardState.CLOSED, "Читальня працює.", LATER)
    assert closing(award, done="Інше").done == "Читальня працює."
    assert verbs().count("awards.closed") == 1


def test_an_award_does_not_close_early():
    award = factory.active()
    assert "звіти" in refusal(closing, award).sentence
    award.reports.update(
        state=ReportState.ACCEPTED, submitted_by=people.user(), submitted_at=LATER, checked_by=people.user()
    )
    assert "транші" in refusal(closing, award).sentence
    award.tranches.update(state=TrancheState.PAID, paid_on=date(2024, 5, 1))
    assert refusal(closing, award, done=" ").field == "done"
    assert refusal(closing, factory.prepared()).status == 409


def test_an_award_may_end_before_its_time_with_a_reason():
    award = factory.active()
    by = programmes.officer(award.programme)
    assert refusal(granting.end, award, why=" ", by=by, at=LATER).field == "why"
    ended = granting.end(award, why="Громаду евакуювали.", by=by, at=LATER)
    assert (ended.state, ended.ended_why, ended.ended_at) == (AwardState.ENDED, "Громаду евакуювали.", LATER)
    assert refusal(granting.end, award, why="Ще раз", by=by, at=LATER).status == 409


def test_only_the_programmes_officers_do_this():
    award = factory.active()
    outsider, observer = programmes.officer(), programmes.observer(award.programme)
    head = people.head(award.organisation)
    for by in (outsider, observer, head):
        with pytest.raises(NotAllowed):
            granting.prepare_all(award.application.call, by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            factory.plan(award, by=by)
        with pytest.raises(NotAllowed):
            granting.agree(award, number="1", agreed_on=date(2024, 2, 1), by=by, at=MOMENT)
        with pytest.raises(NotAllowed):
            paying(award, by=by)
        with pytest.raises(NotAllowed):
            granting.close(award, done="Так", by=by, at=LATER)
        with pytest.raises(NotAllowed):
            granting.end(award, why="Ні", by=by, at=LATER)


def test_the_decision_is_of_the_day_on_which_it_was_published():
    call = factory.call()
    factory.application(call)
    Panel.objects.update(closed_at=MOMENT + timedelta(days=6))
    (award,) = granting.prepare_all(call, by=programmes.officer(call.programme), at=MOMENT)
    assert award.awarded_on == date(2024, 2, 7)
    factory.plan(award)
    for day in (date(2024, 2, 6), date(1900, 1, 1), date(2024, 5, 21)):
        refused = refusal(granting.agree, award, number="7", agreed_on=day, by=people.administrator(), at=LATER)
        assert refused.field == "agreed_on"
    assert granting.agree(award, number="7", agreed_on=date(2024, 2, 7), by=people.administrator(), at=LATER)


def test_a_note_of_payment_made_by_mistake_is_taken_back():
    award = factory.active()
    officer = programmes.officer(award.programme)
    tranche = award.tranches.get(position=1)
    act = {"why": "Не той транш", "by": officer, "at": LATER}
    assert refusal(granting.revoke_payment, tranche, **act).status == 409
    factory.pay(award, 1)
    assert refusal(granting.revoke_payment, tranche, **(act | {"why": "  "})).field == "why"
    with pytest.raises(NotAllowed):
        granting.revoke_payment(tranche, **(act | {"by": people.preparer(award.organisation)}))
    near = programmes.officer(award.programme)
    tie_to_the_hromada(award, near)
    assert refusal(granting.revoke_payment, tranche, **(act | {"by": near})).status == 403
    tranche = granting.revoke_payment(tranche, **act)
    assert (tranche.state, tranche.paid_on, tranche.payment_note) == (TrancheState.UNLOCKED, None, "")
    assert verbs()[-1] == "awards.payment_revoked"
    factory.finished(award)
    granting.close(award, done="Усе.", left_why="Комісія.", by=officer, at=LATER)
    assert refusal(granting.revoke_payment, tranche, **act).status == 409


@pytest.mark.parametrize("column", ["state", "kind"])
def test_the_table_knows_every_word_of_an_award(column):
    award = factory.active()
    for rows in (Award.objects.filter(pk=award.pk), *((award.reports, award.tranches) if column == "state" else ())):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{column: "unknown"})


# --- conflict of interest ---------------------------------------------------------------------------------------------


def tie_to_the_organisation(award, officer):
    people.member(award.organisation, user=officer)


def tie_to_the_hromada(award, officer):
    people.member(people.organisation(hromada=award.organisation.hromada), "head", user=officer)


@pytest.mark.parametrize("tie", [tie_to_the_organisation, tie_to_the_hromada])
def test_nobody_signs_pays_or_closes_for_their_own(tie):
    award = factory.planned()
    officer = programmes.officer(award.programme)
    tie(award, officer)
    day = date(2024, 2, 1)
    refused = refusal(granting.agree, award, number="7", agreed_on=day, by=officer, at=MOMENT)
    assert (refused.status, "Ви пов’язані з цим отримувачем" in refused.sentence) == (403, True)
    # An administrator steps in where the only officer is tied, unless tied as well.
    administrator, near = people.administrator(), people.administrator()
    tie(award, near)
    assert refusal(granting.agree, award, number="7", agreed_on=day, by=near, at=MOMENT).status == 403
    award = granting.agree(award, number="7", agreed_on=day, by=administrator, at=MOMENT)
    tranche = award.tranches.get(position=1)
    assert refusal(granting.pay, tranche, paid_on=day, note="", by=officer, at=MOMENT).status == 403
    assert refusal(granting.end, award, why="Так", by=officer, at=LATER).status == 403
    factory.finished(award)
    assert refusal(granting.close, award, done="Усе.", by=officer, at=LATER).status == 403
    award.refresh_from_db()
    assert award.state == AwardState.ACTIVE


def test_a_person_of_another_hromada_is_not_tied():
    award = factory.planned()
    officer = programmes.officer(award.programme)
    people.member(user=officer)
    assert granting.agree(award, number="7", agreed_on=date(2024, 2, 1), by=officer, at=MOMENT).is_agreed


# --- money that came back, and money without an account ---------------------------------------------------------------


def spent(award, amount, returned=None):
    award.reports.filter(is_final=True).update(spent=amount, returned=returned)


def test_money_without_an_account_needs_a_reason_or_its_return():
    award = factory.finished()
    spent(award, 120_000)
    refused = refusal(closing, award, left_why=" ")
    assert refused.field == "left_why"
    said = refused.sentence.replace("\u00a0", " ")
    assert "Сплачено 180 000 ₴, витрачено 120 000 ₴, повернуто 0 ₴. Різниця: 60 000 ₴." in said
    assert refusal(closing, award, left_why="", returned=Decimal(59_999)).field == "left_why"
    assert refusal(closing, award, returned=Decimal(180_001)).field == "returned"
    closed = closing(award, left_why="", returned=Decimal(60_000))
    assert (closed.state, closed.returned, closed.left_why) == (AwardState.CLOSED, 60_000, "")


def test_the_reason_for_the_difference_is_kept_with_the_award_and_in_the_journal():
    award = factory.finished()
    spent(award, 120_000)
    assert closing(award, left_why=" Суд. ").left_why == "Суд."
    assert Entry.objects.filter(verb="awards.closed").count() == 1


def test_what_the_final_report_says_came_back_is_counted():
    award = factory.finished()
    spent(award, 120_000, 60_000)
    closed = closing(award, left_why="")
    assert (closed.returned, closed.left_why) == (60_000, "")


def test_nothing_is_asked_where_the_form_asks_nothing_of_money_and_where_there_is_none():
    award = factory.finished()
    spent(award, None)
    assert closing(award, left_why="").left_why == ""
    hub = factory.finished(factory.active(kind=CallKind.HUB, amount=None))
    assert closing(hub, left_why="").returned is None

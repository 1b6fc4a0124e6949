"""From the decision to the closed award: prepare, plan, agree, pay, close, end.

Every operation on an award locks the award first and what belongs to it afterwards: the order is the same everywhere.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.choices import AwardKind, AwardState, ReportState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.awards.operations import rules
from viche.calls.choices import CallKind, Outcome, Stage
from viche.calls.models import Application, Call
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.questionnaires import operations as questionnaires
from viche.work import operations as work

KINDS = {
    CallKind.GRANT: AwardKind.GRANT,
    CallKind.HUB: AwardKind.HUB,
    CallKind.SUPPORT: AwardKind.SUPPORT,
    CallKind.PLACEMENT: AwardKind.PLACEMENT,
    CallKind.TRAINING: AwardKind.TRAINING,
}


def locked(pk: int) -> Award:
    """The award as it stands now, locked until the transaction ends."""
    related = ("programme", "organisation")
    return Award.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


@transaction.atomic
def prepare_all(call: Call, *, by: User, at: datetime) -> list[Award]:
    """Make an award of every supported application of a decided call that has none yet."""
    if not access.may_prepare(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if call.stage != Stage.DECIDED:
        raise Refused(_("Спершу оприлюдніть рішення комісії."), status=409)
    waiting = Application.objects.filter(call=call, outcome=Outcome.SUPPORTED, award__isnull=True).select_related(
        "organisation__hromada", "decision"
    )
    made = [_prepare(call, application, at) for application in waiting.order_by("code")]
    acts = [
        journal.Act("awards.prepared", award, after={"amount": award.amount, "currency": award.currency})
        for award in made
    ]
    journal.record_many(acts, by=by, at=at)
    return made


def _prepare(call: Call, application: Application, at: datetime) -> Award:
    organisation, decision = application.organisation, application.decision
    starts_on = call.work_starts_on or localdate(at)
    return Award.objects.create(
        application=application,
        programme=call.programme,
        organisation=organisation,
        code=application.code,
        kind=KINDS[CallKind(call.kind)],
        title=application.title or organisation.name,
        promised=application.summary,
        amount=decision.amount,
        currency=call.currency,
        awarded_on=localdate(decision.decided_at),
        starts_on=starts_on,
        ends_on=max(starts_on, call.work_ends_on or starts_on),
        haystack=words.haystack(application.title, application.code, organisation.name, organisation.hromada.name),
    )


@transaction.atomic
def plan(
    award: Award,
    *,
    reports: Sequence[dict[str, Any]],
    tranches: Sequence[dict[str, Any]],
    by: User,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> None:
    """Write when the work goes on, how it is reported and paid, while the agreement is prepared. Replaces what was planned.

    `reports`: title, due_on, form (a `Version`), is_final. `tranches`: amount, planned_on, after (position of a report, from 1, or None).
    The tranches make exactly the award's amount; the last report is the final one.
    """
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state != AwardState.PREPARED:
        raise Refused(_("Угоду вже підписано: план виплат і звітів не змінюється."), status=409)
    award.starts_on, award.ends_on = starts_on or award.starts_on, ends_on or award.ends_on
    rules.require_plan(award, reports, tranches)
    award.save(update_fields=["starts_on", "ends_on"])
    made = _write_plan(award, reports, tranches)
    told = {"tranches": [tranche["amount"] for tranche in tranches], "reports": [one.due_on for one in made]}
    journal.record(verb="awards.planned", subject=award, by=by, at=at, after=told)


def _write_plan(award: Award, reports: Sequence[dict[str, Any]], tranches: Sequence[dict[str, Any]]) -> list[Report]:
    """Put the rows of the plan in place of those before."""
    award.tranches.all().delete()
    award.reports.all().delete()
    made = [
        Report.objects.create(
            award=award,
            position=number,
            title=report["title"].strip(),
            is_final=number == len(reports),
            due_on=report["due_on"],
            form=report["form"],
        )
        for number, report in enumerate(reports, start=1)
    ]
    Tranche.objects.bulk_create(
        Tranche(
            award=award,
            position=number,
            amount=tranche["amount"],
            planned_on=tranche["planned_on"],
            after=made[tranche["after"] - 1] if tranche.get("after") else None,
        )
        for number, tranche in enumerate(tranches, start=1)
    )
    return made


@transaction.atomic
def agree(award: Award, *, number: str, agreed_on: date, by: User, at: datetime) -> Award:
    """The agreement is signed: the award becomes active and public, its reports can be written, first tranches paid.

    A second click changes nothing.
    """
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state == AwardState.ACTIVE:
        return award
    if award.state != AwardState.PREPARED:
        raise Refused(_("Цю підтримку вже завершено."), status=409)
    reports = list(award.reports.select_related("form"))
    rules.require_agreement(reports, number, agreed_on, at)
    for report in reports:
        report.sheet = questionnaires.begin(report.form, at=at)
        report.save(update_fields=["sheet"])
    award.state, award.agreement_number, award.agreed_on = AwardState.ACTIVE, number.strip(), agreed_on
    award.save(update_fields=["state", "agreement_number", "agreed_on"])
    award.tranches.filter(after__isnull=True).update(state=TrancheState.UNLOCKED)
    work.enqueue("viche.awards.tasks.agreed", award.pk)
    told = {"number": award.agreement_number, "agreed_on": agreed_on}
    journal.record(verb="awards.agreed", subject=award, by=by, at=at, after=told)
    return award


@transaction.atomic
def pay(tranche: Tranche, *, paid_on: date, note: str, by: User, at: datetime) -> Tranche:
    """Note that a tranche was paid. Only an unlocked one can be; a second click changes nothing."""
    award = locked(tranche.award_id)
    if not access.may_manage(by, award):
        raise NotAllowed
    tranche = Tranche.objects.select_for_update().get(pk=tranche.pk)
    tranche.award = award
    if tranche.state == TrancheState.PAID:
        return tranche
    if award.state != AwardState.ACTIVE:
        raise Refused(_("Платити можна лише за чинною угодою."), status=409)
    if tranche.state == TrancheState.LOCKED:
        raise Refused(_("Цей транш ще чекає на прийнятий звіт."), status=409)
    if paid_on > localdate(at):
        raise Refused(_("Дата оплати не може бути в майбутньому."), field="paid_on")
    if paid_on < award.agreed_on:
        raise Refused(_("Оплата не може бути раніше за угоду."), field="paid_on")
    tranche.state, tranche.paid_on, tranche.payment_note = TrancheState.PAID, paid_on, note.strip()
    tranche.save(update_fields=["state", "paid_on", "payment_note"])
    work.enqueue("viche.awards.tasks.paid", tranche.pk)
    told = {"position": tranche.position, "amount": tranche.amount, "paid_on": paid_on, "note": tranche.payment_note}
    journal.record(verb="awards.paid", subject=award, by=by, at=at, after=told)
    return tranche


@transaction.atomic
def close(award: Award, *, done: str, by: User, at: datetime) -> Award:
    """Close an award whose reports are all accepted and tranches all paid; `done` says to everybody what came of it."""
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state == AwardState.CLOSED:
        return award
    if award.state != AwardState.ACTIVE:
        raise Refused(_("Закрити можна лише чинну підтримку."), status=409)
    if award.reports.exclude(state=ReportState.ACCEPTED).exists():
        raise Refused(_("Не всі звіти прийнято."), status=409)
    if award.tranches.exclude(state=TrancheState.PAID).exists():
        raise Refused(_("Не всі транші сплачено."), status=409)
    if not done.strip():
        raise Refused(_("Напишіть, що зроблено: це побачать усі."), field="done")
    award.state, award.closed_at, award.done = AwardState.CLOSED, at, done.strip()
    award.save(update_fields=["state", "closed_at", "done"])
    work.enqueue("viche.awards.tasks.closed", award.pk)
    journal.record(verb="awards.closed", subject=award, by=by, at=at, after={"done": award.done})
    return award


@transaction.atomic
def end(award: Award, *, why: str, by: User, at: datetime) -> Award:
    """End an award before its time, with a reason; what is not paid stays unpaid."""
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state in {AwardState.CLOSED, AwardState.ENDED}:
        raise Refused(_("Цю підтримку вже завершено."), status=409)
    if not why.strip():
        raise Refused(_("Поясніть, чому підтримку припинено."), field="why")
    award.state, award.ended_at, award.ended_why = AwardState.ENDED, at, why.strip()
    award.save(update_fields=["state", "ended_at", "ended_why"])
    work.enqueue("viche.awards.tasks.ended", award.pk)
    journal.record(verb="awards.ended", subject=award, by=by, at=at, after={"why": award.ended_why})
    return award

"""From the decision to the closed award: prepare, plan, agree, pay, close, end."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.choices import AwardKind, AwardState, ReportState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.calls.choices import CallKind, Outcome, Stage
from viche.calls.models import Application, Call
from viche.journal import operations as journal
from viche.methods import money, words
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.questionnaires import operations as questionnaires
from viche.questionnaires.models import Version
from viche.work import operations as work

KINDS = {CallKind.GRANT: AwardKind.GRANT, CallKind.HUB: AwardKind.HUB, CallKind.SUPPORT: AwardKind.SUPPORT, CallKind.PLACEMENT: AwardKind.PLACEMENT}


@transaction.atomic
def prepare_all(call: Call, *, by: User, at: datetime) -> list[Award]:
    """Make an award of every supported application of a decided call that has none yet."""
    if not access.may_prepare(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if call.stage != Stage.DECIDED:
        raise Refused(_("Спершу оприлюдніть рішення комісії."), status=409)
    waiting = Application.objects.filter(call=call, outcome=Outcome.SUPPORTED, award__isnull=True).select_related("organisation__hromada", "decision")
    made = [_prepare(call, application, at) for application in waiting.order_by("code")]
    journal.record_many([{"verb": "awards.prepared", "subject": award, "after": {"amount": str(award.amount)}} for award in made], by=by, at=at)
    return made


def _prepare(call: Call, application: Application, at: datetime) -> Award:
    organisation = application.organisation
    starts_on = call.work_starts_on or at.date()
    return Award.objects.create(
        application=application,
        programme=call.programme,
        organisation=organisation,
        code=application.code,
        kind=KINDS.get(CallKind(call.kind), AwardKind.SUPPORT),
        title=application.title or organisation.name,
        promised=application.summary,
        amount=application.decision.amount,
        currency=call.currency,
        awarded_on=application.decision.decided_at.date(),
        starts_on=starts_on,
        ends_on=call.work_ends_on or max(starts_on, at.date()),
        haystack=words.haystack(application.title, application.code, organisation.name, organisation.edrpou, organisation.hromada.name),
    )


@transaction.atomic
def plan(award: Award, *, reports: Sequence[dict[str, Any]], tranches: Sequence[dict[str, Any]], by: User, at: datetime) -> None:
    """Write how the award is reported and paid, while the agreement is prepared.

    `reports`: title, due_on, form (a `Version`), is_final. `tranches`: amount, planned_on, after (position of a report, from 1, or None).
    The tranches make exactly the award's amount; the last report is the final one.
    """
    award = Award.objects.select_for_update(of=("self",)).select_related("programme").get(pk=award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state != AwardState.PREPARED:
        raise Refused(_("Угоду вже підписано: план виплат і звітів не змінюється."), status=409)
    _require_plan(award, reports, tranches)
    award.tranches.all().delete()
    award.reports.all().delete()
    made = [_report(award, number, report, at) for number, report in enumerate(reports, start=1)]
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
    journal.record(verb="awards.planned", subject=award, by=by, at=at, after={"tranches": [str(t["amount"]) for t in tranches], "reports": len(made)})


def _report(award: Award, position: int, report: dict[str, Any], at: datetime) -> Report:
    version: Version = report["form"]
    questionnaires.freeze(version, at=at)
    return Report.objects.create(
        award=award,
        position=position,
        title=report["title"],
        is_final=report.get("is_final", False),
        due_on=report["due_on"],
        sheet=questionnaires.begin(version, at=at),
    )


def _require_plan(award: Award, reports: Sequence[dict[str, Any]], tranches: Sequence[dict[str, Any]]) -> None:
    if not reports or not reports[-1].get("is_final"):
        raise Refused(_("Останній звіт має бути підсумковим."), field="reports")
    if award.amount is None:
        return
    if any(tranche["amount"] <= 0 for tranche in tranches):
        raise Refused(_("Сума траншу має бути більшою за нуль."), field="tranches")
    if any((tranche.get("after") or 0) > len(reports) for tranche in tranches):
        raise Refused(_("Транш чекає на звіт, якого в плані немає."), field="tranches")
    total = sum((tranche["amount"] for tranche in tranches), Decimal(0))
    if total != award.amount:
        given, needed = money.write(total, award.currency), money.write(award.amount, award.currency)
        raise Refused(_("Транші разом дають %(given)s, а грант – %(needed)s.") % {"given": given, "needed": needed}, field="tranches")


@transaction.atomic
def agree(award: Award, *, number: str, agreed_on: date, by: User, at: datetime) -> Award:
    """The agreement is signed: the award becomes active and public; tranches that wait for nothing are unlocked."""
    award = Award.objects.select_for_update(of=("self",)).select_related("programme").get(pk=award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state != AwardState.PREPARED:
        return award
    if not award.reports.exists():
        raise Refused(_("Спершу складіть план звітів і траншів."))
    if not number.strip():
        raise Refused(_("Вкажіть номер угоди."), field="number")
    award.state, award.agreement_number, award.agreed_on = AwardState.ACTIVE, number.strip(), agreed_on
    award.save(update_fields=["state", "agreement_number", "agreed_on"])
    award.tranches.filter(after__isnull=True).update(state=TrancheState.UNLOCKED)
    work.enqueue("viche.awards.tasks.agreed", award.pk)
    journal.record(verb="awards.agreed", subject=award, by=by, at=at, after={"number": number, "agreed_on": agreed_on})
    return award


@transaction.atomic
def pay(tranche: Tranche, *, paid_on: date, note: str, by: User, at: datetime) -> Tranche:
    """Note that a tranche was paid. Only an unlocked one can be; a second click changes nothing."""
    tranche = Tranche.objects.select_for_update(of=("self",)).select_related("award__programme").get(pk=tranche.pk)
    if not access.may_manage(by, tranche.award):
        raise NotAllowed
    if tranche.state == TrancheState.PAID:
        return tranche
    if tranche.state == TrancheState.LOCKED or tranche.award.state != AwardState.ACTIVE:
        raise Refused(_("Цей транш ще чекає на прийнятий звіт."), status=409)
    if paid_on > at.date():
        raise Refused(_("Дата оплати не може бути в майбутньому."), field="paid_on")
    tranche.state, tranche.paid_on, tranche.payment_note = TrancheState.PAID, paid_on, note.strip()
    tranche.save(update_fields=["state", "paid_on", "payment_note"])
    work.enqueue("viche.awards.tasks.paid", tranche.pk)
    journal.record(verb="awards.paid", subject=tranche.award, by=by, at=at, after={"position": tranche.position, "amount": str(tranche.amount)})
    return tranche


@transaction.atomic
def close(award: Award, *, done: str, by: User, at: datetime) -> Award:
    """Close an award whose reports are all accepted and tranches all paid; `done` says to everybody what came of it."""
    award = Award.objects.select_for_update(of=("self",)).select_related("programme").get(pk=award.pk)
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
    award = Award.objects.select_for_update(of=("self",)).select_related("programme").get(pk=award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    if award.state in {AwardState.CLOSED, AwardState.ENDED}:
        raise Refused(_("Цю підтримку вже завершено."), status=409)
    if not why.strip():
        raise Refused(_("Поясніть, чому підтримку припинено."), field="why")
    award.state, award.ended_why = AwardState.ENDED, why.strip()
    award.save(update_fields=["state", "ended_why"])
    journal.record(verb="awards.ended", subject=award, by=by, at=at, after={"why": award.ended_why})
    return award

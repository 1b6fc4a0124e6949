"""From the decision to the closed award: prepare, plan, agree, pay, close, end.

Every operation on an award locks the award first and what belongs to it afterwards: the order is the same everywhere.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.choices import AwardKind, AwardState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.awards.operations import obstacles, rules
from viche.awards.queries import figures
from viche.calls.choices import CallKind, Outcome, Stage
from viche.calls.models import Application, Call
from viche.facts import operations as facts
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
    related = ("programme", "organisation", "application__organisation")
    return Award.objects.select_for_update(of=("self",), no_key=True).select_related(*related).get(pk=pk)


def _count(award: Award) -> None:
    """Write in the ledger what the award gives now."""
    facts.keep(figures.AWARDS.of([award.pk], programme=award.programme_id))


def _require_no(obstacle: str) -> None:
    if obstacle:
        raise Refused(obstacle, status=409)


@transaction.atomic
def prepare_all(call: Call, *, by: User, at: datetime) -> list[Award]:
    """Make an award of every supported application of a decided call that has none yet."""
    if not access.may_prepare(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=call.pk)
    if call.stage != Stage.DECIDED:
        raise Refused(_("Спершу оприлюдніть рішення комісії."), status=409)
    waiting = Application.objects.filter(call=call, outcome=Outcome.SUPPORTED, award__isnull=True).select_related(
        "organisation__hromada", "decision__panel"
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
        # The day on which the decisions were published; each was typed on some day before.
        awarded_on=localdate(decision.panel.closed_at),
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
    rules.require_untied(award, by)
    if award.state == AwardState.ACTIVE:
        return award
    _require_no(obstacles.to_agree(award))
    reports = list(award.reports.select_related("form"))
    rules.require_agreement(award, number, agreed_on, at)
    sheets, acts = questionnaires.begin_all([report.form for report in reports], at=at)
    for report, sheet in zip(reports, sheets, strict=True):
        report.sheet = sheet
        report.save(update_fields=["sheet"])
    award.state, award.agreement_number, award.agreed_on = AwardState.ACTIVE, number.strip(), agreed_on
    award.save(update_fields=["state", "agreement_number", "agreed_on"])
    award.tranches.filter(after__isnull=True).update(state=TrancheState.UNLOCKED)
    _count(award)
    work.enqueue("viche.awards.tasks.agreed", award.pk)
    told = {"number": award.agreement_number, "agreed_on": agreed_on}
    journal.record_many([*acts, journal.Act("awards.agreed", award, after=told)], by=by, at=at)
    return award


@transaction.atomic
def pay(tranche: Tranche, *, paid_on: date, note: str, by: User, at: datetime) -> Tranche:
    """Note that a tranche was paid. Only an unlocked one can be; a second click changes nothing."""
    award = locked(tranche.award_id)
    if not access.may_manage(by, award):
        raise NotAllowed
    rules.require_untied(award, by)
    tranche = Tranche.objects.select_for_update(no_key=True).get(pk=tranche.pk)
    tranche.award = award
    if tranche.state == TrancheState.PAID:
        return tranche
    _require_no(obstacles.to_pay(tranche))
    if paid_on > localdate(at):
        raise Refused(_("Дата оплати не може бути в майбутньому."), field="paid_on")
    if paid_on < award.agreed_on:
        raise Refused(_("Оплата не може бути раніше за угоду."), field="paid_on")
    tranche.state, tranche.paid_on, tranche.payment_note = TrancheState.PAID, paid_on, note.strip()
    tranche.save(update_fields=["state", "paid_on", "payment_note"])
    facts.keep(figures.TRANCHES.of([tranche.pk], programme=award.programme_id))
    work.enqueue("viche.awards.tasks.paid", tranche.pk)
    told = {"position": tranche.position, "amount": tranche.amount, "paid_on": paid_on, "note": tranche.payment_note}
    journal.record(verb="awards.paid", subject=award, by=by, at=at, after=told)
    return tranche


@transaction.atomic
def revoke_payment(tranche: Tranche, *, why: str, by: User, at: datetime) -> Tranche:
    """Take back the note that a tranche was paid, made by mistake: it may be paid again. Only while the award goes on."""
    award = locked(tranche.award_id)
    if not access.may_manage(by, award):
        raise NotAllowed
    rules.require_untied(award, by)
    tranche = Tranche.objects.select_for_update(no_key=True).get(pk=tranche.pk)
    tranche.award = award
    _require_no(obstacles.to_revoke(tranche))
    if not why.strip():
        raise Refused(_("Поясніть, чому позначку відкликано."), field="why")
    before = {"paid_on": tranche.paid_on, "note": tranche.payment_note}
    tranche.state, tranche.paid_on, tranche.payment_note = TrancheState.UNLOCKED, None, ""
    tranche.save(update_fields=["state", "paid_on", "payment_note"])
    facts.keep(figures.TRANCHES.of([tranche.pk], programme=award.programme_id))
    work.enqueue("viche.awards.tasks.payment_revoked", tranche.pk, why.strip())
    told = {"position": tranche.position, "amount": tranche.amount, "why": why.strip()}
    journal.record(verb="awards.payment_revoked", subject=award, by=by, at=at, before=before, after=told)
    return tranche


@transaction.atomic
def close(
    award: Award,
    *,
    done: str,
    by: User,
    at: datetime,
    returned: Decimal | None = None,
    left_why: str = "",
) -> Award:
    """Close an award whose reports are all accepted and tranches all paid; `done` says to everybody what came of it.

    `returned`: what came back, where the final report does not say. Money without an account needs a reason: `left_why`.
    """
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    rules.require_untied(award, by)
    if award.state == AwardState.CLOSED:
        return award
    _require_no(obstacles.to_close(award))
    if not done.strip():
        raise Refused(_("Напишіть, що зроблено: це побачать усі."), field="done")
    award.returned, award.left_why = rules.settled(award, returned, left_why.strip())
    award.state, award.closed_at, award.done = AwardState.CLOSED, at, done.strip()
    award.save(update_fields=["state", "closed_at", "done", "returned", "left_why"])
    _count(award)
    work.enqueue("viche.awards.tasks.closed", award.pk)
    told = {"done": award.done, "returned": award.returned, "left_why": award.left_why}
    journal.record(verb="awards.closed", subject=award, by=by, at=at, after=told)
    return award


@transaction.atomic
def end(award: Award, *, why: str, by: User, at: datetime) -> Award:
    """End an award before its time, with a reason; what is not paid stays unpaid."""
    award = locked(award.pk)
    if not access.may_manage(by, award):
        raise NotAllowed
    rules.require_untied(award, by)
    _require_no(obstacles.to_end(award))
    if not why.strip():
        raise Refused(_("Поясніть, чому підтримку припинено."), field="why")
    award.state, award.ended_at, award.ended_why = AwardState.ENDED, at, why.strip()
    award.save(update_fields=["state", "ended_at", "ended_why"])
    work.enqueue("viche.awards.tasks.ended", award.pk)
    journal.record(verb="awards.ended", subject=award, by=by, at=at, after={"why": award.ended_why})
    return award

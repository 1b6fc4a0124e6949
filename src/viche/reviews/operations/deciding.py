"""From the last review to the letters: close the assessment, convene the panel, write its decisions, publish them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.choices import ApplicationState, CallKind, CallState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.calls.operations import applications as calls
from viche.calls.operations import calls as stages
from viche.calls.queries import applications
from viche.journal import operations as journal
from viche.methods import money
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes import operations as programmes
from viche.programmes.choices import ParticipantKind
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Decision, Panel
from viche.work import operations as work

DONE = Q(assignments__state=AssignmentState.DONE)


@transaction.atomic
def close_assessment(call: Call, *, by: User, at: datetime, why: str = "") -> Call:
    """End reviewing. Where an application has fewer reviews than the call promised, the officer says why it is enough."""
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage == Stage.ASSESSED:
        return call
    if call.state(at) != CallState.CLOSED:
        raise Refused(_("Оцінювання завершують після закриття прийому."), status=409)
    counted = applications.submitted(call).annotate(done=Count("assignments", filter=DONE))
    if any(application.done == 0 for application in counted):
        raise Refused(_("Є заявки без жодної оцінки: без неї комісія не може рішати."))
    short = sum(application.done < call.reviewers_wanted for application in counted)
    if short and not why.strip():
        sentence = ngettext(
            "%(count)d заявка має менше оцінок, ніж обіцяв конкурс. Поясніть, чому цього досить.",
            "%(count)d заявок мають менше оцінок, ніж обіцяв конкурс. Поясніть, чому цього досить.",
            short,
        )
        raise Refused(sentence % {"count": short}, field="why")
    stages.bring_to(call, stage=Stage.ASSESSED, by=by, at=at)
    if why.strip():
        journal.record(
            verb="reviews.short_accepted", subject=call, by=by, at=at, after={"why": why.strip(), "applications": short}
        )
    return call


@transaction.atomic
def convene(call: Call, *, meets_at: datetime, place: str, members: Iterable[User], by: User, at: datetime) -> Panel:
    """Set when and where the panel meets, and who sits in it."""
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage in {Stage.DECIDED, Stage.CANCELLED}:
        raise Refused(_("Цей конкурс уже завершено."), status=409)
    panel, __ = Panel.objects.update_or_create(call=call, defaults={"meets_at": meets_at, "place": place})
    panel.members.set(members)
    journal.record(
        verb="reviews.convened",
        subject=call,
        by=by,
        at=at,
        after={"meets_at": meets_at, "members": [m.pk for m in panel.members.all()]},
    )
    return panel


@transaction.atomic
def write(
    application: Application, *, outcome: Outcome, amount: Decimal | None, reason: str, by: User, at: datetime
) -> Decision:
    """Write down what the panel says of one application; it stays inside the budget and can be changed until published."""
    if not access.may_decide(by, application.call):
        raise NotAllowed
    panel = (
        Panel.objects.select_for_update(of=("self",)).select_related("call").filter(call=application.call_id).first()
    )
    if panel is None:
        raise Refused(_("Спершу скличте комісію: вкажіть, коли вона засідає."), status=409)
    call = panel.call
    if call.stage != Stage.ASSESSED:
        raise Refused(_("Рішення записують після завершення оцінювання й до оприлюднення."), status=409)
    if application.state != ApplicationState.SUBMITTED:
        raise Refused(_("Заявку відкликано, рішення щодо неї не треба."), status=409)
    if not reason.strip():
        raise Refused(_("Поясніть рішення: ці слова отримає заявник."), field="reason")
    amount = amount if outcome == Outcome.SUPPORTED else None
    _require_amount(call, application, outcome, amount)
    _require_budget(panel, application, amount)
    decision, __ = Decision.objects.update_or_create(
        application=application,
        defaults={
            "panel": panel,
            "outcome": outcome,
            "amount": amount,
            "reason": reason.strip(),
            "decided_at": at,
            "decided_by": by,
        },
    )
    journal.record(
        verb="reviews.decision_written",
        subject=application,
        by=by,
        at=at,
        after={"outcome": outcome, "amount": str(amount), "reason": reason},
    )
    return decision


def _require_amount(call: Call, application: Application, outcome: Outcome, amount: Decimal | None) -> None:
    if call.kind != CallKind.GRANT or outcome != Outcome.SUPPORTED:
        return
    if amount is None or amount <= 0:
        raise Refused(_("Вкажіть суму гранту."), field="amount")
    if call.award_most is not None and amount > call.award_most:
        raise Refused(
            _("Найбільша сума в цьому конкурсі – %(most)s.") % {"most": money.write(call.award_most, call.currency)},
            field="amount",
        )
    if call.award_least is not None and amount < call.award_least:
        raise Refused(
            _("Найменша сума в цьому конкурсі – %(least)s.") % {"least": money.write(call.award_least, call.currency)},
            field="amount",
        )
    if application.amount is not None and amount > application.amount:
        raise Refused(
            _("Заявник просить менше: %(asked)s.") % {"asked": money.write(application.amount, call.currency)},
            field="amount",
        )


def _require_budget(panel: Panel, application: Application, amount: Decimal | None) -> None:
    """Supported sums together stay inside the budget; the panel's row is locked, so two tabs cannot overspend."""
    call = panel.call
    others = panel.decisions.filter(outcome=Outcome.SUPPORTED).exclude(application=application)
    if call.places is not None and others.count() >= call.places and amount is not None:
        raise Refused(
            _("Усі %(places)s місць у цьому конкурсі вже віддано.") % {"places": call.places}, field="outcome"
        )
    if call.budget is None or amount is None:
        return
    spent = others.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    over = spent + amount - call.budget
    if over > 0:
        raise Refused(
            _("Бюджету конкурсу бракує %(over)s.") % {"over": money.write(over, call.currency)}, field="amount"
        )


@transaction.atomic
def decide(call: Call, *, by: User, at: datetime, protocol: str = "") -> Call:
    """Publish the panel's decisions: outcomes, letters to all, hubs admitted to the programme. All at once or nothing."""
    panel = Panel.objects.select_for_update(of=("self",)).select_related("call__programme").filter(call=call.pk).first()
    if panel is None:
        raise Refused(_("Спершу скличте комісію: вкажіть, коли вона засідає."), status=409)
    call = panel.call
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage == Stage.DECIDED:
        return call
    if call.stage != Stage.ASSESSED:
        raise Refused(_("Спершу завершіть оцінювання."), status=409)
    if at < panel.meets_at:
        raise Refused(_("Комісія ще не засідала."), status=409)
    undecided = applications.submitted(call).filter(decision__isnull=True).count()
    if undecided:
        sentence = ngettext("Ще %(count)d заявка без рішення.", "Ще %(count)d заявок без рішення.", undecided)
        raise Refused(sentence % {"count": undecided})
    for decision in panel.decisions.select_related("application__organisation"):
        calls.settle(decision.application, outcome=Outcome(decision.outcome), reason=decision.reason)
        if call.kind == CallKind.HUB and decision.outcome == Outcome.SUPPORTED:
            _admit(decision, by, at)
    panel.protocol, panel.closed_at = protocol, at
    panel.save(update_fields=["protocol", "closed_at"])
    work.enqueue("viche.reviews.tasks.outcomes", call.pk)
    stages.bring_to(call, stage=Stage.DECIDED, by=by, at=at)
    return call


def _admit(decision: Decision, by: User, at: datetime) -> None:
    """A chosen hub becomes a participant of the programme."""
    programmes.admit(
        decision.panel.call.programme,
        decision.application.organisation,
        kind=ParticipantKind.HUB,
        by=by,
        at=at,
        admitted_by=f"reviews.decision:{decision.pk}",
    )

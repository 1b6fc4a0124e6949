"""From the last review to the letters: close the assessment, convene the panel, write its decisions, publish them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.choices import CallKind, CallState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.calls.operations import applications as calls
from viche.calls.operations import calls as stages
from viche.calls.queries import applications, ties
from viche.facts import operations as facts
from viche.journal import operations as journal
from viche.methods import typed
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes import operations as programmes
from viche.programmes.choices import ParticipantKind
from viche.reviews import access
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Decision, Panel
from viche.reviews.operations.locking import locked
from viche.reviews.queries import figures, panels
from viche.ui import wording
from viche.work import operations as work

DONE = Q(assignments__state=AssignmentState.DONE)


@transaction.atomic
def close_assessment(call: Call, *, by: User, at: datetime, why: str = "") -> Call:
    """End reviewing. Where an application has fewer reviews than the call promised, the officer says why it is enough."""
    call = locked(call.pk)
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage == Stage.ASSESSED:
        return call
    if call.state(at) != CallState.CLOSED:
        raise Refused(_("Оцінювання завершують після закриття прийому."), status=409)
    done = list(
        applications.submitted(call).annotate(done=Count("assignments", filter=DONE)).values_list("done", flat=True)
    )
    bare = done.count(0)
    if bare:
        sentence = ngettext(
            "%(count)d заявка ще без жодної оцінки: без неї комісія не може вирішити.",
            "%(count)d заявок ще без жодної оцінки: без неї комісія не може вирішити.",
            bare,
        )
        raise Refused(sentence % {"count": bare}, status=409)
    short = sum(count < call.reviewers_wanted for count in done)
    why = typed.clean(why).strip()
    if short and not why:
        sentence = ngettext(
            "%(count)d заявка має менше оцінок, ніж обіцяв конкурс. Поясніть, чому цього досить.",
            "%(count)d заявок мають менше оцінок, ніж обіцяв конкурс. Поясніть, чому цього досить.",
            short,
        )
        raise Refused(sentence % {"count": short}, field="why")
    stages.bring_to(call, stage=Stage.ASSESSED, by=by, at=at)
    if short:
        after = {"why": why, "applications": short}
        journal.record(verb="reviews.short_accepted", subject=call, by=by, at=at, after=after)
    return call


@transaction.atomic
def convene(call: Call, *, meets_at: datetime, place: str, members: Iterable[User], by: User, at: datetime) -> Panel:
    """Set when and where the panel meets, and who sits in it: people with the panel's role in the programme."""
    call = locked(call.pk)
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage in {Stage.DRAFT, Stage.DECIDED, Stage.CANCELLED}:
        raise Refused(_("Комісію скликають для оголошеного й ще не вирішеного конкурсу."), status=409)
    chosen = {member.pk for member in members}
    if not chosen:
        raise Refused(_("Виберіть, хто засідає в комісії."), field="members")
    if chosen - {person.pk for person in panels.sitting(call.programme)}:
        raise Refused(_("У комісії засідають лише ті, хто має цю роль у програмі."), field="members")
    values = {"meets_at": meets_at, "place": typed.clean(place).strip()}
    panel, __ = Panel.objects.update_or_create(call=call, defaults=values)
    panel.members.set(chosen)
    work.enqueue("viche.reviews.tasks.convened", panel.pk)
    after = {"meets_at": meets_at, "place": values["place"], "members": sorted(chosen)}
    journal.record(verb="reviews.convened", subject=call, by=by, at=at, after=after)
    return panel


@transaction.atomic
def write(
    application: Application, *, outcome: Outcome, amount: Decimal | None, reason: str, by: User, at: datetime
) -> Decision:
    """Write down what the panel says of one application; it stays inside the budget and can be changed until published."""
    call = locked(application.call_id)
    application = Application.objects.select_related("organisation").get(pk=application.pk)
    application.call = call
    if not access.may_write(by, application):
        raise NotAllowed
    panel = Panel.objects.filter(call=call).first()
    if panel is None:
        raise Refused(_("Спершу скличте комісію: вкажіть, коли вона засідає."), status=409)
    if call.stage != Stage.ASSESSED:
        raise Refused(_("Рішення записують після завершення оцінювання й до оприлюднення."), status=409)
    reason = typed.clean(reason).strip()
    if not reason:
        raise Refused(_("Поясніть рішення: ці слова отримає заявник."), field="reason")
    amount = amount if outcome == Outcome.SUPPORTED else None
    if outcome == Outcome.SUPPORTED:
        _require_amount(call, application, amount)
        _require_room(panel, application, amount, by)
    decision, __ = Decision.objects.update_or_create(
        application=application,
        defaults={
            "panel": panel,
            "outcome": outcome,
            "amount": amount,
            "reason": reason,
            "decided_at": at,
            "decided_by": by,
        },
    )
    after = {"outcome": outcome, "amount": str(amount), "reason": reason}
    journal.record(verb="reviews.decision_written", subject=application, by=by, at=at, after=after)
    return decision


def _require_amount(call: Call, application: Application, amount: Decimal | None) -> None:
    """A grant has a sum within the call's bounds and not above what was asked."""
    if call.kind != CallKind.GRANT and amount is None:
        return
    if amount is None or amount <= 0:
        raise Refused(_("Вкажіть суму гранту."), field="amount")
    rules = (
        (call.award_most, 1, _("Найбільша сума в цьому конкурсі – %(bound)s.")),
        (call.award_least, -1, _("Найменша сума в цьому конкурсі – %(bound)s.")),
        (application.amount, 1, _("Заявник просить менше: %(bound)s.")),
    )
    for bound, sign, sentence in rules:
        if bound is not None and (amount - bound) * sign > 0:
            raise Refused(sentence % {"bound": wording.money(bound, call.currency)}, field="amount")


def _require_room(panel: Panel, application: Application, amount: Decimal | None, by: User) -> None:
    """Places and money left by the other decisions; the call's row is locked, so two tabs cannot overspend.

    Whoever has a conflict with one of those others is not told how much is lacking: it would tell what that one got.
    """
    call = application.call
    others = panel.decisions.filter(outcome=Outcome.SUPPORTED).exclude(application=application)
    if call.places is not None and others.count() >= call.places:
        sentence = _("У цьому конкурсі вже віддано всі місця: %(places)d.")
        raise Refused(sentence % {"places": call.places}, field="outcome")
    if call.budget is None or amount is None:
        return
    spent = others.aggregate(total=Sum("amount"))["total"] or Decimal(0)
    over = spent + amount - call.budget
    if over > 0 and others.filter(application__in=ties.shut(by, [call])).exists():
        raise Refused(_("На цю суму бюджету конкурсу вже не вистачає."), field="amount")
    if over > 0:
        sentence = _("Бюджету конкурсу бракує %(over)s.")
        raise Refused(sentence % {"over": wording.money(over, call.currency)}, field="amount")


@transaction.atomic
def decide(call: Call, *, by: User, at: datetime, protocol: str = "") -> Call:
    """Publish the panel's decisions: outcomes, letters to all, hubs admitted to the programme. All at once or nothing."""
    call = locked(call.pk)
    if not access.may_decide(by, call):
        raise NotAllowed
    if call.stage == Stage.DECIDED:
        return call
    panel = Panel.objects.filter(call=call).first()
    if panel is None:
        raise Refused(_("Спершу скличте комісію: вкажіть, коли вона засідає."), status=409)
    if call.stage != Stage.ASSESSED:
        raise Refused(_("Спершу завершіть оцінювання."), status=409)
    if at < panel.meets_at:
        raise Refused(_("Комісія ще не засідала."), status=409)
    undecided = applications.submitted(call).filter(decision__isnull=True).count()
    if undecided:
        sentence = ngettext("Ще %(count)d заявка без рішення.", "Ще %(count)d заявок без рішення.", undecided)
        raise Refused(sentence % {"count": undecided}, status=409)
    decisions = list(panel.decisions.select_related("application__organisation").order_by("application"))
    for decision in decisions:
        outcome = Outcome(decision.outcome)
        calls.settle(decision.application, outcome=outcome, reason=decision.reason, amount=decision.amount)
    panel.protocol, panel.closed_at = typed.clean(protocol).strip(), at
    panel.save(update_fields=["protocol", "closed_at"])
    facts.keep(figures.SOURCE.some(panel=panel))
    work.enqueue("viche.reviews.tasks.outcomes", call.pk)
    if call.kind == CallKind.HUB:
        _admit(call, decisions, by, at)
    stages.bring_to(call, stage=Stage.DECIDED, by=by, at=at)
    return call


def _admit(call: Call, decisions: list[Decision], by: User, at: datetime) -> None:
    """Chosen hubs become participants of the programme."""
    chosen = [
        (decision.application.organisation, f"reviews.decision:{decision.pk}")
        for decision in decisions
        if decision.outcome == Outcome.SUPPORTED
    ]
    programmes.admit_many(call.programme, chosen, kind=ParticipantKind.HUB, by=by, at=at)

"""Deciding on reported values: approved or returned by somebody else than who reported them. Approved, a value is a fact."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viche.facts import operations as facts
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.results import access
from viche.results.choices import ValueState
from viche.results.models import Value
from viche.results.operations import periods, values
from viche.results.queries import figures


@transaction.atomic
def approve(value: Value, *, by: User, at: datetime) -> Value:
    """Approve a submitted value: in the same moment it is in the ledger. A second click changes nothing."""
    value = values.locked(value)
    _require_deciding(value, by)
    if value.state == ValueState.APPROVED:
        return value
    if value.state != ValueState.SUBMITTED:
        raise Refused(_("Це значення зараз не чекає на перевірку."), status=409)
    if found := values.faults(value):
        raise Refused(" ".join(found.values()), status=409)
    _decide(value, ValueState.APPROVED, "", by, at)
    journal.record(verb="results.value_approved", subject=value, by=by, at=at, after=values.told(value))
    return value


@transaction.atomic
def send_back(value: Value, *, remark: str, by: User, at: datetime) -> Value:
    """Return a submitted value with questions to who reported it."""
    value = values.locked(value)
    _require_deciding(value, by)
    if value.state != ValueState.SUBMITTED:
        raise Refused(_("Це значення зараз не чекає на перевірку."), status=409)
    if not remark.strip():
        raise Refused(_("Напишіть, що саме перевірити чи доповнити."), field="remark")
    _decide(value, ValueState.RETURNED, remark, by, at)
    journal.record(verb="results.value_returned", subject=value, by=by, at=at, after={"remark": value.remark})
    return value


@transaction.atomic
def withdraw(value: Value, *, why: str, by: User, at: datetime) -> Value:
    """Withdraw an approval: the value leaves every figure and goes back to who reported it."""
    value = values.locked(value)
    _require_deciding(value, by)
    if value.state != ValueState.APPROVED:
        raise Refused(_("Це значення зараз не підтверджене."), status=409)
    if not why.strip():
        raise Refused(_("Напишіть, чому підтвердження відкликають."), field="remark")
    before = values.told(value)
    _decide(value, ValueState.RETURNED, why, by, at)
    journal.record(
        verb="results.approval_withdrawn", subject=value, by=by, at=at, before=before, after={"why": value.remark}
    )
    return value


def _decide(value: Value, state: ValueState, remark: str, by: User, at: datetime) -> None:
    """Write the decision, and let the ledger follow."""
    value.state, value.remark, value.decided_by, value.decided_at = state, remark.strip(), by, at
    value.save(update_fields=["state", "remark", "decided_by", "decided_at"])
    facts.keep(figures.SOURCE.of([value.pk], programme=value.indicator.programme_id))


def _require_deciding(value: Value, by: User) -> None:
    if not access.may_decide(by, value):
        raise NotAllowed
    if value.reported_by_id == by.pk:
        raise Refused(_("Своє значення не підтверджують самі: це робить хтось інший з офісу програми."), status=403)
    periods.require_open(value.period)

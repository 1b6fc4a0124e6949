"""The rules that a programme sets for its events."""

from datetime import datetime
from typing import Any

from django.db import transaction

from viche.events.models import Policy
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes.models import Programme

RULES = ("trusts_participants", "moderation_days", "report_days", "far_km", "seats_days")


@transaction.atomic
def set_rules(
    programme: Programme,
    *,
    trusts_participants: bool,
    moderation_days: int,
    report_days: int,
    far_km: int,
    seats_days: int,
    by: User,
    at: datetime,
) -> Policy:
    """Set how the programme treats events from now on; what was promised for events already submitted stays."""
    if not programmes.may_manage(by, programme):
        raise NotAllowed
    Policy.objects.get_or_create(programme=programme)
    policy = Policy.objects.select_for_update(no_key=True).get(programme=programme)
    before = _values(policy)
    policy.trusts_participants, policy.far_km, policy.seats_days = trusts_participants, far_km, seats_days
    policy.moderation_days, policy.report_days = moderation_days, report_days
    policy.save()
    journal.record(verb="events.rules_set", subject=programme, by=by, at=at, before=before, after=_values(policy))
    return policy


def _values(policy: Policy) -> dict[str, Any]:
    return {name: getattr(policy, name) for name in RULES}

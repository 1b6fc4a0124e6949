"""A programme begins, and is told what it is."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes import access
from viche.programmes.models import Programme

# What an officer may change; the code stays, for addresses and numbers are made of it.
CHANGEABLE = (
    "name",
    "name_en",
    "lead",
    "lead_en",
    "about",
    "starts_on",
    "ends_on",
    "is_public",
    "contact_email",
    "contact_phone",
)


@transaction.atomic
def create(
    *, code: str, name: str, lead: str, starts_on: date, ends_on: date, by: User, at: datetime, **more: Any
) -> Programme:
    """Begin a programme under a code that nothing else has. `more`: any of `CHANGEABLE`, and `is_invented`."""
    if not access.may_create(by):
        raise NotAllowed
    _require_order(starts_on, ends_on)
    values = {"name": name, "lead": lead, "starts_on": starts_on, "ends_on": ends_on, **more}
    try:
        with transaction.atomic():
            made = Programme.objects.create(code=code.upper(), created_at=at, **values)
    except IntegrityError:
        raise Refused(_("Програма з таким кодом уже є. Виберіть інший."), field="code", status=409) from None
    journal.record(verb="programmes.created", subject=made, by=by, at=at, after={"code": made.code, **_values(made)})
    return made


@transaction.atomic
def update(programme: Programme, *, by: User, at: datetime, **changes: Any) -> Programme:
    """Change what is told of a programme; `changes` names any of `CHANGEABLE`."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"a programme's {', '.join(sorted(unknown))} cannot be changed")
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    before = _values(programme)
    for name, value in changes.items():
        setattr(programme, name, value)
    _require_order(programme.starts_on, programme.ends_on)
    programme.save(update_fields=list(changes))
    journal.record(verb="programmes.changed", subject=programme, by=by, at=at, before=before, after=_values(programme))
    return programme


def _require_order(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused(_("Програма не може закінчитися раніше, ніж почалася."), field="ends_on")


def _values(programme: Programme) -> dict[str, Any]:
    return {name: getattr(programme, name) for name in CHANGEABLE}

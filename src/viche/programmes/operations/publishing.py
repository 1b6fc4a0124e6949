"""How a programme is told to IATI and 360Giving."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.formats.iati import codes
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes import access, queries
from viche.programmes.models import Programme, Publishing

TOLD = (
    "is_told",
    "identifier",
    "donor_activity",
    "sector",
    "collaboration",
    "flow",
    "finance",
    "aid",
    "tied",
)
"""What the office says of it."""

LISTS = {
    "sector": "Sector",
    "collaboration": "CollaborationType",
    "flow": "FlowType",
    "finance": "FinanceType",
    "aid": "AidType",
    "tied": "TiedStatus",
}
"""Which list of IATI each code is of."""


@transaction.atomic
def tell(programme: Programme, *, by: User, at: datetime, **changes: Any) -> Publishing:
    """Say how the programme is told to IATI and 360Giving; `changes` names any of `TOLD`. `Refused` for a code that no list has."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    unknown = set(changes) - set(TOLD)
    if unknown:
        raise TypeError(f"a programme's {', '.join(sorted(unknown))} is not told")
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    told = queries.publishing(programme)
    before = _values(told) if told.pk else None
    for name, value in changes.items():
        setattr(told, name, value)
    for name, of in LISTS.items():
        code = getattr(told, name)
        if (code or name == "sector") and code not in codes.lists()[of]:
            sentence = _("Такого коду в переліку %(list)s немає: «%(code)s».")
            raise Refused(sentence % {"list": of, "code": code}, field=name)
    told.save()
    journal.record(verb="programmes.told", subject=programme, by=by, at=at, before=before, after=_values(told))
    return told


def _values(told: Publishing) -> dict[str, Any]:
    return {name: getattr(told, name) for name in TOLD}

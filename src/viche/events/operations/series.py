"""Series: press clubs, recurring meetings, tours; made and changed by officers, and by consultants in their oblasts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import SeriesKind
from viche.events.models import Series
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import Organisation, User
from viche.places.models import Oblast
from viche.programmes.models import Programme


@transaction.atomic
def begin(
    programme: Programme,
    *,
    kind: str,
    name: str,
    oblast: Oblast | None,
    organisation: Organisation | None,
    members: Iterable[Organisation] = (),
    by: User,
    at: datetime,
) -> Series:
    """Begin a series of the programme."""
    if not access.may_add_series(by, programme):
        raise NotAllowed
    made = Series(programme=programme, created_by=by, created_at=at)
    _set(made, by, kind=kind, name=name, oblast=oblast, organisation=organisation)
    made.save()
    made.members.set(members)
    journal.record(verb="events.series_made", subject=made, by=by, at=at, after=_values(made))
    return made


@transaction.atomic
def change(
    series: Series,
    *,
    kind: str,
    name: str,
    oblast: Oblast | None,
    organisation: Organisation | None,
    members: Iterable[Organisation],
    by: User,
    at: datetime,
) -> Series:
    """Change what a series is, and who belongs to it; its meetings stay."""
    found = Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    if not access.may_manage_series(by, found):
        raise NotAllowed
    before = _values(found)
    _set(found, by, kind=kind, name=name, oblast=oblast, organisation=organisation)
    found.save()
    found.members.set(members)
    journal.record(verb="events.series_changed", subject=found, by=by, at=at, before=before, after=_values(found))
    return found


def _set(series: Series, by: User, **values: Any) -> None:
    for field, value in values.items():
        setattr(series, field, value)
    if series.kind == SeriesKind.PRESS_CLUB and series.oblast is None:
        raise Refused(_("Пресклуб належить області: виберіть її."), field="oblast")
    if not access.may_manage_series(by, series):
        raise Refused(_("Виберіть свою область: цикли інших областей ведуть інші."), field="oblast", status=403)


def _values(series: Series) -> dict[str, Any]:
    return {
        "kind": series.kind,
        "name": series.name,
        "oblast": series.oblast_id,
        "organisation": series.organisation_id,
        "members": sorted(series.members.values_list("pk", flat=True)),
    }

"""Counting heads on the spot: a tally arrives once under its key, however often the telephone sends it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import Group, State
from viche.events.models import Event, Tally
from viche.events.queries import counting
from viche.journal import operations as journal
from viche.methods import headcounts
from viche.methods.headcounts import CountFault
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.ui import wording

GROUPS = counting.GROUPS
MOST_REVISIONS = 1_000_000


@transaction.atomic
def tally(
    event: Event,
    *,
    key: UUID,
    cells: Mapping[str, Any],
    groups: Mapping[str, Any],
    revision: int,
    counted_at: datetime | None,
    by: User,
    at: datetime,
) -> Tally:
    """Keep what one telephone has counted. The same key again with a later revision replaces, else nothing changes."""
    people, of_groups = read(cells, groups)
    require_whole(people, of_groups)
    event = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=event.pk)
    if not access.may_count(by, event):
        raise NotAllowed
    known = Tally.objects.filter(key=key).first()
    if known is not None and (known.event_id != event.pk or known.counted_by_id != by.pk):
        raise Refused(_("Цей облік належить іншому заходу чи іншій людині."), status=409)
    if known is not None and known.revision >= revision:
        return known
    _require_open(event, at)
    before = _told(known) if known else None
    row = known or Tally(event=event, key=key, counted_by=by)
    row.cells, row.groups, row.total = people, of_groups, headcounts.whole(people)
    row.revision = min(max(revision, 1), MOST_REVISIONS)
    row.counted_at, row.received_at = min(counted_at or at, at), at
    row.save()
    journal.record(verb="events.counted", subject=event, by=by, at=at, before=before, after=_told(row))
    return row


def read(cells: object, groups: object) -> tuple[dict[str, int], dict[str, int]]:
    """Read counts, or refuse what is no count with a sentence that names the number."""
    try:
        return headcounts.read(cells, headcounts.CELLS), headcounts.read(groups, GROUPS)
    except CountFault as fault:
        raise Refused(sentence(fault)) from fault


def require_whole(cells: Mapping[str, int], groups: Mapping[str, int], *, total: int | None = None) -> None:
    """Refuse parts that are more than the whole, with both numbers."""
    try:
        headcounts.check(cells, groups, total=total)
    except CountFault as fault:
        raise Refused(sentence(fault)) from fault


def sentence(fault: CountFault) -> str:
    """Say in words why a count cannot be."""
    words = {"found": wording.number(fault.found), "whole": wording.number(fault.whole)}
    if fault.why == "negative":
        return _("Людей не буває менше нуля: прийшло %(found)s.") % words
    if fault.why == "absurd":
        return _("Стільки людей на одному заході не буває: %(found)s. Перевірте нулі.") % words
    if fault.why == "parts_above_whole":
        return _("За статтю й віком разом %(found)s, а всього названо %(whole)s.") % words
    if fault.why == "group_above_whole":
        group = Group(fault.key).label
        return _("%(group)s: %(found)s, а всього людей %(whole)s.") % {**words, "group": group.capitalize()}
    return _("Не вдалося прочитати числа. Оновіть сторінку: полічене лишиться в телефоні.")


def _require_open(event: Event, at: datetime) -> None:
    if event.state not in {State.PUBLISHED, State.POSTPONED}:
        raise Refused(_("Лічать лише на оголошених заходах, а цей зараз не оголошено."), status=409)
    if localdate(at) < localdate(event.starts_at):
        raise Refused(_("Захід ще не настав: лічити можна в його день і після нього."), status=409)
    if report := counting.accepted(event):
        closed = _(
            "Звіт уже прийнято, облік закрито: враховано людей – %(n)s. "
            "Щоб виправити числа, попросіть програму повернути звіт."
        )
        raise Refused(closed % {"n": wording.number(report.total)}, status=409)


def _told(row: Tally) -> dict[str, Any]:
    return {"key": str(row.key), "revision": row.revision, "total": row.total, "cells": row.cells, "groups": row.groups}

"""Targets: the whole table of an indicator written at once, or not at all."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods import ledger
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.results import access
from viche.results.models import Indicator, Period, Target
from viche.results.queries import aims
from viche.results.queries.aims import Cell
from viche.ui import wording

LARGEST = Decimal(10) ** 13


class Stale(Refused):
    """Somebody wrote targets since this table was opened."""


@transaction.atomic
def write(
    one: Indicator, cells: Mapping[Cell, Decimal | None], *, mark: str, by: User, at: datetime
) -> dict[Cell, Decimal]:
    """Write targets; None takes one away, cells not named stay. `mark` is that of the table that was shown.

    Raises `Stale` when others have written since, `Refused` for a closed period, for parts above their whole.
    """
    if not access.may_manage_indicator(by, one):
        raise NotAllowed
    periods = _locked(one)
    one = Indicator.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=one.pk)
    before = aims.stored(one)
    if aims.mark(before) != mark:
        raise Stale(_("Не збережено: цілі тим часом змінив хтось інший. Порівняйте й збережіть ще раз."), status=409)
    after = dict(before)
    for cell, value in cells.items():
        if value is None:
            after.pop(cell, None)
        else:
            after[cell] = value
    changed = {cell for cell in {*before, *after} if before.get(cell) != after.get(cell)}
    _check(one, after, changed, periods)
    _write(one, after, changed)
    if changed:
        told = [{cell: rows[cell] for cell in rows if cell in changed} for rows in (before, after)]
        journal.record(
            verb="results.targets_written",
            subject=one,
            by=by,
            at=at,
            before={"targets": _named(told[0], periods)},
            after={"targets": _named(told[1], periods)},
        )
    return after


def _locked(one: Indicator) -> dict[int, Period]:
    """Lock the periods of the programme: none of them is closed meanwhile."""
    rows = Period.objects.select_for_update(no_key=True).filter(programme=one.programme_id).order_by("pk")
    return {period.pk: period for period in rows}


def _check(one: Indicator, after: Mapping[Cell, Decimal], changed: set[Cell], periods: Mapping[int, Period]) -> None:
    known = {ledger.WHOLE, *(part for parts in aims.parts_of(one).values() for part in parts)}
    for period, split in sorted(changed, key=repr):
        if period is not None and period not in periods:
            raise Refused(_("Це період іншої програми."))
        if period is not None and periods[period].is_closed:
            said = _("Період «%(name)s» закрито: його цілі вже не змінюються. Нічого не збережено.")
            raise Refused(said % {"name": periods[period].called}, status=409)
        if split not in known:
            raise Refused(_("У показника немає такої складової."))
        value = after.get((period, split), Decimal(0))
        if value < 0:
            raise Refused(_("Ціль не може бути від’ємною."))
        if value > LARGEST:
            raise Refused(_("Такої великої цілі не буває. Перевірте нулі."))
    for period in {period for period, _split in changed}:
        _check_parts(one, after, period, _called(periods, period))


def _check_parts(one: Indicator, after: Mapping[Cell, Decimal], period: int | None, name: str) -> None:
    """See that parts do not come to more than their whole, where there is a target for it."""
    whole = after.get((period, ledger.WHOLE))
    if whole is None:
        return
    for dimension, parts in aims.parts_of(one).items():
        numbers = [after[period, part] for part in parts if (period, part) in after]
        found = max(numbers, default=Decimal(0)) if aims.is_overlapping(one, dimension) else sum(numbers, Decimal(0))
        if found > whole:
            said = _("%(period)s: складові разом %(found)s, а загалом %(whole)s. Зменште складові на %(over)s.")
            told = {"found": found, "whole": whole, "over": found - whole}
            raise Refused(said % {"period": name, **{key: wording.number(number) for key, number in told.items()}})


def _write(one: Indicator, after: Mapping[Cell, Decimal], changed: set[Cell]) -> None:
    for period, split in changed:
        if (period, split) in after:
            Target.objects.update_or_create(
                indicator=one, period_id=period, split=split, defaults={"value": after[period, split]}
            )
        else:
            Target.objects.filter(indicator=one, period=period, split=split).delete()


def _named(targets: Mapping[Cell, Decimal], periods: Mapping[int, Period]) -> dict[str, Decimal]:
    """Targets as the journal keeps them."""
    return {f"{_called(periods, period)} {split}".strip(): value for (period, split), value in targets.items()}


def _called(periods: Mapping[int, Period], period: int | None) -> str:
    return _("Уся програма") if period is None else periods[period].called

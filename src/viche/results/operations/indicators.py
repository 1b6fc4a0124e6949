"""Indicators: defined, changed, put in order, and taken away while nothing hangs on them. Their code stays, for addresses are made of it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.results import access
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator
from viche.results.operations import definitions as rules
from viche.results.queries import definitions
from viche.results.queries.definitions import Hanging

SHEET = ("what_counts", "who_counts", "doubles", "source", "goals", "donor_codes")
MEANING = ("measure", "split", "how", "over", "under", "times")
"""What a figure means: once a period has kept it, or its parts have targets, it is another indicator that is wanted."""
CHANGEABLE = (
    "name",
    "name_en",
    "goal",
    "unit",
    "unit_en",
    "direction",
    "baseline",
    "baseline_on",
    *SHEET,
    *MEANING,
    "parts",
    "are_people",
    "is_headline",
    "is_public",
)


@transaction.atomic
def define(programme: Programme, *, kind: str, code: str, by: User, at: datetime, **values: Any) -> Indicator:
    """Define an indicator under a code that no other of the programme has; `values` names any of `CHANGEABLE`. It stands last."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    if kind not in IndicatorKind.values:
        raise Refused(_("Виберіть, звідки братимуться значення."), field="kind")
    _lock(programme.pk)
    last = Indicator.objects.filter(programme=programme).aggregate(last=models.Max("position"))["last"]
    position = 0 if last is None else last + 1
    one = Indicator(programme=programme, kind=kind, code=rules.check_code(code), position=position)
    _set(one, values)
    rules.check(one)
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        said = _("Показник із кодом %(code)s у програмі вже є. Виберіть інший.") % {"code": one.code}
        raise Refused(said, field="code", status=409) from None
    told = {"code": one.code, "kind": one.kind, **_values(one)}
    journal.record(verb="results.indicator_defined", subject=one, by=by, at=at, after=told)
    return one


@transaction.atomic
def change(one: Indicator, *, by: User, at: datetime, **changes: Any) -> Indicator:
    """Change what is told of an indicator; what it means only while no closed period has kept it and no part has a target."""
    if not access.may_manage_indicator(by, one):
        raise NotAllowed
    _lock(one.programme_id)
    one = Indicator.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=one.pk)
    before, meant, were_people = _values(one), _meaning(one), one.are_people
    _set(one, changes)
    rules.check(one)
    _require_same(one, definitions.hanging(one), meant_otherwise=_meaning(one) != meant, were_people=were_people)
    one.save()
    if (after := _values(one)) != before:
        journal.record(verb="results.indicator_changed", subject=one, by=by, at=at, before=before, after=after)
    return one


def _require_same(one: Indicator, hanging: Hanging, *, meant_otherwise: bool, were_people: bool) -> None:
    """Refuse what would give another meaning to numbers that are there already."""
    if meant_otherwise and hanging.kept:
        raise Refused(_("Значення цього показника вже збережено в закритому періоді: створіть новий показник."))
    if meant_otherwise and hanging.splits:
        raise Refused(_("Складові цього показника мають цілі: спершу зітріть їх, тоді міняйте, що рахувати."))
    if one.kind != IndicatorKind.REPORTED:
        return
    if one.are_people != were_people and hanging.values:
        raise Refused(_("Значення вже подано: чи це люди, тепер не змінити."), field="are_people")
    if gone := hanging.parts - {part["code"] for part in one.parts}:
        said = _("Складова «%(code)s» має значення чи цілі: її можна перейменувати, а прибрати – ні.")
        raise Refused(said % {"code": min(gone)}, field="parts")


@transaction.atomic
def move(one: Indicator, *, up: bool, by: User, at: datetime) -> None:
    """Let an indicator change places with its neighbour under the same goal; at the end of the list nothing happens."""
    if not access.may_manage_indicator(by, one):
        raise NotAllowed
    _lock(one.programme_id)
    every = list(Indicator.objects.filter(programme=one.programme_id).order_by("position", "pk"))
    beside = [other.pk for other in every if other.goal_id == one.goal_id]
    at_place = beside.index(one.pk)
    there = at_place - 1 if up else at_place + 1
    if not 0 <= there < len(beside):
        return
    order = [other.pk for other in every]
    here, beyond = order.index(one.pk), order.index(beside[there])
    order[here], order[beyond] = order[beyond], order[here]
    for position, pk in enumerate(order):
        Indicator.objects.filter(pk=pk).exclude(position=position).update(position=position)
    journal.record(verb="results.indicator_moved", subject=one, by=by, at=at, after={"up": up})


@transaction.atomic
def remove(one: Indicator, *, by: User, at: datetime) -> None:
    """Take an indicator away on which nothing hangs: no target, no value, no closed period, no ratio."""
    if not access.may_manage_indicator(by, one):
        raise NotAllowed
    _lock(one.programme_id)
    found = definitions.hanging(one)
    if not found.is_free:
        said = _("Прибрати не можна: %(what)s. Натомість показник можна сховати від усіх.")
        raise Refused(said % {"what": _what_hangs(found)}, status=409)
    told = {"code": one.code, "kind": one.kind, **_values(one)}
    subject = one.programme
    one.delete()
    journal.record(verb="results.indicator_removed", subject=subject, by=by, at=at, before=told)


def _what_hangs(found: Hanging) -> str:
    said = []
    if found.targets:
        said.append(ngettext("на ньому %(n)s ціль", "на ньому %(n)s цілей", found.targets) % {"n": found.targets})
    if found.values:
        said.append(ngettext("подано %(n)s значення", "подано %(n)s значень", found.values) % {"n": found.values})
    if found.kept:
        said.append(
            ngettext("його збережено в %(n)s періоді", "його збережено в %(n)s періодах", found.kept)
            % {"n": found.kept}
        )
    if found.ratios:
        said.append(_("з нього обчислюють %(codes)s") % {"codes": ", ".join(found.ratios)})
    return "; ".join(said)


def _lock(programme: int) -> None:
    """Let one person at a time change the indicators of a programme."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme)


def _set(one: Indicator, values: dict[str, Any]) -> None:
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"an indicator's {', '.join(sorted(unknown))} cannot be changed")
    for name, value in values.items():
        setattr(one, name, value)


def _meaning(one: Indicator) -> tuple[Any, ...]:
    return tuple(_values(one)[name] for name in MEANING)


def _values(one: Indicator) -> dict[str, Any]:
    """What the journal keeps of an indicator; rows of other tables by their keys."""
    return {name: getattr(one, f"{name}_id", getattr(one, name)) for name in CHANGEABLE}

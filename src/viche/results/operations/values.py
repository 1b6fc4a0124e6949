"""Reported values: begun, written as a draft, proved and submitted by one person; only a draft may be taken away."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.files import operations as files
from viche.journal import operations as journal
from viche.methods import indicators as methods
from viche.methods import typed
from viche.methods.indicators import IndicatorFault
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.places.models import Hromada, Oblast
from viche.results import access
from viche.results.choices import IndicatorKind, ValueState
from viche.results.models import Indicator, Period, Value
from viche.results.operations import periods
from viche.ui import wording

WRITABLE = (ValueState.DRAFT, ValueState.RETURNED)
LARGEST = Decimal("999999999999.99")  # as far as fields of numbers go
DIGITS = 2
PART = "part_"  # before the code of a part, in the names of fields


class Stale(Exception):  # noqa: N818 — read aloud: "raise Stale"
    """The same value was saved in another tab since this page was opened. Carries what is stored."""

    def __init__(self, stored: Value) -> None:
        """Keep the stored value."""
        super().__init__("stale")
        self.stored = stored


@transaction.atomic
def begin(indicator: Indicator, *, period: Period, by: User, at: datetime) -> Value:
    """Begin a value of an indicator that people report, in an open period."""
    if not access.may_report(by, indicator.programme):
        raise NotAllowed
    if indicator.kind != IndicatorKind.REPORTED:
        said = _("«%(name)s» рахує Віче: подавати його не треба.")
        raise Refused(said % {"name": indicator.called}, field="indicator")
    if period.programme_id != indicator.programme_id:
        raise Refused(_("Це період іншої програми."), field="period")
    periods.require_open(periods.locked(period.pk))
    on = min(max(localdate(at), period.starts_on), period.ends_on)
    value = Value.objects.create(indicator=indicator, period=period, on=on, reported_by=by, reported_at=at)
    journal.record(verb="results.value_begun", subject=value, by=by, at=at, after={"period": period.name})
    return value


@transaction.atomic
def save(
    value: Value,
    *,
    revision: int,
    by: User,
    at: datetime,
    number: Decimal | None = None,
    parts: Mapping[str, Decimal] | None = None,
    on: date | None = None,
    hromada: Hromada | None = None,
    oblast: Oblast | None = None,
    note: str = "",
    unread: Mapping[str, str] | None = None,
) -> Value:
    """Keep what is typed, whole or not; `unread` is what cannot be read yet, by field. Raises `Stale`.

    Refuses what no value can be, at its field ("number", "part_women"); what only does not fit together is kept: see `misfits`.
    """
    _check_numbers(number, parts or {})
    value = locked(value)
    _require_writing(value, by)
    if value.revision != revision:
        raise Stale(value)
    known = {part["code"] for part in value.indicator.parts}
    kept = {
        "value": number,
        "parts": {code: f"{one:f}" for code, one in (parts or {}).items() if code in known},
        "on": on or value.on,
        "hromada": hromada,
        "oblast": None if hromada else oblast,
        "note": typed.clean(note),
        "unread": dict(unread or {}),
        "reported_at": at,
        "revision": revision + 1,
    }
    for name, one in kept.items():
        setattr(value, name, one)
    value.save(update_fields=list(kept))
    return value


def _check_numbers(number: Decimal | None, parts: Mapping[str, Decimal]) -> None:
    """Refuse what is no number of anything, each at its field."""
    for field, one in {"number": number, **{f"{PART}{code}": part for code, part in parts.items()}}.items():
        if one is None:
            continue
        if not one.is_finite():
            raise Refused(_("Напишіть число, наприклад 1200."), field=field)
        if one < 0:
            raise Refused(_("Число не може бути від’ємним."), field=field)
        if one > LARGEST:
            raise Refused(_("Такого великого числа не буває. Перевірте нулі."), field=field)
        if one != round(one, DIGITS):
            raise Refused(_("Не більше двох знаків після коми."), field=field)


@transaction.atomic
def submit(value: Value, *, by: User, at: datetime) -> Value:
    """Hand a value in to be approved by somebody else: it must be whole, proved, and of an open period."""
    value = locked(value)
    if value.state == ValueState.SUBMITTED and access.may_write(by, value):
        return value
    _require_writing(value, by)
    if found := faults(value):
        raise Refused(" ".join(found.values()), field=next(iter(found)))
    value.state, value.reported_at = ValueState.SUBMITTED, at
    value.decided_by, value.decided_at = None, None
    value.save(update_fields=["state", "reported_at", "decided_by", "decided_at"])
    journal.record(verb="results.value_submitted", subject=value, by=by, at=at, after=told(value))
    return value


def faults(value: Value) -> dict[str, str]:
    """What keeps a value from being submitted: a sentence by field."""
    found = {name: _("Цього не вдалося прочитати: «%(typed)s».") % {"typed": said} for name, said in _unread(value)}
    if value.value is None:
        found.setdefault("number", _("Напишіть значення."))
    for name, said in misfits(value).items():
        found.setdefault(name, said)
    if not value.evidence.exists():
        found["evidence"] = _("Додайте підтвердження: документ, протокол, список, світлину чи посилання.")
    return found


def misfits(value: Value) -> dict[str, str]:
    """What does not fit together in what is typed so far: a sentence by field. Told while one types."""
    found = {} if value.value is None else dict(_number_faults(value))
    if not value.period.starts_on <= value.on <= value.period.ends_on:
        said = _("День не з цього періоду: він триває %(period)s.")
        found["on"] = said % {"period": wording.period(value.period.starts_on, value.period.ends_on)}
    return found


def _unread(value: Value) -> list[tuple[str, str]]:
    return [(name, said) for name, said in value.unread.items() if said]


def _number_faults(value: Value) -> list[tuple[str, str]]:
    numbers = {code: Decimal(number) for code, number in value.parts.items()}
    if value.indicator.are_people and any(one != one.to_integral_value() for one in (value.value, *numbers.values())):
        return [("number", _("Людей рахують цілими числами."))]
    try:
        methods.check_value(value.value, numbers)
    except IndicatorFault as fault:
        said = _("Складові разом %(found)s, а загалом %(whole)s. Перевірте числа.")
        return [("number", said % {"found": wording.number(fault.found), "whole": wording.number(fault.whole)})]
    return []


@transaction.atomic
def remove(value: Value, *, by: User, at: datetime) -> None:
    """Take a draft away with its evidence; what was submitted stays."""
    value = locked(value)
    if not access.may_remove(by, value):
        raise NotAllowed
    if value.state not in WRITABLE:
        raise Refused(_("Подане значення не прибирають: його можна повернути з питаннями."), status=409)
    require_open(value)
    for proof in value.evidence.select_related("stored"):
        stored = proof.stored
        proof.delete()
        if stored:
            files.remove(stored, by=by, at=at)
    before, indicator = told(value), value.indicator
    value.delete()
    journal.record(verb="results.value_removed", subject=indicator, by=by, at=at, before=before)


def locked(value: Value) -> Value:
    """Lock the period, then the value: nobody closes the one while the other changes."""
    period = periods.locked(value.period_id)
    related = ("indicator__programme", "hromada", "oblast", "reported_by", "decided_by")
    found = Value.objects.select_for_update(of=("self",), no_key=True).select_related(*related).get(pk=value.pk)
    found.period = period
    return found


def is_writable(value: Value) -> bool:
    """Whether whoever reports it may write on: not handed in, its period open."""
    return value.state in WRITABLE and not value.period.is_closed


def require_open(value: Value) -> None:
    """Refuse to change a value of a closed period: as it was then, so it stays to be read."""
    if value.period.is_closed:
        said = _(
            "Період «%(name)s» закрито: значення лишається, яким було. Змінити його можна, коли офіс програми відкриє період знову."
        )
        raise Refused(said % {"name": value.period.called}, status=409)


def told(value: Value) -> dict[str, Any]:
    """What the journal keeps of a value."""
    return {"value": value.value, "parts": value.parts, "on": value.on, "period": value.period.name}


def _require_writing(value: Value, by: User) -> None:
    if not access.may_write(by, value):
        raise NotAllowed
    if value.state not in WRITABLE:
        raise Refused(_("Значення вже подано: змінити його можна, якщо його повернуть з питаннями."), status=409)
    require_open(value)

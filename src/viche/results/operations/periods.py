"""Periods: made of whole months, closed with what was known then, and opened again for a recorded reason."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from viche.facts.queries.figures import Asked
from viche.journal import operations as journal
from viche.methods import indicators as methods
from viche.methods import ledger
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.results import access
from viche.results.choices import ValueState
from viche.results.models import Indicator, Kept, Period, Reopening, Value
from viche.results.queries import board

QUARTER, YEAR = "quarter", "year"
MONTHS: Final = {QUARTER: ledger.MONTHS_OF_QUARTER, YEAR: ledger.MONTHS_OF_YEAR}
ROMAN: Final = ("I", "II", "III", "IV")
CHANGEABLE = ("name", "name_en", "starts_on", "ends_on")


@transaction.atomic
def make(
    programme: Programme, *, name: str, starts_on: date, ends_on: date, by: User, at: datetime, name_en: str = ""
) -> Period:
    """Make a period of whole months, from that of one day to that of another; it may share none with others."""
    _require_manager(programme, by)
    period = Period(programme=programme, name=name.strip(), name_en=name_en.strip())
    _set_months(period, starts_on, ends_on)
    period.save()
    journal.record(verb="results.period_made", subject=period, by=by, at=at, after=_values(period))
    return period


@transaction.atomic
def make_all(programme: Programme, *, each: str, by: User, at: datetime) -> list[Period]:
    """Make every quarter or year of the programme that shares no month with a period there is."""
    _require_manager(programme, by)
    if each not in MONTHS:
        raise Refused(_("Виберіть: квартали чи роки."), field="each")
    taken = [(one.starts_on, one.ends_on) for one in board.periods(programme)]
    made = []
    months = MONTHS[each]
    first = ledger.after(date(programme.starts_on.year, 1, 1), (programme.starts_on.month - 1) // months * months)
    while first <= programme.ends_on:
        last = methods.whole_months(first, ledger.after(first, months - 1))[1]
        if methods.overlapping(first, last, taken) is None:
            name, name_en = _called(first, each)
            made.append(Period(programme=programme, name=name, name_en=name_en, starts_on=first, ends_on=last))
        first = ledger.after(first, months)
    if not made:
        raise Refused(_("Нових періодів не вийшло: на всі місяці програми вони вже є."), field="each")
    for period in made:
        period.save()
    told = {"periods": [_values(period) for period in made]}
    journal.record(verb="results.periods_made", subject=programme, by=by, at=at, after=told)
    return made


def _called(first: date, each: str) -> tuple[str, str]:
    """What a quarter or a year is called, in Ukrainian and in English."""
    quarter = (first.month - 1) // ledger.MONTHS_OF_QUARTER
    told = {"year": first.year, "roman": ROMAN[quarter], "number": quarter + 1}
    names = []
    for language in ("uk", "en"):
        with override(language):
            words = _("%(year)s рік") if each == YEAR else _("%(roman)s квартал %(year)s року")
            names.append(words % told)
    return names[0], names[1]


@transaction.atomic
def change(
    period: Period, *, name: str, starts_on: date, ends_on: date, by: User, at: datetime, name_en: str = ""
) -> Period:
    """Change the words of an open period; its months only while it has neither targets nor values."""
    _require_manager(period.programme, by)
    period = locked(period.pk)
    require_open(period)
    before = _values(period)
    period.name, period.name_en = name.strip(), name_en.strip()
    _set_months(period, starts_on, ends_on)
    months = {"starts_on", "ends_on"}
    if any(before[name] != getattr(period, name) for name in months) and _holds(period):
        raise Refused(_("У періоді вже є цілі чи значення: його місяців не змінити."), field="starts_on")
    period.save()
    journal.record(verb="results.period_changed", subject=period, by=by, at=at, before=before, after=_values(period))
    return period


@transaction.atomic
def remove(period: Period, *, by: User, at: datetime) -> None:
    """Take away a period that nothing hangs on."""
    _require_manager(period.programme, by)
    period = locked(period.pk)
    require_open(period)
    if _holds(period) or period.reopenings.exists():
        raise Refused(_("У періоді є цілі чи значення: спершу приберіть їх."), status=409)
    told, programme = _values(period), period.programme
    period.delete()
    journal.record(verb="results.period_removed", subject=programme, by=by, at=at, before=told)


@transaction.atomic
def close(period: Period, *, by: User, at: datetime) -> Period:
    """Close a period that is over: what every indicator has come to is kept, its targets and values stay as they are."""
    _require_manager(period.programme, by)
    period = locked(period.pk)
    require_open(period)
    if localdate(at) <= period.ends_on:
        raise Refused(_("Період ще триває: закрити його можна, коли він мине."), status=409)
    if waiting := Value.objects.filter(period=period, state=ValueState.SUBMITTED).count():
        said = ngettext(
            "Спершу дайте відповідь: на перевірці ще %(n)s значення.",
            "Спершу дайте відповідь: на перевірці ще %(n)s значень.",
            waiting,
        )
        raise Refused(said % {"n": waiting}, status=409)
    kept = _keep(period)
    period.closed_at, period.closed_by = at, by
    period.save(update_fields=["closed_at", "closed_by"])
    told = {"kept": {one.indicator.code: one.value for one in kept}}
    journal.record(verb="results.period_closed", subject=period, by=by, at=at, after=told)
    return period


def _keep(period: Period) -> list[Kept]:
    """Keep what every indicator has come to, as the office and as everybody knows it, in place of what was kept before."""
    wanted = list(Indicator.objects.filter(programme=period.programme).select_related("programme", "over", "under"))
    asked = Asked(period.programme_id, period.starts_on, period.ends_on)
    known = board.values(wanted, asked, is_office=True)
    shown = board.values(wanted, asked, is_office=False)
    Kept.objects.filter(period=period).delete()
    return Kept.objects.bulk_create(
        Kept(period=period, indicator=one, value=known[one.pk][0], shown=shown[one.pk][0]) for one in wanted
    )


@transaction.atomic
def reopen(period: Period, *, why: str, by: User, at: datetime) -> Period:
    """Open a closed period again: the recorded exception, with its reason."""
    _require_manager(period.programme, by)
    period = locked(period.pk)
    if not period.is_closed:
        raise Refused(_("Цей період уже відкрито."), status=409)
    if not why.strip():
        raise Refused(_("Напишіть, чому період відкривають знову: це лишиться в його історії."), field="why")
    Reopening.objects.create(period=period, why=why.strip(), by=by, at=at)
    before = {"closed_at": period.closed_at}
    period.closed_at, period.closed_by = None, None
    period.save(update_fields=["closed_at", "closed_by"])
    journal.record(
        verb="results.period_reopened", subject=period, by=by, at=at, before=before, after={"why": why.strip()}
    )
    return period


def locked(pk: int) -> Period:
    """Lock a period: whoever closes it and whoever writes into it wait for each other."""
    return Period.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=pk)


def require_open(period: Period) -> None:
    """Refuse to change what belongs to a closed period."""
    if period.is_closed:
        said = _("Період «%(name)s» закрито: щоб змінити його, відкрийте його знову й напишіть чому.")
        raise Refused(said % {"name": period.called}, status=409)


def _require_manager(programme: Programme, by: User) -> None:
    """See that the person may, and let one at a time change the periods of a programme."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _set_months(period: Period, starts_on: date, ends_on: date) -> None:
    if not period.name:
        raise Refused(_("Назвіть період."), field="name")
    if ends_on < starts_on:
        raise Refused(_("Період не може закінчитися раніше, ніж почався."), field="ends_on")
    since, until = methods.whole_months(starts_on, ends_on)
    others = {(one.starts_on, one.ends_on): one for one in board.periods(period.programme) if one.pk != period.pk}
    if found := methods.overlapping(since, until, others):
        said = _("Ці місяці вже належать періодові «%(name)s».") % {"name": others[found].called}
        raise Refused(said, field="starts_on", status=409)
    period.starts_on, period.ends_on = since, until


def _holds(period: Period) -> bool:
    return period.targets.exists() or period.values.exists()


def _values(period: Period) -> dict[str, Any]:
    return {name: getattr(period, name) for name in CHANGEABLE}

"""How awards, reports and tranches stand on a day, for the eye: which rhomb, which words; and the steps in their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.files.models import Consent, Stored
from viche.ui import wording

# Places of steps on one day: the decision, the agreement, then each report before the payment it unlocks, the end.
AGREED, LAST = 1, 1000


@dataclass(frozen=True)
class Said:
    """The `kind` of a rhomb and the `words` beside it."""

    kind: str
    words: str


@dataclass(frozen=True)
class Step:
    """One step of an award's way: the day on which it happened, or is to happen while it is not `done`."""

    on: date
    words: str
    done: bool
    note: str = ""
    # Of several steps on one day, which comes first.
    rank: int = 0


def of_award(award: Award) -> Said:
    """Say how the award stands."""
    if award.state == AwardState.PREPARED:
        return Said("draft", _("Готують угоду"))
    if award.state == AwardState.ACTIVE:
        return Said("told", _("Триває до %(day)s") % {"day": wording.day(award.ends_on)})
    if award.state == AwardState.CLOSED:
        return Said("held", _("Завершено %(day)s") % {"day": wording.day(award.closed_at)})
    return Said("closed", _("Припинено %(day)s") % {"day": wording.day(award.ended_at)})


def of_report(report: Report, on: date) -> Said:
    """Say how the report stands."""
    if report.state == ReportState.ACCEPTED:
        return Said("verified", _("Прийнято %(day)s") % {"day": wording.day(report.checked_at)})
    if report.state == ReportState.SUBMITTED:
        return Said("told", _("Подано %(day)s, перевіряють") % {"day": wording.day(report.submitted_at)})
    late = (on - report.expected_on).days
    if late > 0 and report.award.state == AwardState.ACTIVE:
        return Said("late", ngettext("Прострочено на %(n)s день", "Прострочено на %(n)s днів", late) % {"n": late})
    day = {"day": wording.day(report.expected_on)}
    if report.state == ReportState.RETURNED:
        return Said("soon", _("Повернуто з питаннями, доповнити до %(day)s") % day)
    return Said("draft", _("Подати до %(day)s") % day)


def of_tranche(tranche: Tranche, *, office: bool = False) -> Said:
    """Say how the tranche stands; the office is told that it may pay."""
    if tranche.state == TrancheState.PAID:
        return Said("held", _("Сплачено"))
    if tranche.award.state == AwardState.ENDED:
        return Said("closed", _("Не платитимуть"))
    if tranche.state == TrancheState.UNLOCKED:
        return Said("soon", _("Можна платити") if office else _("Чекає на виплату"))
    if tranche.award.state == AwardState.PREPARED:
        return Said("draft", _("Після підписання угоди"))
    return Said("draft", _("Чекає на прийнятий звіт"))


def of_photograph(stored: Stored, on: date) -> Said:
    """Say whether everybody sees the photograph, or what keeps it private."""
    chosen = getattr(stored, "photograph", None)
    if stored.consent != Consent.RECORDED:
        return Said("unverified", _("Згоди людей немає"))
    if chosen is None or chosen.public_from is None:
        return Said("draft", _("Не показуємо"))
    if chosen.public_from > on:
        return Said("told", _("Побачать усі від %(day)s") % {"day": wording.day(chosen.public_from)})
    return Said("open", _("Бачать усі"))


def steps(award: Award, reports: Iterable[Report], tranches: Iterable[Tranche]) -> list[Step]:
    """The way of an award from the decision to its end, by day: what happened, then what is planned while it goes on."""
    way = [Step(award.awarded_on, _("Комісія підтримала"), done=True)]
    if award.agreed_on:
        way.append(Step(award.agreed_on, _("Угоду підписано"), done=True, rank=AGREED))
    way += [_of_report(report) for report in reports]
    way += [_of_tranche(tranche) for tranche in tranches]
    if award.closed_at:
        way.append(Step(wording.as_date(award.closed_at), _("Підтримку завершено"), done=True, rank=LAST))
    if award.ended_at:
        ended = wording.as_date(award.ended_at)
        way.append(Step(ended, _("Підтримку припинено"), done=True, note=award.ended_why, rank=LAST))
    over = award.state in {AwardState.CLOSED, AwardState.ENDED}
    kept = [step for step in way if step.done or not over]
    return sorted(kept, key=lambda step: (not step.done, step.on, step.rank))


def _of_report(report: Report) -> Step:
    rank = AGREED + 2 * report.position
    if report.state == ReportState.ACCEPTED:
        words = _("Прийнято звіт: %(title)s") % {"title": report.title}
        return Step(wording.as_date(report.checked_at), words, done=True, rank=rank)
    return Step(report.expected_on, _("Звіт: %(title)s") % {"title": report.title}, done=False, rank=rank)


def _of_tranche(tranche: Tranche) -> Step:
    # After the agreement, or after the report that unlocks it.
    rank = AGREED + (2 * tranche.after.position if tranche.after else 0) + 1
    amount = {"amount": wording.money(tranche.amount, tranche.award.currency)}
    if tranche.paid_on:
        return Step(tranche.paid_on, _("Сплачено %(amount)s") % amount, done=True, rank=rank)
    return Step(tranche.planned_on, _("Виплата %(amount)s") % amount, done=False, rank=rank)


def next_for_office(award: Award, reports: Iterable[Report], tranches: Iterable[Tranche], on: date) -> Said:
    """In one line, what the award waits for; from what is prefetched, without queries."""
    reports, tranches = list(reports), list(tranches)
    if award.state == AwardState.PREPARED:
        words = _("Підписати угоду") if reports else _("Скласти план")
        return Said("soon", words)
    if award.state != AwardState.ACTIVE:
        return Said("", "")
    if submitted := next((one for one in reports if one.state == ReportState.SUBMITTED), None):
        return Said("soon", _("Перевірити: %(title)s") % {"title": submitted.title})
    if unlocked := next((one for one in tranches if one.state == TrancheState.UNLOCKED), None):
        return Said("soon", _("Сплатити %(amount)s") % {"amount": wording.money(unlocked.amount, award.currency)})
    waited = next((one for one in reports if one.is_ours_to_write), None)
    if waited is None:
        return Said("soon", _("Завершити"))
    waited.award = award
    return of_report(waited, on)

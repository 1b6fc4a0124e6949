"""What stands in the way of an act, in a sentence: for the operation that refuses and for the page that asks first."""

from django.utils.translation import gettext as _

from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award, Tranche
from viche.ui import wording


def to_agree(award: Award) -> str:
    """Why the agreement cannot be noted as signed; empty where it can."""
    if award.state == AwardState.ACTIVE:
        return _("Угоду вже підписано.")
    if award.state != AwardState.PREPARED:
        return _("Цю підтримку вже завершено.")
    return "" if award.reports.exists() else _("Спершу складіть план звітів і траншів.")


def to_pay(tranche: Tranche) -> str:
    """Why the tranche cannot be noted as paid; empty where it can."""
    if tranche.state == TrancheState.PAID:
        return wording.sentence(_("Цей транш уже сплачено: %(day)s.") % {"day": wording.day(tranche.paid_on)})
    if tranche.award.state != AwardState.ACTIVE:
        return _("Платити можна лише за чинною угодою.")
    if tranche.state == TrancheState.LOCKED:
        return _("Цей транш ще чекає на прийнятий звіт «%(title)s».") % {"title": tranche.after.title}
    return ""


def to_revoke(tranche: Tranche) -> str:
    """Why a note of payment cannot be taken back; empty where it can."""
    if tranche.award.state != AwardState.ACTIVE:
        return _("Підтримку вже завершено: позначку про оплату не відкликати.")
    return "" if tranche.state == TrancheState.PAID else _("Позначки про оплату цього траншу немає.")


def to_close(award: Award) -> str:
    """What is missing before the award can be closed; empty where nothing is."""
    if award.state != AwardState.ACTIVE:
        return _("Закрити можна лише чинну підтримку.")
    reports = award.reports.exclude(state=ReportState.ACCEPTED).values_list("title", flat=True)
    unpaid = award.tranches.exclude(state=TrancheState.PAID).values_list("amount", flat=True)
    missing = []
    if reports:
        missing.append(_("Не всі звіти прийнято: %(list)s.") % {"list": ", ".join(f"«{title}»" for title in reports)})
    if unpaid:
        sums = ", ".join(wording.money(amount, award.currency) for amount in unpaid)
        missing.append(_("Не всі транші сплачено: %(list)s.") % {"list": sums})
    return " ".join(missing)


def to_end(award: Award) -> str:
    """Why the award cannot end before its time; empty where it can."""
    return _("Цю підтримку вже завершено.") if award.state in {AwardState.CLOSED, AwardState.ENDED} else ""

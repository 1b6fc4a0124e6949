"""What a plan and an agreement must be, or the sentence that says why they are not."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.models import Award
from viche.awards.queries import awards, balance
from viche.methods import money
from viche.methods.refusals import Refused
from viche.people.models import User
from viche.questionnaires import queries as questionnaires
from viche.ui import wording

NUMBER_LENGTH = 40
TITLE_LENGTH = 200


def require_untied(award: Award, by: User) -> None:
    """Raise `Refused` for somebody who would sign, pay or close for their own organisation or hromada."""
    if access.is_tied(by, award):
        raise Refused(tied(), status=403)


def tied() -> str:
    """Say why this person does not settle this award."""
    return _(
        "Ви пов’язані з цим отримувачем: писали заявку або належите до організації з тієї самої громади. "
        "Угоду, виплати й завершення записує хтось інший із програми або адміністратор установки."
    )


def require_plan(award: Award, reports: Sequence[dict[str, Any]], tranches: Sequence[dict[str, Any]]) -> None:
    """Raise `Refused` unless the plan can be kept: days in order, forms with questions, tranches that add up."""
    if award.ends_on < award.starts_on:
        raise Refused(_("Робота закінчується раніше, ніж починається."), field="ends_on")
    _require_reports(award, reports)
    if award.amount is None:
        if tranches:
            raise Refused(_("Ця підтримка не в грошах: траншів вона не має."), field="tranches")
        return
    _require_tranches(reports, tranches)
    require_sum(award, sum((tranche["amount"] for tranche in tranches), Decimal(0)))


def require_sum(award: Award, total: Decimal) -> None:
    """Raise `Refused` unless the tranches make exactly the award."""
    if total == award.amount:
        return
    language = wording.language()
    needed = money.write(award.amount, award.currency, language)
    over = money.write(abs(total - award.amount), award.currency, language)
    given = money.write(total, award.currency, language)
    if total > award.amount:
        words = _("Транші разом дають %(given)s, а грант – %(needed)s: зменште їх на %(over)s.")
    else:
        words = _("Транші разом дають %(given)s, а грант – %(needed)s: бракує %(over)s.")
    raise Refused(words % {"given": given, "needed": needed, "over": over}, field="tranches")


def _require_reports(award: Award, reports: Sequence[dict[str, Any]]) -> None:
    if not reports:
        raise Refused(_("Потрібен хоча б один звіт: останній є підсумковим."), field="reports")
    if any(report.get("is_final") for report in reports[:-1]):
        raise Refused(_("Підсумковим є останній звіт."), field="reports")
    if any(not 0 < len(report["title"].strip()) <= TITLE_LENGTH for report in reports):
        raise Refused(_("Назвіть кожен звіт; у назві вміщується до 200 знаків."), field="reports")
    if any(before["due_on"] >= after["due_on"] for before, after in pairwise(reports)):
        raise Refused(_("Звіти мають іти один за одним: наступний пізніше за попередній."), field="reports")
    if reports[0]["due_on"] < award.starts_on:
        raise Refused(_("Звіт не може бути раніше, ніж почнеться робота."), field="reports")
    for form in {report["form"] for report in reports}:
        if form.questionnaire.owner_key != f"programme:{award.programme_id}":
            raise Refused(_("Ця форма належить іншій програмі."), field="reports")
        found = questionnaires.outline(form)
        if not found.questions or not all(section.questions for section in found):
            raise Refused(
                _("У формі «%(form)s» є порожній розділ або ще немає запитань.") % {"form": form.questionnaire.name},
                field="reports",
            )


def _require_tranches(reports: Sequence[dict[str, Any]], tranches: Sequence[dict[str, Any]]) -> None:
    if any(tranche["amount"] <= 0 for tranche in tranches):
        raise Refused(_("Сума траншу має бути більшою за нуль."), field="tranches")
    for number, tranche in enumerate(tranches, start=1):
        after = tranche.get("after")
        if not after:
            continue
        if not 1 <= after <= len(reports):
            raise Refused(_("Транш чекає на звіт, якого в плані немає."), field="tranches")
        report = reports[after - 1]
        if tranche["planned_on"] < report["due_on"]:
            words = _("Транш %(number)d не можна сплатити раніше, ніж подадуть звіт «%(title)s»: %(day)s.")
            said = {"number": number, "title": report["title"], "day": wording.day(report["due_on"])}
            raise Refused(wording.sentence(words % said), field="tranches")


def settled(award: Award, returned: Decimal | None, left_why: str) -> tuple[Decimal | None, str]:
    """What came back and why the rest has no account. Raises `Refused` where neither explains the difference."""
    award.returned = returned
    found = balance.of(award, *awards.parts(award))
    if found is None:
        return None, ""
    if found.returned is not None and found.returned > found.paid:
        raise Refused(_("Повернути можна щонайбільше те, що сплачено."), field="returned")
    if not found.left:
        return found.returned, ""
    if not left_why:
        raise Refused(
            _("%(figures)s Вкажіть, скільки повернуто, або поясніть різницю.") % {"figures": figures(award, found)},
            field="left_why",
        )
    return found.returned, left_why


def figures(award: Award, of: balance.Balance) -> str:
    """Say the three figures and their difference."""
    values = {"paid": of.paid, "spent": of.spent, "returned": of.returned, "left": of.left}
    written = {name: wording.money(value or Decimal(0), award.currency) for name, value in values.items()}
    return _("Сплачено %(paid)s, витрачено %(spent)s, повернуто %(returned)s. Різниця: %(left)s.") % written


def require_agreement(award: Award, number: str, agreed_on: date, at: datetime) -> None:
    """Raise `Refused` unless there is a number, and a day that has come and is not before the decision."""
    if not number.strip():
        raise Refused(_("Вкажіть номер угоди."), field="number")
    if len(number.strip()) > NUMBER_LENGTH:
        raise Refused(_("Номер угоди задовгий: вміщується до 40 знаків."), field="number")
    if agreed_on > localdate(at):
        raise Refused(_("Дата угоди не може бути в майбутньому."), field="agreed_on")
    if agreed_on < award.awarded_on:
        words = _("Угоду не могли підписати раніше, ніж комісія оприлюднила рішення: %(day)s.")
        raise Refused(wording.sentence(words % {"day": wording.day(award.awarded_on)}), field="agreed_on")

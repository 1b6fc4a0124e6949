"""A plan to begin with: 70 % on agreement, 30 % after the interim report, an interim and a final report."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from viche.awards.models import Award
from viche.questionnaires import queries as questionnaires
from viche.questionnaires.choices import Meaning
from viche.questionnaires.models import Version

# What reports alone are asked about.
REPORTED = {Meaning.DONE, Meaning.SPENT, Meaning.RETURNED}
FIRST_SHARE = Decimal("0.7")
# Between the end of the work and the final report, and between a report and the payment that waits for it.
TIME_TO_WRITE = timedelta(days=14)
TIME_TO_CHECK = timedelta(days=14)
SHORT_WORK = timedelta(days=60)


def owner_key(award: Award) -> str:
    """Whose forms the award's reports may take."""
    return f"programme:{award.programme_id}"


def forms(award: Award) -> dict[int, Version]:
    """The versions of forms of reports to choose from, by key, and those that the plan has already. Three queries."""
    versions = list(questionnaires.versions_of(owner_key(award)))
    asked = questionnaires.asks_of(versions)
    taken = set(award.reports.values_list("form", flat=True))
    return {one.pk: one for one in versions if one.pk in taken or REPORTED & set(asked.get(one.pk, ()))}


def only_form(award: Award) -> Version | None:
    """The programme's form of reports in its newest version, where there is exactly one; which of several fits, people say."""
    found = list(forms(award).values())
    return found[0] if len({one.questionnaire_id for one in found}) == 1 else None


def planned(award: Award) -> dict[str, list[dict[str, Any]]]:
    """The plan as it was written; empty lists before."""
    reports = list(award.reports.select_related("form"))
    places = {report.pk: report.position for report in reports}
    return {
        "reports": [{"title": one.title, "due_on": one.due_on, "form": one.form} for one in reports],
        "tranches": [
            {"amount": one.amount, "planned_on": one.planned_on, "after": places.get(one.after_id)}
            for one in award.tranches.all()
        ],
    }


def proposed(award: Award) -> dict[str, list[dict[str, Any]]]:
    """A plan that fits the award: short work has one report, an award that is no money has no tranches."""
    form = only_form(award)
    final_on = award.ends_on + TIME_TO_WRITE
    reports = [{"title": _("Підсумковий звіт"), "due_on": final_on, "form": form}]
    length = award.ends_on - award.starts_on
    if length >= SHORT_WORK:
        interim_on = award.starts_on + length / 2
        reports.insert(0, {"title": _("Проміжний звіт"), "due_on": interim_on, "form": form})
    return {"reports": reports, "tranches": _tranches(award, reports[0]["due_on"])}


def _tranches(award: Award, first_report_on: date) -> list[dict[str, Any]]:
    if award.amount is None:
        return []
    first = (award.amount * FIRST_SHARE).quantize(Decimal(1), ROUND_HALF_UP)
    if not 0 < first < award.amount:
        return [{"amount": award.amount, "planned_on": award.starts_on, "after": None}]
    return [
        {"amount": first, "planned_on": award.starts_on, "after": None},
        {"amount": award.amount - first, "planned_on": first_report_on + TIME_TO_CHECK, "after": 1},
    ]

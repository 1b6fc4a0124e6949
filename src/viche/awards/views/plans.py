"""The editor of a plan: when the work goes on, which reports are due, which tranches are paid."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.forms import Period, Reports, Tranches, rows
from viche.awards.operations import granting
from viche.awards.queries import awards, planning
from viche.methods.refusals import Refused
from viche.ui.access import allowed


def _initial(plan):
    """The rows of a plan as the forms take them."""
    reports = [{**one, "form": one["form"].pk if one["form"] else None} for one in plan["reports"]]
    return reports, plan["tranches"]


@allowed(access.may_manage, thing=awards.in_programme)
def plan(request, award):
    """Write the plan, or change it while the agreement is not signed; to begin with one is proposed."""
    versions = planning.forms(award)
    plan = planning.planned(award)
    proposed = not plan["reports"]
    reports, tranches = _initial(planning.proposed(award) if proposed else plan)
    sent = request.POST or None
    period = Period(sent, initial={"starts_on": award.starts_on, "ends_on": award.ends_on})
    report_rows = Reports(sent, initial=reports, prefix="reports", form_kwargs={"versions": versions})
    tranche_rows = Tranches(sent, initial=tranches, prefix="tranches", form_kwargs={"currency": award.currency})
    refused, status = None, 200
    if request.method == "POST":
        status = 422
        # Every part is judged, so that all that is wrong is said at once.
        if all([period.is_valid(), report_rows.is_valid(), tranche_rows.is_valid()]):
            try:
                granting.plan(
                    award,
                    reports=rows(report_rows),
                    tranches=rows(tranche_rows),
                    by=request.user,
                    at=timezone.now(),
                    **period.cleaned_data,
                )
            except Refused as no:
                refused, status = no, no.status
            else:
                messages.success(request, _("План збережено."))
                return redirect("awards:office", award.programme.code, award.code)
    context = {
        "programme": award.programme,
        "award": award,
        "period": period,
        "reports": report_rows,
        "tranches": tranche_rows,
        "refused": refused,
        "faults": _faults(period, report_rows, tranche_rows),
        "proposed": proposed,
        "versions": versions,
    }
    return render(request, "awards/office/plan.html", context, status=status)


def _faults(*parts):
    """Id and sentence of everything that is wrong in the forms, for the summary on top."""
    forms = [form for part in parts for form in (part if hasattr(part, "management_form") else [part])]
    return [
        (bound.auto_id, f"{bound.label}: {said}")
        for form in forms
        if form.is_bound
        for bound in form
        for said in bound.errors
    ]

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


def _forms(award, sent, versions):
    """The three parts of the editor over what was sent, else over the plan, else over a proposal; and whether it is one."""
    plan = planning.planned(award)
    proposed = not plan["reports"]
    reports, tranches = _initial(planning.proposed(award) if proposed else plan)
    made = Reports(sent, initial=reports, prefix="reports", form_kwargs={"versions": versions})
    of_tranches = {"currency": award.currency, "reports": made.total_form_count()}
    parts = {
        "period": Period(sent, initial={"starts_on": award.starts_on, "ends_on": award.ends_on}),
        "reports": made,
        "tranches": Tranches(sent, initial=tranches, prefix="tranches", form_kwargs=of_tranches),
    }
    return parts, proposed


@allowed(access.may_manage, thing=awards.in_programme)
def plan(request, award):
    """Write the plan, or change it while the agreement is not signed; to begin with one is proposed."""
    versions = planning.forms(award)
    parts, proposed = _forms(award, request.POST or None, versions)
    refused, status = None, 200
    if request.method == "POST":
        status = 422
        # Every part is judged, so that all that is wrong is said at once.
        judged = [part.is_valid() for part in parts.values()]
        if all(judged):
            try:
                granting.plan(
                    award,
                    reports=rows(parts["reports"]),
                    tranches=rows(parts["tranches"]),
                    by=request.user,
                    at=timezone.now(),
                    **parts["period"].cleaned_data,
                )
            except Refused as no:
                refused, status = no, no.status
            else:
                messages.success(request, _("План збережено."))
                return redirect("awards:office", award.programme.code, award.code)
    more = {"refused": refused, "faults": _faults(*parts.values()), "proposed": proposed, "versions": versions}
    context = {"programme": award.programme, "award": award, **parts, **more}
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

"""The office checks a report beside what was promised: accepts it, or returns it with questions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.forms import Acceptance, Return
from viche.awards.operations import reporting
from viche.awards.queries import balance, reading, states
from viche.files import answers as bytes_out
from viche.methods.refusals import Refused
from viche.ui.access import allowed
from viche.ui.forms import refuse


def _page(request, report, *, acceptance=None, returning=None, refused=None, status=200):
    award = report.award
    submissions = reading.submissions(report)
    context = {
        "programme": award.programme,
        "award": award,
        "report": report,
        "said": states.of_report(report, localdate(timezone.now())),
        "submissions": submissions,
        "sections": reading.frozen(submissions[0]),
        "promised": reading.promise(award),
        "balance": balance.of(award, [report], award.tranches.all()) if report.is_final else None,
        "waits": report.state == "submitted" and award.state == "active",
        "may_manage": access.may_manage(request.user, award),
        "may_read_application": access.may_read_application(request.user, award),
        "own": access.has_part(request.user, report),
        "acceptance": acceptance or Acceptance(),
        "returning": returning or Return(auto_id="return_%s"),
        "refused": refused,
    }
    return render(request, "awards/office/report.html", context, status=status)


@allowed(access.may_read, thing=reading.report_in_office)
def report(request, report):
    """What was promised and what was reported, side by side."""
    return _page(request, report)


def _decide(request, report, form, act, *, done, where):
    """Do one of the two, or show the page again with the sentence at its place."""
    if request.method != "POST":
        return redirect("awards:office_report", report.award.programme.code, report.award.code, report.position)
    if not form.is_valid():
        return _page(request, report, **{where: form}, status=422)
    try:
        act(report, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        if refused.field in form.fields:
            refuse(form, refused)
            return _page(request, report, **{where: form}, status=refused.status)
        report.refresh_from_db(fields=["state", "checked_at", "again_by"])
        return _page(request, report, refused=refused, status=refused.status)
    messages.success(request, done)
    return redirect("awards:office", report.award.programme.code, report.award.code)


@allowed(access.may_judge, thing=reading.report_in_office)
def accept(request, report):
    """Accept a report that somebody else wrote."""
    form = Acceptance(request.POST if request.method == "POST" else None)
    done = _("Звіт прийнято. Транші, що на нього чекали, тепер можна платити.")
    return _decide(request, report, form, reporting.accept, done=done, where="acceptance")


@allowed(access.may_judge, thing=reading.report_in_office)
def send_back(request, report):
    """Return a report with questions."""
    form = Return(request.POST or None, auto_id="return_%s")
    done = _("Звіт повернуто. Організація отримає ваші питання листом.")
    return _decide(request, report, form, reporting.send_back, done=done, where="returning")


@allowed(access.may_read, thing=reading.report_in_office, also=("key",))
def upload(request, report, key):
    """A file of a submitted report."""
    return bytes_out.send(get_object_or_404(reading.files_in_office(report), key=key), inline=True, request=request)

"""Reports of events: the organiser writes and hands in, the programme accepts, returns or reopens."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import ReportState
from viche.events.forms.counting import differences, people
from viche.events.forms.reporting import AcceptForm, ReportForm, ReturnForm
from viche.events.operations import reporting
from viche.events.queries import events, photos
from viche.events.queries import reports as queries
from viche.methods.refusals import Refused
from viche.ui import wording
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of
from viche.ui.reading import revision_in

OK, CONFLICT, FAULTY = 200, 409, 422


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _shown(report, **more):
    """What every page of a report shows."""
    heads = queries.heads(report)
    days = queries.report_days(report.event.programme)
    return {
        "event": report.event,
        "report": report,
        "heads": heads,
        "changed": differences(heads.changed),
        "table": people(report.cells, report.groups, report.total),
        "due_on": queries.due_on(report.event, report, days=days),
        **more,
    }


@allowed(access.may_report, thing=events.by_code)
def report(request, event):
    """Write the report; what was handed in can only be read."""
    now = timezone.now()
    found = queries.of(event)
    if request.method == "POST":
        return _save(request, event, now)
    if event.starts_at is None or event.starts_at > now or found.state not in queries.OURS_TO_WRITE:
        return render(request, "events/reports/read.html", _read(found, now))
    return _page(request, found, ReportForm.of(found))


def _read(report, now):
    return _shown(report, soon=report.event.starts_at is None or report.event.starts_at > now)


def _save(request, event, now):
    """Keep what was typed; whatever stands in the way, the words stay on the page."""
    form = ReportForm(request.POST)
    form.is_valid()
    typed = {"values": form.values, "unread": form.unread, "revision": form.cleaned_data.get("revision") or 0}
    try:
        saved = reporting.save(event, **typed, by=request.user, at=now)
    except reporting.Stale as stale:
        sentence = _("Не збережено: звіт змінив хтось інший. Ваш текст не зник: порівняйте.")
        return _refused(request, event, form, sentence, status=CONFLICT, theirs=stale.stored)
    except Refused as refused:
        refuse(form, refused)
        return _refused(request, event, form, refused.sentence, status=refused.status)
    if _is_script(request):
        told = {"revision": saved.revision, "saved_at": f"{wording.in_kyiv(now):%H:%M}", "faults": form.faults}
        return JsonResponse(told)
    if form.errors and "add" not in request.POST:
        saved.event = event
        return _page(request, saved, ReportForm.of(saved), later=True, status=FAULTY)
    return _went_on(request, event)


def _went_on(request, event):
    if "stay" in request.POST:
        messages.success(request, _("Збережено."))
        return redirect("events:report", event.code)
    if "add" in request.POST:
        return redirect(f"{request.path}#media")
    return redirect("events:report_submit", event.code)


def _refused(request, event, form, sentence, *, status, theirs=None):
    """Say that the words were not kept; after a conflict the next press means it."""
    if _is_script(request):
        return JsonResponse({"text": sentence, "revision": theirs.revision if theirs else None}, status=status)
    stored = theirs or queries.of(event)
    if theirs is not None:
        data = form.data.copy()
        data["revision"] = theirs.revision
        form = ReportForm(data)
        form.full_clean()
    stored.event = event
    return _page(request, stored, form, theirs=theirs, status=status)


def _page(request, report, form, *, theirs=None, later=False, status=OK):
    taken = list(photos.of(report.event))
    context = _shown(report, form=form.demand(), theirs=theirs, later=later, photos=taken)
    return render(request, "events/reports/write.html", context, status=status)


@allowed(access.may_report, thing=events.by_code)
def submit(request, event):
    """Look the whole report through and hand it in."""
    found, refused = queries.of(event), None
    if request.method == "POST":
        try:
            reporting.submit(event, by=request.user, at=timezone.now())
        except Refused as no:
            refused = no
        else:
            messages.success(request, _("Звіт подано. Про відповідь програми напишемо листом."))
            return redirect("events:report", event.code)
    if found.state not in queries.OURS_TO_WRITE:
        return redirect("events:report", event.code)
    context = _shown(found, faults=reporting.faults(found), refused=refused, photos=list(photos.of(event)))
    return render(request, "events/reports/check.html", context, status=refused.status if refused else OK)


def _office(request, report, *, accepting=None, returning=None, refused=None, status=OK):
    taken = list(photos.of(report.event))
    sees_lists = any(one.is_list for one in taken) and access.may_see_registrations(request.user, report.event)
    may_judge = access.may_judge(request.user, report)
    context = _shown(
        report,
        programme=report.event.programme,
        photos=[one for one in taken if sees_lists or not one.is_list],
        waits=report.state == ReportState.SUBMITTED,
        counts=report.state == ReportState.ACCEPTED,
        may_judge=may_judge,
        own=report.submitted_by_id == request.user.pk,
        accepting=accepting or AcceptForm(auto_id="accept_%s"),
        returning=returning or ReturnForm(auto_id="return_%s"),
        refused=refused,
    )
    return render(request, "events/reports/office.html", context, status=status)


@allowed(access.may_see_report, thing=queries.in_office)
def office_report(request, report):
    """Read a report beside what was promised and what was counted on the spot."""
    return _office(request, report)


def _judge(request, report, act, form, *, which, done, **read):
    """Answer a report, and come back to it."""
    back = redirect("events:office_report", report.event.programme.code, report.event.code)
    if request.method != "POST":
        return back
    if not form.is_valid():
        return _office(request, report, **{which: form}, status=FAULTY)
    try:
        act(report, by=request.user, at=timezone.now(), **form.cleaned_data, **read)
    except Refused as refused:
        refuse(form, refused)
        fresh = queries.in_office(report.event.programme.code, report.event.code)
        return _office(request, fresh, **{which: form}, refused=refused, status=status_of(form))
    messages.success(request, done)
    return back


@allowed(access.may_judge, thing=queries.in_office)
def accept(request, report):
    """Accept a report: its people count from now on."""
    form = AcceptForm(request.POST, auto_id="accept_%s")
    done, read = _("Звіт прийнято, людей враховано в підсумках."), revision_in(request)
    return _judge(request, report, reporting.accept, form, which="accepting", done=done, revision=read)


@allowed(access.may_judge, thing=queries.in_office)
def send_back(request, report):
    """Return a report with questions."""
    form = ReturnForm(request.POST, auto_id="return_%s")
    return _judge(request, report, reporting.send_back, form, which="returning", done=_("Звіт повернуто з питаннями."))


@allowed(access.may_judge, thing=queries.in_office)
def reopen(request, report):
    """Take an acceptance back for a reason."""
    form = ReturnForm(request.POST, auto_id="return_%s")
    done = _("Прийняття скасовано: ці люди більше не враховані.")
    return _judge(request, report, reporting.reopen, form, which="returning", done=done)

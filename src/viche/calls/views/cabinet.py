"""The applicant's pages: choose an organisation, see what is left, check, submit, keep the receipt, withdraw."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.forms import Applicant
from viche.calls.operations import applications as operations
from viche.calls.queries import applications, calls, eligibility, reading, states
from viche.files import answers as bytes_out
from viche.methods.refusals import Refused
from viche.ui import wording
from viche.ui.access import allowed, anyone, found
from viche.ui.forms import refuse


@allowed(access.may_begin, thing=calls.by_code, door=access.may_see)
def apply(request, call):
    """Choose in whose name to apply, and begin or go on."""
    at = timezone.now()
    organisations = calls.may_apply_as(request.user)
    form = Applicant(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            application = operations.begin(call, organisation=form.chosen, by=request.user, at=at)
        except Refused as refused:
            refuse(form, refused)
        else:
            return redirect(application)
    judged, ours = eligibility.obstacles_of(call, organisations), applications.of_organisations(call, organisations)
    rows = [(organisation, judged[organisation.pk], ours.get(organisation.pk)) for organisation in organisations]
    context = {"call": call, "described": states.described(call, at), "form": form, "rows": rows, "at": at}
    return render(request, "calls/cabinet/apply.html", context, status=422 if form.errors else 200)


def shown(application, filled, *, here=None, **more):
    """What every page of one application shows."""
    at = timezone.now()
    return {
        "application": application,
        "call": application.call,
        "described": states.described(application.call, at),
        "filled": filled,
        "steps": steps(application, filled, here),
        "at": at,
        **more,
    }


def steps(application, filled, here=None):
    """The list of sections with their states, for the side of the page."""
    said = {"ready": ("saved", _("готово")), "begun": ("draft", _("почато")), "empty": ("draft", _("порожньо"))}
    return [
        {
            "title": step.section.title,
            "href": reverse("calls:section", args=[application.pk, number]),
            "state": said[step.state][0],
            "word": said[step.state][1],
            "here": number == here,
        }
        for number, step in enumerate(filled.steps, start=1)
    ]


@anyone
def mine(request):
    """All of one's applications stand in the cabinet."""
    del request
    return redirect("/me/")


@allowed(access.may_write, thing=applications.by_pk)
def application(request, application):
    """One application of ours: what is done, what comes next and when."""
    filled = reading.filled(application)
    first = next((number for number, step in enumerate(filled.steps, start=1) if step.state != "ready"), None)
    context = shown(application, filled, first=first, receipts=list(application.receipts.all()))
    return render(request, "calls/cabinet/application.html", context)


def _faulty(application, filled):
    """The faults by section, each with the address of its place."""
    return [
        (f"{reverse('calls:section', args=[application.pk, number])}?check=1#{fault.anchor}", fault)
        for number, section in enumerate(filled.outline, start=1)
        for fault in filled.faults(section)
    ]


@allowed(access.may_write, thing=applications.by_pk)
def check(request, application):
    """All answers on one page, with what still keeps them from being submitted."""
    filled = reading.filled(application)
    context = shown(application, filled, faults=_faulty(application, filled), sections=reading.shown(filled))
    return render(request, "calls/cabinet/check.html", context)


@allowed(access.may_write, thing=applications.by_pk)
def submit(request, application):
    """Submit; the clock is read inside the operation. A second click comes to the same receipt."""
    if request.method != "POST":
        return redirect("calls:check", application.pk)
    try:
        receipt = operations.submit(application, by=request.user)
    except Refused as refused:
        filled = reading.filled(application)
        context = shown(
            application, filled, faults=_faulty(application, filled), sections=reading.shown(filled), refused=refused
        )
        return render(request, "calls/cabinet/check.html", context, status=refused.status)
    return redirect("calls:receipt", application.pk, receipt.number)


@allowed(access.may_keep, thing=applications.receipt)
def receipt(request, receipt):
    """Proof of submission, made to be printed."""
    context = {
        "receipt": receipt,
        "later": applications.later(receipt),
        "application": receipt.application,
        "call": receipt.application.call,
        "when": wording.exact_moment(receipt.submitted_at),
        "address": settings.SITE_ADDRESS + request.path,
        "sections": reading.frozen(receipt),
    }
    return render(request, "calls/cabinet/receipt.html", context)


@allowed(access.may_check, thing=applications.receipt)
def receipt_file(request, receipt):
    """Exactly the bytes that the receipt's digest is over, so that anybody who keeps them can check it."""
    del request  # the same for everybody who may have it
    answer = HttpResponse(receipt.frozen.encode(), content_type="application/json")
    name = f"{receipt.application.code}-{receipt.number}.json"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@allowed(access.may_write, thing=applications.by_pk)
def withdraw(request, application):
    """Ask, then take the application back."""
    if request.method == "POST":
        try:
            operations.withdraw(application, by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Заявку відкликано. Усе набране збережено."))
        return redirect(application)
    return render(request, "calls/cabinet/withdraw.html", shown(application, reading.filled(application)))


@allowed(access.may_write, thing=applications.by_pk, also=("key",))
def upload(request, application, key):
    """A file of our own application."""
    stored = found(reading.own_file_of, {"application": application, "key": key})
    return bytes_out.send(stored, inline=True, request=request)

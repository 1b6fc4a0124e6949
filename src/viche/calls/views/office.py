"""The office of calls: list, the page of one call with its next step, the pages of its terms."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.forms import Basics, Circle, Criteria, FormChoice, Terms
from viche.calls.models import Call
from viche.calls.operations import calls as operations
from viche.calls.operations import terms as missing
from viche.calls.queries import calls, states
from viche.calls.views.public import circle_of
from viche.methods.refusals import Refused
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.ui import paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

FIRST_ROWS, SPARE_ROWS = 5, 2  # empty rows for criteria: at the beginning, and beside those that are there

ONLY = {"organisations": "listed", "who_call": "outcome"}  # asked of this choice of `who` alone


def of_address(programme):
    """The programme that an office address names."""
    return programmes.programme(programme)


@allowed(programmes_access.may_see_office, thing=of_address)
def call_list(request, programme):
    """All calls of the programme."""
    at = timezone.now()
    page = paging.page(request, calls.of_office(programme))
    rows = [states.described(call, at) for call in page]
    context = {
        "programme": programme,
        "page": page,
        "rows": rows,
        "may_prepare": access.may_prepare(request.user, programme),
        "may_open": bool(rows) and access.may_see_applications(request.user, rows[0].call),
    }
    return render(request, "calls/office/list.html", context)


@allowed(access.may_prepare, thing=of_address)
def new(request, programme):
    """Start a call."""
    form = Basics(request.POST or None, instance=Call(programme=programme))
    if request.method == "POST" and form.is_valid():
        try:
            call = operations.prepare(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_all(form, refused)
        else:
            return redirect("calls:office_terms", programme.code, call.code)
    return render(
        request,
        "calls/office/edit.html",
        {"programme": programme, "form": form, "title": _("Новий конкурс")},
        status=status_of(form),
    )


def _steps(call, address):
    """How many are left at each step, each opening its list at the address, if there is one for the reader.

    Begun drafts are their writers' alone and open nothing.
    """
    numbers = calls.funnel(call)
    return [
        {"label": _("Почали"), "value": numbers["begun"]},
        {"label": _("Подали"), "value": numbers["submitted"], "href": address and f"{address}?state=submitted"},
        {"label": _("Підтримано"), "value": numbers["supported"], "href": address and f"{address}?outcome=supported"},
    ]


@allowed(access.may_see_office, thing=calls.in_programme)
def overview(request, call):
    """One call: what is lacking, what comes next, how many applied."""
    return shown(request, call, lacking=missing.lacking(call) if call.stage == "draft" else [])


def shown(request, call, *, lacking, status=200):
    """The page of one call, with what it lacks."""
    at = timezone.now()
    may_open = access.may_see_applications(request.user, call)
    address = reverse("calls:office_applications", args=[call.programme.code, call.code]) if may_open else ""
    context = {
        "programme": call.programme,
        "call": call,
        "described": states.described(call, at),
        "award": states.award(call),
        "address": address,
        "lacking": lacking,
        "steps": _steps(call, address),
        "criteria": list(call.criteria.all()),
        **circle_of(call),
        "may_manage": access.may_manage(request.user, call),
        "frozen": call.is_frozen(at),
        "at": at,
    }
    return render(request, "calls/office/overview.html", context, status=status)


def faults_of(refused):
    """The single sentences of a refusal, each with its field."""
    return getattr(refused, "faults", [refused])


def refuse_all(form, refused):
    """Put every sentence of a refusal at its own field."""
    for fault in faults_of(refused):
        refuse(form, fault)


def _freeze(form, call):
    """Lock the fields that may no longer change, unless they were sent nevertheless; whether the call has opened."""
    frozen = call.is_frozen(timezone.now())
    for name, field in form.fields.items():
        locked = name not in operations.ALWAYS_CHANGEABLE if frozen else name in operations.NAMED
        if locked and call.stage != "draft" and name not in form.data:
            field.disabled = True
            field.widget.attrs["disabled"] = True
    return frozen


def _edit(request, call, form, title, values, **shape):
    """Show a form of the call, or change the call by it."""
    frozen = _freeze(form, call)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change(call, by=request.user, at=timezone.now(), **values(form))
        except Refused as refused:
            refuse_all(form, refused)
        else:
            messages.success(request, _("Збережено."))
            return redirect("calls:office", call.programme.code, call.code)
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": title,
        "frozen": frozen,
        "may_save": not all(field.disabled for field in form.fields.values()),
        **shape,
    }
    return render(request, "calls/office/edit.html", context, status=status_of(form))


def _fresh(call):
    """The call as stored: a form writes into the one it holds even when it is then refused."""
    return calls.in_programme(call.programme.code, call.code)


@allowed(access.may_manage, thing=calls.in_programme)
def basics(request, call):
    """What the call is about."""
    form = Basics(request.POST or None, instance=_fresh(call))
    return _edit(request, call, form, _("Про конкурс"), lambda form: form.cleaned_data)


@allowed(access.may_manage, thing=calls.in_programme)
def terms(request, call):
    """When, and how much."""
    form = Terms(request.POST or None, instance=_fresh(call))
    return _edit(request, call, form, _("Строки й гроші"), lambda form: form.cleaned_data, short=True)


@allowed(access.may_manage, thing=calls.in_programme)
def circle(request, call):
    """Who may apply."""
    form = Circle(request.POST or None, instance=_fresh(call), user=request.user)
    return _edit(request, call, form, _("Хто може податися"), lambda form: form.values(), only=ONLY)


@allowed(access.may_manage, thing=calls.in_programme)
def form_choice(request, call):
    """By which form."""
    here = reverse("calls:office_form", args=[call.programme.code, call.code])
    form = FormChoice(request.POST or None, programme=call.programme, initial={"form": call.form_id})
    return _edit(
        request,
        call,
        form,
        _("Форма заявки"),
        lambda form: {"form": form.versions[form.cleaned_data["form"]]},
        offered=form.offered,
        new_form=f"{reverse('programmes:form_new', args=[call.programme.code])}?{urlencode({'next': here})}",
    )


def _faults(rows):
    """What is wrong with the rows that were typed, each with its place."""
    if not rows.is_bound or rows.is_valid():
        return []
    return [
        (bound.auto_id, _("Критерій %(n)s: %(sentence)s") % {"n": number, "sentence": sentence})
        for number, row in enumerate(rows, start=1)
        for bound in row
        for sentence in bound.errors
    ]


def _total(rows, initial):
    """What the weights come to: those that were typed, else those that are kept."""
    if not rows.is_bound:
        return sum(criterion["weight"] for criterion in initial)
    return sum(getattr(row, "cleaned_data", {}).get("weight") or 0 for row in rows)


@allowed(access.may_manage, thing=calls.in_programme)
def criteria(request, call):
    """By which criteria."""
    initial = list(call.criteria.values("name", "name_en", "help", "help_en", "weight", "scale"))
    rows = Criteria(request.POST if request.method == "POST" else None, initial=initial)
    faults, status = _faults(rows), 422
    if rows.is_bound and (not rows.management_form.is_valid() or rows.non_form_errors()):
        faults = [("", _("Сторінка дійшла не вся, тож нічого не змінено. Збережіть критерії ще раз."))]
        rows = Criteria(initial=initial)
    rows.extra = max(SPARE_ROWS, FIRST_ROWS - len(initial))
    if rows.is_bound and rows.is_valid():
        filled = [row for row in (form.cleaned_data for form in rows) if row.get("name")]
        try:
            operations.set_criteria(call, criteria=filled, by=request.user, at=timezone.now())
        except Refused as refused:
            faults, status = [("", refused.sentence)], refused.status
        else:
            messages.success(request, _("Критерії збережено."))
            return redirect("calls:office", call.programme.code, call.code)
    context = {
        "programme": call.programme,
        "call": call,
        "rows": rows,
        "kept": initial,
        "total": _total(rows, initial),
        "faults": faults,
        "frozen": call.is_frozen(timezone.now()),
    }
    return render(request, "calls/office/criteria.html", context, status=status if faults else 200)

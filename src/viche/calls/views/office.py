"""The office of calls: list, the page of one call with its next step, the four pages of its terms."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.forms import Basics, Circle, Criteria, Extension, FormChoice, Terms, Why
from viche.calls.models import Call
from viche.calls.operations import calls as operations
from viche.calls.queries import calls, states
from viche.calls.views.public import circle_of
from viche.methods.refusals import Refused
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.ui import paging
from viche.ui.access import allowed
from viche.ui.forms import refuse

FIRST_ROWS, SPARE_ROWS = 5, 2  # empty rows for criteria: at the beginning, and beside those that are there


def of_address(programme):
    """The programme that an office address names."""
    return programmes.programme(programme)


@allowed(programmes_access.may_see_office, thing=of_address)
def call_list(request, programme):
    """All calls of the programme."""
    at = timezone.now()
    page = paging.page(request, calls.of_office(programme))
    rows = [states.described(call, at) for call in page]
    may_prepare = access.may_prepare(request.user, programme)
    return render(
        request,
        "calls/office/list.html",
        {"programme": programme, "page": page, "rows": rows, "may_prepare": may_prepare},
    )


@allowed(access.may_prepare, thing=of_address)
def new(request, programme):
    """Start a call."""
    form = Basics(request.POST or None, instance=Call(programme=programme))
    if request.method == "POST" and form.is_valid():
        call = operations.prepare(programme, by=request.user, at=timezone.now(), **form.cleaned_data)
        return redirect("calls:office_terms", programme.code, call.code)
    status = 422 if form.errors else 200
    return render(
        request,
        "calls/office/edit.html",
        {"programme": programme, "form": form, "title": _("Новий конкурс")},
        status=status,
    )


def _steps(call):
    """How many are left at each step, each opening its list; begun drafts are their writers' alone and open nothing."""
    numbers, address = calls.funnel(call), reverse("calls:office_applications", args=[call.programme.code, call.code])
    return [
        {"label": _("Почали"), "value": numbers["begun"]},
        {"label": _("Подали"), "value": numbers["submitted"], "href": f"{address}?state=submitted"},
        {"label": _("Підтримано"), "value": numbers["supported"], "href": f"{address}?outcome=supported"},
    ]


@allowed(access.may_see_office, thing=calls.in_programme)
def overview(request, call):
    """One call: what is lacking, what comes next, how many applied."""
    at = timezone.now()
    context = {
        "programme": call.programme,
        "call": call,
        "described": states.described(call, at),
        "award": states.award(call),
        "lacking": operations.lacking(call) if call.stage == "draft" else [],
        "steps": _steps(call),
        "criteria": list(call.criteria.all()),
        **circle_of(call),
        "may_manage": access.may_manage(request.user, call),
        "frozen": call.is_frozen(at),
        "at": at,
    }
    return render(request, "calls/office/overview.html", context)


def _edit(request, call, form, title, values, **shape):
    """Show a form of the call, or change the call by it."""
    if request.method == "POST" and form.is_valid():
        try:
            operations.change(call, by=request.user, at=timezone.now(), **values(form))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Збережено."))
            return redirect("calls:office", call.programme.code, call.code)
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": title,
        "frozen": call.is_frozen(timezone.now()),
        **shape,
    }
    return render(request, "calls/office/edit.html", context, status=422 if form.errors else 200)


def _fresh(call):
    """The call as stored: a form writes into the one it holds even when it is then refused."""
    return Call.objects.select_related("programme").get(pk=call.pk)


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
    form = Circle(request.POST or None, instance=_fresh(call))
    return _edit(request, call, form, _("Хто може податися"), lambda form: form.values())


@allowed(access.may_manage, thing=calls.in_programme)
def form_choice(request, call):
    """By which form."""
    form = FormChoice(request.POST or None, programme=call.programme, initial={"form": call.form_id})
    return _edit(
        request, call, form, _("Форма заявки"), lambda form: {"form": form.versions[form.cleaned_data["form"]]}
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


@allowed(access.may_manage, thing=calls.in_programme)
def criteria(request, call):
    """By which criteria."""
    initial = list(call.criteria.values("name", "help", "weight", "scale"))
    rows = Criteria(request.POST or None, initial=initial)
    rows.extra = max(SPARE_ROWS, FIRST_ROWS - len(initial))
    faults = _faults(rows)
    if request.method == "POST" and rows.is_valid():
        filled = [row for row in (form.cleaned_data for form in rows) if row.get("name")]
        try:
            operations.set_criteria(call, criteria=filled, by=request.user, at=timezone.now())
        except Refused as refused:
            faults = [("", refused.sentence)]
        else:
            messages.success(request, _("Критерії збережено."))
            return redirect("calls:office", call.programme.code, call.code)
    context = {
        "programme": call.programme,
        "call": call,
        "rows": rows,
        "total": sum(criterion["weight"] for criterion in initial),
        "faults": faults,
        "frozen": call.is_frozen(timezone.now()),
    }
    return render(
        request,
        "calls/office/criteria.html",
        context,
        status=422 if faults else 200,
    )


def _act(request, call, form, act, *, title, done):
    """A page that asks before it does one thing to a call."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return redirect("calls:office", call.programme.code, call.code)
    context = {"programme": call.programme, "call": call, "form": form, "title": title}
    return render(request, "calls/office/act.html", context, status=422 if form.errors else 200)


@allowed(access.may_manage, thing=calls.in_programme)
def announce(request, call):
    """Show the call to everybody."""
    if request.method == "POST":
        try:
            operations.announce(call, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Конкурс оголошено. Він відкриється і закриється сам."))
    return redirect("calls:office", call.programme.code, call.code)


@allowed(access.may_manage, thing=calls.in_programme)
def extend(request, call):
    """Move the close later."""
    form = Extension(request.POST or None, initial={"closes_at": call.closes_at})
    at = timezone.now()
    return _act(
        request,
        call,
        form,
        lambda form: operations.extend(call, closes_at=form.cleaned_data["closes_at"], by=request.user, at=at),
        title=_("Продовжити прийом"),
        done=_("Прийом продовжено."),
    )


@allowed(access.may_manage, thing=calls.in_programme)
def cancel(request, call):
    """End the call before it is decided."""
    at = timezone.now()
    return _act(
        request,
        call,
        Why(request.POST or None),
        lambda form: operations.cancel(call, why=form.cleaned_data["why"], by=request.user, at=at),
        title=_("Скасувати конкурс"),
        done=_("Конкурс скасовано, листи надсилаємо."),
    )

"""The panel: convened, deciding one application after another inside the budget, its protocol, and publishing it all."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls.choices import Outcome
from viche.calls.queries import applications, calls, states
from viche.methods.refusals import Refused
from viche.reviews import access
from viche.reviews.forms import Convening, DecisionForm, Publishing
from viche.reviews.operations import deciding
from viche.reviews.queries import conflicts, panels, ranking
from viche.reviews.queries import states as said
from viche.ui import paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


def _shown(request, call):
    at = timezone.now()
    panel = panels.of_call(call)
    return {
        "programme": call.programme,
        "call": call,
        "described": states.described(call, at),
        "panel": panel,
        "met": panel is not None and panel.meets_at <= at,
        "ranking": ranking.ranked(call, request.user),
    }


@allowed(access.may_see_ranking, thing=calls.in_programme)
def page(request, call):
    """When the panel meets, what it has decided, what is left of the money."""
    context = _shown(request, call)
    found = paging.page(request, context["ranking"].rows)
    rows = [(row, said.said(row.decision)) for row in ranking.shown(found)]
    return render(
        request,
        "reviews/office/panel.html",
        {**context, "page": found, "rows": rows, "may_decide": access.may_decide(request.user, call)},
    )


def _back(call):
    return redirect("reviews:panel", call.programme.code, call.code)


@allowed(access.may_decide, thing=calls.in_programme)
def convene(request, call):
    """Set when and where the panel meets, and who sits in it."""
    panel = panels.of_call(call)
    initial = {"meets_at": panel.meets_at, "place": panel.place, "members": panel.members.all()} if panel else {}
    form = Convening(request.POST or None, people=panels.sitting(call.programme), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.convene(call, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Комісію скликано, листи надсилаємо."))
            return _back(call)
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": _("Скликати комісію"),
        "lead": _("Члени комісії отримають лист із часом і місцем та зможуть прочитати заявки й оцінки."),
        "act": _("Скликати"),
        "back": reverse("reviews:panel", args=[call.programme.code, call.code]),
    }
    return render(request, "reviews/office/act.html", context, status=status_of(form))


@allowed(access.may_write, thing=applications.in_office)
def decision(request, application):
    """Write down what the panel says of one application."""
    call = application.call
    whole = ranking.ranked(call, request.user)
    row = whole.row_of(application)
    form = DecisionForm(request.POST or None, call=call, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        values = {"amount": None, **form.cleaned_data}
        values["outcome"] = Outcome(values["outcome"])
        try:
            deciding.write(application, **values, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Рішення щодо заявки %(code)s записано.") % {"code": application.code})
            return _onward(request, call)
    context = {
        "programme": call.programme,
        "call": call,
        "application": application,
        "row": row,
        "ranking": whole,
        "form": form,
    }
    return render(request, "reviews/office/decision.html", context, status=status_of(form))


def _initial(row):
    """What is written already; before that the sum that was asked."""
    if row.decision:
        written = row.decision
        return {
            "outcome": written.outcome,
            "amount": written.amount or row.asked,
            "reason": written.reason,
        }
    return {"amount": row.asked}


def _onward(request, call):
    """To the next application without a decision, or back to the list."""
    if "next" in request.POST:
        undecided = ranking.ranked(call, request.user).chosen(show="undecided")[:1]
        for row in ranking.shown(undecided):
            return redirect("reviews:decision", call.programme.code, call.code, row.application.code)
    return _back(call)


@allowed(access.may_see_ranking, thing=calls.in_programme)
def protocol(request, call):
    """What the meeting decided, to be printed and signed."""
    context = _shown(request, call)
    rows = [(row, said.said(row.decision)) for row in ranking.shown(context["ranking"].rows)]
    found = conflicts.of_call(call, context["ranking"].secret)
    return render(request, "reviews/office/protocol.html", {**context, "rows": rows, "conflicts": found})


@allowed(access.may_decide, thing=calls.in_programme)
def publish(request, call):
    """Ask before everybody learns what was decided."""
    form = Publishing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            protocol = form.cleaned_data["protocol"]
            deciding.decide(call, protocol=protocol, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Рішення оприлюднено, листи заявникам надсилаємо."))
            return _back(call)
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": _("Оприлюднити рішення?"),
        "lead": _(
            "Кожен заявник отримає рішення з поясненнями, а публічна сторінка конкурсу покаже, кого підтримано. Змінити рішення після цього не можна."
        ),
        "act": _("Оприлюднити"),
        "back": reverse("reviews:panel", args=[call.programme.code, call.code]),
    }
    return render(request, "reviews/office/act.html", context, status=status_of(form))

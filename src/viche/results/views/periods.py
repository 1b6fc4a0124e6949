"""The office of periods: making, closing, opening again; what was corrected after a close."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.results import access
from viche.results.exports import aims as exports
from viche.results.forms.tables import PeriodForm, PeriodsForm
from viche.results.forms.values import WhyForm
from viche.results.operations import periods as operations
from viche.results.queries import closing
from viche.results.views.confirming import confirm
from viche.results.views.framing import framed
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

SHOWN = 20  # values that wait, on the page of closing


@allowed(access.may_see_office, thing=programmes.programme)
def periods(request, programme):
    """The periods of a programme."""
    page = paging.page(request, closing.rows(programme))
    context = framed(request, programme, page=page, today=timezone.localdate())
    return render(request, "results/office/periods.html", context)


@allowed(access.may_see_office, thing=programmes.programme, also=("ending",))
def periods_file(request, programme, ending):
    """The same list for programs."""
    rows = exports.periods(closing.rows(programme))
    name = f"{programme.code}-periods"
    return listing.answer(request, ending=ending, columns=exports.PERIODS, rows=rows, filename=name)


@allowed(access.may_manage, thing=programmes.programme)
def make_all(request, programme):
    """Make all quarters or years of the programme at once."""
    form = PeriodsForm(request.POST or None)

    def act(**typed):
        return operations.make_all(programme, **typed)

    return _edit(request, programme, form, act, title=_("Усі періоди разом"))


@allowed(access.may_manage, thing=programmes.programme)
def new(request, programme):
    """Make a period."""
    form = PeriodForm(request.POST or None)

    def act(**typed):
        return operations.make(programme, **typed)

    return _edit(request, programme, form, act, title=_("Новий період"))


@allowed(access.may_manage_period, thing=closing.period)
def change(request, period):
    """Change a period."""
    initial = {name: getattr(period, name) for name in operations.CHANGEABLE}
    form = PeriodForm(request.POST or None, initial=initial)

    def act(**typed):
        return operations.change(period, **typed)

    return _edit(request, period.programme, form, act, title=period.called, period=period)


def _edit(request, programme, form, act, **shown):
    if request.method == "POST" and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Збережено."))
            return redirect("results:periods", programme.code)
    context = framed(request, programme, form=form, **shown)
    return render(request, "results/office/period_edit.html", context, status=status_of(form))


@allowed(access.may_see_period, thing=closing.period)
def period(request, period):
    """What indicators come to in a period, what was corrected after its close, and its history."""
    today = timezone.localdate()
    found, is_over = closing.counted(period, on=today), period.ends_on < today
    context = framed(
        request,
        period.programme,
        period=period,
        page=paging.page(request, found),
        corrected=[one for one in found if one.is_corrected],
        history=closing.reopenings(period),
        is_over=is_over,
        **_waiting(period, is_asked=is_over and not period.is_closed),
        months=f"?since={period.starts_on:%Y-%m}&until={period.ends_on:%Y-%m}",
    )
    return render(request, "results/office/period.html", context)


def _waiting(period, *, is_asked=True):
    """The values that keep the period from closing: the first of them, and how many more."""
    found = closing.waiting(period) if is_asked else []
    return {"waiting": found[:SHOWN], "more": max(0, len(found) - SHOWN)}


@allowed(access.may_see_period, thing=closing.period, also=("ending",))
def period_file(request, period, ending):
    """The same for programs."""
    rows = exports.period(closing.counted(period, on=timezone.localdate()))
    name = f"{period.programme.code}-period-{period.starts_on}"
    return listing.answer(request, ending=ending, columns=exports.PERIOD, rows=rows, filename=name)


@allowed(access.may_manage_period, thing=closing.period)
def close(request, period):
    """Ask before a period is closed, and do it; what waits for an answer is listed."""
    words = {
        "title": _("Закрити період «%(name)s»?") % {"name": period.called},
        "lead": _("Що показники дали за цей період, буде збережено. Його цілі й подані значення вже не змінити."),
        "act": _("Закрити"),
        "programme": period.programme,
        "period": period,
        **_waiting(period),
    }
    return _confirm(request, period, operations.close, words, template="results/office/period_close.html")


@allowed(access.may_manage_period, thing=closing.period)
def reopen(request, period):
    """Ask why a closed period is to be opened again, and do it."""
    words = {
        "title": _("Відкрити період «%(name)s» знову?") % {"name": period.called},
        "lead": _("Це виняток: причина лишиться в історії періоду й у журналі."),
        "act": _("Відкрити знову"),
    }
    return _confirm(request, period, operations.reopen, words, form=WhyForm)


@allowed(access.may_manage_period, thing=closing.period)
def remove(request, period):
    """Ask before an empty period is taken away, and do it."""
    words = {
        "title": _("Прибрати період «%(name)s»?") % {"name": period.called},
        "lead": _("Прибрати можна лише період без цілей і значень."),
        "act": _("Прибрати"),
        "danger": True,
    }
    return _confirm(request, period, operations.remove, words)


def _confirm(request, period, act, words, **more):
    """Ask on the way from the period's page to the list of periods."""
    back = reverse("results:period", args=[period.programme.code, period.pk])
    onward = reverse("results:periods", args=[period.programme.code])
    return confirm(request, partial(act, period), words, back=back, onward=onward, **more)

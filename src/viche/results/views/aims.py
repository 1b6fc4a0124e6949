"""The office of indicators: the tree with what hangs in it, defining, changing, order, taking away; targets as a table."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.results import access
from viche.results.choices import IndicatorKind
from viche.results.exports import aims as exports
from viche.results.forms.aims import KINDS, IndicatorSearch
from viche.results.forms.tables import TargetsForm
from viche.results.operations import indicators as operations
from viche.results.operations import targets as writing
from viche.results.queries import aims, board, framework
from viche.results.views.confirming import confirm
from viche.results.views.framing import framed
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

PER_PAGE = 50


def _found(request, programme):
    """The search, and the indicators that fit in the order asked for."""
    search = IndicatorSearch(request.GET)
    search.is_valid()
    columns = {one: one for one in (framework.BY_GOALS, framework.BY_CODE, framework.BY_NAME)}
    order, falls = listing.order(request, columns, default=framework.BY_GOALS)
    asked = {"typed": search.cleaned_data.get("q", ""), "kind": search.cleaned_data.get("kind", "")}
    rows = framework.rows(programme, **asked, order=order)
    return search, rows[::-1] if falls else rows, order == framework.BY_GOALS


@allowed(access.may_see_office, thing=programmes.programme)
def indicators(request, programme):
    """The results framework: goals with their indicators."""
    search, rows, is_tree = _found(request, programme)
    page = paging.page(request, rows, per=PER_PAGE)
    context = framed(request, programme, search=search, page=page, is_tree=is_tree, order=framework.BY_GOALS)
    context["rows"] = [
        (row, framework.origin(row.indicator), is_tree and (not at or page.items[at - 1].branch != row.branch))
        for at, row in enumerate(page)
    ]
    return render(request, "results/office/indicators.html", context)


@allowed(access.may_see_office, thing=programmes.programme, also=("ending",))
def indicators_file(request, programme, ending):
    """The same list for programs, with the sheets."""
    _search, rows, _is_tree = _found(request, programme)
    name = f"{programme.code}-indicators"
    return listing.answer(
        request, ending=ending, columns=exports.INDICATORS, rows=exports.indicators(rows), filename=name
    )


@allowed(access.may_manage, thing=programmes.programme, also=("kind",))
def new(request, programme, kind=""):
    """Define an indicator; first of all choose where its values come from."""
    if not kind:
        kinds = [(one.value, one.label) for one in IndicatorKind]
        return render(request, "results/office/kinds.html", framed(request, programme, kinds=kinds))
    if kind not in KINDS:
        raise Http404
    form = KINDS[kind](request.POST or None, programme=programme)

    def act(**typed):
        return operations.define(programme, kind=kind, **typed)

    return _edit(request, programme, form, act, title=_("Новий показник"), kind=IndicatorKind(kind).label)


@allowed(access.may_manage_indicator, thing=board.indicator)
def change(request, indicator):
    """Change an indicator and its sheet."""
    form = KINDS[indicator.kind](request.POST or None, programme=indicator.programme, instance=indicator)

    def act(**typed):
        return operations.change(indicator, **typed)

    kind = indicator.get_kind_display()
    return _edit(request, indicator.programme, form, act, title=indicator.called, kind=kind, indicator=indicator)


def _edit(request, programme, form, act, **shown):
    """Show the form of an indicator, or write the indicator by it."""
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, at=timezone.now(), **form.values())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Показник збережено."))
            return redirect("results:indicators", programme.code)
    context = framed(request, programme, form=form, **shown)
    return render(request, "results/office/indicator.html", context, status=status_of(form))


@require_POST
@allowed(access.may_manage_indicator, thing=board.indicator)
def move(request, indicator):
    """Move an indicator one place up or down under its goal."""
    operations.move(indicator, up="up" in request.POST, by=request.user, at=timezone.now())
    return redirect("results:indicators", indicator.programme.code)


@allowed(access.may_manage_indicator, thing=board.indicator)
def remove(request, indicator):
    """Ask before an indicator is taken away, and do it."""
    words = {
        "title": _("Прибрати показник «%(name)s»?") % {"name": indicator.called},
        "lead": _("Його визначення зникне; у журналі воно лишиться."),
        "act": _("Прибрати"),
        "danger": True,
    }
    back = reverse("results:indicators", args=[indicator.programme.code])
    return confirm(request, partial(operations.remove, indicator), words, back=back, done=_("Показник прибрано."))


@allowed(access.may_manage_indicator, thing=board.indicator)
def targets(request, indicator):
    """The targets of an indicator as a table to fill in, by the dimension that the address asks."""
    table = aims.of(indicator, request.GET.get("by", ""))
    form, theirs = TargetsForm(request.POST or None, table=table), None
    if request.method == "POST" and form.is_valid():
        try:
            mark = form.cleaned_data["mark"]
            writing.write(indicator, form.cells(), mark=mark, by=request.user, at=timezone.now())
        except writing.Stale as stale:
            # What is stored now stands beside what was typed; the next press means it.
            form = TargetsForm(
                {**request.POST.dict(), "mark": aims.of(indicator).mark}, table=aims.of(indicator, table.by)
            )
            form.is_valid()
            refuse(form, stale)
            theirs = True
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Цілі збережено."))
            return redirect(request.get_full_path())
    shown = {"indicator": indicator, "form": form, "table": table, "theirs": theirs}
    context = framed(request, indicator.programme, **shown)
    return render(request, "results/office/targets.html", context, status=status_of(form))

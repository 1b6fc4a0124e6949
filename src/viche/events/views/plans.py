"""A year's plan from a table: look through every row's fate, then make the drafts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import Format, Mode
from viche.events.forms import plans as forms
from viche.events.operations import plans as operations
from viche.events.queries import writing
from viche.files import uploads
from viche.ui import listing
from viche.ui.access import signed_in
from viche.ui.forms import status_of


@signed_in
def plan(request):
    """Ask for the table; show what becomes of each row; make the drafts of the good ones."""
    offered = {"frames": writing.frames(request.user, timezone.now()), "hosts": writing.hosts(request.user)}
    if "rows" in request.POST:
        return _take_over(request, offered)
    form = forms.PlanFile(request.POST or None, request.FILES or None, **offered)
    if request.method == "POST":
        too_large = uploads.refuse_oversize(request, form)
        if form.is_valid():
            fates = forms.judged(form.cleaned_data["file"], **_owned(request, form))
            return _preview(request, form, fates)
        status = too_large if too_large != 200 else 422  # noqa: PLR2004 — the code of an answer
        return _page(request, form, status=status)
    return _page(request, form)


def _owned(request, form):
    return {"frame": form.chosen, "host": form.host, "user": request.user}


def _page(request, form, status=200):
    columns = [(label, name in forms.NEEDED) for name, label in zip(forms.COLUMNS, forms.heads(), strict=True)]
    context = {"form": form, "columns": columns, "formats": Format.labels}
    return render(request, "events/writing/plan.html", context, status=status)


def _preview(request, form, fates):
    context = {
        "form": form,
        "fates": fates,
        "good": sum(fate.is_good for fate in fates),
        "wrong": sum(bool(fate.wrong) for fate in fates),
        "rows": forms.kept(fates),
    }
    return render(request, "events/writing/plan_preview.html", context)


def _take_over(request, offered):
    form = forms.PlanRows(request.POST, **offered)
    if not form.is_valid():
        again = forms.PlanFile(**offered)
        for sentence in form.errors.get("rows", [_("План загубився дорогою. Додайте файл ще раз.")]):
            messages.error(request, sentence)
        return _page(request, again, status=status_of(form))
    fates = forms.judged(form.cleaned_data["rows"], **_owned(request, form))
    made = operations.take_over(
        form.chosen,
        organisation=form.host,
        rows=[fate.values for fate in fates if fate.values],
        by=request.user,
        at=timezone.now(),
    )
    count = len(made.events)
    words = ngettext("Створено %(n)s чернетку.", "Створено %(n)s чернеток.", count) % {"n": count}
    if made.doubles:
        words += " " + _("Уже були: %(n)s.") % {"n": made.doubles}
    messages.success(request, words)
    return redirect("events:mine")


@signed_in
def plan_file(request, ending):
    """The table to be filled in, with one row that shows how."""
    example = {
        "title": _("Як подати проєкт на бюджет участі"),
        "day": "21.11.2026",
        "starts": "18:00",
        "ends": "19:30",
        "format": str(Format.SEMINAR.label),
        "mode": str(Mode.IN_PERSON.label),
        "venue": _("Читальна зала"),
        "capacity": "40",
    }
    columns = list(zip(forms.COLUMNS, forms.heads(), strict=True))
    row = [example.get(name, "") for name in forms.COLUMNS]
    return listing.answer(request, ending=ending, columns=columns, rows=[row], filename="plan")

"""The office of a programme: beginning one, what it is, its goals."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.programmes import access, operations, queries
from viche.programmes.forms import BasicsForm, GoalsForm, NewForm, PublishingForm
from viche.ui.access import allowed
from viche.ui.forms import refuse


@allowed(access.may_create)
def new(request):
    """Begin a programme."""
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Програму створено. Тепер додайте цілі, складові й людей."))
            return redirect("programmes:office", made.code)
    return render(request, "programmes/office/new.html", {"form": form}, status=422 if form.errors else 200)


@allowed(access.may_see_office, thing=queries.programme)
def overview(request, programme):
    """What the programme holds, part by part, and what is still missing."""
    context = {
        "programme": programme,
        "held": queries.holdings(programme),
        "manages": access.may_manage(request.user, programme),
    }
    return render(request, "programmes/office/overview.html", context)


@allowed(access.may_manage, thing=queries.programme)
def basics(request, programme):
    """Change what is told of the programme."""
    form = BasicsForm(request.POST or None, instance=queries.programme(programme.code))
    if request.method == "POST" and form.is_valid():
        operations.update(programme, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Збережено."))
        return redirect("programmes:office", programme.code)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/office/basics.html", context, status=422 if form.errors else 200)


@allowed(access.may_manage, thing=queries.programme)
def goals(request, programme):
    """Write the tree of goals; every button saves all lines."""
    form = GoalsForm(queries.goals(programme), request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        lines = [operations.Line(row.text, row.depth, row.pk, row.english) for row in form.rows]
        operations.write_goals(programme, lines, removed=form.removed, by=request.user, at=timezone.now())
        messages.success(request, _("Збережено."))
        return redirect("programmes:goals", programme.code)
    if request.method == "POST":
        status = 422
    context = {"programme": programme, "form": form, "rows": form.shown()}
    return render(request, "programmes/office/goals.html", context, status=status)


@allowed(access.may_manage, thing=queries.programme)
def publishing(request, programme):
    """Say how the programme is told to IATI and 360Giving."""
    form = PublishingForm(request.POST or None, instance=queries.publishing(programme))
    if request.method == "POST" and form.is_valid():
        try:
            operations.tell(programme, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Збережено. Файли оновимо за кілька хвилин."))
            return redirect("programmes:office", programme.code)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/office/publishing.html", context, status=422 if form.errors else 200)

"""The office's page on which stories of the dashboard are chosen, put in order and taken off."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.results import access
from viche.results.forms.stories import ChoiceForm, LeadForm
from viche.results.operations import stories as operations
from viche.results.queries import asking, records
from viche.results.queries import choosing as queries
from viche.results.views.framing import PARTS
from viche.ui import menu, paging
from viche.ui.access import allowed


@allowed(access.may_see_office, thing=asking.programme)
def highlights(request, programme):
    """The stories in their order, and the records that may become one."""
    page = paging.page(request, queries.candidates(programme))
    page.items[:] = records.told(page.items, is_office=True)
    context = {
        "programme": programme,
        "office_tab": reverse("results:office", args=[programme.code]),
        "parts": menu.links(PARTS, programme.code),
        "stories": queries.chosen(programme),
        "page": page,
        "manages": access.may_manage(request.user, programme),
    }
    return render(request, "results/office/stories.html", context)


@require_POST
@allowed(access.may_manage, thing=asking.programme)
def choose(request, programme):
    """Put a record on the dashboard."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        operations.choose(programme, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as no:
        messages.error(request, no.sentence)
    return redirect("results:highlights", programme.code)


@allowed(access.may_change_story, thing=queries.highlight)
def change(request, highlight):
    """Say why a story matters."""
    form = LeadForm(request.POST or None, initial={"lead": highlight.lead, "lead_en": highlight.lead_en})
    back = reverse("results:highlights", args=[highlight.programme.code])
    if request.method == "POST" and form.is_valid():
        operations.change(highlight, values=form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(back)
    context = {
        "title": _("Чому це важливо"),
        "lead": _("Речення стане над історією на сторінці результатів. Решту слів і світлини бере сам запис."),
        "act": _("Зберегти"),
        "back": back,
        "form": form,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@require_POST
@allowed(access.may_change_story, thing=queries.highlight)
def move(request, highlight):
    """Move a story one place up or down."""
    operations.move(highlight, up="up" in request.POST, by=request.user, at=timezone.now())
    return redirect("results:highlights", highlight.programme.code)


@allowed(access.may_change_story, thing=queries.highlight)
def remove(request, highlight):
    """Ask before a story is taken off the dashboard, and do it."""
    back = reverse("results:highlights", args=[highlight.programme.code])
    if request.method == "POST":
        operations.remove(highlight, by=request.user, at=timezone.now())
        messages.success(request, _("Прибрано."))
        return redirect(back)
    context = {
        "title": _("Прибрати історію?"),
        "lead": _("Зі сторінки результатів вона зникне одразу. Сам запис лишається, обрати його можна знову."),
        "act": _("Прибрати"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)

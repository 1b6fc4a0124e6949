"""The ranked list, its files, and one application with its reviews side by side."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls.queries import applications, calls, reading, states
from viche.files import answers as bytes_out
from viche.reviews import access, exports
from viche.reviews.forms import Note, RankingSearch
from viche.reviews.operations import assigning
from viche.reviews.queries import panels, ranking, reasons
from viche.reviews.queries import states as said
from viche.ui import listing, paging
from viche.ui.access import allowed, found


def _chosen(request, call):
    search = RankingSearch(request.GET)
    search.is_valid()
    whole = ranking.ranked(call, request.user)
    return search, whole, whole.chosen(**{name: search.cleaned_data.get(name, "") for name in search.fields})


@allowed(access.may_see_ranking, thing=calls.in_programme)
def page(request, call):
    """All applications by their scores, and how far the money goes."""
    search, whole, rows = _chosen(request, call)
    here = paging.page(request, rows)
    context = {
        "programme": call.programme,
        "call": call,
        "described": states.described(call, timezone.now()),
        "search": search,
        "ranking": whole,
        "page": here,
        "rows": ranking.shown(here),
        "filtered": len(rows) != len(whole.rows),
        "may_assign": access.may_assign(request.user, call),
    }
    return render(request, "reviews/office/ranking.html", context)


@allowed(access.may_see_ranking, thing=calls.in_programme, also=("ending",))
def file(request, call, ending):
    """The same list for programs."""
    _search, _whole, rows = _chosen(request, call)
    return listing.answer(
        request,
        ending=ending,
        columns=exports.RANKING_COLUMNS,
        rows=exports.ranking_rows(ranking.shown(rows)),
        filename=f"{call.code}-ranking",
    )


@allowed(access.may_see_reviews, thing=applications.in_office)
def application(request, application):
    """What reviewers gave one application and why, and the application itself. Who they are only officers see."""
    call = application.call
    decision = panels.decision(application)
    may_assign = access.may_assign(request.user, call)
    may_compare = access.may_compare(request.user, application)
    done = reasons.finished(application) if may_compare else []
    context = {
        "programme": call.programme,
        "call": call,
        "application": application,
        "feedback": reasons.feedback(call, [application], done)[application.pk],
        "reviewers": done if may_assign else [],
        "may_compare": may_compare,
        "decision": decision,
        "said": said.said(decision),
        "sections": reading.as_submitted(application),
        "files_at": f"{request.path}files/",
        "may_write": may_assign and call.stage == "assessed",
    }
    return render(request, "reviews/office/application.html", context)


@allowed(access.may_see_reviews, thing=applications.in_office, also=("key",))
def upload(request, application, key):
    """A file of the application, for whoever may read its reviews."""
    stored = found(reading.file_of, {"application": application, "key": key})
    return bytes_out.send(stored, inline=True, request=request)


@allowed(access.may_see_reviews, thing=applications.in_office)
def recuse(request, application):
    """Ask before somebody of the panel or the office steps aside."""
    call = application.call
    form = Note(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assigning.recuse(application, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        messages.success(request, _("Дякуємо за чесність. Цієї заявки ви більше не побачите."))
        return redirect("reviews:ranking", call.programme.code, call.code)
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": _("Заявити конфлікт інтересів?"),
        "lead": _("Ви більше не побачите ні заявки %(code)s, ні її оцінок. Повернути це не можна.")
        % {"code": application.code},
        "act": _("Заявити"),
        "danger": True,
        "back": reverse("reviews:application", args=[call.programme.code, call.code, application.code]),
    }
    return render(request, "reviews/office/act.html", context, status=422 if form.errors else 200)

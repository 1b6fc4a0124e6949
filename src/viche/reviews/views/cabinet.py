"""One's own pages: what to read, the reading page with its scores, conflicts; and for applicants the outcome."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls.queries import applications, reading
from viche.files import answers as bytes_out
from viche.methods.refusals import Refused
from viche.reviews import access, exports
from viche.reviews.forms import MineSearch, Note, ReviewForm
from viche.reviews.operations import assigning, scoring
from viche.reviews.queries import assignments, reasons, states
from viche.ui import listing, paging, wording
from viche.ui.access import allowed, found
from viche.ui.forms import refuse


def _chosen(request):
    search = MineSearch(request.GET, calls=list(assignments.calls_of(request.user)))
    search.is_valid()
    wanted = {name: search.cleaned_data.get(name, "") for name in search.fields}
    found = assignments.waiting_for(request.user, **wanted)
    if request.GET.get(listing.ORDER, "").removeprefix("-") not in assignments.SORTS:
        return search, assignments.in_turn(found)
    return search, listing.ordered(request, found, assignments.SORTS, default="due")


@allowed(access.may_review)
def mine(request):
    """What waits for one's judgement, the nearest day first, and what is done."""
    today = timezone.localdate()
    search, found = _chosen(request)
    page = paging.page(request, found, wide=True)
    rows = [states.described(place, today) for place in page]
    context = {"search": search, "page": page, "rows": rows, "order": ""}
    return render(request, "reviews/cabinet/mine.html", context)


@allowed(access.may_review)
def mine_file(request, ending):
    """The same list for programs."""
    today = timezone.localdate()
    _search, found = _chosen(request)
    rows = exports.mine_rows(states.described(place, today) for place in listing.through(found))
    return listing.answer(request, ending=ending, columns=exports.MINE_COLUMNS, rows=rows, filename="reviews")


@allowed(access.may_read, thing=assignments.by_pk)
def review(request, place):
    """Read an application for as long as it takes, and write the review beside it."""
    criteria = list(place.application.call.criteria.all())
    if request.method == "POST":
        return _keep(request, place, ReviewForm(request.POST, criteria=criteria))
    return _page(request, place, ReviewForm.stored(criteria, reasons.written(place), place.comment))


def _keep(request, place, form):
    """Save as typed, or hand in; whatever stands in the way, the words stay on the page."""
    handing_in = request.POST.get("act") == "hand_in"
    act = scoring.hand_in if handing_in else scoring.save
    typed = {"scores": form.scores, "comment": form.comment, "revision": _revision(request)}
    try:
        act(place, **typed, by=request.user, at=timezone.now())
    except scoring.Stale as stale:
        return _refused(request, stale.stored, form, _("Не збережено: в іншій вкладці є новіший текст."), stale=True)
    except scoring.Unfinished as gaps:
        form.complain(gaps.faults)
        place = assignments.by_pk(place.pk)
        return _page(request, place, form, status=422)
    except Refused as no:
        return _refused(request, assignments.by_pk(place.pk), form, no.sentence, status=no.status)
    if _is_script(request):
        return JsonResponse(_told(place, form))
    messages.success(request, _("Оцінку здано. Дякуємо.") if handing_in else _("Збережено."))
    return redirect("reviews:mine" if handing_in else request.path)


def _revision(request):
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004 — longer is no revision


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _told(place, form):
    """What the saving script says: the time, and what the points make so far."""
    time = f"{wording.in_kyiv(place.saved_at):%H:%M}"
    text = _("Збережено %(time)s") % {"time": time}
    points = {key: said["points"] for key, said in form.scores.items()}
    within = all(points[one.pk] is None or 0 <= points[one.pk] <= one.scale for one in form.criteria)
    total = reasons.running_total(form.criteria, points) if within else None
    if total is not None:
        text = _("Збережено %(time)s. Разом %(total)s зі 100") % {"time": time, "total": wording.number(total, 1)}
    return {"text": text, "saved_at": time, "revision": place.revision, "total": total}


def _refused(request, stored, form, sentence, *, stale=False, status=409):
    """Say that the words were not kept, and show them beside what is stored."""
    if _is_script(request):
        theirs = {str(key): score.reason for key, score in reasons.written(stored).items()}
        told = {"text": sentence, "revision": stored.revision, "theirs": theirs}
        if stale:
            told["compare"] = _("Порівняти")
        return JsonResponse(told, status=status)
    written = reasons.written(stored)
    theirs = [(one, written.get(one.pk)) for one in form.criteria]
    return _page(request, stored, form.as_typed(), status=status, theirs=theirs, sentence=sentence, stale=stale)


def _page(request, place, form, *, status=200, **more):
    today = timezone.localdate()
    application = place.application
    written = reasons.written(place)
    context = {
        "place": place,
        "application": application,
        "call": application.call,
        "described": states.described(place, today),
        "form": form,
        "sections": reading.as_submitted(application),
        "files_at": f"{reverse('reviews:review', args=[place.pk])}files/",
        "open": access.is_open(place),
        "over": states.is_over(place),
        "total": reasons.running_total(form.criteria, {key: score.points for key, score in written.items()}),
        "written": [(one, written.get(one.pk)) for one in form.criteria],
        **more,
    }
    return render(request, "reviews/cabinet/review.html", context, status=status)


@allowed(access.may_read, thing=assignments.by_pk)
def conflict(request, place):
    """Ask before a conflict of interest is declared: afterwards the application is not shown any more."""
    form = Note(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assigning.declare_conflict(place, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Дякуємо за чесність. Заявку оцінить хтось інший."))
            return redirect("reviews:mine")
    context = {
        "title": _("Заявити конфлікт інтересів?"),
        "lead": _(
            "Заявка %(code)s зникне з вашого списку, і повернути її не можна. Програма дізнається про це з листа."
        )
        % {"code": place.application.code},
        "act": _("Заявити й не оцінювати"),
        "back": reverse("reviews:review", args=[place.pk]),
        "form": form,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)


@allowed(access.may_read, thing=assignments.by_pk, also=("key",))
def upload(request, place, key) -> HttpResponse:
    """A file of the application, for its reviewer alone."""
    stored = found(reading.file_of, {"application": place.application, "key": key})
    return bytes_out.send(stored, inline=True, request=request)


@allowed(access.may_read_outcome, thing=applications.by_pk)
def outcome(request, application):
    """What was decided of one's application, and everybody's reasons, without names."""
    context = {
        "application": application,
        "call": application.call,
        "decision": application.decision,
        "said": states.said(application.decision),
        "feedback": reasons.feedback(application.call, [application])[application.pk],
    }
    return render(request, "reviews/cabinet/outcome.html", context)

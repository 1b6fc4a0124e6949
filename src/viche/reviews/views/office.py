"""The office of reviewing: calls in assessment, the table of who reads what, single places, the end of the assessment."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.calls.queries import applications, ties
from viche.calls.queries import calls as found_calls
from viche.calls.queries import states as call_states
from viche.methods.refusals import Refused
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.reviews import access
from viche.reviews.forms import CallSearch, Closing, Giving, Nothing, PlaceSearch, Why
from viche.reviews.operations import assigning, deciding, scoring
from viche.reviews.queries import assignments, conflicts, tables
from viche.reviews.queries import calls as reviewed
from viche.ui import paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


@allowed(programmes_access.may_see_office, thing=programmes.programme)
def call_list(request, programme):
    """Calls that have closed, with how far their reviews are."""
    at = timezone.now()
    search = CallSearch(request.GET)
    search.is_valid()
    wanted = {name: search.cleaned_data.get(name, "") for name in search.fields}
    page = paging.page(request, reviewed.under_review(programme, at, **wanted))
    secret = ties.shut(request.user, page.items)
    progress = assignments.progress(page.items, timezone.localdate(at), secret)
    rows = [(call_states.described(call, at), progress[call.pk]) for call in page]
    context = {
        "programme": programme,
        "search": search,
        "page": page,
        "rows": rows,
        "may_assign": programmes_access.may_manage(request.user, programme),
    }
    return render(request, "reviews/office/list.html", context)


@allowed(access.may_assign, thing=found_calls.in_programme)
def overview(request, call):
    """One call: progress, who reads what, what is late, which conflicts there are."""
    return _overview(request, call)


def _overview(request, call, *, fault="", status=200):
    at = timezone.now()
    today = timezone.localdate(at)
    search = PlaceSearch(request.GET)
    search.is_valid()
    wanted = {name: search.cleaned_data.get(name, "") for name in search.fields}
    secret = ties.shut(request.user, [call])
    page = paging.page(request, tables.of_call(call, today, **wanted, secret=secret))
    loads = assignments.loads(call, today, secret)
    context = {
        "programme": call.programme,
        "call": call,
        "described": call_states.described(call, at),
        "progress": tables.progress(call, loads, secret),
        "search": search,
        "page": page,
        "rows": tables.rows(call, page.items, secret, today),
        "loads": loads,
        "conflicts": conflicts.of_call(call, secret),
        "fault": fault,
    }
    return render(request, "reviews/office/overview.html", context, status=status)


def _back(call):
    return redirect("reviews:office", call.programme.code, call.code)


@allowed(access.may_assign, thing=found_calls.in_programme)
def assign(request, call):
    """Give out all missing places evenly, and say what could not be given."""
    if request.method != "POST":
        return _back(call)
    try:
        plan = assigning.assign(call, by=request.user, at=timezone.now())
    except Refused as no:
        return _overview(request, call, fault=no.sentence, status=no.status)
    secret = ties.shut(request.user, [call])
    given = sum(key not in secret for key, _reviewer in plan.added)
    messages.success(request, ngettext("Роздано %(n)d місце.", "Роздано %(n)d місць.", given) % {"n": given})
    short = [(key, lacking) for key, lacking in plan.short if key not in secret]
    for sentence in tables.why_short(call, short) if short else []:
        messages.warning(request, sentence)
    return _back(call)


@allowed(access.may_place, thing=applications.in_office)
def give(request, application):
    """Give one free place to one person."""
    call = application.call
    people = tables.free_for(application)
    form = Giving(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            assigning.give(application, reviewer=form.cleaned_data["reviewer"], by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Місце віддано, лист надсилаємо."))
            return _back(call)
    title = _("Хто оцінить заявку %(code)s?") % {"code": application.code}
    lead = _("У списку ті, хто оцінює в програмі, ще не оцінює цієї заявки й не має з нею конфлікту інтересів.")
    return _asked(request, call, form, title=title, lead=lead, act=_("Віддати місце"))


def _asked(request, call, form, *, title, lead, act, danger=False):
    """A page that asks before it does one thing."""
    context = {
        "programme": call.programme,
        "call": call,
        "form": form,
        "title": title,
        "lead": lead,
        "act": act,
        "danger": danger,
        "back": reverse("reviews:office", args=[call.programme.code, call.code]),
    }
    return render(request, "reviews/office/act.html", context, status=status_of(form))


@allowed(access.may_move, thing=assignments.in_office)
def release(request, place):
    """Ask before a place is taken back."""
    call = place.application.call
    form = Nothing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            assigning.release(place, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Місце звільнено."))
            return _back(call)
    names = {"name": place.reviewer, "code": place.application.code}
    title = _("Забрати заявку %(code)s?") % names
    lead = _("%(name)s більше не бачитиме цієї заявки. Написане лишиться в журналі, місце можна віддати іншим.") % names
    return _asked(request, call, form, title=title, lead=lead, act=_("Забрати"), danger=True)


@allowed(access.may_move, thing=assignments.in_office)
def reopen(request, place):
    """Give a finished review back with a reason."""
    call = place.application.call
    form = Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            scoring.reopen(place, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Оцінку повернуто, лист надсилаємо."))
            return _back(call)
    names = {"name": place.reviewer, "code": place.application.code}
    title = _("Повернути оцінку заявки %(code)s?") % names
    lead = _("%(name)s отримає ваші слова листом і зможе доповнити оцінку. Написане лишається на місці.") % names
    return _asked(request, call, form, title=title, lead=lead, act=_("Повернути"))


@allowed(access.may_decide, thing=found_calls.in_programme)
def close(request, call):
    """Ask before the assessment ends."""
    form = Closing(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.close_assessment(call, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Оцінювання завершено. Тепер слово за комісією."))
            return redirect("reviews:panel", call.programme.code, call.code)
    title = _("Завершити оцінювання?")
    lead = _("Після цього оцінок уже не змінити, а комісія зможе записати рішення.")
    return _asked(request, call, form, title=title, lead=lead, act=title.rstrip("?"))

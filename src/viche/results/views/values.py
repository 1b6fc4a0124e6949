"""Reported values: the list, beginning one, writing it while it saves itself, proving it, handing it in."""

from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.files import answers as bytes_out
from viche.files import uploads
from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.results import access
from viche.results.exports import aims as exports
from viche.results.forms.values import BeginForm, EvidenceForm, ValueForm, ValueSearch
from viche.results.operations import evidence as proving
from viche.results.operations import values as operations
from viche.results.queries import board, reported
from viche.results.views.confirming import confirm
from viche.results.views.framing import framed
from viche.ui import listing, paging, wording
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

ORDERS = {
    "on": "on",
    "indicator": "indicator__code",
    "period": "period__starts_on",
    "value": "value",
    "state": "state",
}
OK, CONFLICT, FAULTY = 200, 409, 422


def _found(request, programme, *, sees_all):
    """The search, and the values that this person may see in the order asked for."""
    indicators = [one for one in board.of_programme(programme, is_office=True) if one.kind == "reported"]
    search = ValueSearch(request.GET, indicators=indicators, periods=board.periods(programme))
    found = reported.seen_by(request.user, programme, sees_all=sees_all, **search.chosen())
    return search, listing.ordered(request, found, ORDERS, default="-on")


@allowed(access.may_open_values, thing=programmes.programme)
def values(request, programme):
    """The reported values of a programme."""
    context = framed(request, programme, order="-on")
    search, found = _found(request, programme, sees_all=context["sees_all"])
    page = paging.page(request, found)
    manages = context["manages"]
    context |= {
        "search": search,
        "page": page,
        "rows": [(one, reported.KINDS[one.state]) for one in page],
        "may_begin": manages or access.may_report(request.user, programme),
        "waiting": reported.waiting(programme) if manages else 0,
    }
    return render(request, "results/office/values.html", context)


@allowed(access.may_open_values, thing=programmes.programme, also=("ending",))
def values_file(request, programme, ending):
    """The same list for programs."""
    sees_all = access.may_see_office(request.user, programme)
    _search, found = _found(request, programme, sees_all=sees_all)
    rows = exports.values(listing.through(found))
    name = f"{programme.code}-values"
    return listing.answer(request, ending=ending, columns=exports.VALUES, rows=rows, filename=name)


@allowed(access.may_report, thing=programmes.programme)
def new(request, programme):
    """Choose of what a value is reported, and begin it."""
    beginnings = reported.beginnings(programme)
    form = BeginForm(request.POST or None, beginnings=beginnings)
    if request.method == "POST" and form.is_valid():
        try:
            value = operations.begin(**form.values(), by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            return redirect("results:value_write", programme.code, value.pk)
    context = framed(request, programme, form=form, beginnings=beginnings)
    return render(request, "results/office/value_new.html", context, status=status_of(form))


def shown(request, value, *, refused=None, **more):
    """The page of a value."""
    is_writable = operations.is_writable(value)
    writes = is_writable and access.may_write(request.user, value)
    context = framed(
        request,
        value.indicator.programme,
        value=value,
        kind=reported.KINDS[value.state],
        shares=[(part["name"], value.parts.get(part["code"])) for part in value.indicator.parts],
        proofs=reported.evidence(value),
        faults=operations.faults(value) if writes else {},
        writes=writes,
        removes=is_writable and access.may_remove(request.user, value),
        unread=[] if writes else [said for said in value.unread.values() if said],
        is_kept=value.state in operations.WRITABLE and not is_writable,
        decides=access.may_decide(request.user, value),
        is_own=value.reported_by_id == request.user.pk,
        refused=refused,
        **more,
    )
    return render(request, "results/office/value.html", context, status=refused.status if refused else OK)


@allowed(access.may_see_value, thing=reported.of_programme)
def value(request, value):
    """A value with its evidence and what was decided."""
    return shown(request, value)


@allowed(access.may_write, thing=reported.of_programme)
def write(request, value):
    """Write a value; it saves itself as one types."""
    if request.method == "POST":
        return _save(request, value)
    if not operations.is_writable(value):
        return redirect("results:value", value.indicator.programme.code, value.pk)
    return _page(request, value, ValueForm(value=value))


def _save(request, value):
    """Keep what is typed; whatever stands in the way, the words stay on the page."""
    form = ValueForm(request.POST, value=value)
    try:
        saved = operations.save(value, **form.values(), by=request.user, at=timezone.now())
    except operations.Stale as stale:
        return _stale(request, stale.stored)
    except Refused as no:
        if _is_script(request):
            return JsonResponse({"text": no.sentence, "revision": value.revision}, status=no.status)
        refuse(form, no)
        return _page(request, value, form, status=no.status)
    return _saved(request, saved, _fitted(form, saved))


def _saved(request, saved, form):
    if _is_script(request):
        clock = f"{wording.in_kyiv(saved.reported_at):%H:%M}"
        return JsonResponse({"revision": saved.revision, "saved_at": clock, "faults": form.faults})
    if form.errors:
        messages.info(request, _("Збережено, як набрано. Виправте позначене: без цього значення не подати."))
        return _page(request, saved, _fitted(_anew(request, saved), saved), status=FAULTY)
    messages.success(request, _("Збережено."))
    goes_on = "results:value_write" if "stay" in request.POST else "results:value"
    return redirect(goes_on, saved.indicator.programme.code, saved.pk)


def _fitted(form, saved):
    """The form with what does not fit together in what was saved, each at its field."""
    for name, sentence in operations.misfits(saved).items():
        form.add_error(name, sentence)
    return form


def _anew(request, stored):
    """The same words upon what is stored now: the next press means them."""
    form = ValueForm({**request.POST.dict(), "revision": stored.revision}, value=stored)
    form.is_valid()
    return form


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _stale(request, stored):
    """Say that another tab was faster; the words stay, and the next press means them."""
    sentence = _("Не збережено: в іншій вкладці є новіший запис. Порівняйте й збережіть ще раз.")
    if _is_script(request):
        return JsonResponse({"text": sentence, "revision": stored.revision}, status=CONFLICT)
    form = _anew(request, stored)
    refuse(form, Refused(sentence, status=CONFLICT))
    return _page(request, stored, form, theirs=stored, status=CONFLICT)


def _page(request, value, form, *, status=OK, **more):
    context = framed(request, value.indicator.programme, value=value, form=form, **more)
    return render(request, "results/office/value_write.html", context, status=status)


@require_POST
@allowed(access.may_write, thing=reported.of_programme)
def submit(request, value):
    """Hand a value in."""
    return pressed(request, value, operations.submit, _("Подано. Значення підтвердить хтось інший з офісу програми."))


def pressed(request, value, act, done):
    """Do an act that one button asks for; what stood in the way is told on the value's page."""
    try:
        act(value, by=request.user, at=timezone.now())
    except Refused as no:
        return shown(request, reported.by_pk(value.pk), refused=no)
    messages.success(request, done)
    return redirect("results:value", value.indicator.programme.code, value.pk)


@allowed(access.may_remove, thing=reported.of_programme)
def remove(request, value):
    """Ask before a draft is taken away, and do it."""
    words = {
        "title": _("Прибрати це значення?"),
        "lead": _("Чернетка зникне разом із підтвердженнями, і повернути їх не можна."),
        "act": _("Прибрати"),
        "danger": True,
    }
    back = reverse("results:value", args=[value.indicator.programme.code, value.pk])
    onward = reverse("results:values", args=[value.indicator.programme.code])
    act = partial(operations.remove, value)
    return confirm(request, act, words, back=back, onward=onward, done=_("Прибрано."))


@allowed(access.may_write, thing=reported.of_programme)
def prove(request, value):
    """Add evidence: a file or a link."""
    if request.method == "GET" and not operations.is_writable(value):
        return redirect("results:value", value.indicator.programme.code, value.pk)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    status = uploads.refuse_oversize(request, form) if request.method == "POST" else OK
    if request.method == "POST" and form.is_valid():
        try:
            proving.attach(value, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Підтвердження додано."))
            return redirect("results:value", value.indicator.programme.code, value.pk)
    context = framed(request, value.indicator.programme, value=value, form=form)
    status = status if status != OK else status_of(form)
    return render(request, "results/office/evidence.html", context, status=status)


@allowed(access.may_see_evidence, thing=reported.of_value)
def evidence(request, proof):
    """The file itself; a link leads to its page."""
    if proof.stored is None:
        return redirect(proof.link)
    return bytes_out.send(proof.stored, inline=True, request=request)


@allowed(access.may_write_evidence, thing=reported.of_value)
def evidence_remove(request, proof):
    """Ask before evidence is taken away, and do it."""
    back = reverse("results:value", args=[proof.value.indicator.programme.code, proof.value_id])
    words = {
        "title": _("Прибрати «%(name)s»?") % {"name": proof.caption},
        "lead": _("Файл буде знищено."),
        "act": _("Прибрати"),
        "danger": True,
    }
    return confirm(request, partial(proving.detach, proof), words, back=back, done=_("Прибрано."))

"""Reports to donors: the list, writing one, how it reads, the files that leave."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.programmes.models import Programme
from viche.results import access
from viche.results.choices import SectionKind
from viche.results.exports import docx, paper, sheets
from viche.results.forms.telling import BASICS, BasicsForm, ReportForm, Search, arranged
from viche.results.models import DonorReport
from viche.results.operations import telling as operations
from viche.results.queries import board, spans, stories
from viche.results.queries import telling as queries
from viche.results.views.framing import framed
from viche.ui import listing, paging, wording
from viche.ui import paper as set_in_type
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of
from viche.ui.reading import revision_in

CONFLICT, FAULTY, OK = 409, 422, 200
COLUMNS = ["id", "title", "donor", "language", "since", "until", "changed_at"]
PDF = "pdf"
WRITERS = {"docx": docx, "xlsx": sheets}
REMOVED = "removed_section"


def _listed(request, programme: Programme):
    search = Search(request.GET)
    found = queries.listed(programme, **search.asked())
    return search, listing.ordered(request, found, queries.SORTS, default="-changed")


@allowed(access.may_see_office, thing=programmes.programme)
def reports(request, programme):
    """The reports of a programme, the latest changed first."""
    search, found = _listed(request, programme)
    page = paging.page(request, found)
    context = framed(request, programme, search=search, page=page, order="-changed")
    return render(request, "results/telling/list.html", context)


@allowed(access.may_see_office, thing=programmes.programme, also=("ending",))
def reports_file(request, programme, ending):
    """The same list for programs."""
    rows = (
        [getattr(one, "pk" if name == "id" else name) for name in COLUMNS] for one in _listed(request, programme)[1]
    )
    return listing.answer(request, ending=ending, columns=COLUMNS, rows=rows, filename=f"{programme.code}-reports")


@allowed(access.may_manage, thing=programmes.programme)
def new(request, programme):
    """Begin a report."""
    today = timezone.localdate()
    periods = spans.spans(programme, on=today)
    months = spans.usual(periods, on=today)
    initial = {"since": months.since, "until": months.until}
    form = BasicsForm(request.POST or None, donors=queries.donors(programme), periods=periods, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in BASICS}
        try:
            made = operations.begin(programme, **values, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            return redirect("results:donor_report_edit", programme.code, made.pk)
    context = framed(request, programme, form=form)
    return render(request, "results/telling/new.html", context, status=status_of(form))


@allowed(access.may_read_report, thing=queries.by_pk)
def report(request, report):
    """How a report reads now, in its own language inside a page of the reader's."""
    with translation.override(report.language):
        told = queries.told(report, at=timezone.now())
        context = {"told": told, "sections": [_drawn(one) for one in told.sections]}
        body = render_to_string("results/telling/_report.html", context, request)
    context = framed(request, report.programme, report=report, body=body, left_out=told.left_out)
    return render(request, "results/telling/preview.html", context)


def _drawn(section):
    """A section with the bars of its indicators: on which scale each is drawn."""
    bars = [(line, max(filter(None, (line.total, line.target)), default=0)) for line in section.lines]
    return {"section": section, "bars": bars}


def _known(report):
    """What may be chosen in a report."""
    found = list(board.of_programme(report.programme, is_office=True))
    today = timezone.localdate()
    told = stories.of(report.programme, on=today)
    periods = spans.spans(report.programme, on=today)
    return {"indicators": found, "stories": told, "donors": queries.donors(report.programme), "periods": periods}


@allowed(access.may_write_report, thing=queries.by_pk)
def edit(request, report):
    """Write a report; it is saved as one types."""
    if request.method == "POST":
        return _save(request, report)
    return _page(request, report, ReportForm.of(report, **_known(report)))


def _save(request, report):
    """Keep what was typed; whatever stands in the way, the words stay on the page."""
    form = ReportForm.typed(request.POST, **_known(report))
    act = request.POST.get("act", "")
    values = form.values
    taken = None
    if not form.errors:  # what is wrong is mended first, for the page comes back as it was typed
        values["sections"], taken = arranged(values["sections"], act)
    if not form.errors and act == "restore" and (kept := request.session.get(REMOVED)) and kept["report"] == report.pk:
        values["sections"].insert(kept["at"], kept["section"])
    try:
        saved = operations.save(
            report, values=values, revision=revision_in(request), by=request.user, at=timezone.now()
        )
    except operations.Stale as stale:
        sentence = _("Не збережено: звіт змінив хтось інший. Ваш текст не зник: порівняйте.")
        return _refused(request, stale.stored, form, sentence, status=CONFLICT, stale=True)
    except Refused as refused:
        refuse(form, refused)
        return _refused(request, report, form, refused.sentence, status=refused.status)
    if _is_script(request):
        told = {"revision": saved.revision, "faults": form.faults}
        return JsonResponse(
            told | {"text": _("Збережено %(time)s") % {"time": f"{wording.in_kyiv(timezone.now()):%H:%M}"}}
        )
    if form.errors:
        return _page(request, saved, form.again(saved), status=FAULTY)
    return _went_on(request, saved, act, taken)


def _went_on(request, report, act, taken):
    """After a button of the form: the same page at the place that it was about, or the report as it reads."""
    request.session.pop(REMOVED, None)
    if taken is not None:
        request.session[REMOVED] = {"report": report.pk, "at": int(act.partition(":")[2]), "section": taken}
    if act:
        return redirect(reverse("results:donor_report_edit", args=[report.programme.code, report.pk]) + "#sections")
    messages.success(request, _("Збережено."))
    return redirect("results:donor_report", report.programme.code, report.pk)


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _refused(request, stored, form, sentence, *, status, stale=False):
    """Say that the words were not kept; after a conflict the next press means it."""
    if _is_script(request):
        told = {"text": sentence, "revision": stored.revision}
        return JsonResponse(told | ({"compare": _("Порівняти")} if stale else {}), status=status)
    return _page(request, stored, form.again(stored), theirs=stored if stale else None, status=status)


def _page(request, report, form, *, theirs=None, status=OK):
    removed = request.session.get(REMOVED)
    context = framed(
        request,
        report.programme,
        report=report,
        form=form,
        theirs=theirs,
        kinds=SectionKind.choices,
        removed=removed["section"] if removed and removed["report"] == report.pk else None,
    )
    return render(request, "results/telling/edit.html", context, status=status)


@require_POST
@allowed(access.may_write_report, thing=queries.by_pk)
def copy(request, report):
    """Begin a report with the words of another one."""
    made = operations.copy(report, by=request.user, at=timezone.now())
    messages.success(request, _("Копію зроблено. Змініть місяці: числа в ній будуть уже нові."))
    return redirect("results:donor_report_edit", report.programme.code, made.pk)


@allowed(access.may_write_report, thing=queries.by_pk)
def remove(request, report):
    """Ask before a report is thrown away, and do it."""
    if request.method == "POST":
        operations.remove(report, by=request.user, at=timezone.now())
        messages.success(request, _("Звіт видалено."))
        return redirect("results:donor_reports", report.programme.code)
    context = {
        "title": _("Видалити звіт «%(title)s»?") % {"title": report.title},
        "lead": _("Тексти звіту зникнуть назавжди. Показники й записи, з яких він зроблений, лишаться."),
        "act": _("Видалити звіт"),
        "back": reverse("results:donor_report", args=[report.programme.code, report.pk]),
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)


@allowed(access.may_read_report, thing=queries.by_pk, also=("ending",))
def report_file(request, report: DonorReport, ending):
    """The report as a file that leaves, made now."""
    if ending != PDF and ending not in WRITERS:
        raise Http404
    name = f"{report.programme.code}-report-{report.pk}"
    with translation.override(report.language):
        told = queries.told(report, at=timezone.now())
        if ending == PDF:
            return set_in_type.send(request, paper.report(told), name=name, public=False)
        try:
            body = WRITERS[ending].written(told)
        except set_in_type.BusyError:  # a map is drawn for it
            return set_in_type.busy(request)
    response = HttpResponse(body, content_type=WRITERS[ending].CONTENT_TYPE)
    response["Content-Disposition"] = listing.disposition(ending, name).replace("inline", "attachment", 1)
    response["Content-Encoding"] = "identity"
    return response

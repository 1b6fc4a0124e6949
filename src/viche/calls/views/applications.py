"""The office's pages of applications: the list with its funnel, one application, its files."""

from django.shortcuts import render
from django.utils import timezone

from viche.calls import access, exports
from viche.calls.forms import ApplicationSearch
from viche.calls.queries import applications, calls, reading, states, ties
from viche.files import answers as bytes_out
from viche.ui import listing, paging
from viche.ui.access import allowed, found


def _chosen(request, call):
    search = ApplicationSearch(request.GET)
    search.is_valid()
    secret = ties.shut(request.user, [call])
    found = applications.of_call(call, **search.cleaned_data, sort=request.GET.get("sort", ""), secret=secret)
    return search, secret, found


@allowed(access.may_see_applications, thing=calls.in_programme)
def application_list(request, call):
    """What was submitted to one call."""
    search, secret, found = _chosen(request, call)
    sums = applications.sums(found, secret)
    page = paging.page(request, found, count=None if secret else sums["count"], wide=True)
    context = {
        "programme": call.programme,
        "call": call,
        "described": states.described(call, timezone.now()),
        "search": search,
        "page": page,
        "secret": secret,
        "order": "-submitted",
        "numbers": calls.funnel(call),
        "asked": sums["asked"],
    }
    return render(request, "calls/office/applications.html", context)


@allowed(access.may_see_applications, thing=calls.in_programme, also=("ending",))
def application_file(request, call, ending):
    """The same list for programs."""
    _search, secret, found = _chosen(request, call)
    rows = exports.application_rows(call, listing.through(found), secret)
    return listing.answer(
        request, ending=ending, columns=exports.APPLICATION_COLUMNS, rows=rows, filename=f"{call.code}-applications"
    )


@allowed(access.may_read, thing=applications.in_office)
def application(request, application):
    """One submitted application as it was frozen, with its receipts."""
    context = {
        "programme": application.call.programme,
        "call": application.call,
        "application": application,
        "receipts": applications.receipts(application),
        "sections": reading.as_submitted(application),
    }
    return render(request, "calls/office/application.html", context)


@allowed(access.may_read, thing=applications.in_office, also=("key",))
def application_upload(request, application, key):
    """A file of a submitted application."""
    stored = found(reading.file_of, {"application": application, "key": key})
    return bytes_out.send(stored, inline=True, request=request)

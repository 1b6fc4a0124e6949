"""What everybody sees: the list of calls and the page of one."""

from django.shortcuts import render
from django.utils import timezone

from viche.calls import access, exports
from viche.calls.forms import Search
from viche.calls.queries import applications, calls, circle, eligibility, states
from viche.questionnaires import queries as sheets
from viche.ui import listing, paging
from viche.ui.access import allowed, anyone


def _chosen(request, at):
    search = Search(request.GET)
    search.is_valid()
    return search, calls.chosen(at, **search.cleaned_data)


@anyone
def call_list(request):
    """All announced calls; open ones first."""
    at = timezone.now()
    search, found = _chosen(request, at)
    page = paging.page(request, calls.with_counts(found), per=20, count=found.count())
    rows = [(states.described(call, at), call.submitted) for call in page]
    return render(request, "calls/public/list.html", {"search": search, "page": page, "rows": rows, "at": at})


@anyone
def call_file(request, ending):
    """The same list for programs."""
    at = timezone.now()
    _search, found = _chosen(request, at)
    return listing.answer(
        request, ending=ending, columns=exports.CALL_COLUMNS, rows=exports.call_rows(found, at), filename="calls"
    )


def circle_of(call):
    """Who may apply, as `_circle.html` shows it."""
    return {
        "kinds": eligibility.kind_labels(call),
        "oblasts": list(call.who_oblasts.all()),
        "hromadas": circle.hromadas_of(call),
        "invited": circle.organisations_of(call),
    }


@allowed(access.may_see, thing=calls.by_code)
def call_page(request, call):
    """One call: who, what, how judged, until when; after the decision, who was supported."""
    at = timezone.now()
    supported = list(applications.supported(call)) if call.stage == "decided" else []
    context = {
        "call": call,
        "at": at,
        "described": states.described(call, at),
        "award": states.award(call),
        "criteria": list(call.criteria.all()),
        **circle_of(call),
        "numbers": calls.funnel(call),
        "supported": supported,
        "granted": sum(application.granted or 0 for application in supported),
        "outline": sheets.outline(call.form) if call.form else None,
    }
    return render(request, "calls/public/call.html", context)

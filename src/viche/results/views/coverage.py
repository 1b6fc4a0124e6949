"""Which hromadas have had nothing yet: for everybody, and for the office."""

from django.shortcuts import render

from viche.results import access
from viche.results.exports import figures as exports
from viche.results.queries import asking
from viche.results.queries import coverage as queries
from viche.results.views.asked import read
from viche.ui import listing, paging
from viche.ui.access import allowed

OF = "of"


@allowed(access.may_see, thing=asking.programme)
def coverage(request, programme):
    """The hromadas that have had nothing."""
    return _coverage(request, programme, is_office=False)


@allowed(access.may_see_office, thing=asking.programme)
def office_coverage(request, programme):
    """The same in the office."""
    return _coverage(request, programme, is_office=True)


@allowed(access.may_see, thing=asking.programme, also=("ending",))
def coverage_file(request, programme, ending):
    """The same list for programs."""
    return _file(request, programme, ending, is_office=False)


@allowed(access.may_see_office, thing=asking.programme, also=("ending",))
def office_coverage_file(request, programme, ending):
    """The same list for programs, in the office."""
    return _file(request, programme, ending, is_office=True)


def _of(request):
    return queries.OF_OBLASTS if request.GET.get(OF) == queries.OF_OBLASTS else queries.OF_PARTICIPANTS


def _coverage(request, programme, *, is_office):
    asked = read(request, programme, is_office=is_office)
    months, of = asked.chosen.asked, _of(request)
    counted = queries.counted(months)
    is_all = of == queries.OF_OBLASTS
    page = paging.page(
        request,
        queries.without(months, of=of),
        count=counted.oblasts_without if is_all else counted.participants_without,
    )
    tabs = {
        "participants_href": f"{request.path}{asked.chosen.query(show='')}",
        "oblasts_href": f"{request.path}{asked.chosen.query(show='', of=queries.OF_OBLASTS)}",
    }
    return render(
        request, "results/coverage.html", asked.context | tabs | {"counted": counted, "page": page, "is_all": is_all}
    )


def _file(request, programme, ending, *, is_office):
    asked = read(request, programme, is_office=is_office)
    found = queries.without(asked.chosen.asked, of=_of(request))
    rows = exports.hromada_rows(listing.through(found))
    filename = f"{programme.code.lower()}-coverage"
    return listing.answer(request, ending=ending, columns=exports.PLACE_COLUMNS, rows=rows, filename=filename)

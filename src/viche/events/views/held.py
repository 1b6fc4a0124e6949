"""Events that were held, with how many came: the list to which every public figure of events leads."""

from django.shortcuts import render
from django.utils import timezone

from viche.events import exports
from viche.events.forms.held import HeldSearch
from viche.events.queries import finding, lines, showing
from viche.events.queries import held as queries
from viche.places import queries as places
from viche.ui import listing, paging
from viche.ui.access import anyone

ORDER = "-day"


def _asked(request):
    search = HeldSearch(request.GET, frames=finding.frames(), oblasts=list(places.oblasts()))
    return search, search.asked()


def _rows(request, asked, at):
    return queries.ordered(queries.found(asked, at=at), request.GET.get(listing.ORDER, ORDER))


@anyone
def held(request):
    """What was held and counted, the latest first, and what it adds up to."""
    at = timezone.now()
    search, asked = _asked(request)
    sums = queries.sums(asked, at=at)
    page = paging.page(request, _rows(request, asked, at).values_list("pk", flat=True), count=sums.events)
    page.items[:] = lines.read(page.items)
    host = finding.organisation_of(asked.organisation) if asked.organisation is not None else None
    context = {"search": search, "page": page, "sums": sums, "host": host, "order": ORDER}
    return render(request, "events/public/held.html", context)


@anyone
def held_file(request, ending):
    """The same list for programs."""
    _search, asked = _asked(request)
    rows = queries.whole(_rows(request, asked, timezone.now()))
    rows = exports.rows(map(showing.shown, listing.through(rows)))
    return listing.answer(request, ending=ending, columns=exports.COLUMNS, rows=rows, filename="events-held")

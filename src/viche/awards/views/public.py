"""What everybody sees: the register of awards with its map and files, the page of an award, its photographs."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.awards import access, exports
from viche.awards.forms import RegisterSearch
from viche.awards.queries import awards, reading, states
from viche.files import answers as bytes_out
from viche.places import queries as places
from viche.ui import listing, paging, wording
from viche.ui.access import allowed, anyone

ORDERS = {
    "awarded": "awarded_on",
    "code": "code",
    "organisation": "organisation__sort_key",
    "hromada": "organisation__hromada__sort_key",
    "amount": "amount",
}
DEFAULT = "-awarded"


def _chosen(request, whole, oblasts):
    """The form, what it asks for, and the awards asked for in the order of the address."""
    search = RegisterSearch(request.GET, facets=awards.facets(whole, oblasts))
    asked = search.asked()
    return search, asked, listing.ordered(request, awards.register(**asked), ORDERS, default=DEFAULT)


def _said(count):
    if not count:
        return _("ще немає")
    return ngettext("%(n)s підтримка", "%(n)s підтримок", count) % {"n": wording.number(count)}


@anyone
def award_list(request):
    """The register: searched, filtered, ordered, in pages; how many, how much, and where."""
    whole, oblasts = awards.public_register(), list(places.oblasts())
    search, asked, found = _chosen(request, whole.groups, oblasts)
    everywhere = {**asked, "oblast": ""}
    within = next((oblast.pk for oblast in oblasts if oblast.slug == asked["oblast"]), None)
    shown = awards.groups(awards.register(**everywhere)) if any(everywhere.values()) else whole.groups
    sums = awards.sums(shown, oblast=within)
    address = reverse("awards:list")
    kept = {name: value for name, value in asked.items() if value and name != "oblast"}
    drawn = places.map_of(
        {oblast.code: sums.oblasts.get(oblast.pk, 0) for oblast in oblasts},
        known=oblasts,
        href=lambda oblast: f"{address}?{urlencode({**kept, 'oblast': oblast.slug})}",
        said=_said,
    )
    page = paging.page(request, found, count=sums.count)
    paid = awards.paid_of(page)
    # The counts of whom the awards reached are kept for programmes and oblasts alone, which is how other pages lead here.
    is_plain = not any(value for name, value in asked.items() if name not in {"programme", "oblast"})
    context = {
        "search": search,
        "asked": asked,
        "page": page,
        "rows": [(award, states.of_award(award), paid.get(award.pk)) for award in page],
        "reached": whole.reached(programme=asked["programme"], oblast=within) if is_plain else None,
        "sums": sums,
        "map": drawn,
        "order": DEFAULT,
    }
    return render(request, "awards/public/list.html", context)


@anyone
def award_file(request, ending):
    """The same list, whole, as CSV, XLSX or JSON; with more of each award as points for a map."""
    _search, _asked, found = _chosen(request, awards.public_register().groups, list(places.oblasts()))
    found = listing.through(found)
    if ending == listing.POINTS:
        rows, columns = exports.open_rows(found), exports.OPEN_COLUMNS
    else:
        rows, columns = exports.public_rows(found), exports.PUBLIC_COLUMNS
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename="awards")


@allowed(access.may_see, thing=awards.by_code)
def award(request, award):
    """One award: what was promised and what was done, money, steps, photographs."""
    reports, tranches = awards.parts(award)
    context = {
        "award": award,
        "said": states.of_award(award),
        "told": reading.told(reports),
        "tranches": [(tranche, states.of_tranche(tranche)) for tranche in tranches],
        "paid": awards.paid(tranches),
        "steps": states.steps(award, reports, tranches),
        "photographs": reading.public_photographs(award, localdate(timezone.now())),
    }
    return render(request, "awards/public/award.html", context)


@allowed(access.may_see_photograph, thing=reading.photograph, also=("size",))
def photograph(request, photograph, size):
    """A smaller copy of a photograph."""
    return bytes_out.send(photograph.stored, size=size, inline=True, request=request)

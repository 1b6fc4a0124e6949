"""What everybody sees of places: the list of hromadas, the same for programs, and what the picker asks."""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from viche.places import exports, queries
from viche.places.forms import Filter
from viche.ui import listing, paging
from viche.ui.access import anyone

ORDERS = {"name": "sort_key", "oblast": "oblast__sort_key"}


def _listed(request):
    """The form, and the hromadas that it asks for: as the address orders, else best first for a search."""
    form = Filter(request.GET)
    asked = form.asked()
    rows = queries.hromadas(**asked)
    if asked["q"] and listing.ORDER not in request.GET:
        return form, rows
    return form, listing.ordered(request, rows, ORDERS, default="name")


@anyone
def hromadas(request):
    """All hromadas: searched, filtered, ordered, in pages; how many each oblast has, on the map."""
    form, rows = _listed(request)
    page = paging.page(request, rows)
    search, address = form.cleaned_data["q"], reverse("places:hromadas")
    context = {"form": form, "page": page, "rows": queries.explained(search, page.items)}
    context |= {"address": address, "order": "" if search else "name"}
    if not any(form.cleaned_data.values()):
        counts = queries.hromadas_by_oblast()
        context["map"] = queries.map_of(
            counts, href=lambda oblast: f"{address}?oblast={oblast.slug}", said=_hromadas_or_city
        )
        context["cities"] = page.count - context["map"].total
    return render(request, "places/public/hromadas.html", context)


def _hromadas_or_city(count):
    """The words on the map: only the two cities that are regions themselves are not divided into hromadas."""
    return queries.hromadas_said(count) if count else _("місто зі спеціальним статусом")


@anyone
def hromadas_file(request, ending):
    """The same list, whole, as CSV, XLSX or JSON."""
    _form, rows = _listed(request)
    return listing.answer(request, ending=ending, columns=exports.COLUMNS, rows=exports.rows(rows), filename="hromadas")


@anyone
def oblasts_file(request, ending):
    """All regions of the first level for programs; people see them on the map of hromadas."""
    rows = exports.oblast_rows(queries.oblasts())
    return listing.answer(request, ending=ending, columns=exports.OBLAST_COLUMNS, rows=rows, filename="oblasts")


@anyone
def find(request):
    """At most ten hromadas for what is being typed, best first, each with what tells it from its namesakes."""
    found = queries.find_hromadas(request.GET.get("q", ""))
    offers = [{"code": one.hromada.code, "name": one.hromada.label, "note": one.note} for one in found]
    return JsonResponse(offers, safe=False, json_dumps_params={"ensure_ascii": False})

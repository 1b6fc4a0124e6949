"""What everybody sees of places: the list of hromadas, the same for programs, and what the picker asks."""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

from viche.places import exports, queries
from viche.places.forms import Filter
from viche.ui import listing, paging
from viche.ui.access import anyone

ORDERS = {"name": "sort_key", "oblast": "oblast__sort_key", "kind": "kind"}


def _listed(request):
    """The form, and the hromadas that it asks for in the order that the address asks for."""
    form = Filter(request.GET)
    rows = queries.hromadas(**form.asked())
    return form, listing.ordered(request, rows, ORDERS, default="name")


@anyone
def hromadas(request):
    """All hromadas: searched, filtered, ordered, in pages; how many each oblast has, on the map."""
    form, rows = _listed(request)
    filtered = any(form.cleaned_data.values())
    address = reverse("places:hromadas")
    drawn = (
        None
        if filtered
        else queries.map_of(queries.hromadas_by_oblast(), href=lambda oblast: f"{address}?oblast={oblast.slug}")
    )
    context = {"form": form, "page": paging.page(request, rows), "map": drawn, "order": "name", "address": address}
    return render(request, "places/public/hromadas.html", context)


@anyone
def hromadas_file(request, ending):
    """The same list, whole, as CSV, XLSX or JSON."""
    _form, rows = _listed(request)
    return listing.answer(request, ending=ending, columns=exports.COLUMNS, rows=exports.rows(rows), filename="hromadas")


@anyone
def find(request):
    """At most ten hromadas for what is being typed, best first, each with what tells it from its namesakes."""
    found = queries.find_hromadas(request.GET.get("q", ""))
    offers = [{"code": one.hromada.code, "name": one.hromada.label, "note": one.note} for one in found]
    return JsonResponse(offers, safe=False, json_dumps_params={"ensure_ascii": False})

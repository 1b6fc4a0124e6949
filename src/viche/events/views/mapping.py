"""Events by days and on the map."""

from datetime import date

from csp.decorators import csp_replace
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from viche.events.queries import calendar, finding, maps, showing
from viche.events.views.public import search_of
from viche.ui import paging, wording
from viche.ui.access import anyone

VIEW, ON = "view", "on"
BESIDE = 12  # events named beside the map
LISTED = 30  # clusters told in the table
CORNERS = 4


def _day(text, today):
    """The day of the address; anything that is no day means today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


@anyone
def event_calendar(request):
    """A month, a week, or one day after another."""
    at = timezone.now()
    search, asked = search_of(request)
    view = request.GET.get(VIEW) if request.GET.get(VIEW) in calendar.VIEWS else calendar.MONTH
    span = calendar.span(view, _day(request.GET.get(ON, ""), timezone.localdate(at)))
    laid = calendar.days(span, asked)
    context = {
        "search": search,
        "span": span,
        "weeks": calendar.weeks(laid),
        "days": [day for day in laid if day.count],
        "count": sum(day.count for day in laid if day.is_inside),
        "list": reverse("events:list"),
        "today": timezone.localdate(at),
        "month": wording.month(span.on),
        "weekdays": wording.WEEKDAYS[wording.language()],
        "views": [("month", _("Місяць")), ("week", _("Тиждень")), ("agenda", _("День за днем"))],
        "kept": paging.kept_query(request, VIEW, ON, paging.NUMBER),
        "listed": paging.kept_query(request, VIEW, ON, paging.NUMBER, "since", "until", "when"),
        "query": paging.kept_query(request, VIEW, ON, paging.NUMBER).rstrip("&"),
    }
    return render(request, "events/public/calendar.html", context)


def links(clusters, query):
    """Each cluster with the address of the list of its events."""
    return maps.linked(clusters, address=reverse("events:list"), query=query)


@anyone
def event_map(request):
    """Where the events are: clusters on the map of Ukraine, each a link; the nearest in time beside it."""
    at = timezone.now()
    search, asked = search_of(request)
    counted = maps.counts(asked, at=at)
    found = finding.keys(asked, at=at)
    query = paging.kept_query(request, paging.NUMBER, "cell", "hromada", "hromada-code", "within")
    clusters = maps.clusters(counted)
    context = {
        "search": search,
        "shapes": maps.shapes(),
        "clusters": links(clusters, query),
        "table": links(maps.names(clusters)[:LISTED], query),
        "count": sum(counted.values()),
        "elsewhere": maps.elsewhere(asked, at=at),
        "rows": [(one, one.standing(at)) for one in map(showing.shown, finding.by_keys(found[:BESIDE]))],
        "query": paging.kept_query(request, paging.NUMBER).rstrip("&"),
    }
    return render(request, "events/public/map.html", context)


@anyone
def map_data(request):
    """Clusters for a part of the map: `bbox=west,south,east,north` in degrees, or `box` in units of the drawing; `zoom` 0–5."""
    at = timezone.now()
    _search, asked = search_of(request)
    zoom = request.GET.get("zoom", "0")
    zoom = min(int(zoom), maps.DEEPEST) if zoom.isdecimal() and len(zoom) == 1 else 0
    found = maps.clusters(maps.counts(asked, at=at), zoom=zoom, box=_box(request))
    query = paging.kept_query(request, "zoom", "bbox", "box", "cell", "hromada", "hromada-code", "within")
    rows = [
        {
            "x": one.x,
            "y": one.y,
            "latitude": one.latitude,
            "longitude": one.longitude,
            "count": one.count,
            "cell": one.cell,
            "hromada": one.code,
            "name": one.name,
            "hromadas": one.hromadas,
            "rhomb": one.rhomb,
            "url": address,
        }
        for one, address in links(found, query)
    ]
    return JsonResponse({"zoom": zoom, "clusters": rows}, json_dumps_params={"ensure_ascii": False})


def _box(request):
    """The part that is asked for, in units of the drawing; all of it where nothing sensible is asked."""
    degrees, units = _numbers(request.GET.get("bbox", "")), _numbers(request.GET.get("box", ""))
    if degrees:
        west, south, east, north = degrees
        return maps.box_of(west, max(-89.0, south), east, min(89.0, north))
    return units


def _numbers(text):
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        return None
    return found if len(found) == CORNERS and all(abs(one) <= 10_000 for one in found) else None  # noqa: PLR2004 — beyond any map


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@anyone
def widget(request):
    """What is coming, to be shown inside a page of somebody else's: of all pages this one alone lets itself be framed."""
    at = timezone.now()
    _search, asked = search_of(request)
    found = finding.keys(asked, at=at)
    context = {
        "rows": [(one, one.standing(at)) for one in map(showing.shown, finding.by_keys(found[:BESIDE]))],
        "query": paging.kept_query(request).rstrip("&"),
    }
    return render(request, "events/public/widget.html", context)

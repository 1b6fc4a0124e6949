"""The map of events: a part of Ukraine with clusters, each a link; what comes first in that part stands beside it."""

from functools import cache, partial
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from viche.events.forms.searching import CELL, NEAR, STAND, Near
from viche.events.queries import finding, lines, maps, pins, showing, sights, spots, tiles
from viche.events.views import drawing
from viche.events.views.public import search_of
from viche.journal import queries as journal
from viche.methods import earth
from viche.places import queries as places
from viche.ui import middleware, paging, wording
from viche.ui.access import anyone

BESIDE = 10  # events named beside the map
LISTED = 30  # clusters told in the table
CORNERS = 4
PART, PIECES = "part", "pieces"
PARTS = ("tiles", "drawn", "moves", "table", "told")  # what changes with the part and is kept
PLACES = ("hromada", "hromada-code", "within", NEAR, CELL, STAND)


@anyone
def event_map(request):
    """Where the events are: clusters on the map of Ukraine, each a link; the nearest in time beside it."""
    search, asked = search_of(request)
    kept = parse_qsl(paging.kept_query(request, paging.NUMBER, PART, *PLACES).rstrip("&"))
    context = {
        "search": search,
        **looked(request, search, asked),
        "land": drawing.land(search.oblasts),
        "nearby": Near(request.GET, auto_id="near_%s"),
        "kept": kept,
        "query": paging.kept_query(request, paging.NUMBER, PART).rstrip("&"),
    }
    answer = render(request, "events/public/map.html", context)
    answer.headers["Permissions-Policy"] = middleware.LOCATING
    return answer


@anyone
def map_data(request):
    """Clusters for a part of the map: `part=zoom,x,y`, or `bbox=west,south,east,north` in degrees or `box` in units, and `zoom`.

    With `pieces` our own script gets what the page would show of that part instead.
    """
    search, asked = search_of(request)
    if request.GET.get(PIECES):
        found = looked(request, search, asked)
        pieces = {name: found[name] for name in PARTS}
        pieces["beside"] = render_to_string("events/public/_map_beside.html", found)
        return _json({"part": found["sight"].text, "frame": found["sight"].frame, PIECES: pieces})
    sight = sights.read(request.GET.get(PART, ""))
    zoom = sight.zoom if sight else _zoom(request.GET.get("zoom", "0"))
    box = sight.box if sight else _box(request)
    clusters = maps.clusters(asked, at=timezone.now(), zoom=zoom, box=box)
    to = Ways(request)
    return _json({"zoom": zoom, "clusters": [_row(to, one) for one in clusters]})


def _json(told):
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _row(to, one):
    names = ("x", "y", "latitude", "longitude", "count", "kind", "name", "cell", "places", "hromadas", "rhomb")
    url, into = to.list(one), to.part(one.part) if one.part else ""
    return {name: getattr(one, name) for name in names} | {"hromada": one.code, "url": url, "map": into}


def looked(request, search, asked):
    """All that a part of the map shows, for the page and for its script."""
    at, known = timezone.now(), cache(spots.spots)
    sight = sights.read(request.GET.get(PART, "")) or _fitted(search, asked, known)
    to = Ways(request)
    soonest = pins.soonest(asked, sight, at=at, limit=BESIDE, read=known)
    # Only who asks from a place is told how far: a row alone does not know where its event stands.
    rows = map(showing.shown, finding.by_keys(soonest)) if search.origin else lines.read(soonest)
    key = f"events.pieces:{get_language()}:{sight.text}:{to.address('events:list')}"
    version = journal.version()
    drawn = partial(maps.drawn, asked, sight, search.oblasts, at=at, version=version, read=known)
    pieces = journal.until_written(key, lambda: _pieces(to, search, sight, drawn()), at=version)
    return {
        **pieces,
        "asked": asked,
        "sight": sight,
        "rows": [(one, one.standing(at), _away(one, search.origin)) for one in rows],
        "here": search.origin,
        "is_exact": sight.zoom >= pins.OWN,
        "has_tiles": bool(settings.MAP_TILES),
        "credit": settings.MAP_TILES_CREDIT,
        "list": to.address("events:list"),
    }


def _pieces(to, search, sight, drawn):
    """What changes only with what is written, ready to be put into the page."""
    clusters = [(one, to.cluster(one)) for one in drawn.clusters]
    km, bar = sight.bar
    context = {
        "sight": sight,
        "clusters": drawing.rhombs(clusters, sight),
        "names": drawing.names(drawn.labels, sight),
        "whereabouts": drawn.whereabouts,
        "here": _here(search.origin),
        "chosen": sights.paths().get(search.region.code) if search.region else "",
        "bar": {"km": wording.number(km), "length": f"{bar * 2**sight.zoom:.1f}"},
        "moves": _moves(to, sight),
        "tiles": tiles.under(sight),
        "table": drawing.table(sorted(clusters, key=lambda pair: (-pair[0].count, pair[0].name))[:LISTED]),
        "count": drawn.count,
        "elsewhere": drawn.elsewhere,
        "list": to.address("events:list"),
    }
    return {name: render_to_string(f"events/public/_map_{name}.html", context) for name in PARTS}


def _fitted(search, asked, read):
    """The part that shows what is asked for, where a place is asked for."""
    if asked.hromadas:
        known = read()
        wanted = (known[pk] for pk in asked.hromadas if pk in known)
        return sights.fitted([(one.x, one.y) for one in wanted] + _around(search.origin))
    return sights.fitted(sights.extent(search.region.code) if search.region else ())


def _around(origin):
    """Four places of the drawing around the place from which is sought."""
    if origin is None:
        return []
    (x, y), reach = _on_drawing(origin)
    return [(x - reach, y), (x + reach, y), (x, y - reach), (x, y + reach)]


def _on_drawing(origin):
    point, km = origin
    return places.fit().at(point.longitude, point.latitude), km / sights.unit_km()


def _here(origin):
    """The place from which is sought and how far, for SVG."""
    if origin is None:
        return None
    (x, y), reach = _on_drawing(origin)
    return {"x": f"{x:.3f}", "y": f"{y:.3f}", "reach": f"{reach:.3f}"}


def _away(event, origin):
    """How far an event is, in words; nothing where nobody asks or knows."""
    if origin is None or event.point is None:
        return ""
    km = earth.kilometres(origin[0], earth.Point(*event.point))
    if km < 1:
        return _("менш ніж за кілометр") if event.is_point_exact else _("у вашій громаді")
    words = {"km": wording.number(round(km))}
    return _("за %(km)s км") % words if event.is_point_exact else _("приблизно за %(km)s км") % words


def _moves(to, sight):
    """What leads to another part: name, words, address; nothing where it would lead nowhere."""
    ways = [
        ("in", _("Наблизити"), sight.at(sight.zoom + 1)),
        ("out", _("Віддалити"), sight.at(sight.zoom - 1)),
        ("all", _("Уся Україна"), sights.WHOLE),
        ("west", _("На захід"), sight.moved(-1, 0)),
        ("north", _("На північ"), sight.moved(0, -1)),
        ("south", _("На південь"), sight.moved(0, 1)),
        ("east", _("На схід"), sight.moved(1, 0)),
    ]
    return [
        (name, words, other.text or "0,0,0", to.part(other.text or "0,0,0"), other != sight)
        for name, words, other in ways
    ]


class Ways:
    """Where the map leads: addresses with what is asked for, of which the same part is written once."""

    def __init__(self, request):
        """Keep what is asked for."""
        self._request, self._kept = request, {}

    def address(self, name, more="", *without):
        """The address of a page with what is asked for but for some of it, and more."""
        if (name, without) not in self._kept:
            query = paging.kept_query(self._request, paging.NUMBER, PART, PIECES, "zoom", "box", "bbox", *without)
            self._kept[name, without] = reverse(name), query
        path, query = self._kept[name, without]
        asked = f"{query}{more}".rstrip("&")
        return f"{path}?{asked}" if asked else path

    def part(self, part):
        """The address of the page that shows a part of the map."""
        return f"{self.address('events:map', f'part={part}')}#map"

    def list(self, one):
        """The address of the list of a cluster's events; nothing where it cannot be named."""
        if not one.filter:
            return ""
        without = PLACES if one.filter.startswith("hromada=") else (CELL, STAND)
        return self.address("events:list", one.filter, *without)

    def cluster(self, one):
        """The address to which a cluster leads: nearer where its places stand apart there, else the list."""
        return self.part(one.part) if one.part else self.list(one)


def _zoom(text):
    return int(text) if text.isdecimal() and len(text) == 1 else 0


def _box(request):
    """The part that is asked for, in units of the drawing; all of it where nothing sensible is asked."""
    degrees, units = _numbers(request.GET.get("bbox", "")), _numbers(request.GET.get("box", ""))
    if degrees:
        west, south, east, north = degrees
        return spots.box_of(west, max(-89.0, south), east, min(89.0, north))
    return units


def _numbers(text):
    try:
        found = tuple(float(part) for part in text.split(","))
    except ValueError:
        return None
    return found if len(found) == CORNERS and all(abs(one) <= 10_000 for one in found) else None  # noqa: PLR2004 — beyond any map

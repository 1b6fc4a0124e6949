"""Where events stand on the map as it is seen from near: at their own points, if everybody may know them (`showing`)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet

from viche.events.choices import SHOWN
from viche.events.models import Event
from viche.events.queries import finding, spots
from viche.events.queries.sights import Sight
from viche.events.queries.spots import Box, Known, Spot
from viche.methods import earth
from viche.places import queries as places

OWN = 4  # from this zoom on events stand at their own points
FEW = 120  # hromadas whose events are read by hromada; of more, in the order of time
TOLD = 40  # places that an address names at most

HAS_OWN_POINT = Q(is_place_private=False, latitude__isnull=False)
"""Whose exact point everybody may know: the same that `showing.shown` says of one event."""

Member = tuple[Spot, int]
"""A place and how many events stand there."""


def seen(asked: finding.Asked, box: Box, *, at: datetime, read: Known = spots.spots) -> list[Member]:
    """The places in a box with the number of events at each."""
    known = read()
    rows = _own(finding.chosen(asked, at=at), box).order_by().values_list("latitude", "longitude")
    found = []
    for latitude, longitude, count, hromada, venue in rows.annotate(Count("pk"), Min("hromada"), Min("venue")):
        home = known.get(hromada)
        spot = spots.own(home, venue, latitude, longitude) if home else None
        if spot and spot.is_inside(box):
            found.append((spot, count))
    coarse = _coarse(asked, at, _inside(asked, box, known)).order_by().values_list("hromada").annotate(Count("pk"))
    return [*found, *((known[pk], count) for pk, count in coarse)]


def soonest(asked: finding.Asked, sight: Sight, *, at: datetime, limit: int, read: Known = spots.spots) -> list[int]:
    """The keys of the first events of a part of the map, in the order of the list."""
    if not sight.zoom:
        return finding.keys(asked, at=at)[:limit]
    past = asked.when == finding.PAST and not (asked.since or asked.until)
    wanted = _inside(asked, sight.box, read())
    if sight.zoom >= OWN:
        own = _first(_own(finding.chosen(asked, at=at), sight.box), 2 * limit, past=past)
        fit = places.fit()
        found = [(starts, pk) for starts, pk, lat, lon in own if spots.is_inside(fit.at(lon, lat), sight.box)]
        coarse = _first(_coarse(asked, at, wanted), limit, past=past)
        found += [(starts, pk) for starts, pk, _lat, _lon in coarse]
        return [pk for _starts, pk in sorted(found, reverse=past)][:limit]
    if len(wanted) <= FEW:
        return finding.keys(replace(asked, hromadas=wanted), at=at)[:limit]
    # An addition, so that the rows are read in the order of time until there are enough.
    many = finding.chosen(asked, at=at).annotate(where=F("hromada") + 0).filter(where__in=wanted)
    return [pk for _starts, pk, _lat, _lon in _first(many, limit, past=past)]


def keys(text: str) -> tuple[int, ...]:
    """The keys of the events that stand at places as addresses name them: "49.58,34.55;UA53…"; none for what is no place."""
    own, codes = Q(), []
    for part in text.split(";")[:TOLD]:
        if places.is_code(part):
            codes.append(part)
        elif point := earth.point(part):
            own |= Q(latitude=point.latitude, longitude=point.longitude)
    shown = Event.objects.filter(state__in=SHOWN)
    found = list(shown.filter(HAS_OWN_POINT, own).values_list("pk", flat=True)) if own else []
    coarse = shown.filter(hromada__code__in=codes).exclude(HAS_OWN_POINT) if codes else shown.none()
    return (*found, *coarse.values_list("pk", flat=True))


def _inside(asked: finding.Asked, box: Box, known: dict[int, Spot]) -> tuple[int, ...]:
    """The hromadas asked for that stand in a box."""
    found = (pk for pk, spot in known.items() if spot.is_inside(box))
    return tuple(pk for pk in found if asked.hromadas is None or pk in asked.hromadas)


def _own(found: QuerySet[Event], box: Box) -> QuerySet[Event]:
    """Those that stand at their own point in the box of degrees around a box of the drawing."""
    west, south, east, north = spots.degrees_of(box)
    degrees = {"latitude__range": (south, north), "longitude__range": (west, east)}
    return found.filter(HAS_OWN_POINT, hromada__isnull=False, **degrees)


def _coarse(asked: finding.Asked, at: datetime, hromadas: Iterable[int]) -> QuerySet[Event]:
    """Those that stand at their hromada's point: they have none of their own, or it is not for everybody."""
    return finding.chosen(replace(asked, hromadas=tuple(hromadas)), at=at).exclude(HAS_OWN_POINT)


def _first(found: QuerySet[Event], limit: int, *, past: bool) -> list[tuple[datetime, int, float, float]]:
    sign = "-" if past else ""
    rows = found.order_by(f"{sign}starts_at", f"{sign}pk")
    return list(rows.values_list("starts_at", "pk", "latitude", "longitude")[:limit])

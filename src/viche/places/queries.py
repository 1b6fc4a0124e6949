"""Which places there are, which one is meant by what somebody typed, and the map of Ukraine with values on it."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.formats.geojson import Fit
from viche.methods import words
from viche.places.choices import SettlementKind
from viche.places.models import Hromada, Oblast, Settlement
from viche.ui import wording

DRAWING = Path(__file__).parent / "data" / "regions.json"
CODE = re.compile(r"[A-Z]{2}\d{17}")
LONGEST_SEARCH = 100  # characters of a search that are looked at
STEPS = 4  # shades of the map beside "none"
INSIDE = 3  # the rank of a hromada that has the needle inside a word only
ROOM = 2  # settlements read for each hromada offered, since several of one hromada may fit
LEAST_INSIDE = 3  # letters: shorter needles are sought only at the beginnings of words
FULL_NAME = (
    "громада міська селищна сільська територіальна тг отг м с смт с-ще місто село селище "
    "hromada urban settlement rural territorial city village"
)
NOISE = frozenset(FULL_NAME.split())  # what every hromada has in its full name
SIZES = {SettlementKind.CITY: 0, SettlementKind.SETTLEMENT: 1, SettlementKind.VILLAGE: 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A hromada that fits what was typed, and the settlement by whose name it was found, if not by its own."""

    hromada: Hromada
    through: Settlement | None = None

    @property
    def note(self) -> str:
        """What tells it from its namesakes."""
        whereabouts = self.hromada.whereabouts
        return f"{self.through.label} · {whereabouts}" if self.through else whereabouts


@dataclass(frozen=True, slots=True)
class OblastMap:
    """What the component `oblast_map` draws: 27 regions, the key, the box and the sum of the values."""

    regions: list[dict[str, Any]]
    key: list[dict[str, Any]]
    box: str
    total: int | Decimal


def oblasts() -> QuerySet[Oblast]:
    """All regions in the order of the Ukrainian alphabet."""
    return Oblast.objects.filter(gone_at=None).order_by("sort_key", "pk")


def hromadas(q: str = "", *, oblast: str = "", kind: str = "") -> QuerySet[Hromada]:
    """Present hromadas by name, centre or any settlement, best first for a search; `oblast` is a slug. With raion, oblast."""
    rows = Hromada.objects.filter(gone_at=None).select_related("raion", "oblast")
    needle = needle_of(q)
    if needle:
        # Asked once and kept: the list is counted and cut, and thirty thousand settlements are not read twice for that.
        settlements = Settlement.objects.filter(haystack__contains=f" {needle}", gone_at=None, hromada__isnull=False)
        owners = set(settlements.order_by().values_list("hromada", flat=True))
        rows = rows.filter(_has(needle) | Q(pk__in=owners)).order_by(_rank(needle), "sort_key", "pk")
    if oblast:
        rows = rows.filter(oblast__slug=oblast)
    if kind:
        rows = rows.filter(kind=kind)
    return rows if needle else rows.order_by("sort_key", "pk")


def explained(q: str, listed: list[Hromada]) -> list[Found]:
    """The hromadas of a page; those that a search found by a settlement alone, with that settlement. One query or none."""
    needle = needle_of(q)
    others = [hromada.pk for hromada in listed if needle not in hromada.haystack]
    best: dict[int, Settlement] = {}
    if needle and others:
        rows = Settlement.objects.filter(hromada__in=others, haystack__contains=f" {needle}", gone_at=None)
        for settlement in rows.order_by(_rank(needle), _size(), "sort_key", "pk"):
            best.setdefault(settlement.hromada_id, settlement)
    return [Found(hromada, best.get(hromada.pk)) for hromada in listed]


def find_hromadas(q: str, *, oblast: Oblast | None = None, limit: int = 10) -> list[Found]:
    """The best hromadas for what is being typed, best first. Two queries at most.

    First those whose own name or centre begins so (a whole name before its beginning before the beginning of a later
    word), then those where a settlement's does, at last those that have it inside a word.
    """
    needle = needle_of(q)
    if not needle:
        return []
    within = Q(gone_at=None) & (Q(oblast=oblast) if oblast else Q())
    rows = Hromada.objects.filter(within, _has(needle)).select_related("raion", "oblast")
    own = list(rows.annotate(rank=_rank(needle)).order_by("rank", "sort_key", "pk")[:limit])
    begun = [hromada for hromada in own if hromada.rank < INSIDE]
    if len(begun) == limit:
        return [Found(hromada) for hromada in begun]
    through: dict[int, Found] = {}
    settlements = Settlement.objects.filter(within, haystack__contains=f" {needle}", hromada__isnull=False)
    settlements = settlements.exclude(hromada__in=[hromada.pk for hromada in begun])
    settlements = settlements.select_related("hromada__raion", "hromada__oblast")
    for settlement in settlements.order_by(_rank(needle), _size(), "sort_key", "pk")[: limit * ROOM]:
        through.setdefault(settlement.hromada_id, Found(settlement.hromada, settlement))
    rest = [hromada for hromada in own if hromada.rank == INSIDE and hromada.pk not in through]
    return [*map(Found, begun), *through.values(), *map(Found, rest)][:limit]


def meant(typed: str) -> list[Found]:
    """Every hromada that a person may mean by a code, a slug, a name, a full name, or "name, raion, oblast".

    One found means it is certain; names that are only begun do not count when somebody else is called exactly so.
    """
    typed = typed.replace("\0", "").strip()
    exact = Hromada.objects.filter(gone_at=None).select_related("raion", "oblast")
    key = Q(code=typed.upper()) if is_code(typed.upper()) else Q(slug=typed.lower())
    for one in exact.filter(key):
        return [Found(one)]
    name, *places = typed.split(",")
    found = find_hromadas(name, limit=20)
    for place in filter(None, map(words.fold, places)):
        found = [one for one in found if place in words.haystack(one.hromada.whereabouts)]
    for one in found:
        if places and words.fold(f"{one.hromada.label}, {one.hromada.whereabouts}") == words.fold(typed):
            return [one]
    needle = needle_of(name)
    own = [one for one in found if needle in map(words.fold, _names(one))]
    return own or found


def is_code(text: str) -> bool:
    """Whether a text looks like the code of a place."""
    return bool(CODE.fullmatch(text))


def hromadas_by_oblast() -> dict[str, int]:
    """How many hromadas each region has, by the region's code; a city that is a region itself has none."""
    counted = Hromada.objects.filter(gone_at=None).exclude(code=F("oblast__code")).values_list("oblast__code")
    return dict(counted.annotate(Count("pk")).order_by())


def hromada_by_slug(slug: str) -> Hromada:
    """The hromada of an address, with raion and oblast; also one that exists no more. Raises Hromada.DoesNotExist."""
    return Hromada.objects.select_related("raion", "oblast").get(slug=slug)


def hromada_by_code(code: str) -> Hromada | None:
    """The hromada of a code, with raion and oblast."""
    return Hromada.objects.select_related("raion", "oblast").filter(code=code).first()


def hromada_of_code(code: str) -> Hromada:
    """The same where it must be there. Raises Hromada.DoesNotExist."""
    return Hromada.objects.select_related("raion", "oblast").get(code=code, gone_at=None)


def settlements_of(hromada: Hromada) -> QuerySet[Settlement]:
    """Its settlements: the centre, then cities, settlements and villages, each by the alphabet."""
    return hromada.settlements.filter(gone_at=None).order_by("-is_centre", _size(), "sort_key", "pk")


def needle_of(typed: str) -> str:
    """What to look for: folded, without the words that every hromada has in its full name."""
    folded = words.fold(typed[:LONGEST_SEARCH].replace("\0", ""))  # PostgreSQL takes no zero character
    telling = [word for word in folded.split() if word.strip(".") not in NOISE]
    return " ".join(telling or folded.split())


def hromadas_said(count: int) -> str:
    """The words for a number of hromadas on a map."""
    return (
        ngettext("%(n)s громада", "%(n)s громад", count) % {"n": wording.number(count)}
        if count
        else _("ще немає громад")
    )


def map_of(
    values: Mapping[str, int | Decimal],
    *,
    known: Iterable[Oblast] | None = None,
    href: Callable[[Oblast], str] | None = None,
    said: Callable[[Any], str] = hromadas_said,
) -> OblastMap:
    """All 27 regions with a value each (by code; missing is none), shaded by quarters of the values that are not none.

    `href` gives the address of a region that has a value, `said` the words for a value. One query, unless the caller has
    read them already and hands them over as `known`.
    """
    drawing = _drawing()
    by_code = {oblast.code: oblast for oblast in (oblasts() if known is None else known)}
    bounds = _bounds(list(values.values()))
    regions = []
    for shape in drawing["regions"]:
        oblast, value = by_code.get(shape["code"]), values.get(shape["code"], 0)
        regions.append(
            shape
            | {"name": oblast.label if oblast else _region_named(shape["name"]), "value": value}
            | {"href": href(oblast) if href and oblast and value else "", "text": str(said(value))}
            | {"step": 1 + sum(value > bound for bound in bounds) if value else 0}
        )
    return OblastMap(
        regions=regions,
        key=_key(regions, said),
        box=f"0 0 {drawing['width']} {drawing['height']}",
        total=sum(values.values()),
    )


def map_of_keys(values: Mapping[int, int], *, known: Iterable[Oblast] | None = None, **more: Any) -> OblastMap:
    """`map_of` for values by the region's key in the database, as counts come. One query, unless they are `known`."""
    known = list(oblasts() if known is None else known)
    return map_of({oblast.code: values.get(oblast.pk, 0) for oblast in known}, known=known, **more)


@cache
def _drawing() -> dict[str, Any]:
    """The regions as drawn beforehand by `formats.geojson.redraw`, read once per process."""
    return json.loads(DRAWING.read_text(encoding="utf-8"))


def fit() -> Fit:
    """How degrees are laid onto the drawing of the regions."""
    drawing = _drawing()
    return Fit(drawing["scale"], drawing["left"], drawing["top"])


def middles() -> dict[str, tuple[int, int]]:
    """Where each region has most room on the drawing, by its code."""
    return {shape["code"]: (shape["label_x"], shape["label_y"]) for shape in _drawing()["regions"]}


def _bounds(values: list[Any]) -> list[Any]:
    """The greatest value of each of the first three quarters of the values that are not none."""
    some = sorted(value for value in values if value)
    return [some[-(-len(some) * quarter // STEPS) - 1] for quarter in range(1, STEPS)] if some else []


def _key(regions: list[dict[str, Any]], said: Callable[[Any], str]) -> list[dict[str, Any]]:
    """What each shade that occurs on the map stands for."""
    lines = []
    for step in range(STEPS + 1):
        values = [region["value"] for region in regions if region["step"] == step]
        if not values:
            continue
        least, most = min(values), max(values)
        between = wording.number(least) if least == most else f"{wording.number(least)}–{wording.number(most)}"
        lines.append({"step": step, "text": between if step else str(said(0))})
    return lines


def _region_named(name: str) -> str:
    """The name of a region from the file of shapes, for an installation whose codifier is not loaded yet."""
    return _("%(name)s область") % {"name": name} if name.endswith("ька") else name


def _names(found: Found) -> list[str]:
    """By what a hromada may be called when it is typed in full."""
    own = found.hromada
    names = [own.name, own.name_en, own.centre_name, words.transliterate(own.centre_name)]
    return [*names, found.through.name, found.through.name_en] if found.through else names


def _has(needle: str) -> Q:
    """Short needles begin a word (there are too many words with two given letters), longer ones may stand inside."""
    return Q(haystack__contains=needle if len(needle) >= LEAST_INSIDE else f" {needle}")


def _rank(needle: str) -> Case:
    """0 for a whole word, 1 for the beginning of the name, 2 for the beginning of another word, 3 for inside a word."""
    return Case(
        When(haystack__contains=f" {needle} ", then=Value(0)),
        When(haystack__startswith=f" {needle}", then=Value(1)),
        When(haystack__contains=f" {needle}", then=Value(2)),
        default=Value(INSIDE),
        output_field=IntegerField(),
    )


def _size() -> Case:
    """Cities before settlements before villages."""
    return Case(*(When(kind=kind, then=Value(at)) for kind, at in SIZES.items()), output_field=IntegerField())

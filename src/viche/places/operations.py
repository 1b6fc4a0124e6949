"""What is written about places: the codifier is taken in, the demonstration invents hromadas of its own."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from viche.formats import katottg, points
from viche.methods import words
from viche.methods.refusals import Refused
from viche.places.choices import HromadaKind, OblastKind, SettlementKind
from viche.places.models import Hromada, Oblast, Place, Raion, Settlement

BATCH = 2000
INVENTED = "XX"  # begins the codes of invented places; codes of the codifier begin with the country's "UA"
CRIMEA = "Автономна Республіка Крим"
KIND_OF_SETTLEMENT = {"M": SettlementKind.CITY, "X": SettlementKind.SETTLEMENT, "C": SettlementKind.VILLAGE}
KIND_OF_HROMADA = {"M": HromadaKind.CITY, "X": HromadaKind.SETTLEMENT, "C": HromadaKind.VILLAGE}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What taking the codifier in changed, in rows over all levels."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    hromadas: frozenset[int] = field(default=frozenset(), compare=False)
    """Keys of the hromadas that were corrected, or whose oblast was, for those who keep something of them."""

    def __add__(self, other: "Loaded") -> "Loaded":
        """Sum of two levels."""
        corrected = self.hromadas | other.hromadas
        return Loaded(self.added + other.added, self.changed + other.changed, self.gone + other.gone, corrected)


class Pointed(NamedTuple):
    """How many hromadas have got a point, how many codes nobody has, and which lines make no sense."""

    placed: int
    unknown: int
    wrong: tuple[int, ...]


@transaction.atomic
def load_codifier(workbook: Path, *, at: datetime) -> Loaded:
    """Take the codifier in: add what is new, correct what is called otherwise, mark with `at` what is listed no more.

    Cities with special status, regions without hromadas, become a hromada each under their own code.

    Nothing is deleted, because organisations and events stand on places; invented places are left alone. Running it
    again changes nothing. Raises Refused, and then nothing is written.
    """
    units = _read(workbook)
    by_letter: dict[str, list[katottg.Unit]] = {letter: [] for letter in katottg.DEPTH}
    for unit in units:
        by_letter[unit.letter].append(unit)
    oblasts = by_letter["O"] + by_letter["K"]
    settlements = [unit for letter in katottg.SETTLEMENTS for unit in by_letter[letter]]
    done = _take_in(Oblast, {unit.code: _oblast(unit) for unit in oblasts}, at, _give_short_addresses)
    regions = _ids(Oblast)
    done += _take_in(Raion, _raions(by_letter["P"], regions), at)
    raions = _ids(Raion)
    hromadas = _hromadas(by_letter["H"], settlements, regions, raions) | _whole_cities(by_letter["K"], regions)
    done += _take_in(Hromada, hromadas, at, _give_addresses)
    done += _take_in(Settlement, _settlements(settlements, regions, raions, _ids(Hromada)), at)
    return done


@transaction.atomic
def invent(
    name: str,
    *,
    number: int,
    kind: HromadaKind,
    centre: str,
    oblast: Oblast,
    raion: Raion | None = None,
    point: tuple[float | None, float | None] = (None, None),
) -> Hromada:
    """Make an invented hromada with its centre for the demonstration, under a code that no codifier uses.

    `name` is the adjective, `number` tells invented hromadas of one oblast apart, `point` is latitude and longitude of the
    centre. Called again it returns the same one.
    """
    stem = f"{INVENTED}{oblast.code[2:4]}{number:05d}"
    spelled = _spelled(name)
    slug = words.slug(name)
    if Hromada.objects.filter(slug=slug).exclude(code=f"{stem}{0:010d}").exists():
        slug = f"{slug}-{oblast.slug}-{INVENTED.lower()}{number}"
    hromada, _made = Hromada.objects.get_or_create(
        code=f"{stem}{0:010d}",
        defaults=spelled
        | {"kind": kind, "oblast": oblast, "raion": raion, "centre_name": centre, "slug": slug, "is_invented": True}
        | {"haystack": _haystack(name, centre), "latitude": point[0], "longitude": point[1]},
    )
    Settlement.objects.get_or_create(
        code=f"{stem}001{0:07d}",
        defaults=_spelled(centre)
        | {"kind": SettlementKind(str(kind)), "hromada": hromada, "raion": raion, "oblast": oblast}
        | {"is_centre": True, "haystack": _haystack(centre)},
    )
    return hromada


@transaction.atomic
def load_points(file: Path) -> Pointed:
    """Take in where hromadas lie, from a CSV of our own (`formats.points`); what the file does not name stays. Raises Refused."""
    try:
        found = points.read(file.read_bytes())
    except points.NotPointsError as error:
        raise Refused(
            _("Файл «%(file)s» не читається. Потрібен CSV у UTF-8 зі стовпцями code, latitude, longitude.")
            % {"file": file.name}
        ) from error
    rows = list(Hromada.objects.filter(code__in=found.places))
    for row in rows:
        row.latitude, row.longitude = found.places[row.code]
    Hromada.objects.bulk_update(rows, ["latitude", "longitude"], batch_size=BATCH)
    return Pointed(len(rows), len(found.places) - len(rows), found.wrong)


def _read(workbook: Path) -> list[katottg.Unit]:
    """Read the whole workbook before anything is written; say in plain words what is wrong with it."""
    try:
        units = katottg.read(workbook)
    except katottg.NotAWorkbookError as error:
        raise Refused(
            _("Файл «%(file)s» не відкривається як книга Excel. Завантажте кодифікатор у форматі XLSX ще раз.")
            % {"file": workbook.name}
        ) from error
    except katottg.MissingColumnError as error:
        raise Refused(
            _("У файлі «%(file)s» бракує стовпця «%(column)s». Потрібен кодифікатор КАТОТТГ із сімома стовпцями.")
            % {"file": workbook.name, "column": error.column}
        ) from error
    except katottg.BrokenRowError as error:
        raise Refused(
            _("Рядок %(number)s файла «%(file)s» не читається: бракує назви, категорії або коду з 19 знаків.")
            % {"file": workbook.name, "number": error.number}
        ) from error
    if not units:
        raise Refused(_("У файлі «%(file)s» є стовпці, але немає жодного рядка.") % {"file": workbook.name})
    known = {unit.code for unit in units}
    for unit in units:
        for code in unit.codes[:-1]:
            if code not in known:
                raise Refused(
                    _("«%(name)s» належить до %(code)s, а такого коду у файлі немає.")
                    % {"name": unit.name, "code": code}
                )
    return units


def _take_in(
    model: type[Place],
    wanted: dict[str, dict[str, Any]],
    at: datetime,
    finish: Callable[[list[Any]], None] = lambda _new: None,
) -> Loaded:
    """Bring one level to what the codifier says; `finish` completes the new rows before they are written."""
    present = {row.code: row for row in model.objects.exclude(code__startswith=INVENTED)}
    gone = [row.pk for row in present.values() if row.code not in wanted and row.gone_at is None]
    model.objects.filter(pk__in=gone).update(gone_at=at)
    changed = []
    for code in wanted.keys() & present.keys():
        row, values = present[code], {**wanted[code], "gone_at": None}
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    new = [model(code=code, **values) for code, values in wanted.items() if code not in present]
    finish(new)
    # Former centres step back before new ones come: a hromada has one at any moment.
    for centres in (False, True):
        rows = [row for row in changed if getattr(row, "is_centre", False) is centres]
        if rows:
            model.objects.bulk_update(rows, [*wanted[rows[0].code], "gone_at"], batch_size=BATCH)
    model.objects.bulk_create(new, batch_size=BATCH)
    corrected = _hromadas_among(model, [row.pk for row in changed])
    return Loaded(added=len(new), changed=len(changed), gone=len(gone), hromadas=corrected)


def _hromadas_among(model: type[Place], changed: list[int]) -> frozenset[int]:
    if model is Oblast:
        return frozenset(Hromada.objects.filter(oblast__in=changed).values_list("pk", flat=True))
    return frozenset(changed if model is Hromada else ())


def _ids(model: type[Place]) -> dict[str, int]:
    return dict(model.objects.values_list("code", "pk"))


def _spelled(name: str) -> dict[str, str]:
    return {"name": name, "name_en": words.transliterate(name), "sort_key": words.collation_key(name)}


def _haystack(*names: str) -> str:
    """Folded words, each between spaces, so that whole words and beginnings of words can be told from insides."""
    return f" {words.haystack(*names)} "


def _oblast(unit: katottg.Unit) -> dict[str, Any]:
    """An oblast is called by its adjective and the word; the republic and the cities by their own names."""
    roman = words.transliterate(unit.name)
    if unit.letter == "K":
        kind, full, short, full_en, short_en = OblastKind.CITY, unit.name, unit.name, roman, roman
    elif unit.name == CRIMEA:
        kind, full, short = OblastKind.REPUBLIC, unit.name, "Крим"
        full_en, short_en = "Autonomous Republic of Crimea", "Crimea"
    else:
        kind, full, short = OblastKind.OBLAST, f"{unit.name} область", unit.name
        full_en, short_en = f"{roman} oblast", roman
    names = {"name": full, "name_en": full_en, "short_name": short, "short_name_en": short_en}
    return names | {"sort_key": words.collation_key(full), "kind": kind}


def _raions(units: Iterable[katottg.Unit], oblasts: dict[str, int]) -> dict[str, dict[str, Any]]:
    return {unit.code: _spelled(unit.name) | {"oblast_id": oblasts[unit.codes[0]]} for unit in units}


def _hromadas(
    units: Iterable[katottg.Unit],
    settlements: Iterable[katottg.Unit],
    oblasts: dict[str, int],
    raions: dict[str, int],
) -> dict[str, dict[str, Any]]:
    """A hromada takes its kind from its centre."""
    centres = {unit.codes[2]: unit for unit in settlements if unit.is_centre}
    wanted = {}
    for unit in units:
        if unit.code not in centres:
            raise Refused(_("У громади «%(name)s» у файлі немає центру.") % {"name": unit.name})
        centre = centres[unit.code]
        wanted[unit.code] = _spelled(unit.name) | {
            "kind": KIND_OF_HROMADA[centre.letter],
            "oblast_id": oblasts[unit.codes[0]],
            "raion_id": raions.get(unit.codes[1]),
            "centre_name": centre.name,
            "haystack": _haystack(unit.name, centre.name),
        }
    return wanted


def _whole_cities(units: Iterable[katottg.Unit], oblasts: dict[str, int]) -> dict[str, dict[str, Any]]:
    """Kyiv and Sevastopol, so that what is seated there has a place like everything else."""
    return {
        unit.code: _spelled(unit.name)
        | {"kind": HromadaKind.CITY, "oblast_id": oblasts[unit.code], "raion_id": None}
        | {"centre_name": unit.name, "haystack": _haystack(unit.name)}
        for unit in units
    }


def _settlements(
    units: Iterable[katottg.Unit], oblasts: dict[str, int], raions: dict[str, int], hromadas: dict[str, int]
) -> dict[str, dict[str, Any]]:
    """Prypiat and Chornobyl lie in no hromada and no raion."""
    return {
        unit.code: _spelled(unit.name)
        | {
            "kind": KIND_OF_SETTLEMENT[unit.letter],
            "oblast_id": oblasts[unit.codes[0]],
            "raion_id": raions.get(unit.codes[1]),
            "hromada_id": hromadas.get(unit.codes[2]),
            "is_centre": unit.is_centre,
            "haystack": _haystack(unit.name),
        }
        for unit in units
    }


def _give_short_addresses(new: list[Oblast]) -> None:
    """Names of regions differ."""
    for oblast in new:
        oblast.slug = words.slug(oblast.short_name)


def _give_addresses(new: list[Hromada]) -> None:
    """The name in Latin letters; where it is not the only one, with oblast, then raion, at last the code."""
    taken = set(Hromada.objects.values_list("slug", flat=True))
    oblasts = dict(Oblast.objects.values_list("pk", "slug"))
    raions = {pk: words.slug(name) for pk, name in Raion.objects.values_list("pk", "name")}
    ladders = {}
    for hromada in new:
        name = words.slug(hromada.name)
        oblast, raion = oblasts[hromada.oblast_id], raions.get(hromada.raion_id, "")
        ladders[hromada.code] = [name, f"{name}-{oblast}", f"{name}-{oblast}-{raion}", f"{name}-{hromada.code.lower()}"]
    wishes = Counter(slug for ladder in ladders.values() for slug in ladder)
    for hromada in new:
        hromada.slug = next(slug for slug in ladders[hromada.code] if wishes[slug] == 1 and slug not in taken)

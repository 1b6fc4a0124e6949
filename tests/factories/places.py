"""Places for tests: each call makes a place of its own, with everything that a loaded one has."""

from itertools import count

from viche.methods import words
from viche.places.choices import HromadaKind, OblastKind, SettlementKind
from viche.places.models import Hromada, Oblast, Raion, Settlement

numbers = count(1)


def code(region="53"):
    """A code of the codifier's length that no real place has (their second pair is never 99)."""
    return f"UA{region}99{next(numbers):013d}"


def spelled(name):
    return {"name": name, "name_en": words.transliterate(name), "sort_key": words.collation_key(name)}


def oblast(**changes):
    """Полтавська область, or another with the `name` of its adjective; the same one again when it is there."""
    short = changes.pop("name", "Полтавська")
    values = {
        **spelled(short),
        "name": f"{short} область",
        "name_en": f"{words.transliterate(short)} oblast",
        "short_name": short,
        "short_name_en": words.transliterate(short),
        "slug": words.slug(short),
        "kind": OblastKind.OBLAST,
        "code": code(),
        **changes,
    }
    return Oblast.objects.get_or_create(slug=values.pop("slug"), defaults=values)[0]


def raion(**changes):
    within = changes.pop("oblast", None) or oblast()
    values = {**spelled(changes.pop("name", f"Лубенський {next(numbers)}")), "code": code(), **changes}
    return Raion.objects.create(oblast=within, **values)


def hromada(**changes):
    """Калинопільська міська громада; further ones get a number, so that names and addresses differ."""
    name = changes.pop("name", None)
    if name is None:
        taken = Hromada.objects.filter(slug="kalynopilska").exists()
        name = f"Калинопільська-{next(numbers)}" if taken else "Калинопільська"
    district = changes.pop("raion", None)
    within = changes.pop("oblast", None) or (district.oblast if district else oblast())
    centre = changes.setdefault("centre_name", "Калинопіль")
    values = {
        **spelled(name),
        "slug": words.slug(name),
        "kind": HromadaKind.CITY,
        "haystack": f" {words.haystack(name, centre)} ",
        "code": code(),
        **changes,
    }
    return Hromada.objects.create(oblast=within, raion=district or raion(oblast=within), **values)


def whole_city(name="Київ", code="UA80000000000093317"):
    """Київ, as the loader makes it: region and hromada under one code."""
    region = oblast(name=name, code=code, kind=OblastKind.CITY)
    Oblast.objects.filter(pk=region.pk).update(name=name, name_en=words.transliterate(name))
    region.refresh_from_db()
    made = hromada(name=name, code=code, oblast=region, centre_name=name)
    Hromada.objects.filter(pk=made.pk).update(raion=None)
    return Hromada.objects.select_related("oblast", "raion").get(pk=made.pk)


def settlement(**changes):
    """Село Тарнавиця of a new hromada or of the given one."""
    of = changes.pop("hromada", None) or hromada()
    name = changes.pop("name", "Тарнавиця")
    values = {
        **spelled(name),
        "kind": SettlementKind.VILLAGE,
        "haystack": f" {words.haystack(name)} ",
        "code": code(),
        **changes,
    }
    return Settlement.objects.create(hromada=of, raion=of.raion, oblast=of.oblast, **values)

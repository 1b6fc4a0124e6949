"""A programme whose figures are known by heart, and how its pages are read: for tests of what people see of results.

Everybody is told 71 people (33 in May, 32 in June, 6 in July), the office 75: one meeting of four is too small to be told.
"""

import csv
import io
from datetime import date

from django.urls import reverse

from tests.factories import facts, places, programmes, results
from viche.places import queries as known

MAY, JUNE, JULY = date(2024, 5, 20), date(2024, 6, 10), date(2024, 7, 3)


def board(client, **changes):
    """Meetings in two hromadas of one raion, in one of another oblast, and online; six indicators of them."""
    programme = programmes.programme(**{"code": "PULSE", "name": "Бібліотеки разом", **changes})
    programme.client, programme.officer = client, programmes.officer(programme)
    volyn = places.oblast(name="Волинська", code=next(code for code in known.middles() if code.startswith("UA07")))
    programme.near = places.hromada()
    programme.beside = places.hromada(raion=programme.near.raion)
    programme.far = places.hromada(oblast=volyn)
    for on, place, value, shown, parts in (
        (MAY, programme.near, 33, 33, (("f", 30, 30), ("m", 3, None))),
        (JUNE, programme.beside, 12, 12, (("f", 7, 7), ("m", 5, 5))),
        (JUNE, programme.far, 20, 20, (("f", 12, 12), ("m", 8, 8))),
        (JUNE, programme.far, 4, None, ()),
        (JULY, None, 6, 6, ()),
    ):
        split = [({"sex": sex}, number, seen) for sex, number, seen in parts]
        facts.keep(facts.told(programme.pk, on=on, value=value, shown=shown, hromada=place, parts=split))
        facts.keep(facts.told(programme.pk, on=on, value=1, hromada=place, measure="events"))
    programme.people = results.counted(
        programme, "heads", code="PEOPLE", name="Людей прийшло", is_headline=True, position=1
    )
    programme.held = results.counted(programme, code="EVENTS", name="Заходів", position=2)
    results.counted(programme, code="PLACES", how="hromadas", name="Громад", position=3)
    results.counted(programme, code="OBLASTS", how="oblasts", name="Областей", position=4)
    results.counted(programme, "heads", code="WOMEN", split="sex:f", name="Жінок прийшло", position=5)
    results.ratio(programme.people, programme.held, code="MEAN", name="Людей на захід", times=1, position=6)
    return programme


def place(programme, name):
    """The words of the address that ask for one of its places: "near", "raion", "poltava", "volyn", …"""
    return {
        "": {},
        "poltava": {"oblast": programme.near.oblast.slug},
        "volyn": {"oblast": programme.far.oblast.slug},
        "raion": {"raion": programme.near.raion.code},
        "near": {"hromada": programme.near.slug},
        "beside": {"hromada": programme.beside.slug},
        "far": {"hromada": programme.far.slug},
    }[name]


def get(programme, name, *parts, status=200, **query):
    """Open a page of the programme and see its status."""
    answer = programme.client.get(reverse(f"results:{name}", args=[programme.code, *parts]), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def said(answer):
    """The words of a page, with blanks that a person can search for."""
    return answer.content.decode().replace("\u00a0", " ")


def file(programme, name, *parts, **query):
    """A list as programs read it."""
    return get(programme, name, *parts, "json", **query).json()


def table(answer):
    """The rows of a CSV file by its heads."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def total(rows):
    """What the rows of a file come to."""
    return sum(row["value"] or 0 for row in rows)


def inside(programme, *, is_office):
    """Sign an officer in for the office's side; name the pages of that side."""
    if is_office:
        programme.client.force_login(programme.officer)
    return "office_" if is_office else ""

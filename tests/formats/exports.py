"""Small files of IATI and 360Giving in which everything holds, and ways to change one thing in them."""

import io
import json
from datetime import UTC, datetime

from viche.formats.iati import checking as iati
from viche.formats.threesixty import checking as threesixty

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

TOP = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
"""The head of a file: what follows begins on line 3."""

PARTS = {
    "identifier": "<iati-identifier>UA-EDR-00000000-LIB</iati-identifier>",
    "reporting": '<reporting-org ref="UA-EDR-00000000" type="22"><narrative>Спілка</narrative></reporting-org>',
    "title": "<title><narrative>Бібліотеки</narrative></title>",
    "description": "<description><narrative>Про бібліотеки</narrative></description>",
    "participating": '<participating-org role="1" ref="UA-EDR-00000001"/>',
    "other": "",
    "status": '<activity-status code="2"/>',
    "date": '<activity-date type="2" iso-date="2024-01-01"/>',
    "contact": "",
    "country": '<recipient-country code="UA"/>',
    "region": "",
    "location": "",
    "sector": '<sector code="15112"/>',
    "tag": "",
    "items": "",
    "scope": "",
    "marker": "",
    "kinds": "",
    "budget": "",
    "planned": "",
    "spend": "",
    "transaction": "",
    "document": "",
    "related": "",
    "conditions": "",
    "result": "",
    "crs": "",
}


def activity(attributes='default-currency="UAH" xml:lang="uk"', **parts):
    """One activity, a part a line; a part that is named takes the place of the one that holds."""
    lines = [told for told in (PARTS | parts).values() if told]
    return "\n".join([f"<iati-activity {attributes}>", *lines, "</iati-activity>"]) + "\n"


def activities(*given):
    """A file of activities, or of one in which everything holds."""
    return f"{TOP}{''.join(given or [activity()])}</iati-activities>\n".encode()


ORGANISATION = {
    "identifier": "<organisation-identifier>UA-EDR-00000000</organisation-identifier>",
    "name": "<name><narrative>Спілка</narrative></name>",
    "reporting": PARTS["reporting"],
    "budgets": "",
}


def organisations(attributes='default-currency="UAH" xml:lang="uk"', **parts):
    """A file of one organisation."""
    lines = [told for told in (ORGANISATION | parts).values() if told]
    head = TOP.replace("activities", "organisations")
    inner = "\n".join([f"<iati-organisation {attributes}>", *lines, "</iati-organisation>"])
    return f"{head}{inner}\n</iati-organisations>\n".encode()


def result(inner="", *, measure="1", references=""):
    """A result of one indicator with what is given inside it."""
    title = "<title><narrative>Заходи</narrative></title>"
    indicator = f'<indicator measure="{measure}">{title}{inner}</indicator>'
    return f'<result type="1">{title}{references}{indicator}</result>'


def period(inner="", start="2024-01-01", end="2024-12-31"):
    """A period of an indicator."""
    return f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{inner}</period>'


def transaction(inner="", *, day="2024-02-01", value='<value value-date="2024-02-01">1000</value>'):
    """Money paid out."""
    return f'<transaction><transaction-type code="3"/><transaction-date iso-date="{day}"/>{value}{inner}</transaction>'


GRANT = {
    "id": "360G-viche-1",
    "title": "Куток інформації",
    "description": "Куток у бібліотеці громади",
    "currency": "UAH",
    "amountAwarded": 180000,
    "awardDate": "2024-02-01",
    "recipientOrganization": [{"id": "UA-EDR-00000001", "name": "Бібліотека"}],
    "fundingOrganization": [{"id": "UA-EDR-00000000", "name": "Спілка"}],
}


def grant(*without, **changes):
    """One grant; what is named in `without` is left out."""
    return {name: value for name, value in (GRANT | changes).items() if name not in without}


def package(*grants, **more):
    """A file of grants, one field a line."""
    told = {"version": "1.4", **more, "grants": list(grants) if grants else [GRANT]}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def iati_faults(content):
    """What is found in a file of IATI: layer, rule and line of each fault."""
    return [(one.layer, one.rule, one.line) for one in iati.check(io.BytesIO(content), now=NOW)]


def threesixty_faults(content):
    """What is found in a file of 360Giving."""
    return [(one.layer, one.rule, one.line) for one in threesixty.check(io.BytesIO(content), now=NOW)]


def kinds(found):
    """Layer and rule of what was found."""
    return {(layer, rule) for layer, rule, _ in found}

"""What a file of 360Giving 1.4 may bear: every object with its fields, as one table; and what each type of a value means.

Stated from the standard's documentation; `tests/formats/threesixty` lets our checker and the official schema judge the same files.
In the table a field is `name:type`. `!` is a field that must be there, `?` one that may be null, `[X]` a list of X, `[X]+` one with at least one.
"""

import calendar
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

VERSION: Final = "1.4"
CODES: Final = Path(__file__).with_name("codes.txt")

_TABLE: Final = """
Package grants!:[Grant]+ version:version extensions:[text] title:text description:text issued:date modified:date
 identifier:text publisher:Publisher downloadURL:address accessURL:address license:address
Publisher identifier:text name!:text website:address logo:address
Grant id!:text title!:text description!:text currency!:currency amountAppliedFor:number amountAwarded!:number
 amountDisbursed:number awardDate!:date url:address plannedDates:[Event] actualDates:[Event] recipientIndividual:Person
 toIndividualsDetails:ToIndividuals recipientOrganization:[Organization]+ beneficiaryLocation:[Location]
 fundingOrganization!:[Organization]+ grantProgramme:[GrantProgramme] fromOpenCall:fromOpenCall
 fundingType:[Classification] classifications:[Classification] relatedDocument:[Document]
 applicationTransaction:[Transaction] commitmentTransaction:[Transaction] disbursementTransaction:[Transaction]
 relatedActivity:[text] dateModified:moment dataSource:address? regrantType:regrantType locationScope:locationScope
ToIndividuals primaryGrantReason:grantToIndividualsReason secondaryGrantReason:grantToIndividualsReason
 grantPurpose:[grantToIndividualsPurpose]
Person id!:text name!:text
Organization id!:text name!:text department:text contactName:text charityNumber:text companyNumber:text
 streetAddress:text addressLocality:text addressRegion:text addressCountry:text postalCode:text telephone:text
 alternateName:text email:text description:text organisationType:text? url:address location:[Location]
 dateModified:moment
Location id:text name:text? countryCode:countryCode latitude:number? longitude:number? description:text? geoCode:text?
 geoCodeType:text? dateModified:moment
Classification vocabulary:text code:text title:text? description:text? url:address? dateModified:moment
GrantProgramme code:text title:text? description:text? url:address? dateModified:moment
Document id:text title:text? url:address? description:text? documentType:text? dateModified:moment
Transaction id:text transactionDate:date currency:currency value:number valueDate:date description:text? provider:text?
 recipient:text? dateModified:moment
Event title:text startDate:part endDate:part duration:length description:text dateModified:moment
"""

RECIPIENTS: Final = ("recipientOrganization", "recipientIndividual")
"""A grant has exactly one of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object."""

    name: str
    kind: str
    """A type of a value, a list of codes, or another object."""
    needed: bool
    nullable: bool
    many: bool
    least: int
    """How many items a list has at least."""


def _field(told: str) -> Field:
    name, kind = told.split(":")
    bare = kind.rstrip("?+")
    return Field(
        name.rstrip("!"), bare.strip("[]"), name.endswith("!"), "?" in kind, bare.startswith("["), int("+" in kind)
    )


def _objects() -> dict[str, dict[str, Field]]:
    rows = (row.split() for row in _TABLE.strip().replace("\n ", " ").splitlines())
    return {name: {field.name: field for field in map(_field, told)} for name, *told in rows}


OBJECTS: Final = _objects()


@cache
def lists() -> Mapping[str, frozenset[str]]:
    """Every list of codes by its name. A line begins with the name; lines that begin with a blank go on."""
    rows = (row.split() for row in CODES.read_text(encoding="utf-8").replace("\n ", " ").splitlines())
    return {name: frozenset(codes) for name, *codes in rows}


_DATE: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])")
_PART: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[012]))?")
_MOMENT: Final = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
)
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+")
_PCHAR: Final = r"(?:[a-zA-Z0-9_.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"
_ADDRESS: Final = re.compile(
    rf"[a-zA-Z][a-zA-Z0-9+.-]*:"
    rf"(?://(?:(?:[a-zA-Z0-9_.~!$&'()*+,;=:-]|%[0-9A-Fa-f]{{2}})*@)?"
    rf"(?:\[([0-9A-Fa-f:.]+)\]|\[[vV][0-9A-Fa-f]+\.[a-zA-Z0-9_.~!$&'()*+,;=:-]+\]"
    rf"|(?:[a-zA-Z0-9_.~!$&'()*+,;=-]|%[0-9A-Fa-f]{{2}})*)(?::[0-9]*)?(?:/{_PCHAR}*)*"
    rf"|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?|{_PCHAR}+(?:/{_PCHAR}*)*|)"
    rf"(?:\?(?:{_PCHAR}|[/?])*)?(?:#(?:{_PCHAR}|[/?])*)?"
)


def is_moment(value: str) -> bool:
    """A date with a time and a zone (RFC 3339, without leap seconds)."""
    found = _MOMENT.fullmatch(value)
    if not found or found[1] == "0000":
        return False
    return 1 <= int(found[3]) <= calendar.monthrange(int(found[1]), int(found[2]))[1]


def is_date(value: str) -> bool:
    """A day, also one that its month does not have (that is a rule's matter), or a moment."""
    return bool(_DATE.fullmatch(value)) or is_moment(value)


def is_part(value: str) -> bool:
    """A year, a month, a day or a moment."""
    return bool(_PART.fullmatch(value)) or is_date(value)


def is_version(value: str) -> bool:
    """Two numbers and a point between them."""
    return bool(_VERSION.fullmatch(value))


def is_address(value: str) -> bool:
    """An address with its scheme (RFC 3986): letters beyond ASCII are written with percent signs."""
    found = _ADDRESS.fullmatch(value)
    if found and found[1]:
        try:
            ipaddress.IPv6Address(found[1])
        except ValueError:
            return False
    return bool(found)


TEXTS: Final[dict[str, Callable[[str], bool]]] = {
    "text": lambda _: True,
    "date": is_date,
    "part": is_part,
    "moment": is_moment,
    "version": is_version,
    "address": is_address,
}
"""Types whose values are texts, with what such a text must be."""

NUMBERS: Final = ("number", "length")
KINDS: Final[Mapping[type[Any], str]] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    list: "array",
    dict: "object",
}


def kind_of(value: Any) -> str:
    """What JSON calls a value."""
    return KINDS.get(type(value), "number")

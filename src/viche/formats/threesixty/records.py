"""What is told to 360Giving, as plain records: grants, whom they went to, who gave them, where and when.

What is empty or None is left out. A private person stands here only by their recorded consent: that is the caller's to know.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Number = Decimal | int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, as coarse as may be told."""

    name: str = ""
    country: str = ""
    code: str = ""
    code_kind: str = ""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by its identifier (UA-EDR-… where it is a legal person) and name."""

    id: str
    name: str
    alternate_name: str = ""
    url: str = ""
    kind: str = ""
    description: str = ""
    places: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A private person who got a grant."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when."""

    starts_on: date | None = None
    ends_on: date | None = None
    months: Number | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A classification: by whom, code, name."""

    vocabulary: str
    code: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme that a grant belongs to."""

    code: str
    title: str
    description: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money promised or paid."""

    id: str
    on: date
    amount: Number
    currency: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read about the grant."""

    id: str
    title: str
    url: str
    kind: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant to organisations, or to one person."""

    id: str
    title: str
    description: str
    currency: str
    awarded: Number
    awarded_on: date
    funders: Sequence[Organisation]
    recipients: Sequence[Organisation] = ()
    person: Person | None = None
    asked: Number | None = None
    disbursed: Number | None = None
    url: str = ""
    planned: Span | None = None
    actual: Span | None = None
    places: Sequence[Place] = ()
    programmes: Sequence[Programme] = ()
    open_call: bool | None = None
    classes: Sequence[Class] = ()
    documents: Sequence[Document] = ()
    commitments: Sequence[Payment] = ()
    disbursements: Sequence[Payment] = ()
    activities: Sequence[str] = ()
    """Identifiers of the same in IATI."""
    updated_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """What is said of the file itself."""

    title: str
    publisher: str
    publisher_id: str = ""
    website: str = ""
    licence: str = ""
    url: str = ""
    """Where the file lies."""
    description: str = ""
    identifier: str = ""
    issued_on: date | None = None
    modified_at: datetime | None = None
    extensions: Sequence[str] = field(default_factory=tuple)

"""What is told to IATI, as plain records: activities with their money, places, documents and results.

Codes are those of IATI's lists. A text is a mapping of languages to words; the activity's own language needs no mark. What is
empty or None is left out. Records say what is true of the world; order, notation and marks of language are `writing`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

Text = Mapping[str, str]
Number = Decimal | int

PLANNED_START: Final = "1"
ACTUAL_START: Final = "2"
PLANNED_END: Final = "3"
ACTUAL_END: Final = "4"
PARENT: Final = "1"
CHILD: Final = "2"
FUNDING: Final = "1"
ACCOUNTABLE: Final = "2"
EXTENDING: Final = "3"
IMPLEMENTING: Final = "4"
INCOMING_FUNDS: Final = "1"
COMMITMENT: Final = "2"
DISBURSEMENT: Final = "3"
EXPENDITURE: Final = "4"
OUTPUT: Final = "1"
OUTCOME: Final = "2"
IMPACT: Final = "3"
UNIT: Final = "1"
PERCENTAGE: Final = "2"
QUALITATIVE: Final = "5"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by its identifier, its kind and its name; either identifier or name must be there."""

    name: Text = field(default_factory=dict)
    ref: str = ""
    kind: str = ""
    role: str = ""
    """What it does in an activity that it takes part in."""
    activity: str = ""
    """The identifier under which it tells of the same activity."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach those who answer for an activity: an office, not a person."""

    organisation: Text = field(default_factory=dict)
    telephone: str = ""
    email: str = ""
    website: str = ""
    address: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """A country, a region, a sector or a tag: its code, its vocabulary, its percentage, and words where a code does not do."""

    code: str
    vocabulary: str = ""
    percentage: Number | None = None
    name: Text = field(default_factory=dict)
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place: a reference of one's own, codes of administrative areas (vocabulary, level, code), a coarse point."""

    ref: str = ""
    name: Text = field(default_factory=dict)
    administrative: Sequence[tuple[str, int | None, str]] = ()
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The emergency or appeal that a humanitarian activity answers."""

    kind: str
    vocabulary: str
    code: str
    name: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Budget:
    """What is planned for a period of a year at most."""

    starts_on: date
    ends_on: date
    amount: Number
    currency: str = ""
    valued_on: date | None = None
    committed: bool = True


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money that has moved or was promised."""

    kind: str
    happened_on: date
    amount: Number
    ref: str = ""
    currency: str = ""
    description: Text = field(default_factory=dict)
    provider: Organisation | None = None
    receiver: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Something to read: its address, its media type, what it is (categories), its languages."""

    url: str
    format: str
    title: Text
    categories: Sequence[str]
    description: Text = field(default_factory=dict)
    languages: Sequence[str] = ()
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A target or an actual of a period: one for the whole, and one for each split of it."""

    value: Number | None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    locations: Sequence[str] = ()
    """References of locations of the activity."""
    comment: Text = field(default_factory=dict)
    documents: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an indicator began from."""

    year: int
    value: Number | None
    dated_on: date | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    locations: Sequence[str] = ()
    comment: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with what was wanted and what has come of it."""

    starts_on: date
    ends_on: date
    targets: Sequence[Value] = ()
    actuals: Sequence[Value] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The same result or indicator in somebody's framework."""

    vocabulary: str
    code: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, how, and in which periods."""

    measure: str
    title: Text
    periods: Sequence[Period] = ()
    ascending: bool = True
    aggregates: bool | None = None
    description: Text = field(default_factory=dict)
    references: Sequence[Reference] = ()
    baselines: Sequence[Baseline] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """An output, an outcome or an impact with at least one indicator."""

    kind: str
    title: Text
    indicators: Sequence[Indicator]
    aggregates: bool | None = None
    description: Text = field(default_factory=dict)
    references: Sequence[Reference] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Another activity, and what it is to this one."""

    ref: str
    kind: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A programme, or an award within one (`hierarchy` 1 and 2)."""

    identifier: str
    reporting: Organisation
    title: Text
    description: Text
    participating: Sequence[Organisation]
    status: str
    dates: Mapping[str, date]
    """By kind of date; one of the two starts must be there."""
    language: str = "uk"
    currency: str = "UAH"
    hierarchy: int | None = None
    updated_at: datetime | None = None
    humanitarian: bool | None = None
    secondary: bool | None = None
    """Whether the reporting organisation tells of somebody else's activity."""
    contacts: Sequence[Contact] = ()
    scope: str = ""
    countries: Sequence[Share] = ()
    regions: Sequence[Share] = ()
    locations: Sequence[Location] = ()
    sectors: Sequence[Share] = ()
    tags: Sequence[Share] = ()
    scopes: Sequence[Scope] = ()
    collaboration: str = ""
    flow: str = ""
    finance: str = ""
    aid: str = ""
    tied: str = ""
    budgets: Sequence[Budget] = ()
    transactions: Sequence[Transaction] = ()
    documents: Sequence[Document] = ()
    related: Sequence[Related] = ()
    results: Sequence[Result] = ()

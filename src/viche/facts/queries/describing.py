"""What a list of records says of each: its code and name, where it is told of, how much proves it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A record in a list of records. A package that may not name its records to everybody leaves the words empty."""

    code: str = ""
    title: str = ""
    address: str = ""
    """The public page; empty where there is none."""
    office_address: str = ""
    evidence: int = 0
    """How many pieces of evidence everybody may open there: photographs, accepted reports."""
    office_evidence: int = 0
    photographs: int = 0
    """How many of these are photographs."""
    office_photographs: int = 0
    photographs_address: str = ""
    """Where everybody sees them."""

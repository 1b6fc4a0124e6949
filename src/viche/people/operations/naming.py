"""An organisation is called otherwise: higher packages keep its name in words that they search by."""

from collections.abc import Callable
from datetime import datetime

from viche.people.models import Organisation

Teller = Callable[..., None]
# What higher packages do with a new name: each names its own when it starts, see `also`.
TELLERS: list[Teller] = []


def also(teller: Teller) -> None:
    """Have `teller(organisation, at=…)` called in the same transaction whenever an organisation is called otherwise."""
    if teller not in TELLERS:
        TELLERS.append(teller)


def tell(organisation: Organisation, *, before: str, at: datetime) -> None:
    """Tell everybody who wants to know, if the name is not what it was before."""
    if organisation.name != before:
        for teller in TELLERS:
            teller(organisation, at=at)
